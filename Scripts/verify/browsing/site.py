"""The pages of a built site, and some of them in which every kind of page occurs."""

import re
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from published import base_url_of
from references import document, is_mail


class Site:
    """The files of an output folder and the server that they are read from."""

    def __init__(self, output, prefix, base_url=None):
        """`prefix` is the URL that the folder is served at, `base_url` the one that it was built for."""
        self.output = output
        self.prefix = prefix
        base_url = base_url or base_url_of(output)
        self.base_url = base_url and base_url.rstrip("/") + "/"

    def pages(self):
        """The HTML files, relative to the output, but for redirects, which nobody gets to see, and for mails."""
        paths = sorted(path for path in self.output.rglob("*") if path.is_file() and path.suffix == ".html")
        paths = [path for path in paths if not is_mail(path.name)]
        names = [path.relative_to(self.output).as_posix() for path in paths]
        return [name for name, path in zip(names, paths) if not document(name, path.read_bytes()).is_redirect]

    def url(self, page):
        return self.prefix + (page[: -len("index.html")] if re.search(r"(^|/)index\.html$", page) else page)

    def owns(self, url):
        return url.startswith(self.prefix)

    def file(self, url):
        """The file that is answered to a URL of the site, by either of its addresses; or nothing."""
        for prefix in filter(None, (self.prefix, self.base_url)):
            if url.startswith(prefix):
                path = unquote(re.split(r"[?#]", url[len(prefix) :])[0])
                file = self.output / (path + "index.html" if path == "" or path.endswith("/") else path)
                return file if file.is_file() else None
        return None

    def sample(self, pages):
        """Few pages in which all occurs that does in many: every shape of address, element, class and nesting.

        A kind of page that did not exist yesterday has an address or an element that no other has, and is in the
        sample without being named anywhere.
        """
        left = {page: features(page, (self.output / page).read_bytes()) for page in pages}
        everything = set().union(*left.values())
        chosen = []
        while everything:
            # Of pages that show as much, the one whose address comes first: the sample is the same every time.
            best = max(left, key=lambda page: (len(left[page] & everything), -pages.index(page)))
            everything -= left.pop(best)
            chosen.append(best)
        return sorted(chosen)


def shape(page):
    """The address of a page without the names that are its own: people/ann-shinn/index.html is people/*/."""
    folders = page.split("/")[:-1]
    if page.rsplit("/", 1)[-1] != "index.html":
        folders.append(page.rsplit("/", 1)[-1])
    known = {r"\d{4}": "year", r"\d{4}-w\d\d": "week", r"\d\d?": "number"}
    parts = []
    for depth, folder in enumerate(folders):
        name = next((name for pattern, name in known.items() if re.fullmatch(pattern, folder)), None)
        parts.append(name or (folder if depth == 0 else "*"))
    return "/".join(parts)


def features(page, content):
    """What there is on a page, as far as it tells kinds of page apart."""
    found = {("address", shape(page))}
    tree = LexborHTMLParser(content)
    for node in tree.root.traverse():
        classes = (node.attributes.get("class") or "").split()
        parent = node.parent.tag if node.parent else ""
        found.add(("nesting", parent, node.tag))
        found.update(("class", node.tag, name) for name in classes)
        found.update(("attribute", node.tag, name) for name in node.attributes)
    # A write-up with a still is another page than one without.
    found.add(("picture", shape(page), tree.css_first("main img") is not None))
    return found
