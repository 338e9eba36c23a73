#!/usr/bin/env python3
"""Compares the search of a large site with Pagefind's: search.py SITEGEN [--count N] [--keep FOLDER].

Generates a column of N write-ups (10,000 by default) of 40,000 invented words, builds it with and without search,
indexes the pages of its write-ups with Pagefind (from PyPI), asks both the same 50 questions in Chromium, and prints
two tables. Needs the packages playwright and pagefind[bin], and Debian's chromium. Times are processor seconds, which
other work on the machine disturbs less than the clock; of three builds with and without in turn, the medians.

Both count what is fetched for one question by a browser that has kept nothing, the program included: the bytes of the
bodies as they are on the disk, and as a host sends them that compresses .js and .json.
"""

import argparse
import functools
import gzip
import http.server
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

PAGEFIND_PAGE = """<!doctype html><meta charset="utf-8"><title>p</title><script type="module">
import * as pagefind from "./pagefind/pagefind.js";
window.ask = async (query) => {
  const { results } = await pagefind.search(query);
  return await Promise.all(results.slice(0, 10).map(async (result) => (await result.data()).url));
};
window.ready = true;
</script>"""


class Host(http.server.SimpleHTTPRequestHandler):
    """Counts the bytes of the bodies it sends, as they are and as a host that compresses text would send them."""

    plain = packed = requests = 0

    def do_GET(self):
        file = Path(self.translate_path(self.path))
        if file.is_file() and file.suffix not in (".html", ".css", ".svg"):
            content = file.read_bytes()
            Host.plain += len(content)
            Host.packed += len(gzip.compress(content, 6)) if file.suffix in (".js", ".json") else len(content)
            Host.requests += 1
        super().do_GET()

    def log_message(self, *arguments):
        pass


def processor_seconds(*command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def questions(content):
    """Fifty questions and the one page that each is about: (kind, question, the page's folder)."""
    rng = random.Random(7)
    write_ups = []
    for file in sorted(content.glob("daily/*/film-*.md")):
        text = file.read_text("utf-8")
        title = re.search(r"^title: (.*)$", text, re.M)[1]
        body = set(re.findall(r"\w+", text.split("---", 2)[2].lower()))
        logline = re.findall(r"\w+", re.search(r"^logline: (.*)$", text, re.M)[1].lower())
        write_ups.append((title, logline, body, f"daily/{file.parent.name}/{file.stem}/"))
    titles = {}
    for title, *_ in write_ups:
        titles[title.lower()] = titles.get(title.lower(), 0) + 1
    bodies = {}
    for _, _, body, _ in write_ups:
        for word in body:
            bodies[word] = bodies.get(word, 0) + 1
    several = [w for w in write_ups if titles[w[0].lower()] == 1 and 2 <= w[0].count(" ") + 1 <= 3]
    found = []
    for kind in ("title", "without accents", "beginning", "misspelt", "from the text"):
        chosen, tries = [], 0
        while len(chosen) < 10:
            tries += 1
            if tries > 100_000:
                sys.exit(f"search.py: this column has no ten questions of the kind '{kind}'")
            title, logline, body, folder = rng.choice(several)
            question = title.lower()
            if kind == "without accents":
                if not re.search(r"[éøłñç]", question):
                    continue
                question = question.translate(str.maketrans("éøłñç", "eolnc"))
            elif kind == "beginning":
                question = question[:-2]
                if len(question.split()[-1]) < 3 or sum(other.startswith(question) for other in titles) > 1:
                    continue
            elif kind == "misspelt":
                words = question.split()
                word = max(words, key=len)
                if len(word) < 6:
                    continue
                at = rng.randrange(len(word) - 1)
                wrong = rng.choice([word[:at] + word[at + 1 :], word[:at] + "x" + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :]])
                if wrong == word or wrong in bodies:
                    continue
                question = question.replace(word, wrong)
            elif kind == "from the text":
                # The fewest of its rarest words that no other write-up has together: in a large column no word is in
                # one alone.
                rare = sorted({word for word in body if len(word) > 4 and word not in logline}, key=lambda word: (bodies[word], word))
                shared, words = range(len(write_ups)), []
                for word in rare[:6]:
                    words.append(word)
                    shared = [index for index in shared if word in write_ups[index][2]]
                    if len(shared) == 1:
                        break
                if len(shared) != 1 or any(word in title.lower() for word in words):
                    continue
                question = " ".join(words)
            chosen.append((kind, question, folder))
        found += chosen
    return found


