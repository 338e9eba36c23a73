#!/usr/bin/env python3
"""Has the system refuse something in the middle of a build, and looks at what the build says and leaves.

    faults.py SITEGEN [--seed N] [--selftest]

Wanted each time: one line on standard error that names the path, exit code 74, an output of whole files (the old
site's, unless files were being put into place), nothing staged left behind, and a next build that mends everything.
What the system does to any program, it has to do here without being noticed: calls that are interrupted or cut short.
"""

import errno
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from theatre import Theatre
from workshop import CACHE, CAN_MEDDLE, Program, Run, meddling, run, selftest, told, write

LINE = re.compile(r"sitegen: cannot [a-z ]+ (\S.*): [A-Z].*\n")
OUTPUT = "{output}"
STAGE = "{output}/.sitegen/stage"
CONTENT = "{root}/content"


@dataclass
class Fault:
    """Calls that the system refuses, or lets pass in an odd way."""
    calls: str
    path: str
    errors: tuple[str, ...]
    # Whether all calls fail from that one on, as on a full disk.
    lasts: bool = False
    # Whether nothing public has changed when it strikes.
    before_commit: bool = True
    # Whether nobody should notice.
    is_harmless: bool = False
    # Whether it also keeps what is staged from being removed.
    keeps_stage: bool = False
    # The version that is there; over version 2 there is nothing to do, which a build finds by looking at everything.
    over: int = 1


FAULTS = [
    Fault("create,mkdir,write", STAGE, ("ENOSPC", "EDQUOT", "EROFS"), lasts=True),
    Fault("create,mkdir", STAGE, ("EACCES", "EMFILE", "EIO")),
    Fault("write", STAGE, ("ENOSPC", "EIO", "EFBIG")),
    Fault("close", STAGE, ("EIO", "ENOSPC")),
    Fault("create,write,close", "{output}/.sitegen/manifest", ("ENOSPC", "EIO"), before_commit=False),
    Fault("rename", OUTPUT, ("EACCES", "ENOSPC", "EIO", "EROFS"), before_commit=False),
    Fault("remove", OUTPUT, ("EACCES", "EPERM", "EIO"), before_commit=False),
    Fault("remove,rename", OUTPUT, ("EROFS",), lasts=True, before_commit=False, keeps_stage=True),
    Fault("open,read", CONTENT, ("EIO", "EACCES", "EMFILE")),
    Fault("list", CONTENT, ("EIO",)),
    Fault("open,read", OUTPUT, ("EIO", "EACCES"), before_commit=False),
    Fault("list", OUTPUT, ("EIO",), before_commit=False),
    Fault("stat", OUTPUT, ("EIO", "EACCES"), before_commit=False),
    Fault("create,write,close", "{output}/.sitegen/stamp", ("ENOSPC", "EIO"), before_commit=False),
    Fault("open,read", OUTPUT, ("EIO", "EACCES"), before_commit=False, over=2),
    Fault("open,read", CONTENT, ("EIO", "EACCES"), before_commit=False, over=2),
    Fault("create,mkdir,remove", OUTPUT, ("EIO", "EROFS"), before_commit=False, over=2),
    Fault("lock", OUTPUT, ("ENOLCK", "EIO")),
    Fault("open,read,create,write", "{folder}", ("EINTR",), is_harmless=True),
    Fault("read,write", "{folder}", ("short",), lasts=True, is_harmless=True),
]


