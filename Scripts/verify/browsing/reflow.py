"""The page fits its window: nobody has to scroll to the side, nothing is cut off there, and words in pictures are legible."""


def examine(visit, report, width):
    visit.page.set_viewport_size({"width": width, "height": visit.circumstances.height})
    found = visit.run("reflow", width)
    visit.page.set_viewport_size({"width": visit.circumstances.width, "height": visit.circumstances.height})
    report.count("layout")
    place = f"{visit.path} ({width} px)"
    if found["width"] > width:
        inner = f": {'; '.join(found['outside'][:3])}" if found["outside"] else ""
        report.problem(f"{place}: {found['width']} px{inner}", "is wider than its window")
    else:
        for element in found["outside"][:3]:
            report.problem(place, f"sticks out of the window, where it is cut off: {element}")
    for words in found["illegible"][:3]:
        report.problem(place, words)
