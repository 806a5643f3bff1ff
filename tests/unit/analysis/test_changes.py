"""What another version of a policy changes: each change shown by a case, nothing that changes left out."""

from __future__ import annotations

import json
import random
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import policyengine as pe
from policyengine.analysis.change_cases import Sketch
from policyengine.analysis.change_effects import Direction, says
from policyengine.analysis.change_hunt import Hunt
from policyengine.analysis.change_scope import Kind, Part, Scope
from policyengine.analysis.change_words import Reworded, WordsOf
from policyengine.analysis.changes import diff, shows
from policyengine.analysis.sides import DifferentVocabulariesError, Side
from policyengine.errors import CaseError, ReadingError
from policyengine.loading.policy import read_policy_text
from policyengine.loading.yaml_nodes import Source
from policyengine.testing import strategies
from tests.support import versions as version
from tests.support.node_mutations import mutated_nodes
from tests.support.versions import AMENDMENT, Edit, put, versions, within

if TYPE_CHECKING:
    from policyengine.analysis.changes import Change, Changes
    from policyengine.model.assessment import Assessment

STRICTER, LOOSER, BOTH, OTHER = Direction.STRICTER, Direction.LOOSER, Direction.BOTH, Direction.OTHER
GRAVE = {"event_severity": {"at_least": "larger"}}
PACKAGED = ("anshan", "changzhi", "hubei", "meihekou", "state-council-2016-61", "state-council-2016-80", "xincheng")


@cache
def found(name: str, *edits: Edit) -> Changes:
    return diff(*versions(name, *edits))


def directions(changes: Changes) -> dict[str, Direction]:
    return {each.name: each.direction for each in changes.changed}


def the(changes: Changes, name: str) -> Change:
    return next(each for each in (*changes.changed, *changes.unsettled) if each.name == name)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param(within("press-conference", hours=12), {"press-conference": STRICTER}, id="a shorter limit"),
        pytest.param(within("first-bulletin", minutes=60), {}, id="the same length in another unit"),
        pytest.param(put("leads-to-police", deadline=None), {"leads-to-police": OTHER}, id="no word for the time"),
        pytest.param(put("head-leads", when=GRAVE), {"head-leads": STRICTER}, id="a wider condition"),
        pytest.param(put("legality-review", upon="detected"), {"legality-review": LOOSER}, id="a trigger less"),
        pytest.param(put("confirm-first", until="closed"), {"confirm-first": STRICTER}, id="a later end"),
        pytest.param(put("head-leads", until=None), {"head-leads": STRICTER}, id="no end"),
        pytest.param(put("leads-to-police", bearer="bureau_office"), {"leads-to-police": OTHER}, id="another bearer"),
        pytest.param(put("leads-to-police", to="city_government"), {"leads-to-police": BOTH}, id="another addressee"),
        pytest.param(put("yearly-appraisal", every="quarter"), {"yearly-appraisal": STRICTER}, id="more often"),
        pytest.param(put("leads-to-police", waived_by="closed"), {"leads-to-police": LOOSER}, id="a waiver"),
        pytest.param(put("leads-to-police", in_person=True), {"leads-to-police": STRICTER}, id="in person"),
        pytest.param(
            put("transfer-to-supervision", sanction=None), {"transfer-to-supervision": OTHER}, id="a sanction"
        ),
        pytest.param(
            put("leads-to-police", must=None, should="pass_on_leads"), {"leads-to-police": LOOSER}, id="should"
        ),
        pytest.param(
            put("leads-to-police", must=None, may="pass_on_leads", deadline=None), {"leads-to-police": LOOSER}, id="may"
        ),
        pytest.param(version.dropped("head-leads"), {"head-leads": LOOSER}, id="a provision less"),
        pytest.param(version.in_principle_both, {"press-conference": LOOSER}, id="another default"),
    ],
)
def test_an_edit_changes_just_these(edit: Edit, expected: dict[str, Direction]) -> None:
    changes = found("changzhi", edit)
    assert directions(changes) == expected
    assert not [each.name for each in changes.unsettled if each.edits and expected]
    assert all(shows(changes.old, changes.new, each) for each in changes.changed)


def test_a_shorter_limit_is_shown_where_it_alone_has_passed() -> None:
    changes = found("changzhi", within("respond", hours=24))
    change = the(changes, "respond")
    (shown,) = change.shown
    assert (change.edits, change.through, change.direction, change.never_looser) == (("deadline",), (), STRICTER, True)
    assert [each.type for each in shown.case.events] == ["detected"]
    old, new = (each.duty("respond") for each in (shown.before, shown.after))
    assert (old.status.value, new.status.value) == ("active", "overdue")


