"""The findings of an audit, case by case: in memory while they are few, in a file when they are many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policyengine.checks.audit.lines import as_line, from_line

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

    from policyengine.checks.audit.finding import Finding, Waiver
    from policyengine.checks.audit.sheet import Sheet

MOST_HELD = 20_000
"""Sheets and findings that are held in memory; when there are more, all of them go into the file."""


class Findings:
    """Findings in the order of the log, then gravest first, then in the order of the policies and their provisions.

    They can be gone through any number of times, as long as the file that they were written to is there.

    >>> from policyengine.checks.audit.finding import Finding, Kind
    >>> from policyengine.checks.audit.sheet import Sheet
    >>> found = Findings()
    >>> found.add(Sheet(None, (Finding(Kind.GAP), Finding(Kind.GAP))))
    >>> len(found), [each.kind.value for each in found]
    (2, ['gap', 'gap'])
    """

    def __init__(self, file: Path | None = None, waivers: Sequence[Waiver] = (), *, held: int = MOST_HELD) -> None:
        """Start without any.

        Args:
            file: where to write what is too much for memory; without it everything stays in memory.
            waivers: every waiver that a finding may name.
            held: how many sheets and findings stay in memory.
        """
        self._path = file
        self._waivers = tuple(waivers)
        self._held = held
        self._sheets: list[Sheet] = []
        self._size = 0
        self._count = 0
        self._file: TextIO | None = None

    def __len__(self) -> int:
        """Return how many findings there are."""
        return self._count

    def __iter__(self) -> Iterator[Finding]:
        """Yield every finding."""
        for sheet in self.sheets():
            yield from sheet.findings

    @property
    def spilled(self) -> bool:
        """Tell whether they were too many for memory."""
        return self._file is not None

    def add(self, sheet: Sheet) -> None:
        """Add what was found in one case, or outside of any.

        Raises:
            OSError: the file cannot be written.
        """
        self._count += len(sheet.findings)
        self._size += 1 + len(sheet.findings)
        self._sheets.append(sheet)
        if self._path is not None and self._size > self._held:
            self._file = self._file or self._path.open("w", encoding="ascii", newline="\n")
            self._file.writelines(as_line(each, self._waivers) + "\n" for each in self._sheets)
            self._sheets = []

    def finish(self) -> None:
        """Let go of the file: nothing more is added.

        Raises:
            OSError: the file cannot be written.
        """
        if self._file is not None:
            self._file.close()

    def sheets(self) -> Iterator[Sheet]:
        """Yield every case that was read, clean ones too, and what was found outside of cases.

        Raises:
            OSError: the file cannot be read.
        """
        yield from self._sheets
        if self._path is None or self._file is None:
            return
        if not self._file.closed:
            self._file.flush()
        with self._path.open(encoding="ascii", newline="\n") as file:
            for line in file:
                yield from_line(line, self._waivers)
