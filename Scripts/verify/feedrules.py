"""The rules of RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, and of content that stands on its own."""

import json
import re
from urllib.parse import urlsplit

import feedparser
from lxml import etree

import references
from dates import rfc822, rfc3339

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(;.*)?")


class FeedRules:
    """What all formats share: where problems are reported, and the URLs of the site."""

    def __init__(self, path, site, report):
        self.path = path
        self.site = site
        self.report = report
        self.place = path
        self.ids = set()

    def wrong(self, what):
        self.report.problem(self.place, what)

    def url(self, url, what):
        if url is None or url == "":
            return self.wrong(f"{what} is missing or empty")
        problem = self.site.problem(url)
        if problem:
            self.wrong(f"{what} {problem}")

    def self_url(self, url, what):
        if url != self.site.url(self.path):
            self.wrong(f"{what} is {url!r}, but the feed will be at {self.site.url(self.path)}")

    def identifier(self, text, what, title=None):
        """An id is an absolute URL that no other entry has, of this feed or another; it may be that of a page that has
        moved. Programs that follow several feeds of a site show one of two entries with one id."""
        parts = urlsplit(text or "")
        if not parts.scheme or not (parts.netloc or parts.path):
            self.wrong(f"{what} is no absolute URL: {text!r}")
        if text in self.ids:
            self.wrong(f"{what} is not unique: {text}")
        self.ids.add(text)
        if title is not None:
            path, other = self.site.entries.setdefault(text, (self.path, title))
            if other != title:
                self.wrong(f"{what} is that of {other!r} in {path}")

    def html(self, text, what):
        """HTML in a feed has no page that its addresses could be relative to."""
        for reference in references.document("content.html", (text or "").encode()).references:
            url = reference.url
            if re.match(r"(mailto|tel|sms|webcal):", url) or url.startswith("data:image/"):
                continue
            problem = self.site.problem(url)
            if problem:
                self.wrong(f"{what} has an address that {problem}: {reference.element}")
        if re.search(r"<(script|style|iframe|object|embed|form)\b", text or "", re.I):
            self.wrong(f"{what} holds elements that readers remove: {text[:80]!r}")

    def parsed(self, content, count):
        """feedparser, which reads feeds as readers do, finds nothing to mend and every entry."""
        # Cleaning the HTML takes most of the time and mends nothing of the feed; html() has looked at it.
        parsed = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
        if parsed.bozo:
            self.wrong(f"feedparser had to mend the feed: {parsed.get('bozo_exception')}")
        if len(parsed.entries) != count:
            self.wrong(f"feedparser finds {len(parsed.entries)} entries, not {count}")


def text(element, name):
    """The text of the only child called name; nothing when there is none."""
    child = element.find(name)
    return None if child is None else (child.text or "")


class RSS(FeedRules):
    def check(self, content, root):
        self.report.count("RSS feed")
        if root.get("version") != "2.0":
            self.wrong(f"the version is {root.get('version')!r}, not '2.0'")
        if len(root) != 1 or root[0].tag != "channel":
            return self.wrong("<rss> must hold one <channel> and nothing else")
        channel = root[0]
        for name in ("title", "link", "description"):
            self.once(channel, name, required=True)
        for name in ("language", "copyright", "lastBuildDate", "pubDate", "generator", "docs", "image", "ttl"):
            self.once(channel, name)
        self.url(text(channel, "link"), "the channel's link")
        if not text(channel, "title"):
            self.wrong("the channel's title is empty")
        if not LANGUAGE.fullmatch(text(channel, "language") or "en"):
            self.wrong(f"no language: {text(channel, 'language')!r}")
        self.date(channel, "lastBuildDate")
        self.date(channel, "pubDate")
        selves = [link for link in channel.findall(ATOM + "link") if link.get("rel") == "self"]
        if len(selves) == 1:
            self.self_url(selves[0].get("href"), "the atom:link to itself")
        else:
            self.wrong(f"{len(selves)} atom:links rel=self, not one")
        image = channel.find("image")
        if image is not None:
            for name in ("url", "title", "link"):
                self.once(image, name, required=True)
            self.url(text(image, "url"), "the image's url")
            if text(image, "link") != text(channel, "link"):
                self.wrong("the image's link is not the channel's")
        items = channel.findall("item")
        for item in items:
            self.place = f"{self.path}, item {text(item, 'guid') or text(item, 'link') or text(item, 'title')}"
            self.item(item)
        self.place = self.path
        self.parsed(content, len(items))

    def item(self, item):
        self.report.count("entry")
        for name in ("title", "link", "description", "guid", "pubDate", "comments", CONTENT + "encoded", "enclosure"):
            self.once(item, name)
        if not text(item, "title") and not text(item, "description"):
            self.wrong("an item needs a title or a description")
        self.url(text(item, "link"), "the link")
        guid = item.find("guid")
        if guid is None or not guid.text:
            self.wrong("the guid is missing or empty")
        else:
            self.identifier(guid.text, "the guid", text(item, "title"))
            if guid.get("isPermaLink", "true") == "true":
                self.url(guid.text, "the guid, as a permanent link,")
        if item.find("pubDate") is None:
            self.wrong("the pubDate is missing")
        self.date(item, "pubDate")
        if item.find("author") is not None and "@" not in text(item, "author"):
            self.wrong("an <author> is an e-mail address; names go in dc:creator")
        if any(not creator.text for creator in item.findall(DC + "creator")):
            self.wrong("an empty dc:creator")
        if any(not category.text for category in item.findall("category")):
            self.wrong("an empty category")
        if item.find("comments") is not None:
            self.url(text(item, "comments"), "the comments")
        for enclosure in item.findall("enclosure"):
            self.url(enclosure.get("url"), "the enclosure's url")
            if not re.fullmatch(r"\d+", enclosure.get("length", "")):
                self.wrong(f"the enclosure's length is {enclosure.get('length')!r}")
            if not MEDIA_TYPE.fullmatch(enclosure.get("type", "")):
                self.wrong(f"the enclosure's type is {enclosure.get('type')!r}")
        for media in item.iter(MEDIA + "content", MEDIA + "thumbnail"):
            self.url(media.get("url"), "the media:content's url")
        self.html(text(item, "description"), "the description")
        self.html(text(item, CONTENT + "encoded"), "the content")

    def once(self, element, name, required=False):
        count = len(element.findall(name))
        if count > 1 or (required and count == 0):
            self.wrong(f"{count} {etree.QName(name).localname} elements, not one")

    def date(self, element, name):
        if element.find(name) is not None and rfc822(text(element, name)) is None:
            self.wrong(f"the {name} is no RFC 822 date: {text(element, name)!r}")


