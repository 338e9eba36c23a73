#!/usr/bin/env python3
"""Checks the weeks that a site has as mails: the HTML holds nothing that mail programs lack, the text no long lines.

    mails.py OUTPUT [--base-url URL]

What is allowed is what Gmail (web and apps) and Outlook (Windows, whose pages are drawn by Word) both show, by
https://www.caniemail.com/ and Microsoft's "Word HTML and CSS rendering capabilities in Outlook": tables, attributes and
styles in place. `max-width` and `display: none` stand where Outlook has the attribute `width`, or shows a line of text in
the color of the ground. Gmail cuts off what is past 102 KB. Colors stand with their backgrounds and in contrast to them, both
as written and turned round in lightness, as mail programs do in the dark.
"""

import colorsys
import re
import sys

from selectolax.lexbor import LexborHTMLParser

from published import run

LIMIT = 102_000
WIDTH = 72
ELEMENTS = {
    "html": {"lang", "dir"}, "head": set(), "meta": {"charset", "name", "content"}, "title": set(),
    "body": {"bgcolor", "style"}, "div": {"style"}, "tbody": set(), "tr": set(), "strong": set(), "br": set(),
    "table": {"role", "width", "border", "cellpadding", "cellspacing", "bgcolor", "style", "dir"},
    "td": {"align", "width", "height", "bgcolor", "style"}, "h1": {"style"}, "h2": {"style"}, "span": {"style"},
    "a": {"href", "style"}, "img": {"src", "alt", "width", "border", "style"},
}  # fmt: skip
STYLES = {
    "margin", "padding", "padding-top", "background-color", "color", "font-family", "font-size", "font-weight",
    "line-height", "text-decoration", "border-top", "height", "width", "display", "max-width", "max-height", "overflow",
}  # fmt: skip
# What one of the two doesn't know, and where it does no harm.
LIMITED = {
    "max-width": {"table", "img"}, "width": {"table", "img"}, "max-height": {"div"}, "overflow": {"div"},
    "display": {"div", "img"},
}  # fmt: skip
PICTURES = (".jpg", ".jpeg", ".png", ".gif")


def styles(node):
    pairs = (part.partition(":") for part in (node.attributes.get("style") or "").split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def luminance(color):
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def turned(color):
    """The color with its lightness turned round."""
    hue, light, saturation = colorsys.rgb_to_hls(*(int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)))
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, 1 - light, saturation))


class Mail:
    def __init__(self, path, content, site, report):
        self.path, self.content, self.site, self.report = path, content, site, report

    def wrong(self, what):
        self.report.problem(self.path, what)

    def check(self):
        self.report.count("mail")
        self.report.most("bytes", len(self.content), self.path)
        if len(self.content) >= LIMIT:
            self.wrong(f"{len(self.content):,} bytes, of which Gmail shows {LIMIT:,}")
        tree = LexborHTMLParser(self.content)
        if not tree.css_first("meta[name=robots][content=noindex]"):
            self.wrong("search engines are not told to leave it out")
        if not (tree.css_first("title") and tree.css_first("title").text().strip()):
            self.wrong("there is no title")
        if not (tree.root.attributes.get("lang")):
            self.wrong("the language is not told")
        for part in ("h1", "body > div:first-child"):
            if not tree.css_first(part) or not tree.css_first(part).text().strip():
                self.wrong(f"there is no {part}")
        own = self.site.url(self.path)
        if not any(node.attributes.get("href") == own for node in tree.css("a")):
            self.wrong("no link leads to the mail itself, for those whose program shows it badly")
        self.walk(tree.root, None, None)

    def walk(self, node, ink, ground):
        allowed = ELEMENTS.get(node.tag)
        if allowed is None:
            return self.wrong(f"<{node.tag}> is not for mails")
        attributes = node.attributes
        for name in attributes.keys() - allowed:
            self.wrong(f"<{node.tag}> has the attribute {name}, which is not for mails")
        own = styles(node)
        for name, value in own.items():
            if name not in STYLES or node.tag not in LIMITED.get(name, {node.tag}):
                self.wrong(f"<{node.tag}> has the style {name}, which Gmail or Outlook lacks")
            if re.search(r"url\(|var\(|calc\(|rgba?\(|!important|\bvw\b|rem\b", value):
                self.wrong(f"<{node.tag}> has {name}: {value}, which Gmail or Outlook lacks")
        background = own.get("background-color")
        if background != attributes.get("bgcolor"):
            self.wrong(f"<{node.tag}> has the background {background} in one place and {attributes.get('bgcolor')} in the other")
        ink, ground = own.get("color", ink), background or ground
        if node.tag == "table" and attributes.get("role") != "presentation":
            self.wrong("a table is read out as one: role=presentation is missing")
        if node.tag == "img":
            self.picture(node)
        if node.tag == "a":
            self.report.count("link")
            self.address(attributes.get("href"), "a link")
        # The title is no part of what is shown, and the preheader is shown elsewhere.
        hidden = own.get("display") == "none" or node.tag == "title"
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                if child.text().strip("\xa0 \n") and not hidden:
                    self.colors(child.text(), ink, ground)
            elif child.tag != "-comment":
                self.walk(child, ink, ground)

    def colors(self, text, ink, ground):
        self.report.count("text")
        if not ink or not ground:
            return self.wrong(f"no color, or none behind it, is told for {text.strip()[:40]!r}")
        if not all(re.fullmatch("#[0-9a-f]{6}", color) for color in (ink, ground)):
            return self.wrong(f"colors are written as #rrggbb, not {ink} on {ground}")
        for one, other, when in ((ink, ground, "as written"), (turned(ink), turned(ground), "turned round for the dark")):
            if contrast(one, other) < 4.5:
                self.wrong(f"a contrast of {contrast(one, other):.1f} between {ink} and {ground} {when}")

    def picture(self, node):
        self.report.count("picture")
        attributes = node.attributes
        if not attributes.get("alt"):
            self.wrong("a picture says nothing to those who don't see it, which is most")
        if not re.fullmatch(r"\d+", attributes.get("width") or ""):
            self.wrong("a picture has no width for Outlook")
        if not (attributes.get("src") or "").lower().endswith(PICTURES):
            self.wrong(f"Outlook shows no such picture: {attributes.get('src')}")
        self.address(attributes.get("src"), "a picture")

    def address(self, url, what):
        problem = self.site.problem(url or "")
        if problem:
            self.wrong(f"{what} {problem}")


def check_text(path, content, site, report):
    report.count("plain text")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        return report.problem(path, f"is no UTF-8: {error}")
    for line in text.split("\n"):
        if re.fullmatch(r"https?://\S+", line):
            problem = site.problem(line)
            if problem:
                report.problem(path, f"an address {problem}")
        elif len(line) > WIDTH:
            report.problem(path, f"a line of {len(line)} characters: {line}")
        if any(ord(character) < 32 for character in line):
            report.problem(path, f"a control character in {line!r}")
    if "\n-- \n" not in text:
        report.problem(path, "nothing says where the letter ends")


def check(site, report):
    for file in sorted(site.output.rglob("digest.html")):
        path = file.relative_to(site.output).as_posix()
        Mail(path, file.read_bytes(), site, report).check()
        text = file.with_suffix(".txt")
        if text.is_file():
            check_text(path.removesuffix("html") + "txt", text.read_bytes(), site, report)
        else:
            report.problem(path, "there is no digest.txt beside it")
    report.require("mail", "weeks are written as mails unless site.yaml says 'digests: false'")


def main(arguments=None):
    return run("mails", __doc__, check, arguments)


if __name__ == "__main__":
    sys.exit(main())
