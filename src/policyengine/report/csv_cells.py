"""What every CSV of ours shares: it opens in a program for spreadsheets with its Chinese, and computes nothing there.

Lines end as RFC 4180 has them, and the text begins with a byte order mark: without it Excel takes UTF-8 for the code
page of the machine, and Chinese is lost.
"""

from __future__ import annotations

from policyengine.report.visible import visible

MARK = "\ufeff"
_FORMULA = tuple("=+-@")
"""What a program for spreadsheets would compute rather than show, at the beginning of a cell."""


def plain_cell(value: str) -> str:
    """Return *value* as a cell that is shown and never computed.

    >>> plain_cell("=1+1")
    "'=1+1"
    """
    shown = visible(value)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
