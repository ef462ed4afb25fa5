"""Progress is short, comes back as it went, and nothing hostile is taken for it."""

from hypothesis import given
from hypothesis import strategies as st

from course.progress import Progress, read

answers = st.lists(st.tuples(st.integers(1, 15), st.integers(0, 7), st.booleans()), max_size=60)


@given(answers)
def test_progress_comes_back(given_answers):
    progress = Progress()
    for lesson, question, right in given_answers:
        progress = progress.opened(lesson).answered(lesson, question, right)
    assert read(progress.write()) == progress
    assert len(progress.write()) < 200


def test_only_the_first_try_counts():
    progress = Progress().opened(3).answered(3, 0, False).answered(3, 0, True).answered(3, 1, True)
    assert progress.lessons[3].tried == 3
    assert progress.lessons[3].right == 2


@given(st.text(max_size=500))
def test_any_text_is_read_or_refused(text):
    found = read(text)
    assert found is None or read(found.write()) == found
