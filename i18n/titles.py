"""What the pages are called, and the names of ids, for every room: a file's name, a report's heading, a chart."""

import tomllib
from collections.abc import Mapping

from i18n.languages import cached_per_root, content_root


@cached_per_root
def page_title(code: str, slug: str) -> str:
    """Return the title of a calculator's page in a language, as written: numbers with 123. Raises FileNotFoundError.

    >>> page_title("fa", "cohorts")
    'هم‌گروه‌ها'
    """
    text = (content_root() / code / "calculators" / f"{slug}.md").read_text("utf-8")
    return str(tomllib.loads(text.split("+++\n", 2)[1])["title"])


@cached_per_root
def names(code: str) -> Mapping[str, Mapping[str, str]]:
    """Return the tables of `content/<lang>/names.toml` (stages, models, presets …), as written: numbers with 123.

    >>> names("en")["stages"]["visits"]
    'Visits'
    """
    return tomllib.loads((content_root() / code / "names.toml").read_text("utf-8"))


def source_name(code: str, source: str) -> str:
    """Return the name of the model, preset or example that a scenario began as; "" for one without a name."""
    known = names(code)
    return next((known[kind][source] for kind in ("models", "presets", "examples") if source in known[kind]), "")
