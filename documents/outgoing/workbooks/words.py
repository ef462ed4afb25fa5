"""The words of the workbooks, by language, with the numbers in them in the reader's digits."""

from __future__ import annotations

from typing import Any

from documents.words import words
from funnel.facts.stages import Stage
from i18n.numbers import Numbers, numbers
from i18n.titles import names, source_name


class Words:
    """Look up words of `content/<lang>/documents/workbooks.toml` by a dotted path; digits are the reader's."""

    def __init__(self, code: str, digits: str | None = None) -> None:
        self.numbers: Numbers = numbers(code, digits)
        self._all, self._names, self._code = words(code, "workbooks"), names(code), code

    def __call__(self, path: str, **places: str) -> str:
        """Return one text, what stands in its places as it is. Raises KeyError for a path that is not there."""
        text = self.numbers.text(self._at(path))
        return text % places if places else text

    def many(self, path: str) -> list[str]:
        """Return a list of texts."""
        return [self.numbers.text(text) for text in self._at(path)]

    def rows(self, path: str) -> list[list[str]]:
        """Return a table of texts."""
        return [[self.numbers.text(cell) for cell in row] for row in self._at(path)]

    def stage(self, stage: Stage, place: int) -> str:
        """Return what a stage is called: its name in this language, the learner's own, or its number, from 1."""
        return self._names["stages"][stage.id] if stage.id else stage.name or self.unnamed(place)

    def unnamed(self, place: int) -> str:
        """Return the name of a stage or cohort without one, by its number from 1."""
        return self("shared.unnamed", number=self.numbers.count(place))

    def stage_ids(self) -> dict[str, str]:
        """Return the id of every stage by its name in this language."""
        return {name: id for id, name in self._names["stages"].items()}

    def source(self, source: str) -> str:
        """Return the name of the model or preset that a scenario began as; "" for one without a name."""
        return source_name(self._code, source)

    def _at(self, path: str) -> Any:
        found: Any = self._all
        for part in path.split("."):
            found = found[part]
        return found
