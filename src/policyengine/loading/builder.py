"""Events of a parser -> nodes: one stack, no recursion, caps on depth and number, every fault collected.

The YAML and the JSON reader feed the same :class:`Builder`, so both have the same limits and refusals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, NoReturn

from policyengine.diagnostics import Diagnostic, Span
from policyengine.loading.nodes import Mapping, Node, Scalar, Sequence
from policyengine.loading.scalars import OTHER_STARTS, UNFIT, NumberRefusedError, Value, resolve, shown_character

if TYPE_CHECKING:
    from policyengine.loading.text import Source

MAX_DEPTH = 64
MAX_VALUES = 1_000_000
MAX_FAULTS = 100  # a file with more is not mended by reading on


class StoppedError(Exception):
    """Reading ends here; the builder holds the diagnostic that says why."""


class _Anchored(NamedTuple):
    node: Node
    size: int
    height: int


class _Frame:
    """A sequence or mapping that is still open."""

    __slots__ = (
        "anchor",
        "awaits_key",
        "entries",
        "height",
        "is_mapping",
        "items",
        "key",
        "last",
        "repeats",
        "seen",
        "size",
        "start",
    )

    def __init__(self, start: Span, *, is_mapping: bool, anchor: str | None) -> None:
        self.is_mapping = is_mapping
        self.anchor = anchor
        self.start = start
        self.last = start  # where the part stands that came last
        self.items: list[Node] = []
        self.entries: list[tuple[Scalar, Node]] = []
        self.seen: dict[str, Span] = {}
        self.repeats: list[Diagnostic] = []  # one for each key that stands again
        self.key: Scalar | None = None  # the key whose value comes next; none if it was refused
        self.awaits_key = is_mapping
        self.size = 1
        self.height = 1

    def take(self, part: Node, span: Span, *, size: int, height: int) -> None:
        """Add an item, or the value of the key that came last."""
        self.last = span
        self.size += size
        if height >= self.height:
            self.height = height + 1
        if not self.is_mapping:
            self.items.append(part)
            return
        if self.key is not None:
            self.entries.append((self.key, part))
        self.awaits_key = True

    def take_key(self, key: Scalar, name: str, span: Span) -> None:
        """Let what comes next be the value of *key*, which reads *name* and did not stand here before."""
        self.seen[name] = self.last = span
        self.key = key
        self.awaits_key = False

    def node(self, end: tuple[int, int] | None) -> Node:
        """Return what was collected; it ends at *end*, or else where its last part does."""
        end = end or (self.last.end_line, self.last.end_column)
        span = Span(self.start.file, self.start.line, self.start.column, *end)
        return Mapping(tuple(self.entries), span) if self.is_mapping else Sequence(tuple(self.items), span)


class Builder:
    """Build one document's nodes, and collect what is wrong with it."""

    def __init__(self, source: Source) -> None:
        """Start an empty document of *source*."""
        self.source = source
        self.faults: list[Diagnostic] = []
        self.stopped: str | None = None
        self._document = _Frame(source.span(0, 0), is_mapping=False, anchor=None)  # its one item is the root
        self._frame = self._document
        self._around: list[_Frame] = []  # the frames that `_frame` stands in, outermost first
        self._anchors: dict[str, _Anchored | _Frame] = {}
        self._values = 0

    @property
    def root(self) -> Node | None:
        """Return the document's node, or ``None`` when there is none or reading was stopped."""
        return self._document.items[0] if self._document.items and self.stopped is None else None

    def fault(self, code: str, span: Span, **args: object) -> None:
        """Note a fault that reading can go on after; those past `MAX_FAULTS` are left out."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(self._diagnostic(code, span, args))

    def stop(self, code: str, span: Span, **args: object) -> NoReturn:
        """Note a fault that ends reading; what was built so far is given up."""
        self.faults.append(self._diagnostic(code, span, args))
        self.stopped = code
        raise StoppedError

    def open(self, start: Span, *, is_mapping: bool, anchor: str | None = None) -> None:
        """Begin a mapping or a sequence at *start*."""
        if len(self._around) >= MAX_DEPTH:
            self.stop("PE105", start, limit=MAX_DEPTH)
        self._count(1, start)
        self._around.append(self._frame)
        self._frame = _Frame(start, is_mapping=is_mapping, anchor=anchor)
        if anchor is not None:
            self._anchors[anchor] = self._frame

    def close(self, end: tuple[int, int] | None = None) -> None:
        """End the innermost mapping or sequence at *end*, line and column, or else where its last part ends."""
        frame, self._frame = self._frame, self._around.pop()
        if end is None and len(frame.repeats) > 1 and not self._frame.is_mapping and self._around:
            self._refuse_without_dash(frame)
        node = frame.node(end)
        # An anchor declared again inside is the later one; it stays.
        if frame.anchor is not None and self._anchors[frame.anchor] is frame:
            self._anchors[frame.anchor] = _Anchored(node, frame.size, frame.height)
        self._place(node, node.span, size=frame.size, height=frame.height)

    def scalar(self, text: str, span: Span, *, plain: bool, anchor: str | None = None) -> None:
        """Add a scalar or key written as *text*; a *plain* one is resolved, any other is text."""
        frame = self._frame
        if not (plain or text.isprintable()) and UNFIT.search(text) is not None:
            text = self._fitted(text, span)
        means_other = plain and text[:1] in OTHER_STARTS
        # Of most values in a file: made without the call of `Scalar`, and taken as `_take_key` and `_Frame.take` would,
        # since each call would take as long as all of this.
        if frame.awaits_key:
            name = self._key_text(text, span) if means_other else text
            node = tuple.__new__(Scalar, (name, span, plain))
            if name in frame.seen:
                self._take_key(frame, node, span)
            else:
                frame.seen[name] = frame.last = span
                frame.key, frame.awaits_key = node, False
        else:
            node = tuple.__new__(Scalar, (self._resolved(text, span) if means_other else text, span, plain))
            self._values += 1
            if self._values > MAX_VALUES:
                self.stop("PE106", span, limit=MAX_VALUES)
            frame.last = span
            frame.size += 1
            if not frame.is_mapping:
                frame.items.append(node)
            else:
                if frame.key is not None:
                    frame.entries.append((frame.key, node))
                frame.awaits_key = True
        if anchor is not None:
            self._anchors[anchor] = _Anchored(node, 1, 0)

    def alias(self, name: str, span: Span) -> None:
        """Add what the anchor *name* stands for; it counts in full at every use."""
        target = self._anchors.get(name)
        if isinstance(target, _Anchored):
            if len(self._around) + target.height > MAX_DEPTH:
                self.stop("PE105", span, limit=MAX_DEPTH)
        else:
            self.fault("PE121" if target is None else "PE123", span, name=name)
            target = _Anchored(Scalar(f"*{name}", span, plain=False), 1, 0)
        self._count(target.size, span)
        self._place(target.node, span, size=target.size, height=target.height)

    def _diagnostic(self, code: str, span: Span, args: dict[str, object]) -> Diagnostic:
        return self.source.fault(code, span, suggestion=None, declared=None, **args)

    def _count(self, size: int, span: Span) -> None:
        self._values += size
        if self._values > MAX_VALUES:
            self.stop("PE106", span, limit=MAX_VALUES)

    def _place(self, node: Node, span: Span, *, size: int, height: int) -> None:
        if self._frame.awaits_key:
            self._take_key(self._frame, node, span)
        else:
            self._frame.take(node, span, size=size, height=height)

    def _take_key(self, frame: _Frame, node: Node, span: Span) -> None:
        if isinstance(node, Scalar) and isinstance(node.value, str) and node.value not in frame.seen:
            frame.take_key(node, node.value, span)
            return
        frame.last, frame.awaits_key, frame.key = span, False, None
        if isinstance(node, Scalar) and isinstance(node.value, str):
            args: dict[str, object] = {"key": node.value, "first": frame.seen[node.value]}
            self.fault("PE107", span, **args)
            frame.repeats.append(self._diagnostic("PE107", span, args))
        else:
            self.fault("PE111", span, found=_outline(node))

    def _refuse_without_dash(self, frame: _Frame) -> None:
        """Stop at an entry of a list that goes on with the keys of the next, whose dash was forgotten."""
        begins, first = next(iter(frame.seen.items()))
        again = next((each for each in frame.repeats if ("key", begins) in each.args), None)
        if again is None or again.span is None:
            return
        self.faults = [each for each in self.faults if each not in frame.repeats]
        fault = self.source.fault("PE107", again.span, suggestion=f"- {begins}", key=begins, first=first)
        self.faults.append(fault)
        self.stopped = fault.code
        raise StoppedError

    def _key_text(self, text: str, span: Span) -> str:
        """Return the key *text* as it would be in quotes, so that this fault does not bring on others."""
        try:
            is_text = isinstance(resolve(text), str)
        except NumberRefusedError:
            is_text = False
        if not is_text:
            self.fault("PE111", span, found=f"`{text or 'null'}`")
        return text

    def _resolved(self, text: str, span: Span) -> Value:
        try:
            return resolve(text)
        except NumberRefusedError:
            self.fault("PE112", span, text=text)
            return text

    def _fitted(self, text: str, span: Span) -> str:
        """Return *text* without the characters that only an escape can have brought in."""
        self.fault("PE118", span, character=shown_character(UNFIT.findall(text)[0]))
        return UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)


def _outline(node: Node) -> str:
    match node:
        case Mapping():
            return "`{…}`"
        case Sequence():
            return "`[…]`"
        case _:
            return f"`{node.value}`"
