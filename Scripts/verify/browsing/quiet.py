"""The page says nothing on the console, asks nobody else for anything, and is answered whenever it asks."""

from urllib.parse import urlsplit


def console(visit, report):
    report.count("page")
    for message in visit.said:
        report.problem(str(visit), f"says on the console: {message}")


def requests(visit, report):
    report.count("page")
    report.count("request", len(visit.asked))
    for purpose, url in visit.asked:
        if not visit.owns(url):
            report.problem(f"{visit}: {url}", f"asks {urlsplit(url).netloc} for something ({purpose})")
    for url, what in visit.unanswered:
        if visit.owns(url):
            report.problem(str(visit), f"{what}: {url}")
