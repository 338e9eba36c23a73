#!/usr/bin/env python3
"""Renders pages of a site with sitegen's templates in Jinja2 and MiniJinja: are they the same, and how long do they take?

    engine.py check [--theme NAME]     every page of the demo site, byte for byte
    engine.py time [--page FILE]       one page: ns and allocations for each rendering, by each engine

Jinja2 has to be there, and for `time` MiniJinja (.cache/jinja/venv has the one; pip installs the other). The other engines get the values of
exactly those objects that sitegen's rendering looked into, as plain Python objects.
"""
import argparse
import datetime
import html
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import jinja2
import markupsafe

ROOT = Path(__file__).resolve().parent.parent
PAGE = "project-of-the-day/2026-w46/salt-road/index.html"


class Object:
    """An object of the contract; fields that are missing are attributes that are missing."""


class Link:
    """The target of a link, which is written as seen from the page."""

    def __init__(self, path, page):
        self.path, self.page = path, page

    def __eq__(self, other):
        return isinstance(other, Link) and self.path == other.path

    def __hash__(self):
        return hash(self.path)

    def __str__(self):
        prefix, own = self.page["prefix"], self.page["page"]
        if prefix is None:
            return self.page["base"] + self.path
        path, mark, fragment = self.path.partition("#")
        if mark and path == own:
            return mark + fragment
        first = re.split("[/?#]", self.path)[0]
        return ("./" if not prefix and (not self.path or self.path[0] in "#?" or ":" in first) else prefix) + self.path

    def __html__(self):
        return markupsafe.escape(str(self))


class Missing(jinja2.ChainableUndefined):
    """A field of what is missing is missing, too."""


class Site:
    """What all pages share, and an environment of Jinja2's with the functions that templates call."""

    def __init__(self, folder):
        common = json.loads((folder / "site.json").read_text())
        self.base = common["base"]
        self.strings, self.assets = common["strings"], common["assets"]
        self.templates = common["templates"]
        self.options, self.files = common["options"], common["files"]
        self.page = {}
        self.jinja = jinja2.Environment(
            autoescape=True, undefined=Missing, loader=jinja2.DictLoader(self.templates))
        self.prepare(self.jinja)

    def prepare(self, environment):
        environment.globals.update(asset=self.asset, t=self.words)
        environment.filters.update(date=self.date, number=self.number, absolute=self.absolute,
                                   json=self.json)

    def asset(self, name):
        return Link(self.assets[name], self.page)

    def words(self, key, **values):
        if key not in self.strings:
            key += ".one" if values["count"] == 1 else ".other"
        return re.sub(r"\{(\w+)\}", lambda place: str(values[place[1]]), self.strings[key])

    def absolute(self, link):
        return self.base + link.path if self.base else None

    def json(self, value):
        """As Jinja2's own tojson, in our form: without spaces, with links and dates as texts, and no script that it could end."""

        def text(item):
            if isinstance(item, Link):
                return self.absolute(item) or str(item)
            if isinstance(item, datetime.datetime):
                return self.date(item, "iso")
            raise TypeError(type(item))

        written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=text)
        written = re.sub("[&'<>\u007f\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", written)
        return markupsafe.Markup(written)

    @staticmethod
    def number(value, digits=0):
        return f"{value:,.{digits}f}"

    def date(self, moment, pattern):
        if pattern == "iso":
            return moment.isoformat().replace("+00:00", "Z")
        offset = moment.strftime("%z") or "+0000"
        names = {"B": ("months", moment.month - 1, "%B"), "A": ("weekdays", moment.weekday(), "%A"),
                 "b": ("months_short", moment.month - 1, "%b"), "a": ("weekdays_short", moment.weekday(), "%a")}

        def place(match):
            bare, letter = match[1], match[2]
            if letter in names:
                key, index, standard = names[letter]
                words = self.strings.get(key)
                return words.split(", ")[index] if words else moment.strftime(standard)
            text = offset[:3] + ":" + offset[3:] if letter == ":z" else moment.strftime("%" + letter)
            return text.lstrip("0") or "0" if bare else text

        return re.sub(r"%(-?)(:z|.)", place, pattern)

    def load(self, path):
        """The template's name and the values of a page."""
        data = json.loads(path.read_text())
        self.page.clear()
        self.page.update(prefix=data["prefix"], page=data["page"], base=self.base)
        objects = {}

        def value(item):
            if isinstance(item, list):
                return [value(part) for part in item]
            if not isinstance(item, dict):
                return item
            if len(item) == 1:
                (mark, content), = item.items()
                if mark == "$object":
                    return objects.setdefault(content, Object())
                if mark == "$link":
                    return Link(content, self.page)
                if mark == "$html":
                    return markupsafe.Markup(content)
                if mark == "$date":
                    return datetime.datetime.fromisoformat(content.replace("Z", "+00:00"))
                if mark == "$external":
                    return content
            return {key: value(part) for key, part in item.items()}

        for name, fields in data["objects"].items():
            target = objects.setdefault(name, Object())
            for key, item in fields.items():
                setattr(target, key, value(item))
        values = {key: value(item) for key, item in data["values"].items()}
        options = Object()
        for key, item in self.options.items():
            setattr(options, key, item)
        return data["template"], {**values, "options": options}


