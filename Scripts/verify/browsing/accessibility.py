"""axe-core finds nothing to object to."""

from .visit import axe

# Off by default because it is of WCAG 2.2; the size that a finger needs.
EVERYTHING = {"rules": {"target-size": {"enabled": True}}}
# What a change of colors can break; everything else takes as long again.
COLOR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def examine(visit, report, options=EVERYTHING):
    visit.page.evaluate(axe())
    report.count("axe-core run")
    for place in visit.run("axe", options):
        figures = f": {place['figures']}" if place["figures"] else ""
        report.problem(f"{visit}: {place['element']}{figures}", f"{place['rule']}: {place['help']}")


def examine_colors(visit, report, seen_surroundings):
    """Looks only at pages on which a text stands in surroundings that no page before had: their colors are the same."""
    surroundings = set(visit.run("surroundings"))
    if not surroundings <= seen_surroundings:
        examine(visit, report, COLOR)
        seen_surroundings |= surroundings
