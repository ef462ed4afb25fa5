"""What a learner can do to a funnel. Each operation returns new inputs and never fails on valid ones.

Only an argument that the screen cannot produce raises: IndexError for a stage that is not there, ValueError for an
unknown copy or basis, OutOfRange for a number outside its bounds.
"""

import math
from dataclasses import replace
from itertools import pairwise
from typing import Any, Literal

from funnel.facts.stages import MAX_STAGES, MIN_STAGES, Stage, clean_name
from funnel.formulas.conversion import Value, Values, counts_from_rates, ratio
from funnel.inputs.funnel import BASES, Inputs, fit, in_basis, quantity_of, start
from funnel.quantities import COUNT, RATE, all_known

Copy = Literal["now", "what_if"]

#: What a funnel began as that is the learner's own.
OWN = "own"


def _check_index(inputs: Inputs, index: int, first: int = 0) -> None:
    if not first <= index < len(inputs.stages):
        raise IndexError(f"no stage {index} to change among {len(inputs.stages)}")


def _with(values: Values, index: int, value: Value) -> Values:
    return (*values[:index], value, *values[index + 1 :])


def set_value(inputs: Inputs, copy: Copy, index: int, value: Value) -> Inputs:
    """Set one value of a copy (people, or a rate as a fraction), or leave it empty with None.

    In the basis "people" all other counts stay and the rates follow; in the basis "rates" all other rates stay and the
    counts below follow. Changing "what_if" when there is none starts it as a copy of now. Raises OutOfRange.
    """
    _check_index(inputs, index)
    if copy not in ("now", "what_if"):
        raise ValueError(f"{copy!r:.40} is not a copy")
    if value is not None:
        value = quantity_of(inputs.basis, index).check(value)
    values = inputs.now if copy == "now" or inputs.what_if is None else inputs.what_if
    changed: dict[str, Any] = {copy: _with(values, index, value)}
    return replace(inputs, **changed)


def set_share(inputs: Inputs, copy: Copy, index: int, share: float) -> Inputs:
    """Set the rate of the step into stage `index` (1 or more) by hand, as a fraction.

    In the basis "rates" it is the value itself (raises OutOfRange as `set_value` does); in "people" it sets the nearest
    whole number of people, and nothing changes where the stage before is empty or the people would be out of range.
    Source: docs/model.md, F01, N_i = r_i N_(i-1).
    """
    _check_index(inputs, index, first=1)
    if inputs.basis == "rates":
        return set_value(inputs, copy, index, share)
    values = inputs.now if copy == "now" or inputs.what_if is None else inputs.what_if
    before = values[index - 1]
    if before is None or not COUNT.fits(before * share):
        return inputs
    return set_value(inputs, copy, index, round(before * share))


def set_count(inputs: Inputs, copy: Copy, index: int, count: float) -> Inputs:
    """Set the people at stage `index` by hand.

    In the basis "people" it is the value itself (raises OutOfRange as `set_value` does); in "rates" it sets the rate of
    the step that leads there, and nothing changes where nobody is at the stage before or the rate would be out of range.
    Source: docs/model.md, F01, r_i = N_i / N_(i-1).
    """
    _check_index(inputs, index)
    if inputs.basis == "people" or index == 0:
        return set_value(inputs, copy, index, count)
    values = inputs.now if copy == "now" or inputs.what_if is None else inputs.what_if
    rate = ratio(COUNT.check(count), counts_from_rates(values[0], values)[index - 1])
    return inputs if rate is None or not RATE.fits(rate) else set_value(inputs, copy, index, rate)


def set_average_sale(inputs: Inputs, amount: Value) -> Inputs:
    """Set what one at the last stage brings on average, as money, or None for not asked. Raises OutOfRange."""
    return replace(inputs, average_sale=amount)


def set_reference(inputs: Inputs, index: int, value: Value) -> Inputs:
    """Set the reference rate of the step that leads to stage `index` (1 or more), as a fraction, or None for none."""
    _check_index(inputs, index, first=1)
    return replace(inputs, reference=_with(inputs.reference, index, None if value is None else RATE.check(value)))


