#!/usr/bin/env python3
"""Disturbs the commands that write outside of the output, and looks at the one file that each may change.

    edits.py SITEGEN [--pairs N] [--seed N] [--selftest]

`tally` writes results into a week's file, `check --ledger --add` addresses into a list, `check --fix` what can only be meant
in one way into the files of editors. They are killed at every call that
changes something, refused each of them by the system, started twice at once, and run while somebody saves the same file or
a build reads it. Each time the file has to be the old one or the new one, whole, and nothing else of the site be touched;
what somebody saved meanwhile has to stay.
"""

import errno
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from workshop import CACHE, CAN_MEDDLE, NOW, Program, Run, difference, fresh, meddling, run, selftest, told, tree, write

FOLDER = CACHE / "edits"
LINE = re.compile(r"sitegen: cannot [a-z ]+ (\S.*): [A-Z].*\n")
CHANGES = "create,write,close,rename,remove,mode,sync,mkdir"
SITE = {
    "content/site.yaml": "title: Films\nurl: https://films.example/\ntheme: plain\nsearch: false\n",
    "content/daily/_column.md": "---\nname: Daily\nkind: articles\nweeks: true\n---\n",
    "content/daily/_week.md": "---\nweek: 2026-W46\nvote:\n  closes: 2026-11-16  # a Monday\n  results:\n"
                              "    - {project: rope, votes: 1}  # by hand\n---\nThe *note*.\n",
    "content/daily/2026-11-09-rope.md": "---\ntitle: Rope\n---\nText.\n",
    "content/daily/2026-11-10-tide.md": "---\ntitle: Tide\n---\nText.\n",
    "answers.csv": "Film\n" + "Rope\nTide\nRope\n" * 20,
    "others.csv": "Film\n" + "Tide\n" * 30,
    "published.txt": "# Never shorter\n/\n/daily/\n",
}


@dataclass
class Edit:
    """A command, the file that it writes, and what keeps it from that."""
    name: str
    options: list[str]
    file: str
    # The errors by which it may refuse while others are at work.
    busy: str
    changed: str
    # What it needs besides the site that all have: a build that finds nothing comes to its end.
    more: dict[str, str] = field(default_factory=dict)
    old: bytes = b""
    new: bytes = b""

    @property
    def temporary(self) -> str:
        folder, name = os.path.split(self.file)
        return os.path.join(folder, f".{name}.sitegen")


EDITS = [
    Edit("tally", ["answers.csv", "--week", "2026-W46"], "content/daily/_week.md", "[tally/busy]", "[tally/changed-meanwhile]"),
    Edit("check", ["--ledger", "published.txt", "--add"], "published.txt", "[ledger/busy]", "[ledger/changed-meanwhile]"),
    Edit("check", ["--fix"], "content/daily/2026-11-10-tide.comments.yaml", "[fix/busy]", "[fix/changed-meanwhile]",
         {"content/daily/2026-11-10-tide.comments.yaml": "# Printed\n- {author: Ann, body: One.}\n- {author: Bo, body: Two., reply_to: 1}\n"}),
]


