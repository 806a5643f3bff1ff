"""The configuration is read with every fault at its line, and whatever is sound of it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyengine.diagnostics import Level
from policyengine.loading.config import RULES, configuration_in, read_configuration
from policyengine.loading.text import Source
from policyengine.loading.toml_places import TomlPlaces

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """\
exclude = ["tests/bad/*"]

[lint]
role-unused = "error"
"one-option" = "off"

[[lint.accept]]
rule = "title-too-long"
reason = "it is the law's own"

[[lint.accept]]
rule = ["title-too-long", "title-repeated"]
policy = "changzhi-*"
subject = ["first-bulletin", "CZH:17"]
reason = '''
the text has it
[lint]'''
authority = "the office"
"""


def source(text: str) -> Source:
    return Source("policyengine.toml", text)


def test_all_that_can_be_set() -> None:
    found, faults = configuration_in(source(WHOLE))
    assert faults == ()
    assert found is not None
    assert found.levels == {RULES["role-unused"]: Level.ERROR, RULES["one-option"]: None}
    assert found.excluded == ("tests/bad/*",)
    first, second = found.accepted
    assert (first.policies, first.subjects, first.authority, first.span.line) == (("*",), ("*",), None, 7)
    assert second.codes == (RULES["title-too-long"], RULES["title-repeated"])
    assert (second.subjects, second.authority, second.span.line) == (("first-bulletin", "CZH:17"), "the office", 11)


@pytest.mark.parametrize(
    ("text", "code", "place", "suggestion"),
    [
        pytest.param("[lint]\na = = 1\n", "PE790", (2, 5), None, id="no TOML"),
        pytest.param("[lint]\nrole-unused = ", "PE790", (2, 15), None, id="the end is missing"),
        pytest.param("a = " + "[" * 5000, "PE790", (1, 1), None, id="too deep"),
        pytest.param("a = " + "1" * 5000, "PE790", (1, 1), None, id="too many digits"),
        pytest.param("[lnit]\n", "PE791", (1, 2), "lint", id="a section"),
        pytest.param('[lint]\nrole-unsed = "off"\n', "PE792", (2, 1), "role-unused", id="a rule"),
        pytest.param('[lint]\nPE721 = "off"\n', "PE792", (2, 1), "role-unused", id="a code"),
        pytest.param('[lint]\nPE203 = "off"\n', "PE792", (2, 1), None, id="a code that is no rule"),
        pytest.param("[lint]\nrole-unused = true\n", "PE793", (2, 1), None, id="a truth value"),
        pytest.param("[lint]\nrole-unused = []\n", "PE793", (2, 1), None, id="a list for a level"),
        pytest.param("lint = 1\n", "PE793", (1, 1), None, id="no section"),
        pytest.param("lint.accept = 1\n", "PE793", (1, 1), None, id="no entries"),
        pytest.param("[lint]\naccept = [1]\n", "PE793", (2, 1), None, id="no entry"),
        pytest.param('[[lint.accept]]\nreason = "so"\n', "PE793", (1, 3), None, id="no rule"),
        pytest.param('[[lint.accept]]\nrule = "one-option"\n', "PE793", (1, 3), None, id="no reason"),
        pytest.param(
            '[[lint.accept]]\nrule = "one-option"\nreason = " "\n', "PE793", (3, 1), None, id="an empty reason"
        ),
        pytest.param(
            '[[lint.accept]]\nrule = "one-optoin"\nreason = "so"\n', "PE792", (2, 1), "one-option", id="an entry's rule"
        ),
        pytest.param(
            '[[lint.accept]]\nrule = "one-option"\nreason = "so"\n[[lint.accept]]\nrule = []\nreason = "so"\n',
            "PE793",
            (5, 1),
            None,
            id="the second entry",
        ),
        pytest.param("exclude = 1\n", "PE793", (1, 1), None, id="what is excluded"),
    ],
)
def test_what_is_wrong_stands_at_its_line(text: str, code: str, place: tuple[int, int], suggestion: str | None) -> None:
    found, faults = configuration_in(source(text))
    assert found is not None
    (fault,) = faults
    assert fault.span is not None
    assert (fault.code, (fault.span.line, fault.span.column), fault.suggestion) == (code, place, suggestion)
    assert fault.message("zh")
    assert fault.excerpt is not None
    assert found.accepted == () or len(found.accepted) == 1


def test_what_is_sound_counts_beside_what_is_not() -> None:
    found, faults = configuration_in(source('[lint]\nrole-unused = "off"\nrole-used = "off"\n'))
    assert found is not None
    assert found.levels == {RULES["role-unused"]: None}
    assert [each.code for each in faults] == ["PE792"]


def test_a_project_file_is_read_below_its_own_table(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text('[project]\nname = "x"\n[tool.policyengine.lint]\nrole-unused = "off"\nothers = 1\n')
    found, faults = read_configuration(path, "shown.toml")
    assert found is not None
    assert found.levels == {RULES["role-unused"]: None}
    assert [str(each.span) for each in faults] == ["shown.toml:5:1"]
    path.write_text('[project]\nname = "policyengine"\n')
    assert read_configuration(path) == (None, ())
    path.write_text("[project\n")
    assert read_configuration(path) == (None, ())
    path.write_text("[tool.policyengine\n")
    assert [each.code for each in read_configuration(path)[1]] == ["PE790"]
    path.write_text("# see tool.policyengine.lint\n")
    assert read_configuration(path) == (None, ())


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    found, faults = read_configuration(tmp_path / "none.toml")
    assert found is None
    assert [each.code for each in faults] == ["PE101"]


@given(st.text(alphabet="[]{}\"'=.,#\n abt0-\\", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    found, faults = configuration_in(source(text))
    assert found is not None
    TomlPlaces(source(text)).span(("lint", "accept", 0, "rule"))
    assert all(each.span is not None for each in faults)
