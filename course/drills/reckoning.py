"""The sums of worked solutions, reckoned again: numbers and signs, products before sums, powers before both."""

from __future__ import annotations

from collections.abc import Sequence

from course.drills.kinds import Shown


def reckoned(parts: Sequence[Shown | str]) -> float:
    """Return what a sum comes to. Raises ValueError for one that cannot be read, ZeroDivisionError for ÷ 0.

    >>> from course.drills.kinds import number, percent
    >>> reckoned((number(2), "×", "(", number(1), "−", percent(0.25), "^", number(2), ")"))
    1.875
    """
    at = 0

    def takes(*signs: str) -> str:
        nonlocal at
        if at < len(parts) and parts[at] in signs:
            at += 1
            return str(parts[at - 1])
        return ""

    def single() -> float:
        nonlocal at
        if takes("("):
            inside = added()
            if not takes(")"):
                raise ValueError("a bracket is not closed")
            return inside
        one = parts[at] if at < len(parts) else None
        if not isinstance(one, Shown) or isinstance(one.value, str):
            raise ValueError(f"a number is missing: {parts}")
        at += 1
        return float(one.value)

    def raised() -> float:
        base = single()
        return base ** raised() if takes("^") else base

    def multiplied() -> float:
        found = raised()
        while sign := takes("×", "÷"):
            found = found * raised() if sign == "×" else found / raised()
        return found

    def added() -> float:
        found = multiplied()
        while sign := takes("+", "−"):
            found = found + multiplied() if sign == "+" else found - multiplied()
        return found

    found = added()
    if at != len(parts):
        raise ValueError(f"cannot be read as a sum: {parts}")
    return found