class Trials:
    """One site, over and over, and what went wrong with it."""

    def __init__(self, program: Program):
        self.program, self.root = program, fresh(FOLDER) / "site"
        self.count, self.wrong = 0, []
        for edit in EDITS:
            self.take(edit)
            self.prepare()
            edit.old = (self.root / edit.file).read_bytes()
            result = self.run(edit)
            edit.new = (self.root / edit.file).read_bytes()
            if result.code != 0 or edit.new == edit.old:
                sys.exit(f"edits: {edit.name} does nothing\n{result}")

    def take(self, edit: Edit):
        """From now on the site is that of `edit`."""
        self.site = SITE | edit.more

    def prepare(self):
        write(fresh(self.root), self.site)

    def command(self, edit: Edit, *more: str) -> list[str]:
        # A second choice of an option takes the place of the first.
        options = [str(self.root / option) if option.endswith(".csv") else option for option in edit.options]
        return [self.program.path, edit.name, *options, "--root", str(self.root), "--as-of", NOW, *more]

    def run(self, edit: Edit, **more) -> Run:
        return run(self.command(edit), **more)

    def judge(self, edit: Edit, wanted: set[bytes | None], leftover: bool = False) -> list[str]:
        """What is wrong with the site after a run that may leave one of these in the file's place."""
        found = tree(self.root)
        held = found.pop(edit.file, None)
        wrong = [] if held in wanted else [f"{edit.file} is neither of what it may be ({'gone' if held is None else len(held)})"]
        if leftover:
            found.pop(edit.temporary, None)
        others = {name: text.encode() for name, text in self.site.items() if name != edit.file}
        folders = {str(parent) for name in self.site for parent in Path(name).parents if str(parent) != "."}
        return wrong + difference(found, others | dict.fromkeys(folders))

    def refused(self, edit: Edit, result: Run) -> list[str]:
        """What is wrong with what a run says that the system refused something, and with what it leaves."""
        wrong = [] if result.code == 74 else [f"exit code {result.code} instead of 74"]
        if not LINE.fullmatch(result.errors):
            wrong.append("not one line 'sitegen: cannot … path: reason'")
        if str(self.root) not in result.errors:
            wrong.append(f"the line does not name a path below {self.root}")
        return wrong + self.judge(edit, {edit.old})

    def tell(self, name: str, result: Run | str, wrong: list[str]):
        self.count += 1
        if wrong:
            self.wrong.append(name)
            print(f"edits: {name}: {result}\n  " + "\n  ".join(wrong[:8]), file=sys.stderr)

    def calls(self, edit: Edit, calls: str) -> int:
        """How many of these calls an undisturbed run makes."""
        self.prepare()
        self.run(edit, environment=meddling(calls, self.root, count=FOLDER / "count"))
        return int((FOLDER / "count").read_text())


# MARK: - Killed

def kills(trials: Trials, edit: Edit):
    """Ends the command at each call that changes something; then counts again, and builds."""
    total = trials.calls(edit, CHANGES)
    if total < 4:
        trials.tell(f"{edit.name}, kills", "", [f"there are only {total} calls"])
    for at in range(1, total + 1):
        for do in ("kill", "half"):
            trials.prepare()
            result = trials.run(edit, environment=meddling(CHANGES, trials.root, at, do))
            wrong = [] if result.code == -9 else [f"it is not killed: exit code {result.code}"]
            wrong += trials.judge(edit, {edit.old, edit.new}, leftover=True)
            output = fresh(FOLDER / "output")
            built = trials.program.build(trials.root, output)
            if built.code != 0 or [name for name in tree(output) if name.endswith(".sitegen") and name != ".sitegen"]:
                wrong.append(f"what it left stops a build, or is published: {built}")
            again = trials.run(edit)
            wrong += [] if again.code == 0 else [f"the next one fails: {again}"]
            wrong += trials.judge(edit, {edit.new})
            trials.tell(f"{edit.name}, {do} at change {at} of {total}", result, wrong)


# MARK: - Refused

FAULTS = [
    ("create", ("EACCES", "ENOSPC", "EROFS", "EMFILE")), ("write", ("ENOSPC", "EIO", "EDQUOT")), ("close", ("EIO", "ENOSPC")),
    ("sync", ("EIO", "ENOSPC")), ("rename", ("EACCES", "ENOSPC", "EIO", "EROFS")), ("lock", ("ENOLCK", "EIO")),
    ("remove", ("EACCES", "EROFS")),
]


