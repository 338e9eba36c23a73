#!/usr/bin/env python3
"""Searches the demo site in a real browser: served from a folder of a host, and opened from disk.

    searching.py OUTPUT

OUTPUT is the site with index.html in its links, so that it works both ways.
"""

import argparse
import functools
import http.server
import json
import re
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

from report import Report

# What is typed, and the title of the first result.
FIRST = [
    ("salt road", "Salt Road"),
    ("road salt", "Salt Road"),
    ("SALT", "Salt Road"),
    ("salt ro", "Salt Road"),
    ("long count", "The Long Count"),
    ("the long co", "The Long Count"),
    ("float", "Float"),
    ("tilt", "Tilt"),
    ("ø", "Ø"),
    ("half muffled", "Half-Muffled"),
    ("ferryman's ledger", "The Ferryman’s Ledger"),
    ("ferrymans ledger", "The Ferryman’s Ledger"),
    ("rice four letter", "“Rice” & Other Four-Letter Words"),
    ("lighthouse daughter", "What the Lighthouse Keeper’s Daughter Told the Coast Guard About the Night of the Nineteenth, and What She Left Out"),
    # Accents folded, of titles, other titles and names in many scripts.
    ("once metros", "Eleven Meters"),
    ("maza triuksmo", "Little Republic of Static"),
    ("chu", "Hand-Painted"),
    ("zofia wojcik", "Zofia Wójcik"),
    ("WÓJCIK zofia", "Zofia Wójcik"),
    ("ragnheidur thordardottir", "Ragnheiður Ósk Þórðardóttir"),
    ("nguyen thi mai anh", "Nguyễn Thị Mai Anh"),
    ("σαρρης", "Δημήτρης Σαρρής"),
    ("陳以安", "陳以安"),
    ("以安", "陳以安"),
    ("윤서", "윤서진"),
    ("سلمى", "سلمى الحداد"),
    # One letter too many, missing, wrong or in the other's place, at either end.
    ("slat road", "Salt Road"),
    ("salt rod", "Salt Road"),
    ("zalt road", "Salt Road"),
    ("interpeter", "The Interpreter’s Silence"),
    ("xnterpreters", "The Interpreter’s Silence"),
    ("neighbours ranked", "Neighbors, Ranked"),
    ("armistcie", "Armistice, Row F"),
    # Free pages.
    ("how the vote works", "How the vote works"),
    ("colophon", "Colophon"),
]

# Words of a text, the title of the first result, and what is marked in its excerpt.
EXCERPT = ("pressure cooker", "Aftershock Hotel", ["pressure", "cooker", "pressure", "cooker"])

TITLES = "[data-search-results] [data-search=title]"


class Folder(http.server.SimpleHTTPRequestHandler):
    """The site in a folder of a host that allows scripts of its own files alone, and counts what it sends."""

    sent = 0

    def translate_path(self, path):
        return super().translate_path(path.removeprefix("/a/b"))

    def end_headers(self):
        self.send_header("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'self'")
        super().end_headers()

    def send_header(self, name, value):
        if name == "Content-Length" and self.path.endswith(".js"):
            Folder.sent += int(value)
        super().send_header(name, value)

    def log_message(self, *arguments):
        pass


def search(page, start, query=""):
    page.goto(start + query)
    page.wait_for_load_state("networkidle")


