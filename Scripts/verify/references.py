"""The addresses in HTML, CSS, SVG and web manifests, and the places that fragments can name."""

import hashlib
import json
import re
from dataclasses import dataclass, field

import tinycss2
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

# What a browser fetches when it shows a page: it must be the site's own.
ASSET = "asset"
# Where a reader can go.
LINK = "link"
# What the page says of itself to machines: canonical addresses, feeds, previews. It may be absolute.
META = "meta"

ASSET_RELATIONS = {
    "stylesheet", "icon", "shortcut", "apple-touch-icon", "apple-touch-startup-image", "mask-icon", "manifest",
    "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "prerender",
}  # fmt: skip
URL_META = {
    "og:url", "og:image", "og:image:url", "og:image:secure_url", "og:video", "og:video:url", "og:audio",
    "twitter:image", "twitter:player", "msapplication-tileimage",
}  # fmt: skip


@dataclass
class Reference:
    kind: str
    url: str
    element: str


@dataclass
class Document:
    """What a file refers to, and what in it can be referred to."""

    references: list = field(default_factory=list)
    ids: set = field(default_factory=set)
    base: str = None
    # The page only sends its reader elsewhere.
    is_redirect: bool = False
    # Text that the address of a site may stand in: JSON-LD.
    data: list = field(default_factory=list)
    mistakes: list = field(default_factory=list)


_cache = {}


def is_mail(path):
    """Whether a page is a mail, in which all addresses are absolute and which is no page of the theme: see mails.py."""
    return path.rsplit("/", 1)[-1] == "digest.html"


def document(path, content):
    """The references of a file, whose kind is told from its name; nothing for images, mails and the like."""
    if is_mail(path):
        return Document()
    suffix = path.rsplit("/", 1)[-1].rsplit(".", 1)[-1].lower()
    read = READERS.get(suffix)
    if read is None:
        return Document()
    key = (suffix, hashlib.sha256(content).digest())
    if key not in _cache:
        _cache[key] = read(content)
    return _cache[key]


def has_references(path):
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[-1].lower() in READERS


def html(content):
    tree = LexborHTMLParser(content)
    found = Document()
    for node in tree.root.traverse(include_text=False):
        attributes = node.attributes
        tag = node.tag
        if "id" in attributes and attributes["id"]:
            found.ids.add(attributes["id"])
        if tag == "a" and attributes.get("name"):
            found.ids.add(attributes["name"])

        def add(kind, name, url):
            # An attribute without a value is None.
            url = (url or "").strip()
            shown = url if len(url) <= 120 else url[:117] + "…"
            found.references.append(Reference(kind, url, f'<{tag} {name}="{shown}">'))

        for name, value in attributes.items():
            if name == "href" or name == "xlink:href":
                if tag == "base":
                    found.base = (value or "").strip()
                elif tag == "link":
                    relations = set((attributes.get("rel") or "").lower().split())
                    add(ASSET if relations & ASSET_RELATIONS else META, name, value)
                elif tag in ("a", "area"):
                    add(LINK, name, value)
                else:
                    add(ASSET, name, value)
            elif name == "src" or name == "poster" or (name == "data" and tag == "object"):
                add(ASSET, name, value)
            elif name == "srcset" or name == "imagesrcset":
                for candidate in srcset(value or ""):
                    add(ASSET, name, candidate)
            elif name == "action" or name == "formaction":
                if tag in ("form", "button", "input"):
                    add(LINK, name, value)
            elif name == "ping":
                for url in (value or "").split():
                    add(ASSET, name, url)
            elif name == "cite" and value:
                add(LINK, name, value)
            elif name == "background":
                add(ASSET, name, value)
            elif name == "style":
                for url in css_urls(value or "", is_declarations=True):
                    found.references.append(Reference(ASSET, url, f'<{tag} style="… url({url}) …">'))
        if tag == "meta":
            content = attributes.get("content") or ""
            if (attributes.get("http-equiv") or "").lower() == "refresh":
                target = re.match(r"\s*[\d.]*\s*[;,]?\s*url\s*=\s*['\"]?([^'\"]*)", content, re.I)
                if target:
                    found.is_redirect = True
                    add(LINK, "content", target.group(1))
            elif (attributes.get("property") or attributes.get("name") or "").lower() in URL_META:
                add(META, "content", content)
        elif tag == "style":
            for url in css_urls(node.text(deep=True) or ""):
                found.references.append(Reference(ASSET, url, f"<style>… url({url}) …"))
        elif tag == "script" and "json" in (attributes.get("type") or ""):
            try:
                value = json.loads(node.text(deep=True) or "")
                if attributes.get("type") == "application/ld+json":
                    found.data += list(strings(value))
            except ValueError as error:
                found.mistakes.append(f'<script type="{attributes["type"]}"> is no JSON: {error}')
    return found


