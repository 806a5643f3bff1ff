"""The package as a whole: public names, words of the domain, cold import."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import policyengine as pe
from policyengine.loading import library
from policyengine.loading.vocabulary import read_vocabulary

SOURCE = Path(pe.__file__).parent


def _literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def _domain_words() -> set[str]:
    found: set[str] = set()
    for path in library.packaged("vocabulary").values():
        vocabulary, _ = read_vocabulary(path)
        assert vocabulary is not None
        for section in ("scales", "facts", "attributes", "events", "acts", "roles"):
            found |= set(getattr(vocabulary, section))
        for choices in (*vocabulary.scales.values(), *(fact.choices or () for fact in vocabulary.facts.values())):
            found |= {choice.id for choice in choices}
    return found


# An attribute that the semantics themselves name (S24) and that vocabularies may type, and the last of S7's verdicts.
NAMED_BY_THE_SEMANTICS = {"means", "none"}
# What the batch runs on, and how Spark calls a master on this machine.
OF_ANOTHER_TRADE = {"local"}


def test_no_word_of_a_domain_stands_in_the_source() -> None:
    words = _domain_words() - NAMED_BY_THE_SEMANTICS - OF_ANOTHER_TRADE
    assert len(words) > 50
    found = [
        f"{path.relative_to(SOURCE)}:{line} {text!r}"
        for path in sorted(SOURCE.rglob("*.py"))
        for line, text in _literals(ast.parse(path.read_text(encoding="utf-8")))
        if text in words
    ]
    assert found == []


def test_public_names_are_sorted_and_exist() -> None:
    assert pe.__all__ == sorted(pe.__all__)
    for name in pe.__all__:
        assert getattr(pe, name) is not None
    assert set(pe.__all__) <= set(dir(pe))


def test_an_unknown_public_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        _ = pe.nothing_of_ours


@pytest.mark.parametrize("before", ["", "import policyengine.api;", "import policyengine.engine.matcher;"])
def test_load_is_the_function_whatever_was_imported_before(before: str) -> None:
    code = f"{before}import policyengine as pe; pe.load('changzhi'); print(pe.load('changzhi').id)"
    assert _run(code) == "changzhi-energy-bureau"


def test_import_alone_loads_nothing_heavy() -> None:
    loaded = set(_run("import sys, policyengine; print(*sys.modules)").split())
    assert loaded & {"pydantic", "pendulum", "yaml", "click", "hypothesis"} == set()


def _run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()
