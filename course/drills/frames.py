"""Frames: what a business of an exercise may look like. Rates are chosen and tops step, so that every count comes out whole."""

from __future__ import annotations

from dataclasses import dataclass

from course.drills.chance import Chance
from course.drills.kinds import Undrawable

Rates = tuple[float, ...]
Range = tuple[int, int, int]


@dataclass(frozen=True)
class Frame:
    """A business: its stages (ids of names.toml), the range of its top, the rates that each step may have, its money.

    ``sale`` is in ``currency``; IRTM is a million toman, IRTK a thousand: what is typed stays short.
    """

    stages: tuple[str, ...]
    top: Range
    rates: tuple[Rates, ...]
    currency: str
    sale: Range
    margins: Rates


_HALF: Rates = (0.3, 0.35, 0.4, 0.45, 0.5)
FRAMES: dict[str, Frame] = {
    "s1-ecom-sar": Frame(
        ("sessions", "product-view", "add-to-cart", "checkout", "order"), (20_000, 90_000, 5_000),
        ((0.4, 0.45, 0.5, 0.55, 0.6), (0.1, 0.12, 0.15, 0.16, 0.18, 0.2), (0.4, 0.45, 0.5, 0.55, 0.6),
         (0.4, 0.45, 0.5, 0.55, 0.6)), "SAR", (120, 320, 10), (0.3, 0.35, 0.38, 0.4, 0.45),
    ),
    "s2-saas-usd": Frame(
        ("visits", "leads", "mql", "sql", "opportunity", "won"), (30_000, 120_000, 5_000),
        ((0.02, 0.025, 0.03, 0.04, 0.05), _HALF, _HALF, (0.5, 0.6, 0.65, 0.7), (0.2, 0.25, 0.3)),
        "USD", (2_000, 6_000, 100), (0.75, 0.8, 0.85),
    ),
    "s3-academy-irt": Frame(
        ("reach", "landing-visits", "form", "call", "enrol"), (80_000, 240_000, 10_000),
        ((0.04, 0.05, 0.06, 0.08), (0.1, 0.12, 0.15), (0.5, 0.6, 0.65, 0.7, 0.8), (0.2, 0.25, 0.3)),
        "IRTM", (4, 9, 1), (0.45, 0.5, 0.55, 0.6),
    ),
    "s4-clinic-aed": Frame(
        ("clicks", "enquiry", "booked", "attended", "accepted"), (3_000, 12_000, 500),
        ((0.06, 0.08, 0.1, 0.12), (0.4, 0.5, 0.6), (0.7, 0.75, 0.8, 0.85), (0.3, 0.4, 0.5)),
        "AED", (1_200, 3_200, 50), (0.5, 0.55, 0.6),
    ),
    "s5-realestate-egp": Frame(
        ("leads", "contacted", "qualified", "site-visit", "reserve", "contract"), (2_000, 8_000, 200),
        ((0.6, 0.7, 0.75, 0.8), (0.25, 0.3, 0.35, 0.4), (0.3, 0.35, 0.4), (0.15, 0.2, 0.25), (0.6, 0.7, 0.75, 0.8)),
        "EGP", (80_000, 240_000, 4_000), (0.85, 0.9),
    ),
    "s6-app-usd": Frame(
        ("install", "signup", "trial", "paid"), (40_000, 200_000, 10_000),
        ((0.4, 0.45, 0.5, 0.55), (0.15, 0.2, 0.25), (0.3, 0.35, 0.36, 0.4)), "USD", (4, 12, 1), (0.7, 0.75, 0.8),
    ),
    "s7-ngo-usd": Frame(
        ("email", "opened", "appeal-page", "donation-started", "gift", "monthly"), (20_000, 80_000, 2_000),
        ((0.25, 0.3, 0.35), (0.1, 0.12, 0.15, 0.2), (0.25, 0.3, 0.35, 0.4), (0.6, 0.65, 0.7, 0.75), (0.15, 0.18, 0.2)),
        "USD", (20, 60, 5), (0.95,),
    ),
    "s8-wholesale-irt": Frame(
        ("target-shops", "visited-by-rep", "sample", "first-order", "reorder"), (1_000, 4_000, 100),
        ((0.5, 0.6, 0.65, 0.7), (0.4, 0.5, 0.55, 0.6), (0.25, 0.3, 0.35, 0.4), (0.4, 0.5, 0.55, 0.6)),
        "IRTM", (15, 40, 1), (0.08, 0.1, 0.12, 0.15),
    ),
    "base": Frame(
        ("visits", "leads", "mql", "sql", "customers"), (20_000, 80_000, 2_000),
        ((0.04, 0.05, 0.06, 0.08), _HALF, (0.3, 0.35, 0.4, 0.45), (0.2, 0.25, 0.3)), "USD", (800, 3_000, 50),
        (0.5, 0.55, 0.6, 0.65),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Chain:
    """A funnel of a frame: every count is whole, all are different."""

    frame: str
    stages: tuple[str, ...]
    counts: tuple[int, ...]
    rates: Rates

    @property
    def of(self) -> Frame:
        """Return the frame."""
        return FRAMES[self.frame]


def whole(x: float) -> bool:
    """Say whether a product of drawn numbers is whole, but for the noise of binary fractions."""
    size = x if x > 1.0 else -x if x < -1.0 else 1.0
    return -1e-9 * size < x - round(x) < 1e-9 * size


def chain(c: Chance, among: tuple[str, ...] = tuple(FRAMES), steps: int | None = None, least: int = 20) -> Chain:
    """Draw a funnel with at least ``least`` at its end. Raises Undrawable after 400 tries."""
    for _ in range(400):
        name = c.pick(among)
        frame = FRAMES[name]
        counts = [c.whole(*frame.top)]
        rates = tuple(c.pick(one) for one in frame.rates)[:steps]
        for rate in rates:
            counts.append(counts[-1] * rate)  # type: ignore[arg-type]
            if not whole(counts[-1]):
                break
            counts[-1] = round(counts[-1])
        else:
            if counts[-1] >= least and len(set(counts)) == len(counts):
                return Chain(name, frame.stages[: len(counts)], tuple(counts), rates)
    raise Undrawable(f"no chain of {among}")
