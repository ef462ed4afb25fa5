"""The learner's own funnel as a JSON file, and back; what comes in is a stranger's until it is read."""

from __future__ import annotations

import json

from documents.incoming.decoding import Unreadable, open_text
from funnel.figures.mine import Mine
from funnel.links import scenario

FORMAT = "two-funnels/mine"
VERSION = 1
MAX_BYTES = 200_000  # the longest that is written has some five kilobytes


def write(mine: Mine) -> bytes:
    """Return the file; the same record always gives the same bytes.

    >>> read(write(Mine())) == Mine()
    True
    """
    content = {"format": FORMAT, "version": VERSION, "mine": scenario.encode(mine)}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def read(data: bytes) -> Mine | None:
    """Return the record in a file; None for whatever is none of ours."""
    if len(data) > MAX_BYTES:
        return None
    try:
        content = json.loads(bytes(open_text(data).data).decode("utf-8", "replace"))
    except (Unreadable, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or content.get("format") != FORMAT or not isinstance(content.get("mine"), dict):
        return None
    texts = {key: value for key, value in content["mine"].items() if isinstance(key, str) and isinstance(value, str)}
    return scenario.decode(Mine, texts).inputs
