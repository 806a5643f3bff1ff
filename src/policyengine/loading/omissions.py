"""Options that take away what every provision has: whoever owes, and what is owed (S7).

A reading may change a bearer or an act, but an option without one is no provision; where the text then says nothing,
`under:` admits the provision for the other options only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Items
from typing import TYPE_CHECKING, NamedTuple

from policyengine.loading.places import walk
from policyengine.loading.yaml_nodes import Document, Mapping, Node, Scalar
from policyengine.model.provision import Strength
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic, Span
    from policyengine.model.policy import Reading

_ACTS = frozenset(each.value for each in Strength)
_BEARERS = frozenset({"bearer", Strength.MUST_NOT.value})
_ACT = Wording("行为 (must、should、may 或 must_not)", "act (must, should, may or must_not)")
_BEARER = Wording("承担者 (bearer)", "bearer")


class _Deciding(NamedTuple):
    """The option that was chosen where a node stands, or the nearest one around it."""

    reading: str
    option: str
    span: Span


class _Lack(NamedTuple):
    part: Wording
    deciding: _Deciding | None


def omissions(
    node: Node, name: str, every: Iterable[Items[str, str]], *, readings: Items[str, Reading], document: Document
) -> dict[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return, by the options chosen, what the provision *node*, called *name*, lacks under them: a bearer or an act.

    What none of the combinations *every* has is no option's fault.
    """
    lacks = {tuple(chosen.values()): tuple(_lacks(node, chosen, readings)) for chosen in every}
    always = set.intersection(*({each.part for each in found} for found in lacks.values())) if lacks else set()
    told = {
        options: tuple(
            document.fault(
                "PE514",
                each.deciding.span,
                option=each.deciding.option,
                reading=each.deciding.reading,
                provision=name,
                part=each.part,
            )
            for each in found
            if each.deciding is not None and each.part not in always
        )
        for options, found in lacks.items()
    }
    return {options: faults for options, faults in told.items() if faults}


def _lacks(node: Node, chosen: Items[str, str], readings: Items[str, Reading]) -> Iterator[_Lack]:
    whole, around = _decided(node, chosen, None)
    given = dict(_entries(node, chosen, readings)) if isinstance(whole, Mapping) else {}
    for part, keys in ((_ACT, _ACTS), (_BEARER, _BEARERS)):
        found = {key: _decided(value, chosen, None) for key, value in given.items() if key in keys}
        if not found:
            yield _Lack(part, around)
        yield from (_Lack(part, inner) for value, inner in found.values() if inner is not None and _is_empty(value))


def _entries(node: Node, chosen: Items[str, str], readings: Items[str, Reading]) -> Iterator[tuple[str, Node]]:
    """Yield the keys of a mapping and their values, those of the chosen options included."""
    name = _reading(node)
    options = {"reading", *readings[name].options} if name is not None else set()
    for key, value in node.entries if isinstance(node, Mapping) else ():
        if key.value not in options:
            yield str(key.value), value
        elif name is not None and key.value == chosen[name]:
            yield from _entries(value, chosen, readings)


def _decided(node: Node, chosen: Items[str, str], around: _Deciding | None) -> tuple[Node, _Deciding | None]:
    """Return what stands at *node* once the options are chosen, and the innermost of these options."""
    name = _reading(node)
    option = node.get(chosen[name]) if isinstance(node, Mapping) and name is not None else None
    if name is None or option is None:
        return node, around
    return _decided(option, chosen, _Deciding(name, chosen[name], walk(node, (chosen[name],), key=True)[1]))


def _reading(node: Node) -> str | None:
    name = node.get("reading") if isinstance(node, Mapping) else None
    return name.value if isinstance(name, Scalar) and isinstance(name.value, str) else None


def _is_empty(node: Node) -> bool:
    return isinstance(node, Mapping) and not node.entries
