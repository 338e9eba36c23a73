#!/usr/bin/env python3
"""Looks at a built site in a real browser, Chromium, served from a folder of a host.

    browser.py OUTPUT [--base-url URL] [--jobs N] [--only CHECK …]

Every page is opened as on a phone in light colors: it has to be quiet (no message, no request to another host), fit its
window, stand still, be small and please axe-core. Some pages, in which everything occurs that does in any, are opened
as on a desk in dark colors, too, walked through by keyboard, read without JavaScript, printed, and shown to readers
who want little motion or colors of their own. What each check asks for is told in browsing/.
"""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from browsing import accessibility, budget, keyboard, preferences, printing, quiet, reflow, scriptless, shift
from browsing.chromium import chromium
from browsing.site import Site
from browsing.visit import DESK, PHONE, Reader
from report import Report
from server import SiteServer

# A page has been painted when its pictures and scripts arrive: what they move is seen to move.
DELAY = 0.15

EVERY_PAGE = {"console", "requests", "reflow", "layout shift", "axe-core", "budget", "scripts"}
SAMPLE = {"axe-core", "keyboard", "without script", "print", "motion", "forced colors"}
CHECKS = sorted(EVERY_PAGE | SAMPLE)


def examine(site, browser, pages, sample, reports):
    """Asks the one thing of `pages`, the other of `sample`."""
    for circumstances in (PHONE, DESK):
        if EVERY_PAGE & reports.keys():
            seen_surroundings = set()
            with Reader(site, browser, circumstances) as reader:
                for page in pages if circumstances is PHONE else sample:
                    with reader.open(page) as visit:
                        examine_page(visit, reports, seen_surroundings)
        if SAMPLE & reports.keys():
            examine_sample(site, browser, circumstances, sample, reports)


def examine_page(visit, reports, seen_surroundings):
    """What is asked of every page."""
    # In this order: the fold is where it is before anything is scrolled, opened or laid out anew.
    if "budget" in reports:
        budget.fold(visit, reports["budget"])
    if reports.keys() & {"layout shift", "console", "requests", "scripts"}:
        shift.examine(visit, reports.get("layout shift") or Report("unasked"))
    visit.settle()
    if "scripts" in reports:
        budget.scripts(visit, reports["scripts"])
    if "reflow" in reports:
        for width in (320, 390) if visit.circumstances is PHONE else (820, 1440):
            reflow.examine(visit, reports["reflow"], width)
    if "axe-core" in reports:
        if visit.circumstances is PHONE:
            accessibility.examine(visit, reports["axe-core"])
        else:
            # What depends on neither width nor color was found out on the phone.
            accessibility.examine_colors(visit, reports["axe-core"], seen_surroundings)
    if "console" in reports:
        quiet.console(visit, reports["console"])
    if "requests" in reports:
        quiet.requests(visit, reports["requests"])


def examine_sample(site, browser, circumstances, pages, reports):
    """What is asked of a page of each kind."""
    other_scheme = "dark" if circumstances.scheme == "light" else "light"
    seen_kinds = set()
    with (
        Reader(site, browser, circumstances) as reader,
        Reader(site, browser, replace(circumstances, scheme=other_scheme)) as other,
        Reader(site, browser, replace(circumstances, script=False)) as scriptless_reader,
    ):
        for page in pages:
            if "axe-core" in reports:
                with other.open(page) as visit:
                    accessibility.examine(visit, reports["axe-core"])
            if "keyboard" in reports:
                with reader.open(page) as visit:
                    keyboard.examine(visit, reports["keyboard"], seen_kinds)
            if "without script" in reports:
                with reader.open(page) as visit, scriptless_reader.open(page) as without:
                    scriptless.examine(without, visit, reports["without script"])
            if "print" in reports and circumstances is DESK:
                with reader.open(page) as visit:
                    printing.examine(visit, reports["print"])
            if reports.keys() & {"motion", "forced colors"}:
                with reader.open(page) as visit:
                    if "motion" in reports:
                        preferences.motion(visit, reports["motion"])
                    if "forced colors" in reports:
                        preferences.colors(visit, reports["forced colors"])


def reports_of(checks):
    """The report of each check that is asked for."""
    return {check: Report(f"browser {check}") for check in checks}


def share(site, pages, sample, checks):
    """One worker's part, in a browser of its own."""
    reports = reports_of(checks)
    with chromium() as browser:
        examine(site, browser, pages, sample, reports)
    return reports


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("--base-url", help="the URL that the site was built for")
    parser.add_argument("--jobs", type=int, default=2, help="so many browsers at a time")
    parser.add_argument("--only", action="append", choices=CHECKS)
    parser.add_argument("--page", action="append", help="look at this page alone")
    options = parser.parse_args(arguments)
    checks = options.only or CHECKS
    reports = reports_of(checks)
    began = time.monotonic()
    server = SiteServer(options.output.resolve(), "/a/b/", DELAY)
    try:
        site = Site(options.output.resolve(), server.prefix, options.base_url)
        pages = options.page or site.pages()
        sample = options.page or site.sample(pages)
        with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
            shares = [
                pool.submit(share, site, pages[worker :: options.jobs], sample[worker :: options.jobs], checks)
                for worker in range(options.jobs)
            ]
            for done in shares:
                for check, report in done.result().items():
                    reports[check].add(report)
    finally:
        server.close()
    status = 0
    for report in reports.values():
        status |= report.finish()
    print(f"      {len(pages)} pages, {len(sample)} of them in every respect, in {time.monotonic() - began:.0f} s")
    return status


if __name__ == "__main__":
    sys.exit(main())
