"""What the calculators say, one folder each: the folder's name is the calculator's slug, here and everywhere else."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from statements.calculator import Calculator


def calculator(slug: str) -> Calculator:
    """Return a calculator by its slug, one of `funnel.calculators.slugs`. Raises KeyError for what is none."""
    try:
        return cast(Calculator, import_module(f"{__name__}.{slug}.calculator").CALCULATOR)
    except ModuleNotFoundError as error:
        raise KeyError(slug) from error
