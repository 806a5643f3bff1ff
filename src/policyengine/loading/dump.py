"""A policy -> YAML text that reads back as the same policy (L10)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import yaml

from policyengine.loading.scalars import NumberRefusedError, resolve

if TYPE_CHECKING:
    from policyengine.model.policy import Policy

_TEXT = "tag:yaml.org,2002:str"
_RESOLVER = yaml.SafeLoader("")
_LIKE_A_NUMBER = re.compile(r"[-+.0-9][-+.:_0-9a-fA-FoxXT ]*")
"""What looks like a number, a time or a date, whether or not some reader takes it for one."""


class _Emitter(yaml.SafeDumper):
    """PyYAML's writer, with the items of a list further in than the key they stand under."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)


def dump(policy: Policy) -> str:
    """Return *policy* as YAML that `load` reads back as an equal policy.

    Everything stands in block style and in the order of the file, Chinese as it is. Comments, anchors and the choice of
    quotes are not kept. Text that any YAML reader might take for something else is quoted.

    >>> from policyengine import load
    >>> load(dump(load("changzhi"))) == load("changzhi")
    True
    """
    return dumped(json.loads(policy.document))


def dumped(value: object) -> str:
    """Return *value*, as JSON has it, as the YAML text of one document."""
    events = (yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False), *_events(value))
    ends = (yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent())
    # Never folded: a text broken over lines is read back whole, but not found by whoever searches for it.
    text: str = yaml.emit((*events, *ends), Dumper=_Emitter, allow_unicode=True, width=2**31)
    return text


def _events(value: object) -> Iterator[yaml.Event]:
    if isinstance(value, dict):
        yield yaml.MappingStartEvent(anchor=None, tag=None, implicit=True, flow_style=False)
        for name, each in value.items():
            yield from (_scalar(str(name)), *_events(each))
        yield yaml.MappingEndEvent()
    elif isinstance(value, list):
        yield yaml.SequenceStartEvent(anchor=None, tag=None, implicit=True, flow_style=False)
        for each in value:
            yield from _events(each)
        yield yaml.SequenceEndEvent()
    else:
        yield _scalar(cast("str | int | float | bool | None", value))


def _scalar(value: str | float | bool | None) -> yaml.ScalarEvent:  # noqa: FBT001 - a value of a file
    if isinstance(value, str):
        style = None if _is_plain(value) else "'" if value.isprintable() else '"'
        return yaml.ScalarEvent(anchor=None, tag=None, implicit=(True, True), value=value, style=style)
    return yaml.ScalarEvent(anchor=None, tag=None, implicit=(True, True), value=json.dumps(value))


def _is_plain(text: str) -> bool:
    """Tell whether *text* is taken for text without quotes: by us, by readers of YAML 1.1 (`no`), and by people."""
    if not text.isprintable() or _LIKE_A_NUMBER.fullmatch(text):
        return False
    try:
        ours = isinstance(resolve(text), str)
    except NumberRefusedError:
        return False
    theirs: str = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return ours and theirs == _TEXT
