"""What the browser tests share: opening a page as a learner does, and noticing everything that goes wrong meanwhile."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from playwright.sync_api import Browser, Error, Page, Request, WebSocketRoute

from i18n.spelling import LATIN_ALLOWED

READY = "[data-testid=stApp][data-test-script-state=notRunning]"
# Comes back with whether, within a minute, the script had run, no element's code was still on its way (Streamlit shows a grey
# box for it), and nothing was added, removed, renamed or rewritten for so many milliseconds, nor while the server answered a
# small question: on a busy machine the next element takes longer.
CALM = """([ready, quiet]) => new Promise(done => {
  let timer, changes = 0;
  const end = (well) => { clearTimeout(timer); seen.disconnect(); done(well); };
  const wait = () => { clearTimeout(timer); timer = setTimeout(look, quiet); };
  const seen = new MutationObserver(() => { changes += 1; wait(); });
  const look = async () => {
    const before = changes;
    await fetch('/_stcore/health?calm').catch(() => 0);
    if (changes !== before) return;
    if (!document.querySelector(ready) || document.querySelector('[data-testid=stSkeleton]')) return wait();
    end(true);
  };
  seen.observe(document, {subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: ['class', 'hidden', 'lang', 'dir', 'value', 'data-test-script-state']});
  setTimeout(() => end(false), 60_000);
  wait();
})"""
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 900}

# Everything a person can see, as text, without code, indices of formulas, links' targets and what is hidden.
VISIBLE = """(where = 'body') => {
  const out = [], root = document.querySelector(where);
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!e || e.closest('script,style,noscript,code,pre,sub,' +
      '[data-testid=stIconMaterial],[translate=no],.st-key-switches')) continue;
    if (!e.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    out.push(walk.currentNode.nodeValue);
  }
  const fields = 'input:not([type=range],[type=radio],[type=checkbox]),textarea';
  for (const e of root.querySelectorAll(fields)) if (!e.closest('[translate=no]')) out.push(e.value || '');
  return out.map(s => s.trim()).filter(Boolean);
}"""

SPOKEN = """(where = 'html') => [...document.querySelector(where)
    .querySelectorAll('[aria-label],[title],[placeholder],[aria-roledescription],img[alt]')]
  .flatMap(e => ['aria-label', 'title', 'placeholder', 'aria-roledescription', 'alt'].map(a => e.getAttribute(a)))
  .filter(Boolean)"""

# axe's rule id -> why it is not ours. Only elements that the selector names are let through.
_MENU = "a menu with headings: Streamlit puts a <div> for each section between the <ul> and its <li>"
STREAMLITS_OWN: dict[str, tuple[str, str]] = {
    "presentation-role-conflict": ("the drop zone of the file uploader", "stFileUploaderDropzone"),
    "list": (_MENU, 'data-testid="stSidebarNavItems"'),
    "listitem": (_MENU, '<li class="st-emotion-cache-'),
}


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


class Wire:
    """What lies between a page and its server: while ``deaf`` it loses what the page sends, while ``slow`` it keeps the answers.

    To be made before the page is opened. The browser's own "offline" leaves an open connection alone.
    """

    def __init__(self, page: Page):
        self.deaf = self.slow = False
        self.lost: list[str | bytes] = []
        self.kept: list[tuple[WebSocketRoute, str | bytes]] = []
        page.route_web_socket(re.compile("/_stcore/stream"), self._join)

    def _join(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda message: self.lost.append(message) if self.deaf else server.send(message))
        server.on_message(lambda message: self.kept.append((socket, message)) if self.slow else socket.send(message))

    def hurry(self) -> None:
        """Deliver the answers that were kept, and keep none any more."""
        self.slow = False
        for socket, message in self.kept:
            socket.send(message)


@dataclass
class Visit:
    """One page and what was noticed: console errors, failed and foreign requests; all requests, and those not yet answered."""

    page: Page
    base: str
    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    unanswered: set[Request] = field(default_factory=set)

    def go(self, path: str) -> Page:
        """Open a path and wait until the app has drawn."""
        self.unanswered.clear()
        self.page.goto(f"{self.base}/{path}")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the script has run and the page has not changed for a quarter of a second: elements come one by one.

        Whatever code or words the page has asked for must have come by then; a request without an end is given five seconds.
        """
        for turn in range(100):
            try:
                self.page.wait_for_selector("h1:visible", timeout=30_000)
                # the app has taken the place of the page's first text
                self.page.wait_for_selector("#rtl-still", state="detached", timeout=30_000)
                if not self.page.evaluate(CALM, [READY, 250 if not turn else 100]):
                    break
            except Error as error:
                if "context was destroyed" not in error.message:  # another page has come meanwhile
                    raise
            else:
                if not self.unanswered or turn == 50:
                    return
        raise TimeoutError("the page never came to rest")

    def texts(self, where: str = "body") -> list[str]:
        """Return everything visible in an element (the first that the selector finds)."""
        return self.page.evaluate(VISIBLE, where)

    def spoken(self, where: str = "html") -> list[str]:
        """Return what only a screen reader or a tooltip says in an element."""
        return self.page.evaluate(SPOKEN, where)

    def violations(self, where: str = "") -> list[str]:
        """Return what axe-core finds wrong on the page, or in an element, and is not Streamlit's own."""
        if not self.page.evaluate("!!window.axe"):
            self.page.evaluate(_axe())
        place = repr(where) if where else "document"
        found = self.page.evaluate(f"axe.run({place}, {{resultTypes: ['violations']}})")
        wrong = []
        for violation in found["violations"]:
            _reason, selector = STREAMLITS_OWN.get(violation["id"], ("", ""))
            wrong += [
                f"{violation['id']}: {violation['help']}\n    {node['html'][:300]}\n    {node['failureSummary'][:300]}"
                for node in violation["nodes"]
                if not selector or selector not in node["html"]
            ]
        return wrong


