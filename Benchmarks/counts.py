#!/usr/bin/env python3
"""Counts what a build does, and fails where that is more than is agreed: counts.py PROGRAM [--agree]

PROGRAM is `build-benchmark`. Two columns, of 100 and of 300 write-ups, are built with the theme of `Theme/` and without
search, once under valgrind, which counts instructions, and once with `allocations.c`. Their difference is what 200
write-ups cost, with their weeks, tags, people and feeds; the rest is what any build costs. Both are compared with
`counts.json`, where `--agree` writes them. Counts don't depend on how busy the machine is, but on the compiler and on
the C libraries: agree anew when those change.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent
AGREED = BENCHMARKS / "counts.json"
SIZES = (100, 300)
# Tasks share their work differently each time, which is worth a thousandth.
TOLERANCE = 1.03


def counts(program, site, output, allocations):
    """The instructions and allocations of a build."""
    # Swift's hashes are different in each process otherwise, and with them the order of what is looked at.
    environment = {**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1"}
    build = [program, site, "bench", output]
    shutil.rmtree(output, ignore_errors=True)
    run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *build],
                         check=True, capture_output=True, text=True, env=environment)
    instructions = int(re.search(r"Collected : (\d+)", run.stderr)[1])
    shutil.rmtree(output)
    run = subprocess.run(build, check=True, capture_output=True, text=True,
                         env={**environment, "LD_PRELOAD": str(allocations)})
    return {"instructions": instructions, "allocations": int(re.search(r"allocations: (\d+)", run.stderr)[1])}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--agree", action="store_true", help="write the counts into counts.json")
    arguments = parser.parse_args()
    program = arguments.program.resolve()

    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        allocations = folder / "allocations.so"
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", allocations, BENCHMARKS / "allocations.c"], check=True)
        found = []
        for size in SIZES:
            site = folder / str(size)
            subprocess.run([sys.executable, BENCHMARKS / "generate.py", site, str(size)], check=True,
                           stdout=subprocess.DEVNULL)
            with open(site / "content/site.yaml", "a") as file:
                file.write("search: false\n")
            shutil.copytree(BENCHMARKS / "Theme", site / "themes/bench")
            found.append(counts(program, site, folder / "output", allocations))

    result = {}
    for what in found[0]:
        each = (found[1][what] - found[0][what]) / (SIZES[1] - SIZES[0])
        result[f"{what} a write-up"] = round(each)
        result[f"{what} besides"] = round(found[0][what] - SIZES[0] * each)
    if arguments.agree:
        AGREED.write_text(json.dumps(result, indent=2) + "\n")
    agreed = json.loads(AGREED.read_text())
    is_over = False
    for what, count in result.items():
        over = count > agreed[what] * TOLERANCE
        is_over = is_over or over
        print(f"{what:26} {count:>12,}  agreed {agreed[what]:>12,}{'  over' if over else ''}")
    if is_over:
        sys.exit("A build does more than is agreed. If that is worth it, run counts.py with --agree and say why.")


if __name__ == "__main__":
    main()
