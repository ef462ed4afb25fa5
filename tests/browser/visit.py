"""What the browser tests share: opening a page as a learner does, and noticing everything that goes wrong meanwhile."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from i18n.spelling import LATIN_ALLOWED

READY = "[data-testid=stApp][data-test-script-state=notRunning]"
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 900}

# Everything a person can see, as text, without code, links' targets and what is hidden.
VISIBLE = """(where = 'body') => {
  const out = [], root = document.querySelector(where);
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!e || e.closest('script,style,noscript,code,pre,[data-testid=stIconMaterial],[translate=no],.st-key-switches')) continue;
    if (!e.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    out.push(walk.currentNode.nodeValue);
  }
  const fields = 'input:not([type=range],[type=radio],[type=checkbox]),textarea';
  for (const e of root.querySelectorAll(fields)) out.push(e.value || '');
  return out.map(s => s.trim()).filter(Boolean);
}"""

SPOKEN = """(where = 'html') => [...document.querySelector(where)
    .querySelectorAll('[aria-label],[title],[placeholder],[aria-roledescription],img[alt]')]
  .flatMap(e => ['aria-label', 'title', 'placeholder', 'aria-roledescription', 'alt'].map(a => e.getAttribute(a)))
  .filter(Boolean)"""


@dataclass
class Visit:
    """One page and what was noticed: console errors, failed and foreign requests; and all requests."""

    page: Page
    base: str
    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a path and wait until the app has drawn."""
        self.page.goto(f"{self.base}/{path}")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the script has run and the page has not changed for a third of a second: elements come one by one."""
        self.page.wait_for_selector("h1:visible", timeout=30_000)
        before, calm = "", 0
        for _ in range(300):
            self.page.wait_for_timeout(110)
            self.page.wait_for_selector(READY, timeout=30_000)
            now = self.page.evaluate("document.querySelectorAll('*').length + document.body.innerText")
            before, calm = now, calm + 1 if now == before else 0
            if calm == 3:
                return
        raise TimeoutError("the page never came to rest")

    def texts(self, where: str = "body") -> list[str]:
        """Return everything visible in an element (the first that the selector finds)."""
        return self.page.evaluate(VISIBLE, where)

    def spoken(self, where: str = "html") -> list[str]:
        """Return what only a screen reader or a tooltip says in an element."""
        return self.page.evaluate(SPOKEN, where)


@contextmanager
def visiting(browser: Browser, base: str, *, locale: str = "en-US", size=LAPTOP, theme: str = "light", **options):
    """Open a fresh browser profile on the app; yields a Visit."""
    context = browser.new_context(locale=locale, viewport=size, color_scheme=theme, **options)
    page = context.new_page()
    visit = Visit(page, base)

    def responded(response) -> None:
        if response.status >= 400:
            visit.problems.append(f"{response.status} {response.url}")

    def requested(request) -> None:
        visit.requests.append(request.url)
        if not request.url.startswith((base, base.replace("http", "ws", 1), "data:", "blob:")):
            visit.problems.append(f"foreign request {request.url}")

    page.on("response", responded)
    page.on("request", requested)
    page.on("websocket", lambda s: requested(s))
    page.on("console", lambda m: visit.problems.append(f"console {m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda error: visit.problems.append(f"page error {error}"))
    try:
        yield visit
    finally:
        context.close()


DIGITS = {"latn": "0-9", "arab": "٠-٩", "arabext": "۰-۹"}


def strange_digits(texts: list[str], digits: str) -> list[str]:
    """Return the texts with a digit that is not of the chosen set; acronyms such as B2B keep their Latin digits."""
    others = "".join(span for name, span in DIGITS.items() if name != digits)
    without_words = [re.sub(r"[A-Za-z]+-?[0-9][0-9.]*[A-Za-z0-9]*|[0-9]+[A-Za-z]+", "", text) for text in texts]
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
    "https", "xlsx", "CP", "CTA", "LGPD",
    "How", "to", "Project", "Customer", "Retention", "Fader", "Hardie", "Maturen",  # a title and its authors
    "CCPA", "CPRA", "GPC", "ANPD", "PDPL", "SDAIA", "CST", "DIFC", "ADGM", "TDRA", "PDPC", "CRA",  # laws and authorities
    "Twitter", "Crowd", "lead", "inbound", "collateral", "onboarding",  # names and words that a correction speaks about
}  # fmt: skip


def english_left(texts: list[str]) -> list[str]:
    """Return Latin words that nobody allowed."""
    words = {word for text in texts for word in re.findall(r"[A-Za-z]+", text) if len(word) > 1}
    return sorted(words - ALLOWED - ACRONYMS - LATIN_ALLOWED)
