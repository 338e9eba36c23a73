#!/usr/bin/env python3
"""Builds the same sites in many surroundings, and compares every byte.

    same.py SITEGEN [--only WORD] [--selftest]

The demo site in both themes and a column of 500 write-ups: with 1, 2, 3 and 8 tasks, from another folder,
into an empty output and over old ones; the demo in plain also in other time zones and locales, with other umasks and so on.
"""

import os
import random
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from workshop import CACHE, NOW, ROOT, Program, Run, difference, fresh, run, selftest, told, tree, write

LOCALES = ["C", "tr_TR.UTF-8", "de_DE.UTF-8", "ar_EG.UTF-8"]
FOLDER = CACHE / "same"


@dataclass
class Site:
    """A site, and the tree that it comes to."""
    name: str
    root: Path
    options: list[str]
    wanted: dict[str, bytes | None] = field(default_factory=dict)
    # Whether it is built in those surroundings alone that matter most.
    is_brief: bool = False


@dataclass
class Surroundings:
    """What a build finds itself in."""
    name: str
    options: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    umask: int | None = None
    # Where the site is, given where it is otherwise; where the build is started, if not here.
    move: Callable[[Path], Path] | None = None
    is_started_inside: bool = False
    is_always_tried: bool = False
    # What the output holds before, given the site.
    before: Callable[[Site, Path], None] | None = None


# MARK: - Other folders

def copied_to(name: str) -> Callable[[Path], Path]:
    """Copies the site to a folder of that name, its files made in a random order and with other times."""
    def move(root: Path) -> Path:
        target = fresh(FOLDER / name)
        paths = [path for part in ("content", "themes") for path in sorted((root / part).rglob("*")) if path.is_file()]
        random.Random(1).shuffle(paths)
        for path in paths:
            copy = target / path.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            os.utime(copy, (1_000_000_000, 1_000_000_000))
        return target
    return move


def linked(root: Path) -> Path:
    link = FOLDER / "link"
    link.unlink(missing_ok=True)
    link.symlink_to(root)
    return link


# MARK: - Other outputs

def old_theme(program: Program) -> Callable[[Site, Path], None]:
    def before(site: Site, output: Path):
        theme = "plain" if "marquee" in site.options else "marquee"
        program.build(site.root, output, "--theme", theme)
    return before


def old_site(program: Program) -> Callable[[Site, Path], None]:
    def before(site: Site, output: Path):
        root = fresh(FOLDER / "other")
        write(root / "content", {"site.yaml": "title: Other\nurl: https://o.example/\ntheme: plain\n",
                                 "pages/about.md": "---\ntitle: Other\n---\n", "tags": "a file\n"})
        if program.build(root, output).code != 0:
            sys.exit("same: the other site can't be built")
    return before


def same_site(program: Program) -> Callable[[Site, Path], None]:
    return lambda site, output: built(program, site, Surroundings("again"), output)


def same_site_without_stamp(program: Program) -> Callable[[Site, Path], None]:
    """So that every page is made again, and compared with the one that is there."""
    def before(site: Site, output: Path):
        same_site(program)(site, output)
        (output / ".sitegen/stamp").unlink()
    return before


