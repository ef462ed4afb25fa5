"""A page as the server sends it first: its text, the ways to all other pages, and what search engines and messengers read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from course import library
from course.text import plain
from i18n.catalog import catalog
from i18n.languages import content_root, languages
from statements.reader import reading
from ui import navigation, state
from ui.navigation import to
from ui.still import pages
from ui.text import N_, _, escape, page_text, pgettext

HERE = Path(__file__).parent
SHORT = 160  # characters of a description that search engines and messengers show


@dataclass(frozen=True)
class Page:
    """What a page is in one language. In ``head``, ``{base}`` is the site's address; other braces are doubled there."""

    title: str
    description: str
    head: str
    body: str


def stylesheet() -> str:
    """Return the app's stylesheet, that of the hand's figure, and that of pages that stand still."""
    files = ("style.css", "layout.css", "figures/web/hand.css", "still/still.css")
    return "".join((HERE.parent / file).read_text("utf-8") for file in files)


def page(slug: str, code: str, digits: str) -> Page | None:
    """Return a page, "" being home; None for what is none. Made once."""
    slug = slug or "home"
    return _page(str(content_root()), slug, code, digits) if slug in pages.slugs() else None


@lru_cache(maxsize=256)
def _page(_root: str, slug: str, code: str, digits: str) -> Page:
    with reading(code, digits):
        title, about = named(slug)
        body = f"{_menu(slug)}{_languages(slug)}<main>{pages.page(slug)}</main>"
        return Page(title, about, "\n    ".join(_head(slug, title, about)), body)


def tab_title(slug: str) -> str:
    """Return what a page is called in the tab and in the browser's history."""
    app = _("Two Funnels")
    if slug == "home":
        return app
    parts = [navigation.title(slug)]
    if navigation.folder(slug) == "lessons":  # some are called as their calculator is
        parts.append(_("Lesson %(number)s") % {"number": state.reader().numbers.count(library.number(slug))})
    return f"{' · '.join(parts)} – {app}"


def named(slug: str) -> tuple[str, str]:
    """Return a page's title and its description, for who is reading: plain text."""
    text = state.reader().numbers.text
    code, where = state.reader().language.code, navigation.folder(slug)
    if slug == "home":
        said = N_(
            "Learn the marketing funnel and the sales funnel by moving them: change the number "
            "at a stage and see what it does below."
        )
        return tab_title(slug), catalog(code).gettext(said)
    lead = library.lesson_text(code, slug).head.lead if where == "lessons" else page_text(where, slug)[0]["lead"]
    return tab_title(slug), _short(" ".join(plain(text(lead)).replace("*", "").split()))


def _short(text: str) -> str:
    """Return the whole sentences of a text that fit a description, or its beginning."""
    if len(text) <= SHORT:
        return text
    end = max(text.rfind(sign, 0, SHORT) for sign in (". ", "؟ ", "? ", "! "))
    return text[: end + 1] if end > SHORT // 2 else text[: text.rfind(" ", 0, SHORT)] + "…"


# --- the ways to other pages ------------------------------------------------------------------------------------------


def _menu(here: str) -> str:
    """Return the menu as it stands beside the app, as HTML."""
    name, out = escape(_("Pages")), []
    for heading, slugs in navigation.menu().items():
        links = "".join(
            f"<li{' aria-current=page' if slug == here else ''}>{navigation.link(slug)}</li>" for slug in slugs
        )
        out.append(f"{f'<h2>{escape(heading)}</h2>' if heading else ''}<ul>{links}</ul>")
    return f'<nav class="tf-menu" aria-label="{name}">{"".join(out)}</nav>'


def _languages(slug: str) -> str:
    """Return the page in the other languages, as links."""
    name = escape(pgettext("interface", "Language"))
    links = "".join(
        f'<a lang="{one.code}" dir="{one.direction}" hreflang="{one.code}" {to(slug, query=f"lang={one.code}")}'
        f"{' aria-current=true' if one.code == state.reader().language.code else ''}>{escape(one.name)}</a>"
        for one in languages()
    )
    return f'<nav class="tf-languages" aria-label="{name}" translate="no">{links}</nav>'


