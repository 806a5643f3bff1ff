"""What becomes of mutants: noticed, proved alike, alive with a case that would notice them, or refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from policyengine.checks.examples.judging import judge
from policyengine.checks.mutation.killing import Examples
from policyengine.checks.mutation.making import Maker
from policyengine.checks.mutation.mutants import mutants
from policyengine.checks.mutation.verdict import Fate
from policyengine.report.mutation.example_files import ExampleFiles
from tests.support.mutants import EXAMPLE, PLAIN, POLICY, shop, trial

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.checks.mutation.verdict import Mutation, Verdict


def fates(mutation: Mutation) -> dict[str, str]:
    return {each.mutant.id: each.fate.value for each in mutation.verdicts}


def the(mutation: Mutation, name: str) -> Verdict:
    return next(each for each in mutation.verdicts if each.mutant.id == name)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mutation:
    folder = tmp_path_factory.mktemp("shop")
    shop(folder)
    return trial(folder).mutation()


@pytest.mark.parametrize(
    ("mutant", "fate"),
    [
        ("tell-soon:halve:deadline.within.hours", "killed"),
        ("tell-soon:double:deadline.within.hours", "killed"),
        ("tell-soon:strength:must=should", "killed"),
        ("tell-soon:remove", "killed"),
        ("start:default:default=alarm", "killed"),
        ("repair:remove", "survived"),
        ("repair:strength:should=must", "survived"),
        ("repair:drop-upon:upon", "killed"),
        ("no-hearing:remove", "survived"),
        ("tell-soon:grade:when.level.at_least=middle", "survived"),
        ("tell-soon:anchor:deadline.of.alarm=opened", "survived"),
        ("presume:presume:level=middle", "equivalent"),
        ("counting:counting:days.roll", "equivalent"),
    ],
)
def test_fates(found: Mutation, mutant: str, fate: str) -> None:
    assert fates(found)[mutant] == fate


def test_who_noticed_it_is_told(found: Mutation) -> None:
    kill = the(found, "tell-soon:halve:deadline.within.hours").kill
    assert kill is not None
    assert kill.question.example.name == "told-late"
    assert kill.outcome is not None
    assert [each.key for each in kill.outcome.differences] == ["due"]


def test_a_mutant_in_another_option_is_asked_under_it(found: Mutation) -> None:
    question = the(found, "tell-soon:anchor:deadline.of.alarm=opened").question
    assert question is not None
    assert [dict(each) for each in question.choose.values()] == [{"start": "alarm"}]


@pytest.mark.parametrize(
    ("presumed", "mutant", "fate"),
    [("low", "presume:presume:level=middle", "equivalent"), ("middle", "presume:presume:level=high", "survived")],
)
def test_a_presumption_that_no_test_tells_apart_is_the_same(
    tmp_path: Path, presumed: str, mutant: str, fate: str
) -> None:
    shop(tmp_path, policy=POLICY.replace("presume: {level: low}", f"presume: {{level: {presumed}}}"))
    on = trial(tmp_path)
    found = next(each for each in mutants(on.policy) if each.id == mutant)
    assert on.verdict(found).fate.value == fate


OTHER_READING = """
readings:
  hour:
    question: {zh: 起算的小时？, en: Which hour?}
    options: {exact: {zh: 即时, en: that instant}, full: {zh: 下一小时, en: the next full hour}}
    default: exact
    why: {zh: 测试, en: a test}