def refusals(trials: Trials, edit: Edit):
    """Has the system refuse each of the calls, and lets it interrupt them and cut them short."""
    for calls, errors in FAULTS:
        total = trials.calls(edit, calls)
        if total == 0:
            trials.tell(f"{edit.name}, {calls}", "", ["there are no such calls"])
        for error in errors:
            for at in range(1, total + 1):
                trials.prepare()
                result = trials.run(edit, environment=meddling(calls, trials.root, at, getattr(errno, error)))
                trials.tell(f"{edit.name}, {error} from {calls} {at} of {total}", result, trials.refused(edit, result))
    for calls in ("open", "read", "stat"):
        path = trials.root / edit.file
        for at in (1, 2, 3):
            trials.prepare()
            result = trials.run(edit, environment=meddling(calls, path, at, errno.EIO, count=FOLDER / "count"))
            if at == 1 or int((FOLDER / "count").read_text()) >= at:
                trials.tell(f"{edit.name}, EIO from {calls} {at} of {edit.file}", result, trials.refused(edit, result))
    for calls, at, do in (("open,read,create,write", 1, errno.EINTR), ("read,write", "1+", "short")):
        trials.prepare()
        result = trials.run(edit, environment=meddling(calls, trials.root, at, do))
        wrong = [] if result.code == 0 else ["it is noticed"]
        trials.tell(f"{edit.name}, {calls} with {do}", result, wrong + trials.judge(edit, {edit.new}))


def full_disk(trials: Trials, edit: Edit) -> bool:
    """Runs on a file system without room, if one can be mounted; says whether."""
    command = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "-rm"]
    trials.prepare()
    copy, tar = FOLDER / "copy", FOLDER / "site.tar"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(trials.root, copy)
    mount = f"mount -t tmpfs -o size=128k tmpfs '{trials.root}'"
    if shutil.which("unshare") is None or run([*command, "sh", "-c", mount]).code != 0:
        return False
    quoted = " ".join(f"'{word}'" for word in trials.command(edit))
    script = f"""{mount} && cp -R '{copy}/.' '{trials.root}/' || exit 99
        cat /dev/zero > '{trials.root}/fill' 2>/dev/null
        {quoted}; code=$?
        rm '{trials.root}/fill'; (cd '{trials.root}' && tar cf '{tar}' .)
        exit $code"""
    result = run([*command, "sh", "-c", script])
    fresh(trials.root)
    subprocess.run(["tar", "xf", tar, "-C", trials.root], check=True)
    trials.tell(f"{edit.name}, a full file system", result, trials.refused(edit, result))
    return True


def forbidden(trials: Trials, edit: Edit):
    """Runs as somebody who may not write into the folder."""
    user: dict = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        root, former = Path(name) / "site", trials.root
        program = shutil.copy(trials.program.path, Path(name) / "sitegen")
        trials.root = root
        trials.prepare()
        folder = (root / edit.file).parent
        os.chmod(folder, 0o555)
        result = run([program, *trials.command(edit)[1:]], **user)
        os.chmod(folder, 0o755)
        trials.tell(f"{edit.name}, a folder that may not be written", result, trials.refused(edit, result))
        trials.root = former


# MARK: - Others at work

def saves(trials: Trials, edit: Edit):
    """Somebody saves the file, in the ways of editors, between its reading and its writing: that stays."""
    file, theirs = trials.root / edit.file, FOLDER / "theirs"
    theirs.write_bytes(edit.old.replace(b"\n", b"\n\n", 1))
    outside = FOLDER / "outside"
    ways: dict[str, tuple[str, bytes | None]] = {
        "is written in place": (f"cat '{theirs}' > '{file}'", theirs.read_bytes()),
        "is replaced": (f"cp '{theirs}' '{file}~' && mv '{file}~' '{file}'", theirs.read_bytes()),
        "is removed": (f"rm '{file}'", None),
        "becomes a link": (f"ln -sf '{outside}' '{file}'", b"-> " + os.fsencode(outside)),
    }
    for calls in ("create", "write", "sync"):
        for what, (command, wanted) in ways.items():
            trials.prepare()
            outside.write_bytes(edit.old)
            result = trials.run(edit, environment=meddling(calls, trials.root, 1, "command", command))
            wrong = [] if result.code == 1 and edit.changed in result.errors else ["it isn't said"]
            wrong += [] if outside.read_bytes() == edit.old else ["a file outside is changed"]
            trials.tell(f"{edit.name}, the file {what} before {calls}", result, wrong + trials.judge(edit, {wanted}))
    if edit.file == "published.txt":
        trials.prepare()
        file.unlink()
        result = trials.run(edit, environment=meddling("write", trials.root, 1, "command", f"cp '{theirs}' '{file}'"))
        wrong = [] if result.code == 1 and edit.changed in result.errors else ["it isn't said"]
        trials.tell("check, the first ledger comes meanwhile", result, wrong + trials.judge(edit, {theirs.read_bytes()}))


