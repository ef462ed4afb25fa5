"""Check the spelling habits of the house that a machine can check, for interface text and lessons alike.

Sources: the Persian Academy's orthography (ZWNJ, ک ی, هٔ); plain MSA for Arabic.
"""

import re
from collections.abc import Callable

_ALLOWED = """
    SCORM AIDA TOFU MOFU BOFU ToFu MoFu BoFu RACE AARRR PESO
    B2B B2C B2G B2B2C C2C D2C P2P A/B A/A A B C D N P Q R X Y Z n p x y z 4P 7P 5A 3D
    CAC LTV CLV CPA CPL CPC CPM CTR CR ROI ROAS AOV ARPU ARPA MRR ARR NPS KPI SLA MQL SQL SAL PQL SRM
    LTV:CAC G2 SEO SEM CRM SMS UTM GA4 FAQ NGO SaaS sBG GDPR PDPL
    UTF-8 UTF-16 Windows-1256 L2C
    PDF CSV XLSX SVG PNG JSON QR URL HTML CSS Markdown Excel Word GitHub Streamlit Python ID IP OK Ctrl Enter Esc Tab
"""
LATIN_ALLOWED = frozenset(_ALLOWED.split())
"""Latin words, acronyms and names that may stand in Arabic and Persian text, also as a whole message."""

_FORMULA_ID = re.compile(r"[FCRS]\d{1,2}\Z")  # F04: formulas; C17: conventions; R40: references; S3: sources
_LETTER = r"[\u0620-\u064a\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff]"
_AFTER_LETTER = rf"(?<={_LETTER[:-1]}\u064b-\u0652\u0654\u0670\u200c])"
_NOT_INSIDE_WORD = rf"(?<!{_LETTER[:-1]}\u200c\u064b-\u0652\u0654])"

# What is not prose: code, placeholders, attributes in braces, tags, the targets of links, addresses.
_NOT_PROSE = re.compile(
    r"```.*?```|~~~.*?~~~|`[^`\n]*`|\$[^$\n]*\$|%\(\w+\)[#0\- +]?\d*(?:\.\d+)?[a-zA-Z]|%%|\{[^{}\n]*\}|<[^<>\n]*>"
    r"|(?<=\])\([^()\s]*\)|https?://\S+|^\s*\d+[.)](?=\s)",
    re.DOTALL | re.MULTILINE,
)
_LATIN_WORD = re.compile(r"[A-Za-z0-9]+(?:[/:&.-][A-Za-z0-9]+)*")

_BOTH = [
    (_AFTER_LETTER + r"\s?\?", "Latin question mark; write ؟"),
    (_AFTER_LETTER + r"\s?,", "Latin comma; write ،"),
    (_AFTER_LETTER + r"\s?;", "Latin semicolon; write ؛"),
    (r"[\"\u201c\u201d\u201e]", "Latin quotation mark; write «»"),
    (_AFTER_LETTER + r"['\u2018\u2019]|['\u2018\u2019](?=" + _LETTER + ")", "Latin quotation mark; write «»"),
    (r"\s[،؟؛](?=\s|\Z)", "space before a punctuation mark"),
    (r"\u0640", "tatweel"),
    (r"[\ufb50-\ufdfb\ufe70-\ufefe]", "presentation form of a letter"),
    (r"[\u202a-\u202e]", "bidi embedding or override; use isolates"),
    (r"[\u06c0\u06c2]", "joined heh with hamza (U+06C0); write ه and U+0654"),
    (r"[ھہۃے]", "letter of Urdu"),
]
_PERSIAN = [
    (r"ي", "Arabic ي; write ی"),
    (r"ى", "Arabic ى; write ی"),
    (r"ك", "Arabic ك; write ک"),
    (r"[\u0660-\u0669]", "Arabic digit; write ۰-۹"),
    # N(0), N(i−1): what counts a symbol keeps its digits
    (r"(?<![A-Za-z\ufffc]\()(?<![A-Za-z\ufffc][−+])[0-9]", "ASCII digit; write ۰-۹ (or add the word to LATIN_ALLOWED)"),
    (r"(?<=[\u06f0-\u06f9])\s?%", "Latin percent sign; write ٪"),
    (_NOT_INSIDE_WORD + r"ن?می[ \u00a0]" + _LETTER, "space after می; write a ZWNJ"),
    (
        _NOT_INSIDE_WORD + r"ن?می(?:شو|کن|ده|توان|خواه|گیر|بین|ساز|خر|رس|گوی)" + _LETTER,
        "می is joined to its verb; write a ZWNJ",
    ),
    (rf"(?<={_LETTER})[ \u00a0]های?ی?(?!{_LETTER})", "space before ها; write a ZWNJ"),
    (rf"ه\u200cی(?!{_LETTER})", "ه‌ی; write هٔ"),
    (rf"\u200c(?!{_LETTER})", "ZWNJ that joins nothing"),
    (rf"(?<!{_LETTER[:-1]}\u064b-\u0652\u0654])\u200c", "ZWNJ that joins nothing"),
]
_ARABIC = [
    (r"ی", "Persian ی; write ي or ى"),
    (r"ک", "Persian ک; write ك"),
    (r"[\u06f0-\u06f9]", "Persian digit"),
    (r"[\u200c]", "ZWNJ does not belong in Arabic"),
    (r"\u0627\u064b", "tanwin after the alif; write it before: ًا"),
    (r"ه\u0654", "heh with hamza; write ة or ئ"),
    (r"(?<=[\u0660-\u0669])\s?%", "Latin percent sign; write ٪"),
]
_RULES = {
    code: [(re.compile(pattern), reason) for pattern, reason in _BOTH + own]
    for code, own in (("fa", _PERSIAN), ("ar", _ARABIC))
}


def spelling_problems(code: str, text: str) -> list[str]:
    """Return what is misspelt in a text of this language, each with the place; [] for a language without rules.

    Code, placeholders, `{attributes}`, HTML tags, link targets, addresses and list numbers are not looked at, and
    Latin words with digits are fine if `LATIN_ALLOWED` has them.

    >>> spelling_problems("fa", "نرخ تبدیل می شود ۵٪")
    ['space after می; write a ZWNJ: «نرخ تبدیل می شود ۵٪»']
    >>> spelling_problems("ar", "معدل التحويل في B2B هو 5%")
    []
    """
    rules = _RULES.get(code.partition("-")[0])
    if not rules or not text:
        return []
    prose = _LATIN_WORD.sub(_blank_if(_is_allowed), _NOT_PROSE.sub(_blank_if(lambda _: True), text))
    found = [(hit.start(), reason) for pattern, reason in rules for hit in pattern.finditer(prose)]
    return [f"{reason}: «{_around(text, start)}»" for start, reason in sorted(set(found))]


def _is_allowed(word: str) -> bool:
    return word in LATIN_ALLOWED or bool(_FORMULA_ID.match(word))


def _blank_if(unwanted: Callable[[str], bool]) -> Callable[[re.Match[str]], str]:
    # The length stays, so that a place in the blanked text is the same place in the text; and U+FFFC is neither a
    # letter nor a space, so that "می %(x)s" or "`a` ," is not taken for a mistake.
    return lambda hit: "\ufffc" * len(hit[0]) if unwanted(hit[0]) else hit[0]


def _around(text: str, start: int) -> str:
    before = text[max(0, start - 20) : start].replace("\n", " ")
    return (before + text[start : start + 20].replace("\n", " ")).strip()
