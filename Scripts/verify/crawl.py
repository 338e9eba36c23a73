#!/usr/bin/env python3
"""Follows every link of a built site, from disk and served, at a host's root and in a folder.

    crawl.py OUTPUT [--as disk|root|folder …] [--base-url URL]

Every link, asset and #fragment must resolve inside the site; nothing may be root-absolute, and nothing that
a page loads may come from another host (links to other hosts are not followed). What pages say of themselves in
absolute URLs (canonical addresses, previews, JSON-LD) must exist as well; the site's URL is taken from robots.txt
unless it is given. Only 404.html, which is shown at any address, may link to the site by absolute URLs. HTML files
that no page links to are reported too; 404.html and redirects may be such.
"""

import argparse
import http.client
import re
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from published import base_url_of
from references import ASSET, LINK, META, document, has_references
from report import Report
from server import SiteServer


class Fetched:
    """An answer: the file's bytes when it can refer to others, or why there is none."""

    def __init__(self, content=None, path=None, failure=None):
        self.content = content
        self.path = path
        self.failure = failure


class Disk:
    """The site as files that a browser opens."""

    name = "from disk"

    def __init__(self, output):
        self.output = output
        self.prefix = output.as_uri() + "/"

    def fetch(self, url):
        path = unquote(urlsplit(url).path)
        file = Path(path)
        if path.endswith("/") or file.is_dir():
            return Fetched(failure="names a folder; opened from disk, a link must name its index.html")
        if not file.is_file():
            return Fetched(failure="does not exist")
        # A path that differs in case exists on some systems only; file systems here mind the case.
        inside = file.relative_to(self.output).as_posix()
        return Fetched(file.read_bytes() if has_references(inside) else b"", inside)

    def close(self):
        pass


class Served:
    """The site on a host of its own, or below a folder of one."""

    def __init__(self, output, folder):
        self.name = f"served at {folder}"
        self.output = output
        self.server = SiteServer(output, folder)
        self.host = self.server.host
        self.folder = folder
        self.prefix = self.server.prefix
        self.connections = threading.local()

    def fetch(self, url):
        parts = urlsplit(url)
        target = quote(parts.path, safe="/%:@!$&'()*+,;=~") + (f"?{quote(parts.query, safe='/%:@!$&()*+,;=~?')}" if parts.query else "")
        path = unquote(parts.path)[len(self.folder):]
        if path.endswith("/") or path == "":
            path += "index.html"
        method = "GET" if has_references(path) else "HEAD"
        connection = getattr(self.connections, "connection", None)
        if connection is None:
            connection = self.connections.connection = http.client.HTTPConnection(self.host, timeout=20)
        try:
            connection.request(method, target)
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            return Fetched(failure=f"cannot be fetched: {error}")
        if response.status in (301, 302, 307, 308):
            return Fetched(failure="names a folder without its last /, which costs a redirect")
        if response.status != 200:
            return Fetched(failure=f"is answered with {response.status}")
        return Fetched(content, path)

    def close(self):
        self.server.close()


