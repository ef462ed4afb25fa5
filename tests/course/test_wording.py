"""Authors are named, mistakes told as mistakes, claims no surer than their source: English keeps it, and a slip is found."""

from __future__ import annotations

import shutil

import pytest

from course import lint, wording
from i18n.languages import content_root, languages, use_content_root

SLIPS = [
    (
        "lessons/what-a-funnel-is/lesson.md",
        "A group that starts",
        "One author says this. Some articles say that. Another author agrees.",
    ),
    (
        "lessons/what-a-funnel-is/lesson.md",
        "- **“Everyone who enters comes out.”**",
        "- Everyone who enters comes out.",
    ),
    ("glossary.toml", "“The cheaper lead is the better one.” Only if", "A cheaper lead is better only if"),
    ("lessons/forecasting-and-pipeline/lesson.md", "{R02|reported}", "{R02|documented}"),
    ("documents/workbooks.toml", "found ready", "accepted as SQL"),
    ("calculators/money.md", "The price of a click is CPC", "It may be a click"),
]


def test_english_is_worded_as_the_house_does():
    assert [*wording.problems("en"), *wording.misreadings("en")] == []


@pytest.mark.parametrize(("file", "old", "new"), SLIPS)
def test_a_slip_is_found(tmp_path, file, old, new):
    root = tmp_path / "content"
    shutil.copytree(content_root(), root, ignore=shutil.ignore_patterns("ui.po"))
    path = root / "en" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with use_content_root(root):
        assert len([*wording.problems("en"), *wording.misreadings("en")]) == 1


def test_the_lists_of_rules_name_released_languages():
    codes = {one.code for one in languages()}
    for held in lint.HELD.values():
        assert set(held) <= codes
