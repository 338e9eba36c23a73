#!/usr/bin/env python3
"""Writes at a site while a real browser shows it, as editors and git do: what is saved has to be seen, by itself.

    serving.py SITEGEN [--screenshots FOLDER]

Begins a site of the demo's first films with a theme of its own, previews it with 'sitegen serve', and looks at it in
Chromium: the text that is shown after each way of saving a file, the place on the page, style sheets and texts that change
without a reload, scripts that run after one, mistakes that appear over the page and go, and that Ctrl-C ends it.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from report import Report

WRITE_UP = """---
title: Long Way
date: 2026-11-20
format: short
logline: A long way down.
status: released
credits: [{{role: Director, name: Ann Shinn}}]
---
{first}

{more}
"""
MORE = "\n\n".join(f"Paragraph {number} of a text that is long enough to be scrolled." for number in range(120))
SECONDS = 10_000


class Site:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.put("content/site.yaml", "title: Served\nurl: https://example.org/\ntheme: own\n")
        self.put("content/daily/_column.md", "---\nname: Daily\n---\n")
        self.put("content/daily/long-way.md", WRITE_UP.format(first="At first.", more=MORE))
        self.put("content/daily/sketch.md", WRITE_UP.format(first="A sketch.", more="").replace("title: Long Way", "title: Sketch\ndraft: true"))
        self.put("themes/own/theme.yaml", "name: own\ncontract: 1\nextends: plain\n")
        self.put("themes/own/assets/style.css", "h1 { color: rgb(1, 2, 3) }\n")
        self.put("themes/own/templates/page.html", '{% extends "parent:page.html" %}\n')

    def path(self, name):
        return self.folder / name

    def put(self, name, text):
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def truncate_and_write(path, text):
    with open(path, "w") as file:
        file.write(text)


def in_two_pieces(path, text):
    """As over a slow network: what is there in between isn't a file yet."""
    with open(path, "w") as file:
        file.write(text[:40])
        file.flush()
        os.fsync(file.fileno())
        file.write(text[40:])


def renamed_into_place(path, text):
    """GNOME's editor, Kate, and most that are careful."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text)
    os.replace(temporary, path)


def renamed_from_elsewhere(path, text):
    """With a name that isn't hidden, as some do."""
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text)
    os.replace(temporary, path)


def backed_up_and_written(path, text):
    """vim with 'backupcopy=no': a file is there under its name, then under another, then a new one is."""
    probe = path.with_name("4913")
    probe.touch()
    probe.unlink()
    backup = path.with_name(path.name + "~")
    os.rename(path, backup)
    with open(path, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    backup.unlink()


def copied_and_written(path, text):
    """vim with 'backupcopy=yes', Emacs with 'backup-by-copying'."""
    shutil.copy(path, path.with_name(path.name + "~"))
    truncate_and_write(path, text)


def removed_and_written(path, text):
    path.unlink()
    path.write_text(text)


SAVES = [truncate_and_write, in_two_pieces, renamed_into_place, renamed_from_elsewhere, backed_up_and_written,
         copied_and_written, removed_and_written]


class Browsing:
    def __init__(self, page, address, site, report):
        self.page, self.address, self.site, self.report = page, address, site, report

    def open(self, path):
        for attempt in range(5):
            try:
                self.page.goto(self.address + path)
                break
            except Error as error:
                # The page that is left was just being loaded again, for what was saved last.
                if "interrupted by another navigation" not in str(error) or attempt == 4:
                    raise
        self.settled()

    def settled(self):
        """Until the page listens."""
        self.page.wait_for_function("() => document.readyState === 'complete'")

    def shows(self, text, what):
        self.report.count("change")
        try:
            self.page.get_by_text(text, exact=True).first.wait_for(state="attached", timeout=SECONDS)
        except Exception:
            self.report.problem(what, f"'{text}' is not shown")

    def holds(self, script, what, problem):
        try:
            self.page.wait_for_function(script, timeout=SECONDS)
        except Exception:
            self.report.problem(what, problem)

    def expect(self, condition, what, problem):
        if not condition:
            self.report.problem(what, problem)


PROBLEMS = "document.getElementById('sitegen-preview-problems')"


def check_saves(browsing):
    browsing.open("daily/2026-w47/long-way/")
    path = browsing.site.path("content/daily/long-way.md")
    for number, save in enumerate(SAVES):
        browsing.page.evaluate("() => scrollTo(0, 1500)")
        before = browsing.page.evaluate("() => scrollY")
        text = f"Saved as {save.__name__}, {number}."
        save(path, WRITE_UP.format(first=text, more=MORE))
        browsing.shows(text, save.__name__)
        browsing.settled()
        browsing.holds(f"() => Math.abs(scrollY - {before}) < 2", save.__name__, "the page is not where it was")
        browsing.expect("long-way" in browsing.page.url, save.__name__, "another page is shown")


def check_mistakes(browsing, pictures):
    page = browsing.page
    browsing.open("daily/2026-w47/long-way/")
    path = browsing.site.path("content/daily/long-way.md")
    good = path.read_text()
    path.write_text(good.replace("format: short", "format: shirt"))
    browsing.holds(f"() => {PROBLEMS}", "a mistake", "nothing appears over the page")
    sheet = page.locator("#sitegen-preview-problems section")
    text = sheet.inner_text(timeout=SECONDS)
    for part in ["content/daily/long-way.md:4:9", "field/not-one-of", "format: shirt", "^~~~~", "did you mean 'short'?"]:
        browsing.expect(part in text, "a mistake", f"'{part}' is not said: {text}")
    link = sheet.locator("a").first.get_attribute("href")
    browsing.expect(link == f"vscode://file{path}:4:9", "a mistake", f"its place leads to {link}")
    browsing.expect("One mistake" in text and "once it is mended" in text, "a mistake", f"it is said of several: {text}")
    if pictures:
        for width, height in [(390, 844), (1440, 900)]:
            for scheme in ["light", "dark"]:
                page.set_viewport_size({"width": width, "height": height})
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=pictures / f"mistake-{width}-{scheme}.png")
    page.keyboard.press("Escape")
    browsing.holds(f"() => !{PROBLEMS}", "a mistake", "Escape doesn't close it")
    path.write_text(good.replace("format: short", "format: shot"))
    browsing.holds(f"() => {PROBLEMS}", "another mistake", "nothing appears over the page")
    path.write_text(good)
    browsing.holds(f"() => !{PROBLEMS}", "a mistake", "it stays over the page once it is mended")

    template = browsing.site.path("themes/own/templates/write-up.html")
    template.write_text('{% extends "parent:write-up.html" %}{% block main %}{{ nobody }}{% endblock %}')
    browsing.holds(f"() => {PROBLEMS}", "a broken template", "nothing appears over the page")
    template.unlink()
    browsing.holds(f"() => !{PROBLEMS}", "a broken template", "it stays over the page once it is mended")
    browsing.report.count("mistake", 3)


