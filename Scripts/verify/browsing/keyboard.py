"""Everything that can be followed or used is reached by the Tab key, in the order of the page, and seen to be."""

import io

from PIL import Image, ImageChops

# How far around an element its mark of focus is looked for, in pixels.
MARGIN = 6


def examine(visit, report, seen_kinds):
    """Walks through the page by Tab. `seen_kinds` are the kinds of element whose focus was looked at pixel by pixel on
    another page, in the same circumstances; new ones are added."""
    # Where the focus goes, the window follows at once.
    visit.page.emulate_media(reduced_motion="reduce")
    to_start(visit)
    expected = visit.run("focusable")
    page = visit.page
    report.count("page")
    reached = []
    for _ in range(len(expected) + 50):
        page.keyboard.press("Tab")
        focus = visit.run("focused")
        if focus is None:
            break
        report.count("stop")
        if not reached:
            skip(visit, report, focus)
        if focus["index"] in reached and focus["index"] >= 0:
            # From the end of a page, some browsers go on at its start.
            if focus["index"] == 0 and len(expected) - 1 in reached:
                break
            report.problem(f"{visit}: {focus['element']}", "the Tab key comes back to where it was and never leaves")
            break
        reached.append(focus["index"])
        look(visit, report, focus, seen_kinds)
    else:
        report.problem(f"{visit}: after {len(reached)} stops", "the Tab key does not get to the end of the page")
    for index, element in enumerate(expected):
        if index not in reached:
            report.problem(f"{visit}: {element}", "is not reached by the Tab key")
    stops = [index for index in reached if index >= 0]
    for before, after in zip(stops, stops[1:]):
        if after < before:
            report.problem(
                f"{visit}: {expected[after]} after {expected[before]}", "is reached in another order than it is read in"
            )


def to_start(visit):
    """Goes back before the first stop on a page that gave the focus to a field by itself."""
    for _ in range(500):
        if visit.page.evaluate("document.activeElement === document.body"):
            return
        visit.page.keyboard.press("Shift+Tab")


def skip(visit, report, focus):
    """The first stop is a link that leads past the head of the page, which the focus follows."""
    target = visit.run("skip")
    if target is None:
        report.problem(f"{visit}: {focus['element']}", "the first stop of the Tab key is no link to the main part")
        return
    if not focus["isInside"]:
        report.problem(f"{visit}: {focus['element']}", "the link to the main part is not seen when it has the focus")
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    if not visit.run("inside", target):
        report.problem(f"{visit}: {focus['element']}", "after the link to the main part, Tab does not go on in it")
    # Back to the start, from where the walk goes on.
    visit.page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    visit.run("refocus")


def look(visit, report, focus, seen_kinds):
    where = f"{visit}: {focus['element']}"
    if not focus["isInside"]:
        report.problem(where, "is not in sight when it has the focus")
        return
    if focus["hiddenBelow"]:
        report.problem(f"{where} below {focus['hiddenBelow']}", "is covered when it has the focus")
    if not focus["hasChanged"]:
        report.problem(where, "looks the same with and without the focus")
    elif focus["kind"] not in seen_kinds:
        seen_kinds.add(focus["kind"])
        report.count("focus mark")
        mark(visit, report, focus, where)


def mark(visit, report, focus, where):
    """Compares pictures with and without the focus: as much must change as a line of one pixel around the element, and
    by a contrast of 3 to 1, which is WCAG's measure (2.4.13) but for the line's width."""
    box = focus["box"]
    width, height = visit.page.viewport_size["width"], visit.page.viewport_size["height"]
    left, top = max(0, box["x"] - MARGIN), max(0, box["y"] - MARGIN)
    right, bottom = min(width, box["x"] + box["width"] + MARGIN), min(height, box["y"] + box["height"] + MARGIN)
    if right - left < 1 or bottom - top < 1:
        return
    clip = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    with_focus = picture(visit.page, clip)
    visit.run("blur")
    without = picture(visit.page, clip)
    visit.run("refocus")
    changed = changed_pixels(with_focus, without)
    line = 2 * (min(box["width"], right - left) + min(box["height"], bottom - top))
    # A link that is broken over lines is marked line by line; half of its surrounding box is enough.
    if changed < line / 2:
        figures = f"{changed:,} pixels differ clearly, of {line:,.0f} around it"
        report.problem(f"{where}: {figures}", "the mark of focus is hard to see")


def picture(page, clip):
    return Image.open(io.BytesIO(page.screenshot(clip=clip, animations="disabled"))).convert("RGB")


def changed_pixels(one, other):
    """How many pixels of two pictures differ by a contrast of 3 to 1 at least."""
    box = ImageChops.difference(one, other).getbbox()
    if box is None:
        return 0
    pairs = zip(one.crop(box).getdata(), other.crop(box).getdata())
    return sum(contrast(a, b) >= 3 for a, b in pairs if a != b)


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color):
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (p / 255 for p in color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
