#!/usr/bin/env python3
"""Renders every public injection string in every place of a template and judges the parsed page.

    check.py PROBE

PROBE is the program of Tests/TemplateProbe. Two parsers read each page: lexbor all of them, html5lib, which is a
hundred times slower, every payload in some place and every place with some payloads.
"""

import json
import subprocess
import sys

from contexts import CASES, Case
from dom import Element, dangers, lexbor, normal, shape, standard
from payloads import payloads

# Harmless values of the kinds that a place may tell apart: empty text makes no text node, addresses no scheme.
HARMLESS_VALUE = "Salt Road"
# So many payloads lie between two that html5lib reads in one place.
STRIDE = 211


class Probe:
    def __init__(self, program: str):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        encoding="utf-8")

    def render(self, templates: dict[str, str], values: list[str]) -> dict:
        self.process.stdin.write(json.dumps({"templates": templates, "values": values}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def value_of(elements: list[Element], case: Case) -> str:
    element = next(e for e in elements if e.name == case.element)
    if case.attribute is None:
        return case.read("".join(element.text)) if case.expected is str else normal("".join(element.text))
    return normal(element.attributes[case.attribute])


def judge(case: Case, payload: str, elements: list[Element], wanted: list[tuple]) -> str | None:
    if shape(elements) != wanted:
        return "the page has other elements or attributes"
    if danger := next(dangers(elements), None):
        return f"the page holds {danger}"
    expected = case.expected(payload)
    if expected is not None and (found := value_of(elements, case)) != expected:
        return f"the page gives back {found[:100]!r}"
    return None


def main(program: str) -> int:
    probe = Probe(program)
    values = payloads()
    pages, failures = 0, 0
    for number, case in enumerate(CASES):
        answer = probe.render(case.templates, [HARMLESS_VALUE, *values])
        if "errors" in answer:
            print(f"{case.templates['main.html']}\n    does not compile: {answer['errors']}")
            failures += 1
            continue
        harmless, *rendered = answer["pages"]
        for parse, offset, stride in ((lexbor, 0, 1), (standard, number, STRIDE)):
            wanted = shape(parse(harmless))
            for payload, page in list(zip(values, rendered, strict=True))[offset::stride]:
                pages += 1
                if problem := judge(case, payload, parse(page), wanted):
                    failures += 1
                    if failures <= 20:
                        print(f"{case.templates['main.html']}\n    with {payload[:200]!r}\n"
                              f"    {parse.__name__}: {problem}\n    {page[:300]!r}")
    print(f"{'FAIL' if failures else 'pass'}  hostile values: {len(CASES)} places, {len(values):,} payloads, "
          f"{pages:,} pages read: {failures or 'no'} problems")
    return 1 if failures or pages < 100_000 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
