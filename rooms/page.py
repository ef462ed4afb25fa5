"""The pages of a room: whole in the first response, styled in their head, with all that their modules need as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

from i18n.languages import language, languages
from i18n.numbers import numbers
from rooms.assets import Assets
from rooms.words import DESK, DOOR, PHONE, SCREEN, START, words

#: For each page: its module, its words, its stylesheets, and what it loads beside its module.
PAGES = {
    "phone": ("phone.js", PHONE, ("base.css", "phone.css")),
    "door": ("door.js", DOOR, ("base.css", "phone.css")),
    "screen": ("screen.js", SCREEN, ("base.css", "screen.css")),
    "desk": ("desk.js", SCREEN | DESK, ("base.css", "screen.css", "desk.css")),
    "start": ("start.js", START, ("base.css", "phone.css")),
}


class Pages:
    """Write pages; ``assets`` are their files."""

    def __init__(self, assets: Assets) -> None:
        self.assets = assets

    def boot(self, name: str, code: str, digits: str, root: str, **more: Any) -> dict[str, Any]:
        """Return what a page's module is told; ``root`` is the way from the page to the app's root ("../")."""
        facts = language(code)
        return {
            "lang": code,
            "dir": facts.direction,
            "signs": numbers(code, digits).signs(),
            "words": words(PAGES[name][1], code, digits),
            "languages": [{"code": one.code, "name": one.name} for one in languages()],
            "root": root,
            **more,
        }

    def page(self, name: str, code: str, digits: str, root: str, body: str, **more: Any) -> str:
        """Return a page; ``body`` is the HTML that is seen before its module has come."""
        boot = self.boot(name, code, digits, root, **more)
        module, _, styles = PAGES[name]
        facts = language(code)
        base = f"{root}room/web/{self.assets.version}/"
        fonts = ("arabic", "latin") if facts.direction == "rtl" else ("latin",)
        style = "".join(self.assets.text(one) for one in styles).replace("{root}", root)
        preload = "".join(
            f'<link rel="preload" href="{root}app/static/vazirmatn-{font}.woff2" as="font" type="font/woff2" crossorigin>'
            for font in fonts
        )
        modules = "".join(f'<link rel="modulepreload" href="{base}{one}">' for one in self._needed(module))
        title = boot["words"]["title"]
        return (
            f'<!doctype html><html lang="{code}" dir="{facts.direction}" data-digits="{digits}" class="tf-{name}"><head>'
            '<meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
            '<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">'
            f"<title>{escape(title)}</title>{preload}"
            f'<link rel="icon" href="{root}app/static/favicon.svg" type="image/svg+xml"><style>{style}</style>'
            f'<script type="application/json" id="boot">{_safe(boot)}</script>{modules}'
            f'<script type="module" src="{base}{module}"></script></head><body>{body}</body></html>'
        )

    def _needed(self, module: str) -> list[str]:
        """Return the modules that a module imports, and theirs."""
        found: list[str] = []
        todo = [module]
        while todo:
            for one in re.findall(r'from "\./([\w.-]+\.js)"', self.assets.text(todo.pop())):
                if one not in found:
                    found.append(one)
                    todo.append(one)
        return found

    # --- what is read before the module has come ----------------------------------------------------------------

    def phone(self, code: str, digits: str, room: str, state: Mapping[str, Any]) -> str:
        """Return the phone's page in a room."""
        say = words(PHONE, code, digits)
        shown = say["waiting"]
        if state["phase"] == "ended":
            shown = say["over"]
        elif "item" in state:
            shown = state["item"]["ask"]
        where = escape(say["room"] % {"code": spaced(room, code, digits)})
        body = (
            f'<header class="top"><p class="room">{where}</p></header>'
            f'<main id="main"><h1 class="ask">{escape(shown)}</h1></main>'
            f'<footer class="foot"><noscript>{escape(say["noscript"])}</noscript>'
            f'<p class="quiet">{escape(say["stored"])}</p></footer>'
        )
        return self.page(
            "phone", code, digits, "../", body, room=room, state=state, query=f"lang={code}&digits={digits}"
        )

    def door(self, code: str, digits: str, root: str, said: str = "") -> str:
        """Return the page where a code is typed; ``said`` is what was wrong with the last one."""
        say = words(DOOR, code, digits)
        wrong = f'<p class="error" role="alert">{escape(said)}</p>' if said else ""
        body = (
            f'<main id="main"><h1>{escape(say["title"])}</h1><form action="{root}r" method="get" class="door">'
            f'<label for="code">{escape(say["ask"])}</label><input id="code" name="code" inputmode="numeric" dir="ltr" '
            f'autocomplete="off" autofocus placeholder="{escape(say["six"])}" maxlength="16" required>{wrong}'
            f'<button class="main">{escape(say["join"])}</button></form></main>'
        )
        return self.page("door", code, digits, root, body)

    def trainers(self, name: str, code: str, digits: str, room: str) -> str:
        """Return the projector's page or the trainer's own."""
        body = f'<main id="main"><h1>{escape(words(SCREEN, code, digits)["title"])}</h1></main>'
        query = f"lang={code}&digits={digits}"
        return self.page(name, code, digits, "../../", body, room=room, query=query)

    def start(self, code: str, digits: str, lessons: list[dict[str, Any]], chosen: str) -> str:
        """Return the page where a room is opened."""
        say = words(START, code, digits)
        body = f'<main id="main"><h1>{escape(say["title"])}</h1><p class="lead">{escape(say["lead"])}</p></main>'
        query = f"lang={code}&digits={digits}"
        return self.page("start", code, digits, "../", body, lessons=lessons, chosen=chosen, query=query)


def spaced(room: str, code: str, digits: str) -> str:
    """Return a room's code in two groups of three, in the reader's digits.

    >>> spaced("123456", "fa", "arabext")
    '۱۲۳\\xa0۴۵۶'
    """
    shown = room.translate(str.maketrans("0123456789", numbers(code, digits).signs()["digits"]))
    return f"{shown[:3]}\u00a0{shown[3:]}"


def _safe(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