class Atom(FeedRules):
    def check(self, content, root):
        self.report.count("Atom feed")
        for name in ("id", "title", "updated"):
            self.once(root, name, required=True)
        for name in ("subtitle", "rights", "icon", "logo", "generator"):
            self.once(root, name)
        self.identifier(text(root, ATOM + "id"), "the feed's id")
        self.ids.clear()
        if not text(root, ATOM + "title"):
            self.wrong("the feed's title is empty")
        updated = self.date(root, "updated")
        language = root.get("{http://www.w3.org/XML/1998/namespace}lang")
        if language is not None and not LANGUAGE.fullmatch(language):
            self.wrong(f"no language: {language!r}")
        selves = self.links(root, "self")
        if len(selves) == 1:
            self.self_url(selves[0].get("href"), "the link to itself")
        else:
            self.wrong(f"{len(selves)} links rel=self, not one")
        self.common(root)
        for name in ("icon", "logo"):
            if root.find(ATOM + name) is not None:
                self.url(text(root, ATOM + name), f"the {name}")
        entries = root.findall(ATOM + "entry")
        if root.find(ATOM + "author") is None and not entries:
            self.wrong("a feed without entries has no author")
        for entry in entries:
            self.place = f"{self.path}, entry {text(entry, ATOM + 'id')}"
            changed = self.entry(entry, root)
            if updated and changed and changed > updated:
                self.wrong("the entry changed after the whole feed did")
        self.place = self.path
        self.parsed(content, len(entries))

    def entry(self, entry, feed):
        self.report.count("entry")
        for name in ("id", "title", "updated"):
            self.once(entry, name, required=True)
        for name in ("published", "summary", "content", "rights"):
            self.once(entry, name)
        self.identifier(text(entry, ATOM + "id"), "the id", text(entry, ATOM + "title"))
        updated = self.date(entry, "updated")
        self.date(entry, "published")
        self.common(entry)
        if entry.find(ATOM + "author") is None and feed.find(ATOM + "author") is None:
            self.wrong("neither the entry nor the feed has an author")
        content = entry.find(ATOM + "content")
        if content is None and not self.links(entry, "alternate"):
            self.wrong("an entry without content needs a link rel=alternate")
        if content is not None:
            if content.get("src") is not None and entry.find(ATOM + "summary") is None:
                self.wrong("content that is elsewhere needs a summary")
            if content.get("type") == "html":
                self.html(content.text, "the content")
        for element in entry.findall(ATOM + "title") + entry.findall(ATOM + "summary"):
            if element.get("type") == "html":
                self.html(element.text, f"the {etree.QName(element).localname}")
        return updated

    def common(self, element):
        """Authors, links, categories and types, which feeds and entries have alike."""
        for person in element.findall(ATOM + "author") + element.findall(ATOM + "contributor"):
            if len(person.findall(ATOM + "name")) != 1 or not text(person, ATOM + "name"):
                self.wrong("an author needs one name")
            if person.find(ATOM + "uri") is not None:
                self.url(text(person, ATOM + "uri"), "the author's uri")
            if "@" not in (text(person, ATOM + "email") or "@"):
                self.wrong("an author's email is no e-mail address")
        alternates = set()
        for link in element.findall(ATOM + "link"):
            relation = link.get("rel", "alternate")
            self.url(link.get("href"), f"the link rel={relation}")
            if link.get("type") is not None and not MEDIA_TYPE.fullmatch(link.get("type")):
                self.wrong(f"a link's type is {link.get('type')!r}")
            if not re.fullmatch(r"\d*", link.get("length", "")):
                self.wrong(f"a link's length is {link.get('length')!r}")
            if relation == "alternate":
                kind = (link.get("type"), link.get("hreflang"))
                if kind in alternates:
                    self.wrong("two links rel=alternate of one type and language")
                alternates.add(kind)
        for category in element.findall(ATOM + "category"):
            if not category.get("term"):
                self.wrong("a category without a term")
        for name in ("title", "subtitle", "summary", "rights", "content"):
            for construct in element.findall(ATOM + name):
                kind = construct.get("type", "text")
                if kind in ("text", "html") and len(construct):
                    self.wrong(f"<{name} type={kind}> holds elements")
                if kind == "xhtml" and [child.tag for child in construct] != [XHTML + "div"]:
                    self.wrong(f"<{name} type=xhtml> must hold one div")

    def links(self, element, relation):
        return [link for link in element.findall(ATOM + "link") if link.get("rel", "alternate") == relation]

    def once(self, element, name, required=False):
        count = len(element.findall(ATOM + name))
        if count > 1 or (required and count == 0):
            self.wrong(f"{count} {name} elements, not one")

    def date(self, element, name):
        if element.find(ATOM + name) is None:
            return None
        date = rfc3339(text(element, ATOM + name))
        if date is None:
            self.wrong(f"{name} is no RFC 3339 date: {text(element, ATOM + name)!r}")
        return date


