"""Running text in a reader's digits, and in it every sum, formula and signed number as an island that runs one way.

The one place that makes mathematics out of text, for page, paper, workbook and speech; the table of rules and their reasons
(UAX #9, read off what browsers draw) stand in docs/implementation-notes.md. In a language that is read from the right:

=============================  ==================  ===================  =====================
kind                           123 (class EN)      ۱۲۳ (class EN)       ١٢٣ (class AN)
=============================  ==================  ===================  =====================
figures  403 ÷ 1,152 = 35%     left to right       left to right        right to left
signed   −38%                  left to right       left to right        right to left
symbols  r = N(i) ÷ N(i−1)     left to right       left to right        left to right, each
                                                                        number kept to itself
words    lost ÷ start          right to left, each number and each run of Latin letters kept to itself
=============================  ==================  ===================  =====================

The percent sign follows its number in the direction in which the island is read. Imported through `i18n.numbers`, whose
`Numbers.text` every text of the course goes through.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from .languages import DIGITS

if TYPE_CHECKING:
    from .numbers import Numbers

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
WHOLE = 30  # characters; a sum up to so long is not broken over two lines

_D = "[0-9٠-٩۰-۹]"
_MARKS = "[\u061c\u200e\u200f]"
_AT = rf"{_MARKS}{{0,4}}+"  # beside a sign; a bound, as a text of nothing but marks would be tried from each of them to its end
_SIGNS = "÷×+−=≈≠≤≥<>·"
_FIGURE = rf"(?>{_AT}(?:[−+-]{_AT})?+{_D}++(?:[.,٫٬]{_D}++)*+(?:{_AT}[%٪]{_AT})?+)"
_CALL = (
    r"[A-Za-zΑ-Ωα-ω][A-Za-z0-9₀-₉]*+\([A-Za-z0-9]+(?:[−+][A-Za-z0-9]+)?\)"  # S(t), N(i−1): what counts keeps its digits
)
_SYMBOL = rf"(?>{_CALL}|[A-Za-zΑ-Ωα-ω][A-Za-z0-9₀-₉]*+)"
_OPERAND = rf"(?>\(*+(?:{_FIGURE}|{_SYMBOL}|…)\)*+)"
_ALONE = r"(?<![A-Za-z0-9_٠-٩۰-۹.,٫٬#/:–−+*-])"
# A chain beside a sign whose other side is a word is a part of a formula in words, which runs as the sentence does.
_SIGN = rf"[ \u00a0][{_SIGNS}][ \u00a0]"
_CHAIN = rf"(?<![{_SIGNS}/][ \u00a0]){_ALONE}{_OPERAND}(?:{_SIGN}{_OPERAND})++(?![ \u00a0]/[ \u00a0]|{_SIGN})"
_SIGNED = rf"{_ALONE}{_AT}[−+-]{_AT}{_D}++(?:[.,٫٬]{_D}++)*+(?:{_AT}[%٪]{_AT})?+(?![A-Za-z_])"
_SUM = re.compile(rf"{_CHAIN}|{_SIGNED}")
_HAS = re.compile(rf"{_SIGN}|[−+-]{_AT}{_D}")

# Numbers in running text: not part of a Latin word (B2B, F04, x2), of "#12" or "&#160;", of a longer version number;
# and not the number of a Markdown list, which has to stay ASCII (the first alternative takes it out of the way).
_IN_TEXT = re.compile(
    r"(?m)^[ \t>]*[0-9]+[.)](?=[ \t])|"
    rf"(?<![A-Za-z_#0-9٠-٩۰-۹])(?<![A-Za-zα-ω][.,\-/:(−+])(?<!{_D}[.,٫٬])\u061c?"
    rf"({_D}+(?:[.,٫٬]{_D}+)*)(\u061c?\u200e?[%٪][\u200e\u061c]?)?(?![A-Za-z_0-9٠-٩۰-۹]|[.,٫٬]{_D}|[-/:][A-Za-z])"
)
_TO_ASCII = str.maketrans("".join(DIGITS.values()) + "٫٬", DIGITS["latn"] * 3 + ".,")
_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_ISLANDS = re.compile(f"([{LRI}{RLI}{FSI}{PDI}])")
_STRAY = re.compile(_MARKS)
# What a formula is made of: an amount with its unit (a space that does not break binds them), a number, a run of Latin
# letters, a word of the script.
_AMOUNT = rf"{_FIGURE}(?:\u00a0[^\W\d_A-Za-zΑ-Ωα-ω][^\s\u00a0()÷×=]*)+"
_PIECE = re.compile(
    rf"(?P<amount>{_AMOUNT})|(?P<figure>{_FIGURE})|(?P<latin>{_CALL}|[A-Za-z](?:[A-Za-z0-9.]*[A-Za-z0-9])?)|"
    r"(?P<greek>[Α-Ωα-ω])|(?P<word>[^\W\d_])"
)


def in_sums(text: str, made: Callable[[str], str]) -> str:
    """Return text with each sum and each signed number replaced by what is made of it; what stands in an island is left.

    A bracket whose partner stands outside stays outside.

    >>> in_sums("So (that is 403 ÷ 1,152 = 35%), see (2).", lambda said: f"<{said}>")
    'So (that is <403 ÷ 1,152 = 35%>), see (2).'
    """
    if _HAS.search(text) is None:
        return text
    return _outside(text, lambda part: _SUM.sub(lambda hit: _one(hit[0], made), part), str)


def _outside(text: str, outside: Callable[[str], str], inside: Callable[[str], str]) -> str:
    """Return text with what stands outside islands, and what stands inside, made anew."""
    depth, out = 0, []
    for i, part in enumerate(_ISLANDS.split(text)):
        if i % 2:
            depth = max(0, depth - 1) if part == PDI else depth + 1
            out.append(part)
        else:
            out.append(inside(part) if depth else outside(part))
    return "".join(out)


def _one(said: str, made: Callable[[str], str]) -> str:
    whole, before, after = said, "", ""
    while said.count("(") > said.count(")") and said.startswith("("):
        before, said = before + "(", said[1:]
    while said.count(")") > said.count("(") and said.endswith(")"):
        after, said = after + ")", said[:-1]
    return before + made(said) + after if said.count("(") == said.count(")") else whole


def running(text: str, numbers: Numbers) -> str:
    """Return running text in a reader's digits with its mathematics in islands; twice is once. See `Numbers.text`."""
    if not numbers.native and not numbers.rtl:
        return text
    if numbers.rtl and _HAS.search(text):
        text = in_sums(text, lambda said: island(said, numbers))
    if not _ISLANDS.search(text):
        return _IN_TEXT.sub(lambda hit: _in_digits(hit, numbers, True), text)
    return _outside(
        text,
        lambda part: _IN_TEXT.sub(lambda hit: _in_digits(hit, numbers, True), part),
        lambda part: _IN_TEXT.sub(lambda hit: _in_digits(hit, numbers, False), part),
    )


