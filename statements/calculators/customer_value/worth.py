"""Customer value: what one customer is worth under a contract, in every named variant."""

from __future__ import annotations

from funnel.calculators import customer_value as model
from funnel.quantities import certain
from statements.blocks import Blocks, Cell, Math, Raised, Symbols, formula, fraction, heading, table, term
from statements.calculators.customer_value.words import (
    axis_title,
    by,
    convention,
    each,
    periods,
    retention_symbol,
    stay_figure,
    variant_names,
)
from statements.findings import Findings, KeyFigure
from statements.plane import Plane, axis
from statements.say import Say
from statements.settings import with_currency
from statements.text import _

DISCOUNTED = model.TIMINGS


def findings(inputs: model.Inputs, result: model.Result) -> Findings:
    """Say what a customer is worth under a contract, and how the other variants differ."""
    say, worth = Say(inputs.currency), result.worth
    return Findings(
        headline=_headline(say, inputs, worth),
        figures=_figures(say, inputs, worth),
        notes=_notes(say, inputs, worth),
        charts=[_plane(say, inputs, worth)],
        body=_formulas(say, inputs, worth) + _table(say, inputs, worth),
    )


def _headline(say: Say, inputs: model.Inputs, worth: model.Worth) -> str:
    chosen, got = worth.chosen.id, worth.chosen.margin.value
    if got is None:
        return say(
            _(
                "Nobody leaves, so the payments never end and their sum has no limit: this lifetime value (LTV) is not "
                "defined. Choose a variant with a horizon or a discount rate."
            )
        )
    facts = {"ltv": say.money(got), "m": each(say, inputs.period, worth.m)}
    stay = periods(say, inputs.period, worth.stay.value)
    if chosen == "simple":
        years = say.plural("%(n)s year", "%(n)s years", inputs.years)
        return say(
            _("The lifetime value (LTV) is %(ltv)s, if the guess of %(years)s is right: %(m)s for that long."),
            years=years,
            **facts,
        )
    if chosen == "now":
        return say(
            _("The lifetime value (LTV) is %(ltv)s: %(m)s, over an average stay of %(stay)s."), stay=stay, **facts
        )
    if chosen == "kept":
        return say(
            _("The lifetime value (LTV) is %(ltv)s: one payment less than when the first one comes at once."), **facts
        )
    if chosen == "horizon":
        n = periods(say, inputs.period, inputs.horizon)
        if worth.reached is None:
            return say(
                _("Within %(n)s, one customer brings %(ltv)s. Without a horizon the sum would have no limit."),
                n=n,
                **facts,
            )
        return say(
            _("Within %(n)s, one customer brings %(ltv)s: %(share)s of what would come without a horizon."),
            n=n,
            share=say.percent(worth.reached),
            **facts,
        )
    if worth.before.value is None:
        return say(
            _("In today's money the lifetime value (LTV) is %(ltv)s. Without discounting it would have no limit."),
            **facts,
        )
    return say(
        _("In today's money the lifetime value (LTV) is %(ltv)s. Without discounting it would be %(before)s."),
        before=say.money(worth.before.value),
        **facts,
    )


def _figures(say: Say, inputs: model.Inputs, worth: model.Worth) -> list[KeyFigure]:
    higher = say(_("%(more)s too high"), more=say.percent(worth.flattery)) if worth.flattery else ""
    known = worth.chosen.revenue.value is not None
    return [
        KeyFigure(_("Lifetime value (LTV)"), say.money(worth.chosen.margin.value), variant_names()[worth.chosen.id]),
        KeyFigure(by(inputs.period, _("Margin per month (m)"), _("Margin per year (m)")), say.money(worth.m)),
        stay_figure(say, inputs.period, worth.stay.value),
        KeyFigure(_("Half have left after"), periods(say, inputs.period, worth.half_life)),
        KeyFigure(_("If revenue were counted"), say.money(worth.chosen.revenue.value), higher if known else ""),
    ]


