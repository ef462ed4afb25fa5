"""The home page: for whom it is, three ways to begin, and the two funnels joined."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from course import library
from funnel.calculators import stage_conversion as model
from i18n.languages import content_root
from i18n.numbers import Numbers
from ui import navigation, state, workshop
from ui.figures import hand
from ui.learn.prose import prose
from ui.text import _, escape, page_text

HANDOVER = 2  # where marketing hands over in the base funnel: the marketing-qualified lead


def page() -> None:
    """Draw the page."""
    st.title(_("Two Funnels"), anchor=False)
    above, joint, below = told()
    st.html(above)
    with st.container(key="ways"):
        _ways()
    navigation.last_time("")
    hand.live("home", model.Inputs.origin("base", "rates"), joint=joint)
    st.html(below)


def told() -> tuple[str, dict, str]:
    """Return what stands above the figure, in it and below it: HTML, the words around the two funnels, HTML."""
    reader = state.reader()
    return _words(str(content_root()), reader.language.code, reader.numbers)


def _ways() -> None:
    """Draw the three ways to begin: learn, or go on where the learner was; one's own numbers; a workshop."""
    front, _body = page_text("pages", "home")
    first, third = _links(front, state.progress().last)
    st.html(first)
    if st.button(f"**{front['way2']}**  \n{front['way2t']}", key="way-own", width="stretch"):
        # three stages to be named, filled and added to: what is typed is people, and stays
        state.hand_over("stage_conversion", model.start("own"))
        st.switch_page(navigation.slugs()["stage_conversion"])
    st.html(third)


def ways() -> str:
    """Return the three ways as HTML, before the app is there."""
    front, _body = page_text("pages", "home")
    first, third = _links(front, 0)
    own = _way("stage_conversion", front["way2"], front["way2t"], query="v=1&from=own")
    return f'<div class="st-key-ways">{first}{own}{third}</div>'


def _links(front: dict, last: int) -> tuple[str, str]:
    """Return the ways to the lesson that was opened last (0: none) and to the workshop."""
    written = [one.slug for one in library.lessons()]
    if 0 < last <= len(written):
        slug, line = written[last - 1], front["way1g"] % {"lesson": navigation.title(written[last - 1])}
    else:
        slug, line = written[0], front["way1t"]
    return _way(slug, front["way1"], line), _way("teach", front["way3"], front["way3t"])


def _way(slug: str, name: str, line: str, query: str = "") -> str:
    inside = f"<b>{escape(name)}</b><span>{escape(line)}</span>"
    return navigation.around(slug, inside, kind="tf-way-card", query=query)


@lru_cache(maxsize=32)
def _words(_root: str, _code: str, _numbers: Numbers) -> tuple[str, dict, str]:
    """Return what stands above, in and below the figure, made once for a language and digits: each element costs a run."""
    front, body = page_text("pages", "home")
    joint = {
        "at": HANDOVER,
        "name": front["figure"],
        "first": front["marketing"],
        "second": front["sales"],
        "between": front["handover"],
        "scale": f"{front['scale']} {front['fictional']}",
    }
    below = f'<div class="tf-prose">{prose(body)}</div>{_laboratory(front)}'
    above = f'<p class="tf-whom">{escape(front["whom"])}</p>'
    lead = f'<div class="tf-prose">{prose(front["lead"])}</div>'
    return above, joint, workshop.door() + lead + below


def _laboratory(front: dict) -> str:
    """Return the links to all calculators, by what they are about: on a phone the menu itself is out of sight."""
    out = [f"<h2>{escape(front['laboratory'])}</h2>"]
    for heading, slugs in navigation.calculators().items():
        links = "".join(f"<li>{navigation.link(slug)}</li>" for slug in slugs)
        out.append(f"<section><h3>{escape(heading)}</h3><ul>{links}</ul></section>")
    return f'<div class="tf-laboratory">{"".join(out)}</div>'
