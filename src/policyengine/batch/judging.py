"""Some cases with all their rows -> their answers as tables: by columns where these can, else each on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from policyengine.batch.building import Builder
from policyengine.batch.checking import Checker
from policyengine.batch.chunking import amended, chunk
from policyengine.batch.coverage import Coverage, PolicyCoverage, Why
from policyengine.batch.decoding import Decoder
from policyengine.batch.dormant import Dormant
from policyengine.batch.faults import Fault, fault_table
from policyengine.batch.gaps import Gaps
from policyengine.batch.instants import NONE, Times
from policyengine.batch.rows import ColumnarRows, GapRows, SingleRows, Words, duty_table
from policyengine.batch.shape import CASES
from policyengine.diagnostics import diagnostic
from policyengine.engine.columns import Room, judge, layout
from policyengine.engine.question import Question
from policyengine.errors import CaseError
from policyengine.model.frozen import FrozenMap
from policyengine.temporal.instant import Instant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from policyengine.batch.columns import BatchColumns
    from policyengine.batch.decoding import Decoded, Rows
    from policyengine.batch.shape import Shape
    from policyengine.diagnostics import Diagnostic
    from policyengine.engine.columns.chunk import Judged
    from policyengine.engine.question import EvaluatorName
    from policyengine.model.assessment import Assessment, GapRow
    from policyengine.model.policy import Policy

    Ints = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

Which = Literal["duties", "all"]
Engine = Literal["auto", "columns", "compiled", "reference"]
_LOOK = 64
_MET = 10_000
_WHY = tuple(Why)
_SINGLE = frozenset({"compiled", "reference"})


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of every case; it can be sent to another process.

    Args:
        policies: judge side by side.
        readings: by policy, an option for each reading that is not to be answered by its default.
        columns: what the columns of both tables mean.
        cases, events: the shapes of the tables.
        as_of: the instant asked about, in microseconds UTC; `NONE` where each case has its own.
        known_at: only what was recorded by then is there; `NONE` for what each case says.
        rows: `duties` leaves out provisions without a duty.
        gaps: whether gaps are asked for.
        engine: `columns` (or `auto`), or the evaluator that judges every case on its own.
        few: whether there are too few cases for columns to be worth their start.
    """

    policies: tuple[Policy, ...]
    readings: Mapping[str, Mapping[str, str]]
    columns: BatchColumns
    cases: Shape
    events: Shape | None
    as_of: int = NONE
    known_at: int = NONE
    rows: Which = "duties"
    gaps: bool = True
    engine: Engine = "auto"
    few: bool = False


class Part(NamedTuple):
    """The answers for some cases, in the order of the cases.

    Args:
        duties: a table with the columns of :data:`policyengine.batch.rows.DUTIES`.
        gaps: one with those of :data:`policyengine.batch.rows.GAPS`.
        faults: one with those of :data:`policyengine.batch.faults.SCHEMA`.
        coverage: how many cases there were, and how they were judged.
    """

    duties: Any
    gaps: Any
    faults: Any
    coverage: Coverage


class Judge:
    """Answers cases; made once in each process."""

    def __init__(self, asking: Asking, stopped: Callable[[], bool] = lambda: False) -> None:
        """Answer what *asking* asks; give up once it is *stopped*."""
        self.asking, self.stopped = asking, stopped
        is_text = asking.cases.is_text or (asking.events is not None and asking.events.is_text)
        checker, times = Checker(asking.policies), Times(asking.columns.zone, is_text=is_text)
        self._decoder = Decoder(asking.columns, checker, (asking.cases, asking.events), times)
        self.words = Words.of(asking.policies)
        self.desks = [Desk(place, asking, self.words) for place in range(len(asking.policies))]

    def part(self, rows: Rows) -> Part:
        """Return the answers for the cases of *rows*.

        Raises:
            KeyboardInterrupt: it was stopped.
        """
        return _Cases(self, self._decoder.decoded(rows)).part()


class Desk:
    """One of the policies, with what was found out about it before any case."""

    def __init__(self, place: int, asking: Asking, words: Words) -> None:
        """Lay out the policy that has the *place*."""
        self.policy = asking.policies[place]
        self.readings = asking.readings.get(self.policy.id)
        self.layout = layout(self.policy, self.readings)
        self.room = Room(self.layout)
        self.coverage = PolicyCoverage.of(self.layout)
        self.rows = ColumnarRows(self.layout, place, words, every=asking.rows == "all")
        self.dormant = Dormant(self.layout)
        self.gaps = Gaps(self.policy, self.readings, self.layout)
        self.met: dict[tuple[object, ...], tuple[GapRow, ...]] = {}


