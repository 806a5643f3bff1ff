"""Examples held against policies: what came out otherwise than expected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.checks.examples.example import Ask, Expected, Plain, Subject
from policyengine.checks.examples.rows import conflict_rows, duty_row, entry_row, gap_row
from policyengine.engine.question import Question, distinct
from policyengine.model.several import Assessments

if TYPE_CHECKING:
    from policyengine.engine.matcher import Matcher
    from policyengine.engine.question import MatcherName
    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.policy import Policy
    from policyengine.model.worklist import Entry, Worklist

RECORDED = ("status", "bearer", "due", "finding")
"""What is told, and recorded, of a duty of which nothing is expected yet, where it has it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One key that came out otherwise than expected.

    Args:
        key: the key of the row; or `row` where there is no such row, `absent` where there is a duty that must not be,
            and `order` where the worklist has its entries in another order.
        wanted: the value expected; for `row` the instance that was asked for.
        found: the value that came out; for `row` the instances that there are, for `absent` the duty's status.
        said: whether the file says anything about the key; else it is only told what came out.
    """

    key: str
    wanted: Plain
    found: Plain
    said: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one expectation."""

    expected: Expected
    differences: tuple[Difference, ...] = ()

    @property
    def passed(self) -> bool:
        """Tell whether everything came out as expected."""
        return not self.differences


def judge(
    ask: Ask, policies: Mapping[str, Policy], matcher: MatcherName | Matcher = "reference"
) -> tuple[Outcome, ...]:
    """Return what became of each expectation of *ask*, in its order.

    Args:
        ask: the question.
        policies: by the names of `Ask.policies`, the policies that are to answer, a changed one perhaps.
        matcher: what decides triggers and conditions.

    Raises:
        CaseError, ReadingError, TimeError: the question is not one that the policies can answer; `example_faults` says
            so beforehand, with places.
    """
    answer = _Answer(ask, policies, matcher)
    order = _order(answer)
    return tuple(Outcome(each, _JUDGES[each.subject](answer, each) + order.get(id(each), ())) for each in ask.expected)


def question(ask: Ask, policies: Mapping[str, Policy], matcher: MatcherName | Matcher = "reference") -> Question:
    """Return *ask* as the engine takes it; its policies, each by its name in *policies*, judge side by side."""
    return Question(ask.case, ask.as_of, None, matcher, distinct([policies[name] for name in ask.policies]))


def assessment(
    ask: Ask, policies: Mapping[str, Policy], name: str, matcher: MatcherName | Matcher = "reference"
) -> Assessment:
    """Return the answer of the policy *name* to *ask*."""
    return question(ask, policies, matcher).answer(policies[name], ask.choose.get(name))


class _Answer:
    """The answers to one question, each found when it is asked for."""

    def __init__(self, ask: Ask, policies: Mapping[str, Policy], matcher: MatcherName | Matcher) -> None:
        self.ask = ask
        self._policies, self._matcher = policies, matcher
        self._found: dict[str, Assessment] = {}

    def of(self, name: str) -> Assessment:
        if name not in self._found:
            self._found[name] = assessment(self.ask, self._policies, name, self._matcher)
        return self._found[name]

    @cached_property
    def worklist(self) -> Worklist:
        return Assessments(tuple(map(self.of, self.ask.policies))).worklist(same=self.ask.same)

    def entry(self, expected: Expected) -> tuple[int, Entry] | None:
        """Return the entry that an expectation is about, told by act, bearer and addressee, and its place."""
        wanted = (expected.name, expected.wanted["bearer"], expected.wanted["to"])
        for place, each in enumerate(self.worklist.entries):
            if (each.act, each.bearer, each.to) == wanted:
                return place, each
        return None


def row_of(answer: Assessment, expected: Expected) -> Duty | None:
    """Return the duty that an expectation is about: of the instance that it names, else the provision's first."""
    rows = (each for each in answer.duties if each.provision == expected.name)
    return next((each for each in rows if expected.instance in (None, each.instance)), None)


def _of_duty(answer: _Answer, expected: Expected) -> tuple[Difference, ...]:
    assessed = answer.of(expected.policy)
    duty = row_of(assessed, expected)
    if duty is None and expected.wanted == {"exists": False}:
        return ()
    if duty is None:
        found = tuple(each.instance for each in assessed.duties if each.provision == expected.name)
        return (Difference("row", expected.instance, found),)
    row = duty_row(duty)
    if not expected.wanted:
        return tuple(Difference(key, None, row[key], said=False) for key in RECORDED if row[key] is not None)
    return _differences(expected.wanted, row)


def _of_gap(answer: _Answer, expected: Expected) -> tuple[Difference, ...]:
    row = gap_row(answer.of(expected.policy), expected.name)
    if not expected.wanted:
        return (Difference("kind", None, row["kind"], said=False),)
    return _differences(expected.wanted, row)


def _absent(answer: _Answer, expected: Expected) -> tuple[Difference, ...]:
    rows = (each for each in answer.of(expected.policy).duties if each.provision == expected.name and each.exists)
    return tuple(Difference("absent", None, each.status.value) for each in list(rows)[:1])


def _of_worklist(answer: _Answer, expected: Expected) -> tuple[Difference, ...]:
    found = answer.entry(expected)
    if found is None:
        same = [each for each in answer.worklist.entries if each.act == expected.name]
        return (Difference("row", expected.wanted["bearer"], tuple(each.bearer for each in same)),)
    return _differences(expected.wanted, entry_row(found[1]))


def _of_conflicts(answer: _Answer, expected: Expected) -> tuple[Difference, ...]:
    return _differences(expected.wanted, {expected.name: conflict_rows(answer.worklist.conflicts)})


def _differences(wanted: Mapping[str, Plain], row: Mapping[str, Plain]) -> tuple[Difference, ...]:
    return tuple(Difference(key, value, row[key]) for key, value in wanted.items() if not _same(value, row[key]))


def _same(one: Plain, other: Plain) -> bool:
    """Tell whether two values are one; a truth value is no number."""
    return one == other and isinstance(one, bool) is isinstance(other, bool)


def _order(answer: _Answer) -> dict[int, tuple[Difference, ...]]:
    """Return, for each entry that comes before one that the file lists earlier, that difference."""
    listed = [each for each in answer.ask.expected if each.subject is Subject.WORKLIST]
    placed = [(each, entry[0]) for each in listed if (entry := answer.entry(each)) is not None]
    names = tuple(each.name for each, _ in placed)
    actual = tuple(each.name for each, _ in sorted(placed, key=lambda pair: pair[1]))
    found: dict[int, tuple[Difference, ...]] = {}
    latest = -1
    for each, place in placed:
        if place < latest:
            found[id(each)] = (Difference("order", names, actual),)
        latest = max(latest, place)
    return found


_JUDGES: Mapping[Subject, Callable[[_Answer, Expected], tuple[Difference, ...]]] = {
    Subject.DUTY: _of_duty,
    Subject.GAP: _of_gap,
    Subject.ABSENT: _absent,
    Subject.WORKLIST: _of_worklist,
    Subject.CONFLICTS: _of_conflicts,
}
