"""Answers as tables: a row for each duty, and for each gap that a case meets."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from policyengine.batch.instants import NONE
from policyengine.checks.audit.waivers import gap_ids
from policyengine.engine.columns.chunk import Mark
from policyengine.model.assessment import NO_DUTY, GapKind, Status
from policyengine.model.provision import Strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from policyengine.batch.texts import Array
    from policyengine.engine.columns.chunk import Judged
    from policyengine.engine.columns.layout import Layout
    from policyengine.model.assessment import Assessment, Duty, GapRow
    from policyengine.model.policy import Policy

    Ints = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

_WORD = pa.dictionary(pa.int16(), pa.string())
_INSTANT = pa.timestamp("us", "UTC")
DUTIES = pa.schema(
    [
        pa.field("case", pa.string(), nullable=False),
        pa.field("policy", _WORD, nullable=False),
        pa.field("provision", _WORD, nullable=False),
        pa.field("instance", pa.string()),
        pa.field("status", _WORD, nullable=False),
        pa.field("strength", _WORD, nullable=False),
        pa.field("bearer", _WORD),
        pa.field("due", _INSTANT),
        pa.field("due_inclusive", pa.bool_()),
        pa.field("violated_at", _INSTANT),
        pa.field("performed_at", _INSTANT),
        pa.field("lateness", pa.int64()),
        pa.field("owed", pa.bool_()),
        pa.field("provisional", pa.bool_()),
    ]
)
"""A duty a row. `lateness` is in microseconds: of a violated duty with a limit, from `due` to its performance, or to
`as_of` while it is owed. `owed` is null while that depends on a missing fact; without a limit `due_inclusive` and
`provisional` are null."""
GAPS = pa.schema(
    [
        pa.field("case", pa.string(), nullable=False),
        pa.field("policy", _WORD, nullable=False),
        pa.field("gap", _WORD, nullable=False),
        pa.field("kind", _WORD, nullable=False),
        pa.field("instead_of", pa.list_(pa.string()), nullable=False),
        pa.field("missing_facts", pa.list_(pa.string()), nullable=False),
    ]
)
"""A silence of the text, or a referral, that a case meets, a row (S30)."""
_STATUSES = tuple(Status)
_STRENGTHS = tuple(Strength)
_KINDS = tuple(GapKind)
_EXISTS = np.array([each not in NO_DUTY for each in _STATUSES])
_NO, _YES, _OPEN = 0, 1, -1


@dataclass(frozen=True, slots=True)
class Words:
    """The words of all rows, the same for every chunk, so that their codes are as well."""

    policies: tuple[str, ...]
    provisions: tuple[str, ...]
    gaps: tuple[str, ...]
    roles: tuple[str, ...]
    places: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, policies: Sequence[Policy]) -> Words:
        """Return the words of *policies*."""
        found = cls(
            tuple(each.id for each in policies),
            _once(name for each in policies for name in each.provision_ids),
            _once(name for each in policies for name in gap_ids(each)),
            _once(name for each in policies for name in (*each.header.roles, *each.vocabulary.roles)),
        )
        for name in ("policies", "provisions", "gaps", "roles"):
            found.places[name] = {word: place for place, word in enumerate(getattr(found, name))}
        return found


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class Block:
    """Duties as arrays of one length; -1 is null in `bearer` and in what is true or false."""

    case: Ints
    policy: Ints
    provision: Ints
    status: Ints
    strength: Ints
    bearer: Ints
    due: Ints
    inclusive: Ints
    violated: Ints
    performed: Ints
    lateness: Ints
    owed: Ints
    provisional: Ints
    instance: tuple[tuple[int, str], ...] = ()

    def __len__(self) -> int:
        """Return the number of duties."""
        return len(self.case)


_NUMBERS = tuple(each.name for each in fields(Block))[:-1]
"""The arrays of a block."""


class ColumnarRows:
    """Turns what columns answered under one policy into rows."""

    def __init__(self, layout: Layout, policy: int, words: Words, *, every: bool) -> None:
        """Make rows of the policy that has the place *policy*; with *every*, of provisions without a duty too."""
        places, roles = words.places["provisions"], words.places["roles"]
        provisions = layout.rows
        self._policy, self._every = policy, every
        self._provisions = np.array([places[each.id] for each in provisions], np.int64)
        self._strengths = np.array([_STRENGTHS.index(each.strength) for each in provisions], np.int64)
        self._bearers = np.array([roles.get(each.bearer or "", -1) for each in provisions], np.int64)
        self._roles = np.array([*(roles.get(each, -1) for each in layout.roles), -1], np.int64)

    def block(self, judged: Judged, at: Ints, as_of: Ints, wanted: Mask) -> Block:
        """Return the rows of the *wanted* cases.

        Args:
            judged: the answers.
            at: int64[m], the instants of the events.
            as_of: int64[n].
            wanted: bool[n], cases that columns answered whole.
        """
        keep = np.broadcast_to(wanted, judged.status.shape)
        if not self._every:
            keep = keep & _EXISTS[judged.status]
        # By case and then by provision, though the answers stand the other way round.
        case, row = np.divmod(np.flatnonzero(keep.T), max(len(keep), 1))
        place = row * keep.shape[1] + case
        due, marks, violated, event = (
            each.ravel()[place] for each in (judged.due, judged.marks, judged.violated_at, judged.performed)
        )
        performed = np.append(at, NONE)[event]  # no event is the last place
        has_limit = due != NONE
        owed = _truth(marks, Mark.OWED, Mark.OWED_OPEN)
        end = np.where(performed != NONE, performed, np.where(owed == _YES, as_of[case], NONE))
        late = has_limit & (violated != NONE) & (end != NONE)
        return Block(
            case=case,
            policy=np.full(len(case), self._policy),
            provision=self._provisions[row],
            status=judged.status.ravel()[place].astype(np.int64),
            strength=self._strengths[row],
            bearer=self._bearer(judged, row, case),
            due=due,
            inclusive=np.where(has_limit, (marks & Mark.DUE_INCLUSIVE) != 0, _OPEN),
            violated=violated,
            performed=performed,
            lateness=np.where(late, end - due, NONE),
            owed=owed,
            provisional=np.where(has_limit, (marks & Mark.PROVISIONAL) != 0, _OPEN),
        )

    def _bearer(self, judged: Judged, row: Ints, case: Ints) -> Ints:
        bearer = self._bearers[row]
        for place, roles in judged.bearer.items():
            mine = row == place
            bearer[mine] = self._roles[roles[case[mine]]]
        return bearer


def _truth(marks: npt.NDArray[np.uint8], yes: Mark, left_open: Mark) -> Ints:
    return np.where((marks & left_open) != 0, _OPEN, (marks & yes) != 0)


class SingleRows:
    """Collects the answers for single cases as rows."""

    def __init__(self, words: Words, *, every: bool) -> None:
        """Collect the rows of duties; with *every*, of provisions without a duty too."""
        self._words, self._every = words, every
        self._rows: list[tuple[int, ...]] = []
        self._instances: list[tuple[int, str]] = []

    def add(self, case: int, answer: Assessment) -> None:
        """Add the *answer* for the case that has the place *case*."""
        policy = self._words.places["policies"][answer.policy]
        for each in answer.duties:
            if self._every or each.exists:
                if each.instance is not None:
                    self._instances.append((len(self._rows), each.instance))
                self._rows.append(self._row(case, policy, each, answer.as_of.micros))

    def _row(self, case: int, policy: int, duty: Duty, as_of: int) -> tuple[int, ...]:
        words, limit = self._words.places, duty.limit
        performed = None if duty.performed is None else duty.performed.at.micros
        end = performed if performed is not None else as_of if duty.owed else None
        late = limit is not None and duty.violated and end is not None
        return (
            case,
            policy,
            words["provisions"][duty.provision],
            _STATUSES.index(duty.status),
            _STRENGTHS.index(duty.strength),
            -1 if duty.bearer is None else words["roles"][duty.bearer],
            NONE if limit is None else limit.due.micros,
            _OPEN if limit is None else int(limit.due_inclusive),
            NONE if duty.violated_at is None else duty.violated_at.micros,
            NONE if performed is None else performed,
            end - limit.due.micros if late and limit is not None and end is not None else NONE,
            _OPEN if duty.owed is None else int(duty.owed),
            _OPEN if limit is None else int(limit.provisional),
        )

    def block(self) -> Block:
        """Return the rows of all duties."""
        columns = np.array(self._rows, np.int64).reshape(-1, len(_NUMBERS)).T
        return Block(**dict(zip(_NUMBERS, columns, strict=True)), instance=tuple(self._instances))


class GapRows:
    """Collects the gaps that cases meet."""

    def __init__(self, words: Words) -> None:
        """Start without any."""
        self._words = words
        self._found: list[GapRow] = []
        self._cases: list[Ints] = []
        self._policies: list[int] = []

    def add(self, cases: Ints, policy: str, rows: Iterable[GapRow]) -> None:
        """Add that each of *cases*, given by their places, meets *rows* under *policy*."""
        for each in rows if len(cases) else ():
            self._found.append(each)
            self._cases.append(cases)
            self._policies.append(self._words.places["policies"][policy])

    def table(self, ids: Array, good: Mask) -> Any:  # noqa: ANN401 - a table of pyarrow
        """Return them as a table with the columns of `GAPS`, by case and policy.

        Args:
            ids: those of the cases.
            good: bool[n], the cases that were not kept back.
        """
        if not self._found:
            return GAPS.empty_table()
        words = self._words
        sizes = [len(each) for each in self._cases]
        case, row = np.concatenate(self._cases), np.repeat(np.arange(len(sizes)), sizes)
        policy = np.repeat(np.array(self._policies, np.int64), sizes)
        gap = np.array([words.places["gaps"][each.gap] for each in self._found], np.int64)[row]
        order = np.lexsort((gap, policy, case))
        order = order[good[case[order]]]
        row = pa.array(row[order])
        kinds = np.array([_KINDS.index(each.kind) for each in self._found], np.int64)
        arrays = (
            ids.take(pa.array(case[order])).cast(pa.string()),
            _words(policy[order], words.policies),
            _words(gap[order], words.gaps),
            _words(kinds[np.asarray(row)], _KINDS),
            pa.array([each.instead_of for each in self._found], pa.list_(pa.string())).take(row),
            pa.array([each.missing_facts for each in self._found], pa.list_(pa.string())).take(row),
        )
        return pa.Table.from_arrays(list(arrays), schema=GAPS)


def duty_table(blocks: Sequence[Block], ids: Array, words: Words) -> Any:  # noqa: ANN401 - a table of pyarrow
    """Return the rows of *blocks* as a table with the columns of `DUTIES`, by case, policy and provision.

    Args:
        blocks: each with the rows of a case under a policy together, in the order of the policy.
        ids: the ids of the cases.
        words: what the codes stand for.
    """
    blocks = [each for each in blocks if len(each)]
    if not blocks:
        return DUTIES.empty_table()
    instance = _instances(blocks)
    joined = {name: _joined(blocks, name) for name in _NUMBERS}
    key = joined["case"] * len(words.policies) + joined["policy"]
    if len(blocks) > 1 or np.any(key[1:] < key[:-1]):
        order = np.argsort(key, kind="stable")
        joined = {name: column[order] for name, column in joined.items()}
        instance = instance.take(pa.array(order))
    arrays = (
        ids.take(pa.array(joined["case"])).cast(pa.string()),
        _words(joined["policy"], words.policies),
        _words(joined["provision"], words.provisions),
        instance,
        _words(joined["status"], _STATUSES),
        _words(joined["strength"], _STRENGTHS),
        _words(joined["bearer"], words.roles),
        _instants(joined["due"]),
        _truths(joined["inclusive"]),
        _instants(joined["violated"]),
        _instants(joined["performed"]),
        pa.array(joined["lateness"], mask=joined["lateness"] == NONE),
        _truths(joined["owed"]),
        _truths(joined["provisional"]),
    )
    return pa.Table.from_arrays(list(arrays), schema=DUTIES)


def _joined(blocks: Sequence[Block], name: str) -> Ints:
    found: Ints = np.concatenate([getattr(each, name) for each in blocks])
    return found


def _instances(blocks: Sequence[Block]) -> Array:
    if not any(each.instance for each in blocks):
        return pa.nulls(sum(map(len, blocks)), pa.string())
    texts: list[str | None] = [None] * sum(map(len, blocks))
    start = 0
    for each in blocks:
        for place, text in each.instance:
            texts[start + place] = text
        start += len(each)
    return pa.array(texts, pa.string())


def _words(codes: Ints, words: Sequence[str]) -> Array:
    places = pa.array(codes.astype(np.int16), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(places, pa.array([str(each) for each in words], pa.string()))


def _instants(micros: Ints) -> Array:
    return pa.array(micros, mask=micros == NONE).cast(_INSTANT)


def _truths(values: Ints) -> Array:
    return pa.array(values == _YES, mask=values == _OPEN)
