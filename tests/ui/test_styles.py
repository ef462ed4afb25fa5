"""The stylesheet of the app."""

import re

from tests.support import ROOT


def test_a_class_is_drawn_in_one_place():
    """Two features that took the same name would draw each other: a ring of the figures was an em wide by another's rule."""
    text = re.sub(r"/\*.*?\*/", "", (ROOT / "ui" / "style.css").read_text("utf-8"), flags=re.DOTALL)
    sizes: dict[str, set[str]] = {}
    for name, body in re.findall(r"^\.stApp (\.tf-[\w-]+) \{([^}]*)\}", text, re.MULTILINE):
        sizes.setdefault(name, set()).update(re.findall(r"(?<![\w-])inline-size: ([^;]+);", body))
    assert len(sizes) > 100, "the rules of one class are not found any more"
    assert {name: found for name, found in sizes.items() if len(found) > 1} == {}