def rename(inputs: Inputs, index: int, name: str, shown: str = "") -> Inputs:
    """Give a stage the learner's own name, cleaned.

    A known stage stays known, and so translated, when the text is empty or is `shown`, the word that the screen showed
    for it. An own stage with an empty text is not named. A funnel with a name of her own in it is hers (`as_own`).
    """
    _check_index(inputs, index)
    cleaned = clean_name(name)
    if inputs.stages[index].id and cleaned in ("", clean_name(shown)):
        return inputs
    stages = (*inputs.stages[:index], Stage(name=cleaned), *inputs.stages[index + 1 :])
    return replace(as_own(inputs) if cleaned else inputs, stages=stages)


def as_own(inputs: Inputs) -> Inputs:
    """Return the funnel as the learner's own: nothing of what its example says besides stages and people.

    The example's reference rates and average sale are left empty, for hers are not known; what she has put in their
    place herself stays. With the sale goes its currency.

    >>> as_own(start("base")).reference, as_own(start("base")).average_sale
    ((None, None, None, None, None), None)
    """
    if inputs.source == OWN:
        return inputs
    example = start(inputs.source)
    # Where stages were moved or removed, the reference of a step is a product of the example's.
    theirs = {
        math.prod(steps)
        for above in range(1, len(example.reference))
        for below in range(above, len(example.reference))
        if (steps := all_known(example.reference[above : below + 1])) is not None
    }
    reference = tuple(
        None if rate is not None and any(math.isclose(rate, other) for other in theirs) else rate
        for rate in inputs.reference
    )
    fresh = replace(inputs, source=OWN, reference=reference)
    if inputs.average_sale == example.average_sale and inputs.currency == example.currency:
        return replace(fresh, average_sale=None, currency="none")
    return fresh


def set_title(inputs: Inputs, title: str) -> Inputs:
    """Give the funnel a name of the learner's own, cleaned; "" for none. What has a name of its own is hers (`as_own`)."""
    cleaned = clean_name(title)
    return replace(as_own(inputs) if cleaned else inputs, title=cleaned)


def set_currency(inputs: Inputs, currency: str) -> Inputs:
    """Set the currency of the average sale; the amount stays as it is. Raises ValueError for an unknown one."""
    return replace(inputs, currency=currency)


def add_stage(inputs: Inputs, after: int) -> Inputs:
    """Add a stage below stage `after`, not named, that everyone reaches: no other number changes.

    At 10 stages the inputs come back as they are.
    """
    _check_index(inputs, after)
    if len(inputs.stages) == MAX_STAGES:
        return inputs
    place = after + 1

    def grown(values: Values) -> Values:
        return (*values[:place], 1.0 if inputs.basis == "rates" else values[after], *values[place:])

    return replace(
        inputs,
        stages=(*inputs.stages[:place], Stage(), *inputs.stages[place:]),
        now=grown(inputs.now),
        what_if=None if inputs.what_if is None else grown(inputs.what_if),
        reference=(*inputs.reference[:place], None, *inputs.reference[place:]),
    )


def remove_stage(inputs: Inputs, index: int) -> Inputs:
    """Remove a stage; the people at every other stage stay. At 2 stages the inputs come back as they are."""
    _check_index(inputs, index)
    if len(inputs.stages) == MIN_STAGES:
        return inputs
    order = [stage for stage in range(len(inputs.stages)) if stage != index]
    fewer = _restacked(inputs, order)
    # The step out of a stage that everyone reached is the same step without that stage, so its reference holds as it
    # is. This is what makes adding a stage by mistake and removing it again harmless.
    everyone = index > 0 and _everyone_reaches(inputs, index)
    if everyone and inputs.reference[index] is None and index + 1 < len(inputs.stages):
        fewer = replace(fewer, reference=_with(fewer.reference, index, inputs.reference[index + 1]))
    return fewer


def _everyone_reaches(inputs: Inputs, index: int) -> bool:
    here, above = inputs.now[index], inputs.now[index - 1]
    return here == 1 if inputs.basis == "rates" else here == above


def move_stage(inputs: Inputs, index: int, to: int) -> Inputs:
    """Move a stage, with its people, to position `to`; the rates of the steps around both places follow."""
    _check_index(inputs, index)
    _check_index(inputs, to)
    if index == to:
        return inputs
    order = list(range(len(inputs.stages)))
    order.insert(to, order.pop(index))
    return _restacked(inputs, order)


