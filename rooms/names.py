"""What a person in a room is called: one number is the same name in every language, the adjective in the name's gender."""

from __future__ import annotations

import tomllib
from typing import Any

from i18n.languages import cached_per_root, content_root

NAMES, ADJECTIVES = 40, 22
#: How many different names there are.
ALIASES = NAMES * ADJECTIVES
_STRIDE = 387  # no common factor with 880: neighbours in the order of joining share neither noun nor adjective


@cached_per_root
def _lists(code: str) -> dict[str, Any]:
    path = content_root() / code / "aliases.toml"
    if not path.exists():
        path = content_root() / "en" / "aliases.toml"
    return tomllib.loads(path.read_text("utf-8"))


def alias(number: int, code: str) -> str:
    """Return the name of a number (taken modulo ``ALIASES``) in a language.

    >>> [alias(2, code) for code in ("en", "fa", "ar")]
    ['Calm Butterfly', 'پروانهٔ آرام', 'فراشة هادئة']
    """
    lists = _lists(code)
    name = lists["names"][number % NAMES]
    adjective = lists["adjectives"][number // NAMES % ADJECTIVES]
    if isinstance(name, list):
        name, gender = name
        adjective = adjective[gender == "f"]
    return lists["pattern"] % {"name": name, "adjective": adjective}


def numbered(seed: int, seat: int) -> int:
    """Return the alias number of a seat (from 0) in a room with this seed: different for the first ``ALIASES`` seats.

    >>> len({numbered(7, seat) for seat in range(ALIASES)}) == ALIASES
    True
    """
    return (seed + seat * _STRIDE) % ALIASES
