"""An explanation as JSON: every part of the derivation, with the names of the values as the library has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

from policyengine.model.base import Value
from policyengine.report.as_json import Writer, choice
from policyengine.report.everything import Everything
from policyengine.report.json_values import Json, titled, written

if TYPE_CHECKING:
    from policyengine.model.base import Title
    from policyengine.model.case import FactValue
    from policyengine.model.explanation import Absence, Derivation, Explanation, Remedy, Settling
    from policyengine.model.traces import (
        ActTrace,
        Asked,
        Awaited,
        BearerTrace,
        ConditionTrace,
        Days,
        FactHistory,
        FactSpan,
        LimitTrace,
        RowTrace,
        SingleTrace,
        StretchTrace,
    )

EXPLANATION = "policyengine/explanation/1"


def explanation_json(explanation: Explanation, *, indent: int | None = 2) -> str:
    """Return *explanation* as JSON text that ends with a line end; instants are on the policy's zone."""
    return written(_Writer(explanation.policy, explanation.assessment).explanation(explanation), indent=indent)


class _Writer(Everything, Writer):
    """Turns the parts of one explanation into JSON values."""

    def explanation(self, found: Explanation) -> Json:
        answer = found.assessment
        return {
            "schema": EXPLANATION,
            "policy": titled(answer.policy, self.policy.title),
            "digest": answer.digest,
            "case": answer.case,
            "as_of": self.instant(answer.as_of),
            "known_at": self.instant(answer.known_at),
            "known_until": self.instant(answer.known_until),
            "time_zone": self.policy.zone.name,
            "provision": self.provision(found.provision),
            "absence": None if found.absence is None else self._absence(found.absence),
            "derivations": [self._derivation(each) for each in found.derivations],
            "others": list(found.others),
            "unseen": found.unseen,
            "settlings": [self._settling(each) for each in found.settlings],
            "remedies": [self._remedy(each) for each in found.remedies],
        }

    def _absence(self, absence: Absence) -> Json:
        ways = [[choice(each) for each in way] for way in absence.admitted_by]
        return {"scope": absence.scope, "admitted_by": ways}

    def _derivation(self, found: Derivation) -> Json:
        life = found.life
        return {
            "duty": self.duty(found.duty),
            "triggers": [self._awaited(each) for each in found.triggers],
            "life": None
            if life is None
            else {
                "judged_at": self.instant(life.judged_at),
                "truth": life.truth.value,
                "versions": [self._days(each) for each in life.versions],
                "own": None if life.own is None else self._days(life.own),
            },
            "facts": [self._history(each) for each in found.facts],
            "conditions": [self._condition(each) for each in found.conditions],
            "defeats": [
                {
                    "provision": self.provision(each.provision),
                    "instance": each.instance,
                    "start": self.instant(each.start),
                    "end": self.instant(each.end),
                }
                for each in found.defeats
            ],
            "ends": [self._awaited(each) for each in found.ends],
            "stretches": [self._stretch(each) for each in found.stretches],
            "anchors": [self._awaited(each) for each in found.anchors],
            "period": self.limit(found.period),
            "acts": [self._act(each) for each in found.acts],
            "bearer": None if found.bearer is None else self._bearer(found.bearer),
            "assumed": found.assumed,
        }

    def _awaited(self, awaited: Awaited) -> Json:
        return {
            "part": awaited.part.value,
            "happening": as_in_file(awaited.happening),
            "found": self.occurrence(awaited.found),
            "doubt": None if awaited.doubt is None else self._asked(awaited.doubt),
            "instance": awaited.instance,
            "missed": [
                {"event": each.event, "at": self.instant(each.at), "asked": self._asked(each.asked)}
                for each in awaited.missed
            ],
        }

    def _days(self, days: Days) -> Json:
        return {"from": self.instant(days[0]), "to": self.instant(days[1])}

    def _history(self, history: FactHistory) -> Json:
        return {"fact": history.fact, "spans": [self._span(each) for each in history.spans]}

    def _span(self, span: FactSpan) -> Json:
        return {
            "since": self.instant(span.since),
            "value": _value(span.value),
            "origin": span.origin.value,
            "event": span.event,
            "possible": _values(span.possible),
            "rows": [self._row(each) for each in span.rows],
        }

    def _row(self, row: RowTrace) -> Json:
        return {"says": _value(row.says), "clauses": list(row.clauses), "asked": self._asked(row.asked)}

    def _condition(self, trace: ConditionTrace) -> Json:
        return {
            "part": trace.part.value,
            "condition": as_in_file(trace.condition),
            "spans": [{"since": self.instant(each.since), "asked": self._asked(each.asked)} for each in trace.spans],
        }

    def _asked(self, asked: Asked) -> Json:
        return {
            "truth": asked.truth.value,
            "test": None if asked.test is None else as_in_file(asked.test),
            "value": _value(asked.value),
            "happened": list(asked.happened),
            "event": asked.event,
            "connective": None if asked.connective is None else asked.connective.value,
            "parts": [self._asked(each) for each in asked.parts],
        }

    def _stretch(self, stretch: StretchTrace) -> Json:
        return {
            "start": self.instant(stretch.start),
            "end": self.instant(stretch.end),
            "mode": None if stretch.mode is None else stretch.mode.value,
            "left_by": None if stretch.left_by is None else stretch.left_by.value,
            "limit": None if stretch.limit is None else self._limit(stretch.limit),
        }

    def _limit(self, trace: LimitTrace) -> Json:
        cap = trace.cap
        return {
            "singles": [self._single(each) for each in trace.singles],
            "cap": None
            if cap is None
            else {
                "provision": self.provision(cap.provision),
                "instance": cap.instance,
                "limit": self.limit(cap.limit),
            },
            "earlier": self.limit(trace.earlier),
            "limit": self.limit(trace.limit),
        }

    def _single(self, single: SingleTrace) -> Json:
        ends = single.counting.ends
        return {
            "deadline": as_in_file(single.deadline),
            "anchor": self.occurrence(single.anchor),
            "counts_from": self.instant(single.counts_from),
            "counting": {
                "hours": single.counting.hours,
                "roll": single.counting.roll,
                "ends": None if ends is None else ends.isoformat("minutes"),
            },
            "asked": None if single.asked is None else self._asked(single.asked),
            "limit": self.limit(single.limit),
        }

    def _act(self, act: ActTrace) -> Json:
        return {
            "event": act.event,
            "at": self.instant(act.at),
            "worth": act.worth.value,
            "late": act.late,
            "asked": None if act.asked is None else self._asked(act.asked),
        }

    def _bearer(self, trace: BearerTrace) -> Json:
        return {
            "role": self.role(trace.role),
            "at": self.instant(trace.at),
            "rows": [self._row(each) for each in trace.rows],
            "candidates": [
                {"role": self.role(each.role), "clauses": [self.clause(name) for name in each.clauses]}
                for each in trace.candidates
            ],
        }

    def _settling(self, settling: Settling) -> Json:
        return {
            "facts": [{"fact": name, "values": _values(values)} for name, values in settling.facts],
            "complete_log": settling.complete_log,
            "done_by": self.instant(settling.done_by),
            "duty": None if settling.duty is None else self.duty(settling.duty),
        }

    def _remedy(self, remedy: Remedy) -> Json:
        return {
            "kind": remedy.kind.value,
            "act": None if remedy.act is None else titled(remedy.act, self._type(remedy.act)),
            "by": self.instant(remedy.by),
            "events": list(remedy.events),
            "duty": self.duty(remedy.duty),
            "violates": [{"provision": name, "instance": instance} for name, instance in remedy.violates],
        }

    def _type(self, name: str) -> Title:
        return self.policy.vocabulary.event_types[name].title


def as_in_file(part: object) -> Json:
    """Return a part of the policy with the keys that a file has for it; keys that say nothing are left out."""
    if isinstance(part, Value):
        kinds = type(part).model_fields
        said = {name: getattr(part, name) for name, kind in kinds.items() if getattr(part, name) != kind.default}
        return {kinds[name].alias or name: as_in_file(value) for name, value in said.items()}
    if isinstance(part, Mapping):
        return {name: as_in_file(value) for name, value in part.items()}
    if isinstance(part, tuple):
        return [as_in_file(each) for each in part]
    return cast("Json", part)


def _value(value: FactValue) -> Json:
    return list(value) if isinstance(value, tuple) else value


def _values(values: Iterable[FactValue]) -> Json:
    return [_value(each) for each in values]
