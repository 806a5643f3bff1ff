"""A file is there whole or not at all, even where the writing of it is stopped before it has begun."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from policyengine.batch.evaluating import _begun
from policyengine.batch.writing import Writing

if TYPE_CHECKING:
    from pathlib import Path


def test_an_interruption_while_a_file_is_begun_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(path: Path, *_: object, **__: object) -> None:
        path.write_bytes(b"PAR1")
        raise KeyboardInterrupt

    monkeypatch.setattr(pq, "ParquetWriter", stopped)
    with pytest.raises(KeyboardInterrupt), ExitStack() as stack:
        _begun(Writing(tmp_path / "gaps.parquet", pa.schema([("case", pa.string())])), stack)
    assert list(tmp_path.iterdir()) == []