def _in_digits(hit: re.Match[str], numbers: Numbers, marked: bool) -> str:
    """Return a number in a reader's digits; a percentage that is not in an island brings marks for the side of its sign."""
    if hit[1] is None:
        return hit[0]
    body = hit[1].translate(_TO_ASCII)
    # "1.2.3" and "3,5" are no numbers that we would write; change their digits and leave their marks.
    body = numbers.shown(body) if _GROUPS.fullmatch(body) else numbers.digits_only(hit[1])
    before, after = (numbers.percent_marks if marked else ("", numbers.percent_sign)) if hit[2] else ("", "")
    return before + body + after


def kind(said: str) -> str:
    """Say what a formula is made of: "words" of the reader's script, "symbols" (Latin or Greek letters), else "figures".

    The unit of an amount ("12\u00a0دولار", bound by a space that does not break) is no word.

    >>> kind("1 − الطلبات ÷ السلات"), kind("LTV ÷ CAC"), kind("5% − 4%"), kind("743\u00a0دولار")
    ('words', 'symbols', 'figures', 'figures')
    """
    found = {hit.lastgroup for hit in _PIECE.finditer(said)}
    return "words" if "word" in found else "symbols" if found & {"latin", "greek"} else "figures"


def runs(what: str, numbers: Numbers) -> str:
    """Return the mark that opens an island of a `kind` for a reader: U+2066 (left to right) or U+2067."""
    if not numbers.rtl or what == "symbols":
        return LRI
    return RLI if what == "words" or numbers.digits == "arab" else LRI


def island(said: str, numbers: Numbers, what: str = "") -> str:
    """Return mathematics in a reader's digits as an island of its kind; in a language read from the left, one that runs so.

    >>> from i18n.numbers import numbers
    >>> island("35% − 1", numbers("fa")).translate({0x2066: "<", 0x2067: "{", 0x2069: ">", 0xA0: " "})
    '<۳۵٪ − ۱>'
    """
    opens = runs(what or kind(said), numbers)
    text = apart(_STRAY.sub("", said), numbers, opens)
    if len(_ISLANDS.sub("", text)) <= WHOLE:
        text = text.replace(" ", "\u00a0")
    return f"{opens}{text}{PDI}"


def apart(said: str, numbers: Numbers, opens: str) -> str:
    """Return mathematics in a reader's digits for inside an island that `opens`; what would turn a neighbour is kept apart."""
    if not numbers.rtl:
        return said

    def piece(hit: re.Match[str]) -> str:
        what, text = hit.lastgroup, hit[0]
        if what == "amount":  # its unit follows it to the left
            return f"{RLI}{running(text, numbers)}{PDI}"
        if what == "figure":
            percent = numbers.native and text.endswith(("%", "٪"))
            text = numbers.bare(text)
            if (
                opens == RLI
            ):  # "٪" follows its number to the left as in any sentence, and so does a number its sign in Arabic
                from_right = percent or numbers.digits == "arab"
                return f"{RLI if from_right else LRI}{running(text, numbers) if percent else text}{PDI}"
            return f"{LRI}{text}{PDI}" if numbers.digits == "arab" else text
        return f"{LRI}{text}{PDI}" if what == "latin" and opens == RLI else text

    if opens == RLI and kind(said) == "figures":
        return _IN_TEXT.sub(lambda hit: _in_digits(hit, numbers, False), said)
    return _outside(said, lambda part: _PIECE.sub(piece, part), str)