#: Pages that rest between two visits, by browser, address and language of the browser.
_RESTING: dict[tuple[Browser, str, str], list[Page]] = defaultdict(list)
#: Who visits a page now; its listeners tell them.
_VISITS: dict[Page, Visit] = {}


@contextmanager
def visiting(
    browser: Browser, base: str, *, locale: str = "en-US", size=LAPTOP, theme: str = "light",
    reduced_motion: str = "no-preference", own: bool = False, **options,
) -> Iterator[Visit]:  # fmt: skip
    """Open the app in a browser profile that knows nothing of it; yields a Visit.

    The profile is one that a visit before has left, wiped: Streamlit's scripts are compiled once, not for every test. With
    ``own``, or with options of a profile such as ``has_touch``, it is a new one, closed at the end: for a test that leaves
    what nobody can wipe (a route, a script, a listener, a second window).
    """
    own = own or bool(options)
    resting = _RESTING[browser, base, locale]
    page = resting.pop() if resting and not own else _new_page(browser, locale, options)
    page.set_viewport_size(size)
    page.emulate_media(media="null", color_scheme=theme, reduced_motion=reduced_motion)
    visit = _VISITS[page] = Visit(page, base)
    rests = False
    try:
        yield visit
        rests = not own
    finally:
        if rests:
            _wipe(page, base)
            resting.append(page)
        else:
            page.context.close()
        del _VISITS[page]


def _new_page(browser: Browser, locale: str, options: dict) -> Page:
    """Return a page of a new profile that tells its visit what goes wrong."""
    page = browser.new_context(locale=locale, **options).new_page()

    def responded(response) -> None:
        if response.status >= 400:
            _VISITS[page].problems.append(f"{response.status} {response.url}")

    def requested(request) -> None:
        visit = _VISITS[page]
        if request.url.endswith("?calm"):  # our own question, see CALM
            return
        visit.requests.append(request.url)
        if isinstance(request, Request):
            visit.unanswered.add(request)
        if not request.url.startswith((visit.base, visit.base.replace("http", "ws", 1), "data:", "blob:")):
            visit.problems.append(f"foreign request {request.url}")

    def said(message) -> None:
        if message.type == "error":
            _VISITS[page].problems.append(f"console {message.text}")

    page.on("response", responded)
    page.on("request", requested)
    page.on("requestfinished", lambda request: _VISITS[page].unanswered.discard(request))
    page.on("requestfailed", lambda request: _VISITS[page].unanswered.discard(request))
    page.on("websocket", requested)
    page.on("console", said)
    page.on("pageerror", lambda error: _VISITS[page].problems.append(f"page error {error}"))
    return page


