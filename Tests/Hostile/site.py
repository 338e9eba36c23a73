#!/usr/bin/env python3
"""Builds a site whose every field holds injection strings, in both themes, and judges its pages and feeds.

    site.py SITEGEN

A twin with harmless values of the same shape tells which elements and attributes the pages may have.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml
from lxml import etree

from dom import dangers, lexbor, shape, urls
from payloads import payloads

COUNT = 40
# Addresses that have to be refused, each in a field of its own.
BAD_URLS = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x",
            "https://x.example/\"onmouseover=alert(1)", "https://x.example/<script>", " javascript:alert(1)"]


def lines(values: list[str]) -> list[str]:
    """Those that a field of one line takes."""
    return [v for v in values if v == v.strip() and v.isprintable() and len(v) <= 200]


class Words:
    """What the fields hold: one injection string after another, or as many harmless words."""

    def __init__(self, values: list[str], is_hostile: bool):
        self.values, self.is_hostile, self.index = values, is_hostile, 0
        self.used: list[str] = []

    def __call__(self) -> str:
        self.index += 1
        word = self.values[self.index * 97 % len(self.values)] if self.is_hostile else "Word"
        # A number keeps names and slugs apart, in both twins alike.
        self.used.append(f"{word} {self.index}")
        return self.used[-1]


def document(front: dict, body: str) -> str:
    return "---\n" + yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10**9) + "---\n" + body


def write_up(word: Words, number: int) -> str:
    url = "https://x.example/?q=%3Cscript%3E"
    front = {
        "title": word(), "headline": word(), "date": f"2026-11-{number % 28 + 1:02}", "logline": word(),
        "format": "feature", "status": "production", "source": word(),
        "status_history": [{"date": "2026-01-01", "status": "development", "note": word(), "url": url},
                           {"date": "2026-02-01", "status": "production", "note": word()}],
        "authors": [word()], "credits": [{"role": word(), "name": word()}],
        "campaign": {"platform": word(), "url": url, "goal": 5, "currency": "USD"},
        "video": {"provider": "youtube", "id": "abcdefghijk", "title": word()},
        "images": [{"src": "https://x.example/a.png", "alt": word(), "credit": word()}],
        "links": [{"rel": "website", "url": url}], "alternate_titles": [word()], "genres": [word()],
        "tags": [word(), word()], "languages": [word()], "countries": [word()], "sponsor": {"name": word(), "url": url},
        "extra": {"mood": word(), "list": [word()]},
    }
    return document(front, "A paragraph.\n")


def site(word: Words, comments: list[str], theme: str) -> dict[str, str]:
    files = {
        "site.yaml": yaml.safe_dump({
            "title": word(), "description": word(), "url": "https://films.example/", "theme": theme,
            "author": word(), "copyright": word(), "menu": [{"label": word(), "link": "/"}]}, allow_unicode=True, width=10**9),
        "daily/_column.md": document({"name": word(), "kind": "projects", "description": word(), "logline_limit": 1000,
                                      "item_label": word()}, "Introduction.\n"),
        "daily/_week.md": document({"week": "2026-W47", "title": word(), "vote": {
            "question": word(), "prize": word(), "note": word(), "sponsor": word(), "opens": "2026-11-01",
            "closes": "2026-11-20"}}, "Note.\n"),
        "people/one.md": document({"name": word(), "also_known_as": [word()]}, "Life.\n"),
        "pages/about.md": document({"title": word(), "description": word()}, "About.\n"),
    }
    for number in range(COUNT):
        files[f"daily/film-{number}.md"] = write_up(word, number)
    for number in range(COUNT):
        files[f"daily/film-{number}.comments.yaml"] = yaml.safe_dump(
            [{"author": word(), "date": "2026-11-20", "body": body} for body in comments[number::COUNT]],
            allow_unicode=True, width=10**9)
    return files


def build(sitegen: str, files: dict[str, str], folder: Path) -> tuple[int, str]:
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    run = subprocess.run([sitegen, "build", "--root", str(folder), "--future"], capture_output=True, text=True)
    return run.returncode, run.stdout + run.stderr


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((folder / "output").rglob("*.html")):
        yield str(path.relative_to(folder / "output")), path.read_text(encoding="utf-8")


# What the body of a comment may be made of.
COMMENT = {"p", "a", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "br", "hr", "del", "s"}


def main(sitegen: str) -> int:
    values = payloads()
    problems: list[str] = []
    counted = {"page": 0, "feed": 0}
    for theme in ("marquee", "plain"):
        with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
            harmless, hostile = Path(first), Path(second)
            word = Words(lines(values), is_hostile=True)
            comments = [v for v in values if v.strip() and all(c.isprintable() or c in "\n\t" for c in v)]
            bodies = ["[a](https://a.example/ \"b\") *c* **d** `e` ~~f~~\n\n- g\n\n1. h\n\n> i\n\n```js\nj\n```\n\n---\n\n"
                      "# k  \nl"] * COUNT
            for folder, words, texts in ((harmless, Words([], False), bodies), (hostile, word, comments)):
                status, output = build(sitegen, site(words, texts, theme), folder)
                if status != 0:
                    print(output[-3000:])
                    return 1
            known = {}
            allowed: set[tuple[str, str]] = set()
            for name, page in pages(harmless):
                elements = lexbor(page)
                known[name] = shape(elements)
                allowed |= {(e.name, a) for e in elements for a in ("", *e.attributes)}
            for name, page in pages(hostile):
                counted["page"] += 1
                elements = lexbor(page)
                found = {(e.name, a) for e in elements for a in ("", *e.attributes)}
                problems += [f"{theme} {name}: {e} {a}" for e, a in found - allowed if e != "ol" or a != "start"]
                problems += [f"{theme} {name}: {danger}" for danger in dangers(elements)]
            for path in sorted((hostile / "output").rglob("*.xml")):
                counted["feed"] += 1
                tree = etree.parse(path)
                for node in tree.iter("{*}content", "{*}description", "{*}encoded", "{*}summary"):
                    # Atom says whether a text is HTML; in RSS, readers take every description for it.
                    if node.tag.startswith("{http://www.w3.org/2005/Atom}") and node.get("type") != "html":
                        continue
                    problems += [f"{theme} {path.name}: {danger}" for danger in dangers(lexbor(node.text or ""))]
            for path in sorted((hostile / "output").rglob("*.json")):
                counted["feed"] += 1
                for item in json.loads(path.read_text(encoding="utf-8")).get("items", []):
                    problems += [f"{theme} {path.name}: {d}" for d in dangers(lexbor(item.get("content_html", "")))]
    # Addresses that could run something are refused where they are read.
    with tempfile.TemporaryDirectory() as name:
        files = site(Words([], False), ["x"] * COUNT, "plain")
        for number, url in enumerate(BAD_URLS):
            files[f"daily/film-{number}.comments.yaml"] = yaml.safe_dump([{"url": url, "body": "x"}])
        status, output = build(sitegen, files, Path(name))
        refused = output.count("[field/not-an-address]")
        if status == 0 or refused != len(BAD_URLS):
            problems.append(f"{len(BAD_URLS) - refused} addresses of comments were not refused")
    for problem in problems[:20]:
        print(problem)
    print(f"{'FAIL' if problems else 'pass'}  hostile site: {counted['page']:,} pages, {counted['feed']} feeds: "
          f"{len(problems) or 'no'} problems")
    return 1 if problems or not counted["page"] or not counted["feed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
