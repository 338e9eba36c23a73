"""A built site and the URLs that it will have."""

import argparse
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import references
from report import Report


class PublishedSite:
    def __init__(self, output, base_url):
        self.output = output
        self.base_url = base_url.rstrip("/") + "/"
        # The feed and the title of every entry that a feed has, by its id.
        self.entries = {}
        self._known = {}

    def url(self, path):
        """The URL of a file of the output."""
        return self.base_url + path

    def owns(self, url):
        return (url + "/").startswith(self.base_url)

    def path(self, url):
        """The file that a URL of the site names, relative to the output."""
        path = unquote(urlsplit(url).path)[len(urlsplit(self.base_url).path):]
        return path + "index.html" if path == "" or path.endswith("/") else path

    def problem(self, url, fragment=True):
        """What is wrong with a URL that has to be absolute, and to exist if it is the site's; or nothing."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return f"is no absolute URL: {url!r}"
        if any(character <= " " or character >= "\x7f" or character in '<>"\\^`{|}' for character in url):
            return f"holds characters that a URL cannot: {url!r}"
        if not self.owns(url):
            return None
        if url not in self._known:
            self._known[url] = self._own_problem(url, parts.fragment if fragment else "")
        return self._known[url]

    def _own_problem(self, url, fragment):
        path = self.path(url)
        file = self.output / path
        if not file.is_file():
            return f"does not exist in the output: {url}"
        if fragment and path.endswith((".html", ".htm")):
            if unquote(fragment) not in references.document(path, file.read_bytes()).ids:
                return f"names a part of a page that is not there: {url}"
        return None


def base_url_of(output):
    """The site's URL: where robots.txt says that the sitemap is."""
    robots = output / "robots.txt"
    text = robots.read_text("utf-8", "replace") if robots.is_file() else ""
    match = re.search(r"^sitemap:\s*(https?://\S+/)sitemap\.xml\s*$", text, re.I | re.M)
    return match and match[1]


def run(name, documentation, check, arguments=None):
    """The command line of a check of a whole site: has `check` look at it and fill a report, and gives the exit status."""
    parser = argparse.ArgumentParser(description=documentation.split("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("--base-url", help="the URL that the site was built for")
    options = parser.parse_args(arguments)
    output = options.output.resolve()
    report = Report(name)
    base_url = options.base_url or base_url_of(output)
    if base_url:
        check(PublishedSite(output, base_url), report)
    else:
        report.problem("robots.txt", "names no sitemap.xml, so that the site's URL is not known; give --base-url")
    return report.finish()
