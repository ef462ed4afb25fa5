"""Every sum in every text is computed again: a false one is found in any language, a true one is left in peace."""

from __future__ import annotations

import pytest

from course.arithmetic import problems, sums, value, wrong
from i18n.languages import content_root, languages

CODES = [one.code for one in languages()]
TRUE = [
    "403 ÷ 1,152 = 35%",
    "1 − 1,462 ÷ 5,622 = 74.0%",
    "[[cart-abandonment]] = 1 − orders ÷ carts = 1 − 1,462 ÷ 5,622 = 74.0%.",
    "150 ÷ (92 ÷ 48,000) = 78,261 visits",
    "300,000 × 10% + 200,000 × 40% = 30,000 + 80,000 = 110,000 dollars",
    "0.06 × 0.40 × 0.35 × 0.228 is about 0.0019",
    "23.75 ÷ 40% = 59.38",
    "834.09 × 3.194% = 26.64",
    "5% − 4% = 1 point",
    "20 ÷ 0.25 = 80 offers, 80 offers ÷ 0.40 = 200 leads",
    "(0.60 − 1) ÷ 1 = −40%",
    "**11 ÷ 7 × 73** = 114.7",
    "مجموع 332.8 × 214، نحو 71,219 ریال",
    "حاصل 0.06 × 0.40 حدود 0.024 است",
]
FALSE = [
    "403 ÷ 1,152 = 36%",
    "So (that is 91 ÷ 592 = 15.5%).",
    "1 − orders ÷ carts = 1 − 1,462 ÷ 5,622 = 75.0%",
    "300,000 × 10% + 200,000 × 40% = 30,000 + 70,000 = 110,000",
    "1,462 + 24% = 1,813",
    "20 ÷ 0.25 = 80 offers, 80 offers ÷ 0.40 = 210 leads",
    "12 × 4.2% = 54.4%",
    "یعنی 1,462 × 1.24 = 1,831 سفارش",
    "أي 1,462 × 1.24 = 1,831 طلبًا",
    "7 ÷ 0 = 7",
]


@pytest.mark.parametrize("text", TRUE)
def test_a_true_sum_is_read_and_left_in_peace(text):
    assert list(sums(text))
    assert wrong(text) == []


@pytest.mark.parametrize("text", FALSE)
def test_a_false_sum_is_found(text):
    assert len(wrong(text)) == 1


@pytest.mark.parametrize(
    "text", ["In 2009 − 2010", "−0.01 to +1.13 points", "B2B = business", "5 = 5", "1,489 ÷ 1,450 is not it"]
)
def test_what_is_no_sum_is_passed_over(text):
    assert list(sums(text)) == []


def test_a_result_is_taken_as_rounded_and_a_whole_number_that_goes_in_is_not():
    assert value("35%").low == pytest.approx(0.345)
    assert value("2 × 35%").low == value("2 × 35%").high == pytest.approx(0.7)
    assert value("2 × 3.5").low == pytest.approx(6.9)


@pytest.mark.parametrize("code", CODES)
def test_every_sum_of_a_language_comes_out(code):
    assert list(problems(content_root() / code)) == []


@pytest.mark.parametrize("code", CODES)
def test_a_planted_sum_is_found_with_its_place(code, tmp_path):
    lesson = content_root() / code / "lessons" / "measuring-a-funnel" / "lesson.md"
    text = lesson.read_text("utf-8")
    assert text.count("403 ÷ 1,152 = 35%") == 1
    folder = tmp_path / code / "lessons"
    folder.mkdir(parents=True)
    (folder / "lesson.md").write_text(text.replace("403 ÷ 1,152 = 35%", "403 ÷ 1,125 = 35%"), "utf-8")
    line = 1 + text[: text.index("403 ÷ 1,152")].count("\n")
    assert list(problems(tmp_path / code)) == [f"{code}/lessons/lesson.md:{line}: 403 ÷ 1,125 = 35%"]
