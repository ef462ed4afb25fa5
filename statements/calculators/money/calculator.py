"""Money: three questions to one funnel. What does a stage cost, was it worth it, and what may a lead cost?"""

from __future__ import annotations

from funnel.calculators import money as model
from funnel.facts.businesses import CURRENCIES
from statements.calculator import Calculator, TableOfNumbers
from statements.calculators.money import lead as money_lead
from statements.calculators.money import stages as money_stages
from statements.calculators.money import worth as money_worth
from statements.calculators.money.words import Words, names_of, when
from statements.findings import Findings
from statements.settings import Control, Group, Pick, currency_options, with_currency
from statements.text import _

MOST_MONEY = 1e15


def picks(inputs: model.Inputs) -> list[Pick]:
    """The question, what is known of the sales, and what the numbers belong to."""
    found = [
        Pick(
            "view",
            _("What do you want to know?"),
            {
                "stages": _("What a stage costs"),
                "worth": _("Is it worth it?"),
                "lead": _("What may a lead cost?"),
            },
        )
    ]
    if inputs.view == "worth":
        found.append(
            Pick(
                "basis",
                _("What counts as coming back?"),
                {"margin": _("Gross margin"), "revenue": _("Revenue, the flattering version")},
            )
        )
    if inputs.view != "stages":
        found.append(
            Pick(
                "known",
                _("What do you know of the sales?"),
                {"average": _("The average sale"), "revenue": _("The revenue"), "list": _("Single sales")},
            )
        )
    names = names_of(inputs)
    leads = {model.NO_LEAD: _("No stage")} | {str(i): name for i, name in enumerate(names[:-1])}
    periods = {
        "month": _("One month"),
        "quarter": _("One quarter"),
        "year": _("One year"),
        "campaign": _("One campaign"),
    }
    return [
        *found,
        Pick("currency", _("Currency"), currency_options(CURRENCIES), menu=True, aside=True),
        Pick("period", _("Period of the numbers"), periods, menu=True, aside=True),
        Pick("lead", _("The stage that counts as a lead"), leads, menu=True, aside=True),
    ]


def groups(inputs: model.Inputs) -> list[Group]:
    """What each question needs, and no more."""
    names, last = names_of(inputs), len(inputs.stages) - 1

    def people(*places: int) -> list[Control]:
        return [Control("counts", names[i], index=i, optional=True) for i in places]

    period = {"when": when(inputs.period)}
    spent = Group(
        _("Spent %(when)s") % period,
        [
            _money("marketing", _("Marketing cost, ads included"), inputs),
            _money("sales", _("Sales cost: people, commission, tools"), inputs),
        ],
    )
    if inputs.view == "stages":
        return [Group(_("People %(when)s") % period, people(*range(last + 1))), spent]
    margin = Control(
        "margin",
        _("Gross margin (of revenue)"),
        "percent",
        high=1.0,
        help=_("What is left of a sale after the goods or the service itself are paid."),
    )
    sold = [*people(last), *_sales(inputs), margin]
    if inputs.view == "worth":
        ads = [
            _money("ads", _("Ad spend, a part of the marketing cost"), inputs),
            _money("ad_revenue", _("Revenue that the ads claim"), inputs, optional=True),
        ]
        return [Group(_("Sold %(when)s") % period, sold), spent, Group(_("The ads alone"), ads)]
    if inputs.lead == model.NO_LEAD:
        return [Group(_("From visit to sale, %(when)s") % period, [*people(0), *sold]), spent]
    worth = [
        _money("ltv", _("Gross margin that a customer brings in all (LTV)"), inputs, optional=True),
        Control(
            "target",
            _("Wanted ratio of LTV to CAC"),
            "number",
            low=0.1,
            high=100.0,
            slide=(0.5, 6.0, 0.1),
            help=_("Three is a rule of thumb of investors in software, not a law."),
        ),
    ]
    lead = int(inputs.lead)
    found = [
        Group(_("From lead to sale, %(when)s") % period, [*people(lead), *sold]),
        spent,
        Group(_("The customer over time"), worth),
    ]
    return [*found, Group(_("Visits"), people(0), folded=True)] if lead else found


def _money(field: str, words: str, inputs: model.Inputs, optional: bool = False) -> Control:
    return Control(field, with_currency(words, inputs.currency), "money", high=MOST_MONEY, optional=optional)


def _sales(inputs: model.Inputs) -> list[Control]:
    """Return the field for what is known of the sales; a list has its own box."""
    if inputs.known == "average":
        return [_money("sale", _("Average sale value"), inputs, optional=True)]
    if inputs.known == "revenue":
        return [_money("revenue", _("Revenue"), inputs, optional=True)]
    return []


def findings(inputs: model.Inputs) -> Findings:
    """Answer the question that is asked."""
    words = Words(inputs, model.compute(inputs))
    answer = {"stages": money_stages.findings, "worth": money_worth.findings, "lead": money_lead.findings}
    return answer[inputs.view](words)


def csv_table(inputs: model.Inputs) -> TableOfNumbers:
    """Return what is on the page as ids and plain numbers."""
    result, names = model.compute(inputs), names_of(inputs)
    if inputs.view == "stages":
        head = ["stage_id", "stage", "people", "step_rate", "marketing_cost_per_person", "currency", "period"]
        rows = [
            [stage.id, names[i], inputs.counts[i], result.rates[i], result.costs[i], inputs.currency, inputs.period]
            for i, stage in enumerate(inputs.stages)
        ]
        return head, rows
    shown = {
        "worth": (
            "invested",
            "customers",
            "sale",
            "revenue",
            "gross",
            "profit",
            "roi",
            "flattering",
            "cac",
            "orders_back",
            "roas",
            "roas_most",
            "roas_needed",
        ),
        "lead": (
            "leads",
            "customers",
            "l2c",
            "per_customer",
            "sales_cost",
            "cpl",
            "ceiling",
            "ceiling_bare",
            "ceiling_target",
            "top",
            "visit_cost",
            "rpv",
            "visit_ceiling",
        ),
    }
    rows = [[key, getattr(result, key), inputs.currency, inputs.period] for key in shown[inputs.view]]
    return ["metric", "value", "currency", "period"], rows


CALCULATOR = Calculator("money", model, groups, findings, csv_table, picks, stays=("view", "basis"))
