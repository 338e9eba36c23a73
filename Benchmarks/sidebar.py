#!/usr/bin/env python3
"""What a sidebar on every page costs: sidebar.py [--counts 1000 10000] [--runs 5] [--instructions] [--program SITEGEN]

Builds a generated column with Marquee, whose pages end with what is on now (this week, the open vote, the last
winner), and with a theme that extends Marquee and leaves that out. The two take turns, each into a folder of its
own that is removed between, in memory where the machine has a file system there; what is compared is the processor
time and the wall time, each the median. With `--instructions` each is also built once under valgrind, which counts
what the program executes and so says the same on any machine, however busy.
"""
import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BARE = {
    "theme.yaml": "name: bare\ncontract: 1\nsummary: Marquee without what is on now.\nextends: marquee\n",
    "templates/base.html": '{% extends "parent:base.html" -%}\n{% block now %}{% endblock -%}\n',
}


def built(product):
    """The path of a product of the package, built for release."""
    command = ["swift", "build", "-c", "release"]
    subprocess.run([*command, "--product", product], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    shown = subprocess.run([*command, "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
    return Path(shown.stdout.strip()) / product


def build(program, site, theme, output):
    """Seconds of the clock and of the processors that a build into an empty folder takes, and its files and bytes."""
    shutil.rmtree(output, ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run([program, "build", "--root", site, "--theme", theme, "--output", output, "--as-of", "2026-11-22"],
                   check=True, capture_output=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, processor


def instructions(program, site, theme, output):
    """Instructions that the program executes in a build, as callgrind counts them."""
    shutil.rmtree(output, ignore_errors=True)
    run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, site, theme, output],
                         check=True, capture_output=True, text=True)
    return int(re.search(r"Collected : (\d+)", run.stderr)[1])


def size(folder):
    files = [os.path.join(path, name) for path, _, names in os.walk(folder) for name in names]
    return len(files), sum(map(os.path.getsize, files))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--counts", nargs="+", type=int, default=[1000, 10000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--instructions", action="store_true", help="count instructions too (needs valgrind; slow)")
    parser.add_argument("--program", type=Path, help="sitegen, instead of building it")
    arguments = parser.parse_args()
    program = arguments.program or built("sitegen")
    counted = built("build-benchmark") if arguments.instructions else None
    print("| write-ups | theme | files | MB | seconds | processor s |")
    print("|---:|---|---:|---:|---:|---:|")
    worst = 0.0
    for count in arguments.counts:
        memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
        with tempfile.TemporaryDirectory(dir=memory) as folder:
            site = Path(folder) / "site"
            subprocess.run([sys.executable, ROOT / "Benchmarks/generate.py", site, str(count)], check=True,
                           stdout=subprocess.DEVNULL)
            for name, text in BARE.items():
                path = site / "themes/bare" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            taken = {"marquee": [], "bare": []}
            sizes = {}
            for _ in range(arguments.runs):
                for theme in taken:
                    output = Path(folder) / theme
                    taken[theme].append(build(program, site, theme, output))
                    sizes[theme] = size(output)
            medians = {}
            for theme, runs in taken.items():
                medians[theme] = [statistics.median(column) for column in zip(*runs)]
                files, total = sizes[theme]
                shown = {"marquee": "with the sidebar", "bare": "without"}[theme]
                print(f"| {count:,} | {shown} | {files:,} | {total / 1e6:.0f} "
                      f"| {medians[theme][0]:.3f} | {medians[theme][1]:.3f} |")
            wall, processor = (a / b for a, b in zip(medians["marquee"], medians["bare"]))
            worst = max(worst, processor)
            print(f"| {count:,} | ratio |  |  | {wall:.3f} | {processor:.3f} |", flush=True)
            if arguments.instructions:
                counts = [instructions(counted, site, theme, Path(folder) / theme) for theme in taken]
                print(f"| {count:,} | instructions |  |  |  | {counts[0] / counts[1]:.3f} |", flush=True)
    print(f"\nThe sidebar costs at most {100 * (worst - 1):.1f} % of the processor time.")


if __name__ == "__main__":
    main()