def _notes(say: Say, inputs: model.Inputs, worth: model.Worth) -> list[str]:
    notes, chosen = [say(convention(worth.chosen.id))], worth.chosen.id
    if inputs.source == "s7-ngo-usd":
        notes.append(
            say(
                _(
                    "In this example the customers are monthly donors and the payments are gifts; revenue means what they give."
                )
            )
        )
    if worth.varying is not None:
        notes.append(_varying(say, inputs, worth))
    if inputs.churn == 0 and chosen != "simple":
        notes.append(
            say(
                _("A churn of %(none)s says that nobody ever leaves. No business is like that: set a horizon."),
                none=say.percent(0),
            )
        )
    if inputs.churn == 1 and chosen != "simple":
        notes.append(
            say(
                _(
                    "Everybody leaves after the first period, so the lifetime value is one payment, or none where the "
                    "first comes later."
                )
            )
        )
    if worth.discount == 0 and chosen in DISCOUNTED:
        notes.append(
            say(
                _("With a discount rate of %(none)s, later money counts in full, and nothing is discounted."),
                none=say.percent(0),
            )
        )
    if worth.m == 0:
        notes.append(say(_("Without revenue or margin, every variant is zero: who stays longer brings nothing more.")))
    elif inputs.margin < 1:
        notes.append(
            say(_("Revenue is not value: part of it pays for what was sold. Count the margin, which is what remains."))
        )
    if chosen == "simple":
        notes.append(say(_("The years are a guess. A churn that was counted is better than any guess.")))
    elif worth.varying is None:
        notes.append(
            say(_("One churn for everybody, the same for ever, is an assumption: see “Two kinds of customers”."))
        )
    notes.append(say(_("What it cost to win the customer (CAC) is not taken off here: see “Payback”.")))
    return notes


def _varying(say: Say, inputs: model.Inputs, worth: model.Worth) -> str:
    """Explain why the app's lifetime value needs a horizon (sBG, alpha below 1)."""
    found = worth.varying
    if inputs.period != "month":
        return say(
            _(
                "This app's own payers were counted month by month: choose the month to compare them with one churn "
                "for all."
            )
        )
    flat = next(variant.margin.value for variant in worth.variants if variant.id == "horizon")
    return say(
        _(
            "This app's payers do not leave at one rate: the longer they have paid, the fewer leave. The sBG model "
            "fitted to them has an alpha of %(alpha)s, below %(one)s, so without a horizon or a discount their "
            "lifetime value has no limit. Within %(n)s it says %(varying)s; one churn for all says %(flat)s."
        ),
        alpha=say.decimal(certain(found).model.alpha, 4),
        one=say.count(1),
        n=periods(say, "month", inputs.horizon),
        varying=say.money(certain(found).within),
        flat=say.money(flat),
    )


def _plane(say: Say, inputs: model.Inputs, worth: model.Worth) -> Plane:
    last = worth.curve[-1]
    x = axis(0, last[0], lambda v: say.figures(v), axis_title(inputs.period), whole=True, exact=True)
    y = axis(
        0,
        max(last[1], last[2], last[3]) or 1,
        lambda v: say.compact(v),
        with_currency(_("Brought in so far"), inputs.currency),
    )
    plane = Plane(x, y)
    if inputs.margin < 1:
        plane.line([(t, revenue) for t, _a, _b, revenue in worth.curve], _("Revenue (too high)"), "before", dashed=True)
    plane.line([(t, got) for t, got, _b, _r in worth.curve], _("Margin"))
    if worth.discount > 0:
        plane.line([(t, got) for t, _a, got, _r in worth.curve], _("Margin, discounted"), "what_if")
    if inputs.horizon < last[0]:
        plane.upright(inputs.horizon, say(_("Horizon")))
    return plane


# --- formulas -------------------------------------------------------------------------------------------------------


