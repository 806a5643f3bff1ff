"""Pages about made policies of a few lines: what real ones never come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policyengine.analysis.coverage import Shortfall
from policyengine.analysis.sides import Side
from policyengine.report.plain import plain
from policyengine.report.strictness import words as say
from policyengine.report.strictness.both_ways import both_ways
from policyengine.report.strictness.page import strictness_page
from policyengine.wording import LANGUAGES
from tests.support.pairs import policy
from tests.support.strictness import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyengine.report.strictness.both_ways import BothWays
    from policyengine.wording import Lang
    from tests.support.pairs import Node

ANSWER: Node = {"must": "answer", "upon": "start", "bearer": "unit"}
HOUR: Node = {"within": {"hours": 1}}


def side(name: str, nodes: Sequence[Node], header: Node | None = None) -> Side:
    made = policy([{"id": f"{name}{place}", **each} for place, each in enumerate(nodes)], header, name=name)
    assert made is not None
    return Side.of(made)


def told(one: Node | Sequence[Node], other: Node, *, header: Node | None = None, lang: Lang = "en") -> str:
    own = [one] if isinstance(one, dict) else one
    found = both_ways(side("one", own, header), side("other", [other]))
    return plain(strictness_page(found, lang))


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        pytest.param(
            {"may": "answer", "upon": "start", "bearer": "unit"},
            ANSWER,
            "unit may answer (left to discretion)",
            id="may",
        ),
        pytest.param({**ANSWER, "must": "speak"}, ANSWER, "unit must speak (a wider act)", id="a wider act"),
        pytest.param(
            [{**ANSWER, "deadline": {"within": {"hours": hours}}} for hours in range(2, 8)],
            {**ANSWER, "deadline": HOUR},
            "One: and 2 more",
            id="many norms",
        ),
        pytest.param(
            {**ANSWER, "to": "public"},
            {**ANSWER, "to": "chief"},
            "“answer” (who was addressed: public): Other finds it owed; One finds nothing owed (fulfilled)",
            id="somebody else",
        ),
        pytest.param(
            {**ANSWER, "means": ["a"]}, {**ANSWER, "means": ["b"]}, "“answer” (means: a)", id="by other means"
        ),
        pytest.param(
            {**ANSWER, "when": {"amount": {"at_most": 5}}}, ANSWER, "case: “amount” is ", id="a number that a case has"
        ),
        pytest.param(
            {**ANSWER, "when": {"amount": {"at_most": 5}}},
            ANSWER,
            "short: where “amount” is more than 5, nothing of the kind is demanded",
            id="a stretch of numbers",
        ),
        pytest.param(
            {**ANSWER, "deadline": {"within": {"working_days": 1}}},
            {**ANSWER, "deadline": {"within": {"days": 60}}},
            "proved only for the time whose holidays are announced",
            id="as far as holidays are announced",
        ),
        pytest.param({**ANSWER, "must": "tell"}, ANSWER, "The two have no act in common", id="nothing in common"),
        pytest.param(
            {"must_not": "answer", "upon": "start", "when": {"flag": True}},
            {"must_not": "answer", "upon": "start"},
            "short: where not “flag”, nothing of the kind is demanded",
            id="a prohibition",
        ),
        pytest.param(ANSWER, {**ANSWER, "every": "day"}, "00:00: Other finds a violation", id="a limit at midnight"),
    ],
)
def test_what_is_told(one: Node | Sequence[Node], other: Node, says: str) -> None:
    assert says in told(one, other)


def test_a_wider_act_is_no_lack_of_common_acts() -> None:
    assert "no act in common" not in told({**ANSWER, "must": "speak"}, ANSWER)


def test_a_role_of_one_policy_alone_has_its_own_title() -> None:
    header: Node = {"roles": {"clerk": {"title": {"zh": "经办人", "en": "clerk at the desk"}}}}
    own = {**ANSWER, "bearer": "clerk", "in_person": True}
    theirs = {**ANSWER, "bearer": "chief", "in_person": True}
    assert "“answer” (who acted: clerk at the desk)" in told(own, theirs, header=header)
    assert "“答复”（行为人：经办人）" in told(own, theirs, header=header, lang="zh")


@pytest.mark.parametrize(
    ("shortfall", "one", "other"),
    [
        (Shortfall.STRENGTH, {"should": "answer", "upon": "start", "bearer": "unit"}, ANSWER),
        (Shortfall.ACT, {**ANSWER, "to": "public"}, {**ANSWER, "to": "chief"}),
        (Shortfall.ENDING, {**ANSWER, "until": "stop"}, ANSWER),
        (Shortfall.RECURRENCE, ANSWER, {**ANSWER, "standing": True}),
        (Shortfall.ANCHOR, {**ANSWER, "deadline": {**HOUR, "of": "anchor"}}, {**ANSWER, "deadline": HOUR}),
        (Shortfall.LIMIT, ANSWER, {**ANSWER, "deadline": HOUR}),
    ],
    ids=lambda each: each.name.lower() if isinstance(each, Shortfall) else "",
)
def test_in_what_it_falls_short(shortfall: Shortfall, one: Node, other: Node) -> None:
    for lang in LANGUAGES:
        everywhere, how = (each.within(lang) for each in (say.EVERYWHERE, say.SHORTFALL[shortfall]))
        assert f": {everywhere}{how}\n" in told(one, other, lang=lang).replace("：", ": ")


def test_from_some_of_its_triggers_only() -> None:
    text = told(ANSWER, {**ANSWER, "upon": ["start", "anchor"]})
    assert "short: wherever it applies, from some of its triggers, nothing of the kind is demanded" in text
    assert "[gap in part] t (other0)" in text


def test_where_the_converse_stays_open_it_is_only_said_that_it_is_not_met() -> None:
    one, other = Side.of(load("state-council-2016-61")), Side.of(load("hubei"), {"clock_start": "occurrence"})
    found: BothWays = both_ways(one, other, acts=["respond_territorially"])
    assert (found.there.holds, found.converse, found.relation) == (False, None, None)
    assert "- [not met] the places respond within 48 hours" in plain(strictness_page(found, "en"))
