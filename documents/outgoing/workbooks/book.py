"""One workbook while it is written: formats, direction, protection, the hidden sheet by which it is recognised.

What a person wrote goes into a cell as text, whatever it begins with; formulas come from this package alone. Numbers are
written with all their digits. The font is one that the machines of most readers have with Arabic and Persian letters
(Tahoma; Arial for Latin): a workbook cannot carry a font along, and a missing one is replaced by any.
"""

from __future__ import annotations

import datetime
import io
import math
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from documents.asking import Ask
from documents.outgoing.workbooks.hidden import FORMAT, MARK, Input
from documents.outgoing.workbooks.words import Words
from funnel.facts.stages import clean_text
from funnel.formulas.conversion import Value
from i18n.languages import language

MAX_TEXT = 500
ROW = 15.0  # points, of a line of text
INK, HEAD, PALE, FILL, LINE = "#1B2A33", "#1F4E5F", "#E8F0F2", "#FFF2CC", "#B7C4CA"
#: Excel's and LibreOffice's way to show other digits: numeral shape, then language.
SHAPES = {"latn": "", "arab": "[$-2000401]", "arabext": "[$-3000429]"}
#: How a cell shows its value, by kind; the kinds of texts are "text", "name" (of a stage or cohort) and "choice" from a list.
FORMATS = {
    "count": "#,##0", "money": "#,##0.00", "rate": "0.0%", "share": "0.0%", "small": "0.00%", "ratio": "0.00",
    "number": "#,##0.0", "whole": "0", "text": "@", "name": "@", "choice": "@", "date": "yyyy-mm-dd",
}  # fmt: skip
#: What may be typed, by kind, for the validation and for reading back: money in any currency, rates and shares as fractions.
LIMITS = {
    "count": (0, 1e12), "money": (0, 1e15), "rate": (0, 1e12), "share": (0, 1), "ratio": (0, 1e6), "number": (0, 1e6),
}  # fmt: skip


class Exact(float):
    """A number that is written with all its digits; XlsxWriter itself stops at 16."""

    def __format__(self, _spec: str) -> str:
        return repr(float(self))


def clip(text: str, limit: int = MAX_TEXT) -> str:
    """Return a text on one line as a cell can hold it; what is too long ends in "…".

    >>> clip("a" * 600)[-2:], len(clip("a" * 600))
    ('a…', 500)
    """
    short = clean_text(text, limit + 1)
    return short if len(short) <= limit else short[: limit - 1] + "…"


def quoted(text: str) -> str:
    """Return a text as a literal inside a formula.

    >>> quoted('a"b')
    '"a""b"'
    """
    return '"' + text.replace('"', '""') + '"'


def last_used(names: str, counts: str, first: int) -> str:
    """Return a formula for the number, from 1, of the last row with a name or a count; `first` is the row of number 1, from 0."""
    return f'SUMPRODUCT(MAX((({names}<>"")+({counts}<>"")>0)*(ROW({names})-{first})))'


def _width(text: str) -> int:
    """Return how many characters of a text take room."""
    return sum(not unicodedata.combining(character) and character != "\u200c" for character in text)


