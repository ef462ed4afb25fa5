import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.calculators.stage_conversion import compute, start
from funnel.facts.stages import MAX_NAME, MODELS, PRESETS, SOURCES, STAGE_IDS, Stage, clean_name, clean_text

# Curriculum section 5, "Derived check values": step rates, overall rate at the customer stage.
CHECK_VALUES = {
    "s1-ecom-sar": ([0.5300, 0.1700, 0.5100, 0.5099], 0.023429),
    "s2-saas-usd": ([0.0300, 0.3802, 0.3998, 0.6292, 0.2407], 0.000690),
    "s3-academy-irt": ([0.0550, 0.1200, 0.6498, 0.2500], 0.001072),
    "s4-clinic-aed": ([0.0800, 0.5000, 0.7703, 0.3991], 0.012297),
    "s5-realestate-egp": ([0.7000, 0.3000, 0.3499, 0.1804, 0.7193], 0.009535),
    "s6-app-usd": ([0.4500, 0.2000, 0.3600, 0.7001], 0.032400),
    "s7-ngo-usd": ([0.3300, 0.1500, 0.3000, 0.6999, 0.1799], 0.010391),
    "s8-wholesale-irt": ([0.6500, 0.5000, 0.3006, 0.5512], 0.097692),
}


@pytest.mark.parametrize("preset", CHECK_VALUES)
def test_a_preset_has_the_rates_of_the_course(preset):
    rates, overall = CHECK_VALUES[preset]
    now = compute(start(preset)).now
    assert [round(rate, 4) for rate in now.rates[1:]] == rates
    assert round(now.from_top[PRESETS[preset].customer_stage], 6) == overall


def test_the_ab_test_compares_its_arms():
    result = compute(start("s9-abtest-aed"))
    assert (round(result.now.overall, 6), round(result.what_if.overall, 6)) == (0.041976, 0.047515)
    assert round(result.difference.overall_rate / result.now.overall, 4) == 0.1319


def test_the_mix_shift_preset_falls_in_total_while_both_segments_rise():
    result = compute(start("s10-simpson-sar"))
    assert (round(result.now.overall, 4), round(result.what_if.overall, 5)) == (0.0380, 0.03075)
    facts = PRESETS["s10-simpson-sar"].facts
    rates = {period: {segment: x / n for segment, n, x in facts[period]} for period in ("p1", "p2")}
    assert rates == {"p1": {"mobile": 0.02, "desktop": 0.05}, "p2": {"mobile": 0.023, "desktop": 0.054}}
    for period, counts in (("p1", (10000, 380)), ("p2", (12000, 369))):
        assert tuple(map(sum, zip(*((n, x) for _, n, x in facts[period]), strict=True))) == counts


# Curriculum section 5: cost per customer (or donor), per lead, and lead to customer, to the digits given there.
MONEY = {
    "s1-ecom-sar": (61.2175, None, None),
    "s2-saas-usd": (4103.4483, 38.0952, 0.0230),
    "s3-academy-irt": (2357512.9534, 260942.7609, 0.1625),
    "s4-clinic-aed": (576.9231, 65.0338, 0.1537),
    "s5-realestate-egp": (75243.9024, 450.0, 0.0095),
    "s6-app-usd": (21.6049, 1.5556, 0.0720),
    "s7-ngo-usd": (10.2510, 2.1520, 0.2099),
    "s8-wholesale-irt": (2440944.8819, 71005.9172, 0.1503),
}


@pytest.mark.parametrize("preset", MONEY)
def test_costs_and_marked_stages_give_the_cost_per_customer(preset):
    firm = PRESETS[preset]
    facts, customers = firm.facts, firm.counts[firm.customer_stage]
    cac, cpl, lead_to_customer = MONEY[preset]
    assert round((facts["mkt"] + facts["sales"]) / customers, 4) == cac
    if firm.lead_stage is None:
        assert cpl is None
    else:
        leads = firm.counts[firm.lead_stage]
        assert round(facts["mkt"] / leads, 4) == cpl
        assert round(customers / leads, 4) == lead_to_customer


def test_models_and_presets_are_well_formed():
    assert list(MODELS) == ["base", "aida", "zones", "sales-five", "joined", "ecommerce", "saas-trial", "own"]
    assert len(PRESETS) == 10
    assert (*MODELS, *PRESETS) == SOURCES
    assert len(set(SOURCES)) == len(SOURCES)
    assert list(STAGE_IDS) == sorted(set(STAGE_IDS))
    for source in SOURCES:
        inputs = start(source)
        assert compute(inputs).now.issues == ()
        named = [stage.id for stage in inputs.stages if stage.id]
        assert len(set(named)) == len(named)
    with pytest.raises(ValueError, match="known"):
        start("elsewhere")


def test_facts_cannot_be_changed():
    with pytest.raises(TypeError):
        PRESETS["s1-ecom-sar"].facts["avg"] = 1


@given(st.text())
def test_a_cleaned_name_is_one_short_visible_line(text):
    name = clean_name(text)
    assert len(name) <= MAX_NAME
    assert name == clean_name(name) == unicodedata.normalize("NFC", name).strip()
    assert "\n" not in name
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in name)
    assert not any(unicodedata.bidirectional(c) in ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "PDI") for c in name)
    name.encode()
    Stage(name=name)


def test_a_name_keeps_the_joiners_that_persian_needs():
    assert clean_name("بازدید\u200cکننده\u200f ") == "بازدید\u200cکننده"
    assert clean_name("\u200c\u200d\u200b") == ""
    assert clean_name("e\u0301") == "é"
    assert clean_name("\u202edraw\u2069\x00\ud800 a\r\n\tb\u2028c") == "draw a b c"


def test_a_huge_text_is_cut_before_it_is_read():
    assert clean_text("x" * 50_000_000, 60) == "x" * 60


@pytest.mark.parametrize("arguments", [("nowhere", ""), ("visits", "Visits"), ("", " a"), ("", "x" * 41)])
def test_a_stage_is_known_or_named(arguments):
    with pytest.raises(ValueError, match="stage"):
        Stage(*arguments)
