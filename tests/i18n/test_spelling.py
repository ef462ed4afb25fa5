"""The spelling habits: what is caught, and what must not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.spelling import spelling_problems


@pytest.mark.parametrize(
    ("code", "text", "part"),
    [
        ("fa", "نرخ تبديل", "ي"), ("fa", "كاربر", "ك"), ("fa", "حتى", "ى"), ("fa", "٥ نفر", "Arabic digit"),
        ("fa", "5 نفر", "ASCII digit"), ("fa", "مدل ABC1", "ASCII digit"), ("fa", "۵%", "٪"), ("fa", "می شود", "ZWNJ"),
        ("fa", "نمی خرد", "ZWNJ"), ("fa", "میشود", "joined"), ("fa", "نمیتواند", "joined"), ("fa", "نرخ ها", "ها"),
        ("fa", "مرحله‌ی بعد", "هٔ"), ("fa", "مرحلۀ بعد", "U+0654"), ("fa", "چرا?", "؟"), ("fa", "اول, دوم", "،"),
        ("fa", "اول; دوم", "؛"), ("fa", 'واژهٔ "قیف"', "«»"), ("fa", "“قیف”", "«»"), ("fa", "اول ، دوم", "space"),
        ("fa", "قیـف", "tatweel"), ("fa", "می‌ شود", "joins nothing"), ("fa", "\u202bقیف\u202c", "bidi"),
        ("fa", "ﻗﯿﻒ", "presentation"),
        ("ar", "معدل التحویل", "ی"), ("ar", "عمیل", "ی"), ("ar", "کم", "ک"), ("ar", "۵ عملاء", "Persian digit"),
        ("ar", "لماذا?", "؟"), ("ar", "أولًا, ثم", "،"), ("ar", "عميلاً", "tanwin"), ("ar", "كلمة \"قمع\"", "«»"),
        ("ar", "معدل‌التحويل", "ZWNJ"), ("ar", "٥%", "٪"),
    ],
)  # fmt: skip
def test_caught(code, text, part):
    problems = spelling_problems(code, text)
    assert any(part in one for one in problems), problems


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fa", "قیف فروش می‌شود؛ نرخ‌ها، مرحلهٔ بعد و خانه‌ای. چرا؟"), ("fa", "«قیف» در B2B و F04 و A/B و LTV:CAC"),
        ("fa", "%(n)s نفر از %(top)d"), ("fa", "`x = 5, \"a\"?` کد"), ("fa", "[پیوند](https://a.b/?x=1,2)"),
        ("fa", "1. گام نخست\n2. گام دوم"), ("fa", "{#s1 .box key=\"5\"} متن"), ("fa", "می %(verb)s"),
        ("fa", "رسمی است، قدیمی و اسلامی خوب"), ("fa", "میدان و میهن و میانگین"), ("fa", "تنها راه"),
        ("fa", "۱۲٫۵٪ و ۱٬۰۰۰"), ("fa", "$x = 5$ و $C/N$"), ("fa", "a, b?"), ("fa", ""),
        ("ar", "معدل التحويل هو 12.5%، ولماذا؟ عميلًا واحدًا إلى B2B"), ("ar", "٥٪ من «القمع»"), ("ar", "حتى النهاية"),
        ("ar", "بناءً على ذلك"), ("en", "Really? \"Yes\", 5"), ("ckb", "هه می شود"),
    ],
)  # fmt: skip
def test_left_in_peace(code, text):
    assert spelling_problems(code, text) == []


def test_every_place_is_said():
    assert len(spelling_problems("fa", "كاربر می رود? 5")) == 4


@given(st.text(max_size=60) | st.text(alphabet="`$<>{}()[]می ه5\u200c%\n", max_size=60))
def test_takes_any_text(text):
    for code in ("ar", "fa", "en"):
        spelling_problems(code, text)
