"""Examples for what none covers, with the engine's present answer as what must come out: to be reviewed by people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policyengine.checks.coverage.boundaries import deciding
from policyengine.checks.coverage.coverage import Boundary, Kind, Side
from policyengine.checks.coverage.covered import shown
from policyengine.checks.coverage.reaching import Reaching, asked, dependent
from policyengine.checks.examples.example import Expected, Subject
from policyengine.checks.examples.rows import duty_row
from policyengine.errors import TimeError
from policyengine.model.frozen import FrozenMap
from policyengine.temporal.instant import SECOND

if TYPE_CHECKING:
    from policyengine.checks.coverage.coverage import Coverage, Item, Key
    from policyengine.checks.coverage.trials import Trial
    from policyengine.checks.examples.example import Plain
    from policyengine.model.assessment import Duty
    from policyengine.model.case import Case
    from policyengine.temporal.instant import Instant

SUGGESTED = (Kind.BOUNDARIES, Kind.ROWS, Kind.PROVISIONS, Kind.GAPS, Kind.READINGS, Kind.BRANCHES)
"""The kinds for which examples are suggested, those first that cover others along with themselves."""

_ESSENTIAL = ("clause", "status", "due", "violated_at", "finding")
"""What is expected of a duty: all that its limit decides."""
_OFFSET = {Side.BEFORE: -SECOND, Side.AT: 0, Side.AFTER: SECOND}


@dataclass(frozen=True, slots=True)
class Question:
    """One question that is suggested.

    Args:
        as_of: the instant asked about.
        choose: options other than the defaults.
        expected: the engine's present answer, as far as it is asked for.
        covers: what is uncovered so far.
    """

    as_of: Instant
    choose: Mapping[str, str]
    expected: tuple[Expected, ...]
    covers: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """An example that is suggested: a case and what is asked of it.

    Args:
        case: the case, under the one policy.
        questions: in the order of their instants.
    """

    case: Case
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is suggested for one policy, and what no case was found for."""

    examples: tuple[Suggested, ...]
    left: tuple[Item, ...]


def suggestions(coverage: Coverage, kinds: Iterable[Kind] = SUGGESTED) -> Suggestions:
    """Return examples that cover what *coverage* finds uncovered, of *kinds* alone.

    Existing examples are asked at other instants or read otherwise before any case is made up. Every suggestion has
    been judged, and covers what it is there for; whether its answer is what the law wants is for people to say.
    """
    wanted = frozenset(kinds)
    found = _Suggesting(coverage)
    items = [each for each in coverage.uncovered if each.kind in wanted]
    left = tuple(each for kind in SUGGESTED for each in items if each.kind is kind and not found.suggest(each))
    return Suggestions(tuple(found.examples()), left)


@dataclass
class _Suggesting:
    """Suggestions for one policy on their way, by case; `done` holds what they cover."""

    coverage: Coverage
    done: set[Key] = field(default_factory=set)
    drafts: dict[Case, dict[tuple[Instant, FrozenMap[str]], Question]] = field(default_factory=dict)
    reaching: Reaching = field(init=False)

    def __post_init__(self) -> None:
        self.reaching = Reaching(self.coverage.policy, self.coverage.name, self.coverage.tried)

    def suggest(self, item: Item) -> bool:
        """Look for a question that covers *item*, unless one does already, and tell whether there is one."""
        if item.key in self.done:
            return True
        for each in self.reaching.trials(item.key):
            for attempt in self._attempts(item, each):
                keys = frozenset(shown(attempt))
                if item.key in keys:
                    self.done |= keys
                    self._take(item, attempt)
                    return True
        return False

    def examples(self) -> Iterator[Suggested]:
        """Yield what is suggested, case by case, each under an id of its own."""
        ids: dict[str, int] = {}
        for case, asks in self.drafts.items():
            number = ids[case.id] = ids.get(case.id, 0) + 1
            name = f"{case.id}-suggested" if number == 1 else f"{case.id}-suggested-{number}"
            yield Suggested(
                replace(case, id=name), tuple(asks[key] for key in sorted(asks, key=lambda key: (len(key[1]), key[0])))
            )

    def _take(self, item: Item, found: Trial) -> None:
        chosen = FrozenMap(found.ask.choose.get(self.coverage.name, {}))
        case = replace(found.ask.case, policies=(self.coverage.name,), as_of=None, spans=FrozenMap())
        asks = self.drafts.setdefault(case, {})
        at = (found.ask.as_of, chosen)
        known = asks.get(at) or Question(found.ask.as_of, chosen, (), ())
        more = tuple(each for each in found.expected if each not in known.expected)
        asks[at] = replace(known, expected=(*known.expected, *more), covers=(*known.covers, item))

    def _attempts(self, item: Item, found: Trial) -> Iterator[Trial]:
        """Yield *found*, or the same case at another instant, with something expected that may cover *item*."""
        if isinstance(item.detail, Boundary):
            yield from self._at_limit(item.owner, item.detail, found)
            return
        for name in dependent(self.coverage.policy, item.owner):
            if (item.kind, item.owner) == (Kind.PROVISIONS, name) and not _exists(found, name):
                continue
            yield replace(found, expected=(expectation(found, self.coverage.name, name, who=item.kind is Kind.ROWS),))

    def _at_limit(self, name: str, boundary: Boundary, found: Trial) -> Iterator[Trial]:
        """Yield the case of *found* at one side of the limit of each duty of the provision *name*, its act left out."""
        for duty in found.answer.duties:
            if duty.provision != name or duty.limit is None or boundary.limit not in deciding(found, duty):
                continue
            case = found.ask.case
            if duty.performed is not None:
                kept = tuple(each for each in case.events if each.id != duty.performed.event)
                case = replace(case, id=f"{case.id}-without-{duty.performed.event}", events=kept)
            choose = found.ask.choose.get(self.coverage.name, {})
            there = None
            with suppress(TimeError):  # at the end of the calendar
                at = duty.limit.due.plus(_OFFSET[boundary.side])
                there = asked(self.coverage.policy, self.coverage.name, case, at, choose=choose)
            if there is not None:
                own = expectation(there, self.coverage.name, name, instance=duty.instance)
                yield replace(there, expected=(own,))


def expectation(found: Trial, policy: str, name: str, *, instance: str | None = None, who: bool = False) -> Expected:
    """Return what the answer of *found* says of the provision or gap *name*, as an example would expect it.

    Args:
        found: the question.
        policy: what the example calls the policy.
        name: of the provision or gap.
        instance: which of its duties; the first unless given.
        who: also who owes it.
    """
    rows = [each for each in found.answer.duties if each.provision == name and each.exists]
    duty = next((each for each in rows if instance in (None, each.instance)), None)
    if duty is not None:
        label = duty.instance if found.answer.duty(name) != duty else None
        return Expected(Subject.DUTY, policy, name, label, FrozenMap(_wanted(duty, who=who)))
    gap = next((each for each in found.answer.gaps if each.gap == name), None)
    if gap is not None:
        return Expected(Subject.GAP, policy, name, wanted=FrozenMap({"kind": gap.kind.value, "clause": gap.clauses[0]}))
    return Expected(Subject.ABSENT, policy, name)


def _wanted(duty: Duty, *, who: bool) -> dict[str, Plain]:
    row = duty_row(duty)
    told = {key: row[key] for key in _ESSENTIAL if row[key] is not None}
    return {**told, "bearer": duty.bearer} if who else told


def _exists(found: Trial, name: str) -> bool:
    return any(each.provision == name and each.exists for each in found.answer.duties)
