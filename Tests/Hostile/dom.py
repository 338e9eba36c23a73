"""What two parsers that follow the HTML standard, lexbor and html5lib, make of a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import html5lib
from selectolax.lexbor import LexborHTMLParser

URL_ATTRIBUTES = set(
    "href src action formaction poster cite data background longdesc manifest ping xlink:href codebase classid "
    "profile usemap icon dynsrc lowsrc xml:base attributionsrc".split()
)
HARMLESS = {"http", "https", "mailto", "tel"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)

    @property
    def shape(self) -> tuple:
        return self.name, tuple(sorted(self.attributes))


def lexbor(page: str) -> list[Element]:
    elements = []

    def walk(node):
        if node.tag.startswith("-") or node.tag.startswith("!"):
            elements.append(Element(node.tag, {}))
        else:
            element = Element(node.tag.lower(), {k.lower(): v or "" for k, v in node.attributes.items()})
            elements.append(element)
            for child in node.iter(include_text=True):
                if child.tag == "-text":
                    element.text.append(child.text_content or "")
                else:
                    walk(child)

    walk(LexborHTMLParser(page).root)
    return elements


def standard(page: str) -> list[Element]:
    elements = []
    tree = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    for node in tree.iter():
        if not isinstance(node.tag, str):
            elements.append(Element("-comment", {}))
            continue
        name = node.tag.rsplit("}")[-1].lower()
        attributes = {}
        for key, value in node.attrib.items():
            space, _, key = key.rpartition("}")
            attributes["xlink:" + key if "xlink" in space else key.lower()] = value
        element = Element(name, attributes, [node.text or ""] + [child.tail or "" for child in node])
        elements.append(element)
    return elements


def shape(elements: list[Element]) -> list[tuple]:
    return [element.shape for element in elements]


def normal(text: str) -> str:
    """What any HTML parser makes of a text's characters: NUL is dropped in some places and replaced in others."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").replace("\ufffd", "")


def scheme(url: str) -> str | None:
    """The scheme of a URL as the URL standard reads it; None for a relative one."""
    url = re.sub(r"[\t\n\r]", "", url.strip("".join(map(chr, range(33)))))
    match = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*):", url)
    return match[1].lower() if match else None


def urls(element: Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attributes.items():
        if name in ("srcset", "imagesrcset"):
            for candidate in re.split(r"[,\s]+", value):
                yield name, candidate
        elif name in ("ping", "attributionsrc"):
            for candidate in value.split():
                yield name, candidate
        elif name in URL_ATTRIBUTES:
            yield name, value
        elif name == "content" and element.attributes.get("http-equiv", "").lower() == "refresh":
            match = re.match(r"[\s\d.]*[;,\s]*(?:url\s*=\s*)?['\"]?(.*)", value, re.I | re.S)
            yield name, match[1]


def dangers(elements: list[Element], allowed: frozenset[str] = frozenset(HARMLESS)) -> Iterator[str]:
    """What must be nowhere on a page: handlers of events, and addresses that run or hold code."""
    for element in elements:
        for name in element.attributes:
            if name.startswith("on") or name == "srcdoc":
                yield f"<{element.name} {name}>"
        for name, url in urls(element):
            found = scheme(url)
            if found is not None and found not in allowed:
                yield f"<{element.name} {name}={url[:80]!r}>"
