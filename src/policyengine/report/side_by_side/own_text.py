"""What follows from one regulation's own text, apart from the gaps that its policy file states itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from policyengine.report.proof import words as proof_words
from policyengine.report.proof.telling import Telling as ProofTelling
from policyengine.report.regulation.markup import heading, inline, items
from policyengine.report.side_by_side import words
from policyengine.report.side_by_side.telling import bullets

if TYPE_CHECKING:
    from policyengine.analysis.proving.finding import Finding
    from policyengine.model.provision import Gap
    from policyengine.report.page import Line
    from policyengine.report.side_by_side.telling import Telling
    from policyengine.wording import Wording


def own_text(told: Telling, policy: str) -> Iterator[str]:
    """Yield the section, as lines of Markdown."""
    proof, side = told.found.proofs[policy], told.sides[policy]
    yield from heading(2, told.say(words.OWN_TEXT))
    yield from (told.say(words.OWN_ABOUT), "")
    yield from _findings(told, policy, words.FINDINGS, proof.findings)
    for each in proof.undecided:
        kind, subjects = told.say(proof_words.KIND[each.kind]), told.phrases.listed(each.subjects)
        yield from items([inline(told.say(words.UNDECIDED, kind=kind, subjects=subjects))])
    if proof.stated:
        yield from _findings(told, policy, words.STATED_FINDINGS, proof.stated)
    yield from heading(3, told.say(words.STATED_GAPS))
    found = [told.claused(_gap(told, each), policy, each) for each in side.gaps]
    yield from (*items(found or [told.say(words.NONE)]), "")


def _findings(told: Telling, policy: str, title: Wording, found: Sequence[Finding]) -> Iterator[str]:
    yield from heading(3, told.say(title))
    if found:
        telling = ProofTelling(told.sides[policy], told.lang)
        for each in found:
            yield from _finding(told, telling.finding(each), len(each.witnesses))
    else:
        yield told.say(words.NONE)
    yield ""


def _finding(told: Telling, line: Line, cases: int) -> Iterator[str]:
    """Yield what was found and its grounds, the cases, which come last, folded."""
    grounds, shown = line.under[: len(line.under) - cases], line.under[len(line.under) - cases :]
    yield from bullets([replace(line, under=grounds)])
    yield from ("", f"  <details><summary>{told.say(words.FOLDED, n=cases)}</summary>", "")
    yield from (*bullets(shown, depth=1), "", "  </details>", "")


def _gap(told: Telling, gap: Gap) -> str:
    title = told.say(gap.title)
    if gap.refers_to is None:
        return told.say(words.MISSING, title=title, missing=told.say(gap.missing))
    hand = "" if gap.refers_to.in_hand else told.say(words.NOT_IN_HAND)
    return told.say(words.REFERS, title=title, document=told.say(gap.refers_to.title), hand=hand)
