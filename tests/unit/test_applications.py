"""What other applications rely on: values that travel, pure evaluation, and files that are found where we say."""

from __future__ import annotations

import asyncio
import builtins
import copy
import io
import multiprocessing
import os
import pickle
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any, NoReturn

import pytest

import policyengine as pe
from policyengine import report
from policyengine.loading import library

CHANGZHI, GB80, HUBEI = (pe.load(name) for name in ("changzhi", "state-council-2016-80", "hubei"))
WHEN = "2025-10-09T00:45:00+08:00"
EXAMPLES = Path(__file__).parents[2] / "examples"
RECALL = EXAMPLES / "product-recall"


def _case(name: str = "demo", severity: str = "major") -> pe.Case:
    at = [pe.Instant.parse(f"2025-10-08T23:{minute}:00+08:00") for minute in (10, 30, 50)]
    log = [
        pe.Event(id="e1", type="occurred", at=at[0]),
        pe.Event(id="e2", type="detected", at=at[1], sets={"event_severity": severity}),
        pe.Event(id="e3", type="verify_facts", at=at[2], attributes={"means": ("website",)}),
    ]
    return pe.Case(id=name, facts={"matter": ("misread_policy",)}, events=log)


CASE = _case()
ANSWER = pe.evaluate(CHANGZHI, CASE, as_of=WHEN)
ANSWERS = pe.evaluate((CHANGZHI, GB80), CASE, as_of=WHEN)
RANGES = pe.evaluate(CHANGZHI, CASE, as_of=WHEN, readings="all")


def _limit() -> pe.Limit:
    limit = ANSWER.duty("first-bulletin").limit
    assert limit is not None
    return limit


def _fault() -> pe.Diagnostic:
    with pytest.raises(pe.CaseError) as caught:
        pe.evaluate(CHANGZHI, pe.Case(id="x", facts={"unheard": 1}), as_of=WHEN)
    return caught.value.diagnostics[0]


VALUES: dict[str, Any] = {
    "policy": CHANGZHI,
    "policy of another domain": pe.load(RECALL / "product-recall.yaml"),
    "case": CASE,
    "case from a file": pe.Case.from_yaml(EXAMPLES / "changzhi-grave-emergency.yaml"),
    "event": CASE.events[1],
    "instant": pe.Instant.parse(WHEN),
    "assessment": ANSWER,
    "assessments": ANSWERS,
    "worklist": ANSWERS.worklist(),
    "entry": ANSWERS.worklist().entries[0],
    "duty": ANSWER.duty("first-bulletin"),
    "limit": _limit(),
    "all readings": RANGES,
    "range": RANGES.duty("first-bulletin").violated,
    "diagnostic": _fault(),
}


# Values


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_value_is_equal_after_pickling(value: object, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(value, protocol))  # noqa: S301 - our own bytes
    assert again == value
    assert type(again) is type(value)
    assert hash(again) == hash(value)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_a_value_is_equal_after_copying(value: object, copied: Callable[[object], object]) -> None:
    again = copied(value)
    assert again == value
    assert hash(again) == hash(value)


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        *[("policy", "digest"), ("case", "events"), ("event", "at"), ("assessment", "duties"), ("duty", "status")],
        *[
            ("limit", "due"),
            ("worklist", "entries"),
            ("entry", "claims"),
            ("instant", "micros"),
            ("all readings", "gaps"),
        ],
    ],
)
def test_a_value_never_changes(name: str, attribute: str) -> None:
    value = VALUES[name]
    with pytest.raises((FrozenInstanceError, AttributeError)):
        setattr(value, attribute, None)
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        value.unheard = None


def test_what_a_value_holds_never_changes_either() -> None:
    facts: dict[str, Any] = {"matter": ["misread_policy"]}
    case = pe.Case(id="x", facts=facts, events=[])
    facts["matter"].append("vital_interests")
    assert case.facts == {"matter": ("misread_policy",)}
    for held in (case.facts, ANSWER.facts, CHANGZHI.vocabulary.facts, CHANGZHI.readings):
        with pytest.raises(TypeError, match="does not support item assignment"):
            held["matter"] = None  # type: ignore[index]
    with pytest.raises(ValueError, match="frozen"):
        setattr(CHANGZHI.header, "policy", "other")  # noqa: B010 - a type checker refuses the plain form


def test_policies_are_keys_by_what_their_documents_say() -> None:
    again = pe.load(CHANGZHI.document + "\n")
    assert {CHANGZHI: 1, GB80: 2}[again] == 1
    assert len({CHANGZHI, again, GB80}) == 2
    assert CHANGZHI != GB80


