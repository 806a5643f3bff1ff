"""An agenda does what a plain mapping from cases to instants does, whatever is put in and taken out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policyengine.monitor.agenda import Agenda

NUMBERS, INSTANTS = st.integers(0, 9), st.integers(0, 20)
PUT = st.tuples(st.just("put"), NUMBERS, st.none() | INSTANTS)
LOOK = st.tuples(st.sampled_from(("until", "take", "first")), st.just(0), INSTANTS)


@given(st.lists(PUT | LOOK, max_size=300))
def test_it_is_as_a_mapping_would_have_it(steps: list[tuple[str, int, int | None]]) -> None:
    agenda, plain = Agenda(), dict[int, int]()
    for what, number, instant in steps:
        if what == "put":
            agenda.put(number, instant)
            plain.pop(number, None)
            plain.update({} if instant is None else {number: instant})
        elif what == "first":
            assert agenda.first() == min(((at, each) for each, at in plain.items()), default=None)
        elif instant is not None:
            due = [each for each, at in plain.items() if at <= instant]
            found = list(agenda.take(instant) if what == "take" else agenda.until(instant))
            assert sorted(found) == sorted(due)
            if what == "take":
                taken = [plain.pop(each) for each in found]
                assert taken == sorted(taken)


def test_it_does_not_grow_with_what_no_longer_holds() -> None:
    agenda = Agenda()
    for instant in range(10_000):
        agenda.put(instant % 3, instant)
    assert len(agenda._heap) < 100  # noqa: SLF001 - what it holds is the point
    assert sorted(agenda.until(20_000)) == [0, 1, 2]
