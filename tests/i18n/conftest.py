"""An invented content folder, so that tests do not change when the real content does."""

from pathlib import Path

import pytest

from i18n.languages import use_content_root

FACTS = {
    "ar": ("العربية", "rtl", "latn", ("latn", "arab"), 1, "released"),
    "fa": ("فارسی", "rtl", "arabext", ("arabext", "latn"), 2, "released"),
    "en": ("English", "ltr", "latn", ("latn",), 3, "released"),
    "ckb": ("کوردی", "rtl", "arab", ("arab",), 4, "draft"),
}


def write_language(root: Path, code: str, **changes: str) -> Path:
    """Write `language.toml`; a change replaces the TOML after a key, an empty one leaves the key out."""
    name, direction, digits, choices, order, status = FACTS.get(code, (code, "ltr", "latn", ("latn",), 9, "released"))
    facts = {
        "name": f'"{name}"', "locale": f'"{code}"', "direction": f'"{direction}"', "digits": f'"{digits}"',
        "digit_choices": str(list(choices)), "font": '"Vazirmatn"', "order": str(order), "status": f'"{status}"',
    } | changes  # fmt: skip
    path = root / code / "language.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(f"{key} = {value}" for key, value in facts.items() if value), encoding="utf-8")
    return path


@pytest.fixture
def content(tmp_path):
    """A content root with ar, fa, en and a draft ckb."""
    root = tmp_path / "content"
    for code in FACTS:
        write_language(root, code)
    with use_content_root(root):
        yield root