def pairs(trials: Trials, edit: Edit, rng: random.Random, count: int):
    """Starts two at once; of two counts the exports differ."""
    trials.prepare()
    other = Edit(edit.name, ["others.csv", *edit.options[1:]] if edit.name == "tally" else edit.options, edit.file, edit.busy,
                 edit.changed)
    trials.run(other)
    news = [edit.new, (trials.root / edit.file).read_bytes()]
    refused = 0
    for pair in range(count):
        trials.prepare()
        environment = {}
        if CAN_MEDDLE and pair % 2:
            environment = meddling(rng.choice(["lock", "create", "rename"]), trials.root, 1, "command", "sleep 0.1")
        processes = []
        for index, command in enumerate((trials.command(edit), trials.command(other))):
            time.sleep(rng.uniform(0, 0.04) if index else 0)
            processes.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                              env=os.environ | (environment if index == 0 else {})))
        results = [Run(process.returncode, *texts, 0) for process in processes for texts in [process.communicate(timeout=60)]]
        refused += sum(result.code == 1 for result in results)
        trials.tell(f"{edit.name}, pair {pair + 1}", " and ".join(map(str, results)), judge_pair(trials, edit, results, news))
    if CAN_MEDDLE and refused == 0:
        trials.tell(f"{edit.name}, pairs", "", ["none was ever refused: the pairs never met"])


def judge_pair(trials: Trials, edit: Edit, results: list[Run], news: list[bytes]) -> list[str]:
    """What is wrong with two results, and with the file that they leave."""
    wrong = []
    for result in results:
        is_refused = result.code == 1 and (edit.busy in result.errors or edit.changed in result.errors)
        if result.code != 0 and not is_refused:
            wrong.append(f"neither done nor refused: {result}")
    done = {new for new, result in zip(news, results) if result.code == 0}
    return wrong + ([] if done else ["neither is done"]) + trials.judge(edit, done)


def while_building(trials: Trials, edit: Edit):
    """Counts while a build is at work: the build is that of the old file or of the new one, and the next one of the new."""
    clean = {}
    trials.prepare()
    for name in ("old", "new"):
        result = trials.program.build(trials.root, fresh(FOLDER / name))
        if result.code != 0:
            sys.exit(f"edits: the site can't be built\n{result}")
        clean[name] = without_stamp(tree(FOLDER / name))
        trials.run(edit)
    output = FOLDER / "output"
    command = " ".join(f"'{word}'" for word in trials.command(edit)) + " > /dev/null"
    moments = [("list", trials.root, 1), ("open", edit.file, 1), ("read", edit.file, 1), ("stat", edit.file, 1),
               ("open", "rope.md", 1), ("read", "tide.md", 1), ("create", output, 1), ("rename", output, 1),
               ("create", f"{output}/.sitegen/stamp", 1)]
    for calls, path, at in moments:
        trials.prepare()
        result = trials.program.build(trials.root, fresh(output), environment=meddling(calls, path, at, "command", command))
        found = without_stamp(tree(output))
        wrong = [] if result.code == 0 else ["the build fails"]
        wrong += [] if found in clean.values() else ["the output is neither the old nor the new one"]
        wrong += trials.judge(edit, {edit.new})
        again = trials.program.build(trials.root, output)
        if again.code != 0 or without_stamp(tree(output)) != clean["new"]:
            wrong.append(f"the next build is not that of the new file: {again}")
        trials.tell(f"{edit.name} while a build is before its {calls} of {path}", result, wrong)


