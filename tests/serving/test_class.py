"""A whole class at once: a start that everybody waits for, and a Wi-Fi that breaks for all."""

import asyncio
from types import SimpleNamespace

import pytest

from benchmarks.client import Learner
from course import library
from serving.sessions import MOST, Kept
from tests.serving.asgi import run
from tests.support import ROOT, serve
from ui import navigation

DROPPED = 300


PAGES = [*(navigation.slugs().keys() - {"home"}), "", *(lesson.slug for lesson in library.lessons())]


async def _rush(address: str, pages: list[str]) -> list[str]:
    learners = [Learner(f"{address}/{page}", f"lang={code}") for page in pages for code in ("ar", "fa", "en")]
    found = await asyncio.gather(*(learner.open() for learner in learners), return_exceptions=True)
    wrong = [
        f"{learner.url}?{learner.query}: {one}"
        for learner, one in zip(learners, found, strict=True)
        if isinstance(one, BaseException)
    ]
    await asyncio.gather(*(learner.close() for learner in learners if hasattr(learner, "socket")))
    return wrong


async def _class(address: str) -> tuple[set[str], set[str]]:
    """Return what the sessions of a class are called before and after all its sockets broke at once."""
    learners = [Learner(f"{address}/money", seed=seed) for seed in range(DROPPED)]
    for start in range(0, DROPPED, 10):
        await asyncio.gather(*(learner.open() for learner in learners[start : start + 10]))
    before = {learner.session for learner in learners}
    for learner in learners:
        learner.drop()
    await asyncio.sleep(1)
    for start in range(0, DROPPED, 10):
        await asyncio.gather(*(learner.open() for learner in learners[start : start + 10]))
    after = {learner.session for learner in learners}
    await asyncio.gather(*(learner.close() for learner in learners))
    return before, after


def test_a_class_that_opens_every_page_right_after_the_start_and_loses_all_its_sockets():
    with serve(ROOT / "app.py", cwd=ROOT) as address:
        assert run(_rush(address, PAGES)) == []
        before, after = run(_class(address))
    assert len(before) == DROPPED
    assert after == before  # none lost: Streamlit alone keeps 128


class Session:
    def __init__(self, name: str) -> None:
        self.session = SimpleNamespace(id=name, shutdown=self.end)
        self.ended = 0

    def end(self) -> None:
        self.ended += 1


@pytest.fixture
def now():
    return [0.0]


@pytest.fixture
def kept(now):
    return Kept(3, 60, clock=lambda: now[0])


def test_the_latest_are_kept_and_the_others_are_ended(kept):
    all_of_them = [Session(name) for name in "abcde"]
    for one in all_of_them:
        kept.save(one)
    assert [one.ended for one in all_of_them] == [1, 1, 0, 0, 0]
    assert kept.get("b") is None
    assert kept.get("c") is all_of_them[2]
    assert kept.list() == all_of_them[2:]


def test_who_stays_away_is_ended_and_who_comes_back_is_not(kept, now):
    gone, back = Session("gone"), Session("back")
    kept.save(gone)
    kept.save(back)
    kept.delete("back")
    kept.delete("nobody")
    now[0] = 60
    assert kept.get("gone") is None
    assert (gone.ended, back.ended) == (1, 0)


def test_who_breaks_off_again_waits_anew(kept, now):
    one = Session("one")
    kept.save(one)
    now[0] = 50
    kept.save(one)
    now[0] = 90
    assert kept.get("one") is one


def test_one_that_cannot_be_ended_hinders_nobody(kept, caplog):
    broken = Session("broken")
    broken.session.shutdown = None
    for one in (broken, Session("a"), Session("b"), Session("c")):
        kept.save(one)
    assert len(kept.list()) == 3
    assert "could not be ended" in caplog.text


def test_who_comes_back_is_watched_for_changed_files_only_where_that_is_on(now):
    for watch in (False, True):
        one = Session("one")
        began = []
        one.session.register_file_watchers = lambda began=began: began.append(1)
        Kept(3, 60, watch).save(one)
        one.session.register_file_watchers()
        assert began == [1] * watch


def test_two_classes_fit():
    assert MOST >= 2 * DROPPED
