#!/usr/bin/env python3
"""Checks that the JSON Schemas of `sitegen schema` say of files what sitegen says of them.

    schemas.py SITEGEN SITE…

Every file of the SITEs that a schema is for must be right by it. Then files are broken, field by field, in every way that
goes for all fields (a value of another kind, no value, no field, a field that there is not) and in those of a list: the
schema and sitegen have to take and refuse the same. At last the schemas are made wrong, to show that this would be
noticed. Schemas are read as jsonschema from PyPI reads them, YAML as YAML 1.2's core schema, which editors and sitegen have.
"""

import argparse
import copy
import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jsonschema
import yaml
from wcmatch import glob

from report import Report
from schemacases import CASES, DOCUMENTS, FILES, SAMPLES

MATCHING = glob.GLOBSTAR | glob.EXTGLOB
# What no field is: neither text, number, truth value nor list, and no record has such a key.
WRONG = {"surely_no_field": 1}


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema: dates are text, and so are yes, no, on and off."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


def front_matter(text):
    match = re.match(r"\A---\n(.*?)^---$", text, re.DOTALL | re.MULTILINE)
    return match.group(1) if match else None


def data_of(path):
    """What a file of a site says: its front matter, or all of it."""
    text = path.read_text()
    return yaml.load(front_matter(text) if path.suffix == ".md" else text, CoreLoader)


