#!/usr/bin/env python3
"""Holds the reader of TOML front matter against Python's: those of front-matters.toml.txt, sound and not, and each of them
with a character changed, added or taken away at random, are the front matter of a post each; `sitegen import markdown` has to take
and refuse the same as tomllib.

    toml.py SITEGEN [SEED]
"""

import random
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

def sound(text: str) -> bool:
    try:
        tomllib.loads(text + "\n")
    except tomllib.TOMLDecodeError:
        return False
    return True


def changed(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    letter = chance.choice("ab_-.=[]{}\"'#,\\+019eTZ: \n")
    return chance.choice([
        text[:place] + letter + text[place:], text[:place] + letter + text[place + 1:], text[:place] + text[place + 1:]])


def main(sitegen: str, seed: int = 1):
    chance = random.Random(seed)
    texts = (Path(__file__).parent / "front-matters.toml.txt").read_text().rstrip("\n").split("\n%\n")
    count = sum(map(sound, texts))
    assert count > 20 and len(texts) - count > 50, f"{count} of {len(texts)} are sound"
    cases = texts + [changed(text, chance) for text in texts for _ in range(20)]
    # A line of three + would end the front matter.
    cases = [text for text in cases if "+++" not in text]
    with tempfile.TemporaryDirectory() as folder:
        old, site = Path(folder, "old"), Path(folder, "site")
        old.mkdir()
        (site / "content").mkdir(parents=True)
        (site / "content/site.yaml").write_text("title: Test\ntimezone: UTC\n")
        for number, text in enumerate(cases):
            (old / f"p{number}.md").write_text(f"+++\n{text}\n+++\nText.\n")
        report = Path(folder, "report.txt")
        subprocess.run(
            [sitegen, "import", "markdown", str(old), "--column", "blog", "--root", str(site), "--report", str(report), "--dry-run"],
            check=True, capture_output=True)
        refused: set[int] = set()
        seen = 0
        for item in re.split(r"\n(?=post \d+:)", report.read_text()):
            name = re.search(r"from p(\d+)\.md$", item, re.M)
            if name:
                seen += 1
                if "no sound TOML" in item:
                    refused.add(int(name[1]))
    wrong = [(text, number in refused) for number, text in enumerate(cases) if sound(text) == (number in refused)]
    for text, is_refused in wrong[:20]:
        print(f"toml: {'refused' if is_refused else 'taken'}, other than by tomllib: {text!r}", file=sys.stderr)
    print(f"toml: {len(cases)} front matters, {len(refused)} refused: {'as by tomllib' if not wrong else 'WRONG'}")
    if wrong or seen != len(cases):
        sys.exit(f"toml: {len(wrong)} differ, {seen} of {len(cases)} seen")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], *map(int, sys.argv[2:]))
