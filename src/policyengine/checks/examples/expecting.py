"""The expectations of a file -> values: what they are about, what they want, and where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.checks.examples.example import Expected, Plain, Subject
from policyengine.diagnostics import Diagnostic, nearest
from policyengine.loading import nodes
from policyengine.loading.examples import ENTRY, INSTANTS, OF_DUTIES, OF_GAPS, ROW
from policyengine.loading.places import reach, start, walk
from policyengine.model.frozen import FrozenMap
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.loading.case import Times
    from policyengine.loading.examples import Expectations, ExpectEntry, OtherReadingEntry, Written
    from policyengine.loading.places import Path
    from policyengine.model.base import Value

CONFLICTS = "conflicts"
_SUBJECTS = MappingProxyType({Subject.DUTY: Wording("义务", "duty"), Subject.GAP: Wording("空白", "gap")})


class Expecting:
    """Reads the expectations of one example; `faults` gathers what is wrong with them.

    Args:
        written: the example.
        times: reads its instants.
        names: the policies of its case by each name that stands for them, the first of them meant by default.
    """

    def __init__(self, written: Written, times: Times, names: Mapping[str, str]) -> None:
        self.faults: list[Diagnostic] = []
        self._node, self._document = written.node, written.document
        self._times = times
        self._names = names

    def all_of(self, entry: Expectations, path: Path) -> Iterator[Expected]:
        """Yield what is expected of one question under its own readings."""
        for place, item in enumerate(entry.expect):
            yield self._row(item, (*path, "expect", place), self.policy(item.policy, (*path, "expect", place)))
        for place, absent in enumerate(entry.absent):
            here = (*path, "absent", place)
            policy, span = self.policy(absent.policy, here), walk(self._node, (*here, "provision"))[1]
            yield Expected(Subject.ABSENT, policy, absent.provision, span=span, why=absent.why)
        for place, wanted in enumerate(entry.worklist or ()):
            yield self._entry(wanted, wanted.act, (*path, "worklist", place))
        if entry.conflicts is not None:
            yield self._conflicts(entry, (*path, CONFLICTS))

    def other(self, item: ExpectEntry, other: OtherReadingEntry, path: Path) -> Expected:
        """Return what changes under another reading; it is about what *item* is about unless it says otherwise."""
        policy = self.policy(item.policy, path[:-2])
        if other.provision is not None or other.gap is not None:
            return self._row(other, path, policy)
        return self._row(other, path, policy, meant=item)

    def policy(self, name: str | None, path: Path) -> str:
        """Return the one name of the policy that a file calls *name*, the first one unless given."""
        if name is None or name not in self._names:
            if name is not None:
                self._fault("PE657", (*path, "policy"), name=name, suggestion=nearest(name, self._names))
            return next(iter(self._names.values()))
        return self._names[name]

    def chosen(self, choose: Mapping[str, str | Mapping[str, str]], path: Path) -> dict[str, dict[str, str]]:
        """Return the options chosen, by policy: those that stand alone are the first policy's."""
        found: dict[str, dict[str, str]] = {}
        for name, option in choose.items():
            if isinstance(option, str):
                found.setdefault(next(iter(self._names.values())), {})[name] = option
            elif name in self._names:
                found.setdefault(self._names[name], {}).update(option)
            else:
                self._fault("PE657", (*path, name), name=name, suggestion=nearest(name, self._names), key=True)
        return found

    def _row(
        self, item: ExpectEntry | OtherReadingEntry, path: Path, policy: str, *, meant: ExpectEntry | None = None
    ) -> Expected:
        about = item if meant is None else meant
        if about.provision is None and about.gap is None and meant is None:
            self._fault("PE654", path)
        subject = Subject.DUTY if about.gap is None else Subject.GAP
        if about.provision is not None and about.gap is not None and meant is None:
            self._fault("PE655", path)
        else:
            self._misplaced(item, path, subject)
        named = "provision" if subject is Subject.DUTY else "gap"
        instance = item.instance or (meant.instance if meant is not None and subject is Subject.DUTY else None)
        node = reach(self._node, (*path, named))
        return Expected(
            subject,
            policy,
            (about.provision if subject is Subject.DUTY else about.gap) or "",
            instance=instance,
            wanted=FrozenMap(dict(self._wanted(item, ROW, path))),
            span=start(walk(self._node, path)[0]) if node is None else node.span,
            spans=FrozenMap(self._spans(path)),
            why=item.why,
        )

    def _misplaced(self, item: Value, path: Path, subject: Subject) -> None:
        """Note keys that ask of a gap what only duties have, or the other way round."""
        allowed = OF_DUTIES if subject is Subject.DUTY else OF_GAPS
        refused = [key for key in (*ROW, "instance") if key in item.model_fields_set and key not in allowed]
        for key in refused:
            if key != "instance" or subject is Subject.GAP:
                shown = Wording(", ".join(allowed), ", ".join(allowed))
                self._fault("PE656", (*path, key), subject=_SUBJECTS[subject], name=key, allowed=shown, key=True)

    def _entry(self, item: Value, act: str, path: Path) -> Expected:
        told = ("bearer", "to")
        wanted = {**{key: getattr(item, key) for key in told}, **dict(self._wanted(item, ENTRY, path))}
        node, why = walk(self._node, (*path, "act"))[1], getattr(item, "why", None)
        return Expected(
            Subject.WORKLIST, "", act, wanted=FrozenMap(wanted), span=node, spans=FrozenMap(self._spans(path)), why=why
        )

    def _conflicts(self, entry: Expectations, path: Path) -> Expected:
        listed = tuple((each.owed, each.forbidden) for each in entry.conflicts or ())
        span = walk(self._node, path, key=True)[1]
        return Expected(Subject.CONFLICTS, "", CONFLICTS, wanted=FrozenMap({CONFLICTS: listed}), span=span)

    def _wanted(self, item: Value, keys: Collection[str], path: Path) -> Iterator[tuple[str, Plain]]:
        """Yield what the file itself says of *keys*, in its order."""
        for key in self._spans(path):
            if key in keys:
                value = getattr(item, key)
                yield key, _value(value) if key not in INSTANTS or value is None else self._times.instant((*path, key))

    def _spans(self, path: Path) -> dict[str, Span]:
        node = walk(self._node, path)[0]
        entries = node.entries if isinstance(node, nodes.Mapping) else ()
        return {str(key.value): value.span for key, value in entries}

    def _fault(
        self, code: str, path: Path, *, key: bool = False, suggestion: str | None = None, **args: str | Wording
    ) -> None:
        node, span = walk(self._node, path, key=key)
        span = span if key else start(node)
        self.faults.append(self._document.fault(code, span, suggestion=suggestion, declared=None, **args))


def _value(value: object) -> Plain:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return tuple(map(_value, value))
    return FrozenMap(value) if isinstance(value, Mapping) else value
