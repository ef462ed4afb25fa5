"""Chance that never changes: a 32-bit generator of six lines, equal in Python and in a browser's JavaScript.

Python promises ``random.Random(seed).random()`` alone, and a browser has nothing that can be seeded. In JavaScript, with
``s`` the first four bytes of the key's SHA-256, big endian::

    s = (s + 0x6D2B79F5) >>> 0; let t = s;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_ALL = 0xFFFFFFFF


class Chance:
    """Random draws that follow from a key, such as ``conv-overall.1.4711`` (generator, version, seed)."""

    def __init__(self, key: str) -> None:
        self._state = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big")

    def unit(self) -> float:
        """Return the next number, 0 <= x < 1 (the generator known as mulberry32).

        >>> Chance("conv-step.1.8271").unit()
        0.3552488856948912
        """
        self._state = (self._state + 0x6D2B79F5) & _ALL
        t = self._state
        t = ((t ^ (t >> 15)) * (t | 1)) & _ALL
        t ^= (t + (((t ^ (t >> 7)) * (t | 61)) & _ALL)) & _ALL
        return ((t ^ (t >> 14)) & _ALL) / 4294967296

    def below(self, n: int) -> int:
        """Return a whole number from 0 to n - 1."""
        return int(self.unit() * n)

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options."""
        return options[int(self.unit() * len(options))]

    def whole(self, low: int, high: int, step: int = 1) -> int:
        """Return one of low, low + step, ..., at most high."""
        return low + step * int(self.unit() * ((high - low) // step + 1))

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in another order (Fisher and Yates, from the end)."""
        out = list(items)
        for i in range(len(out) - 1, 0, -1):
            j = self.below(i + 1)
            out[i], out[j] = out[j], out[i]
        return out

    def sample(self, items: Sequence[T], n: int) -> list[T]:
        """Return n different items."""
        return self.shuffled(items)[:n]

    def bell(self) -> float:
        """Return a number with mean 0 and deviation 1, bell-shaped: twelve draws less six."""
        return sum(self.unit() for _ in range(12)) - 6

    def weighted(self, weights: dict[str, float]) -> str:
        """Return a key, each as often as its weight says."""
        at, x = 0.0, self.unit() * sum(weights.values())
        for name, weight in weights.items():
            at += weight
            if x < at:
                return name
        return name
