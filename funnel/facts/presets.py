"""The ten fictional firms of the course, as ids and numbers. Their names live in the content files.

Every firm is invented and every price illustrative. Source: docs/model.md, “What the starting funnels are”.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

Fact = Any
"""A number, or numbers that belong together."""


@dataclass(frozen=True)
class Preset:
    """Hold one fictional firm: its funnel, and every further number that a calculator may need.

    `counts` are people (or shops, or deals) per stage in one `period` (month, quarter, campaign, test or period);
    `customer_stage` and `lead_stage` are 0-based positions in `stages`, `lead_stage` None where the firm has no leads.
    `what_if` is a second set of counts for the same stages, or None. `facts` keeps the numbers by short names: mkt
    (marketing cost with ads), ads, sales (sales cost), avg (average sale), monthly_gift, all in `currency` per period
    or per sale (IRT is toman); margin, repeat, refer, annual_ret, churn (per month): fractions; arpu: money per month;
    cycle: days; cohort: payers by month; A and B: (visitors, orders) per arm; plannedPerArm: visitors; p1 and p2:
    (segment id, visits, bookings) per segment.
    """

    id: str
    type: str
    currency: str
    period: str
    stages: tuple[str, ...]
    counts: tuple[int, ...]
    facts: Mapping[str, Fact]
    customer_stage: int
    lead_stage: int | None = None
    what_if: tuple[int, ...] | None = None


def _preset(
    id: str,
    type: str,
    currency: str,
    period: str,
    funnel: dict[str, int],
    *,
    customer: str,
    lead: str | None = None,
    what_if: tuple[int, ...] | None = None,
    **facts: Fact,
) -> Preset:
    stages = tuple(funnel)
    return Preset(
        id, type, currency, period, stages, tuple(funnel.values()), MappingProxyType(facts),
        stages.index(customer), None if lead is None else stages.index(lead), what_if,
    )  # fmt: skip


_ALL = (
    _preset(
        "s1-ecom-sar", "ecommerce", "SAR", "month",
        {"sessions": 62400, "product-view": 33072, "add-to-cart": 5622, "checkout": 2867, "order": 1462},
        customer="order", mkt=89500, ads=71500, sales=0, avg=214, margin=0.38, repeat=0.24, refer=0.06,
    ),
    _preset(
        "s2-saas-usd", "saas", "USD", "quarter",
        {"visits": 84000, "leads": 2520, "mql": 958, "sql": 383, "opportunity": 241, "won": 58},
        customer="won", lead="leads", mkt=96000, ads=52000, sales=142000, margin=0.81, arpu=290, churn=0.024, cycle=68,
    ),
    _preset(
        "s3-academy-irt", "academy", "IRT", "month",
        {"reach": 180000, "landing-visits": 9900, "form": 1188, "call": 772, "enrol": 193},
        customer="enrol", lead="form", mkt=310_000_000, ads=240_000_000, sales=145_000_000, avg=6_800_000, margin=0.55,
        repeat=0.18, refer=0.1,
    ),
    _preset(
        "s4-clinic-aed", "clinic", "AED", "month",
        {"clicks": 7400, "enquiry": 592, "booked": 296, "attended": 228, "accepted": 91},
        customer="accepted", lead="enquiry", mkt=38500, ads=33000, sales=14000, avg=2150, margin=0.58,
    ),
    _preset(
        "s5-realestate-egp", "real-estate", "EGP", "quarter",
        {"leads": 4300, "contacted": 3010, "qualified": 903, "site-visit": 316, "reserve": 57, "contract": 41},
        customer="contract", lead="leads", mkt=1_935_000, ads=1_700_000, sales=1_150_000, avg=148_000, margin=0.9,
        cycle=96,
    ),
    _preset(
        "s6-app-usd", "app", "USD", "campaign",
        {"install": 120000, "signup": 54000, "trial": 10800, "paid": 3888, "paying-month-3": 2722},
        customer="paid", lead="signup", mkt=84000, ads=84000, sales=0, margin=0.78, arpu=5.99,
        cohort=(3888, 3266, 2722, 2372, 2139, 1964, 1828),
    ),
    _preset(
        "s7-ngo-usd", "ngo", "USD", "campaign",
        {"email": 46000, "opened": 15180, "appeal-page": 2277, "donation-started": 683, "gift": 478, "monthly": 86},
        customer="gift", lead="appeal-page", mkt=4900, ads=0, sales=0, avg=35, margin=0.97, monthly_gift=12,
        annual_ret=0.74,
    ),
    _preset(
        "s8-wholesale-irt", "wholesale", "IRT", "quarter",
        {"target-shops": 2600, "visited-by-rep": 1690, "sample": 845, "first-order": 254, "reorder": 140},
        customer="first-order", lead="visited-by-rep", mkt=120_000_000, ads=0, sales=500_000_000, avg=28_500_000,
        margin=0.11, repeat=0.5512,
    ),
    # The two arms of the test are the same two stages twice: the page in use, and the page being tried.
    _preset(
        "s9-abtest-aed", "ab-test", "AED", "test",
        {"checkout-visitors": 11840, "order": 497},
        customer="order", what_if=(11912, 566), A=(11840, 497), B=(11912, 566), plannedPerArm=11800, avg=96,
        margin=0.41,
    ),
    # Both segments together, so that the fall of the total shows first and the segments explain it later (F39).
    _preset(
        "s10-simpson-sar", "mix-shift", "SAR", "period",
        {"visits": 10000, "bookings": 380},
        customer="bookings", what_if=(12000, 369), p1=(("mobile", 4000, 80), ("desktop", 6000, 300)),
        p2=(("mobile", 9000, 207), ("desktop", 3000, 162)), avg=1240, margin=0.14,
    ),
)  # fmt: skip

PRESETS: Mapping[str, Preset] = MappingProxyType({preset.id: preset for preset in _ALL})
