"""What is wrong with an example once its policies are known: names that lead nowhere, cases that do not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.checks.examples.example import Ask, Example, Expected, Plain, Subject
from policyengine.diagnostics import Diagnostic, diagnostic, nearest, ordered
from policyengine.prepare.log import FIRST_YEAR, LAST_YEAR, case_faults
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.model.policy import Policy

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "clause": "clause",
        "clauses": "clause",
        "act": "act",
        "bearer": "role",
        "assigned": "role",
        "candidates": "role",
        "to": "role",
        "missing": "fact",
        "presumed": "fact",
        "instead_of": "provision",
        "trigger": "occurrence",
        "performed": "occurrence",
        "last_act": "occurrence",
        "breaches": "occurrence",
        "partial_acts": "occurrence",
    }
)
"""What the texts under a key name."""
_CODES: Mapping[str, str] = MappingProxyType(
    {
        "clause": "PE210",
        "act": "PE204",
        "role": "PE203",
        "fact": "PE206",
        "provision": "PE211",
        "gap": "PE222",
        "occurrence": "PE660",
    }
)


def example_faults(example: Example, policies: Mapping[str, Policy]) -> tuple[Diagnostic, ...]:
    """Return what keeps *example* from being judged by *policies*, by the names that the example has for them."""
    return ordered(fault for ask in example.asks for fault in _Check(ask, policies).faults())


@dataclass(frozen=True, slots=True)
class _Check:
    """One question about to be asked."""

    ask: Ask
    policies: Mapping[str, Policy]

    def faults(self) -> Iterator[Diagnostic]:
        together = [self.policies[name] for name in self.ask.policies]
        for each in together:
            yield from case_faults(each, self.ask.case, together)
        yield from self._moment()
        for name, chosen in self.ask.choose.items():
            yield from self._options(self.policies[name], chosen)
        roles = {role for each in together for role in _roles(each)}
        for one, other in self.ask.same.items():
            for role in (one, other):
                yield from self._unknown("role", role, roles, self.ask.spans.get(f"same/{one}"))
        for expected in self.ask.expected:
            yield from self._expectation(expected, together)

    def _moment(self) -> Iterator[Diagnostic]:
        as_of = self.ask.as_of
        if not FIRST_YEAR <= as_of.utc().year <= LAST_YEAR:
            yield diagnostic("PE410", self.ask.case.spans.get("as_of"), text=as_of, first=FIRST_YEAR, last=LAST_YEAR)

    def _options(self, policy: Policy, chosen: Mapping[str, str]) -> Iterator[Diagnostic]:
        for name, option in chosen.items():
            span = self.ask.spans.get(f"choose/{name}", self.ask.span)
            reading = policy.readings.get(name)
            if reading is None:
                yield diagnostic("PE208", span, name=name, suggestion=nearest(name, policy.readings))
            elif option not in reading.options:
                shown, meant = ", ".join(reading.options), nearest(option, reading.options)
                allowed = Wording(shown, shown)
                yield diagnostic("PE209", span, reading=name, option=option, allowed=allowed, suggestion=meant)

    def _expectation(self, expected: Expected, together: list[Policy]) -> Iterator[Diagnostic]:
        asked = together if not expected.policy else [self.policies[expected.policy]]
        kind = _SUBJECTS.get(expected.subject)
        if kind is not None:
            yield from self._unknown(kind, expected.name, self._known(kind, asked), expected.span)
        for key, value in expected.wanted.items():
            named = _KINDS.get(key)
            for name in _texts(value) if named is not None else ():
                yield from self._unknown(named or "", name, self._known(named or "", asked), expected.spans.get(key))

    def _known(self, kind: str, policies: list[Policy]) -> set[str]:
        """Return every name of a *kind* that stands in the policies asked, or in the case."""
        events = {each.id for each in self.ask.case.events} if kind == "occurrence" else set()
        return {name for each in policies for name in _NAMES[kind](each)} | events

    def _unknown(self, kind: str, name: str, known: set[str], span: Span | None) -> Iterator[Diagnostic]:
        if name not in known:
            yield diagnostic(_CODES[kind], span or self.ask.span, name=name, suggestion=nearest(name, known))


def _texts(value: Plain) -> Iterator[str]:
    for each in value if isinstance(value, tuple) else (value,):
        if isinstance(each, str):
            yield each


def _roles(policy: Policy) -> Iterable[str]:
    return (*policy.vocabulary.roles, *policy.header.roles)


def _gaps(policy: Policy) -> Iterable[str]:
    return (node.id for each in policy.gaps for node in each.nodes())


_SUBJECTS: Mapping[Subject, str] = MappingProxyType(
    {Subject.DUTY: "provision", Subject.GAP: "gap", Subject.ABSENT: "provision", Subject.WORKLIST: "act"}
)
_NAMES: Mapping[str, Callable[[Policy], Iterable[str]]] = MappingProxyType(
    {
        "clause": lambda policy: policy.header.source.clauses,
        "act": lambda policy: policy.vocabulary.event_types,
        "role": _roles,
        "fact": lambda policy: policy.vocabulary.facts,
        "provision": lambda policy: policy.provision_ids,
        "gap": _gaps,
        "occurrence": lambda policy: policy.provision_ids,
    }
)
