"""A page opened in the browser."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Circumstances:
    """What a reader's browser is like."""

    width: int
    height: int
    scheme: str = "light"
    script: bool = True

    def __str__(self):
        return f"{self.width} px, {self.scheme}" + ("" if self.script else ", without script")

    def context(self, browser):
        return browser.new_context(
            viewport={"width": self.width, "height": self.height},
            # As on a phone, a page without a viewport, or with too wide a part, is laid out wider than the window.
            is_mobile=self.width < 600,
            has_touch=self.width < 600,
            color_scheme=self.scheme,
            java_script_enabled=self.script,
            # Far from where columns are written: what scripts say in the reader's time zone is on the page.
            timezone_id="Asia/Kolkata",
            locale="en-US",
        )


PHONE = Circumstances(390, 844)
DESK = Circumstances(1440, 900, "dark")


class Reader:
    """A window of the browser in given circumstances, in which one page is opened after the other: the browser takes
    as long to open a window as to show a page."""

    def __init__(self, site, browser, circumstances):
        self.site = site
        self.circumstances = circumstances
        self._context = circumstances.context(browser)
        self.page = self._context.new_page()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._context.close()

    def open(self, path):
        return Visit(self, path)


class Visit:
    """A page as its reader finds it, and what it asks for and says while it is open."""

    def __init__(self, reader, path):
        self.site = reader.site
        self.page = reader.page
        self.circumstances = reader.circumstances
        self.path = path
        # Messages of the console and errors of scripts.
        self.said = []
        # The URLs it asked for, as pairs of what for and of which address.
        self.asked = []
        # Pairs of a URL of the site and what is wrong with the answer.
        self.unanswered = []
        self._waiting = 0

    def __enter__(self):
        self._listeners = {
            "console": lambda message: self.said.append(f"{message.type}: {message.text}"),
            "pageerror": lambda error: self.said.append(f"error: {error}"),
            "request": self._asked,
            "requestfinished": self._finished,
            "websocket": lambda socket: self.asked.append(("websocket", socket.url)),
            "response": self._answered,
            "requestfailed": self._failed,
        }
        for event, listener in self._listeners.items():
            self.page.on(event, listener)
        if self.path == "404.html" and self.site.base_url:
            # It is shown at any address, so that it names the site's files by the URL that they will have.
            self.page.route(self.site.base_url + "**", self._published)
        self.page.goto(self.site.url(self.path), wait_until="load")
        return self

    def __exit__(self, *error):
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        # What is still on its way is nobody's concern any more.
        self.page.unroute_all(behavior="ignoreErrors")
        self.page.emulate_media(
            media="null", color_scheme=self.circumstances.scheme, reduced_motion="null", forced_colors="null"
        )
        self.page.set_viewport_size({"width": self.circumstances.width, "height": self.circumstances.height})

    def __str__(self):
        return f"{self.path} ({self.circumstances})"

    def run(self, name, *arguments):
        """Calls, in the page, the function that NAME.js holds."""
        function = f"(given) => {{\n{script('common')}\nreturn (\n{script(name)})(...given);\n}}"
        return self.page.evaluate(function, list(arguments))

    def owns(self, url):
        if self.site.owns(url) or url.startswith(("data:", "blob:", "about:")):
            return True
        return self.path == "404.html" and self.site.base_url is not None and url.startswith(self.site.base_url)

    def settle(self):
        """Waits for what was asked for, up to 5 seconds."""
        for _ in range(250):
            if self._waiting <= 0:
                break
            self.page.wait_for_timeout(20)

    def _asked(self, request):
        self._waiting += 1
        self.asked.append((request.resource_type, request.url))

    def _finished(self, request):
        self._waiting -= 1

    def _answered(self, response):
        if response.status >= 400:
            self.unanswered.append((response.url, f"is answered with {response.status}"))

    def _failed(self, request):
        self._waiting -= 1
        # What the page itself gave up is no failure.
        if request.failure != "net::ERR_ABORTED":
            self.unanswered.append((request.url, str(request.failure)))

    def _published(self, route):
        file = self.site.file(route.request.url)
        if file is None:
            route.fulfill(status=404)
        else:
            route.fulfill(path=file)


_scripts = {}


def script(name):
    if name not in _scripts:
        _scripts[name] = (HERE / f"{name}.js").read_text("utf-8")
    return _scripts[name]


def axe():
    """The source of axe-core."""
    if "axe.min" not in _scripts:
        file = Path(find_spec("axe_playwright_python").origin).parent / "axe.min.js"
        _scripts["axe.min"] = file.read_text("utf-8")
    return _scripts["axe.min"]
