"""A set of known ids in a link, such as the cells of a table that lie open."""

from collections.abc import Sequence
from dataclasses import dataclass

from funnel.links.codecs import Report

_JOIN = "_"
_NONE = "none"


@dataclass(frozen=True)
class Picked:
    """Some of a few known ids, in the order of `options`; written joined by "_", "none" when there are none.

    Ids hold no "_". What is unknown or said twice is dropped, and reported.

    >>> Picked(("a", "b", "c")).write(("a", "c")), Picked(("a", "b")).write(())
    ('a_c', 'none')
    """

    options: tuple[str, ...]

    def write(self, value: Sequence[str]) -> str:
        return _JOIN.join(value) or _NONE

    def read(self, text: str, fallback: tuple[str, ...], report: Report) -> tuple[str, ...]:
        if text == _NONE:
            return ()
        longest = len(_JOIN.join(self.options))
        if len(text) > longest:  # more than all of them
            report("too-many", None, text, self.write(fallback))
            return fallback
        parts = text.split(_JOIN)
        for index, part in enumerate(parts):
            if part not in self.options:
                report("unknown", index, part, "")
        return tuple(one for one in self.options if one in parts)


def with_more(options: Sequence[str], picked: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    """Return what was picked and more, in the order of the options.

    >>> with_more(("a", "b", "c"), ("c",), ("a",))
    ('a', 'c')
    """
    return tuple(one for one in options if one in picked or one in more)
