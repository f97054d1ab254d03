"""Columns of texts in whatever type Arrow has for them: plain, large, views, dictionaries, nulls alone."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa


def take(column: pa.Array, places: Sequence[int]) -> pa.Array:
    """The values of a column at these places."""
    try:
        return column.take(pa.array(places, pa.int32()))
    except pa.ArrowNotImplementedError:  # of a view, as Polars has its strings
        return pa.concat_arrays([column.slice(0, 0), *(column.slice(at, 1) for at in places)])


def find_plain(kind: pa.DataType) -> pa.DataType:
    """The type of a column of texts once it is no dictionary, no view and no column of nulls alone."""
    if pa.types.is_dictionary(kind):
        return find_plain(kind.value_type)
    if pa.types.is_binary_view(kind):
        return pa.binary()
    return pa.string() if pa.types.is_string_view(kind) or pa.types.is_null(kind) else kind


def unfold(column: pa.Array) -> pa.Array:
    """A column of texts in its plain type."""
    if isinstance(column, pa.DictionaryArray):
        column = pa.DictionaryArray.from_arrays(column.indices, unfold(column.dictionary))
    return column.cast(find_plain(column.type))


def is_string(kind: pa.DataType) -> bool:
    """Whether values of this type are strings, however long."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def is_binary(kind: pa.DataType) -> bool:
    """Whether values of this type are bytes, however many."""
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind))
