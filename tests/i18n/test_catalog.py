"""Translations in memory, and what is said about a bad message file."""

import pytest
from babel.messages.catalog import Catalog as Messages

from i18n.catalog import CatalogError, catalog, catalog_problems, load_po, po_path
from i18n.plurals import plural_forms

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {}\\n"\n\n'


def write(code: str, body: str, header: str | None = None):
    path = po_path(code)
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEADER.format(header or plural_forms(code)) + body, encoding="utf-8")
    return path


def template(*messages) -> Messages:
    out = Messages()
    for one in messages:
        context, message = one if isinstance(one, tuple) and one[0] == "ctx" else (None, one)
        out.add(message, context=context)
    return out


PEOPLE = "".join(
    f'msgstr[{i}] "{text}"\n'
    for i, text in enumerate(("لا أحد", "شخص واحد", "شخصان", "%(n)s أشخاص", "%(n)s شخصًا", "%(n)s شخص"))
)
PLURAL = ("%(n)s person", "%(n)s people")
PLURAL_IDS = 'msgid "%(n)s person"\nmsgid_plural "%(n)s people"\n'


def test_english_is_itself(content):
    en = catalog("en")
    assert en.gettext("Save") == "Save"
    assert en.pgettext("menu", "Save") == "Save"
    assert [en.ngettext("one", "many", n) for n in (1, 1.0, 0, 2, 1.5)] == ["one", "one", "many", "many", "many"]
    assert en.npgettext("ctx", "one", "many", 1) == "one"
    assert catalog("en") is en


def test_a_language_without_a_file_is_english(content):
    assert catalog("fa").gettext("Save") == "Save"
    with pytest.raises(KeyError):
        catalog("xx")


def test_translations(content):
    write("ar", f'msgid "Save"\nmsgstr "حفظ"\n\nmsgctxt "stage"\nmsgid "Save"\nmsgstr "إنقاذ"\n\n{PLURAL_IDS}{PEOPLE}\n'
          f'msgctxt "staff"\n{PLURAL_IDS}{PEOPLE}\n#, fuzzy\nmsgid "Open"\nmsgstr "؟؟"\n\nmsgid "Close"\nmsgstr ""\n\n'
          'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "س"\n')  # fmt: skip
    ar = catalog("ar")
    assert ar.gettext("Save") == "حفظ"
    assert ar.pgettext("stage", "Save") == "إنقاذ"
    assert ar.pgettext("other", "Save") == "Save"
    assert (ar.gettext("Open"), ar.gettext("Close"), ar.gettext("None")) == ("Open", "Close", "None")
    assert (ar.gettext(""), ar.ngettext("a", "b", 5)) == ("", "b")
    said = [ar.ngettext(*PLURAL, n) for n in (0, 1, 2, 3, 11, 100, 102, 1.5, 2.0)]
    assert said == ["لا أحد", "شخص واحد", "شخصان", "%(n)s أشخاص", "%(n)s شخصًا", *["%(n)s شخص"] * 3, "شخصان"]
    assert ar.npgettext("staff", *PLURAL, 2) == "شخصان"
    with pytest.raises(TypeError):
        ar.ngettext(*PLURAL, None)


def test_persian_counts(content):
    write("fa", f'{PLURAL_IDS}msgstr[0] "یکی"\nmsgstr[1] "بیشتر"\n')
    assert [catalog("fa").ngettext(*PLURAL, n) for n in (0, 1, 2, 0.5, 1.5)] == ["یکی", "یکی", "بیشتر", "یکی", "بیشتر"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('msgid "a"\n', "ui.po:6: missing msgstr"), ('nonsense "a"\n', "ui.po:6: Unknown"),
        ('msgid "a"\nmsgstr[x] "b"\n', "not a message file"),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', "repeated"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[7] ""\n', "more translations"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_where(content, body, said):
    path = write("fa", body)
    with pytest.raises(CatalogError, match=r"fa/ui\.po") as caught:
        load_po(path)
    assert said in str(caught.value)


def test_a_sound_file_has_no_problems(content):
    write("ar", f'msgid "Save"\nmsgstr "حفظ"\n\nmsgid "ROI"\nmsgstr "ROI"\n\n{PLURAL_IDS}{PEOPLE}\n'
          'msgctxt "ctx"\nmsgid "%(x)s of 5%%"\nmsgstr "%(x)s من 5%%"\n')  # fmt: skip
    assert catalog_problems("ar", template("Save", "ROI", PLURAL, ("ctx", "%(x)s of 5%%"))) == []
    assert catalog_problems("en", template("Save")) == []


def test_every_problem_is_said_in_one_run(content):
    write("fa", 'msgid "Save"\nmsgstr "Save"\n\nmsgid "Open"\nmsgstr ""\n\n#, fuzzy\nmsgid "Shut"\nmsgstr "بستن"\n\n'
          'msgid "Gone"\nmsgstr "رفته"\n\nmsgid "%(a)s and %(b)s"\nmsgstr "%(a)s و %(c)s"\n\n'
          'msgid "Of %(x)s"\nmsgstr "از %(x)s ۵% چیز"\n\nmsgid "Why"\nmsgstr "چرا?"\n\nmsgid "End "\nmsgstr "پایان"\n\n'
          f'{PLURAL_IDS}msgstr[0] "یک نفر"\nmsgstr[1] "%(n)s نفر"\n\n#~ msgid "Old"\n#~ msgstr "کهنه"\n',
          "nplurals=2; plural=(n != 1);")  # fmt: skip
    problems = catalog_problems("fa", template(
        "Save", "Open", "Shut", "%(a)s and %(b)s", "Of %(x)s", "Why", "End ", PLURAL, "New",
    ))  # fmt: skip
    said = "\n".join(problems)
    for part in (
        "Plural-Forms is", "missing 'New'", "obsolete 'Gone'", "obsolete 'Old'", "'Save': leftover English",
        "'Shut': fuzzy", "placeholder %(b)s is missing", "placeholder %(c)s is not in the English",
        "'Of %(x)s': breaks", "'Open': empty",
        "'Why': Latin question mark", "'End ': space at the", "'%(n)s person': msgstr[0]: placeholder %(n)s is missing",
    ):  # fmt: skip
        assert part in said
    assert all("fa/" in one for one in problems)


def test_plural_and_single_are_not_the_same(content):
    write("fa", f'{PLURAL_IDS}msgstr[0] "یک"\nmsgstr[1] "دو"\n\nmsgid "x"\nmsgstr "ایکس"\n')
    said = "\n".join(catalog_problems("fa", template("%(n)s person", ("x", "xs"))))
    assert "has plural forms, but Python asks for a single one" in said
    assert "plural forms are for 'x', but Python asks for ('x', 'xs')" in said


def test_a_missing_file_is_one_problem(content):
    assert len(catalog_problems("fa", template("a", "b"))) == 1