def _parts(say: Say, inputs: model.Inputs, worth: model.Worth) -> dict[str, tuple[Math, Math, Math, Math]]:
    """Return each variant as (above, below, the same with numbers): symbols and the learner's numbers."""
    m, c, d = say.figures(worth.m, 7), say.figures(inputs.churn, 7), say.figures(worth.discount, 5)
    r, one, n = say.figures(1 - inputs.churn, 7), say.count(1), say.figures(inputs.horizon)
    a_year = say.count(worth.a_year)
    lasts, lasts_n = f"{one} + d − r", f"{one} + {d} − {r}"
    return {
        "simple": ("m · f · y", "", f"{m} × {a_year} × {say.figures(inputs.years)}", ""),
        "now": ("m", "c", m, c),
        "kept": ("m · r", "c", f"{m} × {r}", c),
        "start": (f"m ({one} + d)", lasts, f"{m} × ({one} + {d})", lasts_n),
        "end": ("m", lasts, m, lasts_n),
        "end-if-kept": ("m · r", lasts, f"{m} × {r}", lasts_n),
        "horizon": (
            term(f"m ({one} − r", Raised("n"), ")"),
            f"{one} − r",
            term(f"{m} × ({one} − {r}", Raised(n), ")"),
            f"{one} − {r}",
        ),  # fmt: skip,
    }


def _formulas(say: Say, inputs: model.Inputs, worth: model.Worth) -> Blocks:
    above, below, above_n, below_n = _parts(say, inputs, worth)[worth.chosen.id]
    share, c = say.figures(inputs.margin), say.figures(inputs.churn, 7)
    m = say.figures(worth.m, 7)
    blocks = formula(
        _("Margin per period"),
        "m",
        "ARPU × g",
        f"{say.figures(inputs.arpu, 7)} × {share}",
        m,
        where=say(_("g: gross margin, a share of revenue")),
    )
    if worth.stay.value is not None:
        blocks += formula(
            _("Average stay"),
            fraction(say.count(1), "c"),
            fraction(say.count(1), c),
            say.figures(worth.stay.value, 6),
            where=say(_("c: churn per period; %(r)s: retention. Counting the first period."), r=retention_symbol(say)),
        )
    if worth.chosen.id in DISCOUNTED and inputs.discount_per != inputs.period:
        one = say.count(1)
        power = f"{one}/{say.count(12)}" if inputs.period == "month" else say.count(12)
        rate = say.figures(inputs.discount, 5)
        blocks += formula(
            by(inputs.period, _("Discount rate per month"), _("Discount rate per year")),
            "d",
            term("(", one, " + D)", Raised(power), " − ", one),
            term("(", one, " + ", rate, ")", Raised(power), " − ", one),
            say.figures(worth.discount, 4),
            where=say(
                by(
                    inputs.period,
                    _("D: the rate per year. Dividing it by twelve would be too much."),
                    _("D: the rate per month. Twelve times it would be too little."),
                )
            ),
        )
    where = {"simple": _("f: payments a year; y: years, guessed"), "horizon": _("n: the horizon, in periods")}
    if worth.chosen.id in DISCOUNTED:
        where[worth.chosen.id] = _("d: discount rate per period")
    if worth.chosen.margin.value is None:
        return blocks
    blocks += formula(
        _("Lifetime value (LTV)"),
        fraction(above, below) if below else above,
        fraction(above_n, below_n) if below else above_n,
        say.figures(worth.chosen.margin.value, 7),
        where=say(where.get(worth.chosen.id, "")),
    )
    return blocks


def _table(say: Say, inputs: model.Inputs, worth: model.Worth) -> Blocks:
    names, parts = variant_names(), _parts(say, inputs, worth)
    rows: list[list[Cell]] = []
    for variant in worth.variants:
        above, below, above_n, below_n = parts[variant.id]
        both = Symbols(above, above_n) if not below else Symbols(_inline(above, below), _inline(above_n, below_n))
        rows.append([names[variant.id], say.money(variant.margin.value), say.money(variant.revenue.value), both])
    revenue = _("On revenue (too high)") if inputs.margin < 1 else _("On revenue")
    head = [_("Variant"), _("LTV on margin"), revenue, _("Formula, with your numbers")]
    lead = say(
        _(
            "All are called LTV, and they are not the same. Before comparing two values, or two companies, ask which "
            "variant was used and whether it counts margin."
        )
    )
    marked = model.VARIANTS.index(worth.chosen.id)
    return heading(_("One name, seven values"), lead) + table(_("The variants side by side"), head, rows, marked=marked)


def _inline(above: Math, below: Math) -> Math:
    """Return a fraction on the line, with brackets around what is below it where that has more than one sign."""
    return term(above, " / (", below, ")") if " " in str(below) else term(above, " / ", below)
