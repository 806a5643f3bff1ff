"""Case logs as they are kept: files of cases, and tables of events in JSON Lines, CSV or Parquet.

:func:`policyengine.loading.logs.reading.read_logs` yields cases and faults one at a time, in bounded memory, and
:func:`policyengine.loading.logs.columns.read_columns` reads which column of a table means what.

A case is judged from its whole log or not at all: one row that cannot be read keeps back all other rows of its case,
since a missing event can invent a violation and hide one.
"""