class Schemas:
    def __init__(self, sitegen, report):
        self.report = report
        self.folder = tempfile.TemporaryDirectory()
        subprocess.run([sitegen, "schema", "--output", self.folder.name], check=True, capture_output=True)
        listed = subprocess.run([sitegen, "schema"], check=True, capture_output=True, text=True).stdout
        self.validators, self.globs = {}, {}
        name = None
        for line in listed.splitlines():
            if line.startswith(" "):
                self.globs[name] = line.strip().split(", ")
            else:
                name = line.split()[0]
                schema = json.loads((Path(self.folder.name) / f"{name}.schema.json").read_text())
                jsonschema.Draft7Validator.check_schema(schema)
                self.validators[name] = jsonschema.Draft7Validator(
                    schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
                report.count("schema")
        for needed in ("date", "date-time"):
            if needed not in jsonschema.Draft7Validator.FORMAT_CHECKER.checkers:
                report.problem("jsonschema", f"the format '{needed}' is checked by nothing that is installed")

    def problems(self, name, data):
        return [f"{error.json_path}: {error.message[:200]}" for error in self.validators[name].iter_errors(data)]

    def of(self, path):
        """The schemas that a file of a site has."""
        return [name for name, globs in self.globs.items() if any(glob.globmatch(path, item, flags=MATCHING) for item in globs)]


def check_site(schemas, root, report):
    """Every file that people wrote for a site."""
    for file in sorted([*root.glob("content/**/*"), *root.glob("themes/*/theme.yaml")]):
        path = file.relative_to(root).as_posix()
        names = schemas.of(path)
        if not names:
            if file.suffix in (".md", ".yaml"):
                report.problem(path, "no schema is for this file")
            continue
        if len(names) > 1:
            report.problem(path, f"several schemas are for one file: {', '.join(names)}")
        data = data_of(file)
        vote = data.get("vote") if isinstance(data, dict) else None
        for name, part in [(names[0], data)] + ([("ballot", vote)] if vote else []):
            report.count("written file" if name != "ballot" else "ballot")
            for problem in schemas.problems(name, part):
                report.problem(path, f"is not as {name} says: {problem}")
        report.count(f"{names[0]} file")


# MARK: - Broken files


def sample(schema):
    """A value that a schema describes, with all of its fields."""
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        # The last that is no null says most: a mapping instead of a text.
        return sample([part for part in schema["anyOf"] if part.get("type") != "null"][-1 if objects(schema) else 0])
    kinds = schema.get("type")
    kind = kinds if isinstance(kinds, str) else (kinds or [None])[0]
    if kind == "object" and "properties" in schema:
        return {name: SAMPLES.get(name) or sample(part) for name, part in schema["properties"].items() if name in SAMPLES or part.keys() - {"description"}}
    if kind == "object":
        return {"sample": sample(schema["additionalProperties"])}
    if kind == "array":
        return [sample(schema["items"])]
    if kind in ("integer", "number"):
        return max(schema.get("minimum", 1), min(schema.get("maximum", 1), 1))
    if kind == "boolean":
        # Not true: in a draft, much may still be wrong.
        return False
    if schema.get("format") == "date":
        return "2026-11-20"
    pattern = schema.get("pattern", "\\S")
    if pattern != "\\S" and pattern not in SAMPLES:
        raise SystemExit(f"schemacases.py needs a sample of {pattern}")
    return SAMPLES.get(pattern, "Some text")


def objects(schema):
    """The schemas of mappings that a value of `schema` may be, or be a list of."""
    if schema.get("properties"):
        return [schema]
    parts = schema.get("anyOf", []) + ([schema["items"]] if isinstance(schema.get("items"), dict) else [])
    parts += [schema["additionalProperties"]] if isinstance(schema.get("additionalProperties"), dict) else []
    return [found for part in parts for found in objects(part)]


def inside(value):
    """The mapping in which the fields of a value are: the value, or the first of its list or dictionary."""
    if isinstance(value, list):
        return value[0]
    return value["sample"] if isinstance(value, dict) and "sample" in value else value


def variants(schema, document):
    """Documents that break `document` in one place, each with what was done, and whether it is still right."""

    def at(path):
        changed = copy.deepcopy(document)
        mapping = inside(changed)
        for name in path:
            mapping = inside(mapping[name])
        return changed, mapping

    def walk(part, path):
        changed, mapping = at(path)
        mapping["surely_no_field"] = 1
        yield f"{'.'.join(path)} with an unknown field", changed, False
        for name, field in part["properties"].items():
            place = ".".join([*path, name])
            is_required = name in part.get("required", [])
            # Fields that take anything, but for null where there has to be something.
            is_free = not field.keys() - {"description", "not"}
            if not is_free:
                changed, mapping = at(path)
                mapping[name] = WRONG
                yield f"{place} of another kind", changed, False
            changed, mapping = at(path)
            mapping[name] = None
            yield f"{place} without a value", changed, not is_required
            if is_required:
                changed, mapping = at(path)
                mapping.pop(name, None)
                yield f"without {place}", changed, False
            for inner in objects(field)[-1:]:
                changed, mapping = at(path)
                if name in mapping:
                    yield from walk(inner, [*path, name])

    for part in objects(schema):
        yield from walk(part, [])


class Site:
    """A small site in which one file says something else each time."""

    def __init__(self, sitegen):
        self.sitegen = sitegen

    def errors(self, name, text):
        """What sitegen says of the file that the schema `name` is for when it holds `text`."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            path, wrapping = FILES[name]
            for place, content in DOCUMENTS.items():
                (root / place).parent.mkdir(parents=True, exist_ok=True)
                (root / place).write_text(content)
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(wrapping.replace("@", text.rstrip("\n")))
            result = subprocess.run(
                [self.sitegen, "build", "--root", folder, "--as-of", "2026-11-27", "--format", "json",
                 *(["--theme", "ours"] if name == "theme" else [])], capture_output=True, text=True)
            lines = [json.loads(line) for line in result.stdout.splitlines()]
            if not lines or "result" not in lines[-1]:
                raise SystemExit(f"{path}: sitegen ended with {result.returncode}: {result.stderr}\n{text}")
            return [line for line in lines[:-1] if line["severity"] == "error" and line.get("path") == path]


def indented(text, width):
    return "".join(" " * width + line + "\n" for line in text.splitlines())


def check_case(schemas, site, name, what, text, is_right, report, only_fields):
    by_schema = schemas.problems(name, yaml.load(text, CoreLoader))
    found = site.errors(name, indented(text, 2) if name == "ballot" else text)
    # References between files are none of a schema's business.
    by_reader = [error for error in found if not only_fields or error["id"].startswith(("field/", "comments/personal"))]
    if bool(by_schema) == is_right:
        report.problem(f"{name}: {what}", f"the schema {'refuses' if is_right else 'takes'} it: {'; '.join(by_schema)}")
    if bool(by_reader) == is_right:
        said = "; ".join(error["message"] for error in by_reader)
        report.problem(f"{name}: {what}", f"sitegen {'refuses' if is_right else 'takes'} it: {said}")


def check_broken(schemas, sitegen, report):
    site = Site(sitegen)
    jobs = []
    for name, validator in schemas.validators.items():
        schema = validator.schema
        document = sample(schema)
        full = yaml.dump(document, allow_unicode=True, sort_keys=False)
        jobs.append((name, "with every field", full, True, True))
        for what, changed, is_right in variants(schema, document):
            jobs.append((name, what, yaml.dump(changed, allow_unicode=True, sort_keys=False), is_right, True))
    for name, text, is_right in CASES:
        jobs.append((name, text.strip(), text, is_right, False))
    with ThreadPoolExecutor() as pool:
        for future in [pool.submit(check_case, schemas, site, *job[:4], report, job[4]) for job in jobs]:
            future.result()
    report.count("changed file", len(jobs))
    return jobs


# MARK: - Broken schemas

# What a schema may lack, or have too much: each a change of the members of one part of it.
MUTATIONS = {
    "fields that have to be there": lambda part: part.pop("required", None),
    "unknown fields": lambda part: part.update(additionalProperties=True) if part.get("additionalProperties") is False else None,
    "patterns": lambda part: part.pop("pattern", None),
    "formats": lambda part: part.pop("format", None),
    "words": lambda part: part.pop("enum", None),
    "bounds of numbers": lambda part: (part.pop("minimum", None), part.pop("maximum", None)),
    "kinds": lambda part: part.pop("type", None) if isinstance(part.get("type"), (str, list)) else None,
    "items": lambda part: part.pop("items", None) if isinstance(part.get("items"), dict) else None,
    "nothing as a value": lambda part: part["type"].remove("null") if isinstance(part.get("type"), list) and "null" in part["type"] else None,
    "plain numbers as text": lambda part: part["type"].remove("number") if isinstance(part.get("type"), list) and "number" in part["type"] else None,
}


def check_that_it_can_fail(schemas, jobs, report):
    """Each mutation of the schemas has to make a difference to some file."""

    def change(part, mutation):
        if isinstance(part, dict):
            mutation(part)
        for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else []:
            change(inner, mutation)

    documents = [(name, yaml.load(text, CoreLoader), is_right) for name, _, text, is_right, _ in jobs]
    for what, mutation in MUTATIONS.items():
        changed = {}
        for name, validator in schemas.validators.items():
            schema = copy.deepcopy(validator.schema)
            change(schema, mutation)
            changed[name] = jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
        if all(changed[name].is_valid(data) == is_right for name, data, is_right in documents):
            report.problem("the check itself", f"nothing is noticed when the schemas are wrong about {what}")
        report.count("broken schema")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sitegen", type=lambda text: str(Path(text).resolve()))
    parser.add_argument("sites", nargs="+", type=Path)
    arguments = parser.parse_args()
    report = Report("schemas")
    schemas = Schemas(arguments.sitegen, report)
    for root in arguments.sites:
        check_site(schemas, root, report)
    for name in schemas.validators:
        if name != "ballot":
            report.require(f"{name} file", "each schema is held against one that was written")
    jobs = check_broken(schemas, arguments.sitegen, report)
    check_that_it_can_fail(schemas, jobs, report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
