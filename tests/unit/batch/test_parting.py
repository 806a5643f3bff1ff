"""Events are looked up many at a time."""

from __future__ import annotations

from itertools import chain

import pyarrow as pa
import pytest

from policyengine import batch
from policyengine.batch import parting
from tests.support.cases import policy_named


def _batches(*sizes: int) -> list[pa.RecordBatch]:
    return [pa.record_batch({"a": list(range(size))}) for size in sizes]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        pytest.param((), [], id="nothing"),
        pytest.param((1, 2), [[1, 2]], id="all that there are"),
        pytest.param((4, 1), [[4], [1]], id="enough at once"),
        pytest.param((1, 1, 1, 1, 1), [[1, 1, 1], [1, 1]], id="by and by"),
        pytest.param((0, 0, 9, 0), [[0, 0, 9], [0]], id="empty ones"),
    ],
)
def test_batches_are_gathered_until_there_are_enough_rows(sizes: tuple[int, ...], expected: list[list[int]]) -> None:
    given = _batches(*sizes)
    found = list(parting.gathered(given, 3))
    assert [[each.num_rows for each in some] for some in found] == expected
    assert all(one is other for one, other in zip(chain.from_iterable(found), given, strict=True))


def test_how_many_are_looked_up_at_a_time_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = pa.table({"case": [f"c{number}" for number in range(50)]})
    events = pa.table(
        {
            "case": [f"c{number * 7 % 60}" for number in range(200)],  # ten of sixty are nobody's
            "type": ["detected"] * 200,
            "at": [f"2025-10-08T{number % 24:02}:00:00Z" for number in range(200)],
        }
    )
    asked = {"as_of": "2025-10-10T00:00:00Z", "engine": "columns"}
    expected = batch.evaluate(policy_named("changzhi"), cases, events, **asked)  # type: ignore[arg-type]
    monkeypatch.setattr(parting, "_LOOKED_UP", 1)
    found = batch.evaluate(policy_named("changzhi"), cases, events, **asked)  # type: ignore[arg-type]
    assert found.duties.equals(expected.duties)
    assert found.faults.equals(expected.faults)
    assert expected.faults.num_rows > 0
