#!/usr/bin/env python3
"""Turns a column that generate.py wrote into the same site for Hugo: hugo.py COLUMN FOLDER.

Takes Benchmarks/Hugo as the site's configuration and layouts, and the style sheet of Benchmarks/Theme. The write-ups
keep their text and their front matter in YAML; what Hugo files them under is added in the form that it asks for.
"""
import datetime
import json
import re
import shutil
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent
FEEDS = "outputs: [html, rss, atom, jsonfeed]\n"
COLUMN = "Project of the Day"
LOCAL = "build: {list: local}\n"
STAGES = ["announced", "development", "pre-production", "production", "post-production", "completed", "festival"]


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def page(title, link_title="", date="", layout="", more=""):
    """A page that holds nothing but front matter."""
    lines = [f"title: {json.dumps(title, ensure_ascii=False)}"]
    lines += [f"{key}: {value}" for key, value in
              [("linkTitle", json.dumps(link_title, ensure_ascii=False) if link_title else ""), ("date", date),
               ("layout", layout)] if value]
    return "---\n" + "\n".join(lines) + "\n" + more + "---\n"


def write_up(text, week):
    """A write-up with the names that its week, people, format and status are filed under, its date and its tags."""
    _, front, body = text.split("---\n", 2)
    lines = []
    for line in front.splitlines():
        key, _, value = line.partition(": ")
        if key == "logline":
            line = f"description: {json.dumps(value.strip(), ensure_ascii=False)}"
        elif key in ("format", "status"):
            plural = {"format": "formats", "status": "status"}[key]
            shown = value if key == "status" else value.replace("-", " ")
            line = f"{plural}: [{shown.capitalize()}]"
        lines.append(line)
    names = re.findall(r"^    name: (.*)$", front, re.M)
    tags = re.search(r"^tags: \[(.*)\]$", front, re.M)[1].split(", ")
    lines += [f"people: [{', '.join(names)}]", f"weeks: [{week}]"]
    return "\n".join(["---", *lines, "---", body]), re.search(r"^date: (.*)$", front, re.M)[1], tags


def week(text, name):
    """A week's page; its day is the Monday."""
    _, front, body = text.split("---\n", 2)
    label = name.upper()
    monday = datetime.datetime.strptime(f"{label}-1", "%G-W%V-%u").date()
    vote = front.partition("\n")[2]
    return page(f"{COLUMN}, {label}", label, monday, "week", f"url: /daily/{name}/\n" + vote) + body


def convert(column, folder):
    shutil.copytree(BENCHMARKS / "Hugo", folder)
    shutil.copytree(BENCHMARKS / "Theme/assets", folder / "assets/assets")
    write(folder / "static/.nojekyll", "")
    content = folder / "content"
    months, tags = set(), set()
    for source in sorted((column / "content/daily").glob("*/*.md")):
        text = source.read_text("utf-8")
        if source.name == "_week.md":
            write(content / "weeks" / source.parent.name / "_index.md", week(text, source.parent.name))
        else:
            text, date, filed = write_up(text, source.parent.name)
            write(content / "daily" / source.parent.name / source.name, text)
            months.add(date[:7])
            tags.update(filed)
    write(content / "daily/_index.md", page(COLUMN, layout="column", more=FEEDS) + "Every day.\n")
    for tag in tags:
        write(content / "tags" / tag.replace(" ", "-") / "_index.md", page(tag, more=FEEDS))
    for number, stage in enumerate(STAGES, 1):
        write(content / "status" / stage / "_index.md", page(stage.capitalize(), more=f"weight: {number}\n"))
    # The calendar and the weeks stand under the column's address; neither is among the site's write-ups.
    write(content / "weeks/_index.md", page(f"{COLUMN}, weeks", "Weeks", layout="weeks", more="url: /daily/weeks/\n"))
    write(content / "calendar/_index.md", page("Calendar", more="build: {render: never, list: never}\n"))
    for name, title, link_title, date, layout, more in calendar(months):
        write(content / "calendar" / f"{name}.md", page(title, link_title, date, layout, LOCAL + more))


def calendar(months):
    """The pages of years and months, A to Z and the winners."""
    for name, title in [("a-z", "A–Z"), ("winners", "Winners")]:
        yield name, f"{COLUMN}, {title}", title, "", name, f"url: /daily/{name}/\n"
    for year in {month[:4] for month in months}:
        listed = ", ".join(f'"{month}"' for month in sorted(months) if month.startswith(year))
        more = f"url: /daily/{year}/\nmonths: [{listed}]\n"
        yield year, f"{COLUMN}, {year}", year, f"{year}-01-01", "year", more
    for month in months:
        first = datetime.date.fromisoformat(month + "-01")
        address = f"url: /daily/{month.replace('-', '/')}/\n"
        yield month, f"{COLUMN}, {first:%B} {first.year}", "", first, "month", address


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
