#!/usr/bin/env python3
"""Writes a film column of any size: generate.py FOLDER COUNT [--seed N] [--words N].

Five write-ups a week backwards from 2026-11-20, 3.6 KB each, with four credits and three tags; a _week.md with a vote
for every week. Of more than 25,000 several appear on a day, so that they have room in the century that has films. The
same arguments give the same bytes. With --words the texts, titles and names are made of so many invented words, some of
them often and most of them seldom, as in a language; without, of 32 words and numbers.
"""
import argparse
import datetime
import itertools
import pathlib
import random

WORDS = """salt road camera river night winter ferry tide orchard letter archive harbour signal quarry lantern meadow
border station mirror engine garden island thunder copper village market window bridge summer needle""".split()
FIRST = "Ann Mo Zofia Kenji Lucía Paulo Amara Ingrid Tariq Soo-jin Nadia Piotr Elena Kwame Maja Leo".split()
LAST = "Shinn Becker Vidal Okafor Lindqvist Haddad Park Novak Moreau Castellaw Sato Ferreira Boguski Wojcik".split()
ROLES = ["Director", "Producer", "Editor", "Cinematographer", "Composer", "Writer"]
FORMATS = ["feature", "short", "documentary-feature", "documentary-short", "series", "web-series"]
STATUSES = ["announced", "development", "pre-production", "production", "post-production", "completed", "festival"]
GENRES = "drama comedy thriller horror romance musical western animation family mystery war satire".split()
SYLLABLES = """ba be bri co da de dor el en er fa fen gi gra ha hol in ja ka ke kir la len lo ma mi mor na ne no or
pa per po qui ra rin ro sa sel shi so ta ten tha ti tor u va ven wa wo ya zin né lø ła ñu çi""".split()


class Language:
    """Invented words; the first of them make up half of any text."""

    def __init__(self, rng, count):
        words = {}
        while len(words) < count:
            words["".join(rng.choices(SYLLABLES, k=rng.choice([1, 2, 2, 3, 3, 3, 4])))] = None
        # The words that are used most are short.
        self.words = sorted(words, key=lambda word: len(word) + rng.random() * 4)
        self.weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(count)))

    def text(self, rng, count):
        return rng.choices(self.words, cum_weights=self.weights, k=count)

    def name(self, rng, count):
        """Words that are not used much, each with a capital."""
        return " ".join(word.capitalize() for word in rng.choices(self.words[200:], k=count))


language = None


def sentence(rng):
    length = rng.randint(8, 16)
    words = language.text(rng, length) if language else [rng.choice(WORDS) for _ in range(length)]
    if rng.random() < 0.1:
        words[3] = f"*{words[3]}*"
    if rng.random() < 0.05:
        words[5] = f"[{words[5]}](https://example.net/{words[5]})"
    return " ".join(words).capitalize() + "."


def write_up(rng, number, date, people, tags):
    title = " ".join(rng.sample(WORDS, 2)).title() + f" {number}"
    if language:
        title = language.name(rng, rng.choice([1, 2, 2, 2, 3, 4]))
    lines = ["---", f"title: {title}", f"date: {date}", f"format: {rng.choice(FORMATS)}",
             f"logline: {sentence(rng)[:120]}", f"status: {rng.choice(STATUSES)}", "credits:"]
    for role, name in zip(rng.sample(ROLES, 4), rng.sample(people, 4)):
        lines += [f"  - role: {role}", f"    name: {name}"]
    if language:
        lines += [f"genres: [{', '.join(rng.sample(GENRES, rng.randint(1, 2)))}]"]
    lines += [f"tags: [{', '.join(rng.sample(tags, 3))}]", f"countries: [{rng.choice(['Chile', 'Poland', 'Kenya'])}]",
              "---", ""]
    for heading in ["Elevator pitch", "About the production", "From the director"]:
        lines += [f"## {heading}", ""]
        body = ""
        while len(body) < 1020:
            body += " ".join(sentence(rng) for _ in range(3)) + "\n\n"
        lines.append(body.rstrip() + "\n")
    return "\n".join(lines)


def week_file(rng, date, numbers, is_open):
    """A week with its vote: counted, but for the last week's."""
    year, week, _ = date.isocalendar()
    monday = date + datetime.timedelta(days=7 - date.weekday())
    lines = ["---", f"week: {year}-W{week:02}", "vote:", f"  closes: {monday}T17:00:00-05:00",
             "  url: https://polls.example.org/vote"]
    if not is_open:
        lines.append("  results:")
        lines += [f"    - {{project: film-{number}, votes: {rng.randint(10, 900)}}}" for number in numbers]
    return "\n".join(lines + ["---", sentence(rng), ""])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--theme", default="marquee")
    parser.add_argument("--words", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    if arguments.words:
        global language
        language = Language(rng, arguments.words)
    people = [f"{rng.choice(FIRST)} {language.name(rng, 1)}" for n in range(max(50, arguments.count // 4))] if language else [
        f"{rng.choice(FIRST)} {rng.choice(LAST)} {n}" for n in range(max(50, arguments.count // 4))]
    tags = [f"{a} {b}" for a in WORDS for b in WORDS if a < b][:max(30, min(400, arguments.count // 25))]
    content = arguments.folder / "content"
    column = content / "daily"
    column.mkdir(parents=True)
    (content / "site.yaml").write_text(
        f"title: Benchmark\nurl: https://example.org/\ntimezone: America/New_York\ntheme: {arguments.theme}\n"
        "api: false\noembed: false\ndigests: false\n")
    (column / "_column.md").write_text("---\nname: Project of the Day\n---\nEvery day.\n")
    date = datetime.date(2026, 11, 20)
    a_day = -(-arguments.count // 25_000)
    weeks = {}
    for number in range(arguments.count):
        week = column / "{}-w{:02}".format(*date.isocalendar())
        week.mkdir(exist_ok=True)
        (week / f"film-{number}.md").write_text(write_up(rng, number, date, people, tags))
        weeks.setdefault(week, (date, []))[1].append(number)
        if (number + 1) % a_day == 0:
            date -= datetime.timedelta(days=1 if date.weekday() > 0 else 3)
    for week, (date, numbers) in weeks.items():
        (week / "_week.md").write_text(week_file(rng, date, numbers, is_open=date == datetime.date(2026, 11, 20)))


main()