def test_a_policy_that_was_pickled_answers_the_same() -> None:
    for policy in (CHANGZHI, GB80, HUBEI):
        again = pickle.loads(pickle.dumps(policy))  # noqa: S301 - our own bytes
        assert _json(again, CASE) == _json(policy, CASE) == _json(copy.deepcopy(policy), CASE)


def test_an_error_keeps_its_diagnostics_when_pickled() -> None:
    with pytest.raises(pe.PolicyError) as caught:
        pe.load("nowhere")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert type(again) is pe.PolicyError
    assert again.diagnostics == caught.value.diagnostics


# Evaluation at once


def _json(policy: pe.Policy, case: pe.Case) -> str:
    return report.assessment_json(policy, pe.evaluate(policy, case, as_of=WHEN))


QUESTIONS = [
    (policy, _case(f"{severity}-{number}", severity))
    for policy in (CHANGZHI, GB80, HUBEI)
    for severity in ("none", "larger", "major", "extraordinary")
    for number in range(3)
]


def test_eight_threads_at_once_give_the_bytes_of_one_after_the_other() -> None:
    expected = [_json(*each) for each in QUESTIONS]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda each: _json(*each), QUESTIONS * 2))
    assert found == expected * 2


def test_policies_loaded_in_threads_at_once_are_the_same() -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(pe.load, ["changzhi", "state-council-2016-80"] * 4))
    assert found == [CHANGZHI, GB80] * 4


def test_coroutines_may_call_it_directly_and_in_threads() -> None:
    async def direct(policy: pe.Policy, case: pe.Case) -> str:
        await asyncio.sleep(0)
        return _json(policy, case)

    async def ask() -> tuple[list[str], list[str]]:
        threads = await asyncio.gather(*(asyncio.to_thread(_json, *each) for each in QUESTIONS))
        return threads, await asyncio.gather(*(direct(*each) for each in QUESTIONS))

    expected = [_json(*each) for each in QUESTIONS]
    assert asyncio.run(ask()) == (expected, expected)


def test_another_process_that_is_started_afresh_answers_the_same() -> None:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        found = pool.submit(pe.evaluate, (CHANGZHI, GB80), CASE, as_of=WHEN).result(timeout=60)
    assert found == ANSWERS
    assert found.worklist() == ANSWERS.worklist()
    assert report.assessments_json((CHANGZHI, GB80), found) == report.assessments_json((CHANGZHI, GB80), ANSWERS)


# Purity


@contextmanager
def sealed() -> Iterator[list[str]]:
    """Let nothing be asked of the clock, the environment or the disk; what was tried is gathered.

    Within it pytest itself could not live, so it is kept around as little as can be.
    """
    tried: list[str] = []

    def refuse(name: str) -> Callable[..., NoReturn]:
        def refused(*_arguments: object, **_named: object) -> NoReturn:
            tried.append(name)
            raise PermissionError(name)

        return refused

    with pytest.MonkeyPatch.context() as sealing:
        for name in ("time", "time_ns", "localtime", "gmtime"):
            sealing.setattr(time, name, refuse(f"time.{name}"))
        for owner in (builtins, io):
            sealing.setattr(owner, "open", refuse("open"))
        for name in ("stat", "listdir", "scandir", "getenv", "getcwd", "urandom"):
            sealing.setattr(os, name, refuse(f"os.{name}"))
        for name in ("__getitem__", "get", "__contains__", "__iter__"):
            sealing.setattr(type(os.environ), name, refuse(f"os.environ.{name}"), raising=False)
        yield tried


def test_evaluation_asks_nothing_of_clock_environment_and_disk() -> None:
    def ask() -> tuple[object, ...]:
        answer = pe.evaluate(CHANGZHI, CASE, as_of=WHEN)
        answers = pe.evaluate((CHANGZHI, GB80), CASE, as_of=WHEN)
        ranges = pe.evaluate(CHANGZHI, CASE, as_of=WHEN, readings="all")
        written = report.assessment_json(CHANGZHI, answer), report.assessment_text(CHANGZHI, CASE, answer, "zh")
        return answer, answers, ranges, answers.worklist(), written

    expected = ask()  # code is imported on first use
    with sealed() as tried:
        found = ask()
    assert tried == []
    assert found == expected


@pytest.mark.parametrize(
    "ask",
    [lambda: time.time() > 0, lambda: os.environ["HOME"], lambda: Path(__file__).read_text(encoding="utf-8"), Path.cwd],
)
def test_the_seal_holds(ask: Callable[[], object]) -> None:
    with sealed() as tried, suppress(PermissionError):
        ask()
    assert len(tried) == 1


