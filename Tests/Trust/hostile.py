#!/usr/bin/env python3
"""Builds small sites that are made to break a generator, each within a bound of time and of memory.

    hostile.py SITEGEN [--only WORD] [--selftest]

Each case says which diagnostics are expected, or that the site builds. Never wanted: a crash, a hang, a file outside
of the output, a link in a page to what no address can be.
"""

import json
import os
import resource
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workshop import CACHE, Program, Run, fresh, selftest, told, write

FOLDER = CACHE / "hostile"
SECONDS = 10
MEGABYTES = 128
SITE = "title: Hostile\nurl: https://h.example/\ntheme: plain\n"
COLUMN = "---\nname: Notes\nkind: articles\n---\n"
BUILDS: set[str] = set()
NESTED = {"markdown/nested-too-deeply"}


@dataclass
class Case:
    name: str
    files: dict[str, str | bytes]
    # The ids of errors expected, all of them; none when the site has to build.
    errors: set[str]
    # Makes what is no ordinary file, given the folder of content.
    make: Callable[[Path], None] | None = None
    megabytes: int = MEGABYTES
    # Files that the output must have, and what may stand in none.
    wanted: tuple[str, ...] = ()


def note(body: str | bytes = "Text.\n", front: str | bytes = "", name: str = "notes/2026-11-01-a.md") -> dict[str, str | bytes]:
    """One write-up of an otherwise good site."""
    parts = [part if isinstance(part, bytes) else part.encode() for part in ("---\ntitle: A\n", front, "---\n", body)]
    return {name: b"".join(parts)}


def large(folder: Path, name: str, line: bytes, count: int):
    """Writes a file of many equal pieces without holding it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as file:
        file.write(b"---\ntitle: A\n---\n")
        for _ in range(count):
            file.write(line)


def sparse(folder: Path, name: str, size: int):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    with open(folder / name, "wb") as file:
        file.truncate(size)


def named(folder: Path, name: bytes, text: bytes = b"x"):
    """Writes a file whose name is any bytes."""
    path = os.path.join(os.fsencode(folder), name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(text)


def link(folder: Path, name: str, target: str):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).symlink_to(target)


def theme(files: dict[str, str]) -> Callable[[Path], None]:
    """A theme of the site's own."""
    def make(folder: Path):
        write(folder.parent / "themes/ours", {"theme.yaml": "name: Ours\ncontract: 1\nextends: plain\n"} | files)
        write(folder, {"site.yaml": SITE.replace("plain", "ours")})
    return make


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9))
UNKNOWN = "".join(f"unknown_field_{n}: {n}\n" for n in range(20_000))


def quotes(depth: int) -> str:
    return "> " * depth + "x\n"