def test_what_caps_a_limit_changes_others() -> None:
    changes = found("changzhi", within("respond", hours=24))
    capped = the(changes, "press-conference")
    assert (capped.edits, capped.through) == ((), (Part(Kind.LIMIT, "respond"),))
    assert capped.shown
    assert shows(changes.old, changes.new, capped)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        pytest.param(
            put("respond", title={"zh": "回应", "en": "respond"}),
            Reworded(WordsOf.PROVISION, "respond", ("title",)),
            id="a title",
        ),
        pytest.param(
            put("respond", wording="须"), Reworded(WordsOf.PROVISION, "respond", ("wording",)), id="a wording"
        ),
        pytest.param(
            put("legality-review", upon=["response_drafted", "detected"]), None, id="triggers in another order"
        ),
        pytest.param(
            put("head-leads", when={"event_severity": ["extraordinary", "major"]}), None, id="the same condition"
        ),
        pytest.param(
            put("head-leads", when={"not": {"event_severity": {"less_than": "major"}}}), None, id="told by what is not"
        ),
        pytest.param(
            lambda each: each["readings"]["inactivity"]["question"].update(en="?"),
            Reworded(WordsOf.READING, "inactivity"),
            id="a question",
        ),
        pytest.param(
            lambda each: each["source"]["clauses"]["CZH:1"]["says"].update(en="?"),
            Reworded(WordsOf.CLAUSE, "CZH:1", ("says",)),
            id="a summary",
        ),
        pytest.param(
            lambda each: each["roles"]["bureau"]["title"].update(en="?"),
            Reworded(WordsOf.ROLE, "bureau", ("title",)),
            id="a role's title",
        ),
        pytest.param(
            lambda each: each["provisions"].reverse(),
            None,
            id="another order",
        ),
    ],
)
def test_words_alone_change_nothing(edit: Edit, words: Reworded | None) -> None:
    changes = found("changzhi", edit)
    assert changes.none
    assert changes.options == ()
    assert changes.reworded == (() if words is None else (words,))


def test_another_id_alone_changes_nothing() -> None:
    changes = found("changzhi", version.renamed("press-conference", "conference"))
    assert (changes.none, changes.renamed) == (True, (("press-conference", "conference"),))


@pytest.mark.parametrize("name", PACKAGED)
def test_a_policy_is_as_it_is(name: str) -> None:
    policy = pe.load(name)
    changes = diff(policy, policy)
    assert changes.none
    assert (changes.reworded, changes.options, changes.causes, changes.renamed) == ((), (), (), ())


def test_how_hours_are_counted_changes_every_limit_in_hours() -> None:
    changes = found("changzhi", version.next_full_hour)
    (cause,) = changes.causes
    assert cause.part == Part(Kind.HOURS)
    assert {each.name for each in cause.changes} == {"first-bulletin", "press-conference", "respond"}
    assert {each.direction for each in cause.changes} == {LOOSER}
    assert cause.example is not None
    assert [(each.option, each.in_old, each.in_new, each.chosen) for each in changes.options] == [
        ("counted", True, False, True),
        ("left_out", True, False, False),
    ]


def test_what_is_presumed_and_when_it_is_in_force() -> None:
    presumed = found("changzhi", version.nothing_presumed)
    assert set(directions(presumed).values()) == {OTHER}
    assert [each.part for each in presumed.causes] == [Part(Kind.PRESUMED, "event_severity")]
    dated = found("state-council-2016-80", version.from_july)
    assert [each.part for each in dated.causes] == [Part(Kind.VERSIONS)]
    assert {each.name for each in dated.changed} == {*pe.load("state-council-2016-80").provision_ids}


def test_who_is_meant_by_a_table() -> None:
    changes = found("hubei", version.other_bearer)
    (cause,) = changes.causes
    assert cause.part == Part(Kind.TABLE, "first_responsible")
    assert {each.direction for each in cause.changes} == {OTHER}
    shown = the(changes, "respond").shown[0]
    assert [each.duty("respond").bearer for each in (shown.before, shown.after)] == [
        "superior_department",
        "provincial_department",
    ]


def test_a_calendar_that_no_limit_asks_changes_nothing() -> None:
    changes = found("changzhi", lambda each: each.update(calendar="always"))
    assert changes.none
    assert [(each.part.kind, each.changes, each.unsettled) for each in changes.causes] == [(Kind.CALENDAR, (), ())]


def test_gaps() -> None:
    changes = found("hubei", lambda each: each["gaps"][1].update(upon="closed"))
    change = the(changes, "interaction-notice")
    assert (change.part.kind, change.edits, directions(changes)) == (
        Kind.GAP,
        ("upon",),
        {"interaction-notice": OTHER},
    )
    assert shows(changes.old, changes.new, change)


