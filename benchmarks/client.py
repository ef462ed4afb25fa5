"""A learner without a browser: speaks Streamlit's WebSocket protocol as its frontend does.

It opens a page, keeps the widgets that the page drew, moves a slider, and reads until the run has finished. Like the
browser it sends the state of all widgets, the fragment of the one it moved, and the hashes of the messages it holds.
"""

import asyncio
import random
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

TIMEOUT = 30.0  # seconds for one run

# How the browser states a widget's default: field of WidgetState by kind of element.
_FIELDS = {"number_input": "double_value", "text_input": "string_value", "checkbox": "bool_value"}


class AppError(Exception):
    """The app drew an exception, or the conversation with it went wrong."""


@dataclass
class Run:
    """What one script run sent; times in seconds of `time.perf_counter`."""

    sent: float = 0.0
    done: float = 0.0
    received: int = 0  # bytes on the wire; the server may compress, as it may for a browser
    elements: int = 0
    changed: int = 0  # elements that differ from those of the run before
    errors: list[str] = field(default_factory=list)


@dataclass
class Widget:
    """A widget as the page last drew it."""

    kind: str
    proto: object
    fragment: str

    @property
    def key(self) -> str:
        """The key= of the script, from an id like ``$$ID-<hash>-<key>``; "" without one."""
        key = [*self.proto.id.split("-", 2), "", ""][2]
        return "" if key == "None" else key


class Counted(ClientConnection):
    """A connection that counts the bytes which come in."""

    wire = 0

    def data_received(self, data: bytes) -> None:
        """Count, then go on."""
        self.wire += len(data)
        super().data_received(data)