def cases() -> list[Case]:
    climbing = ["../../escape", "/../escape/", "..", "a/../../escape", "%2e%2e/escape", "..\\\\escape"]
    found = [
        Case("plain", note(), BUILDS, wanted=("notes/2026/a/index.html",)),

        # What isn't a file.
        Case("a link to itself", note(), {"content/broken-link"}, lambda folder: link(folder, "loop", "loop")),
        Case("links in a circle", note(), {"content/broken-link"},
             lambda folder: (link(folder, "one", "two"), link(folder, "two", "one"))[0]),
        Case("a link to the folder above", note(), {"content/linked-folder"}, lambda folder: link(folder, "notes/up", "..")),
        Case("a link out of the site", note(), {"content/escaping-link"}, lambda folder: link(folder, "passwd", "/etc/passwd")),
        Case("a link to the site's folder", note(), {"content/escaping-link"}, lambda folder: link(folder, "above", "../..")),
        Case("a pipe", note(), {"content/not-a-file"}, lambda folder: os.mkfifo(folder / "pipe")),
        Case("a pipe called a.md", note(), {"content/not-a-file"}, lambda folder: os.mkfifo(folder / "notes/b.md")),
        Case("a link to a pipe", note(), {"content/not-a-file", "content/linked-folder"},
             lambda folder: (os.mkfifo(folder / "pipe"), link(folder, "notes/b.md", "../pipe"))[0]),
        Case("a link to /dev/zero", note(), {"content/escaping-link"}, lambda folder: link(folder, "notes/b.md", "/dev/zero")),
        Case("a folder called a.md", note(), BUILDS, lambda folder: os.mkdir(folder / "notes/b.md")),
        Case("a folder called site.yaml", note(), {"74"},
             lambda folder: ((folder / "site.yaml").unlink(), os.mkdir(folder / "site.yaml"))[0]),
        Case("folders 40 deep", note() | {"/".join(["deep"] * 40) + "/x.txt": "x"}, {"content/deep-folder"}),
        Case("a theme with a pipe and a loop", note(), BUILDS,
             lambda folder: (theme({})(folder), os.mkfifo(folder.parent / "themes/ours/pipe"),
                             link(folder.parent / "themes/ours", "loop", "loop"))[0]),

        # Sizes.
        Case("a line of 200 MB", {}, {"content/too-large"},
             lambda folder: large(folder, "notes/2026-11-01-a.md", b"word and " * 1000, 22_500)),
        Case("a sparse write-up of 300 MB", {}, {"content/too-large"}, lambda folder: sparse(folder, "notes/2026-11-01-a.md", 300 << 20)),
        Case("a sparse site.yaml of 300 MB", note(), {"content/too-large"}, lambda folder: sparse(folder, "site.yaml", 300 << 20)),
        Case("sparse comments of 300 MB", note(), {"content/too-large"},
             lambda folder: sparse(folder, "notes/2026-11-01-a.comments.yaml", 300 << 20)),
        Case("a sparse template of 300 MB", note(), {"theme/too-large"},
             lambda folder: (theme({})(folder), sparse(folder.parent / "themes/ours", "templates/home.html", 300 << 20))[0]),
        Case("a line of 4 MB", {}, BUILDS, lambda folder: large(folder, "notes/2026-11-01-a.md", b"word and " * 1000, 440)),
        Case("an image of 400 MB that is none", note(), BUILDS, lambda folder: sparse(folder, "a.png", 400 << 20)),

        # Bytes.
        Case("front matter that is no UTF-8", note(front=b"logline: Caf\xe9\n"), {"text/invalid-utf-8"}),
        Case("front matter with NUL", note(front=b"logline: a\0b\n"), {"text/nul"}),
        Case("a text with NUL and no UTF-8", note(body=b"a\0b \xff\xfe\n"), {"markdown/control-character"}),
        Case("a site.yaml with NUL", note() | {"site.yaml": SITE + "description: \0\n"}, {"text/nul"}),
        Case("nothing but 0xFF", {"notes/2026-11-01-a.md": b"\xff" * 100_000}, {"front-matter/missing"}),
        Case("an empty file", {"notes/2026-11-01-a.md": b""}, {"front-matter/empty-file"}),

        # Names.
        Case("a name that is no UTF-8", note(), {"content/file-name"}, lambda folder: named(folder, b"caf\xe9.txt")),
        Case("a name with a line break", note(), {"content/file-name"}, lambda folder: named(folder, b"a\nb.txt")),
        Case("a name with an escape", note(), {"content/file-name"}, lambda folder: named(folder, b"\x1b[31mred.txt")),
        Case("a name that is turned around", note(), {"content/file-name"},
             lambda folder: named(folder, "a\u202Egpj.md".encode())),
        Case("a file's name of 255 bytes", note(), BUILDS, lambda folder: named(folder, b"n" * 251 + b".txt")),
        Case("a write-up's name of 255 bytes", note(name="notes/" + "n" * 252 + ".md", front="date: 2026-11-01\n"), BUILDS),
        Case("a column's name of 255 bytes", note() | {"c" * 255 + "/_column.md": COLUMN} |
             note(name="c" * 255 + "/2026-11-01-" + "n" * 241 + ".md"), BUILDS),
        Case("paths of 4,000 bytes", note(), {"plan/unusable-path"},
             lambda folder: named(folder, b"/".join([b"d" * 200] * 18) + b"/x.txt")),
        *[Case(f"a device called {name}", note() | {name: "x"}, {"plan/unusable-path"})
          for name in ("CON", "nul.txt", "sub/aux.md/x.txt", "com1.html", "LPT9")],
        Case("names that differ by case", note() | {"Files/a.txt": "1", "files/A.txt": "2"}, {"plan/same-address"}),
        Case("write-ups that differ by case", note(name="notes/2026-11-01-A.md") | note(), {"plan/same-address"}),
        Case("a file that a page's address has", note() | {"notes/index.html": "x"}, {"plan/same-address"}),
        Case("a file in the place of a folder", note() | {"tags": "x", "notes/2026-11-02-b.md": "---\ntitle: B\ntags: [x]\n---\n"},
             {"plan/same-address"}),
        Case("the records of sitegen", note() | {".sitegen/manifest": "x"}, BUILDS),
        Case("a file of .well-known", note() | {".well-known/security.txt": "x"}, BUILDS, wanted=(".well-known/security.txt",)),
        Case("a link out of .well-known", note(), {"content/escaping-link"},
             lambda folder: link(folder, ".well-known/x", "/etc/passwd")),
        Case("a folder .well-known below another", note() | {"a/.well-known/x/.hidden": "x"}, BUILDS),

        # Climbing.
        *[Case(f"the slug {slug}", note(front=f'slug: "{slug}"\n'), {"field/not-a-slug"}) for slug in climbing],
        Case("20,000 comments with one id",
             note() | {"notes/2026-11-01-a.comments.yaml": "- {id: a, body: b}\n" * 20_000}, {"comments/duplicate-id"}),
        Case("20,000 answers to nobody",
             note() | {"notes/2026-11-01-a.comments.yaml":
                       "".join(f"- {{reply_to: answer-{n}, body: b}}\n" for n in range(20_000))}, {"comments/unknown-reply"}),
        Case("an alias with a line break and a query", note(front='aliases: ["/a%0ADeny%20from%20all?p=1"]\n'), {"field/not-a-path"}),
        *[Case(f"the alias {alias}", note(front=f'aliases: ["{alias}"]\n'), {"field/not-a-path"}) for alias in climbing[:4]],
        *[Case(f"the image {image}", note(front=f'images: [{{src: "{image}", alt: x}}]\n'), {"link/missing-image"})
          for image in climbing[:4]],
        *[Case(f"the link {target}", note(body=f"[x]({target}) ![y]({target})\n"), {"link/outside", "link/missing-target", "link/missing-image"})
          for target in climbing[:4]],
        *[Case(f"the permalink {form}", note() | {"notes/_column.md": COLUMN.replace("kind", f'permalink: "{form}"\nkind')},
               {"column/permalink"}) for form in ("../{slug}", "/../{slug}", "a/../../{slug}", "{slug}/..", ".sitegen/{slug}")],
        *[Case(f"the theme {name}", note() | {"site.yaml": SITE.replace("plain", f'"{name}"')}, {"theme/unknown"})
          for name in ("../plain", "/etc", "..", ".", "a/../plain")],
        Case("a theme that extends ..", note(), {"theme/unknown"}, theme({"theme.yaml": 'name: O\ncontract: 1\nextends: "../../x"\n'})),
        Case("tags and people that climb", note(front='tags: ["../../x", "..", "/", ".", "a/../../b"]\nauthors: ["../../../etc", "..", "/"]\n'),
             {"write-up/term"}),
        Case("a person called ..", note() | {"people/...md": "---\nname: X\n---\n"}, BUILDS),
        Case("a template that includes above", note(), {"template/unknown-template"},
             theme({"templates/home.html": '{% include "../../../content/site.yaml" %}'})),
        Case("a style sheet that refers above", note(), {"theme/unknown-asset"},
             theme({"assets/x.css": "@import url(../../../../etc/passwd); a { background: url('../../theme.yaml') }\n"})),

        # Text that misleads.
        Case("titles and names that are turned around", note(front="logline: a\u202Eb\u2066c\ntags: [\"x\u202Ey\"]\nauthors: [\"A\u2067n\u202En\"]\n"),
             BUILDS),

        # Bombs.
        Case("aliases of aliases", note(front=f"extra:\n" + "".join("  " + line + "\n" for line in BOMB.splitlines())),
             {"yaml/alias-expansion"}),
        Case("aliases of aliases in site.yaml", note() | {"site.yaml": SITE + BOMB}, {"yaml/alias-expansion"}),
        Case("an alias in itself", note(front="extra: &a [*a]\n"), {"yaml/recursive-alias"}),
        Case("20,000 unknown fields", note(front=UNKNOWN), {"field/unknown"}),
        Case("20,000 unknown fields in site.yaml", note() | {"site.yaml": SITE + UNKNOWN}, {"field/unknown"}),
        Case("20,000 unknown fields near to one", note(front="".join(f"tgs{n}: 1\n" for n in range(20_000))), {"field/unknown"}),
        Case("one field 20,000 times", note(front="logline: x\n" * 20_000), {"yaml/duplicate-key"}),
        Case("20,000 different fields of extra", note(front="extra:\n" + "".join(f"  k{n}: v\n" for n in range(20_000))), BUILDS),
        Case("2,000 tags", note(front=f"tags: [{', '.join(f't{n}' for n in range(2_000))}]\n"), BUILDS),
        Case("lists 100,000 deep in front matter", note(front="extra: " + "[" * 100_000 + "]" * 100_000 + "\n"), {"yaml/too-deep"}),
        Case("fields 10,000 deep in front matter", note(front="extra:\n" + "".join(" " * n + "a:\n" for n in range(1, 3_000))),
             {"yaml/too-deep"}),
        Case("quotes 100,000 deep", note(quotes(100_000)), NESTED),
        Case("lists 100,000 deep", note("- " * 100_000 + "x\n"), NESTED),
        Case("numbered lists 100,000 deep", note("1. " * 100_000 + "x\n"), NESTED),
        Case("lists indented 2,000 deep", note("".join("  " * n + "- x\n" for n in range(2_000))), NESTED),
        Case("50,000 open embeds", note("![[]()" * 50_000 + "\n"), NESTED),
        Case("50,000 open links", note("[" * 50_000 + "a" + "](b)" * 50_000 + "\n"), NESTED),
        Case("100,000 brackets", note("[" * 100_000 + "\n"), NESTED),
        Case("emphasis in quotes", note("> " * 200 + "*a **b " * 20_000 + "\n"), NESTED),
        Case("deep emphasis", note("*a _b " * 25_000 + "c" + "_ *" * 25_000 + "\n"), BUILDS),
        Case("many stars", note("*" * 100_000 + "a" + "*" * 100_000 + "\n"), BUILDS),
        Case("many backticks", note("".join("`" * n + "a" for n in range(1, 1_200)) + "\n"), BUILDS),
        Case("many open comments", note("<!-- a " * 50_000 + "\n"), BUILDS),
        Case("many open tags", note("<a b=\"" * 50_000 + "\n"), BUILDS),
        Case("elements 50,000 deep", note("<div>" * 50_000 + "x\n"), BUILDS),
        Case("many definitions", note("".join(f"[a{n}]: /x{n}\n" for n in range(20_000)) + "".join(f"[a{n}] " for n in range(20_000))),
             {"link/missing-target"}),
        Case("many footnotes", note("".join(f"x[^{n}] " for n in range(10_000)) + "\n\n" + "".join(f"[^{n}]: y\n" for n in range(10_000))),
             BUILDS),
        Case("a table of 20,000 columns", note("|a" * 20_000 + "|\n" + "|-" * 20_000 + "|\n" + "|b|\n" * 2_000), BUILDS),
        Case("20,000 headings", note("# a\n" * 20_000), BUILDS),
        Case("a template in itself", note(), {"template/cycle"}, theme({"templates/home.html": '{% include "home.html" %}'})),
        Case("two templates in each other", note(), {"template/cycle"}, theme(
            {"templates/home.html": '{% include "partials/a.html" %}', "templates/partials/a.html": '{% include "partials/b.html" %}',
             "templates/partials/b.html": '{% include "partials/a.html" %}'})),
        Case("a template that extends itself", note(), {"template/cycle"}, theme({"templates/home.html": '{% extends "home.html" %}'})),
        Case("a theme that extends itself", note(), {"theme/cycle"}, theme({"theme.yaml": "name: O\ncontract: 1\nextends: ours\n"})),
        Case("blocks 20,000 deep", note(), {"template/too-deep", "template/syntax"}, theme(
            {"templates/home.html": "{% if true %}" * 20_000 + "{% endif %}" * 20_000})),
        Case("parentheses 100,000 deep", note(), {"template/too-deep"}, theme(
            {"templates/home.html": "{{ " + "(" * 100_000 + "1" + ")" * 100_000 + " }}"})),
        Case("loops in loops", note(), {"template/page-too-large"}, theme(
            {"templates/home.html": "".join(f"{{% for a{n} in range(1000) %}}" for n in range(4)) + "x" + "{% endfor %}" * 4})),
    ]
    return found