class Trials:
    """Counts what was tried and tells what went wrong."""

    def __init__(self, theatre: Theatre):
        self.theatre = theatre
        self.count = 0
        self.wrong: list[str] = []

    def judge(self, name: str, result: Run, path: str, *, before_commit: bool = True, lasting: bool = True, stage_stays: bool = False,
              mends: bool = True):
        """Judges a build of version 2 over version 1 that failed, and the next one."""
        self.count += 1
        wrong = said_wrong(result, path)
        theatre = self.theatre
        if before_commit:
            found = theatre.after_build(1, True)
            wrong += [line for line in found if not (stage_stays and line.startswith(".sitegen/stage"))]
        else:
            wrong += theatre.after_kill({1, 2}, lasting, True)
            if not stage_stays and (theatre.output / ".sitegen/stage").exists():
                wrong.append(".sitegen/stage is left behind")
        if mends:
            wrong += self.mend()
        self.tell(name, result, wrong)

    def mend(self) -> list[str]:
        """What is wrong with the undisturbed build after."""
        result = self.theatre.build(2)
        wrong = [] if result.code == 0 else [f"the next build fails: {result}"]
        return wrong + [f"after the next build, {line}" for line in self.theatre.after_build(2, True)]

    def tell(self, name: str, result: Run, wrong: list[str]):
        if wrong:
            self.wrong.append(name)
            print(f"faults: {name}: {result}\n  " + "\n  ".join(wrong[:8]), file=sys.stderr)


def said_wrong(result: Run, path: str) -> list[str]:
    """What is wrong with what a refused build says."""
    wrong = []
    if result.code != 74:
        wrong.append(f"exit code {result.code} instead of 74")
    if not LINE.fullmatch(result.errors):
        wrong.append("not one line 'sitegen: cannot … path: reason'")
    if path not in result.errors:
        wrong.append(f"the line does not name {path}")
    return wrong


# MARK: - Calls that fail

def single_calls(trials: Trials, rng: random.Random):
    """Each fault at the first or the last of the calls, and at one drawn."""
    theatre = trials.theatre
    count_file = theatre.folder / "count"
    for fault in FAULTS:
        path = fault.path.format(output=theatre.output, root=theatre.folder / "version-2", folder=theatre.folder)
        theatre.prepare(fault.over)
        theatre.build(2, environment=meddling(fault.calls, path, count=count_file))
        total = int(count_file.read_text())
        if total == 0:
            trials.wrong.append(f"{fault.calls} of {path}: there are no such calls")
        for error in fault.errors:
            moments = {rng.choice([1, total]), rng.randint(1, total)}
            for at in sorted(moments):
                theatre.prepare(fault.over)
                do = error if error == "short" else getattr(errno, error)
                result = theatre.build(
                    2, environment=meddling(fault.calls, path, f"{at}+" if fault.lasts else at, do, count=count_file))
                name = f"{error} from {fault.calls} {at} of {total} in {fault.path}"
                if fault.is_harmless:
                    trials.count += 1
                    trials.tell(name, result, ([] if result.code == 0 else ["it is noticed"]) + theatre.after_build(2, True))
                elif at > 1 and result.code == 0 and int(count_file.read_text()) < at:
                    # Threads may each ask for a folder, so that the number of calls is not always the same.
                    continue
                else:
                    part = "content" if fault.path == CONTENT else str(theatre.output)
                    trials.judge(name, result, part, before_commit=fault.before_commit, stage_stays=fault.keeps_stage)


# MARK: - What others do meanwhile