class Learner:
    """One browser tab on one page."""

    def __init__(self, url: str, query: str = "", seed: int = 0) -> None:
        self.url, self.query = url, query
        self.random = random.Random(seed)
        self.widgets: dict[tuple, Widget] = {}  # by place on the page
        self.states: dict[str, WidgetState] = {}  # by widget id
        self.seen: dict[tuple, str] = {}  # hash of the element at each place
        self.held: dict[str, list] = {}  # by hash: message, run of its last use, fragment
        self.page, self.runs, self.age = "", 0, 2
        self.session = ""  # what the server calls it; a browser whose socket broke asks for it again

    async def open(self) -> Run:
        """Connect, anew or again, and run the page once."""
        url = urlsplit(self.url)
        again = ["unused-token", self.session] if self.session else []
        self.socket = await connect(
            f"ws://{url.netloc}/_stcore/stream", origin=f"http://{url.netloc}", subprotocols=["streamlit", *again],
            max_size=None, ping_interval=None, proxy=None, create_connection=Counted,
        )  # fmt: skip
        return await self.rerun(name=url.path.strip("/"))

    async def close(self) -> None:
        """Close the tab."""
        await self.socket.close()

    def drop(self) -> None:
        """Lose the connection without a word, as a phone does whose Wi-Fi is gone."""
        self.socket.transport.abort()

    async def move(self, key_prefix: str = "") -> Run:
        """Move the first slider whose key begins so to another of its values; the run must change something."""
        for _, widget in sorted(self.widgets.items(), key=lambda item: item[0]):
            if widget.kind == "slider" and widget.key.startswith(key_prefix) and not widget.proto.disabled:
                break
        else:
            raise AppError(f"no slider with a key {key_prefix!r}... on {self.url}")
        slider = widget.proto
        step = slider.step or 1
        now = self.states[slider.id].double_array_value.data
        places = round((slider.max - slider.min) / step) + 1
        values = [slider.min + step * place for place in range(places)]
        new = sorted(self.random.sample([value for value in values if value not in now], len(now)))
        self.states[slider.id] = WidgetState(id=slider.id)
        self.states[slider.id].double_array_value.data.extend(new)
        run = await self.rerun(fragment=widget.fragment)
        if not run.changed:
            raise AppError(f"moving {widget.key or slider.label!r} changed nothing on {self.url}")
        return run

    async def rerun(self, name: str = "", fragment: str = "") -> Run:
        """Ask for one run, read it to its end."""
        message = BackMsg()
        ask = message.rerun_script
        ask.query_string, ask.page_script_hash, ask.page_name, ask.fragment_id = self.query, self.page, name, fragment
        ask.cached_message_hashes.extend(self.held)
        ask.widget_states.widgets.extend(self.states.values())
        ask.context_info.timezone, ask.context_info.locale, ask.context_info.url = "UTC", "en-US", self.url
        run = Run(sent=time.perf_counter())
        before = self.socket.wire
        await self.socket.send(message.SerializeToString())
        await asyncio.wait_for(self._read(run), TIMEOUT)
        run.received = self.socket.wire - before
        if run.errors:
            raise AppError("; ".join(run.errors)[:300])
        return run

    async def _read(self, run: Run) -> None:
        drawn: set[tuple] = set()
        fragments: list[str] = []
        started = False
        while True:
            data = await self.socket.recv()
            message = ForwardMsg.FromString(data)
            place = tuple(message.metadata.delta_path)
            if message.WhichOneof("type") == "ref_hash":  # "you hold this one already"
                if message.ref_hash not in self.held:
                    raise AppError("the server refers to a message that we do not hold")
                self.held[message.ref_hash][1] = self.runs
                message = self.held[message.ref_hash][0]
            elif message.metadata.cacheable:
                self.held[message.hash] = [message, self.runs, message.delta.fragment_id]
            match message.WhichOneof("type"):
                case "new_session":
                    self.session = message.new_session.initialize.session_id or self.session
                    started, drawn = True, set()
                    fragments = list(message.metadata.run.fragment_ids)
                    self.page = message.new_session.page_script_hash
                    self.age = message.new_session.config.max_cached_message_age
                case "navigation":
                    self.page = message.navigation.page_script_hash or self.page
                case "page_info_changed":
                    self.query = message.page_info_changed.query_string
                case "page_not_found":
                    raise AppError(f"no such page: {self.url}")
                case "delta":
                    run.elements += 1
                    run.changed += self.seen.get(place) != message.hash
                    self.seen[place] = message.hash
                    if message.delta.WhichOneof("type") == "new_element":
                        drawn.add(place)
                        self._take(place, message.delta, run)
                case "script_finished" if started:
                    if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        continue  # st.rerun(): another run follows
                    if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                        raise AppError("the script does not compile")
                    run.done = time.perf_counter()
                    self._forget(drawn, fragments)
                    return

    def _take(self, place: tuple, delta, run: Run) -> None:
        kind = delta.new_element.WhichOneof("type")
        proto = getattr(delta.new_element, kind)
        if kind == "exception":
            run.errors.append(f"{proto.type}: {proto.message}")
        if kind == "alert" and proto.icon == ":material/error:":  # `ui.shell.sorry`, in the learner's language
            run.errors.append(f"{proto.title}: {proto.body}")
        self.widgets.pop(place, None)
        if not getattr(proto, "id", "") or kind not in {"slider", "selectbox", "radio", "button_group", *_FIELDS}:
            return
        self.widgets[place] = Widget(kind, proto, delta.fragment_id)
        if proto.id not in self.states or proto.set_value:
            state = _default(kind, proto)
            if state:
                self.states[proto.id] = state

    def _forget(self, drawn: set[tuple], fragments: list[str]) -> None:
        """Drop widgets that the run no longer drew, and messages that the browser would have dropped."""
        gone = [p for p, w in self.widgets.items() if p not in drawn and (not fragments or w.fragment in fragments)]
        for place in gone:
            del self.widgets[place]
        ids = {widget.proto.id for widget in self.widgets.values()}
        self.states = {id_: state for id_, state in self.states.items() if id_ in ids}
        self.runs += 1
        self.held = {
            hash_: entry for hash_, entry in self.held.items()
            if (fragments and entry[2] not in fragments) or self.runs - entry[1] <= self.age
        }  # fmt: skip


def _default(kind: str, proto) -> WidgetState | None:
    """Return what the browser stores when a widget first appears; None for nothing."""
    state = WidgetState(id=proto.id)
    if kind == "slider":
        if proto.type == Slider.SELECT_SLIDER:
            picked = proto.raw_value if proto.set_value else [proto.options[int(place)] for place in proto.default]
            state.string_array_value.data.extend(picked)
        else:
            state.double_array_value.data.extend(proto.value if proto.set_value else proto.default)
    elif kind in ("selectbox", "radio"):
        if proto.set_value and proto.HasField("raw_value"):
            state.string_value = proto.raw_value
        elif proto.HasField("default") and len(proto.options):
            state.string_value = proto.options[proto.default]
        else:
            return None
    elif kind == "button_group":
        options = [option.content for option in proto.options]
        picked = proto.raw_values if proto.set_value else [options[place] for place in proto.default]
        state.string_array_value.data.extend(picked)
    elif kind == "number_input" and not (proto.set_value or proto.HasField("default")):
        return None
    else:
        setattr(state, _FIELDS[kind], proto.value if proto.set_value else proto.default)
    return state
