"""Sums as they are drawn: every sum of the course in every language and digit set, read from the glyphs' places.

What is expected is written down here once more, by itself (`tests.drawn.expected`), not taken from `i18n.sums`.
"""

import random
import re
import tomllib
from collections.abc import Iterator

import pytest

from i18n.numbers import numbers
from i18n.sums import LRI
from i18n.titles import names
from statements.blocks import Formula, runs
from statements.reader import reading
from tests.drawn import READ, SETS, expected, in_digits
from tests.statements.golden import SCENARIOS
from tests.statements.said import said as said_of
from tests.support import ROOT
from ui.blocks import html, math

RIGHT_TO_LEFT = [("ar", "latn"), ("ar", "arab"), ("fa", "arabext"), ("fa", "latn")]
both = pytest.mark.parametrize(("code", "digits"), RIGHT_TO_LEFT)
NUMBER = r"\(*[−+]?\d+(?:[.,]\d+)*%?\)*"
SUM = re.compile(rf"(?<![A-Za-z0-9.,]){NUMBER}(?: [÷×+−=≈] {NUMBER})+")
SIGNED = re.compile(r"(?<![A-Za-z0-9.,)–-] )(?<![A-Za-z0-9.,)–÷×=+−-])[−+]\d+(?:[.,]\d+)*%?")


def strings(value) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.splitlines()
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(one)


def lines(code: str) -> Iterator[str]:
    """Yield every line of a language's texts: lessons, quizzes, notes, glossary, figures, documents."""
    for path in sorted((ROOT / "content" / code).rglob("*")):
        if path.suffix == ".toml":
            yield from strings(tomllib.loads(path.read_text("utf-8")))
        elif path.suffix == ".md":
            yield from path.read_text("utf-8").splitlines()


def balanced(said: str) -> str:
    while said.count("(") > said.count(")") and said.startswith("("):
        said = said[1:]
    while said.count(")") > said.count("(") and said.endswith(")"):
        said = said[:-1]
    return said


def drawn(browser, code: str, paragraphs: list[str]) -> list[list[str]]:
    """Return what is seen of each paragraph of a page in a language, from the left."""
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    try:
        page.set_content(
            f"<html lang={code} dir={'ltr' if code == 'en' else 'rtl'}><style>section {{ white-space: nowrap }}"
            ".tf-formula > bdi { display: flex; align-items: center; gap: .35rem }"
            ".tf-frac { display: inline-flex; flex-direction: column }</style><body>"
            + "".join(f"<section>{one}</section>" for one in paragraphs)
        )
        return page.evaluate(f"() => [...document.querySelectorAll('section')].map({READ})")
    finally:
        page.close()


@both
def test_every_sum_of_the_course_is_drawn_in_one_direction(browser, code, digits):
    write, said, wanted = numbers(code, digits), [], []
    for line in lines(code):
        found = [balanced(hit) for hit in [*SUM.findall(line), *SIGNED.findall(line)]]
        if found:
            said.append(line)
            wanted.append([expected(one, digits) for one in found])
    assert sum(map(len, wanted)) > 155, "the sums of the course are not found any more"
    seen = drawn(browser, code, [str(html(write.text(line))) for line in said])
    wrong = [
        (one, line) for line, all_, (look,) in zip(said, wanted, seen, strict=True) for one in all_ if one not in look
    ]
    assert not wrong


def formulas(code: str) -> Iterator[str]:
    for term in tomllib.loads((ROOT / "content" / code / "glossary.toml").read_text("utf-8")).values():
        if "formula" in term:
            yield term["formula"]


@both
def test_the_formulas_of_the_glossary_run_with_what_they_are_made_of(browser, code, digits):
    """Words run with their script, so the first of them stands rightmost; symbols run from the left."""
    write = numbers(code, digits)
    texts = list(formulas(code))
    assert len(texts) > 20
    seen = drawn(browser, code, [str(html(write.formula(one))) for one in texts])
    for text, (look,) in zip(texts, seen, strict=True):
        plain = re.sub(r"\([\w−]{1,3}\)", "", text)  # N(i−1) is one symbol
        look = re.sub(r"\([\w−]{1,3}\)", "", look)
        wanted = re.findall(r"[÷×−+=]", plain)
        words = re.search(r"[\u0620-\u06d3]", re.sub("\u00a0.*", "", plain))
        from_left = not words and (digits != "arab" or re.search("[A-Z]", plain))
        assert re.findall(r"[÷×−+=]", look) == (wanted if from_left else wanted[::-1]), (text, look)
        first = in_digits(re.match(r"\(?([A-Za-z]+|\d+|.)", plain)[1], digits)
        edge = look.strip("()%٪")
        assert edge.startswith(first) if from_left else edge.endswith(first), (text, look)


