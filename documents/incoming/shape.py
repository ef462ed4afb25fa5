"""What the columns of a table could be, judged by what their values do: who, what happened, when. Pure; each guess has reasons.

A person is somebody who recurs; what happened are few texts that recur; when is the finest that reads as a moment. Headings
speak for a column, but do not decide against its values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from documents.folding import fold_name
from documents.incoming.dates import SERIAL, read_dates
from documents.incoming.headings import speaks

#: Why a column was taken, or was not; the interface has words for those that it shows.
EVIDENCE = (
    "heading", "recurs", "unique", "constant", "few", "json", "address", "numbers", "dated", "clock", "serial", "row-id", "empty",
)  # fmt: skip
_SAMPLE = 200  # rows of which everything is looked at; whether values recur is seen in more


@dataclass(frozen=True)
class Facts:
    """What the values of a column do, in a sample: shares from 0 to 1, of the cells that are filled.

    `different` of `rows` filled cells differ; `fine` says how fine its moments are: 0 none, 1 days, 2 hours and minutes, 3
    seconds, 4 less. `serial` is the share of numbers that could be days of a spreadsheet, `fractions` of those with a part of a
    day.
    """

    rows: int
    filled: float
    different: int
    dated: float = 0.0
    fine: int = 0
    numbers: float = 0.0
    serial: float = 0.0
    fractions: float = 0.0
    json: float = 0.0
    address: float = 0.0
    digits: float = 0.0


@dataclass(frozen=True)
class Candidate:
    """A column, what speaks for it as a number, and why (codes of EVIDENCE)."""

    column: int
    worth: float
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """Hold the candidates for each part of a log of events, the best first, and the facts of each column."""

    facts: tuple[Facts, ...]
    time: tuple[Candidate, ...]
    person: tuple[Candidate, ...]
    event: tuple[Candidate, ...]
    serial: bool = False

    @property
    def is_log(self) -> bool:
        """Whether the table can be a log of events."""
        return bool(self.time and self.person and self.event)


def describe(names: Sequence[str], rows: Sequence[Sequence[str]], more: Sequence[pa.Array] = ()) -> Shape:
    """Return what the columns of a table could be, by headings and first rows; `more` are columns of a longer sample.

    >>> shape = describe(("id", "anonymous_id", "event", "at"), [
    ...     ("1", "a", "visit", "2024-03-01"), ("2", "a", "buy", "2024-03-02"), ("3", "b", "visit", "2024-03-02")])
    >>> shape.person[0].column, shape.event[0].column, shape.time[0].column, shape.person[0].evidence
    (1, 2, 3, ('heading', 'recurs'))
    """
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    facts = tuple(_facts(column, more[i] if i < len(more) else None) for i, column in enumerate(columns))
    time, serial = _times(names, facts)
    if not time or len(names) < 3:
        return Shape(facts, (), (), ())
    free = [i for i in range(len(names)) if i != time[0].column and facts[i].rows]
    others = [i for i in free if facts[i].dated < 0.5 or facts[i].digits > 0.5] or free
    if len(others) < 2:
        others = free
    if _counts_by_day(names, [facts[i] for i in others], others):
        return Shape(facts, time, (), (), serial)
    persons = sorted((_person(i, names[i], facts[i]) for i in others), key=lambda one: (-one.worth, one.column))
    events = sorted((_event(i, names[i], facts[i]) for i in others), key=lambda one: (-one.worth, one.column))
    pairs = [(p, e) for p in persons[:12] for e in events[:12] if p.column != e.column]
    if not pairs:
        return Shape(facts, time, (), (), serial)
    person, event = max(pairs, key=lambda pair: (pair[0].worth + pair[1].worth, -pair[0].column, -pair[1].column))
    return Shape(
        facts, time, (person, *(one for one in persons if one is not person)),
        (event, *(one for one in events if one is not event)), serial,
    )  # fmt: skip


def _counts_by_day(names: Sequence[str], facts: Sequence[Facts], columns: Sequence[int]) -> bool:
    """Say whether the table holds numbers for each day under headings that are no parts of a log."""
    told = any(speaks(role, names[i]) > 0 for i in columns for role in ("person", "event"))
    return any(names) and not told and all(one.numbers > 0.9 for one in facts)


# --- facts ----------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"[-+]?\d[\d.,٬٫]*%?")
_ADDRESS = re.compile(r"(?:https?://|www\.|/)\S*")
_DAYS = re.compile(r"\d{5}(?:\.\d{1,12})?")


def _facts(column: Sequence[str], more: pa.Array | None) -> Facts:
    cells = [cell for cell in column[:_SAMPLE] if cell]
    filled = len(cells) / len(column[:_SAMPLE]) if column else 0.0
    if not cells:
        return Facts(0, 0.0, 0)
    rows, different = len(cells), len(set(cells))
    if more is not None and len(more) > len(column):
        counted = pc.value_counts(more)
        counts = counted.field("counts").to_numpy()
        empty = counts[pc.fill_null(pc.equal(counted.field("values"), ""), False).to_numpy(zero_copy_only=False)].sum()
        rows, different = int(counts.sum() - empty), len(counts) - bool(empty)

    def share(fits) -> float:
        return sum(map(bool, map(fits, cells))) / len(cells)

    dates = read_dates(pa.array(cells, pa.string()))
    moments = dates.when[dates.valid]
    steps = (86_400_000, 60_000, 1000)
    named = 1.0 if dates.lunar and not len(moments) else 0.0  # a date that is known, though not read
    fine = 1 + sum(bool((moments % step).any()) for step in steps) if len(moments) else 0
    numbers = share(_NUMBER.fullmatch)
    days = [cell for cell in cells if _DAYS.fullmatch(cell) and SERIAL[0] <= _value(cell) < SERIAL[1]]
    return Facts(
        rows, filled, different, max(named, float(dates.valid.mean())), fine, numbers, len(days) / len(cells),
        sum("." in cell for cell in days) / len(cells), share(lambda cell: cell[0] in "{["), share(_ADDRESS.match),
        share(str.isdigit),
    )  # fmt: skip


def _value(cell: str) -> float:
    whole, _point, rest = cell.partition(".")
    return int(whole) + (int(rest) / 10 ** len(rest) if rest else 0.0)


# --- candidates -----------------------------------------------------------------------------------------------------


def _times(names: Sequence[str], facts: Sequence[Facts]) -> tuple[tuple[Candidate, ...], bool]:
    """Return the columns that hold moments, the finest first; of plain numbers those that could be days of a spreadsheet."""
    found = []
    for i, one in enumerate(facts):
        heading = speaks("time", names[i])
        plain = one.digits > 0.5  # a number of seconds or a day without marks: an id may look like that
        if one.dated >= 0.5 and not (plain and heading <= 0 and speaks("person", names[i]) > 0):
            why = ["dated"] + ["clock"] * (one.fine > 1) + ["heading"] * (heading > 0)
            worth = 4 * one.dated * (0.5 + one.filled / 2) + 0.5 * one.fine + heading - plain
            found.append(Candidate(i, worth, tuple(why)))
    if found:
        return tuple(sorted(found, key=lambda one: (-one.worth, one.column))), False
    for i, one in enumerate(facts):
        heading = speaks("time", names[i])
        if one.serial > 0.9 and (heading > 0 or one.fractions > 0.3) and one.rows > 1:
            found.append(Candidate(i, one.serial + heading, ("serial",) + ("heading",) * (heading > 0)))
    return tuple(sorted(found, key=lambda one: (-one.worth, one.column))), bool(found)


def _recurrence(one: Facts) -> tuple[float, str]:
    """Return how much it says that values recur, or that none does; of few rows it says little."""
    weight = min(1.0, one.rows / 6)
    if one.different == 1:
        return -4 * weight, "constant"
    if one.different == one.rows:
        return -2 * weight, "unique"
    return 2 * weight, "recurs"


def _person(column: int, name: str, one: Facts) -> Candidate:
    worth, why = _recurrence(one)
    reasons = [why]
    heading = speaks("person", name)
    if heading > 0:
        reasons.insert(0, "heading")
    elif heading < 0:
        reasons.append("row-id")
    worth += heading + 0.5 * one.different / max(1, one.rows) - 2 * (1 - one.filled)
    if one.json > 0.5:
        worth, reasons = worth - 8, [*reasons, "json"]
    if one.address > 0.5:
        worth, reasons = worth - 2, [*reasons, "address"]
    if one.rows > 50 and one.different < one.rows / 50 and heading <= 0:
        worth, reasons = worth - 1.5, [*reasons, "few"]
    return Candidate(column, worth, tuple(reasons))


def _event(column: int, name: str, one: Facts) -> Candidate:
    weight = min(1.0, one.rows / 6)
    heading = speaks("event", name)
    reasons = ["heading"] if heading > 0 else []
    worth = heading - 2 * (1 - one.filled)
    if one.different == 1:
        worth, reasons = worth - 2 * weight, [*reasons, "constant"]
    elif one.different == one.rows:
        worth, reasons = worth - 3 * weight, [*reasons, "unique"]
    else:
        worth, reasons = worth + 2 * weight - min(1.0, one.different / one.rows), [*reasons, "recurs"]
    if one.numbers > 0.5:
        worth, reasons = worth - 1, [*reasons, "numbers"]
    if one.json > 0.5:
        worth, reasons = worth - 8, [*reasons, "json"]
    if one.address > 0.5:
        worth, reasons = worth - 0.5, [*reasons, "address"]
    return Candidate(column, worth, tuple(reasons))


def alike(name: str) -> str:
    """Return what spellings of one name have in common that are only perhaps one: ZWNJ, space, hamza, ta marbuta.

    >>> alike("ثبت‌نام") == alike("ثبت نام"), alike("إضافة") == alike("اضافه"), alike("sign_up") == alike("Sign-up")
    (True, True, True)
    """
    plain = unicodedata.normalize("NFKC", name)
    return re.sub(r"[\W_]+", "", fold_name(plain).translate(_ALIKE))


_ALIKE = str.maketrans("أإآٱةۀؤئ", "ااااههوی", "ء")
