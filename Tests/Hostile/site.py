#!/usr/bin/env python3
"""Builds a site whose every field holds injection strings, in both themes, and judges its pages and feeds.

    site.py SITEGEN [FOLDER]

A twin with harmless values of the same shape tells, page by page, which elements and attributes there may be. With
FOLDER, the hostile sites stay there, for a browser to open.
"""

import html
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from dom import dangers, lexbor, normal, shape
from payloads import payloads

THEMES = ("marquee", "plain")
COUNT = 40
# Addresses that have to be refused, each in a field of its own.
BAD_URLS = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x",
            "https://x.example/\"onmouseover=alert(1)", "https://x.example/<script>", " javascript:alert(1)"]
HARMLESS_COMMENT = "A *comment*."
# What the body of a comment may be made of, with the attributes.
COMMENT = {"p": set(), "a": {"href", "rel", "title"}, "em": set(), "strong": set(), "code": {"class"}, "pre": set(), "ul": set(),
           "ol": {"start"}, "li": set(), "blockquote": set(), "br": set(), "hr": set(), "del": set()}
# The element that holds a comment's body, and nothing else of the theme's but what comes before the body.
BODIES = {"marquee": "[id^=comment-] .words", "plain": "[id^=comment-] > .e-content"}
AUTHORS = {"marquee": "[id^=comment-] .who", "plain": "[id^=comment-] > .meta"}


# MARK: - What stands in the files

def lines(values: list[str]) -> list[str]:
    """Those that a field of one line takes."""
    return [v for v in values if v == v.strip() and v.isprintable() and len(v) <= 200]


def without_addresses(values: list[str]) -> list[str]:
    """Those in which Markdown finds no address to make a link of, however it is typed."""
    return [v for v in values if not re.search(r"://|www\.|@", v)]


class Words:
    """What the fields hold: one injection string after another, or as many harmless words."""

    def __init__(self, values: list[str]):
        self.values, self.index = values, 0

    def __call__(self) -> str:
        self.index += 1
        # A number keeps names and slugs apart, in both twins alike.
        return f"{self.values[self.index * 97 % len(self.values)]} {self.index}"