def meanwhile(trials: Trials):
    """What another process may do between two calls of a build."""
    theatre = trials.theatre
    root, output = theatre.folder / "version-2", theatre.output
    page = "daily/film-3.md"
    for name in (page, "files/large.bin", "people/mo.md", "daily/_column.md"):
        if not (root / "content" / name).exists():
            continue
        text = (root / "content" / name).read_bytes()
        theatre.prepare(1)
        result = theatre.build(2, environment=meddling("open", root / "content" / name, 1, "command", f"rm '{root}/content/{name}'"))
        (root / "content" / name).write_bytes(text)
        trials.judge(f"{name} vanishes between listing and reading", result, f"content/{name}")

    theme = theatre.folder / "version-2/themes/ours"
    write(theme, {"theme.yaml": "name: Ours\ncontract: 1\nextends: plain\n", "assets/extra.css": "body { margin: 0 }\n"})
    theatre.prepare(1)
    result = theatre.build(2, "--theme", "ours", environment=meddling(
        "open", theme / "assets/extra.css", 1, "command", f"rm '{theme}/assets/extra.css'"))
    shutil.rmtree(theme.parent)
    trials.judge("a theme's file vanishes between listing and reading", result, "themes/ours/assets/extra.css")

    outside = theatre.folder / "outside"
    for what, command in {
        "a folder": f"rm -f '{output}/index.html'; mkdir -p '{output}/index.html/mine'",
        "a link": f"ln -sfn '{outside}/precious' '{output}/index.html'",
    }.items():
        outside.mkdir(exist_ok=True)
        write(outside, {"precious": "precious\n"})
        theatre.prepare(1)
        result = theatre.build(2, environment=meddling("rename", f"{output}/index.html", 1, "command", command))
        wrong = [] if (outside / "precious").read_bytes() == b"precious\n" else ["a file outside is changed"]
        trials.count += 1
        if what == "a folder":
            wrong += said_wrong(result, f"{output}/index.html")
            shutil.rmtree(output / "index.html", ignore_errors=True)
        wrong += trials.mend()
        trials.tell(f"index.html becomes {what} before it is replaced", result, wrong)

    theatre.prepare(1)
    result = theatre.build(2, environment=meddling(
        "rename", f"{output}/", 1, "command", f"mv '{output}/files' '{outside}/files'; ln -s '{outside}/files' '{output}/files'"))
    trials.count += 1
    wrong = said_wrong(result, f"{output}/files")
    if (outside / "files/grows.bin").stat().st_size != 1000 or (outside / "files/Old-Name.txt").exists():
        wrong.append("a file outside is changed")
    trials.tell("a folder becomes a link to elsewhere", result, wrong)
    shutil.rmtree(outside)

    for what, make in {"a pipe": os.mkfifo, "a folder": os.mkdir}.items():
        theatre.prepare(1)
        (output / "index.html").unlink()
        make(output / "index.html")
        result = theatre.build(2, bound=10)
        trials.count += 1
        wrong = [] if result.code == 1 and "publish/foreign-file" in result.errors else ["it is not refused as somebody else's"]
        (output / "index.html").rmdir() if what == "a folder" else (output / "index.html").unlink()
        trials.tell(f"{what} in the place of a page", result, wrong + trials.mend())


# MARK: - A disk that is really full, files that may really not be read

