"""Folders in which sites are written and built, and what lies in them afterwards."""

import argparse
import os
import shutil
import stat
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CACHE = ROOT / ".cache" / "trust"
NOW = "2026-11-28"
# Whether a library can be put before the system's, to meddle with single calls.
CAN_MEDDLE = sys.platform.startswith("linux")


# MARK: - Trees

def write(folder: Path, files: dict[str, str | bytes]):
    """Writes files by their paths below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def tree(folder: Path) -> dict[str, bytes | None]:
    """The files below a folder with their bytes, links as what they say, and its folders as None."""
    found: dict[str, bytes | None] = {}
    prefix = len(str(folder)) + 1
    for parent, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(parent, name)
            mode = os.lstat(path).st_mode
            if stat.S_ISREG(mode):
                with open(path, "rb") as file:
                    found[path[prefix:]] = file.read()
            elif stat.S_ISLNK(mode):
                found[path[prefix:]] = b"-> " + os.readlink(path).encode()
            else:
                found[path[prefix:]] = None if stat.S_ISDIR(mode) else b"special"
    return found


def difference(found: dict, wanted: dict) -> list[str]:
    """What sets two trees apart, a line for each path."""
    lines = [f"{name} is left over" for name in found.keys() - wanted.keys()]
    lines += [f"{name} is missing" for name in wanted.keys() - found.keys()]
    lines += [f"{name} differs" for name in found.keys() & wanted.keys() if found[name] != wanted[name]]
    return sorted(lines)


def fresh(folder: Path) -> Path:
    """The folder, empty."""
    if folder.is_symlink():
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


# MARK: - Runs

@dataclass
class Run:
    """What came of one run of the program; a negative code is the signal that ended it."""
    code: int
    output: str
    errors: str
    seconds: float

    def __str__(self) -> str:
        return f"exit code {self.code}\n{self.output}{self.errors}".rstrip()


class Program:
    """The built program, and how it is run."""

    def __init__(self, path: str):
        self.path = os.path.abspath(path)

    def command(self, root: Path, output: Path, *more: str) -> list[str]:
        return [self.path, "build", "--root", str(root), "--output", str(output), "--as-of", NOW, *more]

    def build(self, root: Path, output: Path, *more: str, bound: float = 60, **settings) -> Run:
        return run(self.command(root, output, *more), bound=bound, **settings)


def run(command: list[str], *, bound: float = 60, environment: dict | None = None, **more) -> Run:
    """Runs a command for at most so many seconds; one that takes longer is ended and has the code -9999."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env=os.environ | (environment or {}), **more)
    try:
        output, errors = process.communicate(timeout=bound)
        code = process.returncode
    except subprocess.TimeoutExpired:
        process.kill()
        output, errors = process.communicate()
        code = -9999
    return Run(code, output.decode(errors="replace"), errors.decode(errors="replace"), time.monotonic() - begin)


# MARK: - Meddling

def meddling(calls: str, path: Path | str, at: int | str = 0, do: str | int = "", command: str = "",
             count: Path | None = None) -> dict[str, str]:
    """The environment in which calls.c does something at the call `at` of those that concern `path`."""
    environment = {"LD_PRELOAD": str(library()), "TRUST_CALLS": calls, "TRUST_PATH": str(path)}
    if do != "":
        environment |= {"TRUST_AT": str(at), "TRUST_DO": str(do), "TRUST_RUN": command}
    if count:
        environment["TRUST_COUNT"] = str(count)
    return environment


def library() -> Path:
    """calls.c, compiled."""
    source, target = HERE / "calls.c", CACHE / "calls.so"
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run([os.environ.get("CC", "cc"), "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC",
                        "-o", str(target), str(source), "-ldl"], check=True)
    return target


def selftest(name: str, noticed: dict[str, bool]) -> int:
    """Reports which damage done on purpose a check has noticed; returns the exit code."""
    for damage, found in noticed.items():
        if not found:
            print(f"{name} --selftest: nobody noticed {damage}", file=sys.stderr)
    print(f"{name} --selftest: {sum(noticed.values())} of {len(noticed)} kinds of damage noticed")
    return 0 if all(noticed.values()) else 1


def told(**defaults: int | str) -> argparse.Namespace:
    """What a script is told: the program, `--selftest`, `--seed` whether it draws anything or not, and options of its own
    with these defaults."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sitegen")
    parser.add_argument("--selftest", action="store_true", help="show that each check can fail")
    for name, default in {"seed": 1, **defaults}.items():
        parser.add_argument(f"--{name}", type=type(default), default=default)
    return parser.parse_args()
