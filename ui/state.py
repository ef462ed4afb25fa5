"""All session and URL access, as typed functions. No other file reads ``st.session_state`` or ``st.query_params``.

What lives in a session: the reader (language, digits), one past-and-present of Inputs for each calculator, and what
the link that opened the session held. The address bar carries the same state (see ``address``), so a reload, a lost
connection or another person's machine gets all of it back.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import rtl
from course.progress import Progress
from course.progress import read as read_progress
from funnel.links import scenario
from i18n.languages import negotiate
from statements.reader import Reader, current, found_by, made, reader
from ui.desks import Desk


def _session_reader() -> Reader:
    """Return who is reading this session's page."""
    found = st.session_state.get("reader")
    if found is None:
        found = _first_reader()
        st.session_state["reader"] = found
    return found


found_by(_session_reader)


def _first_reader() -> Reader:
    """The link decides, else what the page was served in (`st.context.locale` follows <html lang>), else the browser."""
    headers = st.context.headers
    code = negotiate(
        st.query_params.get("lang"), st.context.cookies.get("lang"), st.context.locale, headers.get("Accept-Language")
    )
    wanted = st.query_params.get("digits") or st.context.cookies.get(f"digits-{code}")
    return made(code, wanted)


def read_as(code: str | None = None, digits: str | None = None) -> None:
    """Change the language, the digits, or both; everything else in the session stays."""
    old = reader()
    new = made(code or old.language.code, digits or (old.digits if code in (None, old.language.code) else None))
    st.session_state["reader"] = new
    current.set(new)


def begin() -> None:
    """Start a visit: remember what the link held, once, before any page asks for it."""
    current.set(None)
    if "link" not in st.session_state:
        st.session_state["link"] = {name: st.query_params[name] for name in list(st.query_params)[:64]}
    reader()


# --- a calculator's numbers -------------------------------------------------------------------------------------


def desk(slug: str, start: Any) -> Desk:
    """Return the calculator's desk; on the first call it is filled from the link, as far as the link is valid."""
    key = f"desk-{slug}"
    if key not in st.session_state:
        link = st.session_state.get("link", {})
        if "v" in link and st.session_state.get("link_page", slug) == slug:
            decoded = scenario.decode(type(start), link)
            st.session_state[key] = Desk(decoded.inputs, changes=tuple(decoded.changes))
            st.session_state["link"] = {}
        else:
            st.session_state[key] = Desk(start)
    return st.session_state[key]


def figure(name: str, start: Any) -> Desk:
    """Return the desk of a lesson's figure (``change`` knows it as ``figure-<name>``); see ``desk``.

    A link holds the figures of one lesson side by side: ``timeline.pick=aida`` is the figure ``timeline``'s ``pick``.
    """
    key = f"desk-figure-{name}"
    shown_here: list[str] = note_once(f"figures-{noted('page')}", list)
    if name not in shown_here:
        shown_here.append(name)
    if key not in st.session_state:
        mine = _take(f"{name}.") if st.session_state.get("link_page") == noted("page") else {}
        decoded = scenario.decode(type(start), mine) if mine else scenario.Decoded(start)
        st.session_state[key] = Desk(decoded.inputs, changes=tuple(decoded.changes))
    return st.session_state[key]


def _take(prefix: str) -> dict[str, str]:
    """Take what belongs to a figure out of the link."""
    link = st.session_state.get("link", {})
    return {name.removeprefix(prefix): link.pop(name) for name in list(link) if name.startswith(prefix)}


def _figures() -> dict[str, str]:
    """Return what a link to this page says of its figures: those not drawn yet as they came."""
    page = noted("page")
    out = {}
    if st.session_state.get("link_page") == page:
        out = {name: value for name, value in st.session_state.get("link", {}).items() if "." in name}
    for name in noted(f"figures-{page}", ()):
        written = scenario.encode(open_desk(f"figure-{name}").inputs)
        if len(written) > 1:  # more than the version: something differs from the start
            out |= {f"{name}.{key}": value for key, value in written.items()}
    return out


def begin_page(slug: str) -> None:
    """Note the current page, and which one the link opened: only that page may use the scenario in it."""
    note("page", slug)
    st.session_state.setdefault("link_page", slug)
    view()  # before a calculator takes what the link holds
    # Back, forward and links of ours (rtl/boot.js): the address says how to look at the page, the session has the rest
    context = get_script_run_ctx()
    if context is not None and context.is_history_navigation and list(st.query_params):
        set_view(*_way(dict(st.query_params)))


def put(slug: str, inputs: Any) -> None:
    """Make ``inputs`` the calculator's present, and what was there the first step back."""
    open_desk(slug).put(inputs)


def open_desk(slug: str) -> Desk:
    """Return the desk of a calculator whose page has been opened."""
    return st.session_state[f"desk-{slug}"]


def laid_out(slug: str) -> Any:
    """Return what lies on a calculator's desk; None where its page has not been opened in this session."""
    return getattr(st.session_state.get(f"desk-{slug}"), "inputs", None)


def change(slug: str, make: Callable[[Any], Any]) -> None:
    """Replace a calculator's present by what ``make`` returns for it."""
    put(slug, make(open_desk(slug).inputs))


def hand_over(slug: str, inputs: Any) -> None:
    """Lay inputs on the desk of another calculator, whether its page has been opened or not."""
    st.session_state.setdefault(f"desk-{slug}", Desk(inputs))
    put(slug, inputs)


def keep(slug: str, kept: bool = True) -> None:
    """Keep the present as "now", to compare with; or stop comparing."""
    found = open_desk(slug)
    found.kept = found.inputs if kept else None


def undo(slug: str) -> None:
    """Go one step back; nothing happens where there is none."""
    open_desk(slug).undo()