class JSONFeed(FeedRules):
    FEED = {
        "version": str, "title": str, "home_page_url": "url", "feed_url": str, "description": str,
        "user_comment": str, "next_url": "url", "icon": "url", "favicon": "url", "authors": list, "language": str,
        "expired": bool, "hubs": list, "items": list,
    }  # fmt: skip
    ITEM = {
        "id": str, "url": "url", "external_url": "url", "title": str, "content_html": str, "content_text": str,
        "summary": str, "image": "url", "banner_image": "url", "date_published": "date", "date_modified": "date",
        "authors": list, "tags": list, "language": str, "attachments": list,
    }  # fmt: skip
    AUTHOR = {"name": str, "url": "url", "avatar": "url"}
    ATTACHMENT = {"url": "url", "mime_type": str, "title": str, "size_in_bytes": int, "duration_in_seconds": int}

    def check(self, feed):
        self.report.count("JSON feed")
        if feed.get("version") != "https://jsonfeed.org/version/1.1":
            self.wrong(f"the version is {feed.get('version')!r}")
        self.members(feed, self.FEED, required=("version", "title", "items", "home_page_url", "feed_url"))
        self.self_url(feed.get("feed_url"), "feed_url")
        self.authors(feed)
        if not LANGUAGE.fullmatch(str(feed.get("language", "en"))):
            self.wrong(f"no language: {feed['language']!r}")
        items = feed.get("items")
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict):
                self.place = f"{self.path}, item {item.get('id')}"
                self.item(item)
            else:
                self.wrong(f"an item is no object: {item!r}")
        self.place = self.path

    def item(self, item):
        self.report.count("entry")
        self.members(item, self.ITEM, required=("id",))
        if isinstance(item.get("id"), str):
            self.identifier(item["id"], "the id", item.get("title"))
        if not isinstance(item.get("content_html"), str) and not isinstance(item.get("content_text"), str):
            self.wrong("an item needs content_html or content_text")
        if isinstance(item.get("content_html"), str):
            self.html(item["content_html"], "content_html")
        self.authors(item)
        tags = item.get("tags", [])
        if not isinstance(tags, list) or not all(isinstance(tag, str) and tag for tag in tags):
            self.wrong(f"tags are strings: {tags!r}")
        for attachment in item.get("attachments", []):
            self.members(attachment, self.ATTACHMENT, required=("url", "mime_type"))

    def authors(self, value):
        for author in value.get("authors", []):
            if not isinstance(author, dict) or not author:
                self.wrong(f"an author has a name, a url or an avatar: {author!r}")
            else:
                self.members(author, self.AUTHOR)

    def members(self, value, types, required=()):
        for name in required:
            if name not in value:
                self.wrong(f"{name} is missing")
        for name, member in value.items():
            kind = types.get(name)
            if kind is None:
                if not name.startswith("_"):
                    self.wrong(f"JSON Feed has no {name}")
            elif kind == "url":
                self.url(member if isinstance(member, str) else None, name)
            elif kind == "date":
                if not isinstance(member, str) or rfc3339(member) is None:
                    self.wrong(f"{name} is no RFC 3339 date: {member!r}")
            elif not isinstance(member, kind) or (kind is int and isinstance(member, bool)):
                self.wrong(f"{name} is no {kind.__name__}: {member!r}")
            elif kind is str and member == "" and name not in ("content_html", "content_text"):
                self.wrong(f"{name} is empty")


def json_feed(content):
    """The JSON Feed in a file; nothing when it is other JSON."""
    value = json.loads(content)
    if isinstance(value, dict) and str(value.get("version", "")).startswith("https://jsonfeed.org/version/"):
        return value
    return None