def typed(text: str) -> str:
    """Markdown for a text: every character stands for itself."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def body(word: Words) -> str:
    """The text of a write-up with words everywhere, typed as text or inside HTML that the author wrote."""
    return "\n\n".join([
        f"## Heading {typed(word())}",
        f"Text {typed(word())} *{typed('x' + word())}* and a note[^1], [link {typed(word())}](https://x.example/ \"{typed(word())}\"), "
        f"![alt {typed(word())}](https://x.example/b.png '{typed(word())}')",
        f"![figure {typed(word())}](https://x.example/c.png \"caption {typed(word())}\")",
        f"````js\n{word()}\n````",
        f"| Head {typed(word())} |\n| --- |\n| Cell {typed(word())} |",
        f"- Item {typed(word())}\n\n> Quotation {typed(word())}",
        f"<div title=\"{html.escape(word())}\">{html.escape(word())}</div>",
        f"Within <abbr title='{html.escape(word())}'>text</abbr>.",
        f"[^1]: Note {typed(word())}",
    ]) + "\n"


def document(front: dict, text: str) -> str:
    return "---\n" + yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10**9) + "---\n" + text


def front_matter(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])


def write_up(word: Words, text_word: Words, number: int) -> str:
    url = "https://x.example/?q=%3Cscript%3E"
    front = {
        "title": word(), "headline": word(), "date": f"2026-11-{number % 28 + 1:02}", "logline": word(),
        "format": "feature", "status": "production", "source": word(),
        "status_history": [{"date": "2026-01-01", "status": "development", "note": word(), "url": url},
                           {"date": "2026-02-01", "status": "production", "note": word()}],
        "authors": [word()], # A slash stands between two roles.
        "credits": [{"role": word().replace("/", "|"), "name": word()}],
        "campaign": {"platform": word(), "url": url, "goal": 5, "currency": "USD"},
        "video": {"provider": "youtube", "id": "abcdefghijk", "title": word()},
        "images": [{"src": "https://x.example/a.png", "alt": word(), "credit": word()}],
        "links": [{"rel": "website", "url": url}], "alternate_titles": [word()], "genres": [word()],
        "tags": [word(), word()], "languages": [word()], "countries": [word()], "sponsor": {"name": word(), "url": url},
        "extra": {"mood": word(), "list": [word()]},
    }
    return document(front, body(text_word))


def site(word: Words, comments: list[str], theme: str) -> dict[str, str]:
    text_word = Words(without_addresses(word.values))
    files = {
        "site.yaml": yaml.safe_dump({
            "title": word(), "description": word(), "url": "https://films.example/", "theme": theme,
            "comments": {"action": "https://x.example/?q=%3Cscript%3E&amp=%22"}, "author": word(), "copyright": word(), "menu": [{"label": word(), "link": "/"}]}, allow_unicode=True, width=10**9),
        "daily/_column.md": document({"name": word(), "kind": "projects", "description": word(), "logline_limit": 1000,
                                      "item_label": word()}, "Introduction.\n"),
        "daily/_week.md": document({"week": "2026-W47", "title": word(), "vote": {
            "question": word(), "prize": word(), "note": word(), "sponsor": word(), "opens": "2026-11-01",
            "closes": "2026-11-20"}}, "Note.\n"),
        "people/one.md": document({"name": word(), "also_known_as": [word()]}, "Life.\n"),
        "pages/about.md": document({"title": word(), "description": word()}, body(text_word)),
    }
    for number in range(COUNT):
        files[f"daily/film-{number}.md"] = write_up(word, text_word, number)
    for number in range(COUNT):
        files[f"daily/film-{number}.comments.yaml"] = yaml.safe_dump(
            [{"id": word(), "author": word(), "date": "2026-11-20", "body": text} for text in comments[number::COUNT]],
            allow_unicode=True, width=10**9)
    return files


def build(sitegen: str, files: dict[str, str], folder: Path) -> tuple[int, str]:
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    run = subprocess.run([sitegen, "build", "--root", str(folder), "--future"], capture_output=True, text=True)
    return run.returncode, run.stdout + run.stderr


# MARK: - What stands in the output

@dataclass
class Findings:
    problems: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(
        ("pages", "pages like their twins", "values read back", "feeds", "comments", "links in comments"), 0))

    def equal(self, where: str, found: str | None, wanted: str):
        self.counts["values read back"] += 1
        if found is None or normal(found).split() != normal(wanted).split():
            self.problems.append(f"{where}: {found!r} instead of {wanted!r}")


def pages(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder / "output")): path.read_text(encoding="utf-8")
            for path in sorted((folder / "output").rglob("*.html"))}


def known_pages(folder: Path) -> dict[str, str]:
    """The pages under names that twins share: addresses made of words are told apart by the number of the word."""
    found = {}
    for name, page in pages(folder).items():
        heading = LexborHTMLParser(page).css_first("h1")
        number = re.search(r" (\d+)$", heading.text().strip()) if heading else None
        section, *_ = name.split("/")
        found[f"{section} {number[1]}" if number and name.count("/") == 2 and section != "daily" else name] = page
    return found


def compare(harmless: Path, hostile: Path, theme: str, findings: Findings):
    """Has every page of the one site the elements and attributes of its twin?"""
    ours, theirs = known_pages(hostile), known_pages(harmless)
    for name in sorted(ours.keys() | theirs.keys()):
        # Names are sorted there under their first letters, which differ.
        if re.match(r"(people|daily/a-z|tags|genres|languages|countries)(/index)?\b", name) and " " not in name:
            continue
        if name not in ours or name not in theirs:
            findings.problems.append(f"{theme} {name}: only one of the twins has this page")
            continue
        findings.counts["pages like their twins"] += 1
        found, wanted = shape(lexbor(ours[name])), shape(lexbor(theirs[name]))
        if found != wanted:
            at = next((i for i, pair in enumerate(zip(found, wanted)) if pair[0] != pair[1]), min(len(found), len(wanted)))
            findings.problems.append(f"{theme} {name}: {found[at:at + 3]} instead of {wanted[at:at + 3]}")


def judge_pages(folder: Path, theme: str, findings: Findings):
    for name, page in pages(folder).items():
        findings.counts["pages"] += 1
        findings.problems += [f"{theme} {name}: {danger}" for danger in dangers(lexbor(page))]


def read_back(folder: Path, theme: str, findings: Findings):
    """Do titles, loglines, names and notes come back as they were written?"""
    for path in sorted((folder / "output/daily").rglob("film-*/index.html")):
        where = f"{theme} {path.parent.name}"
        front = front_matter(folder / "content/daily" / f"{path.parent.name}.md")
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))

        def text(selector: str) -> str | None:
            node = tree.css_first(selector)
            return node and node.text()

        def content(selector: str) -> str | None:
            node = tree.css_first(selector)
            return node and node.attributes["content"]

        findings.equal(f"{where} h1", text("h1"), front["title" if theme == "marquee" else "headline"])
        findings.equal(f"{where} title", (text("title") or "")[:len(front["headline"])], front["headline"])
        findings.equal(f"{where} description", content("meta[name=description]"), front["logline"])
        findings.equal(f"{where} alt", tree.css_first("img[src='https://x.example/a.png']").attributes["alt"],
                       front["images"][0]["alt"])
        if theme == "marquee":
            findings.equal(f"{where} og:title", content("meta[property='og:title']"), text("title"))
            findings.equal(f"{where} og:description", content("meta[property='og:description']"), front["logline"])
        article = structured_data(path)[0]
        findings.equal(f"{where} JSON-LD headline", article["headline"], front["headline"])
        findings.equal(f"{where} JSON-LD description", article["description"], front["logline"])
        findings.equal(f"{where} JSON-LD film", article["about"]["name"], front["title"])
        findings.equal(f"{where} JSON-LD author", article["author"]["name"], front["authors"][0])
        findings.equal(f"{where} JSON-LD image", article["image"]["caption"], front["images"][0]["alt"])
        authors = yaml.safe_load((folder / "content/daily" / f"{path.parent.name}.comments.yaml").read_text(encoding="utf-8"))
        names = [node.text() for node in tree.css(AUTHORS[theme])]
        findings.equal(f"{where} comments", " ".join(names), " ".join(comment["author"] for comment in authors))
        form = tree.css_first("form[method=post]")
        findings.equal(f"{where} form", form and form.attributes["action"], "https://x.example/?q=%3Cscript%3E&amp=%22")
        findings.equal(f"{where} form's subject", tree.css_first("[name=_subject]").attributes["value"], front["headline"])
        for option, comment in zip(tree.css("form select option[value]:not([value=''])"), authors, strict=True):
            findings.equal(f"{where} answer", option.attributes["value"], comment["id"])
            findings.equal(f"{where} answered", option.text().rpartition(", ")[0], comment["author"])
    read_feeds_back(folder, theme, findings)
    read_api_back(folder, theme, findings)


def structured_data(path: Path) -> list[dict]:
    """What a page says in JSON-LD, which stands in one script."""
    scripts = LexborHTMLParser(path.read_text(encoding="utf-8")).css("script[type='application/ld+json']")
    return json.loads(scripts[0].text())["@graph"] if len(scripts) == 1 else []


def read_feeds_back(folder: Path, theme: str, findings: Findings):
    settings = yaml.safe_load((folder / "content/site.yaml").read_text(encoding="utf-8"))
    atom = {"a": "http://www.w3.org/2005/Atom"}
    dc = "{http://purl.org/dc/elements/1.1/}creator"
    feed = json.loads((folder / "output/feed.json").read_text(encoding="utf-8"))
    rss = etree.parse(folder / "output/feed.xml").getroot()[0]
    entries = etree.parse(folder / "output/atom.xml").getroot()
    findings.equal(f"{theme} feed.json title", feed["title"], settings["title"])
    findings.equal(f"{theme} feed.xml title", rss.findtext("title"), settings["title"])
    findings.equal(f"{theme} feed.xml description", html.unescape(rss.findtext("description")), settings["description"])
    findings.equal(f"{theme} atom.xml title", entries.findtext("a:title", None, atom), settings["title"])
    found = [(item["url"], item["title"], item["summary"], item["authors"][0]["name"]) for item in feed["items"]]
    # In RSS, readers take a description for HTML; a title, for text.
    found += [(item.findtext("link"), item.findtext("title"), LexborHTMLParser(item.findtext("description")).body.text(),
               item.findtext(dc)) for item in rss.iter("item")]
    found += [(entry.find("a:link", atom).get("href"), entry.findtext("a:title", None, atom), entry.findtext("a:summary", None, atom),
               entry.findtext("a:author/a:name", None, atom)) for entry in entries.iterfind("a:entry", atom)]
    for url, *values in found:
        front = front_matter(folder / "content/daily" / (url.rstrip("/").rpartition("/")[2] + ".md"))
        for value, wanted in zip(values, (front["headline"], front["logline"], front["authors"][0]), strict=True):
            findings.equal(f"{theme} feeds {url}", value, wanted)
    read_comment_feeds_back(folder, theme, findings)


def read_comment_feeds_back(folder: Path, theme: str, findings: Findings):
    feed = json.loads((folder / "output/comments/feed.json").read_text(encoding="utf-8"))
    rss = etree.parse(folder / "output/comments/feed.xml").getroot()[0]
    entries = etree.parse(folder / "output/comments/atom.xml").getroot()
    found = [(item["url"], item["title"], item["authors"][0]["name"]) for item in feed["items"]]
    found += [(item.findtext("link"), item.findtext("title"), item.findtext("{*}creator")) for item in rss.iter("item")]
    found += [(entry.find("{*}link").get("href"), entry.findtext("{*}title"), entry.findtext("{*}author/{*}name"))
              for entry in entries.iterfind("{*}entry")]
    for url, title, author in found:
        page, _, anchor = url.partition("#")
        name = page.rstrip("/").rpartition("/")[2]
        path = folder / "content/daily" / f"{name}.comments.yaml"
        (built,) = (folder / "output").glob(f"**/{name}/index.html")
        places = [node.attributes["id"] for node in LexborHTMLParser(built.read_text(encoding="utf-8")).css("[id^=comment-]")]
        wanted = yaml.safe_load(path.read_text(encoding="utf-8"))[places.index(anchor)]["author"]
        film = front_matter(path.with_name(path.name.replace(".comments.yaml", ".md")))["title"]
        findings.equal(f"{theme} comment feeds {url}", author, wanted)
        findings.equal(f"{theme} comment feeds {url}", title, f"{wanted} on {film}")


def read_api_back(folder: Path, theme: str, findings: Findings):
    """Do the files for other programs say what was written?"""
    index = json.loads((folder / "output/api/index.json").read_text(encoding="utf-8"))
    settings = yaml.safe_load((folder / "content/site.yaml").read_text(encoding="utf-8"))
    findings.equal(f"{theme} api title", index["title"], settings["title"])
    for path in sorted((folder / "output/api/daily").glob("2*.json")):
        for piece in json.loads(path.read_text(encoding="utf-8"))["writeups"]:
            name = piece["url"].rstrip("/").rpartition("/")[2]
            front = front_matter(folder / "content/daily" / f"{name}.md")
            for key in ("title", "headline", "logline"):
                findings.equal(f"{theme} api {name} {key}", piece[key], front[key])
            findings.equal(f"{theme} api {name} author", piece["authors"][0]["name"], front["authors"][0])
            findings.equal(f"{theme} api {name} credit", piece["credits"][0]["name"], front["credits"][0]["name"])


def judge_feeds(folder: Path, theme: str, findings: Findings):
    for path in sorted((folder / "output").rglob("*.xml")):
        findings.counts["feeds"] += 1
        for node in etree.parse(path).iter("{*}content", "{*}description", "{*}encoded", "{*}summary"):
            # Atom says whether a text is HTML; in RSS, readers take every description for it.
            if node.tag.startswith("{http://www.w3.org/2005/Atom}") and node.get("type") != "html":
                continue
            findings.problems += [f"{theme} {path.name}: {danger}" for danger in dangers(lexbor(node.text or ""))]
    for path in sorted((folder / "output").rglob("*.json")):
        findings.counts["feeds"] += 1
        for item in json.loads(path.read_text(encoding="utf-8")).get("items", []):
            findings.problems += [f"{theme} {path.name}: {d}" for d in dangers(lexbor(item.get("content_html", "")))]


def comment_nodes(page: str, theme: str) -> Iterator:
    for holder in LexborHTMLParser(page).css(BODIES[theme]):
        findings = holder.css("*")
        # The first element found is the holder.
        yield [node for node in findings if node != holder]


def judge_comments(folder: Path, theme: str, findings: Findings):
    """Comments are made of what they may be, and their links say whose they are."""
    for path in sorted((folder / "output/daily").rglob("film-*/index.html")):
        for nodes in comment_nodes(path.read_text(encoding="utf-8"), theme):
            findings.counts["comments"] += 1
            for node in nodes:
                where = f"{theme} {path.parent.name}: a comment has <{node.tag}"
                if node.tag not in COMMENT or not node.attributes.keys() <= COMMENT[node.tag]:
                    findings.problems.append(f"{where} {' '.join(node.attributes)}>")
                if node.tag == "a":
                    findings.counts["links in comments"] += 1
                    if "href" in node.attributes and not {"ugc", "nofollow"} <= set((node.attributes.get("rel") or "").split()):
                        findings.problems.append(f"{where}> without rel=\"ugc nofollow\"")


def refuse_addresses(sitegen: str, findings: Findings):
    """Addresses that could run something are refused where they are read."""
    with tempfile.TemporaryDirectory() as name:
        files = site(Words(["Word"]), ["x"] * COUNT, "plain")
        for number, url in enumerate(BAD_URLS):
            files[f"daily/film-{number}.comments.yaml"] = yaml.safe_dump([{"url": url, "body": "x"}])
        status, output = build(sitegen, files, Path(name))
        refused = output.count("[field/not-an-address]")
        if status == 0 or refused != len(BAD_URLS):
            findings.problems.append(f"{len(BAD_URLS) - refused} addresses of comments were not refused")


def main(sitegen: str, folder: Path) -> int:
    values = payloads()
    hostile_comments = [v for v in values if v.strip() and all(c.isprintable() or c in "\n\t" for c in v)]
    findings = Findings()
    for theme in THEMES:
        sites = {
            "harmless": site(Words(["Word"]), [HARMLESS_COMMENT] * COUNT, theme),
            "fields": site(Words(lines(values)), [HARMLESS_COMMENT] * COUNT, theme),
            "comments": site(Words(["Word"]), hostile_comments, theme),
        }
        folders = {name: folder / f"{theme}-{name}" for name in sites}
        for name, files in sites.items():
            status, output = build(sitegen, files, folders[name])
            if status != 0:
                print(output[-3000:])
                return 1
        compare(folders["harmless"], folders["fields"], theme, findings)
        read_back(folders["fields"], theme, findings)
        for name in ("fields", "comments"):
            judge_pages(folders[name], theme, findings)
            judge_feeds(folders[name], theme, findings)
        judge_comments(folders["comments"], theme, findings)
    refuse_addresses(sitegen, findings)
    for problem in findings.problems[:20]:
        print(problem[:600])
    print(f"{'FAIL' if findings.problems else 'pass'}  hostile site: "
          + ", ".join(f"{count:,} {name}" for name, count in findings.counts.items())
          + f": {len(findings.problems) or 'no'} problems")
    return 1 if findings.problems or not all(findings.counts.values()) else 0


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(main(sys.argv[1], Path(sys.argv[2])))
    with tempfile.TemporaryDirectory() as name:
        sys.exit(main(sys.argv[1], Path(name)))
