"""The plural headers say what CLDR says."""

import math

import pytest

from i18n.languages import languages
from i18n.plurals import categories, category, form_count, form_index, plural_forms

# The last ones are not languages of the house: they show that a rule that Babel counts otherwise is derived right.
LOCALES = sorted({one.locale for one in languages(drafts=True)} | {"fr", "he", "ru", "ur", "ckb", "tr", "pt_BR", "ja"})


@pytest.mark.parametrize("locale", LOCALES)
def test_the_header_agrees_with_cldr(locale):
    names = categories(locale)
    assert plural_forms(locale).startswith(f"nplurals={len(names)};")
    assert form_count(locale) == len(names)
    for n in range(1001):
        assert names[form_index(locale, n)] == category(locale, n), n


@pytest.mark.parametrize(
    ("locale", "n", "name"),
    [
        ("ar", 0, "zero"), ("ar", 1.0, "one"), ("ar", -2, "two"), ("ar", 102, "other"), ("ar", 103, "few"),
        ("ar", 1.5, "other"), ("fa", 0, "one"), ("fa", 0.5, "one"), ("fa", 1.5, "other"), ("en", 1, "one"),
        ("en", 1.5, "other"), ("en", 10**12, "other"), ("ar", 10**12, "other"), ("fa-IR", 5, "other"),
    ],
)  # fmt: skip
def test_category(locale, n, name):
    assert category(locale, n) == name
    assert categories(locale)[form_index(locale, n)] == name


@pytest.mark.parametrize("n", [None, math.nan, math.inf, "1", True])
def test_what_is_no_number_is_refused(n):
    with pytest.raises(TypeError):
        category("ar", n)
    with pytest.raises(TypeError):
        form_index("ar", n)
