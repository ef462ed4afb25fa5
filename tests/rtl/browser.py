"""A page of the gallery in the browser."""


class Gallery:
    """A page of the gallery in the browser."""

    def __init__(self, browser, address: str, locale: str = "en-US", **screen) -> None:
        # Tall enough that nothing scrolls: a scroll closes the pop-ups that a click opened.
        screen = {"viewport": {"width": 1280, "height": 2700}} | screen
        self.context = browser.new_context(locale=locale, **screen)
        self.page = self.context.new_page()
        self.address = address
        self.requests: list[str] = []
        self.trouble: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))

    def open(self, query: str = "", path: str = "") -> "Gallery":
        self.page.goto(f"{self.address}/{path}{query and '?' + query}")
        self.page.wait_for_selector("[data-rtl-lang]", state="attached")
        if not path:
            self.page.wait_for_selector("svg.marks")
        self.idle()
        return self

    def idle(self) -> None:
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')

    def pick(self, lang: str) -> None:
        self.page.get_by_test_id("stSidebar").get_by_text(lang, exact=True).click()
        self.page.wait_for_function(f"document.documentElement.lang === '{lang}'")
        self.idle()

    def run(self, script: str):
        return self.page.evaluate(script)

    def style(self, selector: str, name: str) -> str:
        return self.run(f"getComputedStyle(document.querySelector({selector!r}))[{name!r}]")

    def box(self, selector: str) -> dict:
        return self.page.locator(selector).first.bounding_box()

    def slider(self):
        return self.page.locator(".stSlider input[type=range]").first

    def value(self) -> int:
        return int(self.slider().input_value())

    def wait(self, condition: str) -> None:
        self.page.wait_for_function(condition, timeout=8000)


def middle(box: dict) -> float:
    """Return the middle of a box from left to right."""
    return box["x"] + box["width"] / 2
