"""Columns of texts -> codes: the same text the same number, also where it is written in another script."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from documents.folding import fold_digits


def coded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """Return a column as one array of codes."""
    if not pa.types.is_dictionary(column.type):
        return pa.concat_arrays(column.chunks).dictionary_encode()  # by chunks it would cost seven times as much
    return pa.concat_arrays(column.unify_dictionaries().chunks)


def codes_of(held: pa.DictionaryArray) -> np.ndarray:
    """Return the codes of a coded column."""
    return held.indices.to_numpy(zero_copy_only=False)


def _ascii(texts: pa.Array) -> bool:
    data = texts.buffers()[2]
    return data is None or not data.size or int(np.frombuffer(data, np.uint8).max()) < 128


def people_codes(column: pa.ChunkedArray) -> tuple[np.ndarray, int | None]:
    """Return each row's person as a code, and the code of an empty cell.

    Spaces at the ends, invisible marks and the script of digits make no other person; capital letters do.
    """
    if (short := _short(column)) is not None:
        return short
    held = coded(column)
    known = held.dictionary
    same = pc.utf8_trim_whitespace(known)
    if not _ascii(same):
        text = "\n".join(one.replace("\n", " ") for one in same.to_pylist())
        same = pa.array(_folded(text).split("\n"), pa.string())
    codes = codes_of(held)
    if not same.equals(known):
        again = same.dictionary_encode()
        codes, known = codes_of(again)[codes], again.dictionary
    empty = pc.index(known, "").as_py()
    return codes, None if empty < 0 else empty


def _short(column: pa.ChunkedArray) -> tuple[np.ndarray, int | None] | None:
    """Do the same for plain texts of at most eight bytes, as numbers: that takes a third of the time. None for others."""
    if not pa.types.is_string(column.type):
        return None
    texts = pa.concat_arrays(column.chunks)
    _valid, offsets, data = texts.buffers()
    if data is None or data.size < 8:
        return None
    starts = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    lengths = np.diff(starts)
    if lengths.max() > 8:
        return None
    # Eight bytes from every place on: texts that begin nearer to the end than that are mended below.
    places = data.size - 7
    words = np.ndarray((places,), "<u8", data, strides=(1,)).take(starts[:-1], mode="clip")
    for i in np.flatnonzero((starts[:-1] >= places) & (lengths > 0)).tolist():
        words[i] = int.from_bytes(bytes(data[starts[i] : starts[i + 1]]), "little")
    words &= np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64).take(lengths)
    held = pa.array(words.view(np.int64)).dictionary_encode()
    known = held.dictionary.to_numpy()
    found = known.view(np.uint8)
    if found.max() > 127 or ((found > 0) & (found < 33)).any():
        return None
    empty = np.flatnonzero(known == 0)
    return codes_of(held), int(empty[0]) if len(empty) else None


def _folded(text: str) -> str:
    """Return ids, a line each, in one spelling, capital letters kept."""
    return fold_digits(text).translate(_PERSON)


_PERSON = {
    ord("ي"): "ی",
    ord("ى"): "ی",
    ord("ك"): "ک",
    **dict.fromkeys(map(ord, "\u061c\u200e\u200f\u200b\ufeff"), None),
}
