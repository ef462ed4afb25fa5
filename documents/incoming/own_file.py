"""Whatever a learner brings -> what was understood of it: a text or workbook, its layout, its columns, and what they hold."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa

from documents.incoming.decoding import SAMPLE
from documents.incoming.event_log import Columns, EventLog, columns_of, read_log
from documents.incoming.json_table import as_table, is_json
from documents.incoming.shape import Shape, describe
from documents.incoming.stage_table import StageTable, read_stages
from documents.incoming.tables import MAX_BYTES, Layout, Text, Unreadable, look, open_text, read_table
from documents.incoming.thousands import apart
from documents.incoming.workbook import Sheet, is_workbook, read_workbook
from funnel.facts.stages import MIN_STAGES

KINDS = ("events", "stages")
MAX_SUGGESTED = 6
MAX_OFFERED = 200  # events to choose steps from
_SAMPLED, _MOST_SAMPLED = 5_000, 40  # rows of the longer sample, and columns of which one is taken
_MAX_TYPED = 200_000  # bytes
_MOST_PLACES = 20_000_000  # of a table of people and events, a byte each


@dataclass(frozen=True)
class Options:
    """Hold what the learner decides about reading; None leaves it to what the data look like.

    `kind` of KINDS; `delimiter`; `header`; `sheet` of a workbook; `columns` of an event log; `name` and `count`, columns of
    stage counts, `part` of their breakdown, and `totals`: whether rows of totals are stages.
    """

    kind: str | None = None
    delimiter: str | None = None
    header: bool | None = None
    sheet: int = 0
    columns: Columns | None = None
    name: int | None = None
    count: int | None = None
    part: str | None = None
    totals: bool = False


@dataclass(frozen=True)
class Reading:
    """Hold what was understood. With `refusal` (see `documents.incoming.tables.REFUSALS`) there is nothing else.

    `found` is the number that belongs to a refusal; `sheet` the sheet of a workbook; `columns` those of an event log that
    were taken, or would be. `log` or `stages` hold the data, by `kind`.
    """

    refusal: str = ""
    found: int = 0
    sheet: Sheet | None = None
    layout: Layout | None = None
    kind: str = "stages"
    columns: Columns | None = None
    log: EventLog | None = None
    stages: StageTable | None = None
    shape: Shape | None = None

    @property
    def usable(self) -> bool:
        """Whether there is a funnel in it."""
        if self.log is not None:
            return self.log.fine > 0 and len(self.log.names) >= MIN_STAGES
        return self.stages is not None and self.stages.usable and len(self.stages.stages) >= MIN_STAGES


class Brought:
    """Keep what was brought, decoded, and read it again when the options change; what is the same is not read twice."""

    def __init__(self, name: str, data: bytes | str) -> None:
        self.name, self.size = name, len(data)
        self._data: bytes | str | None = data if len(data) <= MAX_BYTES else None
        self._text: Text | None = None
        self._sheet: Sheet | None = None
        self._json = False
        self._read: dict[Options, Reading] = {}

    @property
    def kept(self) -> int:
        """Return how many bytes are kept."""
        if self._data is None:
            return 0
        decoded = self._text is not None and self._text.data.obj is not self._data
        return len(self._data) + (len(self._text.data) if decoded else 0)

    @cached_property
    def digest(self) -> str:
        """What tells this content from another; "" where nothing is kept."""
        data = self._data.encode("utf-8", "replace") if isinstance(self._data, str) else self._data
        return "" if data is None else hashlib.blake2b(data, digest_size=16).hexdigest()

    def same_as(self, other: Brought) -> bool:
        """Say whether the other holds the same content."""
        return self.size == other.size and self.digest == other.digest != ""

    def read(self, options: Options) -> Reading:
        """Return what was understood. Never fails; the last two sets of options cost nothing again: a draft and what is used."""
        if options not in self._read:
            while len(self._read) > 1:
                del self._read[next(iter(self._read))]
            self._read[options] = self._again(options)
        else:
            self._read[options] = self._read.pop(options)  # the latest stands last
        return self._read[options]

    def _again(self, options: Options) -> Reading:
        try:
            return _read(self._open(options), self._sheet, options, tabs=self._sheet is not None or self._json)
        except Unreadable as error:
            return Reading(error.code, error.found, self._sheet)

    def _open(self, options: Options) -> Text:
        if self._data is None:
            raise Unreadable("too-big", self.size)
        if isinstance(self._data, bytes) and is_workbook(self._data):
            if self._sheet is None or self._sheet.sheet != options.sheet:
                self._sheet = self._text = None
                self._sheet = read_workbook(self._data, options.sheet)
                self._text = open_text(self._sheet.text)
        elif self._text is None:
            self._text = open_text(self._data)
            if is_json(self._text) or self.name.lower().endswith((".json", ".jsonl", ".ndjson")):
                self._text, self._json = as_table(self._text), True
        if options.delimiter is None and self._sheet is None and not self._json and len(self._text.data) <= _MAX_TYPED:
            return _apart(self._text)
        return self._text


def _apart(text: Text) -> Text:
    """Return a short text with its marks for thousands told from what stands between the cells."""
    plain = bytes(text.data).decode("utf-8", "replace")
    other = apart(plain)
    return text if other == plain else Text(memoryview(other.encode()), text.encoding)


def understand(data: bytes | str, options: Options | None = None) -> Reading:
    """Read a file or what was pasted, once. Never fails.

    >>> understand("Visits;48000\\nLeads;2880").stages.counts, understand(b"\\x00\\x01").refusal
    ((48000.0, 2880.0), 'binary')
    """
    return Brought("", data).read(options or Options())


def _read(text: Text, sheet: Sheet | None, options: Options, *, tabs: bool) -> Reading:
    layout = look(text, delimiter=options.delimiter or ("\t" if tabs else None), header=options.header)
    width = len(layout.names)
    shape = describe(layout.names, layout.rows, _sample(text, layout))
    guessed = columns_of(shape)
    kind = options.kind or ("events" if guessed else "stages")
    columns = options.columns or guessed or Columns(0, min(1, width - 1), min(2, width - 1))
    if kind == "events" and width < 3:  # who, what and when need three
        return Reading(sheet=sheet, layout=layout, kind=kind, columns=None)
    if kind == "events":
        columns = _within(columns, width)
        log = read_log(text, columns, layout=layout)
        return Reading(sheet=sheet, layout=layout, kind=kind, columns=columns, log=log, shape=shape)
    name, count = (i if i is not None and i < width else None for i in (options.name, options.count))
    return Reading(
        sheet=sheet, layout=layout, kind=kind, columns=columns, shape=shape,
        stages=read_stages(text, layout=layout, name=name, count=count, part=options.part, totals=options.totals),
    )  # fmt: skip


def _sample(text: Text, layout: Layout) -> list[pa.Array]:
    """Return the columns of a longer sample of a large table, to see whether values recur."""
    if len(text.data) <= SAMPLE or len(layout.rows) < 100 or len(layout.names) > _MOST_SAMPLED:
        return []
    end = bytes(text.data[:SAMPLE]).rfind(b"\n") + 1
    try:
        table = read_table(Text(text.data[:end], text.encoding), layout=layout, limit=_SAMPLED)
    except Unreadable:
        return []
    return [table.columns[i].combine_chunks() for i in sorted(table.columns)]


def _within(columns: Columns, width: int) -> Columns:
    """Return the columns, each within the table."""
    person, event, time = (min(i, width - 1) for i in (columns.person, columns.event, columns.time))
    return replace(
        columns, person=person, event=event, time=time, by=None if columns.by is None else min(columns.by, width - 1)
    )


def suggest_steps(log: EventLog, most: int = MAX_SUGGESTED) -> tuple[int, ...]:
    """Suggest the steps of a funnel: the events that most different people have, most people first.

    >>> from documents.incoming.event_log import read_log
    >>> log = read_log("A,b,2024-01-01\\nA,a,2024-01-01\\nB,a,2024-01-02\\nB,a,2024-01-03", Columns(0, 1, 2))
    >>> [log.names[i] for i in suggest_steps(log)]
    ['a', 'b']
    """
    if not log.names or not log.fine:
        return ()
    kinds = len(log.names)
    pairs = log.people_codes.astype(np.int64)
    pairs *= kinds
    pairs += log.events
    highest = int(log.people_codes.max()) + 1
    if highest * kinds <= _MOST_PLACES:
        seen = np.zeros(highest * kinds, bool)
        seen[pairs] = True
        people = seen.reshape(highest, kinds).sum(axis=0)
    else:
        people = np.bincount(np.unique(pairs) % kinds, minlength=kinds)
    return tuple(int(i) for i in np.argsort(-people, kind="stable")[:most])
