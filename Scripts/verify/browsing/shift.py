"""Nothing moves by itself, while the page is loaded or afterwards."""


def examine(visit, report):
    """Scrolls to the end of the page, at which pictures are loaded, and back to its top."""
    report.count("page")
    for shift in visit.run("scroll"):
        what = "; ".join(shift["moved"]) or "nothing that can be named"
        report.problem(f"{visit}: by {shift['score']:.4f}", f"moves by itself: {what}")
