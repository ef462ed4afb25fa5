"""`python -m documents`, with the reports on every calculator: what their pages say of their numbers is told here."""

from __future__ import annotations

import sys

from documents.__main__ import main
from documents.asking import Ask, Told
from funnel import calculators
from funnel.links import scenario
from ui.files.told import told
from ui.readers import reading


def tell(ask: Ask) -> Told:
    """Return what a calculator's page says of the numbers that are asked for, outside any session."""
    inputs = scenario.decode(calculators.model(ask.calculator).Inputs, ask.scenario).inputs
    with reading(ask.code, ask.digits):
        return told(ask.calculator, inputs)


if __name__ == "__main__":
    sys.exit(main(tell=tell))
