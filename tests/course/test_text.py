"""A lesson's text is cut where its directives say, and mistakes are named with their line."""

import pytest

from course.text import LessonError, blocks, plain, words

TEXT = """## One
{teaches: a, b}
{corrects: C01}

Words [[lead|leads]] and more {R24|disputed}.

{figure}

{predict}
How many?
- ten
- twenty
{reveal}
Twenty.
{end}

## Two

{wrong}
- no
{end}

{advanced: Deep}
Deeper.
{end}
"""


def test_the_blocks_come_in_order():
    found = blocks(TEXT)
    assert [(one.kind, one.section) for one in found] == [
        ("text", 1), ("figure", 1), ("predict", 1), ("text", 2), ("wrong", 2), ("advanced", 2),
    ]  # fmt: skip
    assert found[0].teaches == ("a", "b")
    assert found[0].corrects == ("C01",)
    assert (found[2].guesses, found[2].reveal) == (("ten", "twenty"), "Twenty.")
    assert found[5].title == "Deep"


def test_marks_are_not_read_aloud():
    assert plain("Words [[lead|leads]], a [[sales-funnel]] {R24|disputed}.") == "Words leads, a sales funnel."
    assert words(blocks("مرحله‌ها و نرخ‌ها، B2B")) == 4


@pytest.mark.parametrize(
    "wrong", ["{end}", "{reveal}", "{predict}\nq\n- a\n{end}", "{wrong}\nnever closed", "{wrong}\n{figure}\n{end}"]
)
def test_a_directive_out_of_place_is_told_with_its_line_in_the_file(wrong):
    with pytest.raises(LessonError, match=r"^line (10|11):"):
        blocks(wrong, 10)