def check_styles(browsing):
    page = browsing.page
    browsing.open("daily/2026-w47/long-way/")
    page.evaluate("() => { window.isTheSame = true; scrollTo(0, 900) }")
    browsing.site.put("themes/own/assets/style.css", "h1 { color: rgb(4, 5, 6) }\n")
    browsing.holds("() => getComputedStyle(document.querySelector('h1')).color === 'rgb(4, 5, 6)'", "a style sheet", "it isn't shown")
    browsing.expect(page.evaluate("() => window.isTheSame === true"), "a style sheet", "the page was loaded again")
    browsing.expect(page.evaluate("() => scrollY") == 900, "a style sheet", "the page is not where it was")
    browsing.report.count("change")


def check_scripts(browsing):
    """A page without scripts is changed where it is; what scripts made of others, they make again."""
    page, site = browsing.page, browsing.site
    path = site.path("content/daily/long-way.md")
    browsing.open("daily/2026-w47/long-way/")
    page.evaluate("() => { window.isTheSame = true }")
    path.write_text(WRITE_UP.format(first="In *its* place.", more=MORE).replace("title: Long Way", "title: Longer Way"))
    browsing.holds("() => document.body.innerText.includes('In its place.')", "a page without scripts", "the text isn't shown")
    browsing.expect("Longer Way" in page.title(), "a page without scripts", f"its title is {page.title()}")
    browsing.expect(page.evaluate("() => window.isTheSame === true"), "a page without scripts", "it was loaded again")
    template = site.path("themes/own/templates/write-up.html")
    template.write_text('{% extends "parent:write-up.html" %}{% block main %}{{ super() }}<p class="said"></p>'
                        '<script src="{{ asset("said.js") }}"></script>{% endblock %}')
    site.put("themes/own/assets/said.js", "document.querySelector('.said').textContent = 'Said: ' + document.querySelector('em').textContent;\n")
    browsing.shows("Said: its", "a page with a script")
    for word in ["one", "other"]:
        path.write_text(WRITE_UP.format(first=f"In *{word}* place.", more=MORE))
        browsing.shows(f"Said: {word}", "a page with a script")
    template.unlink()
    site.path("themes/own/assets/said.js").unlink()
    browsing.holds("() => !document.querySelector('.said')", "a template that is gone", "it is still used")
    browsing.report.count("change", 2)


