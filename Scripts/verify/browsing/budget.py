"""The page is small: what has to arrive before the first window is painted, and all of its scripts.

Before the fold means: the HTML from its first byte to the last element or text, in the order of the document, of which
anything is seen in a window of 390×844 or 1440×900 px; what stands in between counts though it is not seen, a paragraph
or picture that is cut by the fold counts whole. To this comes every style sheet, whole, whose media apply and whatever
else holds up the first painting. Each file is compressed by itself, as hosts do, by gzip at its default level.
Scripts count as they are, uncompressed: each that the page asks for while it is loaded and scrolled, and those in it.
"""

import gzip
from pathlib import Path

FOLD_BYTES = 14 * 1024
SCRIPT_BYTES = 10 * 1024


def fold(visit, report):
    """Has to come first: the window stands at the top of the page, and nothing in it was opened."""
    found = visit.run("fold")
    report.count("page")
    parts = {"HTML": found["html"].encode()}
    for url in found["blocking"]:
        file = visit.site.file(url)
        if file is None:
            report.problem(str(visit), f"waits for what is not in the output: {url}")
        else:
            parts[file.name] = file.read_bytes()
    sizes = {name: len(gzip.compress(content, 6)) for name, content in parts.items()}
    total = sum(sizes.values())
    report.most("bytes before the fold", total, visit.path)
    if total > FOLD_BYTES:
        each = ", ".join(f"{name} {size:,}" for name, size in sizes.items())
        report.problem(
            f"{visit}: {total:,} bytes ({each})", f"takes more than {FOLD_BYTES:,} bytes, compressed, up to the fold"
        )


def scripts(visit, report):
    report.count("page")
    files = {}
    for purpose, url in visit.asked:
        file = visit.site.file(url)
        if file is None or purpose != "script" and Path(file).suffix not in (".js", ".mjs", ".wasm"):
            continue
        # The parts of a search index are data: a page on disk may load nothing but scripts, so each is one call.
        if not file.read_bytes().startswith(b'sitegenSearch("'):
            files[file.name] = file.stat().st_size
    inline = sum(len(text.encode()) for text in visit.run("scripts"))
    total = sum(files.values()) + inline
    report.most("bytes of JavaScript", total, visit.path)
    if total > SCRIPT_BYTES:
        each = ", ".join([f"{name} {size:,}" for name, size in files.items()] + [f"in the page {inline:,}"])
        report.problem(f"{visit}: {total:,} bytes ({each})", f"has more than {SCRIPT_BYTES:,} bytes of JavaScript")
