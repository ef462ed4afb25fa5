"""The stages of a funnel and the named models, as ids and numbers; the words are in the content files."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from funnel.facts.presets import PRESETS, Preset

__all__ = [
    "MAX_NAME", "MAX_STAGES", "MIN_STAGES", "MODELS", "PRESETS", "SOURCES", "STAGE_IDS",
    "Model", "Preset", "Stage", "clean_name", "clean_text",
]  # fmt: skip

MAX_NAME = 40
MIN_STAGES = 2
MAX_STAGES = 10

# Marks that reorder the text around them. A name with one of these could turn a whole sentence, or a table row that
# quotes it, back to front. ZWNJ (U+200C) and ZWJ (U+200D) stay: Persian cannot be written without them.
_BIDI_MARKS = frozenset([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x2070)])
# Not allowed in XML, so a workbook that holds one cannot be opened.
_NOT_TEXT = frozenset([0xFFFE, 0xFFFF])
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"


def _kept(character: str) -> str:
    if character.isspace():
        return " "
    code = ord(character)
    if code in _BIDI_MARKS or code in _NOT_TEXT or unicodedata.category(character) in ("Cc", "Cs"):
        return ""
    return character


def clean_text(text: str, limit: int) -> str:
    """Return one line of at most `limit` characters, without controls, bidi controls and surrogates, in NFC.

    Runs of whitespace become one space. Work is bounded: what lies far beyond the limit is cut before it is looked at.

    >>> clean_text("a\\n\\u202eb" + "c" * 50_000, 5)
    'a bcc'
    """
    text = "".join(_kept(character) for character in text[: 8 * limit])
    text = " ".join(unicodedata.normalize("NFC", text).split())
    text = text[:limit].rstrip()
    return text if text.strip(_ZERO_WIDTH + " ") else ""  # a name that nobody can see is no name


def clean_name(text: str) -> str:
    """Return a stage name as the app keeps it: one line, at most MAX_NAME characters, "" when nothing is left.

    >>> clean_name("  Site\\tvisit\\u200f ")
    'Site visit'
    """
    return clean_text(text, MAX_NAME)


@dataclass(frozen=True)
class Stage:
    """Name one stage: a known id, which the interface translates, or with id "" the learner's own name.

    A known stage has no name of its own; an own name may be "" (not named yet). Raises ValueError for an id that is
    not in STAGE_IDS, for both at once, and for a name that `clean_name` would change.

    >>> Stage("visits").id, Stage(name="Demo day").name
    ('visits', 'Demo day')
    """

    id: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        if self.id and self.id not in _KNOWN:
            raise ValueError(f"{self.id!r:.60} is not a known stage id")
        if self.id and self.name:
            raise ValueError("a stage has a known id or an own name, not both")
        if self.name != clean_name(self.name):
            raise ValueError("a stage name must come from clean_name")


@dataclass(frozen=True)
class Model:
    """Hold one named model: stage ids ("" = to be named by the learner), people per stage, reference step rates.

    `reference` are fractions, one per stage; the first is always None, since no step leads to the top.
    """

    id: str
    stages: tuple[str, ...]
    counts: tuple[int, ...]
    reference: tuple[float | None, ...]


def _model(id: str, stages: tuple[str, ...], counts: tuple[int, ...], reference: tuple[float, ...] = ()) -> Model:
    return Model(id, stages, counts, (None, *(reference or (None,) * (len(stages) - 1))))


# "base" is the fictional base funnel of docs/model.md, F01 and F04. The others are made up too: round numbers that a
# learner can follow in the head, chosen so that no two steps have the same rate.
MODELS: Mapping[str, Model] = MappingProxyType(
    {
        model.id: model
        for model in (
            _model(
                "base",
                ("visits", "leads", "mql", "sql", "customers"),
                (48000, 2880, 1152, 403, 92),
                (0.065, 0.42, 0.45, 0.24),
            ),
            _model("aida", ("attention", "interest", "desire", "action"), (10000, 4000, 1200, 240)),
            _model("zones", ("tofu", "mofu", "bofu"), (10000, 2500, 400)),
            _model(
                "sales-five",
                ("awareness", "consideration", "decision", "action", "loyalty"),
                (20000, 5000, 1500, 300, 120),
            ),
            _model(
                "joined",
                ("visits", "leads", "mql", "sql", "opportunity", "customers"),
                (50000, 3000, 1200, 420, 210, 63),
            ),
            _model(
                "ecommerce",
                ("sessions", "product-view", "add-to-cart", "checkout", "order"),
                (50000, 25000, 4500, 1800, 1080),
            ),
            _model("saas-trial", ("visits", "signup", "trial", "activated", "paid"), (30000, 3000, 1800, 900, 225)),
            _model("own", ("", "", ""), (1000, 300, 60)),
        )
    }
)

SOURCES: tuple[str, ...] = (*MODELS, *PRESETS)

STAGE_IDS: tuple[str, ...] = tuple(
    sorted({stage for source in (MODELS, PRESETS) for one in source.values() for stage in one.stages if stage})
)
_KNOWN = frozenset(STAGE_IDS)
