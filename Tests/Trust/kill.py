#!/usr/bin/env python3
"""Ends builds with SIGKILL wherever they are, and looks at what they leave.

    kill.py SITEGEN [--kills N] [--seed N] [--selftest]

Two versions of a site are built by turns into an output that holds files of somebody else's. After each kill every
file has to be that of one of the versions, no page that both have may be missing, and nothing foreign be touched;
the next undisturbed build has to end with the files of a build into an empty folder, and no others.
"""

import random
import shutil
import statistics
import subprocess
import sys
import time

from theatre import Theatre
from workshop import CACHE, CAN_MEDDLE, Program, meddling, selftest, told, write


# The calls at which builds are ended, by what they do: anything, what is public, what only removes, the manifest.
KINDS = {
    "anything": ("create,write,close,rename,remove,mkdir", ""),
    "commit": ("rename,remove", ""),
    "removal": ("remove", ""),
    "manifest": ("create,write,close,rename", "/.sitegen/manifest"),
}


class Deaths:
    """Kills builds at moments drawn from a seed."""

    def __init__(self, theatre: Theatre, seed: int):
        self.theatre, self.rng = theatre, random.Random(seed)
        self.counts: dict[tuple[str, int, bool], int] = {}
        self.at_calls = self.at_times = self.survivors = 0
        seconds = []
        for is_first in (True, False):
            for version in (1, 2):
                for kind in KINDS if CAN_MEDDLE else [""]:
                    theatre.prepare(0 if is_first else 3 - version, has_foreign=False)
                    seconds.append(self.count(kind, version, is_first))
        self.seconds = statistics.median(seconds)

    def count(self, kind: str, version: int, is_first: bool) -> float:
        """Counts the calls of a kind that a build makes; returns the seconds it takes."""
        if not kind:
            return self.theatre.build(version).seconds
        file = self.theatre.folder / "count"
        result = self.theatre.build(version, environment=self.meddling(kind, count=file))
        self.counts[kind, version, is_first] = int(file.read_text())
        return result.seconds

    def meddling(self, kind: str, **more) -> dict[str, str]:
        calls, part = KINDS[kind]
        return meddling(calls, str(self.theatre.output) + part, **more)

    def kill(self, version: int, is_first: bool):
        """Starts a build and kills it: at a call that changes something, or after a while."""
        if CAN_MEDDLE and self.rng.random() < 0.75:
            self.at_calls += 1
            kind = self.rng.choices(list(KINDS), [3, 3, 2, 2])[0]
            environment = self.meddling(
                kind, at=self.rng.randint(1, self.counts[kind, version, is_first]), do=self.rng.choice(["kill", "half"]))
            self.survivors += self.theatre.build(version, environment=environment).code == 0
            return
        self.at_times += 1
        moment = self.rng.uniform(0, 1) if self.rng.random() < 0.5 else self.rng.uniform(0.6, 1)
        command = self.theatre.program.command(self.theatre.folder / f"version-{version}", self.theatre.output)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moment * self.seconds)
        process.kill()
        self.survivors += process.wait() == 0


def main() -> int:
    arguments = told(kills=200)
    theatre = Theatre(Program(arguments.sitegen), CACHE / "kill")
    if arguments.selftest:
        return check_the_check(theatre)
    if not CAN_MEDDLE:
        print("kill: NOT DONE HERE: kills at single calls need LD_PRELOAD; only those by time are made", file=sys.stderr)
    deaths = Deaths(theatre, arguments.seed)
    rng = deaths.rng
    half, different, kills, rounds = 0, 0, 0, 0
    version = 0
    shutil.rmtree(theatre.output, ignore_errors=True)
    while kills < arguments.kills:
        rounds += 1
        is_first = version == 0 or rng.random() < 0.25
        old = version
        if is_first:
            old = 0
            shutil.rmtree(theatre.output, ignore_errors=True)
        has_foreign = not is_first or rng.random() < 0.5
        if has_foreign:
            theatre.strew()
        # Some builds die one after another, of either version, before one is left alone.
        new = rng.choice([1, 2]) if is_first else 3 - old
        seen = {new} | ({old} if old else set())
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            deaths.kill(new, is_first)
            kills += 1
            wrong = theatre.after_kill(seen, lasting=bool(old), has_foreign=has_foreign)
            if wrong:
                half += len(wrong)
                report(f"after kill {kills} while building version {new} over {old or 'nothing'}", wrong)
            if rng.random() < 0.3:
                new = 3 - new
                seen.add(new)
        version = new
        result = theatre.build(version)
        wrong = theatre.after_build(version, has_foreign)
        if result.code != 0 or wrong:
            different += 1
            report(f"after kill {kills}, the undisturbed build of version {version} ends with\n{result}", wrong)
            version = 0
    print(f"kill: {kills} kills in {rounds} rounds ({deaths.at_calls} at a call, {deaths.at_times} by time, "
          f"{deaths.survivors} too late), {half} half-written or lost files, {different} trees that differ")
    return 0 if half == 0 and different == 0 else 1


def report(where: str, wrong: list[str]):
    print(f"kill: {where}\n  " + "\n  ".join(wrong[:10]), file=sys.stderr)


def check_the_check(theatre: Theatre) -> int:
    """Damages the output in every way that a kill must not, and sees whether it is noticed."""
    page = "daily/2026-w46/film-11/index.html"

    def spoil(path: str, text: bytes | None):
        if text is None:
            (theatre.output / path).unlink()
        else:
            write(theatre.output, {path: text})

    def noticed(path: str, text: bytes | None, at_end: bool = False) -> bool:
        theatre.prepare(1)
        if theatre.after_kill({1, 2}, True, True) or theatre.after_build(1, True):
            sys.exit("kill --selftest: an undisturbed build is not accepted")
        spoil(path, text)
        if at_end:
            return bool(theatre.after_build(1, True))
        return bool(theatre.after_kill({1, 2}, True, True))

    if page not in theatre.clean[1]:
        page = next(name for name in theatre.clean[1] if name.endswith("film-11/index.html"))
    whole = theatre.clean[1][page] or b""
    return selftest("kill", {
        "a half-written page": noticed(page, whole[:len(whole) // 2]),
        "an empty page": noticed(page, b""),
        "a lost page": noticed(page, None),
        "a changed foreign file": noticed("daily/own.txt", b"min"),
        "a lost foreign file": noticed("CNAME", None),
        "a half-written manifest": noticed(".sitegen/manifest", (theatre.clean[1][".sitegen/manifest"] or b"")[:-9]),
        "a stale file": noticed("daily/stale.html", b"x", at_end=True),
        "a staged file left behind": noticed(".sitegen/stage/index.html", b"x", at_end=True),
        "a new manifest left behind": noticed(".sitegen/manifest.new", b"x", at_end=True),
    })


sys.exit(main())
