"""A page's findings as plain blocks: nothing lost, nothing turned around, nothing read as markup."""

from __future__ import annotations

from documents.outgoing.markup import blocks, text


def test_tables_lists_headings_and_paragraphs_come_in_order():
    page = (
        "<h2>A</h2><p class='tf-note'>b <b>c</b></p><div><div class='tf-scroll'><table><caption>T</caption><thead><tr><th>x</th>"
        "<th>y</th></tr></thead><tbody><tr><th>1<br>2</th><td>&lt;b&gt;</td></tr></tbody></table></div></div>"
        "<ul><li>one</li><li>two</li></ul>loose"
    )
    assert blocks(page) == [
        {"k": "h", "t": "A"},
        {"k": "p", "t": "b c"},
        {"k": "table", "title": "T", "rows": [["x", "y"], ["1\n2", "<b>"]]},
        {"k": "ul", "items": ["one", "two"]},
        {"k": "p", "t": "loose"},
    ]


def test_a_formula_stays_left_to_right_with_brackets_around_sums():
    page = (
        '<div class="tf-formula"><span>CAC</span><bdi dir="ltr"><span><span class="tf-frac"><span>M + S</span>'
        '<span class="tf-over"> / </span><span>K<sub>i</sub></span></span></span><span class="tf-eq"> = </span>'
        '<span><bdi>۵</bdi></span></bdi><span class="tf-quiet">K: x</span></div>'
    )
    (one,) = blocks(page)
    assert (one["name"], one["where"]) == ("CAC", "K: x")
    assert [run["k"] for run in one["runs"]] == ["s", "sub", "s"]
    said = "".join(run["t"] for run in one["runs"])
    assert said.translate(dict.fromkeys(range(0x2066, 0x206A))) == "(M + S) / Ki = ۵"
    assert said.count("\u2069") == sum(said.count(sign) for sign in "\u2066\u2067\u2068")


def test_what_is_not_closed_ends_with_the_page():
    assert text("<p>a <b>b") == "a b"
    assert text("</p>a<br>b") == "a\nb"
    assert blocks("") == []