def program(configuration):
    """The path of engine-benchmark, built if need be."""
    build = ["swift", "build", "--configuration", configuration]
    subprocess.run([*build, "--product", "engine-benchmark"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    shown = subprocess.run([*build, "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
    return Path(shown.stdout.strip()) / "engine-benchmark"


def check(arguments, folder, executable):
    subprocess.run([executable, "values", arguments.root, arguments.theme, folder], check=True)
    site = Site(folder)
    different = []
    pages = sorted(folder.glob("[0-9]*.json"), key=lambda path: int(path.stem))
    for path in pages:
        template, values = site.load(path)
        expected = path.with_suffix(".html").read_text()
        found = site.jinja.get_template(template).render(values)
        if found != expected:
            at = next((i for i, (a, b) in enumerate(zip(found, expected)) if a != b), min(len(found), len(expected)))
            different.append(f"{path.name} ({template}):\n  Jinja2:  {found[at - 60:at + 60]!r}\n"
                             f"  sitegen: {expected[at - 60:at + 60]!r}")
    for report in different[:5]:
        print(report)
    verdict = f"{len(different)} differ" if different else "all the same"
    print(f"{'FAIL' if different or not pages else 'pass'}  pages in Jinja2: {len(pages)} of {arguments.theme}: {verdict}")
    return 1 if different or not pages else 0


def median_of(render, seconds=3.0):
    """The median nanoseconds that one call takes of a processor, in batches."""
    render()
    start = time.process_time()
    render()
    count = max(1, int(0.1 / (time.process_time() - start)))
    runs = []
    end = time.process_time() + seconds
    while time.process_time() < end or len(runs) < 5:
        start = time.process_time_ns()
        for _ in range(count):
            render()
        runs.append((time.process_time_ns() - start) / count)
    return statistics.median(runs)


def allocations(executable, arguments, folder):
    """The allocations of one rendering: those of 10,100 less those of 100, by 10,000 (Linux only)."""
    counter = folder / "allocations.so"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", counter, ROOT / "Benchmarks/allocations.c"], check=True)

    def total(count):
        run = subprocess.run(
            [executable, "time", arguments.root, arguments.theme, arguments.page, str(count)],
            capture_output=True, text=True, check=True, env={**os.environ, "LD_PRELOAD": str(counter)})
        return int(re.search(r"allocations: (\d+)", run.stderr)[1])

    return (total(10100) - total(100)) / 10000


def compare(arguments, folder, executable):
    subprocess.run([executable, "values", arguments.root, arguments.theme, folder], check=True)
    timed = subprocess.run(
        [executable, "time", arguments.root, arguments.theme, arguments.page, "20000"],
        capture_output=True, text=True, check=True).stdout
    nanoseconds, size = map(int, re.findall(r"\d+", timed))
    site = Site(folder)
    number = site.files.index(arguments.page)
    expected = (folder / f"{number}.html").read_text()
    template, values = site.load(folder / f"{number}.json")
    compiled = site.jinja.get_template(template)
    assert compiled.render(values) == expected, "Jinja2 renders another page"
    rows = [("sitegen", nanoseconds, f"{allocations(executable, arguments, folder):.0f}"),
            (f"Jinja2 {jinja2.__version__}", median_of(lambda: compiled.render(values)), "")]
    rows.append(mini(site, template, values, expected))
    print(f"{arguments.page}, {size:,} bytes, theme {arguments.theme}\n")
    print(f"| {'engine':<24} | {'ns a page':>12} | {'to sitegen':>10} | {'allocations':>11} |")
    print("|--------------------------|-------------:|-----------:|------------:|")
    for name, taken, count in rows:
        print(f"| {name:<24} | {taken:>12,.0f} | {taken / nanoseconds:>10.1f} | {count:>11} |")
    return 0


def mini(site, template, values, expected):
    """MiniJinja's row: Jinja2's language in Rust."""
    import minijinja

    environment = minijinja.Environment(
        templates=site.templates, undefined_behavior="chainable", keep_trailing_newline=False)
    site.prepare(environment) if hasattr(environment, "filters") else prepare_mini(environment, site)
    environment.auto_escape_callback = lambda name: True
    found = environment.render_template(template, **values)
    name = f"MiniJinja {minijinja.__version__}" if hasattr(minijinja, "__version__") else "MiniJinja"
    if found != expected:
        # It escapes '/' and apostrophes in another way.
        name += " (other escapes)" if html.unescape(found) == html.unescape(expected) else " (another page)"
    return name, median_of(lambda: environment.render_template(template, **values)), ""


def prepare_mini(environment, site):
    environment.add_global("asset", site.asset)
    environment.add_global("t", site.words)
    environment.add_filter("date", site.date)
    environment.add_filter("number", site.number)
    environment.add_filter("absolute", site.absolute)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("command", choices=["check", "time"])
    parser.add_argument("--root", default=str(ROOT), help="the site's folder; this one by default")
    parser.add_argument("--theme", default="marquee")
    parser.add_argument("--page", default=PAGE, help="as below output/")
    parser.add_argument("--program", type=Path, help="engine-benchmark, instead of building it")
    arguments = parser.parse_args()
    executable = arguments.program or program("debug" if arguments.command == "check" else "release")
    with tempfile.TemporaryDirectory() as folder:
        run = check if arguments.command == "check" else compare
        return run(arguments, Path(folder), executable)


if __name__ == "__main__":
    sys.exit(main())