def test_what_changes_under_another_option_only() -> None:
    changes = found("changzhi", version.missed_limit_less)
    assert changes.none
    (option,) = changes.options
    assert (option.reading, option.option, option.in_old, option.in_new) == ("inactivity", "missed_limit", True, True)
    assert [part.name for part, _ in option.shown] == ["circular-for-inactivity"]
    chosen = diff(*versions("changzhi", version.missed_limit_less), readings={"inactivity": "missed_limit"})
    assert directions(chosen) == {"circular-for-inactivity": LOOSER}


def test_facts_taken_as_settled() -> None:
    old, new = versions("changzhi", put("head-leads", when=GRAVE))
    assert directions(diff(old, new, given={"event_severity": "larger"})) == {"head-leads": STRICTER}
    assert not diff(old, new, given={"event_severity": "major"}).changed


def test_where_it_applies_now_and_no_longer() -> None:
    change = the(found("changzhi", put("head-leads", when=GRAVE)), "head-leads")
    assert [[cell.witness for _, cells in each.facts for cell in cells] for each in change.gained] == [["larger"]]
    assert change.lost == ()


def test_what_cannot_be_asked() -> None:
    old = pe.load("changzhi")
    with pytest.raises(ReadingError, match="unknown reading 'x'"):
        diff(old, old, readings={"x": "y"})
    with pytest.raises(ReadingError, match="no option"):
        diff(old, old, readings={"inactivity": "y"})
    with pytest.raises(DifferentVocabulariesError):
        diff(old, pe.load("tests/policies/good/prohibitions.yaml"))


def test_the_search_ends() -> None:
    old, new = versions("changzhi", *AMENDMENT)
    scope = Scope.of(Side.of(old), Side.of(new))
    hunt = Hunt(scope, {}, most=0)
    for part in scope.affected:
        before = hunt.judged
        hunt.shown(part, tuple(Direction))
        assert hunt.judged - before < 400
    assert all(len(list(Sketch(scope, part, {}).bases())) <= 120 for part in scope.affected)


def _edited(policy: pe.Policy, seed: int) -> pe.Policy | None:
    """Return *policy* with one node of it taken from elsewhere or dropped; ``None`` if none is found that loads."""
    chance = random.Random(seed)  # noqa: S311 - which edit, no secret
    for _ in range(20):
        tree = json.loads(policy.document)
        mutated_nodes(tree["provisions"] if chance.random() < 0.8 else tree, chance, mild=True)
        loaded, _ = read_policy_text(Source("edited.json", json.dumps(tree, ensure_ascii=False)))
        if loaded is not None and loaded != policy and loaded.vocabulary == policy.vocabulary:
            return loaded
    return None


def _differing(old: Assessment, new: Assessment, changes: Changes) -> set[Part]:
    """Return what two answers say differently, compared row by row."""
    names = {new: old for old, new in changes.renamed}
    own = dict(changes.renamed)
    asked = {Part(Kind.PROVISION, names.get(row.provision, row.provision)) for row in (*old.duties, *new.duties)}
    asked |= {Part(Kind.GAP, names.get(row.gap, row.gap)) for row in (*old.gaps, *new.gaps)}
    return {
        each
        for each in asked
        if says(old, each, {}) != says(new, Part(each.kind, own.get(each.name, each.name)), names)
    }


VOCABULARY = pe.load("changzhi").vocabulary
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def _hold_against_many_cases(data: st.DataObject, old: pe.Policy, most: int) -> None:
    new = _edited(old, data.draw(st.integers(0, 2**32)))
    assume(new is not None)
    if new is None:
        return
    changes = diff(old, new)
    assert all(shows(changes.old, changes.new, each) for each in changes.changed)
    told = {each.part for each in (*changes.changed, *changes.unsettled)}
    questions = strategies.questions(old) | strategies.questions(new)
    for _ in range(most):
        question = data.draw(questions)
        try:
            answers = [pe.evaluate(each, question.case, as_of=question.as_of) for each in (old, new)]
        except CaseError:
            continue
        assert _differing(answers[0], answers[1], changes) <= told


@settings(max_examples=4, suppress_health_check=_SLOW)
@given(st.data())
def test_nothing_that_changes_in_generated_policies_is_left_out(data: st.DataObject) -> None:
    _hold_against_many_cases(data, data.draw(strategies.policies(VOCABULARY)), 12)


@settings(max_examples=6, suppress_health_check=_SLOW)
@given(st.data())
def test_nothing_that_changes_in_packaged_policies_is_left_out(data: st.DataObject) -> None:
    _hold_against_many_cases(data, pe.load(data.draw(st.sampled_from(PACKAGED))), 8)
