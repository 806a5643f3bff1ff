"""Rows of one partition of Spark -> whole cases, however the batches are cut. Needs no Spark."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest

pytest.importorskip("numpy")
import policyengine as pe
from policyengine import batch
from policyengine.batch import partition
from policyengine.batch.partition import KEY, whole_cases
from policyengine.batch.spark import _SPACES


def _batches(keys: str, size: int) -> list[pa.RecordBatch]:
    """Return a row for each letter, `-` for one without a case, in batches of *size* rows."""
    column = pa.array([None if each == "-" else each for each in keys], pa.string())
    return list(pa.table({KEY: column, "place": pa.array(range(len(keys)))}).to_batches(max_chunksize=size))


@pytest.mark.parametrize("size", [1, 2, 3, 100])
@pytest.mark.parametrize("least", [1, 2, 5, 100])
@pytest.mark.parametrize("keys", ["", "a", "-", "ab", "aab", "---aab", "aaaaaaaaaab", "abbbbbbbbcdddd", "----------"])
def test_no_case_is_cut_and_no_row_lost(keys: str, least: int, size: int) -> None:
    parts = list(whole_cases(_batches(keys, size), least))
    assert [row for part in parts for row in part["place"].to_pylist()] == list(range(len(keys)))
    cases = [{*part[KEY].to_pylist()} - {None} for part in parts]
    assert sum(map(len, cases)) == len({*keys} - {"-"})


def test_rows_without_a_case_do_not_pile_up() -> None:
    parts = whole_cases(_batches("-" * 1000, 10), 50)
    assert max(part.num_rows for part in parts) <= 60


def test_chunks_end_soon_after_they_are_long_enough() -> None:
    keys = "".join(letter * 10 for letter in "abcdefghijklmnopqrstuvwxyz")
    assert max(part.num_rows for part in whole_cases(_batches(keys, 4), 30)) <= 44


def test_a_batch_without_rows_is_nothing() -> None:
    empty = _batches("a", 1)[0].slice(0, 0)
    parts = list(whole_cases([empty, *_batches("aab", 2), empty], 1))
    assert [part[KEY].to_pylist() for part in parts] == [["a", "a", "b"]]


def test_workers_of_another_release_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else their answers could be others, and nobody would know."""
    with batch.stream(pe.load("changzhi"), pa.table({"case": ["a"]}), as_of="2025-10-10T00:00:00+08:00") as asked:
        sent = partition.packed(asked.asking)
    monkeypatch.setattr(partition, "version", lambda _: "0.0.7")
    with pytest.raises(partition.PartitionError, match=r"where the job was described, and 0\.0\.7 on a worker"):
        list(partition.answers(sent, []))


def test_whatever_is_no_part_of_an_id_is_none_of_its_key() -> None:
    """Else rows of one case would be dealt to two partitions."""
    every = pa.array([chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000])
    trimmed = every.filter(pc.equal(pc.utf8_length(pc.utf8_trim_whitespace(every)), 0))
    assert {*trimmed.to_pylist()} <= {*_SPACES}
