"""Customer value: when the cost of winning a customer is back, and the ratio of value to cost."""

from __future__ import annotations

from funnel.calculators import customer_value as model
from funnel.quantities import certain
from statements.blocks import Blocks, formula, fraction, heading, table, term
from statements.calculators.customer_value.words import by, periods, retention_symbol, title, which
from statements.findings import Findings, KeyFigure
from statements.plane import Plane, axis
from statements.say import Say
from statements.settings import with_currency
from statements.text import _

RULE_RATIO, RULE_MONTHS = 3, 12  # practice lore of software investors (docs/model.md, F24, section 7)


def findings(inputs: model.Inputs, result: model.Result) -> Findings:
    """Say when the cost is back, if ever, and what LTV is over CAC."""
    say, back, m = Say(inputs.currency), result.back, result.worth.m
    return Findings(
        headline=_headline(say, inputs, back),
        figures=_figures(say, inputs, back),
        notes=_notes(say, inputs, back),
        charts=[_plane(say, inputs, back)] if m > 0 else [],
        body=_formulas(say, inputs, back, m) + (_table(say, inputs, back) if m > 0 else []),
    )


def _headline(say: Say, inputs: model.Inputs, back: model.Back) -> str:
    facts = {"cac": say.money(inputs.cac), "ltv": say.money(back.value.value)}
    if inputs.cac == 0:
        return say(_("Winning a customer costs nothing here, so there is nothing to pay back."))
    if back.churned.reason == "no-margin":
        return say(_("Each payment leaves no margin, so the cost of winning a customer never comes back."))
    if back.churned.reason is not None:
        return say(
            _(
                "The cost of %(cac)s never comes back: before it could, too many have left. On average one customer "
                "brings %(ltv)s."
            ),
            **facts,
        )
    whole, simple = back.churned.whole, back.simple.whole
    if whole == 1:
        return say(_("The very first payment brings back the whole cost of %(cac)s."), **facts)
    said = say(
        _("The cost of winning a customer, %(cac)s, is back with the payment of %(when)s."),
        when=which(say, inputs.period, certain(whole)),
        **facts,
    )
    if simple is not None and simple < certain(whole):
        said += " " + say(
            _("If nobody left, it would be back with that of %(when)s."), when=which(say, inputs.period, simple)
        )
    return said


def _figures(say: Say, inputs: model.Inputs, back: model.Back) -> list[KeyFigure]:
    whole, simple = back.churned.whole, back.simple
    exact = periods(say, inputs.period, back.churned.periods) if whole is not None and whole > 1 else ""
    return [
        KeyFigure(
            _("Paid back"),
            title(say, inputs.period, whole) if whole else say(_("At once") if whole == 0 else _("Never")),
            exact,
        ),
        KeyFigure(
            _("Without churn"),
            periods(say, inputs.period, simple.periods),
            _("too early where customers leave") if whole != 1 else "",
        ),
        KeyFigure(_("LTV to CAC"), say.decimal(back.ratio, 2), _("on margin, nothing discounted")),
        KeyFigure(_("Lifetime value (LTV)"), say.money(back.value.value), _("first payment at once")),
    ]


def _notes(say: Say, inputs: model.Inputs, back: model.Back) -> list[str]:
    notes = []
    if inputs.source == "s7-ngo-usd":
        notes.append(
            say(
                _(
                    "In this example the customers are monthly donors, and the whole cost of the campaign is charged to them."
                )
            )
        )
    if inputs.churn == 0 and inputs.cac > 0 and back.churned.whole is not None:
        notes.append(
            say(
                _(
                    "With a churn of %(none)s the lifetime value has no limit, so its ratio to the cost is not defined.",
                ),
                none=say.percent(0),
            )
        )
    if inputs.cac == 0:
        notes.append(
            say(
                _(
                    "A cost of zero has no ratio: no number of times zero makes a value. Was everything counted, time too?"
                )
            )
        )
    if back.churned.reason == "cac-exceeds-ltv":
        notes.append(
            say(
                _(
                    "The cost is above the lifetime value: every further customer loses money. A lower cost, more "
                    "margin or less churn would change that."
                )
            )
        )
    if back.ratio is not None and back.ratio_on_revenue is not None and inputs.margin < 1:
        notes.append(
            say(
                _("With revenue instead of margin the ratio would look like %(ratio)s, which misleads."),
                ratio=say.decimal(back.ratio_on_revenue, 2),
            )
        )
    notes.append(
        say(
            _(
                "A ratio of %(ratio)s and a payback within %(months)s months are rules of thumb of software investors, "
                "not laws. A business short of cash needs a faster payback; another can wait."
            ),
            ratio=say.count(RULE_RATIO),
            months=say.count(RULE_MONTHS),
        )
    )
    notes.append(
        say(
            _(
                "Value and cost must speak of the same customers and the same currency. The first payment comes at "
                "once, and nothing is discounted."
            )
        )
    )
    return notes


