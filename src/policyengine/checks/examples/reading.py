"""Example files -> examples: each question of its own, with everything that is expected of its answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from policyengine.checks.examples.example import Ask, Example, Expected
from policyengine.checks.examples.expecting import Expecting
from policyengine.diagnostics import Diagnostic, has_errors, ordered
from policyengine.loading.case import Times
from policyengine.loading.examples import written_examples
from policyengine.loading.library import packaged_policies
from policyengine.loading.named_policies import located, own_file
from policyengine.loading.nodes import Mapping as NodeMapping
from policyengine.loading.places import reach, start, walk
from policyengine.loading.text import Source, read_source
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.loading.examples import AskEntry, Expectations, OtherReadingEntry, Written
    from policyengine.loading.places import Path as NodePath
    from policyengine.model.case import Case, FactValue
    from policyengine.temporal.instant import Instant

_OF_ONE_QUESTION = ("as_of", "choose", "expect", "absent", "worklist", "conflicts")
"""Keys that belong to one question, so that they do not stand beside `ask`."""


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """What one file holds.

    Args:
        path: the file, as it was named.
        source: its text; ``None`` where it cannot be read.
        examples: those that are sound.
        faults: everything that is wrong with the others.
    """

    path: Path
    source: Source | None
    examples: tuple[Example, ...]
    faults: tuple[Diagnostic, ...]


def read_example_file(path: str | Path, *, policies: Sequence[str] = (), shown: str | None = None) -> ExampleFile:
    """Return what the file *path* holds.

    What only the policies can tell, such as an unknown provision, is told by `example_faults`.

    Args:
        path: a YAML or JSON file.
        policies: what judges the examples that name no policy.
        shown: the name under which places in the file are told; the path unless given.
    """
    source, faults = read_source(path)
    if source is None:
        return ExampleFile(Path(path), None, (), faults)
    source = source if shown is None else Source(shown, source.text)
    examples, more = read_examples_text(source, Path(path).parent, policies=policies)
    return ExampleFile(Path(path), source, examples, ordered((*faults, *more)))


def read_examples(path: str | Path) -> tuple[tuple[Example, ...], tuple[Diagnostic, ...]]:
    """Return the examples in the file *path* that could be read, and everything that is wrong with the others."""
    file = read_example_file(path)
    return file.examples, file.faults


def read_examples_text(
    source: Source, beside: Path | None = None, *, policies: Sequence[str] = ()
) -> tuple[tuple[Example, ...], tuple[Diagnostic, ...]]:
    """Return the examples in a text; paths of policies in it are relative to the directory *beside*."""
    written, faults = written_examples(source)
    found, told = list[Example](), list(faults)
    first: dict[str, Span] = {}
    for each in written:
        reading = _Reading(each, beside, policies)
        example = reading.example()
        faults = (*reading.faults(), *_repeated(each, first))
        told += faults
        if not has_errors(faults):
            found.append(example)
    return tuple(found), ordered(told)


def _repeated(written: Written, first: dict[str, Span]) -> Iterator[Diagnostic]:
    span = walk(written.node, ("case",))[1]
    before = first.setdefault(written.case.id, span)
    if before != span:
        yield written.document.fault("PE651", span, name=written.case.id, first=before)


def named_policy(name: str, beside: Path | None = None) -> str:
    """Return the one name of a policy, however a file writes it: a path from here, or a packaged id in full."""
    place = located(name, beside)
    if own_file(place) is not None:
        return Path(place).as_posix()
    known = packaged_policies()
    found = [each for each in known if each.startswith(name)]
    return found[0] if len(found) == 1 and name not in known else name


@dataclass(slots=True)
class _Question:
    """One question on its way: what is chosen and given besides what the example says, and what is expected."""

    case: Case
    as_of: Instant
    span: Span
    choose: dict[str, dict[str, str]] = field(default_factory=dict)
    expected: list[Expected] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)


class _Reading:
    """One example on its way from its file."""

    def __init__(self, written: Written, beside: Path | None, policies: Sequence[str]) -> None:
        self._written = written
        self._times = Times(written.document, written.node)
        self._own = list[Diagnostic]()
        names = {name: named_policy(name, beside) for name in written.case.policies}
        names = names or {name: name for name in policies}
        self._policies = tuple(dict.fromkeys(names.values()))
        self._expecting = Expecting(written, self._times, {**names, **{each: each for each in self._policies}})
        self._questions = dict[str, _Question]()
        self._named = set[str]()

    def faults(self) -> tuple[Diagnostic, ...]:
        """Return everything that is wrong with it."""
        return ordered((*self._own, *self._expecting.faults, *self._times.faults))

    def example(self) -> Example:
        """Return the example, which is not to be used where there are faults."""
        entry, case = self._written.entry, self._written.case
        if not self._policies:
            self._fault("PE604", ("case",))
        elif entry.ask is None:
            self._ask(entry, (), case, "")
        else:
            self._beside_ask()
            for place, each in enumerate(entry.ask):
                self._ask_of_many(each, ("ask", place))
        asks = tuple(self._made(label, each) for label, each in self._questions.items())
        if self._policies and not any(each.expected for each in asks) and not self.faults():
            self._fault("PE650", ("case",), case=case.id)
        node = self._written.node
        return Example(node.span.file, case.id, case.title, asks, start(node))

    def _beside_ask(self) -> None:
        for key in _OF_ONE_QUESTION:
            if self._written.node.get(key) is not None:
                span = walk(self._written.node, (key,), key=True)[1]
                self._own.append(self._written.document.fault("PE652", span, key=key))

    def _ask_of_many(self, entry: AskEntry, path: NodePath) -> None:
        case = self._given(self._written.case, entry.given, (*path, "given"))
        as_of, known_at = (self._times.instant((*path, key)) for key in ("as_of", "known_at"))
        case = replace(case, as_of=as_of, known_at=known_at or case.known_at, spans=self._moments(case, path))
        told = (str(entry.as_of), *(() if entry.known_at is None else (f"known_at={entry.known_at}",)))
        label = entry.label or _label(*told, *_pairs(entry.choose), *_pairs(entry.given))
        # What an earlier question's other reading asks already may be asked again, and becomes one with it.
        if label in self._named or (entry.label is not None and label in self._questions):
            self._fault("PE659", path, label=label)
        self._named.add(label)
        self._ask(entry, path, case, label)

    def _moments(self, case: Case, path: NodePath) -> Mapping[str, Span]:
        nodes = {key: reach(self._written.node, (*path, key)) for key in ("as_of", "known_at")}
        return {**case.spans, **{key: node.span for key, node in nodes.items() if node is not None}}

    def _ask(self, entry: Expectations, path: NodePath, case: Case, label: str) -> None:
        """Take down one question, and those that its other readings are."""
        if case.as_of is None:
            self._fault("PE653", (*path, "case"), case=case.id)
            return
        here = (*path, "choose")
        chosen = self._expecting.chosen(entry.choose, here)
        span = start(walk(self._written.node, path)[0])
        question = _Question(case, case.as_of, span, chosen, spans=self._below("choose", here))
        question = self._questions.setdefault(label, question)
        question.expected += self._expecting.all_of(entry, path)
        for place, item in enumerate(entry.expect):
            for number, other in enumerate(item.readings):
                here = (*path, "expect", place, "readings", number)
                found = self._expecting.other(item, other, here)
                self._other(other, found.policy, here, (label, question)).expected.append(found)

    def _other(self, other: OtherReadingEntry, policy: str, path: NodePath, base: tuple[str, _Question]) -> _Question:
        """Return the question that another reading asks: one for all items that choose the same."""
        label, question = base
        if not other.choose and not other.given:
            self._fault("PE658", path)
        prefix = "" if policy == self._policies[0] else f"{policy}:"
        chosen = {f"{prefix}{name}": option for name, option in other.choose.items()}
        name = _label(label, *_pairs(chosen), *_pairs(other.given))
        if name not in self._questions:
            case = self._given(question.case, other.given, (*path, "given"))
            options = {**question.choose, policy: {**question.choose.get(policy, {}), **other.choose}}
            self._questions[name] = replace(
                question,
                case=case,
                span=start(walk(self._written.node, path)[0]),
                choose=options,
                expected=[],
                spans={**question.spans, **self._below("choose", (*path, "choose"))},
            )
        return self._questions[name]

    def _given(self, case: Case, given: Mapping[str, FactValue], path: NodePath) -> Case:
        """Return *case* with the facts that are *given* as well, each known by its own place."""
        spans = dict(case.spans)
        for name in given:
            spans[f"facts/{name}:"] = walk(self._written.node, (*path, name), key=True)[1]
            spans[f"facts/{name}"] = walk(self._written.node, (*path, name))[1]
        return replace(case, facts={**case.facts, **given}, spans=spans) if given else case

    def _below(self, name: str, path: NodePath) -> dict[str, Span]:
        """Return where the keys below *path* stand, those of mappings in it as well."""
        node = reach(self._written.node, path)
        entries = node.entries if isinstance(node, NodeMapping) else ()
        own = {f"{name}/{key.value}": key.span for key, _ in entries}
        inner = (self._below(name, (*path, str(key.value))) for key, _ in entries)
        return {**own, **{key: span for each in inner for key, span in each.items()}}

    def _spans(self) -> dict[str, Span]:
        node = self._written.node.get("policy")
        own = {} if node is None else {"policy": node.span}
        return {**own, **self._below("same", ("same",))}

    def _made(self, label: str, found: _Question) -> Ask:
        return Ask(
            label=label,
            case=found.case,
            policies=self._policies,
            as_of=found.as_of,
            choose=FrozenMap({policy: FrozenMap(chosen) for policy, chosen in found.choose.items() if chosen}),
            expected=tuple(found.expected),
            same=FrozenMap(self._written.entry.same),
            span=found.span,
            spans=FrozenMap({**self._spans(), **found.spans}),
        )

    def _fault(self, code: str, path: NodePath, **args: str) -> None:
        span = start(walk(self._written.node, path)[0])
        self._own.append(self._written.document.fault(code, span, suggestion=None, declared=None, **args))


def _label(*parts: str) -> str:
    return ", ".join(each for each in parts if each)


def _pairs(values: Mapping[str, object]) -> Iterator[str]:
    for name, value in values.items():
        yield f"{name}={_told(value)}"


def _told(value: object) -> str:
    """Return a value as it stands in a label: without brackets, which the ids of pytest keep for themselves."""
    if isinstance(value, Mapping):
        return "+".join(_pairs(value))
    if isinstance(value, tuple):
        return "+".join(map(_told, value))
    return value if isinstance(value, str) else json.dumps(value)
