"""How often somebody may do something: a bucket of tokens for each key, in bounded memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

MOST_KEYS = 20_000


class Limit:
    """Let each key do ``burst`` things at once and ``per_second`` after that."""

    def __init__(self, per_second: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_second, self.burst, self._clock = per_second, burst, clock
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def spare(self, key: Hashable) -> bool:
        """Say whether the key may do it once more, without counting it."""
        return self._now(key)[0] >= 1

    def take(self, key: Hashable) -> bool:
        """Count one; say whether it was allowed."""
        left, now = self._now(key)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, now)
        self._left.move_to_end(key)
        while len(self._left) > MOST_KEYS:
            self._left.popitem(last=False)
        return allowed

    def _now(self, key: Hashable) -> tuple[float, float]:
        now = self._clock()
        left, since = self._left.get(key, (self.burst, now))
        return min(self.burst, left + (now - since) * self.per_second), now
