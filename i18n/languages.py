"""Find the languages of the house: one folder `content/<code>/` with a `language.toml` is one language.

Nothing about a language is written in Python, so that adding one needs no programmer.
"""

import re
import threading
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from babel import Locale, UnknownLocaleError

DIGITS = {"latn": "0123456789", "arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}
"""CLDR numbering-system id -> its ten digits, zero first: the sets that the house can write and read."""

FALLBACK = "en"
_CODE = re.compile(r"[a-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
# What an Accept-Language header may cost: real ones are below 200 characters and a dozen tags.
_MAX_HEADER, _MAX_TAGS = 1000, 30
_TAG = re.compile(
    r"\s*([A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*)\s*(?:;\s*[qQ]\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?\Z", re.ASCII
)

F = TypeVar("F", bound=Callable[..., Any])
_root = Path(__file__).resolve().parent.parent / "content"
_root_lock = threading.RLock()
_caches: list[Any] = []


class LanguageError(ValueError):
    """Say everything that is wrong with the `language.toml` files; one line per problem."""


@dataclass(frozen=True)
class Language:
    """Hold the facts of one language, as its `language.toml` states them.

    `code` is the folder's name; `locale` a Babel (CLDR) locale; `direction` "rtl" or "ltr"; `digits` one of
    `digit_choices`, which are keys of `DIGITS`; `status` "released" or "draft".
    """

    code: str
    name: str
    locale: str
    direction: str
    digits: str
    digit_choices: tuple[str, ...]
    font: str
    order: int
    status: str


def cached_per_root(function: F) -> F:
    """Cache a function's answers until another content root is used (`functools.lru_cache`, safe in threads)."""
    cached = lru_cache(maxsize=256)(function)
    _caches.append(cached)
    return cached  # type: ignore[return-value]


def content_root() -> Path:
    """Return the folder that holds one folder per language."""
    return _root


@contextmanager
def use_content_root(path: str | Path) -> Iterator[Path]:
    """Read the languages from another folder inside a `with` block; for tests with invented languages.

    Holds for every thread of the process (a tested page runs in a thread of its own) and forgets all cached facts on
    the way in and on the way out.
    """
    with _root_lock:
        before = _root
        _set_root(Path(path))
        try:
            yield _root
        finally:
            _set_root(before)


def _set_root(path: Path) -> None:
    global _root
    _root = path
    for cached in _caches:
        cached.cache_clear()


@cached_per_root
def languages(drafts: bool = False) -> tuple[Language, ...]:
    """Return the released languages, by `order` and then code; with `drafts`, the unfinished ones too.

    Raises `LanguageError` that lists every problem of every `language.toml`.
    """
    return tuple(one for one in _every_language().values() if drafts or one.status == "released")


def language(code: str) -> Language:
    """Return the language with this code, released or draft. Raises `KeyError` if there is none.

    >>> language("fa").direction
    'rtl'
    """
    return _every_language()[code]


def negotiate(*wanted: str | None, drafts: bool = False) -> str:
    """Return the code of the first language that is wanted and known; English if there is none.

    Each of `wanted` is a language tag or a whole Accept-Language header (RFC 9110, section 12.5.4), best first, so a
    caller passes link, cookie, browser. A header's weights are honoured, and a region is dropped if only the language
    is known. Rubbish is ignored and the work is bounded whatever a stranger sends. Only released languages count,
    unless `drafts`.

    >>> negotiate(None, "tlh", "de;q=0.9, fa-IR;q=0.8, en;q=0.3")
    'fa'
    >>> negotiate("xx; DROP TABLE")
    'en'
    """
    known = {one.code.lower(): one.code for one in languages(drafts)}
    for candidate in wanted:
        for tag in _tags(candidate):
            while tag:
                if tag in known:
                    return known[tag]
                tag = tag.rpartition("-")[0]
    return FALLBACK if FALLBACK in known or not known else next(iter(known.values()))


def pick_digits(language: Language, wanted: str | None) -> str:
    """Return the digits to show: those wanted if this language offers them, otherwise the language's own.

    >>> pick_digits(language("ar"), "arab"), pick_digits(language("en"), "arab")
    ('arab', 'latn')
    """
    return wanted if wanted in language.digit_choices else language.digits


def _tags(header: str | None) -> list[str]:
    if not isinstance(header, str):
        return []
    found = []
    for position, part in enumerate(header[:_MAX_HEADER].split(",", _MAX_TAGS)[:_MAX_TAGS]):
        match = _TAG.match(part)
        if match and (weight := float(match[2] or 1)) > 0:
            found.append((-weight, position, match[1].replace("_", "-").lower()))
    return [tag for _, _, tag in sorted(found)]


@cached_per_root
def _every_language() -> dict[str, Language]:
    root, problems, found = content_root(), [], []
    for path in sorted(root.glob("*/language.toml")):
        one, wrong = _read(path)
        problems += [f"{path.parent.name}/language.toml: {line}" for line in wrong]
        if one:
            found.append(one)
    if not found and not problems:
        problems = [f"{root}: no folder here has a language.toml"]
    if problems:
        raise LanguageError("\n".join(problems))
    return {one.code: one for one in sorted(found, key=lambda one: (one.order, one.code))}


_KEYS = {
    "name": str, "locale": str, "direction": str, "digits": str, "digit_choices": list, "font": str, "order": int,
    "status": str,
}  # fmt: skip


def _read(path: Path) -> tuple[Language | None, list[str]]:
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return None, [f"cannot be read: {error}"]
    wrong = [f"{key}: unknown key" for key in facts if key not in _KEYS]
    for key, kind in _KEYS.items():
        if key not in facts:
            wrong.append(f"{key}: missing")
        elif not isinstance(facts[key], kind) or isinstance(facts[key], bool):
            wrong.append(f"{key}: should be {kind.__name__}, is {facts[key]!r}")
        elif facts[key] in ("", []):
            wrong.append(f"{key}: empty")
    if not _CODE.match(path.parent.name):
        wrong.append(f"folder {path.parent.name!r} is not a language tag")
    if wrong:
        return None, wrong
    for key, allowed in (("direction", ("ltr", "rtl")), ("status", ("draft", "released")), ("digits", tuple(DIGITS))):
        if facts[key] not in allowed:
            wrong.append(f"{key}: {facts[key]!r} is not one of {', '.join(allowed)}")
    choices = facts.pop("digit_choices")
    wrong += [f"digit_choices: {one!r} is not one of {', '.join(DIGITS)}" for one in choices if one not in DIGITS]
    if facts["digits"] not in choices:
        wrong.append(f"digits: {facts['digits']!r} is not among digit_choices")
    try:
        Locale.parse(facts["locale"].replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        wrong.append(f"locale: {facts['locale']!r} is not known to Babel")
    return Language(code=path.parent.name, digit_choices=tuple(choices), **facts) if not wrong else None, wrong
