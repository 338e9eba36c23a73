"""The rules of sitemaps and of robots.txt (RFC 9309)."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "sitemap.xsd"))
FIELDS = {"user-agent", "allow", "disallow", "sitemap", "crawl-delay"}


def check_sitemap(path, root, content, site, report, listed):
    """Checks one file and adds the URLs of pages to `listed`."""
    report.count("sitemap")
    if len(content) > 50 * 1024 * 1024:
        report.problem(path, f"{len(content):,} bytes are more than 50 MB")
    if not SCHEMA.validate(root):
        for error in list(SCHEMA.error_log)[:5]:
            report.problem(f"{path}:{error.line}", f"the schema says: {error.message}")
    for location in root.iter(SITEMAP + "loc"):
        url = location.text or ""
        if root.tag == SITEMAP + "urlset":
            report.count("sitemap URL")
            if url in listed:
                report.problem(path, f"is listed twice: {url}")
            listed.add(url)
        if not site.owns(url):
            report.problem(path, f"is not a URL of {site.base_url}: {url}")
        else:
            problem = site.problem(url)
            if problem:
                report.problem(path, problem)
            if urlsplit(url).fragment:
                report.problem(path, f"a sitemap lists pages, not parts of them: {url}")


def check_robots(file, site, report):
    report.count("robots.txt")
    try:
        lines = file.read_bytes().decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        return report.problem("robots.txt", f"is no UTF-8: {error}")
    in_group = False
    sitemaps = []
    agents = []
    for number, line in enumerate(lines, 1):
        place = f"robots.txt:{number}"
        line = line.split("#")[0].strip()
        if not line:
            continue
        match = re.fullmatch(r"([A-Za-z-]+)\s*:\s*(.*)", line)
        if not match or match[1].lower() not in FIELDS:
            report.problem(place, f"no robots.txt field: {line}")
            continue
        name, value = match[1].lower(), match[2]
        if name == "user-agent":
            in_group = True
            agents.append(value)
        elif name == "sitemap":
            sitemaps.append(value)
            problem = site.problem(value)
            if problem:
                report.problem(place, f"the sitemap {problem}")
        else:
            if not in_group:
                report.problem(place, f"a rule before any User-agent: {line}")
            if name == "disallow" and value == "/":
                report.problem(place, "the whole site is closed to crawlers")
            if value and not value.startswith(("/", "*")):
                report.problem(place, f"a rule's path begins with /: {line}")
    if "*" not in agents:
        report.problem("robots.txt", "no group is for every crawler (User-agent: *)")
    if not sitemaps:
        report.problem("robots.txt", "names no sitemap")


def check_coverage(site, report, listed, pages):
    """Every page that may be found is in the sitemap."""
    paths = {site.path(url) for url in listed if site.owns(url)}
    for path in pages:
        if path not in paths:
            report.problem("sitemap.xml", f"does not list {path}, which is neither noindex nor a redirect")
