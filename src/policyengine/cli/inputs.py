"""Cases and policies as the command is given them: files, standard input, packaged ids."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from policyengine.cli.streams import standard_input
from policyengine.diagnostics import Diagnostic, Span, diagnostic, has_errors
from policyengine.errors import CaseError
from policyengine.loading.case import LINES, read_cases_text
from policyengine.loading.named_policies import located
from policyengine.loading.policy import read_policy
from policyengine.loading.text import MAX_FILE_BYTES, Source, decode, read_source
from policyengine.loading.yaml_nodes import Document, Mapping, parse, parse_lines

if TYPE_CHECKING:
    from policyengine.model.case import Case
    from policyengine.model.policy import Policy

STDIN = "-"
_STDIN_SHOWN = "<stdin>"


@dataclass(frozen=True)
class CaseFile:
    """The cases of one file.

    Args:
        source: its text.
        cases: one, or as many as there are lines.
        beside: the directory that paths of policies in it are relative to.
        place: which of the cases in the text it is, where only one of several is asked about.
    """

    source: Source
    cases: tuple[Case, ...]
    beside: Path
    place: int | None = None

    @property
    def has_lines(self) -> bool:
        """Tell whether each line is a case of its own."""
        return PurePath(self.source.file).suffix.lower() in LINES

    def only(self, place: int) -> CaseFile:
        """Return the file as if the case number *place* stood alone in it."""
        return replace(self, cases=(self.cases[place],), place=place)

    def fault(self, place: int, code: str) -> Diagnostic:
        """Return the diagnostic *code* at the case number *place*, counted from 0."""
        document = self._documents[place]
        return document.fault(code, self._span(document))

    def at_key(self, fault: Diagnostic, place: int, key: str) -> Diagnostic:
        """Return *fault* at the *key* of the case number *place*, unless it has a place of its own."""
        if fault.span is not None or len(self._documents) != len(self.cases):
            return fault
        span = self._span(self._documents[place], key)
        return replace(fault, span=span, excerpt=self.source.excerpt(span))

    def shown(self, faults: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return *faults* with their lines, where they are in this file and lack them."""
        return tuple(map(self._shown, faults))

    def _shown(self, fault: Diagnostic) -> Diagnostic:
        span = fault.span
        if span is None or span.file != self.source.file or fault.excerpt is not None:
            return fault
        return replace(fault, excerpt=self.source.excerpt(span))

    @cached_property
    def _documents(self) -> tuple[Document, ...]:
        # Where every document has become a case, the two stand side by side.
        found = parse_lines(self.source) if self.has_lines else (parse(self.source),)
        return found if self.place is None or len(found) <= self.place else (found[self.place],)

    def _span(self, document: Document, key: str | None = None) -> Span:
        root = document.root
        node = root.get(key) if isinstance(root, Mapping) and key is not None else None
        if node is not None:
            return node.span
        line, column = (1, 1) if root is None else (root.span.line, root.span.column)
        return Span(self.source.file, line, column, line, column + 1)


def read_case_file(name: str) -> CaseFile:
    """Return the cases in the file *name*, or on standard input (`-`).

    Raises:
        CaseError: holds every fault of every case.
    """
    source, faults = _standard_input() if name == STDIN else read_source(name)
    if source is None:
        raise CaseError(faults)
    file, faults = cases_in(source, Path() if name == STDIN else Path(name).parent)
    if has_errors(faults):
        raise CaseError(faults)
    return file


def cases_in(source: Source, beside: Path) -> tuple[CaseFile, tuple[Diagnostic, ...]]:
    """Return the cases in *source* that could be read, and everything that is wrong with the others."""
    cases, faults = read_cases_text(source)
    if not cases and not faults:  # JSON Lines without a line
        faults = (source.fault("PE108", Span(source.file, 1, 1, 1, 1)),)
    return CaseFile(source, cases, beside), faults


def _standard_input() -> tuple[Source | None, tuple[Diagnostic, ...]]:
    data = standard_input()
    if len(data) > MAX_FILE_BYTES:
        span = Span(_STDIN_SHOWN, 1, 1, 1, 1)
        return None, (diagnostic("PE102", span, size=f">{MAX_FILE_BYTES}", limit=MAX_FILE_BYTES),)
    source, faults = decode(_STDIN_SHOWN, data)
    if source is not None and _is_lines(source.text):
        return Source(f"{_STDIN_SHOWN}.jsonl", source.text), faults
    return source, faults


def _is_lines(text: str) -> bool:
    """Tell whether *text* is JSON Lines: more than one line, the first of them a whole JSON object."""
    first, *others = [line for line in text.split("\n") if line.strip()] or [""]
    try:
        return bool(others) and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


@dataclass(frozen=True, slots=True)
class Policies:
    """Policies by name, each read once."""

    _read: dict[str | Path, tuple[Policy | None, tuple[Diagnostic, ...]]] = field(default_factory=dict)

    def read(self, name: str | Path, beside: Path | None = None) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
        """Return the policy *name*, a packaged id, a prefix of one or a path, and what is wrong with it.

        Args:
            name: as the user, or a case file, wrote it.
            beside: the directory that a path is relative to; the current one unless given.
        """
        key = located(name, beside)
        if key not in self._read:
            self._read[key] = read_policy(key)
        return self._read[key]
