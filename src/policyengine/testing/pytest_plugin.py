"""The pytest plugin: collects example files, each expectation a test of its own.

What it needs of the package is imported when the first such file is met: a plugin is loaded before measurements of
coverage begin, and by every run of pytest wherever the package is installed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from policyengine.testing.pytest_examples import ExampleCollector

FILES, LANGUAGE, MARKER = "policyengine_examples", "policyengine_lang", "policyengine"
_BY_DEFAULT = ("*.examples.yaml", "*.examples.yml")
_PART = re.compile(r"\*\*/|\*\*|\*|\?")
_MEANS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the ini options."""
    files = "globs of example files, relative to the root directory; one without a slash is about names in any folder"
    parser.addini(FILES, files, type="linelist", default=list(_BY_DEFAULT))
    parser.addini(LANGUAGE, "in which language failing examples are told: zh or en", default="en")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker that every expectation has, for `-m`."""
    config.addinivalue_line("markers", f"{MARKER}: an expectation of an example file")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ExampleCollector | None:
    """Collect *file_path* if it is an example file."""
    config = parent.config
    if not any(_matches(file_path, config.rootpath, glob) for glob in config.getini(FILES)):
        return None
    from policyengine.testing.pytest_examples import ExampleCollector

    return ExampleCollector.from_parent(parent, path=file_path)


def _matches(path: Path, root: Path, glob: str) -> bool:
    if "/" not in glob:
        name = path.name
    elif path.is_relative_to(root):
        name = path.relative_to(root).as_posix()
    else:
        return False
    return re.fullmatch(_pattern(glob.removeprefix("./")), name) is not None


def _pattern(glob: str) -> str:
    """Return the regular expression of a glob in which `**` leads through any number of folders."""
    parts, at = [], 0
    for found in _PART.finditer(glob):
        parts += [re.escape(glob[at : found.start()]), _MEANS[found[0]]]
        at = found.end()
    return "".join((*parts, re.escape(glob[at:])))
