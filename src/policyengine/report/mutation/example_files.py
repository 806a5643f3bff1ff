"""The questions that would notice survivors, as example files ready to be added: one for all that ask the same case."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.checks.examples.example import Subject
from policyengine.loading.dump import dumped
from policyengine.report.examples.telling import plain_value

if TYPE_CHECKING:
    from policyengine.checks.examples.example import Ask, Expected
    from policyengine.checks.mutation.verdict import Mutation, Verdict
    from policyengine.model.case import Event
    from policyengine.report.json_values import Json
    from policyengine.temporal.zone import Zone

_LONGEST = 60


@dataclass(frozen=True)
class ExampleFiles:
    """The example files for the survivors of one policy.

    Args:
        mutation: what became of its mutants.
    """

    mutation: Mutation

    def files(self, policy: str) -> Iterator[tuple[str, str]]:
        """Yield a name and the text of a file for every case that notices survivors; they call the policy *policy*."""
        for name, verdicts in self._groups.items():
            head = "".join(f"# {each.mutant.id}\n" for each in verdicts)
            yield f"{name}.yaml", head + dumped(self._example(name, verdicts, policy))

    def name(self, verdict: Verdict) -> str | None:
        """Return the name of the file that notices a survivor; ``None`` where no case was found for it."""
        return next((f"{name}.yaml" for name, found in self._groups.items() if verdict in found), None)

    def example(self, verdict: Verdict) -> Mapping[str, Json] | None:
        """Return the example that notices a survivor alone; ``None`` where no case was found for it."""
        name = self.name(verdict)
        return None if name is None else self._example(name.removesuffix(".yaml"), [verdict], self.mutation.name)

    @cached_property
    def _groups(self) -> dict[str, list[Verdict]]:
        """The survivors that the same question about the same case notices, by the name of their file."""
        asked: dict[Hashable, list[Verdict]] = {}
        for each in self.mutation.alive:
            if each.question is not None:
                asked.setdefault(_same(each.question), []).append(each)
        found: dict[str, list[Verdict]] = {}
        for verdicts in asked.values():
            stem = f"{self.mutation.policy.id}-{verdicts[0].mutant.part.name}"[:_LONGEST]
            number = next(n for n in range(1, len(asked) + 1) if f"{stem}-{n}" not in found)
            found[f"{stem}-{number}"] = verdicts
        return found

    def _example(self, name: str, verdicts: list[Verdict], policy: str) -> Mapping[str, Json]:
        asks = [each.question for each in verdicts if each.question is not None]
        zone, case = self.mutation.policy.zone, asks[0].case
        wanted = _merged([each for ask in asks for each in ask.expected])
        expect = [_item(each, zone) for each in wanted if each.subject is not Subject.ABSENT]
        absent: list[Json] = [each.name for each in wanted if each.subject is Subject.ABSENT]
        chosen = {each: option for options in asks[0].choose.values() for each, option in options.items()}
        said: dict[str, Json] = {
            "facts": {each: plain_value(value, zone) for each, value in case.facts.items()},
            "events": [_event(each, zone) for each in case.events],
            "choose": chosen,
            "expect": expect,
            "absent": absent,
        }
        return {
            "case": name,
            **({} if case.scope == "case" else {"scope": case.scope}),
            "policy": policy,
            "as_of": asks[0].as_of.to_iso(zone),
            **{key: value for key, value in said.items() if value},
        }


def _same(ask: Ask) -> Hashable:
    events = tuple(
        (each.type, each.at, each.by, each.to, str(each.sets), str(each.attributes)) for each in ask.case.events
    )
    return (ask.case.scope, str(ask.case.facts), events, ask.as_of, str(ask.choose))


def _merged(several: list[Expected]) -> list[Expected]:
    """Return expectations with one for each row, which wants all that any of them does."""
    found: dict[Hashable, Expected] = {}
    for each in several:
        row = (each.subject, each.policy, each.name, each.instance)
        before = found.get(row, each)
        found[row] = replace(each, wanted={**before.wanted, **each.wanted})
    return list(found.values())


def _item(expected: Expected, zone: Zone) -> Json:
    key = "gap" if expected.subject is Subject.GAP else "provision"
    return {
        key: expected.name,
        **({} if expected.instance is None else {"instance": expected.instance}),
        **{name: plain_value(value, zone) for name, value in expected.wanted.items()},
    }


def _event(event: Event, zone: Zone) -> Mapping[str, Json]:
    said: dict[str, Json] = {
        "by": event.by,
        "to": list(event.to),
        "sets": {name: plain_value(value, zone) for name, value in event.sets.items()},
        "attributes": {name: plain_value(value, zone) for name, value in event.attributes.items()},
        "partial": event.partial,
    }
    kept = {name: value for name, value in said.items() if value}
    return {"id": event.id, "type": event.type, "at": event.at.to_iso(zone), **kept}