def test_evaluation_changes_nothing_that_it_is_given() -> None:
    policy, case = pickle.loads(pickle.dumps((CHANGZHI, CASE)))  # noqa: S301 - our own bytes
    readings = {"starting_hour": "left_out"}
    before = pickle.dumps((policy, case, readings))
    shown = repr((policy, case, readings))
    policies = [policy, GB80]
    pe.evaluate(policy, case, as_of=WHEN, readings=readings)
    pe.evaluate(policies, case, as_of=WHEN).worklist()
    pe.evaluate(policy, case, as_of=WHEN, readings="all")
    assert policies == [policy, GB80]
    assert repr((policy, case, readings)) == shown
    assert pickle.loads(before) == (policy, case, readings)  # noqa: S301 - our own bytes


def test_one_evaluation_leaves_no_trace_in_the_next() -> None:
    first = _json(CHANGZHI, CASE)
    for policy, case in QUESTIONS:
        _json(policy, case)
    assert _json(CHANGZHI, CASE) == first


# Loading


@pytest.mark.parametrize("name", ["changzhi", "changzhi-energy-bureau", "cha"])
def test_a_packaged_policy_is_loaded_by_its_id_or_a_unique_prefix(name: str) -> None:
    assert pe.load(name) == CHANGZHI


@pytest.mark.parametrize(
    ("name", "code"),
    [("nowhere", "PE213"), ("state-council", "PE216"), ("", "PE213"), ("nowhere.yaml", "PE101"), ("a/b", "PE101")],
)
def test_what_is_neither_an_id_nor_a_file_is_refused(name: str, code: str) -> None:
    with pytest.raises(pe.PolicyError) as caught:
        pe.load(name)
    assert [each.code for each in caught.value.diagnostics] == [code]


def test_a_text_is_loaded_as_the_file_that_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "copy.yaml"
    path.write_text(pe.dump(HUBEI), encoding="utf-8")
    assert pe.load(path) == pe.load(str(path)) == pe.load(path.read_text(encoding="utf-8")) == HUBEI


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a packaged policy alone."""
    shutil.copy(library.home() / "changzhi-energy-bureau.yaml", tmp_path / "ours.yaml")
    return tmp_path


def _beside(folder: Path, kind: str, name: str, old: str, new: str) -> None:
    """Put a packaged vocabulary or calendar beside the policy, with one thing of its own."""
    text = (library.home() / kind / f"{name}.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / kind).mkdir()
    (folder / kind / f"{name}.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_not_beside_the_policy_is_the_packaged_one(folder: Path) -> None:
    policy = pe.load(folder / "ours.yaml")
    assert (policy.vocabulary, policy.calendar) == (CHANGZHI.vocabulary, CHANGZHI.calendar)


def test_a_vocabulary_beside_the_policy_comes_before_the_packaged_one(folder: Path) -> None:
    _beside(folder, "vocabulary", "public-sentiment", "en: Responding to public sentiment", "en: Our own words")
    policy = pe.load(folder / "ours.yaml")
    assert (policy.vocabulary.title.en, policy.calendar) == ("Our own words", CHANGZHI.calendar)
    assert pe.load("changzhi").vocabulary == CHANGZHI.vocabulary


def test_a_calendar_beside_the_policy_comes_before_the_packaged_one(folder: Path) -> None:
    _beside(folder, "calendars", "cn", "weekend: [saturday, sunday]", "weekend: [sunday]")
    policy = pe.load(folder / "ours.yaml")
    assert [set(each.calendar.weekend) for each in (policy, CHANGZHI)] == [{6}, {5, 6}]
    assert policy.vocabulary == CHANGZHI.vocabulary


@pytest.mark.parametrize(
    ("key", "packaged", "code", "where"),
    [
        ("vocabulary", "public-sentiment", "PE201", "put `vocabulary/elsewhere.yaml` beside the policy"),
        ("calendar", "cn", "PE202", "put `calendars/elsewhere.yaml` beside the policy"),
    ],
)
def test_what_is_nowhere_is_told_with_the_places_that_were_searched(
    folder: Path, key: str, packaged: str, code: str, where: str
) -> None:
    path = folder / "ours.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"{key}: {packaged}\n", f"{key}: elsewhere\n"), encoding="utf-8")
    with pytest.raises(pe.PolicyError) as caught:
        pe.load(path)
    (found,) = caught.value.diagnostics
    assert (found.code, found.span and found.span.file) == (code, str(path))
    told = found.help("en") or ""
    assert told.startswith(where)
    assert packaged in told  # those that are packaged are named


def test_for_a_text_only_packaged_vocabularies_are_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _beside(folder, "vocabulary", "public-sentiment", "en: Responding to public sentiment", "en: Our own words")
    monkeypatch.chdir(folder)
    text = (folder / "ours.yaml").read_text(encoding="utf-8")
    assert pe.load(text).vocabulary == CHANGZHI.vocabulary
    assert pe.load("ours.yaml").vocabulary != CHANGZHI.vocabulary
