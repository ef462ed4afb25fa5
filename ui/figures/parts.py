"""Parts of the page that draw themselves in the browser: components of version 2, served as files of ``ui/figures/web``.

Streamlit finds a component's files by the manifest of an installed package; ours is no package, so the manifest is handed over
here. Served as files (and not as text in a message), they pass under the Content-Security-Policy without ``blob:``, are kept
by the browser, and need no build: what is in the repository is what runs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

WEB = Path(__file__).parent / "web"
_PACKAGE = "two-funnels"


def part(name: str):
    """Return what mounts the part ``web/<name>.js``, styled by ``web/<name>.css`` (see ``st.components.v2.component``)."""
    manager = get_bidi_component_manager()
    full = f"{_PACKAGE}.{name}"
    if manager.get_component_path(full) is None:  # once for a server; a test has a manager of its own
        manifest = ComponentManifest(_PACKAGE, "1", [ComponentConfig(name, "web")])
        manager.register_from_manifest(manifest, WEB.parent)
    return _mount(full, name)


def sending(name: str, key: str, data: dict[str, Any], **heard: Callable[[], None]) -> None:
    """Draw a part that sends messages. For ``web/mounts.js``, which takes the data out of their list.

    What it sends as "sent" is read while the page is drawn, by ``ui.state.sent(key, "sent")``; `heard` names what is
    called for other messages instead: ``on_view_change=...``.
    """
    # in a list: of a dictionary's values Streamlit asks whether they are tables, which costs more than the figure, and it
    # imports pandas for the question: half a second and 40 MB, and two visitors who do it at once find it half made
    part(name)(key=key, data=[data], **(heard or {"on_sent_change": _nothing}))


def _nothing() -> None:
    """Streamlit keeps only what has a callback."""


def newer(message: Any, last: int) -> int | None:
    """Return the number of a message, counted up from ``last``; None for one that was read before or is none of ours."""
    number = message.get("n") if isinstance(message, dict) else None
    return number if type(number) is int and last < number < 2**53 else None


@cache
def _mount(full: str, name: str):
    # in the page itself, not in a shadow root: our fonts, colours and right-to-left rules hold inside too
    return st.components.v2.component(full, js=f"{name}.js", css=f"{name}.css", isolate_styles=False)
