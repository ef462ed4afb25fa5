"""Single figures: their facts and words fit together, and what each of them alone must keep."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from course import library
from course.text import SOURCE
from funnel.figures import plan
from funnel.links.plan_codec import CELLS, HEAD
from funnel.links.scenario import decode
from i18n.languages import languages
from ui.figures import checkout_leaks, comparison_table, consent_form, country_cards, retargeting, timeline, tools

CODES = [one.code for one in languages()]


def test_a_fix_of_another_business_is_dropped_and_said():
    found = decode(checkout_leaks.Inputs, {"from": "s4-clinic-aed", "fix": "guest", "leak": "order"})
    assert found.inputs == checkout_leaks.Inputs(business="s4-clinic-aed")
    assert {one.field for one in found.changes} == {"fix", "leak"}


def test_what_deceives_brings_nothing_that_is_counted():
    assert checkout_leaks.brought(checkout_leaks.Inputs(fix="timer")) is None
    assert round(checkout_leaks.brought(checkout_leaks.Inputs(fix="reminder")).final, 1) == 332.8


def test_the_timeline_opens_something_that_the_filter_shows():
    for kind in ("all", *timeline.KINDS):
        inputs = timeline.Inputs(kind=kind)
        assert timeline.opened(inputs) in timeline.shown(inputs)


def test_every_cell_of_the_table_can_be_closed_and_opened():
    hidden = comparison_table.Inputs(hide="both")
    assert comparison_table.closed(hidden) == comparison_table.CELLS
    assert comparison_table.closed(replace(hidden, open=comparison_table.CELLS)) == ()
    groups = [comparison_table.rows(comparison_table.Inputs(rows=group)) for group in comparison_table.GROUPS]
    assert {row for rows in groups for row in rows} == set(comparison_table.ROWS)


@pytest.mark.parametrize("code", CODES)
def test_every_part_of_a_consent_form_is_judged(code):
    words, right = library.figure_words(code, "consent-form"), library.figure_facts("consent-form")["right"]
    for part, options in consent_form.PARTS.items():
        assert right[part] in options
        assert set(words["why"][part]) == set(words["options"][part]) == set(options)
    assert not any(consent_form.right(consent_form.Inputs()).values()), "it begins as a form to be mended"
    assert all(consent_form.right(consent_form.Inputs(**right)).values())


@pytest.mark.parametrize("code", CODES)
def test_a_country_card_answers_what_it_is_asked(code):
    words, known = library.figure_words(code, "country-cards"), library.figure_facts("country-cards")["known"]
    assert tuple(known) == country_cards.PLACES
    for place in country_cards.PLACES:
        assert set(words["answers"][place]) == set(known[place]) == set(country_cards.QUESTIONS)
        assert words["missing"][place]
        for question in ("law", "consent", "enforces"):
            assert SOURCE.search(words["answers"][place][question]), f"{place}, {question}: a claim without its source"


@pytest.mark.parametrize("code", CODES)
def test_every_step_of_the_path_has_its_rules(code):
    words, facts = library.figure_words(code, "retargeting"), library.figure_facts("retargeting")
    assert set(words["rules"]) == set(facts["rules"])
    met = set()
    for consent, login, step in product(retargeting.CONSENTS, retargeting.LOGINS, retargeting.STEPS):
        inputs = retargeting.Inputs(consent, login, step)
        found = retargeting.rules(inputs)
        verdicts = [verdict for _rule, verdict in found]
        assert "wrong" in verdicts, "each step has something that may not be done"
        assert set(verdicts) - {"wrong"}, "and something that may"
        met |= {rule for rule, _verdict in found}
        at = retargeting.STEPS.index(step)
        if consent != "yes" and at > 1:
            assert facts["ads"][consent][at] == "wrong", "no advertising without a yes that still holds"
    assert met == set(facts["rules"]), "no rule without a case"
    assert all(len(row) == len(retargeting.STEPS) for row in facts["ads"].values())


@pytest.mark.parametrize("code", CODES)
def test_every_decision_on_a_tool_is_answered(code):
    words, facts = library.figure_words(code, "tools"), library.figure_facts("tools")
    assert set(facts["cards"]) == set(tools.CARDS) == set(words["cards"])
    for card in tools.CARDS:
        assert set(facts["cards"][card]) == set(tools.ANSWERS)
        assert all(words["cards"][card][answer] for answer in tools.ANSWERS)
        assert {"right", "depends"} & set(facts["cards"][card].values()), "some decision fits"
    assert set(words["kinds"]) == set(words["tasks"]) == set(facts["kinds"])
    # lesson 13's table
    assert facts["kinds"]["analytics"] == list(tools.STAGES)
    assert facts["kinds"]["sales"] == ["bottom"]


@pytest.mark.parametrize("code", CODES)
def test_a_plans_start_has_words_that_fit_its_fields(code):
    words = library.figure_words(code, "plan-builder")
    assert set(words["presets"]) | {"empty"} == set(plan.STARTS)
    for source, preset in words["presets"].items():
        assert all(0 < len(preset[one]) <= limit for one, limit in HEAD.items())
        assert len(preset["rows"]) == len(plan.STARTS[source].stages)
        for row in preset["rows"]:
            assert len(row) == len(CELLS) - 1
            assert all(0 < len(text) <= limit for text, limit in zip(row, list(CELLS.values())[1:], strict=True))
    assert set(words["gaps"]) >= set(plan.gaps(plan.Inputs())) | {"many", "waste", "more", "none"}
