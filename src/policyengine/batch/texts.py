"""Columns of text, however they are stored: plain, large, views or dictionaries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    import numpy.typing as npt

Array = Any
"""An array of pyarrow, which has no types for us."""
_VIEWS = {pa.string_view(): pa.large_string(), pa.binary_view(): pa.large_binary()}


def without_views(rows: Any) -> Any:  # noqa: ANN401 - rows of pyarrow
    """Return *rows* with plain columns in place of views, for which most of pyarrow's functions do not exist."""
    kinds = [_without_views(each) for each in rows.schema.types]
    if kinds == rows.schema.types:
        return rows
    columns = [column.cast(kind) for column, kind in zip(rows.columns, kinds, strict=True)]
    return pa.RecordBatch.from_arrays(columns, names=rows.schema.names)


def _without_views(kind: Any) -> Any:  # noqa: ANN401 - types of pyarrow
    types = pa.types
    if types.is_dictionary(kind):
        return pa.dictionary(kind.index_type, _without_views(kind.value_type), kind.ordered)
    if types.is_list(kind) or types.is_large_list(kind):
        inner = _without_views(kind.value_type)
        return pa.list_(inner) if types.is_list(kind) else pa.large_list(inner)
    if types.is_struct(kind):
        return pa.struct([(each.name, _without_views(each.type)) for each in kind])
    if types.is_map(kind):
        return pa.map_(_without_views(kind.key_type), _without_views(kind.item_type))
    return _VIEWS.get(kind, kind)


class Encoded(NamedTuple):
    """A column as places in a list of its values.

    Args:
        places: int32[n]; -1 where the cell is null.
        values: the values, as an array; some of them may be used nowhere.
    """

    places: npt.NDArray[np.int32]
    values: Array

    def used(self) -> npt.NDArray[np.int64]:
        """Return the places that are used, ascending."""
        counts = np.bincount(self.places + 1, minlength=1)
        return np.flatnonzero(counts[1:])


def is_text(kind: Any) -> bool:  # noqa: ANN401 - a type of pyarrow
    """Tell whether a column of type *kind* holds text, encoded or not."""
    types = pa.types
    if types.is_dictionary(kind):
        return is_text(kind.value_type)
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def plain(column: Array) -> Array:
    """Return *column* as one array, without views, for which most of pyarrow's functions do not exist."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    wide = _VIEWS.get(column.type)
    return column if wide is None else column.cast(wide)


def encoded(column: Array) -> Encoded:
    """Return *column* as places in the list of its values."""
    column = plain(column)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    values = plain(column.dictionary)
    places = _filled(column.indices, -1).astype(np.int32)
    if values.null_count:
        lost = np.asarray(values.is_null())
        places = np.where(lost[places] & (places >= 0), np.int32(-1), places)
    return Encoded(places, values)


def _filled(indices: Array, other: int) -> npt.NDArray[np.int64]:
    if indices.null_count:
        indices = indices.cast(pa.int64()).fill_null(other)
    found: npt.NDArray[np.int64] = np.asarray(indices).astype(np.int64, copy=False)
    return found


def texts(column: Array) -> Array:
    """Return the cells of *column* as plain text without spaces around it; null where it says nothing.

    Whole numbers are the text of their digits. The type is `large_string`, whatever the column's is.
    """
    column = plain(column)
    if pa.types.is_dictionary(column.type):
        if not len(column.dictionary):
            return pa.nulls(len(column), pa.large_string())
        return texts(column.dictionary).take(column.indices)
    if pa.types.is_null(column.type):
        return pa.nulls(len(column), pa.large_string())
    column = column.cast(pa.large_string())
    if not len(column):
        return column
    trim = pc.ascii_trim_whitespace if pc.all(pc.string_is_ascii(column)).as_py() else pc.utf8_trim_whitespace
    column = trim(column)
    empty = pc.equal(pc.binary_length(column), 0)
    return pc.if_else(empty, pa.scalar(None, pa.large_string()), column) if pc.any(empty).as_py() else column
