#!/usr/bin/env python3
"""Writes the man pages of sitegen: one of the program, and one of each of its commands.

    manpages.py PROGRAM FOLDER [--date YYYY-MM-DD]

What they say comes from PROGRAM itself (--experimental-dump-help of swift-argument-parser): the same definitions that
read the command line and print --help. The pages are mdoc, the language of the BSDs' manuals, which man and mandoc read.
"""

import argparse
import datetime
import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path

# What of a discussion has a section of its own in a manual, and what its paragraph begins with.
EXIT_CODES = "Exit codes: "
EXAMPLES = "Examples:"


def escaped(text):
    """`text` for a line of text: nothing in it is a request, a macro or an escape."""
    text = text.replace("\\", "\\e").replace("-", "\\-") if text.startswith("-") else text.replace("\\", "\\e")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


def word(text):
    """`text` as an argument of a macro, whatever macro's name it may be."""
    text = text.replace("\\", "\\e").replace('"', "\\(dq").replace("-", "\\-")
    return f'"\\&{text}"'


def sentences(text):
    """Text in lines of less than 80 bytes; each sentence begins one, as mdoc wants it."""
    text = re.sub(r"\s+", " ", text).strip()
    return [
        escaped(line) for sentence in re.split(r"(?<=[.!?]) (?=[A-Z])", text)
        for line in textwrap.wrap(sentence, 72, break_long_words=False, break_on_hyphens=False)
    ]


def literal(lines):
    """Lines that stay as they are."""
    return [".Bd -literal -offset indent", *(escaped(line.removeprefix("  ")) for line in lines), ".Ed"]


class Discussion:
    """The parts of a command's discussion."""

    def __init__(self, text):
        self.paragraphs, self.exit_codes, self.examples = [], None, []
        for block in (text or "").split("\n\n"):
            if block.startswith(EXIT_CODES):
                self.exit_codes = block[len(EXIT_CODES):]
            elif block.startswith(EXAMPLES):
                self.examples = block.split("\n")[1:]
            elif block.strip():
                self.paragraphs.append(block)


def shown(arguments, isRoot=False):
    """The arguments that a manual tells of; --help and --version are told of once, in that of the program."""
    return [
        argument for argument in arguments or []
        if argument.get("shouldDisplay", True)
        and (isRoot or not {name["name"] for name in argument.get("names") or []} & {"help", "version"})
    ]


def flag(name):
    return ("-" if name["kind"] == "short" else "--") + name["name"]


def value(argument):
    return argument.get("valueName") or argument["preferredName"]["name"]


def macro(argument, names):
    """An argument as macros of mdoc: `Fl -root Ar folder`, or `Ar id`."""
    if argument["kind"] == "positional":
        return f"Ar {word(value(argument))}" + (" ..." if argument.get("isRepeating") else "")
    parts = " , ".join("Fl " + word(flag(name)[1:]) for name in names)
    return parts + (f" Ar {word(value(argument))}" if argument["kind"] == "option" else "")


def section(title):
    return [f".Sh {title}"]


def paragraphs(blocks):
    lines = []
    for index, block in enumerate(blocks):
        if index:
            lines.append(".Pp")
        prose = [line for line in block.split("\n") if not line.startswith("  ")]
        shown = [line for line in block.split("\n") if line.startswith("  ")]
        lines += sentences(" ".join(prose)) + (literal(shown) if shown else [])
    return lines


def synopsis(name, command):
    lines = [f".Nm {word(name)}"]
    for argument in shown(command.get("arguments")):
        preferred = [argument["preferredName"]] if argument.get("preferredName") else []
        text = macro(argument, preferred)
        lines.append((".Op " if argument.get("isOptional") else ".") + text)
    if subcommands(command):
        lines.append(f".Ar {word('command')} ...")
    return lines