def keep_now(inputs: Inputs) -> Inputs:
    """Start a changed copy: it begins equal to the funnel as it is."""
    return replace(inputs, what_if=inputs.now)


def try_what_if(inputs: Inputs) -> Inputs:
    """Start a changed copy in which a change flows down: in rates, where the rates say the whole funnel.

    >>> try_what_if(start("base")).basis, try_what_if(set_value(start("base"), "now", 1, 0)).basis
    ('rates', 'people')
    """
    kept = keep_now(inputs)
    rated = rebase(kept, "rates")
    return kept if None in rated.now else rated


def let_flow(inputs: Inputs) -> Inputs:
    """Let what was changed in "what if" flow down: all other rates are those of now again.

    In the basis "people" a changed count leaves the people below where they are, and so changes the rate of the next step.
    Where the rates of now do not say the whole funnel, and without a changed copy, the inputs come back as they are.

    >>> base = set_value(keep_now(start("base")), "what_if", 2, 1440)
    >>> round(let_flow(base).what_if[3], 4), round(let_flow(base).what_if[2], 4)
    (0.3498, 0.5)
    """
    if inputs.what_if is None or inputs.basis != "people":
        return inputs
    flowing = rebase(replace(inputs, what_if=inputs.now), "rates")
    if None in flowing.now:
        return inputs
    for index, (before, after) in enumerate(zip(inputs.now, inputs.what_if, strict=True)):
        if after is not None and after != before:
            flowing = set_count(flowing, "what_if", index, after)
    return flowing


def drop_what_if(inputs: Inputs) -> Inputs:
    """Throw the changed copy away."""
    return replace(inputs, what_if=None)


def adopt_what_if(inputs: Inputs) -> Inputs:
    """Make the changed copy the funnel as it is; without one nothing happens."""
    return inputs if inputs.what_if is None else replace(inputs, now=inputs.what_if, what_if=None)


def rebase(inputs: Inputs, basis: str) -> Inputs:
    """Write the same funnel in people or in rates.

    What the new basis cannot say is left empty: a rate out of a stage with nobody or with no count, and the people
    below a missing rate. Back and forth returns the counts, to rounding, when all of them are above 0.
    """
    if basis not in BASES:
        raise ValueError(f"{basis!r:.40} is not a basis")
    if basis == inputs.basis:
        return inputs
    what_if = None if inputs.what_if is None else in_basis(inputs.what_if, basis)
    return replace(inputs, basis=basis, now=in_basis(inputs.now, basis), what_if=what_if)


def _between(rates: Values, above: int, here: int) -> Value:
    """Return the rate from one stage to another, which may stand higher up; None where the chain does not say.

    It depends only on the steps between the two, so what lies below a zero rate is not lost: after 0%, 50%, 50% the
    last stage is still a quarter of the second one, though both have nobody.
    """
    steps = rates[min(above, here) + 1 : max(above, here) + 1]
    if here > above and 0 in steps:
        return 0.0  # below a zero rate there is nobody, whatever else is missing
    known = all_known(steps)
    if known is None:
        return None
    product = math.prod(known)
    return fit(product if here > above else ratio(1.0, product), RATE)


def _restacked_rates(values: Values, order: list[int]) -> Values:
    share = _between(values, 0, order[0])
    top = None if values[0] is None or share is None else fit(values[0] * share, COUNT)
    return (top, *(_between(values, above, here) for above, here in pairwise(order)))


def _restacked(inputs: Inputs, order: list[int]) -> Inputs:
    """Put the stages, by their old positions, in a new order or leave some out; each keeps its people."""

    def copy(values: Values) -> Values:
        if inputs.basis == "people":
            return tuple(values[index] for index in order)
        return _restacked_rates(values, order)

    return replace(
        inputs,
        stages=tuple(inputs.stages[index] for index in order),
        now=copy(inputs.now),
        what_if=None if inputs.what_if is None else copy(inputs.what_if),
        reference=_restacked_rates(inputs.reference, order),
    )
