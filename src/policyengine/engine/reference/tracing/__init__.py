"""How a row of the answer came about, read off the reference's own run: nothing is computed a second way."""