def options(command, isRoot=False):
    """A list of the arguments of `command`, or nothing when it has none."""
    arguments = shown(command.get("arguments"), isRoot)
    if not arguments:
        return []
    lines = [".Bl -tag -width Ds"]
    for argument in arguments:
        lines.append(".It " + macro(argument, argument.get("names") or []))
        text = argument.get("abstract") or ""
        if argument.get("allValues"):
            text += f" One of {', '.join(argument['allValues'])}."
        if argument.get("defaultValue") not in (None, ""):
            text += f" By default: {argument['defaultValue']}"
        lines += sentences(text)
    return lines + [".El"]


def subcommands(command):
    return [item for item in command.get("subcommands") or [] if item.get("shouldDisplay", True) and item["commandName"] != "help"]


def head(title, abstract, version, date):
    day = datetime.date.fromisoformat(date)
    return [
        '.\\" Made by Scripts/dist/manpages.py from what the program says of itself.',
        f".Dd {day:%B} {day.day}, {day.year}", f".Dt {title.upper()} 1", f".Os {word(version)}", *section("NAME"), f".Nm {word(title)}",
        f".Nd {escaped(abstract.rstrip('.'))}",
    ]


def inner(name, command):
    """The subsection of a command's own command."""
    discussion = Discussion(command.get("discussion"))
    lines = [f".Ss {word(name)}", *sentences(command["abstract"]), ".Bd -ragged", *synopsis(name, command), ".Ed"]
    if discussion.paragraphs:
        lines += [".Pp"] + paragraphs(discussion.paragraphs)
    lines += options(command)
    if discussion.exit_codes:
        lines += [".Pp"] + sentences(EXIT_CODES + discussion.exit_codes)
    if discussion.examples:
        lines += [".Pp", "Examples:"] + literal(discussion.examples)
    return lines


def page(title, name, command, others, version, date):
    """The page called `title` of `command`, which is called as `name`."""
    discussion = Discussion(command.get("discussion"))
    lines = head(title, command["abstract"], version, date)
    lines += section("SYNOPSIS") + synopsis(name, command)
    lines += section("DESCRIPTION") + paragraphs(discussion.paragraphs or [command["abstract"]])
    if listed := options(command, isRoot=title == "sitegen"):
        lines += [".Pp", "The options are:"] + listed
    inside = subcommands(command)
    if title == "sitegen":
        lines += [".Pp", "The commands are:", ".Bl -tag -width Ds"]
        for item in inside:
            lines += [f".It Ic {word(item['commandName'])}", *sentences(item["abstract"]), f"See sitegen\\-{item['commandName']}(1)."]
        lines += [".El"]
    else:
        for item in inside:
            lines += inner(f"{name} {item['commandName']}", item)
    lines += section("EXIT STATUS") + sentences(
        discussion.exit_codes or "0 when all is well, 64 when the command line is wrong, 74 when the system can't read or write.")
    if discussion.examples:
        lines += section("EXAMPLES") + literal(discussion.examples)
    lines += section("SEE ALSO")
    names = sorted(other for other in others if other != title)
    lines += [f".Xr {other} 1" + (" ," if index + 1 < len(names) else "") for index, other in enumerate(names)]
    return "\n".join(lines) + "\n"


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--date", default=datetime.date.today().isoformat(), help="the date of the pages")
    arguments = parser.parse_args()
    root = json.loads(output_of(arguments.program, "--experimental-dump-help"))["command"]
    version = output_of(arguments.program, "--version").strip()
    commands = {"sitegen": ("sitegen", root)}
    for item in subcommands(root):
        commands[f"sitegen-{item['commandName']}"] = (f"sitegen {item['commandName']}", item)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for title, (name, command) in commands.items():
        others = commands if title == "sitegen" else ["sitegen"]
        (arguments.folder / f"{title}.1").write_text(page(title, name, command, others, version, arguments.date))
    print(f"{len(commands)} man pages in {arguments.folder}")


if __name__ == "__main__":
    sys.exit(main())
