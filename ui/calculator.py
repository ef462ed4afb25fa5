"""What every calculator has around its own body: title, the link's notices, undo, share, files, the explanation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from funnel.links.scenario import Change
from ui import navigation, state
from ui.kit.share import draw_share
from ui.learn.related import related
from ui.text import _, escape, ngettext, page_text


def draw_around(slug: str, start: Any, body: Callable[[], None], names: Callable[[], dict[str, str]]) -> None:
    """Draw a calculator's page: heading and lead, what the link could not give, the body, the explanation.

    ``names`` gives what the fields of the Inputs are called, for the notice about a broken link.
    """
    front, explanation = page_text(navigation.folder(slug), slug)
    st.title(front["title"], anchor=False)
    st.markdown(front["lead"])
    desk = state.desk(slug, start)
    navigation.last_time(slug, untouched=not desk.past)  # always: what stands below would be mounted anew without it
    if desk.changes:
        _notice(slug, desk.changes, names())
    body()
    st.divider()
    st.markdown(explanation)
    if more := related(slug):
        st.html(more)


def _notice(slug: str, changes: tuple[Change, ...], names: dict[str, str]) -> None:
    """Say what of the link could not be used, in the learner's language, until she closes it."""
    items = "".join(f"<li>{line}</li>" for line in changes_said(changes, names))
    with st.container(key="link-notice"):
        st.warning(
            _("What could be read is on the page; this could not:"),
            icon=":material/link_off:",
            title=_("Something in this link was wrong"),
        )
        st.html(f'<ul class="tf-notes">{items}</ul>')
        st.button(
            _("Close this notice"), on_click=state.forget_changes, args=(slug,), type="tertiary", key="close-notice"
        )


def changes_said(changes: tuple[Change, ...], names: dict[str, str]) -> list[str]:
    """Say what of a link or file could not be used, a line of HTML for each of the first places."""
    lines = [_say_change(change, names) for change in changes[:6]]
    if (more := len(changes) - 6) > 0:
        text = ngettext("and %(n)s more place", "and %(n)s more places", more)
        lines.append(escape(text) % {"n": state.reader().numbers.count(more)})
    return lines


def _say_change(change: Change, names: dict[str, str]) -> str:
    words = {"given": escape(change.given), "used": escape(change.used)}
    places = {"": _("the whole link"), "v": _("the format of the link"), "source": _("Model or example")} | names
    what = places.get(change.field, change.field)
    if change.index is not None:
        what = _("%(what)s, number %(number)s") % {
            "what": what,
            "number": state.reader().numbers.count(change.index + 1),
        }
    codes = {
        "version": _("the link was made by another version of this site; it was read as well as it could be"),
        "out-of-range": _("“%(given)s” is outside what is possible"),
        "too-many": _("there were too many; the rest was left out"),
        "too-few": _("there were too few"),
        "unknown": _("“%(given)s” is not known here"),
        "cleaned": _("“%(given)s” held signs that do not belong in a name"),
        "inconsistent": _("its parts do not fit together; the unchanged example is shown"),
    }
    why = codes.get(change.code, _("“%(given)s” could not be read"))
    return f"{escape(what)}: {escape(why) % words}"


def tool_row(
    slug: str, desk: state.Desk, *, reset: Callable[[], Any], files: Callable[[state.Desk], None], keep: bool = False,
    more: Callable[[], None] | None = None,
) -> None:  # fmt: skip
    """Draw what is used now and then in one row, on a phone a bar at its lower edge: undo, compare, share, take away.

    With ``keep`` there is also what the key figures are compared with; ``more`` draws buttons of the calculator's own.
    """
    with st.container(horizontal=True, key="tools", gap="small"):
        st.button(_("Undo"), key="undo", icon=":material/undo:", on_click=state.undo, args=(slug,))
        st.button(_("Redo"), key="redo", icon=":material/redo:", on_click=state.redo, args=(slug,))
        st.button(
            _("Start again"), key="again", icon=":material/restart_alt:", on_click=lambda: state.put(slug, reset())
        )
        if more is not None:
            more()
        if keep and desk.kept is None:
            st.button(
                _("Compare with now"), key="keep", icon=":material/content_copy:", on_click=state.keep, args=(slug,)
            )
        elif keep:
            st.button(_("Stop comparing"), key="drop", icon=":material/close:", on_click=state.keep, args=(slug, False))
        share = st.popover(_("Share"), icon=":material/share:", on_change="rerun", key=f"share-{slug}")
        with share:
            if share.open:
                _share(slug, desk.inputs)
        take = st.popover(_("Take away"), icon=":material/download:", on_change="rerun", key=f"take-{slug}")
        with take:
            if take.open:
                files(desk)


def _share(slug: str, inputs: Any) -> None:
    """Draw the link, the ways to pass it on, and its QR code: ``web/share.js``."""
    st.markdown(
        _("The link opens this page with the same numbers on any machine. Nothing is stored outside your browser.")
    )
    draw_share(slug, state.link(slug, inputs), navigation.title(slug))
