"""Whatever can be said about data that somebody brings has words in every language, and cohorts show theirs on the page."""

from __future__ import annotations

import pytest

from documents.incoming.cohort_file import ERRORS, WARNINGS, WHOLE, Problem
from documents.incoming.decoding import REFUSALS
from i18n.numbers import CODES
from statements.reader import reading
from statements.say import Say
from tests.documents.incoming.test_cohort_table import RIGHT
from tests.ui.script import opened, plain
from ui.calculators import cohorts_entry
from ui.calculators.own_data_refusals import refusal


@pytest.mark.parametrize("code", ["en", "fa", "ar"])
def test_every_problem_of_cohorts_and_every_refusal_has_a_sentence(code):
    with reading(code):
        said = [cohorts_entry._say_problem(Say(), Problem(0, one, "Size")) for one in WHOLE]
        lines = [one for one in (*ERRORS, *WARNINGS) if one != "not-a-number"]
        said += [cohorts_entry._say_problem(Say(), Problem(3, one, "Total")) for one in lines]
        said += [cohorts_entry._say_problem(Say(), Problem(3, "not-a-number", "x", why)) for why in CODES]
        said += [cohorts_entry._say_problem(Say(), Problem(3, "total", ""))]
        other = refusal(Say(), "damaged", 0)
        refused = [refusal(Say(), one, 3) for one in REFUSALS if one not in ("damaged", "workbook")]
    assert all(said)
    assert other not in refused


@pytest.mark.parametrize("code", ["en", "fa", "ar"])
def test_cohorts_say_what_was_done_and_zeros_can_be_kept(code):
    test = opened("22_cohorts.py", code)
    test.session_state["cohorts-entry"] = True
    test.session_state["note-cohorts-draft"] = RIGHT["zeros"]
    test.run()
    assert not test.exception
    if not any(one.key == "cohorts-zeros-box" for one in test.checkbox):
        pytest.fail("the entry is not open")
    said = plain(test)
    box = next(one for one in test.checkbox if one.key == "cohorts-zeros-box")
    box.check().run()
    assert not test.exception
    assert plain(test) != said
    if code == "en":
        assert "They were taken as times that have not come yet" in said
        assert "They were taken as times that have not come yet" not in plain(test)