def _plane(say: Say, inputs: model.Inputs, back: model.Back) -> Plane:
    last, ceiling = back.curve[-1][0], back.curve[-1][1]
    top = max(ceiling, inputs.cac * 1.15)
    x = axis(0, last, lambda v: say.figures(v), _payments_title(inputs.period), whole=True, exact=True)
    y = axis(0, top or 1, lambda v: say.compact(v), with_currency(_("Margin so far"), inputs.currency))
    plane = Plane(x, y)
    plane.line(
        [(t, plain_sum) for t, _got, plain_sum in back.curve if plain_sum <= y.high],
        _("If nobody left"),
        "before",
        dashed=True,
    )
    plane.line([(t, got) for t, got, _sum in back.curve], _("With churn"))
    if last <= 24:
        plane.dots([(t, got) for t, got, _sum in back.curve])
    plane.level(inputs.cac, say(_("Cost (CAC): %(cac)s"), cac=say.money(inputs.cac)), "what_if")
    if back.churned.whole and back.churned.whole < last:
        plane.upright(back.churned.whole)
    return plane


def _payments_title(period: str) -> str:
    return by(period, _("Months (one payment each)"), _("Years (one payment each)"))


def _formulas(say: Say, inputs: model.Inputs, back: model.Back, m: float) -> Blocks:
    cac, margin, c = say.figures(inputs.cac, 8), say.figures(m, 7), say.figures(inputs.churn, 5)
    blocks: Blocks = []
    if m > 0:
        blocks += formula(
            _("Payback without churn"),
            fraction("CAC", "m"),
            fraction(cac, margin),
            say.figures(back.simple.periods, 6),
            where=say(_("m: margin per period")),
        )
    if m > 0 and 0 < inputs.churn < 1:
        if back.churned.periods is None:
            blocks += formula(
                _("Share of the lifetime value that the cost takes"),
                fraction("CAC · c", "m"),
                fraction(term(cac, " × ", c), margin),
                say.figures(back.burden, 5),
                where=say(_("From %(one)s on, the cost is never back."), one=say.count(1)),
            )
        elif certain(back.churned.whole) > 1:
            r, one = say.figures(1 - inputs.churn, 5), say.count(1)
            blocks += formula(
                _("Payback with churn"),
                fraction(term("ln (", one, " − CAC · c / m)"), "ln r"),
                fraction(term("ln (", one, " − ", cac, " × ", c, " / ", margin, ")"), term("ln ", r)),
                say.figures(back.churned.periods, 6),
                where=say(_("c: churn per period; %(r)s. Rounded up to a whole payment."), r=retention_symbol(say)),
            )
    if back.ratio is not None:
        blocks += formula(
            _("LTV to CAC"),
            fraction("LTV", "CAC"),
            fraction(say.figures(back.value.value, 8), cac),
            say.figures(back.ratio, 5),
            where=say(_("LTV = m / c, on margin")),
        )
    return blocks


def _table(say: Say, inputs: model.Inputs, back: model.Back) -> Blocks:
    rows, marked = [], None
    for i, (n, there, brings, so_far, over) in enumerate(back.rows):
        if n == back.churned.whole:
            marked = i
        rows.append(
            [
                title(say, inputs.period, n),
                say.money(so_far),
                say.money(over, signed=True),
                say.percent(there),
                say.money(brings),
            ]
        )
    head = [_("Payment"), _("So far"), _("So far, less the cost"), _("Still there"), _("Brings")]
    return heading(_("Payment by payment")) + table(_("Averages per customer won"), head, rows, marked=marked)
