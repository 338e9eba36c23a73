#!/usr/bin/env python3
"""Writes the template cases and what Jinja2 makes of each to .cache/jinja/, where JinjaTests reads them.

    Scripts/render-jinja-cases                              what the tests need; nothing when that is there
    Scripts/render-jinja-cases --seed 7 --count 500 --to FOLDER     other generated cases, to explore

A case that Jinja2 doesn't render is a mistake of the case, unless the case is skipped for a reason.
"""
import argparse
import itertools
import json
import multiprocessing
import pathlib
import sys

import yaml

import oracle
from generator import cases as generated

HERE = pathlib.Path(__file__).parent
CACHE = HERE.parent.parent / ".cache" / "jinja"
SEED, COUNT = 1, 10_000


def sources(*kinds: str) -> dict[str, str]:
    """The files of some kinds, which decide what is written, by name."""
    paths = [path for kind in kinds for path in HERE.rglob(f"*.{kind}")]
    return {path.relative_to(HERE).as_posix(): path.read_text("utf-8") for path in sorted(paths)}


def written_cases() -> tuple[list[oracle.Values], list[dict]]:
    """The cases of cases/*.yaml, and the values that they number."""
    shared = yaml.safe_load((HERE / "values.yaml").read_text("utf-8"))
    standard = oracle.Values(shared["types"], shared["variables"], shared["data"])
    values, cases = [standard], []
    for path in sorted((HERE / "cases").glob("*.yaml")):
        for feature, listed in yaml.safe_load(path.read_text("utf-8")).items():
            for number, case in enumerate(listed, 1):
                name = f"{path.name}: {feature} {number}"
                cases.append({"name": name, **written(case, name, standard, values)})
    return values, cases


def written(case: str | dict, name: str, standard: oracle.Values, values: list[oracle.Values]) -> dict:
    case = {"template": case} if isinstance(case, str) else dict(case)
    templates = case.pop("templates", None) or {"main.html": case.pop("template")}
    made: dict = {"values": 0, "templates": templates}
    if own := case.pop("values", None):
        types = {key: oracle.inferred(value) for key, value in own.items()}
        values.append(oracle.Values(standard.types, standard.variables | types, standard.data | own))
        made["values"] = len(values) - 1
    if refused := case.pop("refused", None):
        made["refused"] = refused.split("\n") if isinstance(refused, str) else refused
    if "skipped" in case:
        made["skipped"] = case.pop("skipped") or ""
    if case:
        sys.exit(f"{name}: what is {', '.join(case)}?")
    try:
        made["expected"] = oracle.render(templates, values[made["values"]].context())
    except Exception as error:
        if "skipped" not in made:
            sys.exit(f"{name}: Jinja2 says: {type(error).__name__}: {error}")
    return made


def generated_cases(seed: int, count: int) -> tuple[list[oracle.Values], list[dict]]:
    """Cases made at random, `generated.PER_VALUES` for each set of values."""
    jobs = [(seed, first, min(generated.PER_VALUES, count - first))
            for first in range(0, count, generated.PER_VALUES)]
    with multiprocessing.Pool() as pool:
        results = pool.starmap(generated.cases, jobs, chunksize=1)
    for index, (_, cases) in enumerate(results):
        for case in cases:
            case["values"] = index
    return [values for values, _ in results], list(itertools.chain(*(cases for _, cases in results)))


def write(path: pathlib.Path, head: dict, values: list[oracle.Values], cases: list[dict]) -> None:
    document = {**head, "values": [item._asdict() for item in values], "cases": cases}
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    partial.rename(path)


def is_current(path: pathlib.Path, head: dict) -> bool:
    try:
        written = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return all(written.get(key) == value for key, value in head.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--to", type=pathlib.Path, default=CACHE, metavar="FOLDER")
    options = parser.parse_args()
    head = {"sources": sources("py", "txt", "yaml")}
    if not is_current(options.to / "written.json", head):
        values, cases = written_cases()
        write(options.to / "written.json", head, values, cases)
        print(f"rendered {len(cases)} written template cases with Jinja2")
    head = {"sources": sources("py", "txt"), "seed": options.seed, "count": options.count}
    if not is_current(options.to / "generated.json", head):
        values, cases = generated_cases(options.seed, options.count)
        write(options.to / "generated.json", head, values, cases)
        print(f"rendered {len(cases)} generated template cases with Jinja2, from seed {options.seed}")


if __name__ == "__main__":
    main()
