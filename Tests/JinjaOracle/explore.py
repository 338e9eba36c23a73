#!/usr/bin/env python3
"""Compares generated cases of other seeds with Jinja2, and makes the templates that differ as short as they can be.

    .cache/jinja/venv/bin/python Tests/JinjaOracle/explore.py --seed 7 --count 5000

The tests must have been built; what differs is printed with both outputs. The exit status is 1 then.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

import oracle
import render

ROOT = render.HERE.parent.parent
TOKEN = re.compile(r"\{[%{#][-+]?|[-+]?[%}#]\}|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|\w+|\s+|.", re.S)


def differing(folder: pathlib.Path, package: pathlib.Path, is_shown: bool = False) -> list[str]:
    """The names of the generated cases in `folder` that come out differently here."""
    command = ["swift", "test", "--skip-build", "--package-path", package, "--filter", "JinjaTests.*Generated"]
    run = subprocess.run(
        command, env=os.environ | {"SITEGEN_JINJA_CASES": str(folder)}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True)
    if "Test run with 1 test" not in run.stdout:
        sys.exit(run.stdout)
    if is_shown:
        print("\n".join(line for line in run.stdout.splitlines() if line[:1] not in "◇✔✘"))
    listed = re.search(r"these differ: (.*)", run.stdout)
    return listed[1].split("; ") if listed else []


def shorter(templates: dict[str, str], size: int):
    """Every way to leave out `size` tokens in a row."""
    for name, text in templates.items():
        tokens = TOKEN.findall(text)
        for start in range(0, len(tokens) - size + 1, max(1, size // 2)):
            yield {**templates, name: "".join(tokens[:start] + tokens[start + size:])}


def shrink(cases: list[dict], values: list[oracle.Values], folder: pathlib.Path, package: pathlib.Path) -> None:
    """Shortens the templates of `cases` as long as they differ."""
    size = 64
    while size >= 1:
        candidates: list[dict] = []
        for index, case in enumerate(cases):
            context = values[case["values"]].context()
            for number, templates in enumerate(shorter(case["templates"], size)):
                try:
                    expected = oracle.render(templates, context)
                except Exception:
                    continue
                candidates.append({
                    "name": f"{index}.{number}", "values": case["values"], "templates": templates,
                    "expected": expected})
        render.write(folder / "generated.json", {"sources": render.sources("py", "txt")}, values, candidates)
        names = set(differing(folder, package)) if candidates else set()
        best: dict[int, dict] = {}
        for candidate in candidates:
            index = int(candidate["name"].split(".")[0])
            if candidate["name"] in names and (
                    index not in best or length(candidate) < length(best[index])):
                best[index] = candidate
        for index, candidate in best.items():
            cases[index] |= {key: candidate[key] for key in ("templates", "expected")}
        if not best:
            size //= 2


def length(case: dict) -> int:
    return sum(len(text) for text in case["templates"].values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--shrink", type=int, default=8, metavar="N", help="how many that differ are made short")
    parser.add_argument("--to", type=pathlib.Path, default=render.CACHE / "explored", metavar="FOLDER")
    parser.add_argument("--package", type=pathlib.Path, default=ROOT)
    options = parser.parse_args()
    values, cases = render.generated_cases(options.seed, options.count)
    render.write(options.to / "generated.json", {"sources": render.sources("py", "txt")}, values, cases)
    names = differing(options.to.absolute(), options.package, is_shown=True)
    print(f"seed {options.seed}: {len(names)} of {len(cases)} differ")
    found = [case for case in cases if case["name"] in names][: options.shrink]
    shrink(found, values, options.to.absolute(), options.package)
    for case in found:
        used = {name: data for name, data in values[case["values"]].data.items()
                if any(re.search(rf"\b{name}\b", text) for text in case["templates"].values())}
        print(json.dumps({
            "name": case["name"], "templates": {n: t for n, t in case["templates"].items() if t},
            "values": used, "Jinja2": case["expected"]}, ensure_ascii=False))
    sys.exit(1 if names else 0)


if __name__ == "__main__":
    main()
