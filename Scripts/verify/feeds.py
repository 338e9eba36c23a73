#!/usr/bin/env python3
"""Checks what a built site says to machines: feeds, sitemaps, robots.txt, calendars.

    feeds.py OUTPUT [--base-url URL]

RSS, Atom and JSON feeds must follow their specifications and be read by feedparser without mending; every URL in
them must be absolute, and exist if it is the site's. The sitemap must follow its schema and list every page that
may be found. The site's URL is taken from robots.txt unless it is given.
"""

import re
import sys

from lxml import etree

import feedrules
import references
from calendarrules import check_calendar
from published import run
from sitemaprules import SITEMAP, check_coverage, check_robots, check_sitemap


def check(site, report):
    listed = set()
    pages = []
    for file in sorted(file for file in site.output.rglob("*") if file.is_file()):
        path = file.relative_to(site.output).as_posix()
        suffix = file.suffix.lower()
        if suffix in (".xml", ".rss", ".atom"):
            check_xml(path, file.read_bytes(), site, report, listed)
        elif suffix == ".json":
            check_json(path, file.read_bytes(), site, report)
        elif suffix == ".ics":
            check_calendar(path, file.read_bytes(), site, report)
        elif suffix in (".html", ".htm"):
            content = file.read_bytes()
            hidden = re.search(rb"<meta[^>]*name=.?robots[^>]*noindex", content)
            if path != "404.html" and not hidden and not references.document(path, content).is_redirect:
                pages.append(path)
    robots = site.output / "robots.txt"
    if robots.is_file():
        check_robots(robots, site, report)
    check_coverage(site, report, listed, pages)
    for what in ("RSS feed", "Atom feed", "JSON feed", "entry", "sitemap", "sitemap URL", "robots.txt"):
        report.require(what, "a site with a URL has them")


def check_xml(path, content, site, report, listed):
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        return report.problem(path, f"is not well-formed: {error}")
    if root.tag == "rss":
        feedrules.RSS(path, site, report).check(content, root)
    elif root.tag == feedrules.ATOM + "feed":
        feedrules.Atom(path, site, report).check(content, root)
    elif root.tag in (SITEMAP + "urlset", SITEMAP + "sitemapindex"):
        check_sitemap(path, root, content, site, report, listed)
    else:
        report.count("other XML file")


def check_json(path, content, site, report):
    try:
        feed = feedrules.json_feed(content)
    except ValueError as error:
        return report.problem(path, f"is no JSON: {error}")
    if feed is None:
        report.count("other JSON file")
    else:
        feedrules.JSONFeed(path, site, report).check(feed)


def main(arguments=None):
    return run("feeds", __doc__, check, arguments)


if __name__ == "__main__":
    sys.exit(main())
