#!/usr/bin/env python3
"""How long a preview of a large site takes: serve.py SITEGEN [--count 10000] [--runs 15] [--theme marquee] [--keep FOLDER]

Generates a column, previews it with 'sitegen serve', and measures until it is ready, and for each kind of change the time
from saving a file until Chromium shows the page again: the write-up's text, its front matter, a style sheet, a template,
and a new write-up. The page itself says when, by the clock that the script reads, too: when what was saved is in the page and
a frame was drawn with it. Prints the medians. Needs the package playwright, and Debian's chromium.
"""

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent

# Tells when the page holds what is waited for, at the end of the frame that shows it.
LOOK = """(() => {
  const look = () => {
    const wanted = sessionStorage.getItem("wanted");
    if (!wanted || !document.body) return requestAnimationFrame(look);
    const [kind, text] = JSON.parse(wanted);
    const isThere = kind === "style" ? getComputedStyle(document.body).getPropertyValue("--served") === text
      : document.body.textContent.includes(text);
    if (!isThere) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => {
      sessionStorage.removeItem("wanted");
      sessionStorage.setItem("shown", String(performance.timeOrigin + performance.now()));
      look();
    }));
  };
  requestAnimationFrame(look);
})();"""


def saved(path, text):
    """As most editors do it: a whole file takes the other's place."""
    temporary = path.with_name("." + path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary.write_text(text)
    os.replace(temporary, path)


def measure(page, kind, text, save):
    page.evaluate("([kind, text]) => { sessionStorage.removeItem('shown'); sessionStorage.setItem('wanted', JSON.stringify([kind, text])) }",
                  [kind, text])
    start = time.time()
    save()
    # A page that is being loaded has no answer.
    while time.time() - start < 30:
        try:
            shown = page.evaluate("() => sessionStorage.getItem('shown')")
        except Exception:
            continue
        if shown:
            return float(shown) - start * 1000
        time.sleep(0.01)
    raise SystemExit(f"{text} is not shown")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sitegen", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--theme", default="marquee")
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    sitegen = arguments.sitegen.resolve()
    with tempfile.TemporaryDirectory() as temporary:
        root = arguments.keep or Path(temporary) / "site"
        if not (root / "content").exists():
            subprocess.run([sys.executable, HERE / "generate.py", root, str(arguments.count), "--theme", "own"], check=True)
        for left in (root / "content").rglob("new-*.md"):
            left.unlink()
        theme = root / "themes" / "own"
        sheet = subprocess.run([sitegen, "theme", "show", arguments.theme, "assets/style.css"], check=True, capture_output=True, text=True).stdout
        saved(theme / "theme.yaml", f"name: own\ncontract: 1\nextends: {arguments.theme}\n")
        saved(theme / "assets" / "style.css", sheet)
        template = '{% extends "parent:write-up.html" %}\n'
        saved(theme / "templates" / "write-up.html", template)

        ready = []
        for run in range(5):
            start = time.monotonic()
            process = subprocess.Popen([sitegen, "serve", "--root", root, "--port", "0", "--as-of", "2026-11-22"],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            line = process.stdout.readline()
            ready.append(time.monotonic() - start)
            if run < 4:
                process.send_signal(signal.SIGINT)
                process.wait()
        print(f"{statistics.median(ready) * 1000:8,.0f} ms  ready, {line.split(',', 1)[1].split(';')[0].strip() if ',' in line else line.strip()}")

        address = re.match(r"(http://127\.0\.0\.1:\d+/) ", line)[1]
        file = next((root / "content").rglob("film-0.md"))
        original = file.read_text()
        front, body = re.match(r"(?s)(---\n.*?\n---\n)(.*)", original).groups()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            page = browser.new_page()
            page.add_init_script(LOOK)
            page.goto(address)
            link = page.evaluate("(title) => [...document.querySelectorAll('a')].find((link) => link.textContent.includes(title))?.href",
                                 re.search(r"title: (.*)", front)[1].strip().strip('"'))
            page.goto(link)
            page.wait_for_load_state()

            def text(run):
                return "text", f"text-{run}.", lambda: saved(file, front + f"text-{run}.\n\n" + body)

            def field(run):
                changed = re.sub(r"logline: .*", f"logline: logline-{run}.", front)
                return "text", f"logline-{run}.", lambda: saved(file, changed + body)

            def style(run):
                return "style", f"run-{run}", lambda: saved(theme / "assets" / "style.css", sheet + f"\nbody {{ --served: run-{run} }}\n")

            def layout(run):
                return "text", f"layout-{run}.", lambda: saved(
                    theme / "templates" / "write-up.html", template + "{% block main %}{{ super() }}<p>layout-" + str(run) + ".</p>{% endblock %}")

            def addition(run):
                new = re.sub(r"title: .*", f"title: Addition-{run}.", front)
                return "text", f"Addition-{run}.", lambda: saved(file.with_name(f"new-{run:02}.md"), new + body)

            print(f"From saving until it is shown, of {arguments.runs}: median (lowest to highest)")
            for name, change in [("a text", text), ("front matter", field), ("a style sheet", style), ("a template", layout),
                                 ("a new write-up", addition)]:
                if change is addition:
                    # The newest are on the front page.
                    page.goto(address)
                    page.wait_for_load_state()
                times = []
                for run in range(arguments.runs):
                    times.append(measure(page, *change(run)))
                    page.wait_for_load_state()
                    # Whoever saves something looks at it, and meanwhile the preview comes to rest.
                    page.wait_for_timeout(1500)
                times.sort()
                print(f"{statistics.median(times):8,.0f} ms  {name} ({times[0]:,.0f} to {times[-1]:,.0f})", flush=True)
            browser.close()
        process.send_signal(signal.SIGINT)
        process.wait()


if __name__ == "__main__":
    main()