class _Cases:
    """The cases of one part, on their way through the policies."""

    def __init__(self, judge: Judge, decoded: Decoded) -> None:
        self._asking, self._judge, self._decoded = judge.asking, judge, decoded
        self._builder = Builder(decoded)
        self._as_of = self._instants()
        self._singles = SingleRows(judge.words, every=judge.asking.rows == "all")
        self._gaps = GapRows(judge.words)

    def part(self) -> Part:
        decoded, desks = self._decoded, self._judge.desks
        ways = [_Way(desk, *self._way(desk)) for desk in desks]
        self._alone(ways)
        good = ~decoded.bad
        blocks = []
        for way in ways:
            if way.judged is not None:
                wanted = good & (way.why == 0)
                blocks.append(way.desk.rows.block(way.judged, decoded.log.at, self._as_of, wanted))
        coverage = Coverage(
            cases=len(decoded),
            answered=int(good.sum()),
            kept_back=int((~good).sum()),
            events=len(decoded.log.at),
            faults=len(decoded.faults),
            policies=FrozenMap({each.desk.policy.id: each.coverage(good) for each in ways}),
        )
        return Part(
            duty_table([*blocks, self._singles.block()], decoded.ids, self._judge.words),
            self._gaps.table(decoded.ids, good),
            fault_table(sorted(decoded.faults, key=Fault.order)),
            coverage,
        )

    def _instants(self) -> Ints:
        """Return the instants asked about, and note the cases that have none."""
        decoded = self._decoded
        if self._asking.as_of != NONE:
            return np.full(len(decoded), self._asking.as_of)
        faulty = {each.row for each in decoded.faults if each.table == CASES}
        for row in np.flatnonzero(decoded.as_of == NONE):
            if int(decoded.rows[row]) not in faulty:
                self._keep_back(int(row), diagnostic("PE603"))
        return decoded.as_of

    def _keep_back(self, case: int, fault: Diagnostic) -> None:
        """Note what is wrong with a case, at the row of its event where the fault has one."""
        decoded = self._decoded
        decoded.bad[case] = True
        place = int(decoded.rows[case])
        span = fault.span
        table, row = (CASES, place) if span is None else (span.file, span.line - 1)
        decoded.faults.append(Fault(table, row, "", decoded.ids[case].as_py(), fault, place))

    def _way(self, desk: Desk) -> tuple[npt.NDArray[np.int8], Judged | None]:
        """Return why each case is judged on its own, and what columns answer of the others."""
        decoded, asking = self._decoded, self._asking
        why = np.zeros(len(decoded), np.int8)
        odd = amended(decoded) | (asking.known_at != NONE)
        if asking.few or asking.engine in _SINGLE:
            why[:] = _code(Why.FEW if asking.few else Why.ASKED)
            return why, None
        if desk.coverage.others:
            everywhere = asking.rows == "all" or desk.dormant.always_awake
            why[everywhere | desk.dormant.awake(decoded, self._as_of)] = _code(Why.PROVISIONS)
        why[odd] = _code(Why.AMENDED)
        why[decoded.agency] = _code(Why.AGENCY)
        if why.all():
            return why, None
        judged = judge(desk.layout, chunk(decoded, desk.layout, self._as_of, why != 0), desk.room)
        why[(why == 0) & judged.left.any(axis=0)] = _code(Why.DECLINED)
        if asking.gaps and desk.gaps:
            self._meet(desk, why, judged)
        return why, judged

    def _meet(self, desk: Desk, why: npt.NDArray[np.int8], judged: Judged) -> None:
        """Add the gaps of the cases that columns answer: of many alike at once, of the others case by case."""
        wanted = (why == 0) & ~self._decoded.bad
        alike = desk.gaps.alike(self._decoded, self._as_of, judged, wanted)
        for case in np.flatnonzero(wanted & (alike.group < 0)):
            try:
                met = self._question(int(case)).gaps(desk.policy, desk.readings)
            except CaseError as error:
                for fault in error.diagnostics:
                    self._keep_back(int(case), fault)
            else:
                self._gaps.add(np.array([case]), desk.policy.id, met)
        order = np.argsort(alike.group, kind="stable")
        starts = np.searchsorted(alike.group[order], np.arange(len(alike.first) + 1))
        for group, (first, key) in enumerate(zip(alike.first, alike.keys, strict=True)):
            if key not in desk.met:
                if len(desk.met) >= _MET:
                    desk.met.clear()
                desk.met[key] = self._question(int(first)).gaps(desk.policy, desk.readings)
            self._gaps.add(order[starts[group] : starts[group + 1]], desk.policy.id, desk.met[key])

    def _alone(self, ways: Sequence[_Way]) -> None:
        """Judge on their own the cases that columns leave under any policy."""
        left = np.any([each.why != 0 for each in ways], axis=0) & ~self._decoded.bad
        for count, case in enumerate(np.flatnonzero(left)):
            if count % _LOOK == 0 and self._judge.stopped():
                raise KeyboardInterrupt
            question = self._question(int(case))
            answers: list[Assessment] = []
            faults: dict[Diagnostic, None] = {}
            for each in ways:
                if each.why[case]:
                    try:
                        answers.append(question.answer(each.desk.policy, each.desk.readings))
                    except CaseError as error:
                        faults |= dict.fromkeys(error.diagnostics)
            for fault in faults:
                self._keep_back(int(case), fault)
            for answer in () if faults else answers:
                self._singles.add(int(case), answer)
                if self._asking.gaps:
                    self._gaps.add(np.array([case]), answer.policy, answer.gaps)

    def _question(self, case: int) -> Question:
        asking = self._asking
        known_at = None if asking.known_at == NONE else Instant(asking.known_at)
        evaluator: EvaluatorName = "reference" if asking.engine == "reference" else "compiled"
        as_of = Instant(int(self._as_of[case]))
        return Question(self._builder.case(case), as_of, known_at, "reference", asking.policies, evaluator)


class _Way(NamedTuple):
    """How the cases are judged by one policy: by columns where `why` is 0, else on their own, for that reason."""

    desk: Desk
    why: npt.NDArray[np.int8]
    judged: Judged | None

    def coverage(self, good: Mask) -> PolicyCoverage:
        counts = np.bincount(self.why[good], minlength=len(_WHY) + 1)
        alone = {str(why): int(counts[_code(why)]) for why in _WHY if counts[_code(why)]}
        return replace(self.desk.coverage, in_columns=int(counts[0]), alone=FrozenMap(alone))


def _code(why: Why) -> int:
    """Return the code of a reason; 0 is none."""
    return _WHY.index(why) + 1
