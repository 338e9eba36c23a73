#!/usr/bin/env python3
"""Checks what the pages of a built site say to machines.

    machines.py OUTPUT [--base-url URL]

The JSON files of api/ and oEmbed must have the shape that Documentation/api.schema.json describes, and lead to what is
there. JSON-LD (read by extruct, expanded by PyLD) must use the types and properties of schema.org as its vocabulary says, name
things that some page of the site tells of, and fit its page; microformats (read by mf2py) and Open Graph must say the
same as JSON-LD does. The site is the one that is put on a host.
"""

import contextlib
import io
import json
import re
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, urljoin

import extruct
import jsonschema
import mf2py
from lxml import html
from PIL import Image
from pyld import jsonld

import references
from published import run
from schemaorg import plain_problem, vocabulary

CONTEXT = "https://schema.org"
SCHEMA = Path(__file__).resolve().parent.parent.parent / "Documentation/api.schema.json"
# The definition of each file of api/ by its name; the others have the number of a year or a part.
FILES = {"index.json": "index", "terms.json": "terms", "weeks.json": "weeks", "ballots.json": "ballots"}
# What search engines ask of a thing before they show it.
NEEDED = {
    "Article": ("headline", "datePublished", "author", "publisher", "url", "isPartOf"),
    "VideoObject": ("name", "thumbnailUrl", "uploadDate"),
    "BreadcrumbList": ("itemListElement",),
    "ListItem": ("position",),
    "Person": ("name",),
    "Organization": ("name",),
    "Movie": ("name",),
    "TVSeries": ("name",),
    "CreativeWorkSeries": ("name", "url"),
    "WebSite": ("name", "url"),
}


class Machines:
    def __init__(self, site, report):
        self.site, self.report = site, report
        self.vocabulary = vocabulary()
        self.context = self._context()
        # Things that pages tell of, and those that they only name.
        self.told, self.named = set(), {}

    def _context(self):
        """schema.org's context as its vocabulary has it: what can only be an address or a thing is one."""
        terms = {"@vocab": "https://schema.org/"}
        for name in self.vocabulary.properties():
            if "str" not in self.vocabulary.everywhere(name) and "URL" in self.vocabulary.everywhere(name):
                terms[name] = {"@id": f"https://schema.org/{name}", "@type": "@id"}
        return {"@context": terms}

    def load(self, url, options):
        """The only document that PyLD gets: nothing is fetched."""
        if url.rstrip("/") != CONTEXT:
            raise ValueError(f"{url} is not schema.org")
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": self.context}

    def check(self):
        for file in sorted(self.site.output.rglob("*.html")):
            path = file.relative_to(self.site.output).as_posix()
            content = file.read_bytes()
            if references.is_mail(path):
                # A mail, which is read where nobody asks for any of this.
                self.report.count("mail")
                continue
            if not references.document(path, content).is_redirect and path != "404.html":
                Page(self, path, content.decode()).check()
        self.check_files()
        for name, pages in self.named.items():
            if name not in self.told:
                self.report.problem(pages[0], f"JSON-LD names what no page tells of: {name}")
        for what in ("Article", "Movie", "Person", "CreativeWorkSeries", "CollectionPage", "BreadcrumbList", "h-entry",
                     "h-feed", "h-card", "comment", "og:image", "link to oEmbed"):
            self.report.require(what, "the demo site has them")


    def check_files(self):
        """The JSON files for other programs."""
        schema = json.loads(SCHEMA.read_text())
        for name in unchecked_formats(schema):
            self.report.problem(SCHEMA.name, f"the format '{name}' is checked by nothing that is installed")
        named, found = set(), set()
        for file in sorted(self.site.output.rglob("*.json")):
            path = file.relative_to(self.site.output).as_posix()
            if not path.startswith("api/") and file.name != "oembed.json":
                continue
            kind = "oembed" if file.name == "oembed.json" else FILES.get(file.name)
            kind = kind or ("people" if path.startswith("api/people/") else "year")
            self.report.count(f"{kind} file")
            data = json.loads(file.read_bytes())
            validator = jsonschema.Draft202012Validator(
                {"$ref": f"#/$defs/{kind}", "$defs": schema["$defs"]}, format_checker=jsonschema.FormatChecker())
            for error in validator.iter_errors(data):
                self.report.problem(path, f"is not as api.schema.json says: {error.json_path}: {error.message[:200]}")
            for text in references.strings(data):
                if text.startswith(self.site.base_url):
                    if trouble := self.site.problem(text):
                        self.report.problem(path, trouble)
                    named.add(self.site.path(text))
            if kind != "oembed":
                found.add(path)
        for path in sorted(found - named - {"api/index.json"}):
            self.report.problem(path, "is named by no file of api/")
        for what in ("index", "year", "weeks", "ballots", "people", "terms", "oembed"):
            self.report.require(f"{what} file", "the demo site has them")


