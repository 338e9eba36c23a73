"""Values at random for the variables that generated templates use."""
import random

from oracle import Values

TYPES = {
    "Film": {
        "title": "string", "votes": "integer", "score": "number", "genre": "string", "isNew": "boolean",
        "note": "string?", "rank": "integer?", "body": "markup", "tags": "[string]", "by": "Person",
        "campaign": "Campaign?",
    },
    "Person": {"name": "string", "born": "integer?"},
    "Campaign": {"url": "string", "goal": "integer?"},
    "Comment": {"text": "string", "likes": "integer", "replies": "[Comment]"},
}

VARIABLES = {
    "s": "string", "u": "string", "word": "string", "h": "markup", "n": "integer", "m": "integer", "x": "number",
    "y": "number", "flag": "boolean", "off": "boolean", "opt": "string?", "count": "integer?", "part": "markup?",
    "nums": "[integer]", "dec": "[number]", "names": "[string]", "marks": "[markup]", "film": "Film",
    "best": "Film?", "films": "[Film]", "thread": "[Comment]",
}

WORDS = [
    "", "a", "B", "salt", "Salt", "SALT", "ash & oak", "it's", "<b>bold</b>", "1 < 2", '"q"', "x y  z", " pad ",
    "two\nlines", "tab\tbed", "naïve", "Ünïcode", "straße", "ﬁn", "ǅ", "İI", "ıi", "ŉ", "ΑΣ", "σας", "e\u0301",
    "a\u0308b", "👩\u200d🚀", "🇦🇹", "𝒳𐐨", "日本", "\u00a0", "x\u2003y", "foo-bar (baz)", "o'neil mcDonald", "under_score",
    "42", "-7", "3.5", "1e3", "0x1f", "007", " 12 ", "٣", "&amp;", "&lt;i&gt;", "a/b?c=d&e", "50%", "c:\\d",
    "The quick brown fox jumps over the lazy dog", "first line\n\n  second line\nthird", "ǰ ΐ ﬃ",
]


def text(random: random.Random) -> str:
    return " ".join(random.choices(WORDS, k=random.choice([1, 1, 1, 2, 3])))


def integer(random: random.Random) -> int:
    return random.choice([0, 1, -1, 2, 3, 7, 10, -12, 99, 255, 1000, -4096, 123456])


def number(random: random.Random) -> float:
    return random.choice([
        0.0, 0.5, 1.0, -1.5, 2.5, 2.675, 0.1, 1 / 3, -0.125, 1e-7, 1e3, 123456.789, -2.0, 1e16, 12345678901234567.0,
        random.uniform(-100, 100), round(random.uniform(-10, 10), 2)])


def value(random: random.Random, type: str, depth: int = 0):
    if type.endswith("?"):
        return None if random.random() < 0.4 else value(random, type[:-1], depth)
    if type.startswith("["):
        count = random.choice([0, 1, 2, 3, 4, 5]) if depth < 3 else 0
        return [value(random, type[1:-1], depth + 1) for _ in range(count)]
    if type in TYPES:
        return {name: value(random, field, depth) for name, field in TYPES[type].items()}
    match type:
        case "integer": return integer(random)
        case "number": return number(random)
        case "boolean": return random.random() < 0.5
        case "markup": return random.choice(["", "<i>x</i>", "a &amp; b", "<p>One <b>two</b></p>\n", "é&#39;"])
        case _: return text(random)


def values(random: random.Random) -> Values:
    return Values(TYPES, VARIABLES, {name: value(random, type) for name, type in VARIABLES.items()})
