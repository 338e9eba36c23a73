#!/usr/bin/env python3
"""Opens the pages of hostile sites in Chromium, sets off every event on every element, and sees that nothing runs.

    browser.py FOLDER

FOLDER is what site.py left. A page that does run something is opened first: what is not seen there would not be seen
elsewhere.
"""

import functools
import itertools
import http.server
import sys
import threading
from pathlib import Path

from chromium import chromium
from playwright.sync_api import Error

# What the files of the site name themselves, and the player that the reader asks for by a click.
NAMED = ("https://x.example/a.png", "https://x.example/b.png", "https://x.example/c.png", "https://www.youtube-nocookie.com/embed/abcdefghijk")
SEEN = ["alert", "confirm", "prompt", "print", "eval", "open", "document.write", "document.writeln"]

WATCH = """
window.called = [];
for (const path of %s) {
  const name = path.split('.').pop();
  const owner = path === name ? window : document;
  owner[name] = (...values) => { window.called.push(path + '(' + String(values[0]).slice(0, 80) + ')'); };
}
window.addEventListener('securitypolicyviolation', e => window.called.push('violation ' + e.violatedDirective));
""" % SEEN

# Sets off events. The click on a link to a page is left out, since it would go there; so is that on an address that is
# none, such as https://a%2fb/ with the protocol ':', for which Chromium shows a page of its own.
EVENTS = """() => {
  const names = ['load', 'error', 'mouseover', 'mouseenter', 'pointerover', 'pointerenter', 'focus', 'focusin', 'blur', 'click',
    'auxclick', 'dblclick', 'contextmenu', 'keydown', 'keyup', 'input', 'change', 'toggle', 'beforetoggle', 'animationstart',
    'animationend', 'transitionend', 'wheel', 'scroll', 'copy', 'paste', 'drag', 'drop', 'touchstart', 'begin', 'canplay'];
  const elements = [...document.querySelectorAll('*')];
  for (const element of elements) {
    const isLink = /^(https?|mailto|):$/.test(element.closest('a[href]')?.protocol ?? '');
    for (const name of names) {
      if (isLink && name === 'click') continue;
      element.dispatchEvent(new MouseEvent(name, {bubbles: false, cancelable: true}));
    }
    if (element.tabIndex >= 0) element.focus?.();
  }
  return elements.length;
}"""

CANARY = """<!doctype html><title>x</title><img src=x onerror=alert(1)><p onmouseover=prompt(2)>x</p><a href="javascript:confirm(3)">x</a>
<svg onload=print()></svg><script>eval('1'); document.write('x'); open('/x')</script><img src=https://evil.example/x>
<details ontoggle=document.writeln(4)>x</details>"""


class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        if self.path != "/canary":
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(CANARY.encode())

    def log_message(self, *_):
        pass


class Visit:
    """One tab, with all that must not happen in it."""

    def __init__(self, browser, origin: str):
        self.origin = origin
        self.happened: list[str] = []
        # Marquee has a button that copies the page's address.
        self.page = browser.new_context(permissions=["clipboard-write"]).new_page()
        self.protocol = self.page.context.new_cdp_session(self.page)
        self.page.add_init_script(WATCH)
        # A theme's own forms, such as that to search, lead away from the page when their buttons are clicked.
        self.page.add_init_script("addEventListener('submit', (event) => event.preventDefault(), true)")
        self.page.route("**/*", self.request)
        self.page.on("websocket", lambda socket: self.happened.append(f"socket to {socket.url}"))
        self.page.on("pageerror", lambda error: self.happened.append(f"error {error}"))
        self.page.on("dialog", self.dialog)
        self.page.on("popup", lambda popup: self.happened.append(f"window {popup.url}"))
        self.page.on("framenavigated", self.navigated)
        self.address = ""

    def request(self, route):
        url = route.request.url
        if url.startswith(self.origin):
            route.continue_()
            return
        if not url.startswith((*NAMED, "data:image/svg+xml")):
            self.happened.append(f"request for {url}")
        route.abort()

    def dialog(self, dialog):
        self.happened.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def navigated(self, frame):
        if frame == self.page.main_frame and frame.url.split("#")[0] not in (self.address, "about:blank"):
            self.happened.append(f"went to {frame.url}")

    def open(self, path: str) -> tuple[int, list[str]]:
        """How many elements the page has, and what happened in it that must not."""
        self.happened.clear()
        self.address = f"{self.origin}/{path}"
        self.page.goto(self.address, wait_until="load")
        try:
            count = self.evaluate(f"({EVENTS})()")
            # What an event has begun, such as going to an address, comes before the answer to another question.
            self.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
            return count, self.happened + self.evaluate("window.called")
        except Error as error:
            return 0, self.happened + [f"the page went away: {error.message.splitlines()[0]}"]

    def evaluate(self, script: str):
        """The value of a script; Playwright's own way would go through the `eval` that is watched."""
        answer = self.protocol.send("Runtime.evaluate", {"expression": script, "awaitPromise": True, "returnByValue": True})
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")


def main(folder: Path) -> int:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pages, elements, problems = 0, 0, []
    with chromium() as browser:
        visit = Visit(browser, f"http://127.0.0.1:{server.server_port}")
        _, happened = visit.open("canary")
        for sign in [*(f"{name}(" for name in SEEN), "request for https://evil.example/x"]:
            if not any(sign in what for what in happened):
                problems.append(f"the page that runs things: {sign} was not seen")
        for number, site in enumerate(sorted([*folder.glob("*-fields/output"), *folder.glob("*-comments/output")])):
            write_ups = sorted((site / "daily").rglob("film-*/index.html"))
            # One theme shows every other write-up, the other one the rest.
            paths = [site / "index.html", site / "about/index.html", *itertools.islice(write_ups, number // 2, None, 2)]
            for path in paths:
                name = str(path.parent.relative_to(folder))
                count, happened = visit.open(name + "/")
                pages, elements = pages + 1, elements + count
                problems += [f"{name}: {what}" for what in happened]
    server.shutdown()
    for problem in problems[:20]:
        print(problem[:300])
    print(f"{'FAIL' if problems else 'pass'}  hostile site in Chromium: {pages} pages, {elements:,} elements: "
          f"{len(problems) or 'no'} problems")
    return 1 if problems or pages < 80 else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