def without_stamp(found: dict) -> dict:
    return {name: text for name, text in found.items() if name != ".sitegen/stamp"}


def main() -> int:
    arguments = told(pairs=20)
    trials = Trials(Program(arguments.sitegen))
    if arguments.selftest:
        return check_the_check(trials)
    rng = random.Random(arguments.seed)
    disks = 0
    for edit in EDITS:
        trials.take(edit)
        if CAN_MEDDLE:
            kills(trials, edit)
            refusals(trials, edit)
            saves(trials, edit)
        else:
            print("edits: NOT DONE HERE: calls are meddled with by LD_PRELOAD", file=sys.stderr)
        pairs(trials, edit, rng, arguments.pairs)
        disks += full_disk(trials, edit)
        forbidden(trials, edit)
    if CAN_MEDDLE:
        trials.take(EDITS[0])
        while_building(trials, EDITS[0])
    disk = "full disks were real ones" if disks == len(EDITS) else "full disks were refused calls alone"
    print(f"edits: {trials.count} trials, {len(trials.wrong)} went wrong; {disk}")
    return 1 if trials.wrong else 0


# MARK: - The check itself

def check_the_check(trials: Trials) -> int:
    """Judges runs and files as worse commands would leave them."""
    edit = EDITS[0]
    trials.take(edit)
    line = f"sitegen: cannot write {trials.root}/x: No space left on device\n"
    done, busy = Run(0, "", "", 0), Run(1, "", f"error: {edit.busy}", 0)

    def noticed(judge: Callable[[], list[str]], path: str = "", text: bytes | None = None) -> bool:
        trials.prepare()
        if path and text is None:
            (trials.root / path).unlink()
        elif path:
            write(trials.root, {path: text or b""})
        return bool(judge())

    def killed() -> list[str]:
        return trials.judge(edit, {edit.old, edit.new}, leftover=True)

    def refused(code: int = 74, errors: str = line) -> Callable[[], list[str]]:
        return lambda: trials.refused(edit, Run(code, "", errors, 0))

    def pair(*results: Run) -> Callable[[], list[str]]:
        return lambda: judge_pair(trials, edit, list(results), [edit.new, edit.old])

    if (noticed(killed) or noticed(killed, edit.file, edit.new) or noticed(killed, edit.temporary, b"half") or noticed(refused())
            or noticed(pair(done, busy), edit.file, edit.new) or noticed(pair(busy, done))):
        sys.exit("edits --selftest: good runs are not accepted")
    return selftest("edits", {
        "a half-written file": noticed(killed, edit.file, edit.new[:-9]),
        "an empty file": noticed(killed, edit.file, b""),
        "a lost file": noticed(killed, edit.file),
        "another file that is changed": noticed(killed, "content/site.yaml", b"title: x\n"),
        "a file that is left over": noticed(killed, "content/daily/x.tmp", b""),
        "a temporary file after a refusal": noticed(refused(), edit.temporary, b"half"),
        "a new file after a refusal": noticed(refused(), edit.file, edit.new),
        "another exit code": noticed(refused(code=1)),
        "no message": noticed(refused(errors="")),
        "two lines": noticed(refused(errors=line + line)),
        "a line without the path": noticed(refused(errors="sitegen: cannot write x: No space left on device\n")),
        "a save that is lost": noticed(lambda: trials.judge(edit, {b"theirs"}), edit.file, edit.new),
        "the file of a count that was refused": noticed(pair(busy, done), edit.file, edit.new),
        "two refusals": noticed(pair(busy, busy)),
        "a crash": noticed(pair(done, Run(-11, "", "", 0)), edit.file, edit.new),
    })


sys.exit(main())