def redo(slug: str) -> None:
    """Do again what was undone last; nothing happens where there is nothing."""
    open_desk(slug).redo()


def forget_changes(slug: str) -> None:
    """Close the notice of what the link could not give."""
    st.session_state[f"desk-{slug}"].changes = ()


# --- how a page is looked at --------------------------------------------------------------------------------------


def view() -> tuple[str, int]:
    """Return how the page is looked at ("" as it is, "present", "notes", "print") and the screen, counted from 1."""
    key = f"view-{noted('page')}"
    if noted(key) is None:
        set_view(*_way(st.session_state.get("link", {}) if st.session_state.get("link_page") == noted("page") else {}))
    return noted(key)


def _way(link: Mapping[str, str]) -> tuple[str, int]:
    """Return how a link wants its page to be looked at, and the screen."""
    at = link.get("at", "")
    return link.get("view", ""), int(at) if at.isascii() and at.isdigit() and len(at) < 4 else 1


def set_view(how: str, at: int = 1) -> None:
    """Look at the page in another way, or at another screen; what is no way to look is the page as it is."""
    note(f"view-{noted('page')}", (how if how in ("present", "notes", "print", "fields") else "", max(at, 1)))


# --- widgets ----------------------------------------------------------------------------------------------------


def show(key: str, value: Any) -> None:
    """Set what the widget with this key shows; call before it is drawn."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def follow(desk: Desk, key: str, value: Any) -> None:
    """Set what a slider shows, but only where the value changed without the slider.

    While keys are pressed fast the slider is ahead of the run that draws it; setting it then would throw presses away.
    """
    if key not in st.session_state or desk.seen.get(key) != value:
        st.session_state[key] = value
        desk.seen[key] = value


def catch(desk: Desk, key: str, apply: Callable[[Any], None]) -> None:
    """Apply what a slider brought since it was drawn last. Call while drawing, before the slider.

    Not a callback: Streamlit ends a callback in its middle when the next change has already arrived, and calls it done.
    """
    value = st.session_state.get(key)
    if key in desk.seen and value is not None and value != desk.seen[key]:
        apply(value)
        desk.seen[key] = value


def shown(key: str, default: Any = None) -> Any:
    """Return what the widget with this key shows or holds."""
    return st.session_state.get(key, default)


def sent(key: str, name: str) -> Any:
    """Return what a part of the page sent under this name (see ``ui.figures.parts``), not to be trusted; None before that."""
    held = st.session_state.get(key)
    return held.get(name) if held else None


def note(key: str, value: Any) -> None:
    """Keep a small fact of the session (an error beside a field, which copy is being changed)."""
    st.session_state[f"note-{key}"] = value


def noted(key: str, default: Any = None) -> Any:
    """Return a fact kept by ``note``."""
    return st.session_state.get(f"note-{key}", default)


def note_once(key: str, make: Callable[[], Any]) -> Any:
    """Return the kept fact, made at the first call."""
    if f"note-{key}" not in st.session_state:
        note(key, make())
    return noted(key)


# --- the address ------------------------------------------------------------------------------------------------


def query(inputs: Any = None) -> dict[str, str]:
    """Return the whole state as the plain names and values of a link: language, digits and the scenario.

    With Inputs it is a calculator's; without, that of the figures on the page.
    """
    found = reader()
    out = {"lang": found.language.code}
    if found.digits != found.language.digits:
        out["digits"] = found.digits
    how, at = view()
    out |= ({"view": how} if how else {}) | ({"at": str(at)} if how == "present" else {})
    out |= noted(f"kept-in-address-{noted('page')}", {})  # what a page of its own kind keeps there
    return out | (scenario.encode(inputs) if inputs is not None else _figures())


def progress() -> Progress:
    """Return how far the learner is; at first what her browser kept."""

    def from_browser() -> Progress:
        return read_progress(str(st.context.cookies.get("keep", ""))) or Progress()

    return note_once("progress", from_browser)


def linked(name: str) -> str:
    """Return a value of the link that opened this very page; empty where there is none."""
    return st.session_state.get("link", {}).get(name, "") if st.session_state.get("link_page") == noted("page") else ""


def keep_progress(new: Progress) -> None:
    """Remember how far the learner is; ``progress_marker`` has to be drawn for the browser to hear of it."""
    note("progress", new)


def progress_marker() -> str:
    """Return the marker that makes the browser keep the progress."""
    found = reader()
    return rtl.marker(found.language.code, found.digits, page=_path(), session=_session(), keep=progress().write())


def speak(whole: bool) -> None:
    """Draw the marker of language and digits; first on the page, so that what comes after it is written in them.

    On a page without numbers of its own (``whole``) it carries the address too.
    """
    found = reader()
    text = urlencode(query()) if whole else None
    st.html(rtl.marker(found.language.code, found.digits, text, page=_path(), session=_session()))


def _path() -> str:
    return "" if noted("page") == "home" else noted("page", "")


def _session() -> str:
    return note_once("session", lambda: secrets.token_hex(4))


def address(inputs: Any = None) -> str:
    """Return the marker that keeps the address bar equal to the session, to stand in an element that changes anyway."""
    found = reader()
    return rtl.marker(found.language.code, found.digits, urlencode(query(inputs)), page=_path(), session=_session())


def link(slug: str, inputs: Any = None) -> str:
    """Return the full link that opens a page, with this scenario, on another machine."""
    return page_address(slug, query(inputs))


def page_address(slug: str, values: Mapping[str, str]) -> str:
    """Return the full address of a page with these values, for another machine."""
    base = (st.context.url or "").split("?")[0].split("#")[0].rstrip("/").removesuffix(f"/{_path()}").rstrip("/")
    return f"{base}/{slug}?{urlencode(values)}"