def _wipe(page: Page, base: str) -> None:
    """Leave the app and forget everything that it has kept in the profile; only files that it would send again stay."""
    page.mouse.move(-10, -10)  # nothing of the next page is under the pointer
    page.evaluate("sessionStorage.clear()")
    page.goto("about:blank")
    page.context.clear_cookies()
    devtools = page.context.new_cdp_session(page)
    kept = "cookies,local_storage,indexeddb,websql,cache_storage,service_workers,file_systems"
    devtools.send("Storage.clearDataForOrigin", {"origin": base, "storageTypes": kept})
    devtools.detach()


DIGITS = {"latn": "0-9", "arab": "٠-٩", "arabext": "۰-۹"}


def strange_digits(texts: list[str], digits: str) -> list[str]:
    """Return the texts with a digit that is not of the chosen set; acronyms such as B2B, and N(0), keep Latin ones."""
    others = "".join(span for name, span in DIGITS.items() if name != digits)
    without_words = [
        re.sub(r"[A-Za-z]\([^()\s]+\)|[A-Za-z]+-?[0-9][0-9.]*[A-Za-z0-9]*|[0-9]+[A-Za-z]+", "", text) for text in texts
    ]
    return [text for text in without_words if re.search(f"[{others}]", text)]


# Terms of the field that are written in Latin letters in every language, and the names of file formats.
ACRONYMS = {
    "AIDA", "TOFU", "MOFU", "BOFU", "MQL", "SQL", "SaaS", "CAC", "CPL", "CPA", "LTV", "ROI", "ROAS", "ASV", "RPV", "ARPU",
    "DEL", "DERL", "sBG", "CSV", "TSV", "TXT", "XLSX", "XLSM", "MB",
    "PNG", "SVG", "JSON", "UTF", "Windows", "Excel", "LibreOffice", "CRM",
    "max", "min", "ln", "exp",
}  # fmt: skip

# Latin words that stand in Arabic and Persian text on purpose: names, acronyms, the languages' own names for themselves.
ALLOWED = {
    "English", "AIDA", "TOFU", "MOFU", "BOFU", "MQL", "SQL", "SaaS", "B", "B2B", "A", "CSV", "PNG", "SVG", "QR", "Google",
    "Analytics", "Data", "API", "Funnel", "Streamlit", "Apache", "Vega", "Lite", "Altair", "BSD", "Vazirmatn", "SIL", "Open",
    "Font", "License", "Material", "Symbols", "Saber", "Rastikerdar", "docs", "model", "md", "OFL", "JavaScript", "cookies",
    "https", "xlsx", "CP", "CTA", "LGPD", "JSONL", "NDJSON", "ODS", "XLS",
    "Moodle", "SCORM",
    "How", "to", "Project", "Customer", "Retention", "Fader", "Hardie", "Maturen",  # a title and its authors
    "CCPA", "CPRA", "GPC", "ANPD", "PDPL", "SDAIA", "CST", "DIFC", "ADGM", "TDRA", "PDPC", "CRA",  # laws and authorities
    "Wi", "Fi", "FTC", "Elmo", "Lewis", "St",  # an authority, and a man of whom a legend is told
    "bounce", "rate", "opt", "in", "out", "UX", "Reach",  # the English name of a term, beside it
    "Twitter", "Crowd", "lead", "inbound", "collateral", "onboarding", "churn",  # names and words that a correction speaks about
}  # fmt: skip


def english_left(texts: list[str]) -> list[str]:
    """Return Latin words that nobody allowed."""
    words = {word for text in texts for word in re.findall(r"[A-Za-z]+", text) if len(word) > 1}
    return sorted(words - ALLOWED - ACRONYMS - LATIN_ALLOWED)