def unchecked_formats(schema):
    """The formats that the schema names and jsonschema passes over, for want of a package that knows them."""
    names = {part["format"] for part in parts(schema) if isinstance(part.get("format"), str)}
    return sorted(names - jsonschema.FormatChecker().checkers.keys())


def parts(value):
    """A value of JSON, and the mappings in it."""
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(child)


class Page:
    def __init__(self, machines, path, text):
        self.machines, self.site, self.report = machines, machines.site, machines.report
        self.path, self.text = path, text
        self.url = self.site.url(quote(path.removesuffix("index.html"), safe="/~"))
        self.tree = html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))

    def problem(self, what):
        self.report.problem(self.path, what)

    def check(self):
        self.report.count("page")
        self.formats = mf2py.parse(doc=self.text, url=self.url)
        with contextlib.redirect_stderr(io.StringIO()):
            try:
                found = extruct.extract(self.text, base_url=self.url, syntaxes=["json-ld", "opengraph"])
            except ValueError as error:
                return self.problem(f"extruct cannot read it: {error}")
        self.check_open_graph(found["opengraph"])
        for link in self.tree.xpath("//link[@type='application/json+oembed']/@href"):
            self.report.count("link to oEmbed")
            if urljoin(self.url, link) != self.url + "oembed.json":
                self.problem(f"leads to the oEmbed of another page: {link}")
        for entry in self.each(self.formats["items"], "h-entry"):
            self.check_entry(entry)
        self.report.count("h-feed", sum(1 for _ in self.each(self.formats["items"], "h-feed")))
        self.report.count("h-card", sum(1 for _ in self.each(self.formats["items"], "h-card")))
        if self.tree.xpath("//meta[@name='robots'][contains(@content, 'noindex')]") and not found["json-ld"]:
            return
        if len(found["json-ld"]) != 1:
            return self.problem(f"has {len(found['json-ld'])} scripts of JSON-LD, not one")
        self.check_data(found["json-ld"][0])

    # JSON-LD

    def check_data(self, data):
        if data.get("@context") != CONTEXT or not isinstance(data.get("@graph"), list):
            return self.problem("JSON-LD is no graph in the words of https://schema.org")
        try:
            quads = jsonld.to_rdf(data, {"documentLoader": self.machines.load, "base": self.url})
        except jsonld.JsonLdError as error:
            return self.problem(f"PyLD does not understand the JSON-LD: {error}")
        self.report.count("statement", len(quads.get("@default", [])))
        for node in data["@graph"]:
            self.check_thing(node)
        kinds = {node.get("@type"): node for node in data["@graph"]}
        if "Article" in kinds and "/" in self.path:
            own = kinds["Article"]
            if own.get("url") == self.url:
                self.check_article(own)
        for kind in ("ProfilePage", "CollectionPage", "WebPage"):
            if kind in kinds and kinds[kind].get("url") != self.url:
                self.problem(f"JSON-LD's {kind} is another page: {kinds[kind].get('url')}")
        if "ProfilePage" in kinds:
            self.check_profile(kinds["ProfilePage"]["mainEntity"])
        if "BreadcrumbList" in kinds:
            self.check_trail(kinds["BreadcrumbList"])

    def check_thing(self, node):
        vocabulary = self.machines.vocabulary
        kind = node.get("@type")
        if kind is None:
            if set(node) != {"@id"}:
                return self.problem(f"JSON-LD has a thing without a type: {', '.join(node)}")
            self.machines.named.setdefault(node["@id"], []).append(self.path)
            return
        if not vocabulary.is_type(kind):
            return self.problem(f"schema.org has no type {kind}")
        self.report.count(kind)
        if "@id" in node:
            self.machines.told.add(node["@id"])
        for name in NEEDED.get(kind, ()):
            if name not in node:
                self.problem(f"JSON-LD lacks {name} of a {kind}")
        for name, value in node.items():
            if name.startswith("@"):
                continue
            if not vocabulary.is_property(name):
                self.problem(f"schema.org has no property {name}")
                continue
            allowed = vocabulary.range(kind, name)
            # A role stands between a thing and what has it, with the property on both sides.
            if kind == "Role" and not allowed:
                allowed = vocabulary.everywhere(name)
            if not allowed:
                self.problem(f"in schema.org a {kind} has no {name}")
                continue
            for item in value if isinstance(value, list) else [value]:
                self.check_value(kind, name, item, allowed)

    def check_value(self, kind, name, item, allowed):
        if not isinstance(item, dict):
            trouble = plain_problem(item, allowed)
            if trouble:
                self.problem(f"{name} of a {kind} {trouble}")
            return
        self.check_thing(item)
        other = item.get("@type")
        if other == "Role" and name not in item:
            self.problem(f"the Role in {name} of a {kind} does not say whose it is")
        if other and other != "Role" and not any(self.machines.vocabulary.is_kind_of(other, one) for one in allowed):
            self.problem(f"{name} of a {kind} is no {other}")

    def check_trail(self, trail):
        steps = trail["itemListElement"]
        steps = steps if isinstance(steps, list) else [steps]
        if [step.get("position") for step in steps] != list(range(1, len(steps) + 1)):
            self.problem("the positions of the BreadcrumbList are not 1, 2, 3 …")
        if steps[-1].get("item") != self.url:
            self.problem(f"the BreadcrumbList does not end at the page, but at {steps[-1].get('item')}")

    # JSON-LD and microformats

    def each(self, items, kind, seen=None):
        """Every item of a kind, at any depth."""
        for item in items:
            if kind in item["type"]:
                yield item
            inner = item.get("children", []) + [
                value for values in item["properties"].values() for value in values
                if isinstance(value, dict) and "type" in value
            ]
            yield from self.each(inner, kind)

    def check_entry(self, entry):
        self.report.count("h-entry")
        properties = entry["properties"]
        for name in ("name", "url", "published"):
            if len(properties.get(name, [])) != 1:
                self.problem(f"an h-entry has {len(properties.get(name, []))} of {name}, not one")
        for when in properties.get("published", []):
            if not moment(when):
                self.problem(f"an h-entry was published at no moment with a zone: {when!r}")

    def check_article(self, article):
        entries = [entry for entry in self.each(self.formats["items"], "h-entry")
                   if entry["properties"].get("url") == [self.url]]
        if len(entries) != 1:
            return self.problem(f"has {len(entries)} h-entries of its own address, not one")
        properties = entries[0]["properties"]
        for name in ("author", "content"):
            if name not in properties:
                self.problem(f"the h-entry lacks {name}")
        if [moment(when) for when in properties.get("published", [])] != [moment(article["datePublished"])]:
            self.problem(f"was published {article['datePublished']} in JSON-LD, {properties.get('published')} in the h-entry")
        if "summary" in properties and properties["summary"] != [" ".join(article["description"].split())]:
            self.problem("JSON-LD and the h-entry do not sum it up in the same words")
        comments = [comment for comment in self.each([entries[0]], "h-cite")]
        self.report.count("comment", len(comments))
        if len(comments) != article.get("commentCount", 0):
            self.problem(f"has {article.get('commentCount', 0)} comments in JSON-LD, {len(comments)} in microformats")
        for comment in comments:
            for name in ("content", "url"):
                if name not in comment["properties"]:
                    self.problem(f"an h-cite of a comment lacks {name}")

    def check_profile(self, person):
        cards = [card for card in self.formats["items"] if "h-card" in card["type"]]
        own = [card for card in cards if self.url in card["properties"].get("url", [])]
        if len(own) != 1:
            return self.problem(f"has {len(own)} h-cards of its own address, not one")
        if own[0]["properties"].get("name") != [person["name"]]:
            self.problem(f"is of {person['name']} in JSON-LD, of {own[0]['properties'].get('name')} in the h-card")

    # Open Graph

    def check_open_graph(self, found):
        said = {}
        for item in found:
            for name, value in item["properties"]:
                said.setdefault(name, []).append(value)
        for name in ("og:title", "og:type", "og:url"):
            if len(said.get(name, [])) != 1 and not (name == "og:url" and "404" in self.path):
                self.problem(f"has {len(said.get(name, []))} of {name}, not one")
        title = self.tree.findtext(".//title")
        if said.get("og:title") != [title]:
            self.problem(f"og:title is {said.get('og:title')}, and the title {title!r}")
        if said.get("og:url", [self.url]) != [self.url]:
            self.problem(f"og:url is {said['og:url']}")
        card = self.tree.xpath("//meta[@name='twitter:card']/@content")
        if card not in (["summary"], ["summary_large_image"]):
            self.problem(f"twitter:card is {card}")
        for picture in said.get("og:image", []):
            self.check_picture(picture, said)
        self.report.count("og:image", len(said.get("og:image", [])))

    def check_picture(self, picture, said):
        trouble = self.site.problem(picture)
        if trouble:
            return self.problem(f"og:image {trouble}")
        if not said.get("og:image:alt", [""])[0]:
            self.problem("og:image has no words for those who cannot see it")
        if self.site.owns(picture) and "og:image:width" in said:
            with Image.open(self.site.output / self.site.path(picture)) as image:
                size = tuple(int(said.get(f"og:image:{side}", ["0"])[0]) for side in ("width", "height"))
                if image.size != size:
                    self.problem(f"og:image is {image.size[0]} by {image.size[1]}, not {size[0]} by {size[1]}")


def moment(text):
    """An instant, of which mf2py writes the zone without its colon; or nothing."""
    with contextlib.suppress(ValueError):
        found = datetime.fromisoformat(re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", text.replace("Z", "+00:00")))
        return found if found.tzinfo else None
    return None


def main(arguments=None):
    return run("machines", __doc__, lambda site, report: Machines(site, report).check(), arguments)


if __name__ == "__main__":
    sys.exit(main())
