"""Pages of the packaged vocabularies: every word, what it is called, and which packaged policies use it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from pydantic import BaseModel

from policyengine.loading import library
from policyengine.loading.policy import read_policy
from policyengine.loading.schema_forms import NAMES
from policyengine.loading.vocabulary import read_vocabulary
from policyengine.model.condition import FactTest
from policyengine.model.happening import Happening
from policyengine.model.provision import DecisionTable, Provision
from tests.support.reference_pages.markup import code, heading, listed, page, table

if TYPE_CHECKING:
    from policyengine.model.policy import Policy
    from policyengine.model.vocabulary import EventType, FactType, RoleType, Vocabulary

_USED = "使用 used by"
_TITLES = ("名称 name", "中文", "English")
Used = Mapping[tuple[str, str], Iterable[str]]


def vocabulary_pages() -> dict[str, str]:
    """Return the page of each packaged vocabulary, by the name of its file."""
    found = {}
    for name, path in library.packaged("vocabulary").items():
        vocabulary, faults = read_vocabulary(path)
        assert vocabulary is not None, faults
        found[f"vocabulary-{name}.md"] = _page(vocabulary)
    return found


def _page(vocabulary: Vocabulary) -> str:
    used = _users(vocabulary.vocabulary)
    own = vocabulary.title
    return page(
        f"{heading(1, f'Vocabulary {vocabulary.vocabulary} 词汇表')}\n{own.zh}\n{own.en}\n\n"
        f"{_USED}: {listed(_names(vocabulary.vocabulary))}\n\n"
        "此类文件的写法 how such a file is written: [vocabulary files](vocabulary-file.md)",
        *_section("等级表 scales", _scales(vocabulary), ("名称 name", "取值，由低到高", "values, lowest first")),
        *_section("事件 events", _kinds(vocabulary.events, used), (*_TITLES, "属于 kind of", _USED)),
        *_section("行为 acts", _kinds(vocabulary.acts, used), (*_TITLES, "属于 kind of", _USED)),
        *_section("行为的层次 kinds of acts", [], (), _tree(vocabulary.event_types)),
        *_section("角色 roles", _roles(vocabulary.roles, used), (*_TITLES, _USED)),
        *_section("事实 facts", _facts(vocabulary.facts, used, "fact"), (*_TITLES, "取值 values", _USED)),
        *_section(
            "属性 attributes", _facts(vocabulary.attributes, used, "attribute"), (*_TITLES, "取值 values", _USED)
        ),
    )


def _section(
    title: str, rows: Iterable[tuple[str, ...]], columns: tuple[str, ...], more: Iterable[str] = ()
) -> Iterator[str]:
    body = table(columns, rows) + "".join(more)
    if body:
        yield heading(2, title)
        yield body


def _scales(vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    for name, choices in vocabulary.scales.items():
        yield (
            code(name),
            "、".join(f"{each.title.zh} ({code(each.id)})" for each in choices),
            ", ".join(f"{each.title.en} ({code(each.id)})" for each in choices),
        )


def _kinds(types: Mapping[str, EventType], used: Used) -> Iterator[tuple[str, ...]]:
    for name, kind in types.items():
        yield code(name), kind.title.zh, kind.title.en, listed(kind.kind_of), _by(used, "event", name)


def _tree(types: Mapping[str, EventType]) -> Iterator[str]:
    """Yield the types that have kinds, each with its kinds below it."""
    below: dict[str, list[str]] = {}
    for name, kind in types.items():
        for wider in kind.kind_of:
            below.setdefault(wider, []).append(name)
    for name in types:
        if name in below and not types[name].kind_of:
            yield from _branch(name, below, types, 0)


def _branch(name: str, below: Mapping[str, list[str]], types: Mapping[str, EventType], depth: int) -> Iterator[str]:
    title = types[name].title
    yield f"{'  ' * depth}- {code(name)} {title.zh} / {title.en}\n"
    for each in below.get(name, ()):
        yield from _branch(each, below, types, depth + 1)


def _roles(roles: Mapping[str, RoleType], used: Used) -> Iterator[tuple[str, ...]]:
    for name, role in roles.items():
        yield code(name), role.title.zh, role.title.en, _by(used, "role", name)


def _facts(facts: Mapping[str, FactType], used: Used, family: str) -> Iterator[tuple[str, ...]]:
    for name, fact in facts.items():
        yield code(name), fact.title.zh, fact.title.en, _values(fact), _by(used, family, name)


def _values(fact: FactType) -> str:
    if fact.type is not None:
        values = {"boolean": "true / false", "text": "文本 text", "number": "数 number"}[fact.type]
    elif fact.scale is not None:
        values = f"等级表 scale {code(fact.scale)}"
    else:
        values = "; ".join(f"{code(each.id)} {each.title.zh} / {each.title.en}" for each in fact.choices or ())
    return f"{values} (可多值 several at once)" if fact.many else values


def _by(used: Used, family: str, name: str) -> str:
    return listed(used.get((family, name), ()))


@cache
def _policies() -> dict[str, Policy]:
    # The key is nothing: the packaged policies do not change while tests run.
    return {name: policy for name in library.packaged_policies() if (policy := read_policy(name)[0]) is not None}


def _names(vocabulary: str) -> list[str]:
    return [name for name, policy in _policies().items() if policy.header.vocabulary == vocabulary]


def _users(vocabulary: str) -> dict[tuple[str, str], list[str]]:
    """Return the policies that use each word, by (family, name)."""
    found: dict[tuple[str, str], list[str]] = {}
    for name in _names(vocabulary):
        policy = _policies()[name]
        nodes: list[object] = list(policy.counting.nodes())
        for part in (policy.tables, policy.provisions, policy.gaps):
            nodes += [node for each in part for node in each.nodes()]
        for use in dict.fromkeys(use for node in (policy.header, *nodes) for use in _uses(node)):
            found.setdefault(use, []).append(name)
    return found


def _uses(node: object) -> Iterator[tuple[str, str]]:
    """Yield the words that *node* uses, as (family, name)."""
    if isinstance(node, tuple | list):
        for each in node:
            yield from _uses(each)
    elif isinstance(node, Mapping):
        yield from _uses(tuple(node.values()))
    elif isinstance(node, BaseModel):
        yield from _own_uses(node)
        for key in type(node).model_fields:
            yield from _uses(getattr(node, key))


def _own_uses(node: BaseModel) -> Iterator[tuple[str, str]]:
    for name, field in type(node).model_fields.items():
        family = NAMES.get((type(node).__name__, field.alias or name))
        if family in {"act", "event", "role", "fact"}:
            for each in _texts(getattr(node, name)):
                yield "event" if family == "act" else str(family), each
    match node:
        case FactTest():
            yield "fact", node.fact
        case Happening():
            yield from (("attribute", name) for name in node.where or {})
            yield from (("role", each) for key in ("by", "to") for each in _texts((node.where or {}).get(key)))
        case Provision():
            yield from (("attribute", name) for name in node.key or ())
            yield from (("attribute", "means") for _ in node.means or ())
        case DecisionTable():
            parts = (*(row.then for row in node.rows), node.else_)
            yield from (("role", each) for part in parts if node.assigns is not None for each in _texts(part))


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, tuple | list) else ()
