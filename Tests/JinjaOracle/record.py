#!/usr/bin/env python3
"""Fills `expected` in cases.jsonl with what Jinja2 itself renders.

    python3 -m venv .build/jinja && .build/jinja/bin/pip install jinja2==3.1.6
    .build/jinja/bin/python Tests/JinjaOracle/record.py [--check]

With --check nothing is written; the exit status says whether anything would change. A case is one JSON
object a line: `template` (or `templates`, by name, of which `main.html` is rendered), `context` and
`expected`. A `null` in a context is left out of it, and {"$markup": "…"} is HTML.
"""
import json
import pathlib
import sys

import jinja2
import markupsafe

PATH = pathlib.Path(__file__).with_name("cases.jsonl")


def value(data):
    if isinstance(data, dict):
        if set(data) == {"$markup"}:
            return markupsafe.Markup(data["$markup"])
        return {key: value(item) for key, item in data.items() if item is not None}
    if isinstance(data, list):
        return [value(item) for item in data]
    return data


def render(case):
    templates = case.get("templates") or {"main.html": case["template"]}
    environment = jinja2.Environment(autoescape=True, loader=jinja2.DictLoader(templates))
    return environment.get_template("main.html").render(value(case.get("context", {})))


def main():
    before = PATH.read_text()
    lines = []
    for number, line in enumerate(before.splitlines(), 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            case["expected"] = render(case)
        except Exception as error:
            sys.exit(f"{PATH.name}:{number}: {error}")
        lines.append(json.dumps(case, ensure_ascii=False) + "\n")
    after = "".join(lines)
    if "--check" in sys.argv:
        sys.exit(0 if after == before else f"{PATH.name} is not what Jinja2 {jinja2.__version__} renders")
    PATH.write_text(after)


main()
