"""What runs is pinned to the byte, and may be used: requirements.lock and the licences of all that is in it."""

import re
from importlib.metadata import version

import pytest

from tests.support import ROOT
from tools.licences import ALLOWED, LOCK, TABLE, licence, parts, pins, table

NORMAL = re.compile(r"[-_.]+")
ONLY_ELSEWHERE = {"colorama", "tzdata", "uvloop"}  # installed on some systems only


def wanted() -> set[str]:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    return {NORMAL.sub("-", re.split(r"[=<>;\s]", line)[0].lower()) for line in lines if line and line[0] not in "#-"}


def test_everything_that_is_wanted_is_pinned_with_its_hashes():
    assert wanted() <= set(pins()), "`make lock` writes requirements.lock anew"
    entries = re.split(r"\n(?=\S)", LOCK.read_text("utf-8").strip())
    loose = [
        entry.split()[0] for entry in entries if not re.match(r"[\w.-]+==", entry) or "--hash=sha256:" not in entry
    ]
    assert not loose


@pytest.mark.parametrize("name", sorted(set(pins()) - ONLY_ELSEWHERE))
def test_what_is_tested_is_what_is_pinned(name):
    assert version(name) == pins()[name]


@pytest.mark.parametrize("name", sorted(pins()))
def test_a_licence_is_allowed(name):
    assert parts(licence(name)), f"{name} says no licence: read it, then add it to READ in tools/licences.py"
    assert parts(licence(name)) <= ALLOWED


def test_the_licences_are_listed():
    assert TABLE.read_text("utf-8") == table(), "python -m tools.licences"
