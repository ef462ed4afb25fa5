"""Look interface text up in `content/<code>/LC_MESSAGES/ui.po`, compiled in memory; and check those files.

English is the source: its text stands in Python, so its catalogue is the identity.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog as Messages
from babel.messages.catalog import Message
from babel.messages.pofile import PoFileParser

from .languages import cached_per_root, content_root, language
from .plurals import form_count, form_index, plural_forms
from .spelling import LATIN_ALLOWED, spelling_problems

PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]?\d*(?:\.\d+)?[a-zA-Z]")
# "one customer", "عميلان": a form that stands for one exact number may leave the number out.
COUNTS = frozenset({"n", "count"})


class _Everything(frozenset[str]):
    """A sentence about nobody need not say what the others would have done."""

    def __contains__(self, _name: object) -> bool:
        return True


EVERYTHING = _Everything()

Key = tuple[str | None, str]


class CatalogError(ValueError):
    """Say what cannot be read in a message file; one line per problem, each with file and line."""


class Catalog:
    """Translate messages into one language; what is missing stays English.

    Build it with `catalog(code)`. Never changes, so threads may share it.
    """

    __slots__ = ("_many", "_one", "code", "locale")

    def __init__(self, code: str, locale: str, messages: Messages | None = None):
        self.code, self.locale = code, locale
        self._one: dict[Key, str] = {}
        self._many: dict[Key, tuple[str, ...]] = {}
        for message in messages or ():
            if not message.id or message.fuzzy or not message.string:
                continue
            if isinstance(message.id, str):
                self._one[message.context, message.id] = str(message.string)
            elif all(message.string) and len(message.string) == form_count(locale):
                self._many[message.context, message.id[0]] = tuple(message.string)
                self._one.setdefault((message.context, message.id[0]), message.string[form_index(locale, 1)])

    def gettext(self, message: str) -> str:
        """Return the translation of a message."""
        return self._one.get((None, message), message)

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of a message that means this only in this context."""
        return self._one.get((context, message), message)

    def ngettext(self, one: str, many: str, n: float) -> str:
        """Return the form that goes with `n` (whole or not). Raises `TypeError` for None, NaN, infinity."""
        return self._plural(None, one, many, n)

    def npgettext(self, context: str, one: str, many: str, n: float) -> str:
        """Return the form that goes with `n` of a message in a context. Raises as `ngettext` does."""
        return self._plural(context, one, many, n)

    def _plural(self, context: str | None, one: str, many: str, n: float) -> str:
        forms = self._many.get((context, one))
        if forms is None:
            return one if form_index("en", n) == 0 else many
        return forms[form_index(self.locale, n)]


def po_path(code: str) -> Path:
    """Return where the interface text of a language lies (the file need not be there)."""
    return content_root() / code / "LC_MESSAGES" / "ui.po"


@cached_per_root
def catalog(code: str) -> Catalog:
    """Return the catalogue of a language, read once.

    A language without a `ui.po` (English) gets the identity. Raises `KeyError` for an unknown language and
    `CatalogError` for a file that cannot be read.

    >>> catalog("en").ngettext("one customer", "%(n)s customers", 1)
    'one customer'
    """
    facts, path = language(code), po_path(code)
    return Catalog(code, facts.locale, load_po(path) if code != "en" and path.exists() else None)


def load_po(path: Path) -> Messages:
    """Read a message file strictly. Raises `CatalogError` that lists every problem with file, line and key."""
    messages, problems = read_po(path)
    if problems:
        raise CatalogError("\n".join(problems))
    return messages


