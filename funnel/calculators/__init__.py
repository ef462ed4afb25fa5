"""The calculators, one module each: the file's name is the calculator's slug, here and everywhere else."""

from dataclasses import fields
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any


@cache
def slugs() -> tuple[str, ...]:
    """Return the slugs of all calculators, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")))


def model(slug: str) -> ModuleType:
    """Return a calculator's module. Raises KeyError for what is no calculator, whatever it holds."""
    if slug not in slugs():
        raise KeyError(slug)
    return import_module(f"{__name__}.{slug}")


def sources(slug: str) -> tuple[str, ...]:
    """Return the models, presets and examples that a calculator can begin with, its own first.

    >>> sources("handover")
    ('base', 's2-saas-usd')
    """
    origin = next(item for item in fields(model(slug).Inputs) if item.metadata["origin"])
    return tuple(origin.metadata["codec"].options)


def begin(slug: str, source: str = "") -> Any:
    """Return a calculator's inputs as they are at the start, or at the start from one of its `sources`."""
    inputs, source = model(slug).Inputs, source or sources(slug)[0]
    return inputs.origin(source, "people") if slug == "stage_conversion" else inputs.origin(source)
