"""The words that stand in documents: `content/<lang>/documents/<file>.toml`, read once for each content root."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from i18n.languages import Language, cached_per_root, content_root, language, languages
from i18n.plurals import CATEGORIES, categories

PLACE = re.compile(r"%\((\w+)\)s")


@cached_per_root
def words(code: str, file: str) -> Mapping[str, Any]:
    """Return a file's tables in a language, as written: numbers with 123, places as `%(name)s`. Nothing in it can be changed.

    Raises FileNotFoundError or tomllib.TOMLDecodeError: a mistake of the house, not of a reader.

    >>> sorted(words("fa", "catalogue")["report"])
    ['about', 'title', 'who']
    """
    return _frozen(_read(code, file))


def _read(code: str, file: str) -> dict[str, Any]:
    with (content_root() / code / "documents" / f"{file}.toml").open("rb") as opened:
        return tomllib.load(opened)


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(one) for key, one in value.items()})
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def problems() -> list[str]:
    """Return what is wrong with these files in every released language: files and keys that differ from English, empty texts,
    other places. A table whose keys are CLDR's plural categories must have those of its own language.
    """
    found: list[str] = []
    files = {path.stem for one in languages() for path in (content_root() / one.code / "documents").glob("*.toml")}
    for file in sorted(files):
        try:
            english = dict(_leaves(_read("en", file), language("en")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            found.append(f"en/documents/{file}.toml: cannot be read: {_line(error)}")
            continue
        for one in languages():
            where = f"{one.code}/documents/{file}.toml"
            try:
                texts = dict(_leaves(_read(one.code, file), one))
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
                found.append(f"{where}: cannot be read: {_line(error)}")
                continue
            found += [f"{where}: {key}: {problem}" for key, problem in _compare(english, texts)]
    return found


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _leaves(value: Any, one: Language, path: str = "") -> Iterator[tuple[str, str]]:
    """Return every text with the keys that lead to it: `table.key`, `key[0]` in a list, `key (plural)` for plural forms."""
    if isinstance(value, dict) and value and set(value) <= set(CATEGORIES):
        due = set(categories(one.locale))
        wrong = sorted(due ^ set(value))
        yield f"{path} (plural)", f"\0{', '.join(wrong)}" if wrong else str(value["other"])
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, one, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _leaves(inner, one, f"{path}[{i}]")
    else:
        yield path, str(value)


def _compare(english: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key in english.keys() - texts.keys():
        yield key, "is missing"
    for key in texts.keys() - english.keys():
        yield key, "is not in English"
    for key in english.keys() & texts.keys():
        if texts[key].startswith("\0"):
            yield key, f"plural categories missing or unknown: {texts[key][1:]}"
        elif bool(texts[key].strip()) != bool(english[key].strip()):
            yield key, "is empty here or in English"
        elif set(PLACE.findall(english[key])) != set(PLACE.findall(texts[key])):
            yield key, "its places %(...)s are not those of the English"
