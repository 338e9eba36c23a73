#!/usr/bin/env python3
"""Where the time of a build goes: phases.py [--count 10000] [--runs 3] [--program SITEGEN] [--by-function]

Samples a build of a generated column with perf, and says for each phase how many microseconds of a processor a
write-up costs, all other pages included, and in whose code: the system's, the C libraries' that parse, memory's (malloc
and copying), Swift's own library, sitegen's. What the system, libcmark and libyaml take is what the phase would
take at least, by this way of doing it. The last column is how much of both processors it kept busy.
"""
import argparse
import collections
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from bench import ROOT, Column  # noqa: E402

RATE = 2000
OWNERS = {"libcmark": "libcmark", "libyaml": "libyaml", "libc.so": "libc", "libxxhash": "libc", "[kernel": "system", "[unknown": "system",
          "libswift": "Swift"}
COLUMNS = ["system", "libcmark", "libyaml", "libc", "Swift", "sitegen"]


def release():
    """The program with its libraries apart, so that samples tell whose code it was in."""
    build = ["swift", "build", "-c", "release", "--product", "sitegen"]
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    shown = subprocess.run([*build[:4], "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
    return Path(shown.stdout.strip()) / "sitegen"


def owner(library, program):
    if Path(library).name == Path(program).name:
        return "sitegen"
    return next((who for name, who in OWNERS.items() if Path(library).name.startswith(name)), "libc")


def sampled(program, site, work):
    """Samples (seconds since the start, owner, function) of one build, and its phases (name, seconds)."""
    shutil.rmtree(work / "output", ignore_errors=True)
    record = ["perf", "record", "--quiet", "-F", str(RATE), "-o", work / "perf.data", program, "build", "--root", site,
              "--output", work / "output", "--as-of", "2026-11-22", "--timings"]
    run = subprocess.run(record, check=True, capture_output=True, text=True)
    lines = re.findall(r"^ *(\d+) ms  (.+)$", run.stdout + run.stderr, re.M)
    script = subprocess.run(["perf", "script", "-i", work / "perf.data", "-F", "time,ip,sym,dso"],
                            check=True, capture_output=True, text=True)
    samples = []
    for line in script.stdout.splitlines():
        found = re.match(r"\s*([\d.]+):\s+[0-9a-f]+ (.*) \((.*)\)$", line)
        if found:
            samples.append((float(found[1]), owner(found[3], program), found[2]))
    start = samples[0][0]
    return [(time - start, *rest) for time, *rest in samples], [(name, int(ms) / 1000) for ms, name in lines]


def shares(samples, phases):
    """For each phase how many seconds of a processor each owner took, and functions by theirs."""
    result, functions, begin = {}, {}, 0
    for name, seconds in [*phases, ("end of the process", 1e9)]:
        inside = [sample for sample in samples if begin <= sample[0] < begin + seconds]
        result[name] = collections.Counter()
        functions[name] = collections.Counter()
        for _, who, function in inside:
            result[name][who] += 1 / RATE
            functions[name][f"{function} ({who})"] += 1 / RATE
        begin += seconds
    return result, functions


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--program", type=Path, help="sitegen, instead of building it")
    parser.add_argument("--by-function", action="store_true", help="also the ten dearest functions of each phase")
    options = parser.parse_args()
    if not shutil.which("perf"):
        sys.exit("phases.py: perf is not installed (apt-get install linux-perf)")
    program = (options.program or release()).resolve()
    folder = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=folder) as name:
        work = Path(name)
        column = Column(work, options.count, {})
        column.settle("bench", "false")
        runs = [sampled(program, column.site, work) for _ in range(options.runs)]
    tables = [shares(*run) for run in runs]
    seconds = [dict(phases) for _, phases in runs]
    print(f"| phase | ms | µs a write-up | {' | '.join(COLUMNS)} | at least | busy |")
    print("|---|" + "---:|" * (len(COLUMNS) + 4))
    total = collections.Counter()
    for phase in tables[0][0]:
        cells = {who: statistics.median(table[phase][who] for table, _ in tables) for who in COLUMNS}
        wall = statistics.median(second.get(phase, 0) for second in seconds)
        show(phase, wall, cells, options.count)
        total.update(cells)
        total["wall"] += wall
    show("**all**", total["wall"], total, options.count)
    if options.by_function:
        for phase, functions in tables[0][1].items():
            print(f"\n{phase}")
            for function, cost in functions.most_common(10):
                print(f"  {cost * 1000:6.0f} ms  {function}")


def show(phase, wall, cells, count):
    spent = sum(cells[who] for who in COLUMNS)
    least = sum(cells[who] for who in ("system", "libcmark", "libyaml"))
    micro = [f"{cells[who] / count * 1e6:.1f}" for who in COLUMNS]
    busy = f"{spent / wall / 2:.0%}" if wall else ""
    print(f"| {phase} | {wall * 1000:.0f} | {spent / count * 1e6:.0f} | {' | '.join(micro)} | {least / count * 1e6:.0f} "
          f"| {busy} |")


if __name__ == "__main__":
    main()