def examine(browser, start, report, reports_bytes):
    # Without motion, so that no transition between pages is cut off by the next step.
    page = browser.new_page(reduced_motion="reduce")
    page.on("console", lambda message: report.problem(page.url, f"the console says: {message.text}"))
    page.on("pageerror", lambda error: report.problem(page.url, f"an error: {error}"))

    def expect(what, actual, wanted):
        report.count("fact")
        if actual != wanted:
            report.problem(page.url, f"{what}: {actual!r}, not {wanted!r}")

    def titles():
        return page.locator(TITLES).all_text_contents()

    for query, first in FIRST:
        Folder.sent = 0
        search(page, start, "?q=" + quote(query))
        page.wait_for_function("() => document.querySelector('[data-search-count]').textContent")
        report.count("query")
        found = titles()
        if not found or found[0] != first:
            report.problem("the results", f"'{query}' finds {found[:3]}, not '{first}' first")
        if reports_bytes and Folder.sent > 60_000:
            report.problem("the host", f"'{query}' takes {Folder.sent:,} bytes of scripts")

    # Typed by hand: the field is in focus, the arrows lead through the results, Enter opens one.
    search(page, start)
    expect("the field in focus", page.evaluate("document.activeElement.name"), "q")
    expect("results before a question", len(titles()), 0)
    expect("places to look around", page.locator("[data-search-idle] a").first.is_visible(), True)
    page.keyboard.type("rope")
    page.wait_for_function("() => document.querySelector('[data-search-results] a')")
    expect("the address", re.search(r"\?.*", page.url)[0] if "?" in page.url else "", "?q=rope")
    expect("the first result", titles()[0], "Nine Kinds of Rope")
    expect("a marked word", page.locator("[data-search-results] mark").first.text_content(), "Rope")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect("the second result in focus", page.evaluate("document.activeElement.textContent"), titles()[1])
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nine-kinds-of-rope/**")
    page.go_back()
    page.wait_for_function("() => document.querySelector('[data-search-results] a')")
    expect("the question after going back", page.input_value("[name=q]"), "rope")

    # Facets: each value says how many results it leaves, and holds for what is then shown.
    search(page, start, "?q=the")
    page.wait_for_selector("[data-search-facet=status] a")
    for facet in ("year", "status", "format", "genre", "column"):
        chip = page.locator(f"[data-search-facet={facet}] a").last
        number = chip.locator("span").text_content()
        chip.click()
        page.wait_for_selector(f"[data-search-facet={facet}] a[aria-current]")
        said = re.search(r"\d+", page.locator("[data-search-count]").text_content())
        expect(f"results under a value of {facet}", said and said[0], number)
        page.locator(f"[data-search-facet={facet}] a[aria-current]").click()
        page.wait_for_function(f"() => document.querySelector('[data-search-count]').textContent && !document.querySelector('[data-search-facet={facet}] a[aria-current]')")
    search(page, start, "?year=2025")
    page.wait_for_selector("[data-search-results] time")
    years = {time[:4] for time in page.locator("[data-search-results] time").evaluate_all("all => all.map((time) => time.dateTime)")}
    expect("the years of ?year=2025", years, {"2025"})

    # What stands in the text alone is shown with the text around it.
    search(page, start, "?q=" + quote(EXCERPT[0]))
    page.wait_for_function("() => document.querySelector('[data-search-count]').textContent")
    cutting = page.locator("[data-search-results] [data-search=excerpt]").first
    expect("the title above an excerpt", titles()[:1], [EXCERPT[1]])
    expect("the words marked in an excerpt", cutting.locator("mark").all_text_contents(), EXCERPT[2])
    expect("an excerpt of more than its words", len(cutting.text_content()) > 100, True)

    search(page, start, "?q=xqzwvk")
    page.wait_for_function("() => document.querySelector('[data-search-count]').textContent")
    expect("results for nothing", len(titles()), 0)
    expect("places to look around then", page.locator("[data-search-idle] a").first.is_visible(), True)
    hostile = "<img src=x onerror=alert(1)>\"'</script>"
    search(page, start, "?q=" + quote(hostile))
    page.wait_for_function("() => document.querySelector('[data-search-count]').textContent")
    expect("pictures in the answer", page.locator("[role=status] img, [data-search-results] img").count(), 0)
    page.close()

    # Without JavaScript, the page says so and leads on.
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(start)
    expect("the word on JavaScript", "JavaScript" in plain.locator("main").inner_text(), True)
    expect("links without JavaScript", plain.locator("[data-search-idle] a").count() > 2, True)
    plain.context.close()


def words(browser, output, report):
    """Holds the script to the words that the index is made of."""
    samples = json.loads((Path(__file__).parents[2] / "Tests/SearchWords/words.json").read_text("utf-8"))
    script = next(output.glob("search/*/search.js")).read_text("utf-8")
    start, end = script.index("const plain"), script.index("const unpack")
    page = browser.new_page()
    split = page.evaluate_handle(f"() => {{ {script[start:end]}; return split; }}")
    for sample in samples:
        report.count("sample")
        found = page.evaluate("([split, text]) => split(text)", [split, sample["text"]])
        # The index has the last character of a run without spaces by itself, too.
        if found != sample.get("asked", sample["words"]):
            report.problem("words.json", f"{sample['text']!r} gives {found}, not {sample.get('asked', sample['words'])}")
    page.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("output", type=Path)
    output = parser.parse_args().output.resolve()
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        sys.exit("verify: Chromium is not installed (apt-get install chromium)")
    status = 0
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Folder, directory=str(output)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=executable)
        copy = Path(folder) / "on disk, moved"
        shutil.copytree(output, copy)
        for name, start in [
            ("served in a folder", f"http://127.0.0.1:{server.server_address[1]}/a/b/search/index.html"),
            ("opened from disk", (copy / "search/index.html").as_uri()),
        ]:
            report = Report(f"search {name}")
            examine(browser, start, report, reports_bytes=start.startswith("http:"))
            report.require("query", "nothing was searched")
            status |= report.finish()
        report = Report("search words")
        words(browser, output, report)
        report.require("sample", "words.json is empty")
        status |= report.finish()
        browser.close()
    server.shutdown()
    return status


if __name__ == "__main__":
    sys.exit(main())
