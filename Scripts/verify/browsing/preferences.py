"""What readers ask their system for is heeded: little motion, and colors of their own."""

# What WCAG asks of small text.
CONTRAST = 4.5


def motion(visit, report):
    visit.page.emulate_media(reduced_motion="reduce")
    report.count("page")
    for what in visit.run("motion"):
        report.problem(f"{visit}: {what}", "moves though the reader asked for little motion")


def colors(visit, report):
    """In the reader's own few colors, every text is still there and can be told from its ground."""
    before = {text["text"] for text in visit.run("visible-text")["text"] if text["isShown"]}
    visit.page.emulate_media(forced_colors="active")
    after = {text["text"] for text in visit.run("visible-text")["text"] if text["isShown"]}
    report.count("text", len(before))
    for text in sorted(before - after):
        report.problem(f"{visit}: “{text[:60]}”", "is gone in the reader's own colors")
    # Not by axe-core: it asks for the color that letters are filled with, which Chromium answers with the author's.
    for what in visit.run("contrast", CONTRAST):
        report.problem(f"{visit}: {what}", "cannot be read in the reader's own colors")
