"""The library as other applications use it."""

from __future__ import annotations

import datetime
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.loading.library import packaged_policies

if TYPE_CHECKING:
    from pathlib import Path

LOG = (
    pe.Event(
        id="e1", type="detected", at=pe.Instant.parse("2025-10-08T23:30:00+08:00"), sets={"event_severity": "major"}
    ),
)
WHEN = "2025-10-09T00:45:00+08:00"


def _case() -> pe.Case:
    return pe.Case(id="demo", events=LOG)


def test_a_policy_is_found_by_prefix_path_and_text(tmp_path: Path) -> None:
    packaged = pe.load("changzhi")
    path = tmp_path / "copy.yaml"
    path.write_text(packaged.document, encoding="utf-8")
    assert pe.load("changzhi-energy-bureau") == packaged == pe.load(path) == pe.load(str(path))
    assert pe.load(packaged.document + "\n") == packaged


def test_an_unknown_policy_names_those_that_exist() -> None:
    with pytest.raises(pe.PolicyError) as caught:
        pe.load("nowhere")
    (found,) = caught.value.diagnostics
    assert (found.code, found.help()) == ("PE213", f"packaged policies: {', '.join(packaged_policies())}")


def test_a_policy_is_immutable_hashable_and_picklable() -> None:
    policy = pe.load("changzhi")
    again = pickle.loads(pickle.dumps(policy))  # noqa: S301 - our own bytes
    assert again == policy
    assert hash(again) == hash(policy)
    with pytest.raises(AttributeError):
        policy.digest = "0"  # type: ignore[misc]
    assert pe.evaluate(again, _case(), as_of=WHEN) == pe.evaluate(policy, _case(), as_of=WHEN)


def test_an_instant_may_be_text_a_datetime_or_ours() -> None:
    policy = pe.load("changzhi")
    aware = datetime.datetime(2025, 10, 8, 16, 45, tzinfo=datetime.UTC)
    answers = {pe.evaluate(policy, _case(), as_of=when) for when in (WHEN, aware, pe.Instant.parse(WHEN))}
    assert len({repr(each) for each in answers}) == 1


@pytest.mark.parametrize("when", ["2025-10-09T00:45:00", "yesterday", datetime.datetime(2025, 10, 9)])  # noqa: DTZ001 - naive is the point
def test_a_naive_or_malformed_instant_is_refused(when: str | datetime.datetime) -> None:
    with pytest.raises(pe.TimeError):
        pe.evaluate(pe.load("changzhi"), _case(), as_of=when)


@pytest.mark.parametrize("when", ["0999-12-31T00:00:00Z", "9001-01-01T00:00:00Z"])
def test_an_instant_too_far_for_limits_is_refused(when: str) -> None:
    with pytest.raises(pe.TimeError, match="1000 to 9000"):
        pe.evaluate(pe.load("changzhi"), _case(), as_of=when)
    case = pe.Case(id="x", events=[pe.Event(id="e", type="detected", at=pe.Instant.parse(when))])
    with pytest.raises(pe.CaseError) as caught:
        pe.evaluate(pe.load("changzhi"), case, as_of=WHEN)
    assert [each.code for each in caught.value.diagnostics] == ["PE410"]


def test_all_faults_of_a_case_are_collected() -> None:
    events = [
        pe.Event(id="e1", type="detectd", at=pe.Instant.parse(WHEN), by="nobody"),
        pe.Event(id="e2", type="graded", at=pe.Instant.parse(WHEN), sets={"event_severity": "grave", "unheard": 1}),
        pe.Event(id="e3", type="report", at=pe.Instant.parse(WHEN), sets={"right_to_know_infringed": 1, "matter": "x"}),
    ]
    with pytest.raises(pe.CaseError) as caught:
        pe.evaluate(pe.load("changzhi"), pe.Case(id="bad", events=events), as_of=WHEN)
    assert sorted(each.code for each in caught.value.diagnostics) == [
        "PE203",
        "PE205",
        "PE206",
        "PE207",
        "PE602",
        "PE602",
    ]
    assert "detected" in {each.suggestion for each in caught.value.diagnostics}


def test_the_answer_gives_lists_to_act_on() -> None:
    answer = pe.evaluate(pe.load("changzhi"), _case(), as_of=WHEN)
    owed = answer.required_actions()
    assert [duty.provision for duty in owed[:2]] == ["first-bulletin", "press-conference"]
    assert {duty.bearer for duty in answer.required_actions("bureau_head")} == {"bureau_head"}
    assert answer.next_due is not None
    assert answer.next_due.provision == "press-conference"
    assert answer.missing_facts == ("concerns_other_agency", "sentiment_severity")
    with pytest.raises(LookupError, match="no provision"):
        answer.duty("nothing")


def test_evaluation_is_safe_across_threads() -> None:
    policy = pe.load("changzhi")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: repr(pe.evaluate(policy, _case(), as_of=WHEN)), range(64)))
    assert len(set(answers)) == 1


def test_an_unknown_matcher_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown matcher"):
        pe.evaluate(pe.load("changzhi"), _case(), as_of=WHEN, matcher="guess")  # type: ignore[call-overload]


@pytest.mark.parametrize(("text", "count"), [("", "0"), ('{"case": "a"}\n{"case": "b"}\n', "2")])
def test_a_file_of_no_case_or_several_is_not_one_case(tmp_path: Path, text: str, count: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(pe.CaseError) as caught:
        pe.Case.from_yaml(path)
    assert [(each.code, dict(each.args)["count"]) for each in caught.value.diagnostics] == [("PE605", count)]


@pytest.mark.parametrize(
    ("policy", "case", "as_of", "words"),
    [
        ("changzhi", pe.Case(id="x"), "2025-01-01T00:00:00Z", r"load\('changzhi'\)"),
        (["changzhi"], pe.Case(id="x"), "2025-01-01T00:00:00Z", r"load\('changzhi'\)"),
        (pe.load("changzhi"), "case.yaml", "2025-01-01T00:00:00Z", r"Case\.from_yaml .* not 'case.yaml'"),
        (pe.load("changzhi"), pe.Case(id="x"), 1735689600, "aware datetime or text, not 1735689600"),
    ],
)
def test_what_is_no_policy_case_or_time_is_refused_with_the_way_out(
    policy: object, case: object, as_of: object, words: str
) -> None:
    with pytest.raises(TypeError, match=words):
        pe.evaluate(policy, case, as_of=as_of)  # type: ignore[call-overload]
