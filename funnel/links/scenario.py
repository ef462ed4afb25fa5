"""A calculator's inputs as plain text for a link, and back.

Works for any frozen dataclass whose fields say in `field(metadata=written(...))` how they are written. A class may add:

- `origin(**fields) -> Inputs` (class method), when some fields are marked `origin`: the inputs that these fields stand
  for. The other fields are written only where they differ from it, so that a link to an unchanged preset stays short.
  It must accept every combination of values that the origin fields may have.
- `repair(fields, report) -> fields` (class method): make fields fit together that were read one by one. `report` takes
  (field, code, index, given, used).
"""

from collections.abc import Mapping
from dataclasses import Field, dataclass, fields
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from funnel.links.codecs import CODES, MAX_GIVEN, Change, reporter, written

__all__ = ["CODES", "MAX_GIVEN", "VERSION", "VERSION_KEY", "Change", "Decoded", "decode", "encode", "keys", "written"]

#: The format of the links. A link of another version is still opened, as far as it can be read.
VERSION = "1"
VERSION_KEY = "v"


class Scenario(Protocol):
    """What a calculator's Inputs are: a dataclass, which may have `origin` and `repair` of its own."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


T = TypeVar("T", bound=Scenario)


@dataclass(frozen=True)
class Decoded(Generic[T]):
    """Hold valid inputs, and each thing in the link that had to be dropped or changed."""

    inputs: T
    changes: tuple[Change, ...] = ()


def keys(cls: type) -> tuple[str, ...]:
    """Return every key that a link to this calculator may have, the version first.

    Use it to tell a calculator's part of the address from the language and other settings.
    """
    return (VERSION_KEY, *(item.metadata["key"] for item in fields(cls)))


def _origin(cls: type[T], values: dict[str, Any]) -> T:
    made: T = cls.origin(**values) if values else cls()  # type: ignore[attr-defined]  # whoever has such fields has an origin
    return made


def _is_origin(item: Field[Any]) -> bool:
    return bool(item.metadata["origin"])


def encode(inputs: Any) -> dict[str, str]:
    """Return the inputs as short plain text by key, with the version; `decode` gives exactly the same inputs back.

    Fields that are what they would be anyway are left out. Numbers are written exactly, without grouping or units.
    """
    cls = type(inputs)
    chosen = {item.name: getattr(inputs, item.name) for item in fields(cls) if _is_origin(item)}
    base = _origin(cls, chosen)
    text = {VERSION_KEY: VERSION}
    for item in fields(cls):
        value = getattr(inputs, item.name)
        if value != (item.default if _is_origin(item) else getattr(base, item.name)):
            text[item.metadata["key"]] = item.metadata["codec"].write(value)
    return text


def decode(cls: type[T], mapping: Mapping[str, str]) -> Decoded[T]:
    """Open a link with whatever in it is valid; never raises, for any mapping of strings.

    Keys that are not ours are ignored: other settings ride in the same address. Each thing that had to be dropped or
    changed gives one Change. The work is bounded, however long the texts are.
    """
    changes: list[Change] = []
    version = mapping.get(VERSION_KEY, VERSION)
    if version != VERSION:
        reporter(VERSION_KEY, changes)("version", None, version, VERSION)

    def read(item: Field[Any], fallback: Any) -> Any:
        text = mapping.get(item.metadata["key"])
        if text is None:
            return fallback
        return item.metadata["codec"].read(text, fallback, reporter(item.name, changes))

    origins = {item.name: read(item, item.default) for item in fields(cls) if _is_origin(item)}
    base = _origin(cls, origins)
    values = {item.name: getattr(base, item.name) for item in fields(cls)}
    for item in fields(cls):
        if not _is_origin(item):
            values[item.name] = read(item, values[item.name])
    if hasattr(cls, "repair"):
        values = cls.repair(  # type: ignore[attr-defined]
            values, lambda field, *what: reporter(field, changes)(*what)
        )
    try:
        inputs = cls(**values)
    except ValueError as error:
        # Each value is right by itself and they do not fit together: the start of this scenario always does.
        reporter("", changes)("inconsistent", None, str(error), "")
        inputs = base
    return Decoded(inputs, tuple(changes))
