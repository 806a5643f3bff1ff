"""The regulation's own text: its sentences, their digests, and whether every one of them is accounted for.

A sentence is what stands between full stops and semicolons of one line; blank lines are skipped. White space and the
width of punctuation are folded before the digest is taken, so that a text copied from a page still matches; any other
changed character is noticed.

What the file holds besides the text is furniture: menus, footers, the page's title. `extent: furniture` lists it, line
by line or, where a line also holds text, sentence by sentence: in full, or by its digest where there is a lot of it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, Span, ordered

if TYPE_CHECKING:
    from policyengine.loading.yaml_nodes import Source
    from policyengine.model.policy import Policy

_END = re.compile("[。;\N{FULLWIDTH SEMICOLON}]")
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_WIDTH = 0xFEE0
_MOST_QUOTED = 40
_DIGEST = re.compile("[0-9a-f]{16}")


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


def by_clause(policy: Policy, source: Source) -> dict[str, str]:
    """Return by clause of *policy* the sentence that it rests on; those that *source* lacks are left out."""
    found = {each.digest: each.text for each in sentences(source)}
    clauses = policy.header.source.clauses.items()
    return {name: found[clause.digest] for name, clause in clauses if clause.digest in found}


def verify(policy: Policy, source: Source) -> tuple[Diagnostic, ...]:
    """Return every sentence that differs from the one that was read, that no clause accounts for, or that is missing.

    The text must hold the clauses in their order, as many times as `extent` promises copies. Furniture is passed over
    wherever it stands, and may be gone; but each entry accounts for one line only, so that a line that was changed into
    another one is noticed.
    """
    extent = policy.header.source.extent
    found = list(_regulation(source, extent.furniture))
    wanted = [
        (name, clause.digest, copy)
        for copy in range(1, extent.copies + 1)
        for name, clause in policy.header.source.clauses.items()
        if clause.at_hand  # what nobody has read, nobody can compare
    ]
    digests = [each[1] for each in wanted]
    matcher = SequenceMatcher(a=digests, b=[each.digest for each in found], autojunk=False)
    faults: list[Diagnostic] = []
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            continue
        missing, extra = wanted[start:end], found[first:last]
        for (name, _, _), changed in zip(missing, extra, strict=False):
            faults.append(source.fault("PE511", changed.span, clause=name, digest=changed.digest))
        faults += (_unaccounted(source, each) for each in extra[len(missing) :])
        place = found[last].span if last < len(found) else _end(source)
        for name, _, copy in missing[len(extra) :]:
            faults.append(source.fault("PE513", place, clause=name, copy=copy, copies=extent.copies))
    return ordered(faults)


def _regulation(source: Source, furniture: Iterable[str]) -> Iterator[Sentence]:
    """Yield the sentences of a text that are no furniture."""
    left = Counter(each if _DIGEST.fullmatch(each) else digest(each) for each in furniture)
    for number, line in groupby(sentences(source), key=lambda each: each.span.line):
        if _taken(left, digest(source.line(number))):
            continue
        yield from (each for each in line if not _taken(left, each.digest))


def _taken(left: Counter[str], name: str) -> bool:
    """Take *name* once from what is *left*, if it is there."""
    if not left[name]:
        return False
    left[name] -= 1
    return True


def _unaccounted(source: Source, sentence: Sentence) -> Diagnostic:
    return source.fault("PE512", sentence.span, sentence=_beginning(sentence.text), digest=sentence.digest)


def _beginning(text: str) -> str:
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}…"


def _end(source: Source) -> Span:
    lines = source.text.rstrip("\n").split("\n")
    return Span(source.file, len(lines), len(lines[-1]) + 1, len(lines), len(lines[-1]) + 2)
