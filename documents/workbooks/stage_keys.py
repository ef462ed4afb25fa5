"""Below the table of stages: the key figures with the bottleneck by name, what only one workbook asks, and the chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from documents.workbooks.book import last_used, quoted
from funnel.facts.stages import MAX_STAGES
from funnel.formulas.conversion import Value, ratio
from funnel.formulas.money import product

if TYPE_CHECKING:
    from documents.workbooks.stage_table import Table

HEAD, FIRST = 3, 4  # rows, from 0
LAST = FIRST + MAX_STAGES - 1
NO, NAME, EXTRA, NOW, RATE, TOP, LOST, REF, GAIN, IF, IF_RATE, CHANGE, NOTE, STEP = range(14)
#: The inputs that only one workbook has, in the order of their rows.
OWN = {"marketing": ("marketing",), "sales": ("target", "average-sale", "margin"), "joined": ("handover",)}
KINDS = {"marketing": "money", "average-sale": "money", "margin": "share", "target": "count", "handover": "whole"}
_SAME = "1E-13"  # as funnel.calculators.stage_conversion


def key_figures(table: Table) -> int:
    """Write the key figures; return the row after the last."""
    page, say, book = table.page, table.say, table.book
    row = LAST + 2
    page.text(row - 1, NO, say("funnel.keys"), NOTE, bold=True, font_size=12, valign="bottom")
    page.grow(row - 1, 30)

    def tell(key: str, formula: str, value: float | str, kind: str, steps: tuple[str, str] | None = None) -> str:
        nonlocal row
        page.label(row, NO, say(f"keys.{key}.name"), EXTRA)
        cell = page.formula(row, NOW, formula, value, kind)
        if steps is None:
            page.text(row, RATE, say(f"keys.{key}.hint"), NOTE, valign="vcenter")
        else:
            page.formula(row, RATE, *steps, "text", NOTE)
        row += 1
        return cell

    names, counts = table.column(NAME), table.column(NOW)
    last, final = table.last.replace("$", ""), table.final.replace("$", "")
    now, found = table.now, table.found
    size = len(table.inputs.stages)
    tell("stages", last_used(names, counts, FIRST), size, "whole")
    tell(
        "final", f'IF({last}=0,"",IF(ISNUMBER(INDEX({counts},{last})),INDEX({counts},{last}),""))',
        "" if now.counts[-1] is None else now.counts[-1], "count",
    )  # fmt: skip
    top = page.cell(FIRST, NOW)
    tell("overall", book.undefined_unless(f"{final}/{top}", top, final),
         book.shown(now.overall, now.counts[0], now.counts[-1]), "small")  # fmt: skip
    for key, column, values, where, best, kind in (
        ("lowest", RATE, now.rates, found.lowest_rate, "MIN", "rate"),
        ("largest-loss", LOST, now.lost, found.largest_loss, "MAX", "count"),
        ("largest-gain", GAIN, found.gains, found.largest_gain, "MAX", "number"),
    ):
        steps = _steps(table, column, page.cell(row, NOW), where)
        tell(key, *_extreme(table, column, values, where, best), kind, steps)
    for name in OWN[table.kind]:
        label = say(f"keys.{name}.name")
        page.label(row, NO, label, EXTRA)
        limits = ("1", str(MAX_STAGES)) if KINDS[name] == "whole" else ()
        cell = page.give(row, NOW, name, KINDS[name], table.facts.get(name), label=(row, NO, label), choices=limits)
        assert cell == table.asked[name].replace("$", ""), "the formulas of the table look for it elsewhere"
        page.text(row, RATE, say(f"keys.{name}.hint"), NOTE, valign="vcenter")
        row += 1
    {"marketing": _marketing, "sales": _sales, "joined": _joined}[table.kind](table, tell)
    return row


def _numbers(table: Table, column: int) -> list[str]:
    return [table.page.cell(FIRST + place, column) for place in range(1, MAX_STAGES)]


def _extreme(
    table: Table, column: int, values: Sequence[Value], where: tuple[int, ...], best: str
) -> tuple[str, float | str]:
    """Return formula and value of the lowest rate, the largest loss or the largest gain."""
    cells = _numbers(table, column)
    area = f"{cells[0]}:{cells[-1]}"
    none = table.say("funnel.none")
    any_number = any(value is not None for value in values[1:])
    if best == "MIN":
        return f'IF(COUNT({area})=0,"",MIN({area}))', values[where[0]] if where else ""  # type: ignore[return-value]
    value: float | str = values[where[0]] if where else none if any_number else ""  # type: ignore[assignment]
    return f'IF(COUNT({area})=0,"",IF(MAX({area})<=0,{quoted(none)},MAX({area})))', value


def _steps(table: Table, column: int, extreme: str, where: tuple[int, ...]) -> tuple[str, str]:
    """Return the formula that names the steps whose number is that in the cell `extreme`, all in a tie, and its value."""
    comma = "، " if table.book.rtl else ", "
    parts = [
        f"IF(ISNUMBER({cell}),IF(ABS({cell}-{extreme})<={_SAME}*MAX(ABS({cell}),ABS({extreme})),"
        f'{quoted(comma)}&{table.page.cell(FIRST + place, STEP)},""),"")'
        for place, cell in enumerate(_numbers(table, column), 1)
    ]
    text = comma.join(table.step(place) for place in where)
    return f'IF(ISNUMBER({extreme}),MID({"&".join(parts)},{len(comma) + 1},2000),"")', text


def _marketing(table: Table, tell: Callable[..., str]) -> None:
    cost, book = table.asked["marketing"], table.book
    paid, final = table.facts.get("marketing"), table.now.counts[-1]
    tell("cost-last", book.undefined_unless(f"{cost}/{table.final}", cost, table.final),
         book.shown(ratio(paid, final), paid, final), "money")  # fmt: skip


def _sales(table: Table, tell: Callable[..., str]) -> None:
    book, final = table.book, table.now.counts[-1]
    sale, margin = table.facts.get("average-sale"), table.facts.get("margin")
    value, share, goal = (table.asked[name] for name in ("average-sale", "margin", "target"))
    revenue = product(final, sale)
    found = tell("revenue", book.undefined_unless(f"{table.final}*{value}", table.final, value),
                 book.shown(revenue, final, sale), "money")  # fmt: skip
    tell("gross", book.undefined_unless(f"{found}*{share}", found, share),
         book.shown(product(revenue, margin), revenue, margin), "money")  # fmt: skip
    tell("target-revenue", book.undefined_unless(f"{goal}*{value}", goal, value), "", "money")


def _joined(table: Table, tell: Callable[..., str]) -> None:
    book, counts = table.book, table.inputs.now
    place, people = table.asked["handover"], table.column(NOW)
    handed = table.facts.get("handover")
    count = counts[int(handed) - 1] if handed else None
    there = f"INDEX({people},{place})"
    shown = "" if count is None else count
    cell = tell(
        "handed",
        f'IF(ISNUMBER({place}),IF({place}<={table.last},IF(ISNUMBER({there}),{there},""),""),"")',
        shown,
        "count",
    )
    top = table.page.cell(FIRST, NOW)
    tell("marketing-rate", book.undefined_unless(f"{cell}/{top}", top, cell),
         book.shown(ratio(count, counts[0]), counts[0], count), "small")  # fmt: skip
    tell("sales-rate", book.undefined_unless(f"{table.final}/{cell}", cell, table.final),
         book.shown(ratio(counts[-1], count), count, counts[-1]), "small")  # fmt: skip


def chart(table: Table, row: int) -> None:
    """Draw the stages as bars on one baseline at the reading side, top first; "what if" beside them where there is one."""
    page, book, say = table.page, table.book, table.say
    drawn = book.file.add_chart({"type": "bar"})
    last = FIRST + max(2, len(table.inputs.stages)) - 1
    series = [(NOW, "funnel.now", "#1F6F8B")] + ([(IF, "funnel.what-if", "#D98324")] if table.what_if else [])
    for column, name, colour in series:
        drawn.add_series(
            {
                "name": say(name), "categories": [page.name, FIRST, NAME, last, NAME],
                "values": [page.name, FIRST, column, last, column], "fill": {"color": colour}, "gap": 40,
                "data_labels": {"value": True, "num_format": book.shape + "#,##0", "font": book.font},
            }
        )  # fmt: skip
    drawn.set_title(
        {"name": say("funnel.chart"), "name_font": {**book.font, "size": 12, "bold": True}, "overlay": False}
    )
    drawn.set_y_axis({"reverse": True, "num_font": book.font, "major_tick_mark": "none"})
    # Reversed, the baseline and the names stand at the right.
    drawn.set_x_axis({"reverse": book.rtl, "min": 0, "visible": False, "major_gridlines": {"visible": False}})
    drawn.set_legend({"position": "bottom", "font": book.font} if len(series) > 1 else {"none": True})
    drawn.set_size({"width": 1060, "height": 120 + 34 * (last - FIRST + 1) * len(series)})
    page.sheet.insert_chart(row, NO, drawn, {"description": say("funnel.chart"), "object_position": 2})
    page.last = row + 5 + 2 * (last - FIRST + 1) * len(series)
