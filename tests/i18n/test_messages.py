"""The way of a message: Python, template, ui.po, and back."""

import pytest

from i18n.catalog import catalog, load_po, po_path
from i18n.languages import use_content_root
from i18n.plurals import plural_forms
from tools import messages


@pytest.fixture
def house(tmp_path, content):
    """A small house with text for the screen in two files."""
    (tmp_path / "ui").mkdir()
    (tmp_path / "frame.py").write_text('_("Frame")\nprint(other("not this"), _(name), _("Both"))\n', encoding="utf-8")
    (tmp_path / "ui" / "a.py").write_text(
        "# Translators: on a button\n"
        'x = pgettext("verb", "Open")\ny = _("Both")\n'
        'z = ngettext("%(n)s person", "%(n)s people", n)\nw = npgettext("staff", "%(n)s one", "%(n)s many", n)\n'
        'K = N_("Later"), pgettext_noop("noun", "Open")\nlong = _("A long sentence " "in two parts.")\n',
        encoding="utf-8",
    )
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "b.py").write_text('_("not for the screen")\n', encoding="utf-8")
    return tmp_path


def test_extract_finds_what_the_screen_shows(house):
    found = [(one.context, one.id) for one in messages.extract(house) if one.id]
    assert found == [
        (None, "Frame"), (None, "Both"), ("verb", "Open"), (None, ("%(n)s person", "%(n)s people")),
        ("staff", ("%(n)s one", "%(n)s many")), (None, "Later"), ("noun", "Open"),
        (None, "A long sentence in two parts."),
    ]  # fmt: skip


def test_update_makes_files_that_do_not_churn(house):
    said = messages.update(house)
    assert [one[:4] for one in said] == ["ar: ", "fa: ", "ckb:"]
    assert not po_path("en").exists()
    text = po_path("ar").read_text(encoding="utf-8")
    assert f'"Plural-Forms: {plural_forms("ar")}\\n"' in text
    assert text.count("msgstr[5]") == 2
    assert "Date" not in text
    assert "#: frame.py ui/a.py\n" in text
    assert "#. Translators: on a button" in text
    messages.update(house)
    assert po_path("ar").read_text(encoding="utf-8") == text


def test_update_keeps_translations_and_credits(house):
    messages.update(house)
    path = po_path("fa")
    text = path.read_text(encoding="utf-8").replace('msgid "Both"\nmsgstr ""', '# a note\nmsgid "Both"\nmsgstr "هر دو"')
    text = text.replace('msgid "Later"\nmsgstr ""', 'msgid "Later"\nmsgstr "بعد"')
    path.write_text("# ترجمه: گروه\n" + text, encoding="utf-8")
    (house / "frame.py").write_text('_("Both")\n_("New")\n', encoding="utf-8")
    (house / "ui" / "a.py").write_text('_("Later!")\n', encoding="utf-8")
    said = next(one for one in messages.update(house) if one.startswith("fa"))
    assert "3 messages, 2 new" in said
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ترجمه: گروه\n")
    assert "# a note\n" in text
    assert "Frame" not in text
    held = load_po(path)
    assert held["Both"].string == "هر دو"
    assert (held["Later!"].string, held["Later!"].fuzzy) == ("بعد", True)
    with use_content_root(house / "content"):
        assert catalog("fa").gettext("Both") == "هر دو"
        assert catalog("fa").gettext("Later!") == "Later!"


def test_check_lists_the_released_languages(house):
    messages.update(house)
    problems = messages.check(house)
    assert any(one.startswith("ar/ui.po: 'Both': empty") for one in problems)
    assert any(one.startswith("fa/ui.po: 'Open' (verb): empty") for one in problems)
    assert not any("ckb" in one for one in problems)


def test_the_command_line(house, monkeypatch, capsys):
    monkeypatch.setattr(messages, "ROOT", house)
    assert messages.main([]) == 2
    assert messages.main(["bake"]) == 2
    assert messages.main(["extract"]) == 0
    assert 'msgid "Frame"' in capsys.readouterr().out
    assert messages.main(["update"]) == 0
    assert messages.main(["check"]) == 1
    assert "'Frame': empty" in capsys.readouterr().out
    po_path("fa").write_text("nonsense\n", encoding="utf-8")
    assert messages.main(["update"]) == 1
    assert "fa/" in capsys.readouterr().err