def read_po(path: Path) -> tuple[Messages, list[str]]:
    """Read a message file and return it with what could not be understood; raises nothing for a bad file."""
    messages = Messages()
    problems: list[str] = []
    try:
        _Reader(messages, path.name, problems).parse(path.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{path.name}: cannot be read: {error}")
    except (ValueError, IndexError, AttributeError, AssertionError, TypeError) as error:
        # Babel's reader trusts the file: "msgstr[x]" or a string before any keyword ends in one of these.
        problems.append(f"{path.name}: not a message file: {type(error).__name__} {error}")
    return messages, [f"{path.parent.parent.name}/{problem}" for problem in problems]


class _Reader(PoFileParser):
    """Collect every problem, and the repeated messages of which Babel silently keeps the first."""

    def __init__(self, messages: Messages, name: str, problems: list[str]):
        super().__init__(messages)
        self.name, self.problems = name, problems
        self.seen: set[Key] = set()

    def _add_message(self) -> None:
        context = self.context.denormalize() if self.context else None
        key = context, self.messages[0].denormalize()
        if not self.obsolete:
            if key in self.seen:
                self._invalid_pofile("", self.offset, f"repeated message {_named(*key)}")
            self.seen.add(key)
        super()._add_message()

    def _invalid_pofile(self, line: str, lineno: int, msg: str) -> None:
        self.problems.append(f"{self.name}:{lineno + 1}: {msg} {line}".rstrip())


def _named(context: str | None, text: str) -> str:
    return repr(text) if context is None else f"{text!r} ({context})"


def _keyed(messages: Messages) -> dict[Key, Message]:
    return {(one.context, one.id if isinstance(one.id, str) else one.id[0]): one for one in messages if one.id}


def catalog_problems(code: str, template: Messages) -> list[str]:
    """Return everything that is wrong with a language's `ui.po`, each with file and key; nothing for English.

    `template` holds the messages that the Python code asks for. Reports missing, empty, fuzzy and obsolete messages, a
    wrong plural header or number of forms, wrong placeholders, leftover English and spelling.
    """
    if code == "en":
        return []
    path, where = po_path(code), f"{code}/ui.po"
    if not path.exists():
        return [f"{where}: no such file; make it with `python -m tools.messages update`"]
    messages, problems = read_po(path)
    locale = language(code).locale
    if _squeezed(messages.plural_forms) != _squeezed(plural_forms(locale)):
        problems.append(f"{where}: Plural-Forms is {messages.plural_forms!r}, should be {plural_forms(locale)!r}")
    wanted, held = _keyed(template), _keyed(messages)
    problems += [f"{where}: missing {_named(*key)}" for key in wanted if key not in held]
    problems += [f"{where}: obsolete {_named(*key)}: nothing asks for it" for key in held if key not in wanted]
    for message in messages.obsolete.values():
        problems.append(f"{where}: obsolete {message.id!r}: marked #~, delete it")
    for key in wanted:
        if key in held:
            name = _named(*key)
            problems += [f"{where}: {name}: {line}" for line in _message_problems(code, locale, wanted[key], held[key])]
    return problems


def _squeezed(header: str) -> str:
    return re.sub(r"\s+", "", header).rstrip(";")


def _message_problems(code: str, locale: str, wanted: Message, held: Message) -> Iterator[str]:
    if held.fuzzy:
        yield "fuzzy: check the translation and remove the mark"
    if isinstance(wanted.id, str):
        if not isinstance(held.id, str):
            yield "has plural forms, but Python asks for a single one"
            return
        sources: tuple[str, ...] = (wanted.id,)
        forms: dict[str, tuple[str, frozenset[str]]] = {"": (str(held.string or ""), frozenset())}
    else:
        if isinstance(held.id, str) or tuple(held.id) != tuple(wanted.id):
            yield f"plural forms are for {held.id!r}, but Python asks for {wanted.id!r}"
            return
        held_forms = tuple(held.string or ())
        if len(held_forms) != form_count(locale):
            yield f"has {len(held_forms)} plural forms, should have {form_count(locale)}"
        sources, exact = tuple(wanted.id), _exact_forms(locale)
        nobody = form_index(locale, 0)
        free = {i: COUNTS if i != nobody else EVERYTHING for i in exact}
        forms = {f"msgstr[{i}]: ": (text or "", free.get(i, frozenset())) for i, text in enumerate(held_forms)}
    for name, (text, may_miss) in forms.items():
        if not text.strip():
            yield f"{name}empty"
            continue
        yield from (name + line for line in _text_problems(sources, text, may_miss))
        yield from (name + line for line in spelling_problems(code, text))


@cached_per_root
def _exact_forms(locale: str) -> frozenset[int]:
    """Return the forms that stand for exactly one number (Arabic 0, 1, 2; Persian none: its first is 0 and 1)."""
    uses: dict[int, int] = defaultdict(int)
    for n in range(1001):
        uses[form_index(locale, n)] += 1
    return frozenset(form for form, times in uses.items() if times == 1)


def _text_problems(sources: tuple[str, ...], text: str, may_miss: Container[str]) -> Iterator[str]:
    source = sources[-1]
    known = {name for one in sources for name in PLACEHOLDER.findall(one)}
    held = set(PLACEHOLDER.findall(text))
    for name in sorted(set(PLACEHOLDER.findall(source)) - held):
        if name in may_miss:
            continue
        yield f"placeholder %({name})s is missing"
    for name in sorted(held - known):
        yield f"placeholder %({name})s is not in the English"
    if known:  # without placeholders nobody formats the text, so a bare % is fine
        try:
            _ = text % defaultdict(int)
        except (ValueError, TypeError, KeyError) as error:
            yield f"breaks when its placeholders are filled in: {error} (a percent sign is written %%)"
    if text in sources and _has_words(text):
        yield "leftover English"
    if (source[:1].isspace(), source[-1:].isspace()) != (text[:1].isspace(), text[-1:].isspace()):
        yield "space at the beginning or the end differs from the English"


def _has_words(text: str) -> bool:
    words = re.findall(r"[A-Za-z][A-Za-z0-9/&+.-]*", PLACEHOLDER.sub(" ", text))
    return any(word.rstrip(".-/") not in LATIN_ALLOWED for word in words)
