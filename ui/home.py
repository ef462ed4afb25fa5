"""The home page: the two funnels joined, and the way into the first calculator."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from funnel.calculators import stage_conversion as model
from i18n.languages import content_root
from i18n.numbers import Numbers
from ui import navigation, state
from ui.learn.prose import prose
from ui.text import _, escape, page_text, stage_name

HANDOVER = 2  # where marketing hands over in the base funnel: the marketing-qualified lead


def page() -> None:
    """Draw the page."""
    st.title(_("Two Funnels"), anchor=False)
    reader = state.reader()
    st.html(_whole(str(content_root()), reader.language.code, reader.numbers))


@lru_cache(maxsize=32)
def _whole(_root: str, _code: str, _numbers: Numbers) -> str:
    """Return the page as one element, made once for a language and digits: each further element costs a run."""
    front, body = page_text("pages", "home")
    arrow = "←" if state.reader().rtl else "→"
    links = [
        navigation.link("stage_conversion", f"{front['start']} {arrow}"),
        navigation.link("course", f"{front['learn']} {arrow}"),
    ]
    onward = f'<div class="tf-onward">{"".join(links)}</div>'
    words = f'<div class="tf-prose">{prose(body)}</div>'
    return f'<div class="tf-lead">{prose(front["lead"])}</div>{_figure(front)}{onward}{words}{_laboratory(front)}'


def _laboratory(front: dict) -> str:
    """Return the links to all calculators, by the menu's headings: on a phone the menu itself is out of sight."""
    out = [f"<h2>{escape(front['laboratory'])}</h2>"]
    for heading, slugs in navigation.calculators().items():
        links = "".join(f"<li>{navigation.link(slug)}</li>" for slug in slugs)
        out.append(f"<section><h3>{escape(heading)}</h3><ul>{links}</ul></section>")
    return f'<div class="tf-laboratory">{"".join(out)}</div>'


def _figure(front: dict) -> str:
    """Return the two funnels as HTML: one list a funnel, each stage with its words above its bar."""
    inputs = model.start("base")
    result = model.compute(inputs).now
    numbers = state.reader().numbers
    names = [stage_name(stage, i) for i, stage in enumerate(inputs.stages)]

    def item(i: int, top: float) -> str:
        count = result.counts[i]
        rate = None if count == top else result.rates[i]
        words = numbers.count(count)
        if rate is not None:
            sentence = escape(_("%(count)s · %(rate)s of the stage before"))
            words = sentence % {"count": words, "rate": numbers.percent(rate)}
        return (
            f'<li><span class="tf-stage">{escape(names[i])}</span> <span class="tf-count">{words}</span>'
            f'<span class="tf-bar" style="inline-size:{100 * count / top:.2f}%"></span></li>'
        )

    # Each half to its own scale: on marketing's, the customers would be a hair nobody sees. The words below say so.
    top, handed = result.counts[0], result.counts[HANDOVER]
    marketing = "".join(item(i, top) for i in range(HANDOVER + 1))
    sales = "".join(item(i, handed) for i in range(HANDOVER, len(names)))
    scale = front["scale"] % {"times": numbers.count(top / handed)}
    return (
        f'<section class="tf-joined" aria-label="{escape(front["figure"])}">'
        f'<div class="tf-half tf-marketing"><h2>{escape(front["marketing"])}</h2><ol>{marketing}</ol></div>'
        f'<p class="tf-handover">{escape(front["handover"])}</p>'
        f'<div class="tf-half tf-sales"><h2>{escape(front["sales"])}</h2><ol>{sales}</ol></div>'
        f'<p class="tf-quiet">{escape(scale)} {escape(front["fictional"])}</p></section>'
    )
