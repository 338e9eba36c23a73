#!/usr/bin/env python3
"""Writes what the fuzzer begins with, from the demo, the themes and the cases of other tests: seeds.py FOLDER.

Every target of Tests/Fuzz/Targets gets a folder of files, FOLDER/TARGET.
"""
import pathlib
import re
import shutil
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONTENT = ROOT / "content"
DIVIDER = "\n{#---#}\n"


def main(folder):
    for target, seeds in all_seeds():
        place = folder / target
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        seeds = sorted(set(seeds))
        for number, seed in enumerate(seeds):
            (place / f"{number:04}").write_bytes(seed)
        if not seeds:
            sys.exit(f"seeds: none for {target}")


def all_seeds():
    pages = {path: path.read_bytes() for path in sorted(CONTENT.rglob("*.md"))}
    kinds = {kind: [] for kind in ["week", "column", "person", "page", "write-up"]}
    for path, text in pages.items():
        top = path.relative_to(CONTENT).parts[0]
        kind = {"_week.md": "week", "_column.md": "column"}.get(path.name) or {"people": "person", "pages": "page"}.get(top)
        kinds[kind or "write-up"].append(text)
    yield from kinds.items()

    # A note that a ballot is in, and answers.
    exports = read(ROOT / "Documentation/examples", "*.csv") + [
        b"Which?\nsalt-road\n1984\nSalt Road\n",
        b"when;who;film\r\n3/4/2026 9:00;a;Salt Road\r\n21.11.2026 9:00;b;\"Elan, 1984\"\r\n",
        b"\xef\xbb\xbfsep=\t\nwhen\twho\tfilm\n2026-11-21 17:00\tann@example.org\tSalt \"Raod\"\n",
    ]
    votes = swift_literals("ColumnsTests", "ResultsEditTests.swift")
    notes = [f"---\n{vote}---\nThe note.\n".encode() for vote in votes if "vote" in vote] + kinds["week"]
    yield "ballot", notes
    yield "tally", [note + b"\n#---#\n" + exports[number % len(exports)] for number, note in enumerate(notes)]

    comments = read(CONTENT, "*comments.yaml")
    site = read(CONTENT, "site.yaml")
    manifests = read(ROOT / "themes", "theme.yaml")
    words = read(ROOT / "themes", "*/strings/*.yaml")
    yield "comments", comments
    yield "site", site
    yield "theme", manifests
    yield "words", words
    literals = list(map(str.encode, swift_literals("YAMLTests")))
    matter = [text.split(b"\n---")[0] + b"\n" for text in pages.values()]
    yield "yaml", literals + comments + site + manifests + words + matter

    bodies = [text.split(b"\n---\n", 1)[-1] for text in pages.values()]
    examples = spec_examples()
    texts = list(map(str.encode, swift_literals("MarkdownTests"))) + bodies + examples
    yield "markdown", texts
    yield "comment-text", [text for text in texts if len(text) < 2048]
    yield "feed-text", bodies[:20] + [b"]]>", b"\x00\xef\xbf\xbe\xff", "é\U0001F3AC".encode(), b"<b>&amp;\"'\\;,\r\n"]

    yield "template", templates()
    yield "style-sheet", read(ROOT / "themes", "*.css") + [
        b"@import 'a.css';@import url(b.css);/* url(c) */d{e:url( \"f\" )}g::before{content:'url(h)';i:url(j\\)k)}"
    ]
    tiny = (ROOT / "Tests/MediaTests/TinyFiles.swift").read_text()
    images = [bytes.fromhex("".join(text.split())) for text in re.findall(r'"""\s*([0-9a-f\s]{40,}?)"""', tiny)]
    images += [path.read_bytes()[:4096] for path in sorted(CONTENT.rglob("*.jpg"))]
    yield "image", images + read(ROOT, "content/**/*.svg") + read(ROOT, "themes/**/*.svg") + [
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="3cm" height="40.5" viewBox="0 0 1 2"/>'
    ]
    html = [text for text in map(str.encode, swift_literals("ImportsTests", "ConversionTests.swift")) if b"<" in text]
    posts = [text for text in map(str.encode, swift_literals("ImportsTests", "ItemTests.swift"))]
    yield "html", html + posts + [text.encode() for text in swift_literals("CommandTests", "ImportCommandTests.swift")]
    yield "post", [
        text.encode() for name in ("PostTests.swift", "ConversionTests.swift")
        for text in swift_literals("ImportsTests", name)]
    yield "wordpress", exports_of_wordpress(html + [text for text in posts if b"<wp:" not in text])

    yield "manifest", [b"sitegen manifest 1\nindex.html\na/b/index.html\nassets/style.1a2b.css\n../x\n/y\na//b\n"]