def check_files(browsing):
    """New folders, moves, deletions, and everything at once."""
    site = browsing.site
    browsing.open("daily/2026-w47/new/")
    browsing.expect("new" in browsing.page.url, "a new folder", "no page")
    site.put("content/daily/deep/down/new/index.md", WRITE_UP.format(first="New.", more="").replace("Long Way", "New"))
    browsing.shows("New.", "a new folder")
    os.rename(site.path("content/daily/deep"), site.path("content/daily/elsewhere"))
    site.put("content/daily/elsewhere/down/new/index.md", WRITE_UP.format(first="Moved.", more="").replace("Long Way", "New"))
    browsing.shows("Moved.", "a folder that moved")
    shutil.rmtree(site.path("content/daily/elsewhere"))
    browsing.holds("() => !document.body.innerText.includes('Moved.')", "a folder that is gone", "its page is still shown")


def check_git(browsing):
    site = browsing.site

    def git(*arguments):
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments], cwd=site.folder, check=True,
                       capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "other")
    for number in range(150):
        site.put(f"content/daily/many/film-{number}.md", WRITE_UP.format(first=f"Film {number}.", more="").replace("Long Way", f"Film {number}"))
    site.put("content/daily/long-way.md", WRITE_UP.format(first="On the other branch.", more=MORE))
    git("add", "-A")
    git("commit", "-qm", "two")
    browsing.open("daily/2026-w47/long-way/")
    browsing.shows("On the other branch.", "a new branch")
    git("checkout", "-q", "main")
    browsing.holds("() => !document.body.innerText.includes('On the other branch.')", "git checkout", "the page is the other branch's")
    git("checkout", "-q", "other")
    browsing.shows("On the other branch.", "git checkout")
    browsing.open("daily/2026-w47/film-149/")
    browsing.shows("Film 149.", "git checkout")


def check_drafts(browsing, pictures):
    browsing.open("daily/2026-w47/sketch/")
    label = browsing.page.locator("#sitegen-preview-mark [role=status]")
    browsing.expect("Draft" in label.inner_text(timeout=SECONDS), "a draft", "it isn't marked")
    if pictures:
        browsing.page.screenshot(path=pictures / "draft.png")
    browsing.open("")
    browsing.holds("() => document.querySelector('[data-sitegen-unpublished]')", "a link to a draft", "it isn't marked")
    # Its page loses what stands in its head of feeds and machines, and nothing is taken for something else on the way.
    site = browsing.site
    site.put("content/daily/whole.md", WRITE_UP.format(first="Whole.", more="").replace("Long Way", "Whole"))
    browsing.open("daily/2026-w47/whole/")
    browsing.page.evaluate("() => { window.sheet = document.querySelector('link[rel=stylesheet]') }")
    for draft in ["draft: true\n", ""]:
        site.put("content/daily/whole.md", WRITE_UP.format(first=f"Half {draft}.", more="").replace("title: Long Way", f"{draft}title: Whole"))
        browsing.holds(f"() => !!document.getElementById('sitegen-preview-mark') === {'true' if draft else 'false'}", "a page that becomes a draft",
                       "its mark isn't right")
        browsing.expect(browsing.page.evaluate("() => window.sheet && window.sheet === document.querySelector('link[rel=stylesheet]')"),
                        "a page that becomes a draft", "its style sheet was put in anew")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sitegen", type=Path)
    parser.add_argument("--screenshots", type=Path)
    arguments = parser.parse_args()
    if arguments.screenshots:
        arguments.screenshots.mkdir(parents=True, exist_ok=True)
    report = Report("serving")
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder).resolve() / "site")
        command = [arguments.sitegen.resolve(), "serve", "--port", "0", "--as-of", "2026-11-23"]
        with subprocess.Popen(command, cwd=site.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            try:
                line = process.stdout.readline()
                address = re.match(r"(http://127\.0\.0\.1:\d+/) ", line)[1]
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
                    page = browser.new_page()
                    messages = []
                    page.on("pageerror", lambda error: messages.append(str(error)))
                    page.on("console", lambda said: messages.append(said.text) if "Refused" in said.text else None)
                    browsing = Browsing(page, address, site, report)
                    check_saves(browsing)
                    check_styles(browsing)
                    check_scripts(browsing)
                    check_mistakes(browsing, arguments.screenshots)
                    check_files(browsing)
                    check_git(browsing)
                    check_drafts(browsing, arguments.screenshots)
                    for message in messages:
                        report.problem("the script", message)
                    process.send_signal(signal.SIGINT)
                    try:
                        code = process.wait(10)
                        if code != 0:
                            report.problem("Ctrl-C", f"exit code {code}")
                    except subprocess.TimeoutExpired:
                        report.problem("Ctrl-C", "it doesn't end while a page is open")
                    browser.close()
            finally:
                if process.poll() is None:
                    process.kill()
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
