"""Every documented example is run: docstrings, the fenced blocks of the README files, of `docs/` and of `examples/`.

In fenced `python` blocks lines with `>>>` are run and compared. In a fenced `console` block a line that begins with
`$ policyengine` is run as a real process; what follows is its output, `...` for any text. A fenced block that names a
file behind its language (as in ```yaml my-case.yaml) is written to that file. A page with such blocks is run in a
directory of its own, from top to bottom; on any other page everything is run from the top of the project.
"""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import shlex
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import policyengine
from tests.support.command import COMMAND, environment

TOP = Path(__file__).parents[2]
PAGES = tuple(sorted((*TOP.glob("README*.md"), *TOP.glob("docs/**/*.md"), *TOP.glob("examples/**/*.md"))))
_BLOCK = re.compile(r"^```(\w+)(?: +([\w./-]+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def _docstrings() -> Iterator[Any]:
    names = [each.name for each in pkgutil.walk_packages(policyengine.__path__, "policyengine.")]
    for name in ("policyengine", *(each for each in names if not each.endswith("__main__"))):
        if name == "policyengine.engine.durable":  # an extra, and without examples
            continue
        if name.startswith("policyengine.batch.spark") and find_spec("pyspark") is None:  # likewise
            continue
        finder = doctest.DocTestFinder(exclude_empty=True)
        for found in finder.find(importlib.import_module(name)):
            if found.examples:
                yield pytest.param(found, id=found.name)


class Block(NamedTuple):
    """A fenced block: its language, the file that it is written to, its text, and its first line in the page."""

    language: str
    file: str | None
    text: str
    line: int


@cache
def _blocks(page: Path) -> tuple[Block, ...]:
    text = page.read_text(encoding="utf-8")
    return tuple(
        Block(found[1], found[2], found[3], text.count("\n", 0, found.start()) + 2) for found in _BLOCK.finditer(text)
    )


def _of_a_project(page: Path) -> bool:
    """Tell whether *page* leads through work in a directory of its own."""
    return any(block.file is not None for block in _blocks(page))


def _console_blocks() -> Iterator[Any]:
    for page in PAGES:
        for block in _blocks(page) if not _of_a_project(page) else ():
            if block.language == "console":
                yield pytest.param(page, block, id=f"{page.relative_to(TOP)}:{block.line}")


@pytest.mark.parametrize("example", tuple(_docstrings()))
def test_docstring(example: doctest.DocTest) -> None:
    _run(example)


@pytest.mark.parametrize(
    "page", [each for each in PAGES if not _of_a_project(each)], ids=lambda page: str(page.relative_to(TOP))
)
def test_python_blocks(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of one page are run in order, each going on from the one before."""
    monkeypatch.chdir(TOP)
    blocks = [block.text for block in _blocks(page) if block.language == "python"]
    _run_python("\n".join(blocks), page, {})


@pytest.mark.parametrize(("page", "block"), tuple(_console_blocks()))
def test_console_block(page: Path, block: Block) -> None:
    _run_console(block, page, TOP)


@pytest.mark.parametrize(
    "page", [each for each in PAGES if _of_a_project(each)], ids=lambda page: str(page.relative_to(TOP))
)
def test_page_of_a_project(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything on the page is done in its order, as a reader would; a file shown anew is written again."""
    monkeypatch.chdir(tmp_path)
    known: dict[str, Any] = {}
    for block in _blocks(page):
        if block.file is not None:
            (tmp_path / block.file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            _run_python(block.text, page, known)
        elif block.language == "console":
            _run_console(block, page, tmp_path)


def _run_python(text: str, page: Path, known: dict[str, Any]) -> None:
    assert ">>>" in text or not text, "a python block shows what it gives, with >>>"
    example = doctest.DocTestParser().get_doctest(text, known, page.name, str(page), 0)
    _run(example, clear=False)
    known.update(example.globs)


def _run(example: doctest.DocTest, *, clear: bool = True) -> None:
    runner = doctest.DocTestRunner(optionflags=_FLAGS)
    said: list[str] = []
    runner.run(example, out=said.append, clear_globs=clear)
    assert runner.failures == 0, "".join(said)


def _run_console(block: Block, page: Path, directory: Path) -> None:
    commands = re.split(r"(?m)^\$ ", block.text)
    assert commands[0] == "", f"{page}:{block.line} a console block begins with a command"
    for each in commands[1:]:
        command, _, expected = each.partition("\n")
        words = shlex.split(command, comments=True)
        if words[0] != "policyengine":
            continue
        run = [*COMMAND, *words[1:]]
        done = subprocess.run(run, capture_output=True, cwd=directory, env=environment(), check=False)
        found = (done.stdout + done.stderr).decode()
        assert doctest.OutputChecker().check_output(expected, found, _FLAGS), f"$ {command}\n{found}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TOP)))
def test_no_page_shows_a_path_of_the_machine_that_it_was_written_on(page: Path) -> None:
    found = re.findall(
        r"(?<![\w.~-])/(?:home|root|tmp|work|usr|opt|private|Users)/\S*", page.read_text(encoding="utf-8")
    )
    assert found == []
