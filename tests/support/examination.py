"""One file that may be wrong in any way: read, and answered as far as it can be; whatever breaks a promise raises."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policyengine.api import evaluate
from policyengine.diagnostics import Diagnostic, has_errors
from policyengine.errors import LoadError, PolicyEngineError
from policyengine.loading.case import read_cases_text
from policyengine.loading.policy import read_policy, read_policy_text
from policyengine.loading.text import decode
from policyengine.loading.yaml_nodes import Source
from policyengine.model.case import Case, Event
from policyengine.temporal.instant import DAY, HOUR, Instant
from policyengine.testing.names import values_of
from policyengine.testing.rendering import canonical
from policyengine.wording import LANGUAGES

if TYPE_CHECKING:
    from random import Random
    from types import FrameType

    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy

LONGEST_SECONDS = 20


@dataclass(frozen=True)
class Examined:
    """A file under examination: what it should be, its name and bytes, and the policy to read it with."""

    kind: str
    name: str
    data: bytes
    policy: Path


def examine(file: Examined, folder: Path, chance: Random) -> str:
    """Read *file* and, if it can be used, evaluate with it; return what came of it in a word.

    Args:
        file: anything.
        folder: an empty one, where vocabularies and calendars may be written.
        chance: makes the cases.

    Raises:
        AssertionError: a diagnostic that cannot be shown, or one that points out of its file.
        TimeoutError: it took longer than `LONGEST_SECONDS`.
    """
    with _in_time():
        source, faults = decode(file.name, file.data)
        _check(faults, {file.name: file.data.decode("utf-8", "replace")})
        if source is None:
            return "not text"
        if file.kind == "case":
            return _examine_case(source, file.policy)
        beside = file.policy.parent if file.kind == "policy" else _laid_beside(file, folder)
        text = _policy_source(file, source)
        policy, faults = read_policy_text(text, beside)
        _check(faults, {str(_place(file, folder)): source.text, text.file: text.text})
        assert (policy is None) is has_errors(faults), "a policy without faults, or with them"
        return "refused" if policy is None else _answered(policy, random_case(policy, chance), chance)


def _policy_source(file: Examined, source: Source) -> Source:
    return source if file.kind == "policy" else Source(file.policy.name, file.policy.read_text(encoding="utf-8"))


def _laid_beside(file: Examined, folder: Path) -> Path:
    """Write a vocabulary or calendar into *folder*, with the other vocabularies that policies of the tests use."""
    for path in (file.policy.parent / "vocabulary").glob("*.yaml"):
        (folder / "vocabulary").mkdir(exist_ok=True)
        (folder / "vocabulary" / path.name).write_bytes(path.read_bytes())
    place = _place(file, folder)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(file.data)
    return folder


def _place(file: Examined, folder: Path) -> Path:
    kind = "calendars" if file.kind == "calendar" else file.kind
    return (folder / kind / file.name).with_suffix(".yaml")


def _examine_case(source: Source, path: Path) -> str:
    policy, _ = read_policy(path)
    assert policy is not None
    cases, faults = read_cases_text(source)
    _check(faults, {source.file: source.text})
    assert cases or faults or source.file.endswith(".jsonl"), "no case and no diagnostic"
    if not cases:
        return "refused" if faults else "empty"
    outcomes = {_evaluated(policy, case, case.as_of or _last(case), {}, source) for case in cases}
    return min(outcomes)


def _answered(policy: Policy, case: Case, chance: Random) -> str:
    chosen = {name: chance.choice(sorted(each.options)) for name, each in sorted(policy.readings.items())}
    as_of = chance.choice([_last(case), *(event.at for event in case.events)])
    outcome = _evaluated(policy, case, as_of, chosen)
    return "loaded" if outcome == "answered" else f"loaded, {outcome}"


def _evaluated(
    policy: Policy, case: Case, as_of: Instant, chosen: Mapping[str, str], source: Source | None = None
) -> str:
    try:
        answer = evaluate(policy, case, as_of=as_of, readings=chosen)
    except LoadError as error:
        _check(error.diagnostics, {} if source is None else {source.file: source.text})
        return f"case refused ({len(str(error)) and type(error).__name__})"
    except PolicyEngineError as error:
        return f"case refused ({len(str(error)) and type(error).__name__})"
    assert canonical(answer)
    assert answer.required_actions() is not None
    assert answer.next_due is None or answer.next_due.limit is not None
    assert answer.missing_facts is not None
    return "answered"


def random_case(policy: Policy, chance: Random) -> Case:
    """Return a case of up to twelve events of any types that *policy* knows, at close and at equal instants."""
    vocabulary, at, events = policy.vocabulary, Instant(1_759_000_000_000_000), []
    types, facts = sorted(vocabulary.event_types), sorted(vocabulary.facts)
    roles: list[str | None] = [None, *sorted(vocabulary.roles), *sorted(policy.header.roles)]
    for number in range(chance.randint(0, 12) if types else 0):
        at = at.plus(chance.choice((0, 1, HOUR, DAY, 40 * DAY)))
        sets = _some_values(policy, facts, chance) if facts and chance.random() < 0.5 else {}
        role = chance.choice(roles)
        to = (role,) if role is not None and chance.random() < 0.5 else ()
        events.append(
            Event(id=f"e{number}", type=chance.choice(types), at=at, sets=sets, by=chance.choice(roles), to=to)
        )
    return Case(id="random", facts=_some_values(policy, facts, chance) if facts else {}, events=events)


def _some_values(policy: Policy, facts: list[str], chance: Random) -> dict[str, FactValue]:
    name = chance.choice(facts)
    return {name: chance.choice((*values_of(policy, name), None))}


def _last(case: Case) -> Instant:
    return max((event.at for event in case.events), default=Instant(1_759_000_000_000_000))


def _check(faults: Iterable[Diagnostic], texts: Mapping[str, str]) -> None:
    """Require that every diagnostic can be shown in both languages and stands in its file."""
    for each in faults:
        for lang in LANGUAGES:
            words = (each.message(lang), each.help(lang) or "-")
            assert all(text and text.isprintable() for text in words), f"{each.code} reads {words!r}"
        assert each.excerpt is None or each.excerpt == "" or "\n" not in each.excerpt, each
        for span in (each.span, each.declared):
            if span is not None:
                lines = _lines(span.file, texts)
                assert 1 <= span.line <= span.end_line <= len(lines), f"{each.code} at {span!r} of {len(lines)} lines"
                assert 1 <= span.column <= len(lines[span.line - 1]) + 1, (
                    f"{each.code} at {span!r} begins past the line"
                )
                assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1, f"{each.code} ends past {span!r}"
                assert (span.line, span.column) <= (span.end_line, span.end_column), f"{each.code} ends at {span!r}"


def _lines(file: str, texts: Mapping[str, str]) -> list[str]:
    text = texts.get(file)
    if text is None:
        path = Path(file)
        text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    return Source(file, text).text.split("\n")


@contextmanager
def _in_time() -> Iterator[None]:
    """End the examination after `LONGEST_SECONDS`, where the system has an alarm."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        message = f"no answer within {LONGEST_SECONDS} s"
        raise TimeoutError(message)

    if not hasattr(signal, "setitimer"):  # pragma: no cover - Windows
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
