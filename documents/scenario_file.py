"""A calculator's numbers as a JSON file, and back: the query form of a link, with a format, a version and a calculator.

    {"format": "two-funnels/scenario", "version": 1, "calculator": "money", "scenario": {"v": "1", "from": "base"}}

What comes in is a stranger's until it is read: its size and depth are checked before it is parsed, and every number goes
through the codecs of `funnel.links.scenario`, which take nothing that the calculator could not hold.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from documents.incoming.decoding import Unreadable, open_text
from funnel import calculators
from funnel.links import scenario

FORMAT = "two-funnels/scenario"
VERSION = 1
MAX_BYTES = 2 * 2**20  # the longest that a calculator writes has some tens of kilobytes
MAX_DEPTH = 8  # ours has two levels
MAX_KEYS = 200

#: Why a file is no scenario of ours; codes of `documents.incoming.decoding.REFUSALS` come besides.
CODES = ("json-broken", "json-deep", "json-other", "json-newer", "json-calculator", "json-shape")


@dataclass(frozen=True)
class Opened:
    """Hold a scenario that was read: its calculator, valid inputs, and what had to be dropped or changed for that."""

    calculator: str
    inputs: Any
    changes: tuple[scenario.Change, ...] = ()


def write(calculator: str, inputs: Any) -> bytes:
    """Return the file; the same inputs always give the same bytes. Raises KeyError for what is no calculator."""
    if not isinstance(inputs, calculators.model(calculator).Inputs):
        raise KeyError(f"these are no inputs of {calculator}")
    content = {
        "format": FORMAT,
        "version": VERSION,
        "calculator": calculator,
        "scenario": scenario.encode(inputs),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def looks_like_json(data: bytes | str, name: str = "") -> bool:
    """Say whether something calls itself JSON, by its name, or is an object of JSON by its beginning."""
    head = data[:200].decode("utf-8-sig", "replace") if isinstance(data, bytes) else data[:200]
    return name.lower().endswith(".json") or head.lstrip("\ufeff \t\r\n").startswith(("{", '[{"'))


def says_ours(data: bytes | str) -> bool:
    """Say whether JSON claims to be a file of ours: everybody else's is left to others.

    >>> says_ours('{"format": "two-funnels/scenario"}'), says_ours('{"event": "visit"}')
    (True, False)
    """
    head = data[:4096]
    if isinstance(head, bytes):
        head = head.replace(b"\0", b"").decode("utf-8", "replace")
    return f'"{FORMAT}"' in head


def read(data: bytes | str) -> Opened:
    """Open a file, or its text. Raises Unreadable with a code of CODES or REFUSALS; never anything else.

    >>> read(write("money", calculators.begin("money"))).calculator
    'money'
    """
    if len(data) > MAX_BYTES:
        raise Unreadable("too-big", len(data))
    content = _parse(bytes(open_text(data).data).decode("utf-8", "replace"))
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise Unreadable("json-other")
    version = content.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Unreadable("json-shape")
    if version > VERSION:
        raise Unreadable("json-newer")
    return open_scenario(content.get("calculator"), content.get("scenario"))


def open_scenario(calculator: Any, texts: Any) -> Opened:
    """Return valid inputs from a slug and the texts of a link, whatever they are. Raises Unreadable."""
    if not isinstance(calculator, str) or calculator not in calculators.slugs():
        raise Unreadable("json-calculator")
    if not isinstance(texts, dict) or len(texts) > MAX_KEYS:
        raise Unreadable("json-shape")
    if not all(isinstance(key, str) and isinstance(text, str) for key, text in texts.items()):
        raise Unreadable("json-shape")
    decoded = scenario.decode(calculators.model(calculator).Inputs, texts)
    return Opened(calculator, decoded.inputs, tuple(decoded.changes))


def _parse(text: str) -> Any:
    if _depth(text) > MAX_DEPTH:
        raise Unreadable("json-deep")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # ValueError: also for a number of thousands of digits
        raise Unreadable("json-broken") from None


_SIGNS = re.compile(r'\\.|["\[\]{}]', re.DOTALL)


def _depth(text: str) -> int:
    """Return how deep the brackets lie that do not stand in a text: a parser that recurses would overflow first."""
    depth = deepest = 0
    quoted = False
    for hit in _SIGNS.finditer(text):
        sign = hit[0]
        if sign == '"':
            quoted = not quoted
        elif not quoted:
            depth += (sign in "[{") - (sign in "]}")
            deepest = max(deepest, depth)
    return deepest
