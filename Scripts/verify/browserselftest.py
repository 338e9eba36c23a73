"""A small right site, which the browser's checks pass, and what each says when one thing in it is made wrong."""

import contextlib
import io
import random
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from PIL import Image

import browser
from browsing.chromium import chromium
from browsing.site import Site
from server import SiteServer

BASE = "https://films.example/a/"

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Salt Road</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css">
<script defer src="script.js"></script>
</head>
<body>
<a class="skip" href="#main">To the film</a>
<header><nav aria-label="Site"><a href="index.html">Home</a> <a href="#ballot">Ballot</a></nav></header>
<main id="main" tabindex="-1">
<h1>Salt Road</h1>
<p class="lead">Three hundred camels and one lorry cross the salt flats for the last time, and the driver tells what will
come after them.</p>
<p><img src="still.png" width="200" height="100" alt="A lorry on a white plain"></p>
<p class="video"><a href="https://films.example/watch">Watch the trailer</a></p>
<details><summary>More</summary><p>The road ends <a href="#main">at the sea</a>.</p></details>
<p id="ballot"><a href="https://poll.example/1">Vote for it</a></p>
<div class="table" tabindex="0" role="region" aria-label="Figures"><table><tr><td>Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</td>
<td>41,300 dollars</td></tr></table></div>
<p><button class="copy" hidden>Copy the address</button></p>
</main>
<footer><p><a href="https://films.example/">The end</a></p></footer>
</body>
</html>
"""

STYLE = """:root { color-scheme: light dark }
body { margin: 0; padding: 1rem; background: #fff; color: #111; font: 1rem/1.5 sans-serif }
a, summary { color: #00c; display: inline-block; min-height: 24px; min-width: 24px }
:focus-visible { outline: 3px solid #00c; outline-offset: 2px }
main:focus { outline: 0 }
@media screen { main { min-height: 150vh } }
.skip { position: absolute; top: -6rem; background: #fff }
.skip:focus { top: 0 }
.table { overflow-x: auto }
@media (prefers-color-scheme: dark) {
  body, .skip { background: #111; color: #eee }
  a, summary { color: #9cf }
  :focus-visible { outline-color: #9cf }
}
@media print { body { background: #fff; color: #000; font-size: 11pt } a { color: #000 } .skip { display: none } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth } a { transition: transform .2s } }
"""

SCRIPT = "document.querySelectorAll('.copy').forEach((button) => { button.hidden = false; });\n"


def still():
    """A picture of 200 by 100 pixels."""
    file = io.BytesIO()
    Image.new("RGB", (200, 100), "#884400").save(file, "PNG")
    return file.getvalue()


def noise(length):
    """Text that no compression makes much smaller."""
    letters = random.Random(1)
    return " ".join("".join(letters.choices("abcdefghijklmnopqrstuvwxyz", k=8)) for _ in range(length // 9))


def right_site():
    return {"index.html": PAGE, "style.css": STYLE, "script.js": SCRIPT, "still.png": still()}


# A picture with words, as wide as its window, of 300 units.
CARD = "<svg viewBox='0 0 300 100' width='100%' aria-hidden='true'><text x='{x}' y='50' font-size='{size}'>Salt Road</text></svg>"

# A check, the file that is made wrong, what is replaced in it by what, and a part of what the check must say.
WRONG = [
    ("console", "script.js", "document", "console.log('here'); document", "says on the console: log: here"),
    ("console", "script.js", "document", "nothing.here; document", "nothing is not defined"),
    ("console", "index.html", "<h1>", "<h1><script>console.warn('old')</script>", "warning: old"),
    ("requests", "index.html", "still.png", "https://cdn.example/still.png", "asks cdn.example"),
    ("requests", "index.html", "<h1>", "<h1><iframe title='v' src='https://video.example/'></iframe>", "asks video.example"),
    ("requests", "style.css", ".table {", ".table { background: url(//cdn.example/x.png);", "asks cdn.example"),
    ("requests", "script.js", "document", "fetch('https://count.example/'); document", "asks count.example"),
    ("requests", "script.js", "document", "addEventListener('scroll', () => fetch('later.json')); document", "is answered with 404"),
    ("requests", "index.html", "still.png", "stil.png", "is answered with 404"),
    ("reflow", "style.css", ".table {", "h1 { width: 330px } .table {", "(320 px): 347 px"),
    ("reflow", "style.css", ".table {", ".x {", "is wider than its window"),
    ("reflow", "style.css", ".table {", "main { overflow-x: clip } h1 { width: 400px } .table {", "is cut off: main#main > h1"),
    ("reflow", "index.html", "<h1>", "<h1>" + CARD.format(x=20, size=9), "“Salt Road” is 8.6 px small"),
    ("reflow", "index.html", "<h1>", "<h1>" + CARD.format(x=150, size=40), "“Salt Road” sticks out of its picture"),
    ("reflow", "index.html", '<meta name="viewport" content="width=device-width, initial-scale=1">', "", "is wider than its window"),
    ("layout shift", "index.html", ' width="200" height="100"', ' style="width: 100%"', "p.video by 0, "),
    ("layout shift", "script.js", "document", "document.querySelector('h1').before('Late news'); document", "moves by itself"),
    ("axe-core", "index.html", ' alt="A lorry on a white plain"', "", "image-alt"),
    ("axe-core", "index.html", "<main", "<div", "landmark"),
    ("axe-core", "style.css", "color: #111", "color: #999", "light): .lead: #999999 on #ffffff is 2.84:1, not 4.5:1"),
    ("axe-core", "style.css", "color: #eee", "color: #555", "dark): .lead: #555555 on #111111"),
    ("axe-core", "style.css", "min-height: 24px; min-width: 24px", "font-size: 5px; line-height: 5px", "target-size"),
    ("axe-core", "index.html", "at the sea</a>", "<img src='still.png' width='24' height='24'></a>", "image-alt"),
    ("budget", "style.css", ".table {", f"/* {noise(30_000)} */ .table {{", "takes more than 14,336 bytes"),
    ("budget", "index.html", "<h1>", f"<h1><!-- {noise(30_000)} -->", "takes more than 14,336 bytes"),
    ("budget", "index.html", "<h1>", f"<h1><svg width='9' height='9' aria-hidden='true'><desc>{noise(30_000)}</desc></svg>", "takes more than 14,336 bytes"),
    ("scripts", "script.js", "document", f"/* {noise(10_400)} */ document", "has more than 10,240 bytes of JavaScript"),
    ("scripts", "index.html", "<h1>", f"<h1><script>/* {noise(10_300)} */</script>", "has more than 10,240 bytes of JavaScript"),
    ("scripts", "script.js", "document", "import('./more.mjs'); document", "has more than 10,240 bytes of JavaScript"),
    ("keyboard", "style.css", ":focus-visible { outline: 3px solid #00c; outline-offset: 2px }", ":focus-visible { outline: 0 }", "looks the same with and without the focus"),
    ("keyboard", "style.css", "outline: 3px solid #00c", "outline: 1px solid #ddd", "the mark of focus is hard to see"),
    ("keyboard", "style.css", ".table {", "p, nav { overflow: hidden; height: 1.5rem } .table {", "the mark of focus is hard to see"),
    ("keyboard", "index.html", '<a href="#ballot">', '<a tabindex="-1" href="#ballot">', "is not reached by the Tab key"),
    ("keyboard", "index.html", '<a href="https://poll.example/1">', '<a tabindex="1" href="https://poll.example/1">', "the first stop of the Tab key is no link to the main part"),
    ("keyboard", "index.html", '<a href="https://poll.example/1">', '<a href="https://poll.example/1" onfocus="this.blur()">', "is not reached by the Tab key"),
    ("keyboard", "script.js", "document", "document.querySelector('summary').addEventListener('keydown', (event) => event.preventDefault()); document", "never leaves"),
    ("keyboard", "index.html", '<a class="skip" href="#main">To the film</a>', "", "the first stop of the Tab key is no link to the main part"),
    ("keyboard", "style.css", ".skip:focus { top: 0 }", "", "is not seen when it has the focus"),
    ("keyboard", "script.js", "document", "document.querySelector('.skip').addEventListener('click', (event) => event.preventDefault()); document", "Tab does not go on in it"),
    ("keyboard", "style.css", ".table {", "footer { position: fixed; inset: auto 0 0 0; height: 97vh } .table {", "is covered when it has the focus"),
    ("without script", "index.html", '<p class="lead">', '<p class="lead copy" hidden>', "is only shown with JavaScript"),
    ("without script", "script.js", "document", "document.querySelector('.lead').remove(); document", "is only shown without JavaScript"),
    ("without script", "script.js", "document", "document.querySelector('h1').innerHTML += '<a href=\"film.html\">Salt Road</a>'; document", "is only linked with JavaScript"),
    ("without script", "index.html", ' class="copy" hidden', ' class="copy"', "is shown without JavaScript, but does nothing"),
    ("without script", "index.html", "<h1>", '<form action="search.html"><input aria-label="Search" name="q"></form><h1>', "is shown without JavaScript, but does nothing"),
    ("print", "style.css", "a { color: #000 }", ".lead { display: none }", "is not printed"),
    ("print", "style.css", "a { color: #000 }", ".lead { position: absolute; top: -60rem }", "is not printed"),
    ("print", "style.css", "font-size: 11pt", "font-size: 8pt", "is printed smaller than 9 points"),
    ("print", "style.css", "a { color: #000 }", "h1 { width: 900px }", "is wider than the sheet"),
    ("print", "style.css", "a { color: #000 }", "footer { break-before: page; visibility: hidden }", "is empty"),
    ("print", "style.css", "@media print { body { background: #fff;", "@media print { html { background: #000; min-height: 100vh } body { background: #000;", "is printed dark"),
    ("motion", "style.css", "@media (prefers-reduced-motion: no-preference)", "@media all", "smooth scrolling"),
    ("motion", "style.css", "@media (prefers-reduced-motion: no-preference)", "@media all", "transition of transform"),
    ("motion", "style.css", ".table {", "@keyframes x { to { opacity: 0 } } h1 { animation: x 2s infinite } .table {", "animation x"),
    ("motion", "style.css", ".table {", "@view-transition { navigation: auto } .table {", "the next page moves in"),
    ("forced colors", "style.css", ".table {", "@media (forced-colors: active) { h1 { display: none } } .table {", "is gone in the reader's own colors"),
    ("forced colors", "style.css", ".table {", "h1 { forced-color-adjust: none; color: #ddd } .table {", "cannot be read in the reader's own colors"),
]  # fmt: skip


class Bench:
    """One browser and one folder, which holds one site after the other."""

    def __init__(self, folder, chromium):
        self.folder = folder
        self.chromium = chromium
        self.server = SiteServer(folder, "/a/b/", browser.DELAY)
        self.site = Site(folder, self.server.prefix, BASE)

    def run(self, files, checks):
        """What the checks say of the site, and whether one failed."""
        for path, content in files.items():
            (self.folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
        reports = browser.reports_of(checks)
        browser.examine(self.site, self.chromium, ["index.html"], ["index.html"], reports)
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            status = max(report.finish() for report in reports.values())
        return status, said.getvalue()


def share(cases):
    """One worker's part: what went unnoticed."""
    failures = []
    with tempfile.TemporaryDirectory() as folder, chromium() as running:
        bench = Bench(Path(folder).resolve(), running)
        (bench.folder / "more.mjs").write_text(f"/* {noise(10_400)} */")
        for check, path, old, new, expected in cases:
            files = right_site()
            what = f"{check}, {path}: {old!r} → {new[:80]!r}"
            if old not in files[path]:
                failures.append(f"{what}: there is nothing to replace")
                continue
            files[path] = files[path].replace(old, new, 1)
            status, said = bench.run(files, [check])
            if status == 0 or expected not in said:
                failures.append(f"{what}: does not say {expected!r}:\n{said}")
        status, said = bench.run(right_site(), browser.CHECKS)
        if status != 0:
            failures.append(f"the browser's checks do not pass a right site:\n{said}")
        bench.server.close()
    return failures


def main(jobs=2):
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        failures = sum(pool.map(share, (WRONG[worker::jobs] for worker in range(jobs))), [])
    for check in sorted(set(browser.CHECKS) - {check for check, *_ in WRONG}):
        failures.append(f"nothing shows that {check} can fail")
    for failure in failures:
        print(f"FAIL  {failure}")
    print(f"{'FAIL' if failures else 'pass'}  selftest in the browser: {len(WRONG)} wrong sites, {len(failures)} not found out")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
