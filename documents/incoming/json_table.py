"""JSON of anybody's tool -> the same as text, a row an object: an array, one object a line, or a list inside an object.

What is nested gets a heading with points between: "properties.distinct_id". Lists and what is nested deeper stay JSON.
"""

from __future__ import annotations

import io
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from documents.incoming.decoding import Text, Unreadable
from documents.incoming.layouts import MAX_COLUMNS, quoted

MAX_ROWS = 2_000_000
_LOOKED_AT = 2_000  # rows whose keys are looked at before columns are chosen
_DEPTH = 4
_BETWEEN = re.compile(r"[\s,\x1e\ufeff]*")


def is_json(text: Text) -> bool:
    """Say whether a text begins like JSON that may hold rows.

    >>> from documents.incoming.decoding import open_text
    >>> is_json(open_text('  [{"a": 1}]')), is_json(open_text("[a],b"))
    (True, False)
    """
    start = bytes(text.data[:4096]).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"{":
        return start[1:].lstrip()[:1] in (b'"', b"}")
    return start[:1] == b"[" and start[1:].lstrip()[:1] in (b"{", b"[", b"]")


def as_table(text: Text) -> Text:
    """Return the rows of a JSON text as tab-separated text with headings. Raises Unreadable.

    >>> from documents.incoming.decoding import open_text
    >>> bytes(as_table(open_text('{"event": "visit", "properties": {"time": 5}}\\n{"event": "buy"}')).data)
    b'event\\tproperties.time\\nvisit\\t5\\nbuy\\t\\n'
    """
    rows = (dict(_flat(one)) for one in _objects(bytes(text.data).decode("utf-8", "replace")))
    first = list(itertools.islice(rows, _LOOKED_AT))
    often = Counter(name for row in first for name in row)
    names = list(often)
    if not names:
        raise Unreadable("json-no-rows")
    if len(names) > MAX_COLUMNS:
        names = sorted(sorted(names, key=lambda name: -often[name])[:MAX_COLUMNS], key=names.index)
    out = io.StringIO()
    out.write("\t".join(map(_cell, names)) + "\n")
    for row in itertools.chain(first, itertools.islice(rows, MAX_ROWS)):
        out.write("\t".join([_cell(row.get(name)) for name in names]) + "\n")
    return Text(memoryview(out.getvalue().encode("utf-8", "replace")), text.encoding)


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of an array, of lines, or of the longest list inside a single object."""
    whole = _values(text)
    first = next(whole, None)
    second = next(whole, None)
    if isinstance(first, dict) and second is None:
        lists = list(_lists(first, 2))
        numbers = sum(isinstance(value, int | float) for value in first.values())
        if lists or 2 * numbers > len(first):  # stages and counts as one object
            yield from _of(max(lists, key=len)) if lists else [first]
    else:
        yield from _of(one for one in itertools.chain([first, second], whole))


def _values(text: str) -> Iterator[Any]:
    """Yield what stands in an outer array, or one behind the other. A broken line is left out, as long as most are whole."""
    decode = json.JSONDecoder(parse_constant=lambda _name: None).raw_decode
    at, found, broken = _BETWEEN.match(text).end(), 0, 0
    if text.startswith("[", at):
        at += 1
    while (at := _BETWEEN.match(text, at).end()) < len(text) and not text.startswith("]", at):
        try:
            value, at = decode(text, at)
        except RecursionError:
            raise Unreadable("json-deep") from None
        except ValueError:
            broken += 1
            following = text.find("\n", at)
            if following < 0 or broken > 20 + found:
                break
            at = following
        else:
            found += 1
            yield value
    if broken > found:
        raise Unreadable("json-broken")


def _lists(found: dict[str, Any], deep: int) -> Iterator[list[Any]]:
    for value in found.values():
        if isinstance(value, list) and value and isinstance(value[0], dict | list):
            yield value
        elif isinstance(value, dict) and deep:
            yield from _lists(value, deep - 1)


def _of(found: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Yield the objects; of lists, the first holds the headings."""
    heads: list[str] | None = None
    for one in found:
        if isinstance(one, dict):
            yield one
        elif isinstance(one, list):
            if heads is None:
                heads = [str(head) for head in one]
            else:
                yield dict(zip(heads, one, strict=False))


def _flat(found: dict[str, Any], before: str = "", deep: int = 0) -> Iterator[tuple[str, Any]]:
    for key, value in found.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and value and deep < _DEPTH:
            yield from _flat(value, f"{name}.", deep + 1)
        else:
            yield name, value


def _cell(value: Any) -> str:
    if type(value) is str:
        text = value
    elif value is None:
        return ""
    elif isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    else:
        text = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
    if not text.isalnum() and ("\t" in text or "\n" in text or "\r" in text or '"' in text):
        text = " ".join(text.split())
        return quoted(text) if '"' in text else text
    return text