def surroundings(program: Program) -> list[Surroundings]:
    bare = {name: "" for name in ("HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "TERM", "PWD")}
    return [
        *[Surroundings(f"{jobs} tasks", ["--jobs", str(jobs)], is_always_tried=True) for jobs in (1, 2, 3, 8)],
        *[Surroundings(f"TZ={zone}", environment={"TZ": zone}) for zone in ("Pacific/Apia", "America/New_York", ":nonsense")],
        *[Surroundings(f"locale {name}", environment={"LANG": name, "LC_ALL": name}) for name in LOCALES],
        *[Surroundings(f"umask {mask:03o}", umask=mask) for mask in (0o000, 0o027, 0o077)],
        Surroundings("an empty environment", environment=bare),
        Surroundings("other hashes", environment={"SWIFT_DETERMINISTIC_HASHING": "1"}),
        Surroundings("another folder", move=copied_to("an other, longer folder/with ünusual (letters)"), is_always_tried=True),
        Surroundings("a link to the folder", move=linked),
        Surroundings("started inside", is_started_inside=True),
        Surroundings("over itself", before=same_site(program), is_always_tried=True),
        Surroundings("over itself, without its stamp", before=same_site_without_stamp(program), is_always_tried=True),
        Surroundings("over another theme", before=old_theme(program), is_always_tried=True),
        Surroundings("over another site", before=old_site(program)),
    ]


def built(program: Program, site: Site, around: Surroundings, output: Path) -> Run:
    root = around.move(site.root) if around.move else site.root
    command = program.command(root, output, *site.options, *around.options)
    more: dict = {}
    if around.is_started_inside:
        command = [program.path, "build", "--output", os.path.relpath(output, root.resolve()), "--as-of", NOW, *site.options]
        more["cwd"] = root
    if around.umask is not None:
        more["umask"] = around.umask
    return run(command, environment=around.environment, **more)


def modes_wrong(output: Path, umask: int) -> list[str]:
    """Files and folders whose modes are not what the umask leaves."""
    wrong = []
    for path in output.rglob("*"):
        mode = stat.S_IMODE(path.lstat().st_mode)
        wanted = (0o777 if path.is_dir() else 0o666) & ~umask
        if mode != wanted:
            wrong.append(f"{path.relative_to(output)} has the mode {mode:o} instead of {wanted:o}")
    return wrong


def times(output: Path) -> dict[Path, int]:
    files = (path for path in output.rglob("*") if path.is_file() and path.name != "stamp")
    return {path: path.stat().st_mtime_ns for path in files}


def compare(program: Program, site: Site, around: Surroundings) -> list[str]:
    """What is wrong with a build in these surroundings."""
    output = FOLDER / "output"
    shutil.rmtree(output, ignore_errors=True)
    if around.before:
        around.before(site, output)
    old_times = times(output) if around.name.startswith("over itself") else {}
    result = built(program, site, around, output)
    if result.code != 0:
        return [str(result)[-500:]]
    wrong = difference(tree(output), site.wanted)
    if around.umask is not None:
        wrong += modes_wrong(output, around.umask)
    if old_times and times(output) != old_times:
        wrong.append("a build that changes nothing writes files")
    return wrong


def sites() -> list[Site]:
    generated = FOLDER / "generated"
    subprocess.run([sys.executable, ROOT / "Benchmarks/generate.py", generated, "500"], check=True)
    return [Site("demo in marquee", ROOT, ["--theme", "marquee"], is_brief=True), Site("demo in plain", ROOT, ["--theme", "plain"]),
            Site("500 write-ups", generated, ["--theme", "marquee"], is_brief=True)]


def main() -> int:
    arguments = told(only="")
    program = Program(arguments.sitegen)
    fresh(FOLDER)
    if arguments.selftest:
        return check_the_check(program)
    count, files, different = 0, 0, 0
    for site in sites():
        output = FOLDER / "wanted"
        shutil.rmtree(output, ignore_errors=True)
        result = built(program, site, Surroundings("first"), output)
        if result.code != 0:
            sys.exit(f"same: {site.name} can't be built\n{result}")
        site.wanted = tree(output)
        for around in surroundings(program):
            if arguments.only not in f"{site.name}, {around.name}" or site.is_brief and not around.is_always_tried:
                continue
            count += 1
            files += len(site.wanted)
            wrong = compare(program, site, around)
            if wrong:
                different += 1
                print(f"same: {site.name}, {around.name}:\n  " + "\n  ".join(wrong[:10]), file=sys.stderr)
    listed = run(["locale", "-a"]).output.lower().replace("-", "") if shutil.which("locale") else ""
    missing = [name for name in LOCALES if name.lower().replace("-", "") not in listed.split()]
    note = f" (locales set but not installed: {', '.join(missing)})" if missing else ""
    print(f"same: {count} builds, {files} files and folders compared, {different} trees that differ{note}")
    return 1 if different else 0


def check_the_check(program: Program) -> int:
    """Compares with builds that really are different."""
    root = FOLDER / "small"
    write(root / "content", {"site.yaml": "title: Small\nurl: https://s.example/\ntheme: plain\n", "a.txt": "a\n"})
    site = Site("small", root, [])
    built(program, site, Surroundings("first", umask=0o022), FOLDER / "wanted")
    site.wanted = tree(FOLDER / "wanted")

    def noticed(around: Surroundings) -> bool:
        return bool(compare(program, site, around))

    def changed(old: Path) -> Path:
        target = fresh(FOLDER / "changed")
        shutil.copytree(old / "content", target / "content")
        write(target / "content", {"a.txt": "b\n"})
        return target

    def more(old: Path) -> Path:
        target = changed(old)
        write(target / "content", {"a.txt": "a\n", "b.txt": "b\n"})
        return target

    if noticed(Surroundings("nothing")) or noticed(Surroundings("umask", umask=0o077)):
        sys.exit("same --selftest: the same build is not accepted")
    output = FOLDER / "modes"
    built(program, site, Surroundings("modes", umask=0o022), output)
    return selftest("same", {
        "another byte": noticed(Surroundings("byte", move=changed)),
        "another file": noticed(Surroundings("file", move=more)),
        "another title": noticed(Surroundings("address", ["--url", "https://t.example/"])),
        "a build that fails": noticed(Surroundings("theme", ["--theme", "none"])),
        "modes that no umask leaves": bool(modes_wrong(output, 0o077)),
        "files that are written again": noticed(Surroundings(
            "over itself", before=lambda site, output: (built(program, site, Surroundings("old"), output),
                                                        write(output, {"a.txt": "b\n"}))[0])),
    })


sys.exit(main())
