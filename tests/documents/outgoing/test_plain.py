"""What a calculator says, as a file holds it: nothing lost, nothing turned around."""

from __future__ import annotations

from documents.outgoing.plain import cell, paper, tables
from statements.blocks import (
    Cards,
    Heading,
    HeatTable,
    Items,
    Journey,
    Outcome,
    Paragraph,
    Raised,
    Reading,
    Shaded,
    Station,
    Symbols,
    Table,
    Unknown,
    formula,
    fraction,
    term,
)
from statements.reader import reading


def test_blocks_come_in_order_and_a_drawing_is_left_out():
    cards = Cards([("C", [Reading("n", "5", "says", "not")])], "It does not say:")
    blocks = [Heading("A"), Paragraph("b"), Table("T", ["x", "y"], [["<b>", "2"]]), Items(["one", "two"]), cards]
    assert list(paper([*blocks, Journey([Station("s", "1")])])) == [
        {"k": "h", "t": "A"},
        {"k": "p", "t": "b"},
        {"k": "table", "title": "T", "rows": [["x", "y"], ["<b>", "2"]]},
        {"k": "ul", "items": ["one", "two"]},
        {"k": "h", "t": "C"},
        {"k": "p", "t": "n"},
        {"k": "p", "t": "5"},
        {"k": "p", "t": "says"},
        {"k": "p", "t": "It does not say: not"},
    ]


def test_a_heat_table_has_its_shares_with_the_people_beside_them():
    heat = HeatTable("H", "Cohort", "Months", ["0", "1"], [("May", [Shaded("100%", "9"), Shaded(known=False)], False)])
    assert list(tables([heat])) == [("", [["Cohort", "Months"], ["", "0", "1"], ["May", "100% 9", ""]])]


def test_cells_of_each_kind_are_text():
    assert cell(Outcome("5", "found", True)) == "5\nfound"
    assert cell(Unknown("–")) == "–"
    power = Symbols(term("1 − r", Raised("n")), term("1 − ۲", Raised("۳")))
    with reading("fa"):
        assert cell(power) == "\u2066۱\u00a0−\u00a0r^n\u2069\n\u2066۱\u00a0−\u00a0۲^۳\u2069", "an exponent is no factor"


def test_a_formula_stays_left_to_right_with_brackets_around_sums():
    (block,) = formula("CAC", fraction("M + S", term("K", "i")), "۵", where="K: x")
    with reading("fa"):
        (one,) = paper([block])
    assert (one["name"], one["where"]) == ("CAC", "K: x")
    said = "".join(run["t"] for run in one["runs"])
    assert said.translate(dict.fromkeys(range(0x2066, 0x206A))) == "(M + S) / Ki = ۵"
    assert said.count("\u2069") == sum(said.count(sign) for sign in "\u2066\u2067\u2068")
