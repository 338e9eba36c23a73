"""Jinja2 as the oracle of the theme language: typed values, and what Jinja2 makes of a template.

A type is written as in `sitegen theme reference`: `string`, `integer`, `number`, `boolean`, `markup`, `dynamic`,
`date`, `link`, `[string]` for a list, `string?` for a value that may be missing, or the name of an object type.
"""
import typing

import jinja2
import markupsafe

Types = dict[str, dict[str, str]]

# What the theme language has no counterpart for needs these to be understood by Jinja2 at all.
EXTENSIONS = ["jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.i18n", "jinja2.ext.debug"]


class Record:
    """An object with fields: no mapping, and equal to itself alone."""

    def __init__(self, fields: dict[str, typing.Any]):
        self.__dict__.update(fields)


class Values(typing.NamedTuple):
    """Variables with their types; `data` is plain JSON."""

    types: Types
    variables: dict[str, str]
    data: dict[str, typing.Any]

    def context(self) -> dict[str, typing.Any]:
        """The variables as Jinja2 gets them: what is missing is left out, and so undefined there."""
        made = {name: self._value(type, self.data.get(name)) for name, type in self.variables.items()}
        return {name: value for name, value in made.items() if value is not None}

    def _value(self, type: str, data: typing.Any) -> typing.Any:
        if data is None:
            return None
        if type.endswith("?"):
            return self._value(type[:-1], data)
        if type.startswith("["):
            return [self._value(type[1:-1], item) for item in data]
        if type in self.types:
            made = {name: self._value(field, data.get(name)) for name, field in self.types[type].items()}
            return Record({name: value for name, value in made.items() if value is not None})
        if type == "dynamic":
            return in_order(data)
        return markupsafe.Markup(data) if type == "markup" else data


def in_order(data: typing.Any) -> typing.Any:
    """Free data with its names in alphabetical order."""
    match data:
        case dict(): return {key: in_order(data[key]) for key in sorted(data)}
        case list(): return [in_order(item) for item in data]
        case _: return data


def inferred(data: typing.Any) -> str:
    """The type of a case's own value: by the first item for a list, free for a mapping."""
    match data:
        case None: return "string?"
        case bool(): return "boolean"
        case int(): return "integer"
        case float(): return "number"
        case list(): return f"[{inferred(data[0]) if data else 'string'}]"
        case dict(): return "dynamic"
        case _: return "string"


def render(templates: dict[str, str], context: dict[str, typing.Any]) -> str:
    """What Jinja2 makes of `main.html`, with its settings as they are by themselves, and escaping on."""
    environment = jinja2.Environment(
        autoescape=True, loader=jinja2.DictLoader(templates), extensions=EXTENSIONS)
    # Without translations `trans` has no meaning.
    environment.globals.update(gettext=str, ngettext=lambda one, many, count: one if count == 1 else many)
    return environment.get_template("main.html").render(context)
