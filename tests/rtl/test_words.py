"""The list of Streamlit's own words."""

import re
from pathlib import Path

from streamlit.elements import exception
from streamlit.file_util import get_static_dir

from rtl import WORDS

# The frontend puts these together from smaller parts, or they come from Python.
PUT_TOGETHER = {
    "Press Enter to apply",
    "Press Enter to submit form",
    "Press Ctrl+Enter to apply",
    "Press ⌘+Enter to apply",
    "Press Ctrl+Enter to submit form",
    "Press ⌘+Enter to submit form",
    "The page that you have requested does not seem to exist. Running the app's main page.",
    "Choose date, %(x)s",
    "%(x)s — start",
    "%(x)s — end",
    "1 option available.",
    "%(x)s options available.",
    "Failed to generate file for download",
    exception._GENERIC_UNCAUGHT_EXCEPTION_TEXT,
}


def put_together(word: str) -> bool:
    """Tell the words that no search in the frontend can find."""
    return word in PUT_TOGETHER or " mark" in word or "-axis titled" in word or word.startswith("Number is")


def test_no_word_stands_twice():
    assert len(WORDS) == len(set(WORDS))


def test_placeholders_are_x_y_z_and_stand_once():
    for word in WORDS:
        names = re.findall(r"%\((\w+)\)s", word)
        assert names == ["x", "y", "z"][: len(names)], word
        assert word.count("%") == len(names), word


def test_streamlit_still_says_these_words():
    """Each word stands in the installed frontend; one that is gone has a new wording, which the list must follow."""
    scripts = Path(get_static_dir(), "static", "js").glob("*.js")
    frontend = "\n".join(script.read_text("utf8", "replace") for script in scripts)
    gone = [
        word
        for word in WORDS
        if not put_together(word) and not all(part in frontend for part in re.split(r"%\(\w\)s", word))
    ]
    assert gone == []
