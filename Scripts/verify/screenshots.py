#!/usr/bin/env python3
"""Takes pictures of every kind of page of a built site, on a phone, a tablet and a desk, in light and dark.

    screenshots.py OUTPUT FOLDER [--page PAGE …] [--jobs N]

FOLDER/index.html shows them all, what is above the fold first; each leads to the picture of the whole page.
"""

import argparse
import html
import re
import shutil
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from browsing.chromium import chromium
from browsing.site import Site, shape
from browsing.visit import Circumstances, Reader
from server import SiteServer

VIEWS = [
    Circumstances(width, height, scheme)
    for width, height in ((390, 844), (820, 1180), (1440, 900))
    for scheme in ("light", "dark")
]
# A picture can be so high; very long lists are cut.
HIGHEST = 12_000
# A tenth of PNG's time and size, and no difference to the eye.
FORMAT = {"type": "jpeg", "quality": 90}

SHEET = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 2rem; background: #777; color: #fff; font: 1rem/1.4 sans-serif }}
a {{ color: inherit }}
h2 {{ margin: 2.5rem 0 .5rem; font-size: 1rem }}
ul {{ display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; margin: 0; padding: 0; list-style: none }}
li {{ font-size: .75rem }}
img {{ display: block; height: 20rem; width: auto }}
</style>
<h1>{title}</h1>
{body}
</html>
"""


def name(page):
    return re.sub(r"/?(index)?\.html$", "", page).replace("/", "_") or "home"


def take(site, pages, folder):
    """One worker's part: all views of some pages."""
    with chromium() as browser:
        for view in VIEWS:
            with Reader(site, browser, view) as reader:
                for page in pages:
                    with reader.open(page) as visit:
                        # What is loaded when it comes into sight is in the picture, too.
                        visit.run("scroll")
                        base = folder / f"{name(page)}-{view.width}-{view.scheme}"
                        visit.page.screenshot(path=f"{base}-fold.jpg", **FORMAT)
                        height = min(HIGHEST, visit.page.evaluate("document.documentElement.scrollHeight"))
                        clip = {"x": 0, "y": 0, "width": view.width, "height": height}
                        visit.page.screenshot(path=f"{base}.jpg", full_page=True, clip=clip, **FORMAT)


def contact_sheet(pages, title):
    sections = []
    for page in sorted(pages, key=lambda page: (shape(page), page)):
        pictures = []
        for view in VIEWS:
            base = f"{name(page)}-{view.width}-{view.scheme}"
            label = html.escape(f"{page}, {view}")
            pictures.append(
                f'<li><a href="{base}.jpg"><img src="{base}-fold.jpg" loading="lazy" alt="{label}"'
                f' width="{view.width}" height="{view.height}">{view}</a></li>'
            )
        sections.append(f"<h2>{html.escape(page)}</h2>\n<ul>{''.join(pictures)}</ul>")
    return SHEET.format(title=html.escape(title), body="\n".join(sections))


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--page", action="append", help="this page, instead of one of each kind")
    parser.add_argument("--jobs", type=int, default=2, help="so many browsers at a time")
    options = parser.parse_args(arguments)
    if not (options.output / "index.html").is_file():
        sys.exit(f"screenshots: {options.output} holds no index.html")
    began = time.monotonic()
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    server = SiteServer(options.output.resolve(), "/a/b/")
    try:
        site = Site(options.output.resolve(), server.prefix)
        pages = options.page or site.sample(site.pages())
        with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
            shares = [
                pool.submit(take, site, pages[worker :: options.jobs], options.folder)
                for worker in range(options.jobs)
            ]
            for share in shares:
                share.result()
    finally:
        server.close()
    sheet = contact_sheet(pages, f"{len(pages)} pages of {options.output.name}")
    (options.folder / "index.html").write_text(sheet, "utf-8")
    print(f"screenshots of {len(pages)} pages in {time.monotonic() - began:.0f} s: {options.folder / 'index.html'}")


if __name__ == "__main__":
    sys.exit(main())