def srcset(value):
    """The URLs of a srcset; commas can be parts of URLs, but not at their ends."""
    position = 0
    while True:
        match = re.compile(r"[\s,]*(\S+)").match(value, position)
        if not match:
            return
        url, position = match.group(1), match.end()
        if url.endswith(","):
            url = url.rstrip(",")
        else:
            comma = re.compile(r"[^,(]*(\([^)]*\)[^,(]*)*,?").match(value, position)
            position = comma.end()
        yield url


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            # The name of a thing is the address of its page with a fragment that needs not be there.
            yield from strings(item.partition("#")[0] if name == "@id" and isinstance(item, str) else item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def css(content):
    text = content.decode("utf-8", "replace")
    found = Document()
    found.references = [Reference(ASSET, url, f"url({url})") for url in css_urls(text)]
    return found


def css_urls(text, is_declarations=False):
    """The URLs of url() and @import, but those that only name a fragment of the page."""
    if "url" not in text and "@import" not in text:
        return []
    parsed = (
        tinycss2.parse_component_value_list(text, skip_comments=True)
        if is_declarations
        else tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    )
    return [url for url in token_urls(parsed) if url and not url.startswith("#")]


def token_urls(tokens):
    for token in tokens:
        if token.type == "url":
            yield token.value.strip()
        elif token.type == "function":
            if token.lower_name in ("url", "src"):
                yield from (part.value.strip() for part in token.arguments if part.type == "string")
            else:
                yield from token_urls(token.arguments)
        elif token.type == "at-rule":
            if token.lower_at_keyword == "import":
                yield from (part.value.strip() for part in token.prelude if part.type == "string")
            yield from token_urls(token.prelude)
            yield from token_urls(token.content or [])
        elif token.type == "qualified-rule":
            yield from token_urls(token.prelude)
            yield from token_urls(token.content)
        elif token.type in ("() block", "[] block", "{} block"):
            yield from token_urls(token.content)


def svg(content):
    found = Document()
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        found.mistakes.append(f"the SVG is no XML: {error}")
        return found
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname
        for name, value in element.attrib.items():
            local = etree.QName(name).localname
            if local == "id":
                found.ids.add(value)
            elif local == "href" and not value.startswith("#"):
                found.references.append(Reference(LINK if tag == "a" else ASSET, value, f'<{tag} href="{value}">'))
            elif local == "style":
                for url in css_urls(value, is_declarations=True):
                    found.references.append(Reference(ASSET, url, f'<{tag} style="… url({url}) …">'))
        if tag == "style":
            for url in css_urls(element.text or ""):
                found.references.append(Reference(ASSET, url, f"<style>… url({url}) …"))
    return found


def manifest(content):
    found = Document()
    try:
        value = json.loads(content)
    except ValueError as error:
        found.mistakes.append(f"the manifest is no JSON: {error}")
        return found
    if value.get("start_url"):
        found.references.append(Reference(LINK, value["start_url"], f'"start_url": "{value["start_url"]}"'))
    for key in ("icons", "screenshots"):
        for image in value.get(key, []):
            found.references.append(Reference(ASSET, image["src"], f'"src": "{image["src"]}"'))
    return found


READERS = {"html": html, "htm": html, "css": css, "svg": svg, "webmanifest": manifest}
