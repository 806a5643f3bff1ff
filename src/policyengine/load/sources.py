"""The regulation's own text: its sentences, their digests, and whether every one of them is accounted for.

A sentence is what stands between full stops and semicolons of one line; blank lines are skipped. White space and the
width of punctuation are folded before the digest is taken, so that a text copied from a page still matches; any other
changed character is noticed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, Span, ordered

if TYPE_CHECKING:
    from policyengine.load.yaml_nodes import Source
    from policyengine.model.policy import Policy

_END = re.compile("[。;\N{FULLWIDTH SEMICOLON}]")
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_WIDTH = 0xFEE0


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text: as it stands, where, and its digest."""

    text: str
    span: Span
    digest: str


def normalised(text: str) -> str:
    """Return *text* without white space, full-width punctuation as half-width; letters and digits stay as they are."""
    return "".join(_folded(character) for character in text if not character.isspace())


def _folded(character: str) -> str:
    if ord(character) in _FULL_WIDTH:
        narrow = chr(ord(character) - _WIDTH)
        if not narrow.isalnum():
            return narrow
    return character


def digest(sentence: str) -> str:
    """Return the digest of a sentence: 16 hexadecimal digits of the SHA-256 of its normalised text."""
    return hashlib.sha256(normalised(sentence).encode()).hexdigest()[:16]


def sentences(source: Source) -> Iterator[Sentence]:
    """Yield the sentences of a text in order."""
    for number, line in enumerate(source.text.split("\n"), start=1):
        start = 0
        for end in [*(found.end() for found in _END.finditer(line)), len(line)]:
            text = line[start:end]
            if normalised(text):
                yield Sentence(text.strip(), Span(source.file, number, start + 1, number, end + 1), digest(text))
            start = end


def verify(policy: Policy, source: Source) -> tuple[Diagnostic, ...]:
    """Return every sentence that differs from the one that was read, that no clause accounts for, or that is missing.

    Each copy of the text that `extent` promises is compared sentence by sentence; furniture lines are passed over.
    """
    extent = policy.header.source.extent
    furniture = {digest(line) for line in extent.furniture}
    found = [each for each in sentences(source) if each.digest not in furniture]
    clauses = [(name, clause.digest) for name, clause in policy.header.source.clauses.items()]
    faults: list[Diagnostic] = []
    for copy in range(1, extent.copies + 1):
        found = _one_copy(clauses, found, faults, (source, copy, extent.copies))
    faults += (_unaccounted(source, each) for each in found)
    return ordered(faults)


def _one_copy(
    clauses: list[tuple[str, str]],
    found: list[Sentence],
    faults: list[Diagnostic],
    place: tuple[Source, int, int],
) -> list[Sentence]:
    """Compare one copy and return the sentences that follow it."""
    source, copy, copies = place
    known = {wanted for _, wanted in clauses}
    for name, wanted in clauses:
        while found and found[0].digest != wanted and any(each.digest == wanted for each in found[:3]):
            extra = found.pop(0)
            faults.append(_unaccounted(source, extra))
        if found and found[0].digest == wanted:
            found = found[1:]
        elif found and found[0].digest not in known:
            changed, found = found[0], found[1:]
            faults.append(source.fault("PE511", changed.span, clause=name, digest=changed.digest))
        else:
            end = found[0].span if found else _end(source)
            faults.append(source.fault("PE513", end, clause=name, copy=copy, copies=copies))
    return found


def _unaccounted(source: Source, sentence: Sentence) -> Diagnostic:
    return source.fault("PE512", sentence.span, sentence=sentence.text[:40], digest=sentence.digest)


def _end(source: Source) -> Span:
    lines = source.text.rstrip("\n").split("\n")
    return Span(source.file, len(lines), len(lines[-1]) + 1, len(lines), len(lines[-1]) + 2)
