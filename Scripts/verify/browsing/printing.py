"""The page prints to readable A4: all that is read of it, dark on white, on no empty sheet, and nothing cut off."""

import re
import unicodedata
from bisect import bisect

import pypdfium2

# 210 mm at CSS's 96 px an inch, and the margin that browsers print with unless the page says another.
SHEET_WIDTH = 210 / 25.4 * 96
BROWSERS_MARGIN = 10 / 25.4 * 96
BODY_POINTS = 9
# From so many characters on, a text is part of the body and no label.
BODY_LENGTH = 80


def examine(visit, report):
    """Prints the page as from a browser that prefers dark pages, which is the harder case."""
    page = visit.page
    on_screen = visit.run("printed", BODY_LENGTH)["blocks"]
    page.emulate_media(media="print", color_scheme="dark")
    asked = visit.run("printed", BODY_LENGTH)
    left, right = (BROWSERS_MARGIN if asked[side] is None else asked[side] for side in ("left", "right"))
    width = int(SHEET_WIDTH - left - right)
    page.set_viewport_size({"width": width, "height": 1000})
    laid_out = visit.run("reflow", width)
    if laid_out["width"] > width:
        inner = f": {'; '.join(laid_out['outside'][:3])}" if laid_out["outside"] else ""
        report.problem(f"{visit.path}: {laid_out['width']} px in {width}{inner}", "is wider than the sheet")
    in_print = visit.run("printed", BODY_LENGTH)["blocks"]
    page.emulate_media(media="null", color_scheme="dark")
    margins = dict.fromkeys(("top", "right", "bottom", "left"), f"{BROWSERS_MARGIN}px")
    pdf = page.pdf(format="A4", prefer_css_page_size=True, print_background=True, margin=margins)
    document = pypdfium2.PdfDocument(pdf)
    report.count("page")
    report.count("sheet", len(document))
    printed = sheets(visit, report, document)

    # What the reader of the screen reads is printed, and so is all that the style of print shows.
    wanted = {block["text"]: block for block in [block for block in on_screen if block["isBody"]] + in_print}
    report.count("text", len(wanted))
    for text, block in wanted.items():
        if not holds(printed, text):
            report.problem(f"{visit.path}: {block['element']} “{text[:60]}”", "is not printed")
    for block in in_print:
        if block["isBody"] and block["points"] < BODY_POINTS - 0.01:
            report.problem(
                f"{visit.path}: {block['element']} “{block['text'][:60]}”: {block['points']:.1f} points",
                f"is printed smaller than {BODY_POINTS} points",
            )
    # What there is to do on a page, such as searching, is not for paper.
    if not wanted and not page.query_selector("main form"):
        report.problem(visit.path, "has no text to print")


def sheets(visit, report, document):
    """Looks at each sheet; returns the text of all of them, bare."""
    printed = ""
    for number, sheet in enumerate(document, 1):
        where = f"{visit.path}, sheet {number}"
        width, height = sheet.get_size()
        if abs(width - 595) > 2 or abs(height - 842) > 2:
            report.problem(f"{where}: {width:.0f} × {height:.0f} points", "is no A4")
        printed += bare(sheet.get_textpage().get_text_bounded())
        pixels = sheet.render(scale=0.5, grayscale=True).to_pil()
        histogram = pixels.histogram()
        dark, total = sum(histogram[:128]), sum(histogram)
        if histogram[255] == total:
            report.problem(where, "is empty")
        # A still is dark, and printed; a ground is dark where nothing is.
        if sum(histogram[200:]) < total / 2:
            report.problem(f"{where}: {dark / total:.0%} of it", "is printed dark")
    return printed


def holds(printed, text):
    """Whether the sheets show the text, which the end of a sheet or of a column may tear apart."""
    rest = bare(text)
    # The letters of a word stand in a PDF from left to right, whichever way they are read.
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in rest):
        return all(word in printed or word[::-1] in printed for word in map(bare, text.split()))
    for _ in range(3):
        rest = rest[bisect(range(1, len(rest) + 1), False, key=lambda length: rest[:length] not in printed) :]
        if not rest:
            return True
    return False


def bare(text):
    """Letters and digits alone: spaces, hyphens at ends of lines, ligatures and capitals are the printing's own."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKD", text).casefold())
