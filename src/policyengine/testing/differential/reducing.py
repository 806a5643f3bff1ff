"""A question that breaks something, made as small as it stays broken: whatever can be left out of its files is.

Policy, case and readings are taken as the plain data that their files hold, so that nothing need be known of what they
mean: what does not load any more, or is not broken any more, was needed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.checks.mutation.sites import READING, left_out, put, without
from policyengine.errors import PolicyEngineError
from policyengine.loading.case import load_case_text
from policyengine.loading.policy import read_policy_text
from policyengine.loading.text import Source
from policyengine.report.case_files import case_json
from policyengine.temporal.instant import Instant
from policyengine.testing.differential.triple import Triple

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from policyengine.checks.mutation.sites import Path, Plain

_POLICY, _CASE, _READINGS = "policy", "case", "readings"
_LISTS: tuple[tuple[int | str, ...], ...] = (
    (_POLICY, "provisions"),
    (_POLICY, "gaps"),
    (_POLICY, "tables"),
    (_CASE, "events"),
)
"""What is halved first; most of it is never needed."""
_CLAUSES = (_POLICY, "source", "clauses")
_BARE = frozenset({"number", "digest", "says"})
"""What is left of a clause on which nothing rests any more."""
_NEEDED = frozenset({"title", "says", "number", "digest", "missing", "question", "options", "why", "id", "type", "at"})
"""What a policy or a case is never without; no time is spent on trying."""

Broken = Callable[[Triple], bool]


@dataclass(slots=True)
class _Search:
    """The smallest question so far, and how many more may be tried."""

    tree: Plain
    broken: Broken
    beside: FilePath | None
    left: int

    def try_(self, tree: Plain) -> bool:
        """Take *tree* if it is a question that is broken."""
        if self.left <= 0:
            return False
        self.left -= 1
        asked = _asked(tree, self.beside)
        if asked is None or not self.broken(asked):
            return False
        self.tree = tree
        return True


def reduced(triple: Triple, broken: Broken, *, beside: FilePath | None = None, tries: int = 2000) -> Triple:
    """Return the smallest question found that is still *broken*; *triple* itself where its files would not show it.

    Args:
        triple: a question that is broken.
        broken: tells whether another one is; never raises.
        beside: the folder whose `vocabulary/` and `calendars/` the policy needs; packaged ones need none.
        tries: so many smaller ones are tried at most.
    """
    search = _Search(_tree(triple), broken, beside, tries)
    if not search.try_(search.tree):
        return triple
    before = None
    while before != search.tree and search.left > 0:
        before = search.tree
        for path in _LISTS:
            _halve(search, path)
        for root in (_CASE, _READINGS, _POLICY):
            _leave_out(search, (root,))
    return _asked(search.tree, beside) or triple


def _tree(triple: Triple) -> Plain:
    case = {**case_json(triple.case, triple.policy.zone), "as_of": triple.as_of.to_iso(triple.policy.zone)}
    readings = {name: each for name, each in triple.readings.items() if each != triple.policy.readings[name].default}
    return {_POLICY: json.loads(triple.policy.document), _CASE: case, _READINGS: readings}


def _asked(tree: Plain, beside: FilePath | None) -> Triple | None:
    """Return what the files ask; ``None`` where they do not load."""
    if not isinstance(tree, Mapping):  # pragma: no cover - its root is never left out
        return None
    written = {name: json.dumps(each, ensure_ascii=False) for name, each in tree.items()}
    policy, _ = read_policy_text(Source("reduced.json", written[_POLICY]), beside)
    if policy is None:
        return None
    try:
        case = load_case_text(written[_CASE])
    except PolicyEngineError:
        return None
    readings = json.loads(written[_READINGS])
    if case.as_of is None or any(name not in policy.readings for name in readings):
        return None
    return Triple(policy, case, Instant.parse(str(case.as_of)), readings)


def _halve(search: _Search, path: Path) -> None:
    """Leave out as much of the list at *path* as can be, larger stretches first."""
    size = len(_items(search.tree, path))
    while size:
        start = 0
        while start < len(items := _items(search.tree, path)):
            gone = items[start : start + size]
            kept = put(search.tree, path, [*items[:start], *items[start + size :]])
            if not (search.try_(_forgotten(kept, gone)) or search.try_(kept)):
                start += size
        size //= 2


def _forgotten(tree: Plain, gone: list[Plain]) -> Plain:
    """Return *tree* without what refers to any of the items that are *gone*."""
    names = {each["id"] for each in gone if isinstance(each, Mapping) and "id" in each}
    kept = _without_names(tree, frozenset(map(str, names)))
    clauses = _at(kept, _CLAUSES)
    if not isinstance(clauses, Mapping):
        return kept
    resting = {name: each for name, each in clauses.items() if not isinstance(each, Mapping) or set(each) - _BARE}
    return put(kept, _CLAUSES, resting)


def _without_names(tree: Plain, names: frozenset[str]) -> Plain:
    """Return *tree* without texts that are one of *names*, and without lists that held nothing else."""
    if isinstance(tree, Mapping):
        kept = {key: _without_names(each, names) for key, each in tree.items() if not _is_one(each, names)}
        return {key: each for key, each in kept.items() if each != [] or tree[key] == []}
    if isinstance(tree, list):
        return [_without_names(each, names) for each in tree if not _is_one(each, names)]
    return tree


def _is_one(value: Plain, names: frozenset[str]) -> bool:
    return isinstance(value, str) and value in names


def _leave_out(search: _Search, path: Path) -> None:
    """Leave out whatever can be below *path*, the outer before the inner, the last first."""
    for step in reversed(tuple(_steps(search.tree, path))):
        here = _at(search.tree, path)
        if step not in _steps(search.tree, path):  # another option has taken the place of the whole
            return
        smaller = [_less(here, step), *_hoisted(here, step)]
        if step not in _NEEDED and not any(search.try_(put(search.tree, path, each)) for each in smaller):
            _leave_out(search, (*path, step))


def _hoisted(here: Plain, step: int | str) -> Iterator[Plain]:
    """Yield what may stand in place of the whole node: one of the options of its reading."""
    if isinstance(here, Mapping) and READING in here and step != READING and isinstance(step, str):
        yield here[step]


def _less(here: Plain, step: int | str) -> Plain:
    if isinstance(here, Mapping):
        return without(here, str(step))
    return left_out(here, int(step)) if isinstance(here, list) else here


def _steps(tree: Plain, path: Path) -> Iterator[int | str]:
    here = _at(tree, path)
    if isinstance(here, Mapping):
        yield from here
    elif isinstance(here, list):
        yield from range(len(here))


def _at(tree: Plain, path: Path) -> Plain:
    for step in path:
        if isinstance(tree, Mapping):
            tree = tree.get(str(step))
        elif isinstance(tree, list):
            tree = tree[int(step)]
    return tree


def _items(tree: Plain, path: Path) -> list[Plain]:
    found = _at(tree, path)
    return list(found) if isinstance(found, list) else []