def full_disk(trials: Trials) -> str:
    """Builds onto a small file system, if one can be mounted; says whether."""
    theatre = trials.theatre
    mount = theatre.folder / "mount"
    command = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "-rm"]
    mount.mkdir(exist_ok=True)
    # Room for the site that is there and an eighth of it, counted in the pages that such a file system gives out.
    pages = sum(-(-path.stat().st_size // 4096) for path in (theatre.folder / "clean-1").rglob("*") if path.is_file())
    size = pages * 9 // 8 * 4
    trial = f"mount -t tmpfs -o size={size}k tmpfs '{mount}'"
    if shutil.which("unshare") is None or run([*command, "sh", "-c", trial]).code != 0:
        return "no file system could be mounted: a full disk was made by refused calls alone"
    program, root = trials.theatre.program, theatre.folder
    script = f"""
        {trial} || exit 99
        cp -R '{root}/clean-1/.' '{mount}/' || exit 98
        '{program.path}' build --root '{root}/version-2' --output '{mount}' --as-of 2026-11-28
        code=$?
        [ -e '{mount}/.sitegen/stage' ] && echo STAGE
        (cd '{mount}' && tar cf - .) > '{root}/mount.tar'
        exit $code"""
    result = run([*command, "sh", "-c", script])
    if result.code in (98, 99):
        sys.exit(f"faults: the old site could not be put onto a file system of {size} KB: {result.errors}")
    wrong = said_wrong(result, str(mount)) + (["what was staged is left behind"] if "STAGE" in result.output else [])
    shutil.rmtree(theatre.output, ignore_errors=True)
    theatre.output.mkdir()
    subprocess.run(["tar", "xf", root / "mount.tar", "-C", theatre.output], check=True)
    theatre.strew()
    wrong += theatre.after_build(1, True)
    trials.count += 1
    trials.tell("a full file system", result, wrong)
    return f"a full disk was a real one of {size} KB"


def forbidden(trials: Trials) -> str:
    """Builds as somebody who may not read, or not write; says as whom."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.chmod(folder, 0o755)
        site, output = folder / "site", folder / "output"
        shutil.copytree(trials.theatre.folder / "version-2", site)
        shutil.copytree(trials.theatre.folder / "clean-1", output)
        user: dict = {}
        whom = "oneself"
        if os.geteuid() == 0:
            whom = "user 65534"
            user = {"user": 65534, "group": 65534, "extra_groups": []}
            for path in [output, *output.rglob("*")]:
                os.chown(path, 65534, 65534)
        copy = folder / "sitegen"
        shutil.copy(trials.theatre.program.path, copy)
        program = Program(str(copy))
        if run([str(copy), "--version"], **user).code != 0:
            return "the program can't be run as somebody else: permissions were refused by calls alone"
        unreadable = site / "content/daily/film-1.md"
        for name, path, mode in [("a write-up that may not be read", unreadable, 0),
                                 ("a folder that may not be listed", site / "content/essays", 0),
                                 ("an output that may not be written", output, 0o555),
                                 ("a folder of the output that may not be written", output / "daily", 0o555)]:
            old = path.stat().st_mode
            os.chmod(path, mode)
            result = program.build(site, output, **user)
            os.chmod(path, old)
            trials.count += 1
            wrong = said_wrong(result, str(path))
            if (output / ".sitegen/stage").exists():
                wrong.append("what was staged is left behind")
            trials.tell(name, result, wrong)
        result = program.build(site, output, **user)
        trials.count += 1
        trials.tell("after all these", result, [] if result.code == 0 else ["the build fails"])
    return f"permissions were refused to {whom}"


def main() -> int:
    arguments = told()
    theatre = Theatre(Program(arguments.sitegen), CACHE / "faults")
    if arguments.selftest:
        return check_the_check(theatre)
    trials = Trials(theatre)
    if CAN_MEDDLE:
        single_calls(trials, random.Random(arguments.seed))
        meanwhile(trials)
    else:
        print("faults: NOT DONE HERE: calls that fail need LD_PRELOAD; only permissions are tried", file=sys.stderr)
    notes = [full_disk(trials), forbidden(trials)]
    print(f"faults: {trials.count} faults, {len(trials.wrong)} handled badly; {'; '.join(notes)}")
    return 1 if trials.wrong else 0


def check_the_check(theatre: Theatre) -> int:
    """Judges runs and outputs as a worse program would leave them."""
    line = f"sitegen: cannot write {theatre.output}/a: No space left on device\n"

    def noticed(code: int = 74, errors: str = line, spoil: str = "", text: bytes = b"half") -> bool:
        theatre.prepare(1)
        if spoil:
            write(theatre.output, {spoil: text})
        trials = Trials(theatre)
        trials.tell = lambda name, result, wrong: trials.wrong.extend(wrong)
        trials.judge("selftest", Run(code, "", errors, 0), str(theatre.output), mends=False)
        return bool(trials.wrong)

    if noticed():
        sys.exit("faults --selftest: a good program is not accepted")
    return selftest("faults", {
        "another exit code": noticed(code=1),
        "a crash": noticed(code=-6),
        "no message": noticed(errors=""),
        "a message of two lines": noticed(errors=line + line),
        "a message without the path": noticed(errors="sitegen: cannot write x: No space left on device\n"),
        "a half-written page": noticed(spoil="index.html"),
        "a staged file left behind": noticed(spoil=".sitegen/stage/index.html"),
        "a changed foreign file": noticed(spoil="CNAME"),
    })


sys.exit(main())
