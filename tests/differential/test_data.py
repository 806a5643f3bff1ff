"""A case given as data answers as the `Case` that it is, and is refused as that is; spoilt data as the loader says."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

import policyengine as pe
from policyengine.engine.compiled.compiled import compiled
from policyengine.report.case_files import case_json
from policyengine.testing.differential.campaign import Manner, campaign
from policyengine.testing.differential.triple import Known, Refused, Triple
from policyengine.testing.differential.triples import Size, triples
from policyengine.testing.differential.way import Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policyengine.model.vocabulary import FactType, Vocabulary
    from policyengine.testing.differential.way import Given

JUNK: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2.5, 10**30, -(10**15), 1e300),
    *("", "e0", "e1", "2025-10-08T23:30:00+08:00", "a\nb", " ", "\x85"),
    *([], {}, ["e1"], [None], {"id": "e1"}),
)
WORKLOAD = Path(__file__).parents[2] / "benchmarks" / "workload"
BENCHMARKS = [str(WORKLOAD / f"benchmark-{name}.yaml") for name in ("steady", "graded")]
INSTANTS = ("at", "recorded_at", "as_of", "known_at", "known_until")
KEYS = ("id", "type", "at", "sets", "by", "to", "attributes", "facts", "events", "case", "scope", "known_at", "note")


def written(asked: Triple) -> dict[str, Any]:
    """Return the case of *asked* as data, with text for instants."""
    return case_json(replace(asked.case, policies=(), as_of=None, title=None), asked.policy.zone)


def in_numbers(case: dict[str, Any]) -> dict[str, Any]:
    """Return *case* with whole numbers for the instants of its events."""
    events = [{**each, "at": pe.Instant.parse(each["at"]).micros} for each in case["events"]]
    return {**case, "events": events}


def answers(asked: Sequence[Known]) -> Iterable[Given]:
    """Answer each question by its data, with both forms of instants."""
    for each in asked:
        question = each.triple
        judge, case = compiled(question.policy, question.readings), written(question)
        for form, as_of in ((case, question.as_of), (in_numbers(case), question.as_of.micros)):
            try:
                yield each, in_full(judge(form, as_of))
            except pe.PolicyEngineError as error:
                yield each, _alike(each.answer, error)


def in_full(answer: pe.Assessment) -> object:
    """Return *answer* with its duties in brief, as the generated function gives them, and in full."""
    return answer.standings, answer


def _alike(expected: object, error: pe.PolicyEngineError) -> object:
    """Return *expected* if *error* refuses with the same class: data have a place in a text, a `Case` has none."""
    same = isinstance(expected, Refused) and expected.error == type(error).__name__
    return expected if same else Refused.by(error)


def test_data_answer_as_the_case_that_they_are() -> None:
    found = campaign(
        Manner(range(30, 33), size=Size(policies=6, cases=1, steps=8)),
        [Way("data", answers, see=lambda _, answer: in_full(answer))],
    )
    assert not found.differences, "\n".join(f"{each.told}\n{each.files.case[1]}" for each in found.differences)
    assert found.tallies["data"].equal > 100


def usual(policy: pe.Policy, chance: Random) -> dict[str, Any]:
    """Return a case of *policy* as most are: ids, types and times in order, facts of one value, some set by events."""
    words = policy.vocabulary
    simple = {name: _values(words, kind) for name, kind in words.facts.items() if not kind.many}
    awaited = [node.act for each in policy.provisions for node in each.nodes()] + list(words.event_types)
    facts = {name: chance.choice(values) for name, values in simple.items() if chance.random() < 0.8}
    at, events = pe.Instant.parse("2025-10-01T00:00:00Z").micros, []
    for number in range(chance.randrange(12)):
        at += chance.choice((0, 1, 60, 3600, 7200, 86400)) * 1_000_000 + chance.choice((0, 0, 1))
        events.append({"id": f"e{number + 5}", "type": chance.choice(awaited), "at": at})
        if chance.random() < 0.1:
            name = chance.choice(list(simple))
            events[-1]["sets"] = {name: chance.choice(simple[name])}
    if chance.random() < 0.2:
        chance.shuffle(names := [each["id"] for each in events])
        events = [{**each, "id": name} for each, name in zip(events, names, strict=True)]
    return {"case": "usual", "facts": facts, "events": events}


def _values(words: Vocabulary, kind: FactType) -> tuple[object, ...]:
    any_of = {"boolean": (True, False), "number": (0, 5, 100_000)}
    return words.values(kind) or any_of.get(kind.type or "") or ("one",)


@pytest.mark.parametrize("name", [*pe.packaged(), *BENCHMARKS])
def test_usual_data_answer_as_the_reference_does(name: str) -> None:
    policy, chance = pe.load(name), Random(name)  # noqa: S311 - the same in every run
    judge = compiled(policy)
    for _ in range(25):
        case = usual(policy, chance)
        last = case["events"][-1]["at"] if case["events"] else pe.Instant.parse("2025-10-01T00:00:00Z").micros
        as_of = pe.Instant(last + chance.choice((-7_200_000_000, -1, 0, 3_600_000_000, 10**12)))
        text = {**case, "events": [{**each, "at": pe.Instant(each["at"]).to_iso()} for each in case["events"]]}
        wanted = pe.evaluate(policy, pe.Case.from_text(json.dumps(text)), as_of=as_of, evaluator="reference")
        for found in (judge(case, as_of.micros), judge(text, as_of.to_iso())):
            assert in_full(found) == in_full(wanted), case


def spoilt(case: dict[str, Any], chance: Random) -> dict[str, Any]:
    """Return *case* with something else in the place of a value, a key too many, a key too few, or a name twice."""
    case = copy.deepcopy(case)
    places = [case, case["facts"], *case["events"]]
    place = chance.choice(places)
    match chance.randrange(6):
        case 0 if place:
            del place[chance.choice(list(place))]
        case 1:
            put(place, chance.choice(KEYS), chance)
        case 2 if len(case["events"]) > 1:
            case["events"][-1]["id"] = case["events"][0]["id"]
        case 3 if case["events"]:
            chance.shuffle(case["events"])
            case["events"].append(chance.choice([*JUNK, dict(case["events"][0])]))
        case _ if place:
            put(place, chance.choice(list(place)), chance)
    return case


def put(place: dict[str, Any], key: str, chance: Random) -> None:
    """Put something else under *key*; no whole number for an instant, which in data it is, and in a file is not."""
    place[key] = chance.choice([each for each in JUNK if key not in INSTANTS or type(each) is not int])


def told(policy: pe.Policy, case: dict[str, Any], as_of: pe.Instant) -> tuple[object, object]:
    """Return what comes of *case* given as data, and given as the text of a file."""
    return _came(lambda: compiled(policy)(case, as_of)), _came(
        lambda: pe.evaluate(policy, pe.Case.from_text(json.dumps(case)), as_of=as_of, evaluator="reference")
    )


def _came(ask: Any) -> object:  # noqa: ANN401 - a function of nothing
    try:
        answer = ask()
    except pe.CaseError as error:
        return sorted((each.code, each.message()) for each in error.diagnostics)
    except pe.PolicyEngineError as error:
        return type(error), str(error)
    return in_full(answer)


@pytest.mark.parametrize("seed", range(3))
def test_spoilt_data_come_to_what_the_same_text_comes_to(seed: int) -> None:
    chance, refused, answered = Random(seed), 0, 0  # noqa: S311 - the same in every run
    for group in triples(seed, Size(policies=6, cases=2, steps=2)):
        for each in group:
            asked = each.triple
            for _ in range(4):
                case = spoilt(written(asked), chance)
                data, text = told(asked.policy, case, asked.as_of)
                assert data == text, case
                refused, answered = refused + isinstance(text, list), answered + isinstance(text, tuple)
    assert refused > 20
    assert answered > 5