class Book:
    """Write a workbook for one reader; `close` returns its bytes."""

    def __init__(self, ask: Ask, id: str) -> None:
        self.ask, self.id, self.say = ask, id, Words(ask.code, ask.digits)
        self.rtl = language(ask.code).direction == "rtl"
        self.shape = SHAPES[self.say.numbers.digits]
        self.undefined = self.say("shared.undefined")
        self.inputs: list[Input] = []
        self._formats: dict[tuple, Any] = {}
        self._out = io.BytesIO()
        font = "Tahoma" if self.rtl else "Arial"
        self._base = {"font_name": font, "font_size": 10, "font_color": INK, "valign": "vcenter"}
        self.font = {"name": font, "size": 10, "color": INK}
        self.file = xlsxwriter.Workbook(
            self._out,
            {
                "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
                "default_format_properties": {"font_name": font, "font_size": 10},
            },
        )  # fmt: skip
        day = ask.day or datetime.date(2000, 1, 1)  # a document has no clock of its own
        self.file.set_properties(
            {"title": self.say(f"{id}.title"), "created": datetime.datetime(day.year, day.month, day.day)}
        )
        self.file.set_custom_property(MARK, id)

    def style(self, **more: Any) -> Any:
        """Return a cell format; one for each combination."""
        key = tuple(sorted(more.items()))
        if key not in self._formats:
            start = {"align": "right", "reading_order": 2} if self.rtl else {"align": "left", "reading_order": 1}
            start["indent"] = 0 if more.get("align") == "center" else 1 if more.get("border") else 0
            self._formats[key] = self.file.add_format({**self._base, **start, **more})
        return self._formats[key]

    def look(self, kind: str, given: bool = False) -> Any:
        """Return the format of a cell in a table, by the kind of its value; `given`: for a person to fill in."""
        text = kind in ("text", "name", "choice")
        more: dict[str, Any] = {"border": 1, "border_color": LINE, "text_wrap": text}
        if not text:
            more |= {"align": "center" if kind in ("date", "whole") else "right", "reading_order": 1}
        form = FORMATS[kind]
        return self.style(
            **more,
            num_format=form if text or kind == "date" else self.shape + form,
            **({"bg_color": FILL, "locked": False} if given else {}),
        )

    def undefined_unless(self, expression: str, *cells: str) -> str:
        """Return a formula: empty until all cells hold numbers, and the words for "not defined" where it fails."""
        return f'IF(COUNT({",".join(cells)})<{len(cells)},"",IFERROR({expression},{quoted(self.undefined)}))'

    def shown(self, value: Value, *needs: Value) -> float | str:
        """Return what that formula gives, from the value that `funnel` computes and the values it needs."""
        return "" if None in needs else self.undefined if value is None else value

    def close(self, calculator: str = "", base: Mapping[str, str] | None = None) -> bytes:
        """Write the hidden sheet and return the file. `base`: the scenario that what is filled in changes."""
        sheet = self.file.add_worksheet(MARK)
        rows: list[Sequence[Any]] = [
            (MARK, FORMAT), ("document", self.id), ("language", self.ask.code), ("calculator", calculator),
            *(("base", key, value) for key, value in (base or {}).items()),
            *(("input", *item) for item in self.inputs),
        ]  # fmt: skip
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write_string(place, column, str(value))
        sheet.protect()
        sheet.very_hidden()
        self.file.close()
        return self._out.getvalue()


