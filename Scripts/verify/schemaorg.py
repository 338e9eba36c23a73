"""What schema.org knows: its types, the properties of each and what they may hold, from the package msgspec-schemaorg."""

import pkgutil
import re
from datetime import date, datetime
from functools import cache
from importlib import import_module
from urllib.parse import urlsplit

import msgspec_schemaorg.models as models

DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?")
# What a word of the vocabulary's source stands for among the plain values.
PLAIN = {"str", "URL", "int", "float", "bool", "date", "datetime", "time"}


class Vocabulary:
    def __init__(self):
        self._types = {}
        for module in pkgutil.walk_packages(models.__path__, models.__name__ + "."):
            name = module.name.rpartition(".")[2]
            found = getattr(import_module(module.name), name, None)
            if isinstance(found, type):
                self._types[name] = found
        self._properties = {
            name for found in self._types.values() for name in vars(found).get("__annotations__", {}) if name != "type"
        }

        self._everywhere = {name: set() for name in self._properties}
        for found in self._types:
            for name in vars(self._types[found]).get("__annotations__", {}):
                if name != "type":
                    self._everywhere[name] |= self.range(found, name)

    def is_type(self, name):
        return name in self._types

    def is_property(self, name):
        return name in self._properties

    def properties(self):
        return sorted(self._properties)

    def is_kind_of(self, name, other):
        """Whether everything of a type is of the other type, too."""
        return name in self._types and other in (above.__name__ for above in self._types[name].__mro__)

    def range(self, type_name, name):
        """What a property of a type may hold, by name; or nothing when such things have no such property."""
        for above in self._types[type_name].__mro__:
            annotation = vars(above).get("__annotations__", {}).get(name)
            if annotation is not None and name != "type":
                words = set(re.findall(r"\w+", str(annotation)))
                return {word for word in words if word in PLAIN or word in self._types}
        return set()

    def everywhere(self, name):
        """What a property may hold of any type."""
        return self._everywhere[name]


@cache
def vocabulary():
    """The one vocabulary, which takes a while to read."""
    return Vocabulary()


def is_url(text):
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"{}|\\^`]", text)


def is_date(text):
    if re.fullmatch(r"\d{4}(-\d\d)?", text):
        return True
    try:
        date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return False
    return len(text) == 10 or bool(re.search(r"(Z|[+-]\d\d:\d\d)$", text))


def plain_problem(value, allowed):
    """Why a property that may hold what is allowed can't hold a plain value; or nothing.

    Where anything at all may stand, its address may stand for it.
    """
    if isinstance(value, bool):
        return None if "bool" in allowed else "is no truth value"
    if isinstance(value, int | float):
        return None if {"int", "float"} & allowed else "is no number"
    if not isinstance(value, str):
        return "is neither a word, a number nor a thing"
    if not value.strip():
        return "is empty"
    if "Duration" in allowed and DURATION.fullmatch(value):
        return None
    if {"date", "datetime"} & allowed and is_date(value):
        return None
    if {"URL", "Thing"} & allowed and is_url(value):
        return None
    if "str" in allowed:
        return None
    return f"is none of {', '.join(sorted(allowed))}: {value!r}"
