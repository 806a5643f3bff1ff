"""Files of examples, as the command is given them: named one by one, or found in directories."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from policyengine.cli.help import Misuse
from policyengine.loading.library import is_directory
from policyengine.loading.text import Source, read_source
from policyengine.loading.yaml_nodes import Mapping, parse
from policyengine.wording import Lang, Wording

_SUFFIXES = frozenset({".yaml", ".yml", ".json"})
_MARKS = ("examples", "expect", "ask", "absent", "worklist", "conflicts")
_MARKED = re.compile(rf"(?m)^[\"']?(?:{'|'.join(_MARKS)})[\"']?[ \t]*:")
_NONE_IN = Wording("`{name}` 中没有示例文件", "there are no example files in `{name}`")


def example_files(names: Sequence[str], lang: Lang) -> tuple[Path, ...]:
    """Return the files that *names* mean, each once: a file as it is, of a directory all files that hold examples.

    A file in a directory holds examples if `expect`, `examples` or the like stands at its top; hidden directories are
    left out.

    Raises:
        Misuse: a directory without any such file.
    """
    found: dict[Path, None] = {}
    for name in names:
        path = Path(name)
        files = tuple(_in(path)) if is_directory(path) else (path,)
        if not files:
            raise Misuse(_NONE_IN.within(lang).format(name=name))
        found.update(dict.fromkeys(files))
    return tuple(found)


def _in(directory: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(directory):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in sorted(files):
            path = Path(folder, name)
            if path.suffix.lower() in _SUFFIXES and not name.startswith(".") and _holds_examples(path):
                yield path


def _holds_examples(path: Path) -> bool:
    source, _ = read_source(path)
    return source is not None and (_is_marked(source) if source.text.lstrip()[:1] == "{" else _seems(source))


def _seems(source: Source) -> bool:
    return _MARKED.search(source.text) is not None


def _is_marked(source: Source) -> bool:
    """Tell by its keys what a file in brackets is; by its lines, where it cannot be read."""
    root = parse(source).root
    if not isinstance(root, Mapping):
        return _seems(source)
    return any(root.get(each) is not None for each in _MARKS)