class Page:
    """One sheet: printed on A4 as wide as the paper, protected without a password, its inputs open."""

    def __init__(self, book: Book, key: str, widths: Sequence[float], landscape: bool = False) -> None:
        self.book, self.widths = book, list(widths)
        self.name = book.say(f"sheets.{key}")
        self.sheet = sheet = book.file.add_worksheet(self.name)
        self.place = book.file.worksheets().index(sheet)
        if book.rtl:
            sheet.right_to_left()
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_paper(9)  # A4
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        title = book.say(f"{book.id}.title").replace("&", "&&")
        sheet.set_header(f"&C&9{title}")
        sheet.set_footer("&C&9&P / &N")
        sheet.protect("", {"format_columns": True, "format_rows": True})
        self.last = 0  # the last row that is printed
        self._heights: dict[int, float] = {}

    def cell(self, row: int, column: int, fixed: bool = False) -> str:
        """Return the address of a cell for formulas on this sheet."""
        return xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed)

    def far(self, row: int, column: int, to: int | None = None) -> str:
        """Return the address for formulas on other sheets; with `to`, of the column down to that row."""
        area = self.cell(row, column, True) + ("" if to is None else ":" + self.cell(to, column, True))
        return f"{quote_sheetname(self.name)}!{area}"

    def text(self, row: int, column: int, text: str, to: int | None = None, **more: Any) -> None:
        """Write words of ours or of a person, never a formula; over several columns with `to`. The row grows with it."""
        style = self.book.style(text_wrap=True, **{"valign": "top", **more})
        self._put(row, column, text, to, style)
        size = more.get("font_size", 10) / 10
        room = (
            sum(self.widths[column : (column if to is None else to) + 1]) / size * (0.95 if more.get("bold") else 1.12)
        )
        self.grow(row, math.ceil(max(1, _width(text)) / room) * ROW * size + 2)

    def _put(self, row: int, column: int, text: str, to: int | None, style: Any) -> None:
        self.last = max(self.last, row)
        if to is not None and to != column:
            self.sheet.merge_range(row, column, row, to, "", style)
        self.sheet.write_string(row, column, text, style)

    def grow(self, row: int, height: float) -> None:
        """Make a row at least so high; a spreadsheet does not do so for merged cells."""
        if height > self._heights.get(row, 0):
            self._heights[row] = height
            self.sheet.set_row(row, height)

    def title(self, key: str, to: int, hint: str | None = None) -> None:
        """Write the title, and below it what the sheet is for."""
        self.text(0, 0, self.book.say(f"{key}.title"), to, bold=True, font_size=16, font_color=HEAD)
        self.text(1, 0, self.book.say(hint or f"{key}.lead"), to)

    def heads(self, row: int, labels: Sequence[str], column: int = 0) -> None:
        """Write the headings of a table."""
        for offset, label in enumerate(labels):
            self.text(
                row, column + offset, label, bold=True, font_color="#FFFFFF", bg_color=HEAD, border=1,
                border_color=LINE, valign="vcenter",
            )  # fmt: skip

    def label(self, row: int, column: int, text: str, to: int | None = None) -> None:
        """Write a fixed word of a table."""
        self.text(row, column, text, to, border=1, border_color=LINE, bg_color=PALE, valign="vcenter")

    def formula(
        self, row: int, column: int, formula: str, value: float | str, kind: str = "count", to: int | None = None
    ) -> str:
        """Write a formula with the value that `funnel` has computed for it; return its address."""
        style = self.book.look(kind)
        if to is not None:
            self.sheet.merge_range(row, column, row, to, "", style)
        self.sheet.write_formula(row, column, "=" + formula, style, value)
        self.last = max(self.last, row)
        return self.cell(row, column)

    def give(
        self, row: int, column: int, name: str, kind: str, value: float | str | None = None, *,
        choices: Sequence[str] = (), label: tuple[int, int, str] = (0, 0, ""), keep: str = "",
    ) -> str:  # fmt: skip
        """Write an input cell and return its address; "" for `name` is one that is not read back.

        `choices`: what a "choice" is taken from, the least and the most of a "whole"; `label`: row, column and text of the cell
        that says what it is, so that a moved sheet is noticed; `keep`: what stands for `value` (see `kept`).
        """
        style, sheet = self.book.look(kind, given=True), self.sheet
        if value is None or value == "":
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, style)
            if kind in ("text", "name"):
                self.grow(row, math.ceil(_width(value) / (self.widths[column] * 0.95)) * ROW + 2)
        else:
            sheet.write_number(row, column, Exact(value), style)
        self._check(row, column, kind, choices)
        self.last = max(self.last, row)
        if name:
            self.book.inputs.append(
                Input(
                    name,
                    self.name,
                    self.place,
                    row,
                    column,
                    kind,
                    *label,
                    keep,
                    value if isinstance(value, str) else "",
                )
            )
        return self.cell(row, column)

    def _check(self, row: int, column: int, kind: str, choices: Sequence[str]) -> None:
        say = self.book.say
        rule: dict[str, Any]
        if kind == "choice":
            rule = {"validate": "list", "source": list(choices)}
        elif kind == "date":
            rule = {"validate": "date", "criteria": ">=", "value": datetime.date(2000, 1, 1)}
        elif kind == "whole":
            low, high = int(choices[0]), int(choices[1])
            rule = {"validate": "integer", "criteria": "between", "minimum": low, "maximum": high}
        elif kind in LIMITS:
            low, high = LIMITS[kind]
            rule = {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
        elif kind == "name":
            rule = {"validate": "length", "criteria": "<=", "value": 40}
        else:
            rule = {"validate": "length", "criteria": "<=", "value": MAX_TEXT}
        for part in ("input_title", "input_message", "error_title", "error_message"):
            where = "shared" if part.endswith("title") else f"inputs.{kind}"
            rule[part] = say(f"{where}.{part}")
        self.sheet.data_validation(row, column, row, column, rule)

    def finish(
        self, to: int, head: int | None = None, freeze: tuple[int, int] | None = None, whole: bool = False
    ) -> None:
        """Set what is printed, the row that is repeated on each page, what stays in sight; `whole`: all on one page."""
        self.sheet.print_area(0, 0, self.last, to)
        if whole:
            self.sheet.fit_to_pages(1, 1)
        if head is not None:
            self.sheet.repeat_rows(head)
        if freeze:
            self.sheet.freeze_panes(*freeze)
