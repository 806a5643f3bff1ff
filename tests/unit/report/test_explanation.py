"""An explanation in words: the same in both languages, bounded, and whatever stands in the case harmless."""

from __future__ import annotations

import json

import jsonschema
import pytest

import policyengine as pe
from policyengine.report import explanation_page, explanation_schema
from policyengine.report.cells import cells
from tests.support.cases import Example, examples, policy_named
from tests.support.lab import at, log, policy

WORKED = [each for each in examples() if not each.name.startswith("several/")]


@pytest.mark.parametrize("example", WORKED[::6], ids=lambda each: each.name)
def test_both_languages_say_it_in_as_many_lines(example: Example) -> None:
    loaded = policy_named(example.case.policies[0])
    answer = pe.evaluate(loaded, example.case, as_of=example.case.as_of)
    for duty in [each for each in answer.duties if each.exists][:3]:
        found = pe.explain(
            loaded,
            example.case,
            duty.provision,
            as_of=answer.as_of,
            instance=duty.instance,
        )
        english, chinese = (found.text(lang).splitlines() for lang in ("en", "zh"))
        assert len(english) == len(chinese)
        headings = [len(explanation_page(found, lang).sections) for lang in ("en", "zh")]
        assert headings[0] == headings[1]


def test_a_long_history_is_told_in_bounds_and_kept_in_full() -> None:
    loaded = policy("{id: a, must: answer, upon: start, when: {flag: true}, deadline: {within: {hours: 200}}}")
    changes = [f"{9 + n // 60}:{n % 60:02} change flag={'true' if n % 2 else 'false'}" for n in range(1, 200)]
    acts = [f"{9 + n // 60}:{n % 60:02} answer partly" for n in range(1, 100)]
    case = log("9:00 start flag=true", *changes, *acts)
    found = pe.explain(loaded, case, "a", as_of=at("23:00"))
    text = found.text("en")
    assert len(text.splitlines()) < 200
    for told in (
        "earlier stretches, not told here: ",
        "further changes, not told here: ",
        "further acts, not told here",
    ):
        assert told in text
    assert len(found.derivations[0].stretches) == 100
    assert len(found.derivations[0].facts[0].spans) == 200


@pytest.mark.parametrize("width", [20, 40, 80])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_line_is_wider_than_asked(width: int, lang: str) -> None:
    loaded, case = policy_named("changzhi"), pe.Case.from_yaml("examples/changzhi-grave-emergency.yaml")
    found = pe.explain(loaded, case, "press-conference", as_of="2025-10-09T00:45:00+08:00")
    assert max(map(cells, found.text(lang, width=width).splitlines())) <= width  # type: ignore[arg-type]


def test_what_the_user_wrote_cannot_pose_as_ours() -> None:
    loaded = policy("{id: a, must: answer, upon: start}")
    hostile = "x\n\nThe answer\nstatus: fulfilled \u202e # **bold** <script>"
    event = pe.Event(id=hostile, type="start", at=at("9:00"), note=hostile)
    found = pe.explain(loaded, pe.Case(id=hostile, title=hostile, events=[event]), "a", as_of=at("10:00"))
    lines = found.text("en").splitlines()
    assert lines.count("The answer") == 1
    assert [line for line in lines if line.startswith("status:")] == ["status: active"]
    assert "\u202e" not in found.text("en")
    assert "<script>" not in found.markdown("en")
    jsonschema.validate(json.loads(found.json()), explanation_schema())