def crawl(world, output, base_url, report):
    pages = sorted(
        path.relative_to(output).as_posix()
        for path in output.rglob("*")
        if path.is_file() and path.suffix.lower() in (".html", ".htm")
    )
    if "index.html" not in pages:
        report.problem("the output", "there is no index.html to start at")
        return

    def page_name(path):
        """A URL of the page as links would say it."""
        url = world.prefix + quote(path)
        if isinstance(world, Served) and (path == "index.html" or path.endswith("/index.html")):
            url = url[: -len("index.html")]
        return url

    fetched = {}
    fragments = {}
    linked = set()
    pool = ThreadPoolExecutor(8)

    def follow(starts):
        waiting = list(starts)
        while waiting:
            found = []
            for url, answer in zip(waiting, pool.map(world.fetch, waiting)):
                fetched[url] = answer
                if answer.failure is None:
                    found += examine(url, answer)
            waiting = list(dict.fromkeys(url for url in found if url not in fetched))

    def examine(url, answer):
        """Checks what can be told from the references alone; returns the addresses to fetch."""
        if answer.path in linked:
            # A folder's index.html has two addresses, from which everything else is the same.
            return []
        report.count("page" if answer.path.lower().endswith((".html", ".htm")) else "other file")
        linked.add(answer.path)
        content = document(answer.path, answer.content)
        for mistake in content.mistakes:
            report.problem(answer.path, mistake)
        if base_url:
            for text in content.data:
                if text.startswith(base_url):
                    check_own(answer.path, text, f"JSON-LD: {text}")
        base = urljoin(url, content.base) if content.base else url
        following = []
        for reference in content.references:
            target = resolve(reference, base, answer.path)
            if target is None:
                continue
            report.count("link")
            address, _, fragment = target.partition("#")
            following.append(address)
            fragments.setdefault(address, []).append((unquote(fragment), answer.path, reference))
        return following

    def resolve(reference, base, page):
        """The absolute URL of a reference to this site; nothing when it is another's or wrong already."""
        url, kind, shown = reference.url, reference.kind, reference.element
        if url == "":
            if kind == ASSET or "action" in shown:
                report.problem(page, f"an empty address: {shown}")
            return None
        if url.startswith("//"):
            report.problem(page, f"an address without a scheme cannot be opened from disk: {shown}")
            return None
        scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", url)
        if scheme:
            scheme = scheme.group(1).lower()
            if scheme in ("http", "https"):
                if base_url and (url + "/").startswith(base_url):
                    if kind != META and page != "404.html":
                        report.problem(page, f"a link to the site itself must be relative: {shown}")
                    check_own(page, url, shown)
                elif kind == ASSET:
                    report.problem(page, f"is loaded from another host: {shown}")
                else:
                    report.count("external link")
            elif scheme == "data" and kind == ASSET:
                pass
            elif scheme in ("mailto", "tel", "sms", "webcal") and kind != ASSET:
                report.count("external link")
            else:
                report.problem(page, f"an address that cannot be followed: {shown}")
            return None
        if url.startswith("/"):
            report.problem(page, f"a root-absolute address only works at a host's root: {shown}")
            return None
        target = urljoin(base, url)
        if not (target.split("#")[0].split("?")[0] + "/").startswith(world.prefix):
            report.problem(page, f"leads out of the site: {shown}")
            return None
        return target

    own = {}

    def check_own(page, url, shown):
        """An absolute URL of the site names a file of the output, whatever the world."""
        report.count("absolute URL")
        path = unquote(urlsplit(url).path)[len(urlsplit(base_url).path):]
        if path not in own:
            own[path] = (output / (path + "index.html" if path == "" or path.endswith("/") else path)).is_file()
        if not own[path]:
            report.problem(page, f"does not exist: {shown}")

    try:
        follow([page_name("index.html")])
        orphans = [page for page in pages if page not in linked]
        # What nobody links to can still be wrong.
        follow([page_name(page) for page in orphans if page_name(page) not in fetched])
    finally:
        pool.shutdown()

    for address, places in fragments.items():
        answer = fetched[address]
        if answer.failure is not None:
            for _, page, reference in places:
                report.problem(page, f"{answer.failure}: {reference.element}")
            continue
        if not answer.path.lower().endswith((".html", ".htm", ".svg")):
            continue
        ids = document(answer.path, answer.content).ids
        for fragment, page, reference in places:
            name = fragment.split(":~:")[0]
            if name and name.lower() != "top":
                report.count("fragment")
                if name not in ids:
                    report.problem(page, f"no element of {answer.path} has the id '{name}': {reference.element}")

    for page in orphans:
        content = document(page, (output / page).read_bytes())
        if page != "404.html" and not content.is_redirect:
            report.problem(page, "no page links to this one")
    report.require("link", "the front page leads nowhere")


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("--as", dest="worlds", action="append", choices=["disk", "root", "folder"])
    parser.add_argument("--base-url", help="the URL that the site was built for")
    options = parser.parse_args(arguments)
    output = options.output.resolve()
    base_url = options.base_url or base_url_of(output)
    base_url = base_url and base_url.rstrip("/") + "/"

    status = 0
    for name in options.worlds or ["disk", "root", "folder"]:
        world = Disk(output) if name == "disk" else Served(output, "/" if name == "root" else "/a/b/")
        report = Report(f"crawl {output.name} {world.name}")
        try:
            crawl(world, output, base_url, report)
        finally:
            world.close()
        status |= report.finish()
    return status


if __name__ == "__main__":
    sys.exit(main())