# MARK: - A run in bounds

@dataclass
class Measured:
    run: Run
    ids: set[str]
    megabytes: float


def measured(command: list[str]) -> Measured:
    """Runs a command in bounds of time and memory, and says how much of both it took."""
    begin = time.monotonic()
    with open(FOLDER / "stdout", "w+b") as output, open(FOLDER / "stderr", "w+b") as errors:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        timer = threading.Timer(SECONDS * 3, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begin
        output.seek(0)
        errors.seek(0)
        ids = {found["id"] for found in map(json.loads, output) if found.get("severity") == "error"}
        messages = errors.read(100_000).decode(errors="replace")
    if process.returncode == 74:
        ids.add("74")
    peak = usage.ru_maxrss / (1024 if sys.platform.startswith("linux") else 1024 * 1024)
    return Measured(Run(process.returncode, "", messages, seconds), ids, peak)


def lay_out(case: Case, folder: Path):
    content = fresh(folder) / "content"
    write(content, {"site.yaml": SITE, "notes/_column.md": COLUMN} | case.files)
    if case.make:
        case.make(content)


def judge(case: Case, result: Measured, folder: Path) -> list[str]:
    """What is wrong with a run."""
    run = result.run
    wrong = []
    if run.code not in (0, 1, 74):
        wrong.append(f"it ends with {run.code}: {run.errors[-300:]}")
    elif (not result.ids) != (not case.errors) or not result.ids <= case.errors:
        wrong.append(f"it says {sorted(result.ids) or 'nothing'} instead of {sorted(case.errors) or 'nothing'}")
    if run.code == 74 and (run.errors.count("\n") != 1 or not run.errors.startswith("sitegen: cannot ")):
        wrong.append(f"not one line: {run.errors[:300]}")
    if run.seconds > SECONDS:
        wrong.append(f"it takes {run.seconds:.1f} s")
    if result.megabytes > case.megabytes:
        wrong.append(f"it takes {result.megabytes:.0f} MB")
    beside = set(os.listdir(folder)) - {"content", "themes", "output"}
    if beside or (folder.parent / "escape").exists() or (folder.parent / "etc").exists():
        wrong.append(f"it writes outside the output: {sorted(beside)}")
    output = folder / "output"
    wrong += [f"{name} is missing" for name in case.wanted if not (output / name).is_file()]
    # Only names and modes are looked at: what a process measures includes what the one that started it holds.
    wrong += [f"{path} is no ordinary file" for path in output.rglob("*") if not stat.S_IFMT(path.lstat().st_mode) in (stat.S_IFREG, stat.S_IFDIR)]
    if (output / ".sitegen/stage").exists():
        wrong.append("what was staged is left behind")
    return wrong


def main() -> int:
    arguments = told(only="")
    program = Program(arguments.sitegen)
    fresh(FOLDER)
    if arguments.selftest:
        return check_the_check()
    count, bad, slowest, largest = 0, 0, (0.0, ""), (0.0, "")
    for case in cases():
        if arguments.only not in case.name:
            continue
        folder = FOLDER / "sites" / "site"
        lay_out(case, folder)
        result = measured(program.command(folder, folder / "output", "--format", "json"))
        wrong = judge(case, result, folder)
        count += 1
        slowest = max(slowest, (result.run.seconds, case.name))
        largest = max(largest, (result.megabytes, case.name))
        if result.run.seconds > 1:
            print(f"hostile: {case.name}: {result.run.seconds:.1f} s, {result.megabytes:.0f} MB")
        if wrong:
            bad += 1
            print(f"hostile: {case.name}:\n  " + "\n  ".join(wrong), file=sys.stderr)
    shutil.rmtree(FOLDER / "sites", ignore_errors=True)
    print(f"hostile: {count} sites, {bad} handled badly; slowest {slowest[0]:.1f} s ({slowest[1]}), "
          f"largest {largest[0]:.0f} MB ({largest[1]})")
    return 1 if bad else 0


def check_the_check() -> int:
    """Judges runs as a worse program would end them."""
    folder = FOLDER / "sites" / "site"

    def noticed(errors: set[str] = BUILDS, code: int = 0, ids: set[str] = BUILDS, seconds: float = 0, megabytes: float = 0,
                spoil: str = "", text: str = "", wanted: tuple[str, ...] = ()) -> bool:
        case = Case("selftest", note(), errors, wanted=wanted)
        lay_out(case, folder)
        write(folder, {"output/index.html": "x"} | ({spoil: "x"} if spoil else {}))
        return bool(judge(case, Measured(Run(code, "", text, seconds), ids, megabytes), folder))

    if noticed() or noticed({"a/b"}, 1, {"a/b"}):
        sys.exit("hostile --selftest: a good run is not accepted")
    found = {
        "a crash": noticed(code=-11),
        "an error too many": noticed(code=1, ids={"a/b"}),
        "a missing error": noticed({"a/b"}),
        "another error": noticed({"a/b"}, 1, {"c/d"}),
        "a slow build": noticed(seconds=SECONDS + 1),
        "a large build": noticed(megabytes=MEGABYTES + 1),
        "a file beside the output": noticed(spoil="escape/index.html"),
        "a missing page": noticed(wanted=("about/index.html",)),
        "a staged file left behind": noticed(spoil="output/.sitegen/stage/x"),
        "a refusal of two lines": noticed({"74"}, 74, {"74"}, text="a\nb\n"),
    }
    hang = measured([sys.executable, "-c", f"bytearray({MEGABYTES + 50} << 20); import time; time.sleep(0.1)"])
    found["memory that was measured"] = hang.megabytes > MEGABYTES
    return selftest("hostile", found)


resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
sys.exit(main())
