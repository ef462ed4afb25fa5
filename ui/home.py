"""The home page: the two funnels joined, and the way into the first calculator."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from funnel.calculators import stage_conversion as model
from i18n.languages import content_root
from i18n.numbers import Numbers
from ui import navigation, state
from ui.figures import hand
from ui.learn.prose import prose
from ui.text import _, escape, page_text

HANDOVER = 2  # where marketing hands over in the base funnel: the marketing-qualified lead


def page() -> None:
    """Draw the page."""
    st.title(_("Two Funnels"), anchor=False)
    reader = state.reader()
    above, joint, below = _words(str(content_root()), reader.language.code, reader.numbers)
    st.html(above)
    hand.live("home", model.Inputs.origin("base", "rates"), joint=joint)
    st.html(below)


@lru_cache(maxsize=32)
def _words(_root: str, _code: str, _numbers: Numbers) -> tuple[str, dict, str]:
    """Return what stands above, in and below the figure, made once for a language and digits: each element costs a run."""
    front, body = page_text("pages", "home")
    arrow = "←" if state.reader().rtl else "→"
    links = [
        navigation.link("stage_conversion", f"{front['start']} {arrow}"),
        navigation.link("course", f"{front['learn']} {arrow}"),
    ]
    joint = {
        "at": HANDOVER,
        "name": front["figure"],
        "first": front["marketing"],
        "second": front["sales"],
        "between": front["handover"],
        "scale": f"{front['scale']} {front['fictional']}",
    }
    onward = f'<div class="tf-onward">{"".join(links)}</div>'
    below = f'{onward}<div class="tf-prose">{prose(body)}</div>{_laboratory(front)}'
    return f'<div class="tf-lead">{prose(front["lead"])}</div>', joint, below


def _laboratory(front: dict) -> str:
    """Return the links to all calculators, by the menu's headings: on a phone the menu itself is out of sight."""
    out = [f"<h2>{escape(front['laboratory'])}</h2>"]
    for heading, slugs in navigation.calculators().items():
        links = "".join(f"<li>{navigation.link(slug)}</li>" for slug in slugs)
        out.append(f"<section><h3>{escape(heading)}</h3><ul>{links}</ul></section>")
    return f'<div class="tf-laboratory">{"".join(out)}</div>'