"""
DEFAULTS = {
    "of counting": "\ncounting: {reading: hour, exact: {}, full: {hours: next_full_hour}}\n",
    "of one option of another reading": "",
}


@pytest.mark.parametrize("counting", DEFAULTS.values(), ids=DEFAULTS)
def test_another_default_is_another_policy_wherever_it_counts(tmp_path: Path, counting: str) -> None:
    text = PLAIN.replace("\nreadings:\n", f"{counting}{OTHER_READING}", 1)
    if not counting:
        text = text.replace("    upon: alarm\n", "    upon: {reading: start, opening: alarm, alarm: HERE}\n", 1)
        text = text.replace("HERE", "{reading: hour, exact: alarm, full: opened}")
    shop(tmp_path, policy=text, example=EXAMPLE.partition("expect:")[0] + "absent: [repair]\n")
    on = trial(tmp_path)
    found = next(each for each in mutants(on.policy) if each.id == "hour:default:default=full")
    verdict = on.verdict(found)
    assert verdict.fate is Fate.SURVIVED
    assert verdict.question is not None
    assert [dict(each) for each in verdict.question.choose.values()] == ([] if counting else [{"start": "alarm"}])


def test_rules_that_nothing_is_counted_by_are_the_same(tmp_path: Path) -> None:
    shop(tmp_path, policy=PLAIN.replace("\nreadings:", "\ncounting: {regrading: {up: restart}}\n\nreadings:", 1))
    on = trial(tmp_path)
    found = {each.id: on.verdict(each).fate.value for each in mutants(on.policy) if each.part.name == "counting"}
    alike = {name for name, fate in found.items() if fate == "equivalent"}
    assert alike == {name for name in found if ":regrading:" in name or "days" in name}


def test_the_score_counts_what_examples_can_notice(found: Mutation) -> None:
    counts = found.total.counts
    told = counts[Fate.KILLED] + counts[Fate.SURVIVED] + counts[Fate.UNSETTLED]
    assert found.total.mutants == len(found.verdicts) == told + counts[Fate.EQUIVALENT] + counts[Fate.REFUSED]
    assert found.total.score == 100 * counts[Fate.KILLED] / told
    assert sum(each.mutants for each in found.by_part().values()) == found.total.mutants
    assert sum(each.mutants for each in found.by_operator().values()) == found.total.mutants


def test_written_examples_are_met_and_notice_every_survivor(tmp_path: Path, found: Mutation) -> None:
    shop(tmp_path)
    written = dict(ExampleFiles(found).files("shop.yaml"))
    for name, text in written.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    before = {each.mutant.id for each in found.alive if each.question is not None}
    assert len(written) < len(before)
    again = trial(tmp_path).mutation()
    assert again.failing == ()
    assert [each.mutant.id for each in again.alive if each.mutant.id in before] == []


def test_what_fails_as_it_stands_stops_everything(tmp_path: Path) -> None:
    shop(tmp_path, example=EXAMPLE.replace("status: overdue", "status: active"))
    found = trial(tmp_path).mutation()
    assert [each.outcome.expected.name for each in found.failing if each.outcome is not None] == ["tell-soon"]
    assert (found.verdicts, found.total.score) == ((), None)


def test_in_several_processes_the_same_comes_out(tmp_path: Path) -> None:
    shop(tmp_path, policy=PLAIN)
    assert trial(tmp_path).mutation(jobs=2).verdicts == trial(tmp_path).mutation().verdicts


def test_reasons_that_nothing_needs(found: Mutation) -> None:
    reasons = {"repair:remove": "r", "tell-soon:remove": "noticed by now", "gone:remove": "not there"}
    told = replace(found, accepted=reasons)
    assert told.idle == ("tell-soon:remove", "gone:remove")
    assert told.total == found.total


def test_questions_on_which_a_mutant_has_no_bearing_do_not_notice_it(tmp_path: Path, found: Mutation) -> None:
    """The shortcut by what answers look at is sound: whoever notices a mutant is asked."""
    shop(tmp_path)
    for name, text in ExampleFiles(found).files("shop.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    on = trial(tmp_path)
    asked, maker = Examples(on.policy, on.policies, on.examples), Maker(on.policy, on.beside)
    for mutant in mutants(on.policy):
        policy = maker.made(mutant)
        if policy is not None:
            policies = {**on.policies, **dict.fromkeys(asked.names, policy)}
            outcomes = (outcome for one in asked.questions for outcome in judge(one.ask, policies))
            noticed = not all(each.passed for each in outcomes)
            assert noticed is (asked.kill(mutant, policy) is not None), mutant.id


def test_a_verdict_stands_on_its_own(found: Mutation) -> None:
    assert all((each.kill is not None) is (each.fate is Fate.KILLED) for each in found.verdicts)
    assert all((each.question is not None) is (each.fate is Fate.SURVIVED) for each in found.verdicts)
    assert replace(found, verdicts=()).total.score is None