# --- what machines read -------------------------------------------------------------------------------------------------


def path(slug: str, code: str = "") -> str:
    """Return a page's address behind the site's, in a language or in the reader's own."""
    return ("" if slug == "home" else slug) + (f"?lang={code}" if code else "")


def picture(slug: str, code: str) -> str:
    """Return the address of a page's picture behind the site's: a lesson's own, else the site's."""
    name = slug if navigation.folder(slug) == "lessons" else "home"
    return f"app/static/shared/{code}/{name}.png"


def _head(slug: str, title: str, about: str) -> Iterator[str]:
    """Yield the elements of the head."""
    code = state.reader().language.code
    base, here = "{base}", "{base}" + path(slug, code)
    yield f'<link rel="canonical" href="{here}">'
    for one in languages():
        yield f'<link rel="alternate" hreflang="{one.code}" href="{base}{path(slug, one.code)}">'
    yield f'<link rel="alternate" hreflang="x-default" href="{base}{path(slug)}">'
    image = f"{base}{picture(slug, code)}"
    facts = {
        "og:type": "article" if navigation.folder(slug) == "lessons" else "website",
        "og:site_name": _("Two Funnels"),
        "og:title": title,
        "og:description": about,
        "og:url": here,
        "og:locale": state.reader().language.locale,
        "og:image": image,
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": title,
    }
    for name, value in facts.items():
        held = value if name in ("og:url", "og:image") else _doubled(value)
        yield f'<meta property="{name}" content="{escape(held)}">'
    yield '<meta name="twitter:card" content="summary_large_image">'
    if data := _structured(slug, about):
        yield f'<script type="application/ld+json">{data}</script>'


def _doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _structured(slug: str, about: str) -> str:
    """Return what the page is, in the words of schema.org, as JSON that is safe inside <script>; "" where it is none of them."""
    code, text = state.reader().language.code, state.reader().numbers.text
    here = {"@context": "https://schema.org", "inLanguage": code, "url": "\0" + path(slug, code)}
    found: dict[str, Any] = {}
    if slug == "course":
        parts = [
            {"@type": "LearningResource", "name": navigation.title(one.slug), "url": "\0" + path(one.slug, code)}
            for one in library.lessons()
        ]
        minutes = sum(one.minutes for one in library.lessons())
        found = {
            "@type": "Course", "name": _("Two Funnels"), "description": about, "isAccessibleForFree": True,
            "provider": {"@type": "Organization", "name": _("Two Funnels"), "url": "\0"},
            "hasCourseInstance": {"@type": "CourseInstance", "courseMode": "online", "courseWorkload": f"PT{minutes}M"},
            "hasPart": parts,
        }  # fmt: skip
    elif slug == "glossary":
        terms = [
            {"@type": "DefinedTerm", "name": one.term, "description": text(one.definition), "termCode": key}
            for key, one in library.glossary(code).items()
        ]
        found = {"@type": "DefinedTermSet", "name": navigation.title(slug), "hasDefinedTerm": terms}
    elif navigation.folder(slug) == "lessons":
        one = library.lesson(slug)
        head = library.lesson_text(code, slug).head
        found = {
            "@type": "LearningResource", "name": navigation.title(slug), "description": about, "learningResourceType": "lesson",
            "timeRequired": f"PT{one.minutes}M", "teaches": [text(aim) for aim in head.objectives], "isAccessibleForFree": True,
            "isPartOf": {"@type": "Course", "name": _("Two Funnels"), "url": "\0" + path("course", code)},
        }  # fmt: skip
    if not found:
        return ""
    made = json.dumps(here | found, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return _doubled(made).replace("\\u0000", "{base}")


# --- for the whole site -------------------------------------------------------------------------------------------------


def robots(base: str) -> str:
    """Return robots.txt."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"


def sitemap(base: str) -> str:
    """Return sitemap.xml: every page in every language, each with the others."""
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for slug in pages.slugs():
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{one.code}" href="{escape(base + path(slug, one.code))}"/>'
            for one in languages()
        )
        rows += [f"<url><loc>{escape(base + path(slug, one.code))}</loc>{others}</url>" for one in languages()]
    return "\n".join([*rows, "</urlset>", ""])
