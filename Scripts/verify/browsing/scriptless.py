"""Without JavaScript the same is to be read and followed, and nothing is shown that does not work."""


def examine(visit, scripted, report):
    """Compares the page without scripts with the same one with them."""
    without = visit.run("visible-text")
    with_scripts = scripted.run("visible-text")
    report.count("page")
    report.count("text", sum(text["isShown"] for text in without["text"]))
    report.count("link", len(without["links"]))
    shown = {text["text"] for text in without["text"] if text["isShown"]}
    shown_by_script = {text["text"] for text in with_scripts["text"] if text["isShown"]}
    for text in without["text"]:
        words = text["text"]
        if not text["isShown"] and not text["isControl"] and words in shown_by_script - shown:
            report.problem(f"{visit}: {text['element']} “{words[:60]}”", "is only shown with JavaScript")
        if text["isShown"] and words not in shown_by_script:
            report.problem(f"{visit}: {text['element']} “{words[:60]}”", "is only shown without JavaScript")
    for link in dict.fromkeys(with_scripts["links"]):
        if link not in without["links"]:
            report.problem(f"{visit}: {link}", "is only linked with JavaScript")
    for element in without["idle"]:
        report.problem(f"{visit}: {element}", "is shown without JavaScript, but does nothing")