def read(folder, pattern):
    return [path.read_bytes() for path in sorted(folder.rglob(pattern))]


def exports_of_wordpress(texts):
    head = (
        b'<rss xmlns:content="c" xmlns:excerpt="e" xmlns:dc="d" xmlns:wp="w"><channel><link>http://a.b</link>'
        b"<wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>a</wp:author_login>"
        b"<wp:author_display_name>A</wp:author_display_name></wp:author>"
    )
    comment = (
        b"<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_author>B</wp:comment_author><wp:comment_approved>1"
        b"</wp:comment_approved><wp:comment_parent>%d</wp:comment_parent><wp:comment_content><![CDATA[%s]]>"
        b"</wp:comment_content></wp:comment>"
    )
    for number, text in enumerate(texts):
        text = text.replace(b"]]>", b"]] >")
        kind = [b"post", b"page", b"post", b"attachment"][number % 4]
        yield head + (
            b"<item><title>T %d</title><link>http://a.b/%d/</link><dc:creator>a</dc:creator><content:encoded><![CDATA[%s]]>"
            b"</content:encoded><wp:post_id>%d</wp:post_id><wp:post_date_gmt>2011-12-01 10:00:00</wp:post_date_gmt>"
            b"<wp:post_name>t-%d</wp:post_name><wp:status>publish</wp:status><wp:post_type>%s</wp:post_type>"
            b"<category domain='post_tag' nicename='x'>X</category><wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key>"
            b"<wp:meta_value>y</wp:meta_value></wp:postmeta>%s%s</item>"
        ) % (number, number, text, number, number, kind, comment % (1, 2, text[:200]), comment % (2, 0, b"c")) + b"</channel></rss>"


def swift_literals(tests, files="*.swift"):
    """The texts in the tests of one library, short and long, with escapes as they are."""
    for path in sorted((ROOT / "Tests" / tests).glob(files)):
        text = path.read_text()
        for body in re.findall(r'"""\n(.*?)\n\s*"""', text, re.S):
            yield re.sub(r"^    ", "", body, flags=re.M)
        for body in re.findall(r'(?<!")"((?:[^"\\\n]|\\.)+)"(?!")', text):
            if len(body) > 3:
                yield body.replace("\\n", "\n").replace('\\"', '"').replace("\\t", "\t").replace("\\\\", "\\")


def spec_examples():
    """The examples of the CommonMark and GFM specifications, where `make examples` has fetched them."""
    seeds = []
    for path in sorted((ROOT / ".cache").glob("**/*spec*.json")):
        import json

        cases = json.loads(path.read_text())
        seeds += [case["markdown"].encode() for case in cases if isinstance(case, dict) and "markdown" in case]
    return seeds


def templates():
    seeds = []

    def collect(value):
        if isinstance(value, str):
            seeds.append(value)
        elif isinstance(value, list):
            for item in value:
                collect(item)
        elif isinstance(value, dict) and "templates" in value:
            parts = value["templates"]
            names = ["main.html"] + [name for name in parts if name != "main.html"]
            text = DIVIDER.join(parts[name] for name in names if name in parts)
            for new, old in zip(["base.html", "part.html", "macros.html"], names[1:]):
                text = text.replace(old, new)
            seeds.append(text)
        elif isinstance(value, dict):
            for item in value.values():
                collect(item)

    for path in sorted((ROOT / "Tests/JinjaOracle/cases").glob("*.yaml")):
        collect(yaml.safe_load(path.read_text()))
    # Those that the contract of the fuzzer doesn't fit are refused, but for their syntax.
    seeds += [path.read_text() for path in sorted((ROOT / "themes").rglob("*.html"))]
    seeds += [text for text in swift_literals("TemplatesTests") if "{" in text]
    seeds += [
        "{% extends 'base.html' %}{% block a %}{{ super() }}{{ s }}{% endblock %}" + DIVIDER
        + "<a href=\"{{ film.link }}\" title='{{ s }}'>{% block a %}x{% endblock %}</a>{% include 'part.html' %}"
        + DIVIDER + "{% from 'macros.html' import m %}{{ m(film) }}" + DIVIDER
        + "{% macro m(f) %}<b>{{ f.title }}</b>{% endmacro %}"
    ]
    return [seed.encode() for seed in seeds]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
