"""Every documented example is run: docstrings, the fenced blocks of the README files, of `docs/` and of `examples/`.

In fenced `python` blocks lines with `>>>` are run and compared. In a fenced `console` block a line that begins with
`$ policyengine` is run as a real process from the top of the project; what follows is its output, `...` for any text.
"""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import policyengine

TOP = Path(__file__).parents[2]
PAGES = tuple(sorted((*TOP.glob("README*.md"), *TOP.glob("docs/**/*.md"), *TOP.glob("examples/**/*.md"))))
_BLOCK = re.compile(r"^```(python|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def _docstrings() -> Iterator[Any]:
    names = [each.name for each in pkgutil.walk_packages(policyengine.__path__, "policyengine.")]
    for name in ("policyengine", *(each for each in names if not each.endswith("__main__"))):
        if name == "policyengine.engine.durable":  # an extra, and without examples
            continue
        finder = doctest.DocTestFinder(exclude_empty=True)
        for found in finder.find(importlib.import_module(name)):
            if found.examples:
                yield pytest.param(found, id=found.name)


def _console_blocks() -> Iterator[Any]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in _BLOCK.finditer(text):
            if block[1] == "console":
                line = text.count("\n", 0, block.start()) + 2
                yield pytest.param(page, block[2], line, id=f"{page.relative_to(TOP)}:{line}")


@pytest.mark.parametrize("example", tuple(_docstrings()))
def test_docstring(example: doctest.DocTest) -> None:
    _run(example)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TOP)))
def test_python_blocks(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of one page are run in order, each going on from the one before."""
    monkeypatch.chdir(TOP)
    blocks = [found[2] for found in _BLOCK.finditer(page.read_text(encoding="utf-8")) if found[1] == "python"]
    assert all(">>>" in block for block in blocks), "a python block shows what it gives, with >>>"
    _run(doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page.name, str(page), 0))


def _run(example: doctest.DocTest) -> None:
    runner = doctest.DocTestRunner(optionflags=_FLAGS)
    said: list[str] = []
    runner.run(example, out=said.append)
    assert runner.failures == 0, "".join(said)


@pytest.mark.parametrize(("page", "block", "line"), tuple(_console_blocks()))
def test_console_block(page: Path, block: str, line: int) -> None:
    commands = re.split(r"(?m)^\$ ", block)
    assert commands[0] == "", f"{page}:{line} a console block begins with a command"
    for each in commands[1:]:
        command, _, expected = each.partition("\n")
        words = shlex.split(command, comments=True)
        if words[0] != "policyengine":
            continue
        run = [sys.executable, "-m", "policyengine", *words[1:]]
        done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", cwd=TOP, check=False)
        found = done.stdout + done.stderr
        assert doctest.OutputChecker().check_output(expected, found, _FLAGS), f"$ {command}\n{found}"