def ask_sitegen(page, start, question):
    page.goto(f"{start}?q={quote(question)}")
    page.wait_for_function("() => document.querySelector('[data-search-count]').textContent")
    page.wait_for_load_state("networkidle")
    return page.locator("[data-search-results] [data-search=title]").evaluate_all("all => all.map((a) => a.pathname)")


def ask_pagefind(page, start, question):
    page.goto(start)
    page.wait_for_function("() => window.ready")
    return page.evaluate("(question) => window.ask(question)", question)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sitegen", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="a folder for the site, instead of a temporary one")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        root = arguments.keep or Path(temporary)
        site = root / "site"
        if not site.exists():
            subprocess.run([sys.executable, Path(__file__).parent / "generate.py", site, str(arguments.count), "--words", "40000"], check=True)
        output = root / "output"
        shutil.copytree(Path(__file__).parent / "Theme", site / "themes/bench", dirs_exist_ok=True)
        configuration = site / "content/site.yaml"
        settings = re.sub(r"^(search|theme): .*\n", "", configuration.read_text(), flags=re.M)

        def build(theme, search):
            shutil.rmtree(output, ignore_errors=True)
            configuration.write_text(f"{settings}theme: {theme}\nsearch: {search}\n")
            return processor_seconds(arguments.sitegen, "build", "--root", site, "--output", output)

        # The first build warms the disk.
        build("bench", "false")
        costs = {}
        for theme in ("bench", "marquee"):
            for _ in range(3):
                for search in ("false", "true"):
                    costs.setdefault((theme, search), []).append(build(theme, search))
        costs = {case: statistics.median(times) for case, times in costs.items()}
        index = next(output.glob("search/*/"))
        size = sum(file.stat().st_size for file in index.iterdir())
        pagefind = processor_seconds(sys.executable, "-m", "pagefind", "--site", output, "--glob", "daily/*-w*/*/index.html")
        pagefind_size = sum(file.stat().st_size for file in (output / "pagefind").rglob("*") if file.is_file())
        (output / "ask-pagefind.html").write_text(PAGEFIND_PAGE)
        print(f"{arguments.count:,} write-ups                     sitegen    Pagefind")
        for theme in ("bench", "marquee"):
            without = costs[theme, "false"]
            index_cost = costs[theme, "true"] - without
            print(f"processor seconds to index      {index_cost:8.2f}  {pagefind:10.2f}")
            print(f"  to {without:5.2f} s, theme {theme:12}{index_cost / without:8.0%}  {pagefind / without:10.0%}")
        print(f"size of the index, KB           {size / 1000:8,.0f}  {pagefind_size / 1000:10,.0f}")
        print(f"files                           {len(list(index.iterdir())):8,}  {sum(1 for file in (output / 'pagefind').rglob('*') if file.is_file()):10,}")
        print()

        asked = questions(site / "content")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=str(output)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        rows = {}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
            for name, ask, start in [("sitegen", ask_sitegen, address + "search/"), ("Pagefind", ask_pagefind, address + "ask-pagefind.html")]:
                for kind, question, folder in asked:
                    # Nothing is kept from the question before.
                    context = browser.new_context()
                    Host.plain = Host.packed = Host.requests = 0
                    found = ask(context.new_page(), start, question)
                    row = rows.setdefault((kind, name), [])
                    row.append((bool(found) and found[0].rstrip("/").endswith(folder.rstrip("/")), any(folder in url for url in found), Host.plain, Host.packed, Host.requests))
                    context.close()
            browser.close()
        server.shutdown()
        print("question         by        first  in ten  bytes, median    most  packed, median    most  requests")
        for kind in [*dict.fromkeys(kind for kind, _ in rows), "all"]:
            for name in ("sitegen", "Pagefind"):
                row = [entry for (other, by), entries in rows.items() if by == name and kind in (other, "all") for entry in entries]
                plain, packed = [entry[2] for entry in row], [entry[3] for entry in row]
                print(
                    f"{kind:16} {name:8} {sum(e[0] for e in row):3}/{len(row):<3} {sum(e[1] for e in row):3}/{len(row):<3}"
                    f" {statistics.median_high(plain):13,} {max(plain):8,} {statistics.median_high(packed):14,} {max(packed):8,} {sum(e[4] for e in row) / len(row):8.1f}"
                )


if __name__ == "__main__":
    main()