def formulas_of_calculators(code: str, digits: str) -> Iterator[tuple[Formula, str]]:
    """Yield the formulas of every scenario, with their HTML without name and legend."""
    for slug, scenarios in SCENARIOS.items():
        for query in scenarios.values():
            for block in said_of(slug, query, code, digits).body:
                if isinstance(block, Formula):
                    with reading(code, digits):
                        opens = runs(*block.parts)
                        body = "<span> = </span>".join(f"<span>{math(one, opens)}</span>" for one in block.parts)
                    yield block, f'<bdi dir="{"ltr" if opens == LRI else "rtl"}">{body}</bdi>'


def test_the_formulas_of_the_calculators_are_drawn_as_in_english(browser):
    """Symbols and numbers stand as in English, in the reader's digits; a currency follows its amount to the left."""
    found = {key: list(formulas_of_calculators(*key)) for key in [("en", "latn"), *RIGHT_TO_LEFT]}
    looks = {key: drawn(browser, key[0], [f'<div class="tf-formula">{made}</div>' for _block, made in all_])
             for key, all_ in found.items()}  # fmt: skip
    for key in RIGHT_TO_LEFT:
        compared = 0
        all_ = zip(found["en", "latn"], looks["en", "latn"], found[key], looks[key], strict=True)
        for (english, _made), wanted, (block, made), look in all_:
            if made.startswith('<bdi dir="ltr"') and len(english.parts) == len(block.parts):
                compared += 1
                assert signs(look) == signs(wanted), (key, block.name, look, wanted)
                torn = [one for one in look if re.search(r"[\u0620-\u064a\u066e-\u06d3](?![\u0600-\u06ff\d−+-])", one)]
                assert not torn, f"a unit that does not follow its amount to the left: {torn}"
        assert compared > 100


def signs(look: list[str]) -> list[str]:
    """Return what is seen of a formula without letters of words, its digits as 123."""
    native = str.maketrans("".join(SETS.values()) + "٬٫٪", "0123456789" * 3 + ",.%") | {ord("-"): "−"}
    units = "|".join(re.escape(one.replace(" ", "")) for one in names("en")["currencies"].values() if one)
    found = [re.sub(rf"{units}|[a-z]{{4,}}|[^!-~÷×−+=·√∏ΣΠα-ω₀-₉…≈]", "", one.translate(native)) for one in look]
    return [re.sub(r"=([\d,.]+)−$", r"=−\1", one) for one in found]  # "−٢٦ دولار" is read from the right, its sign too


def made_up(random_: random.Random, code: str) -> tuple[str, str]:
    """Return a line with a sum in it, and the sum."""

    def number() -> str:
        body = random_.choice([f"{random_.randrange(10 ** random_.randrange(1, 8)):,}", f"{random_.random() * 99:.2f}"])
        return f"{random_.choice(['', '', '', '−', '+'])}{body}{random_.choice(['', '', '%'])}"

    parts = [number() for _ in range(random_.randrange(2, 6))]
    if len(parts) > 2 and random_.random() < 0.5:
        parts[0], parts[1] = f"({parts[0]}", f"{parts[1]})"
    said = parts[0]
    for one in parts[1:]:
        said += f" {random_.choice('÷×+−=≈')} {one}"
    before = random_.choice(
        ["و" if code == "ar" else "به ", "أي " if code == "ar" else "یعنی ", "", "(", "B ", "5 ", "«"]
    )
    after = random_.choice([" دولارًا" if code == "ar" else " دلار", "", ".", ")", " B", "، 5", "»"])
    return before + said + after, said


@both
def test_sums_with_every_sign_beside_every_neighbour(browser, code, digits):
    random_ = random.Random(13)
    cases = [made_up(random_, code) for _ in range(200)]
    seen = drawn(browser, code, [str(html(numbers(code, digits).text(line))) for line, _said in cases])
    wrong = [
        (line, look) for (line, said), (look,) in zip(cases, seen, strict=True) if expected(said, digits) not in look
    ]
    assert not wrong
