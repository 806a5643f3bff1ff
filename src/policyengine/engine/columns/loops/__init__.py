"""The kernels as plain loops over blocks of cases: slow as Python, machine code where Numba compiles them.

Written in the small part of Python that Numba knows: numbers, arrays, named tuples of arrays. What a loop finds for a
block goes into the arrays of a `Block`, so that each function is compiled once, for every policy alike.
"""
