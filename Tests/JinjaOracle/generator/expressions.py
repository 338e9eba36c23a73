"""Expressions at random, each of a type that is asked for."""
from __future__ import annotations

import random
import re
import typing

from generator import values

# How tightly an expression binds, from loosest to tightest.
CONDITIONAL, OR, AND, NOT, COMPARISON, SUM, CONCATENATION, PRODUCT, FILTERED, POSTFIX = range(10)

STRINGS = [
    "''", "'a'", '"B"', "'x<y'", "'it\\'s'", "\"'\"", "'tab\\t'", "'\\n'", "'\\x41\\u00e9'", "'\\U0001F600'", "'é'", "'Straße'",
    "'👩\u200d🚀 x'", "'a b'", "', '", "'foo-bar baz'", "'UPPER lower'", "'12'", "'-3.7'", "'a' 'b'", "'e\u0301'", "' pad '",
    "'&amp;'", "'<b>t</b>'", "'one\\ntwo\\n\\nthree'", "'\\q'",
]
INTEGERS = ["0", "1", "2", "3", "5", "7", "10", "12", "100", "1_000", "-1", "-2", "-7"]
NUMBERS = ["0.5", "1.0", "2.5", "-0.25", "1e3", "3.14159", "0.1", "1.5e-3", "100.0", "2.675", "1_0.5"]
COMPARISONS = ["==", "!=", "<", "<=", ">", ">="]


class Expression(typing.NamedTuple):
    text: str
    binding: int = POSTFIX


class Scope(typing.NamedTuple):
    """The variables of a place, with their types, and how deep in loops it is."""

    variables: dict[str, str]
    loops: int = 0

    def having(self, **variables: str) -> "Scope":
        return Scope(self.variables | variables, self.loops)

    def inside_loop(self, **variables: str) -> "Scope":
        return Scope(self.variables | variables, self.loops + 1)


def is_optional(type: str) -> bool:
    return type.endswith("?")


class Expressions:
    def __init__(self, random: random.Random):
        self.random = random

    def pick(self, options):
        return self.random.choice(options)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    # Putting together

    def at(self, binding: int, expression: Expression) -> str:
        """The expression as an operand that must bind at least so tightly; at times in needless parentheses."""
        if expression.binding < binding or self.chance(0.06):
            return f"({expression.text})"
        return expression.text

    def join(self, binding: int, left: Expression, operator: str, right: Expression) -> Expression:
        space = "" if operator[0] in "+-*/%~=<>!" and self.chance(0.15) else " "
        return Expression(
            f"{self.at(binding, left)}{space}{operator}{space}{self.at(binding + 1, right)}", binding)

    def filtered(self, base: Expression, name: str, *arguments: str) -> Expression:
        bar = self.pick([" | ", " | ", "|"])
        inside = self.pick([", ", ", ", ","]).join(arguments)
        call = f"({inside})" if arguments else self.pick(["", "", "", "()"])
        return Expression(f"{self.at(FILTERED, base)}{bar}{name}{call}", FILTERED)

    def tested(self, base: Expression, test: str) -> Expression:
        word = self.pick(["is", "is", "is not"])
        return Expression(f"{self.at(FILTERED, base)} {word} {test}", FILTERED)

    def arguments(self, *pairs: tuple[str, str]) -> list[str]:
        """A filter's arguments: the first few, by position or, from some place on, by name."""
        given = list(pairs)[: self.random.randint(0, len(pairs))]
        named = self.random.randint(0, len(given)) if self.chance(0.5) else len(given)
        return [text for _, text in given[:named]] + [f"{name}={text}" for name, text in given[named:]]

    # By type

    def make(self, type: str, scope: Scope, depth: int) -> Expression:
        """An expression of `type`, which is not optional."""
        if depth > 0 and self.chance(0.12):
            return self.choice(type, scope, depth - 1)
        if type.startswith("["):
            return self.list(type[1:-1], scope, depth)
        if type in values.TYPES:
            return self.object(type, scope)
        return getattr(self, type)(scope, depth)

    def text(self, type: str, scope: Scope, depth: int, binding: int = CONDITIONAL) -> str:
        return self.at(binding, self.make(type, scope, depth))

    def leaves(self, type: str, scope: Scope) -> list[Expression]:
        """The variables of `type`, and the fields of objects."""
        found = [Expression(name) for name, its in scope.variables.items() if its == type]
        for name, its in scope.variables.items():
            for field, field_type in values.TYPES.get(its, {}).items():
                path = f"{name}.{field}" if self.chance(0.8) else f"{name}['{field}']"
                if field_type == type:
                    found.append(Expression(path))
                for inner, inner_type in values.TYPES.get(field_type, {}).items():
                    if inner_type == type:
                        found.append(Expression(f"{path}.{inner}"))
        return found

    def leaf(self, type: str, scope: Scope, literals: list[str]) -> Expression:
        found = self.leaves(type, scope)
        if found and (not literals or self.chance(0.6)):
            return self.pick(found)
        text = self.pick(literals)
        return Expression(text, FILTERED if text.startswith("-") else POSTFIX)

    def choice(self, type: str, scope: Scope, depth: int) -> Expression:
        """One of two values of `type`."""
        first, second = (self.make(type, scope, depth) for _ in range(2))
        optional = self.leaves(type + "?", scope)
        if optional and self.chance(0.5):
            first = self.pick(optional)
            kind = self.random.randrange(4)
            if kind == 0:
                return self.filtered(first, self.pick(["default", "d"]), self.at(CONDITIONAL, second))
            if kind == 1:
                return self.join(OR, first, "or", second)
            ask = self.pick([first.text, f"{first.text} is defined", f"not ({first.text} is undefined)"])
            return Expression(f"{first.text} if {ask} else {self.at(CONDITIONAL, second)}", CONDITIONAL)
        kind = self.random.randrange(4)
        if kind == 0 and not type.startswith("["):
            return self.filtered(first, "default", self.at(CONDITIONAL, second), self.pick(["true", "false"]))
        if kind == 1 and not type.startswith("["):
            operator, binding = self.pick([("and", AND), ("or", OR)])
            return self.join(binding, first, operator, second)
        test = self.at(OR, self.boolean(scope, depth))
        shown = self.at(OR, first)
        if re.search(r" is (not )?\w+$", shown):
            # Jinja2 would take the `if` for the test's argument.
            shown = f"({shown})"
        return Expression(
            f"{shown} if {test} else {self.at(CONDITIONAL, second)}", CONDITIONAL)

    def printable(self, scope: Scope, depth: int) -> Expression:
        type = self.pick(["string"] * 5 + ["integer"] * 3 + ["number", "boolean", "markup"])
        return self.make(type, scope, depth)

    # Texts

    def string(self, scope: Scope, depth: int) -> Expression:
        if depth <= 0:
            return self.leaf("string", scope, STRINGS)
        d = depth - 1
        match self.random.randrange(12):
            case 0: return self.leaf("string", scope, STRINGS)
            case 1: return self.join(SUM, self.string(scope, d), "+", self.string(scope, d))
            case 2:
                parts = [self.pick([self.string, self.integer, self.number, self.boolean])(scope, d)
                         for _ in range(self.random.randint(1, 2))]
                text = " ~ ".join(self.at(PRODUCT, part) for part in [self.string(scope, d), *parts])
                return Expression(text, CONCATENATION)
            case 3:
                times = Expression(self.pick(["0", "1", "2", "3", "-1"]), FILTERED)
                base = self.string(scope, 0)
                return self.join(PRODUCT, base, "*", times) if self.chance(0.7) else self.join(
                    PRODUCT, times, "*", base)
            case 4: return Expression(self.text("string", scope, d, POSTFIX) + self.slice(), POSTFIX)
            case 5: return self.filtered(self.printable_plain(scope, d), "string")
            case 6:
                base = self.pick([self.string, self.markup])(scope, d)
                return self.filtered(base, "striptags")
            case 7: return self.joined(scope, d)
            case 8:
                ends = self.filtered(self.string(scope, d), self.pick(["first", "last"]))
                return self.filtered(ends, "default", self.text("string", scope, d))
            case _: return self.text_filter(self.string(scope, d), scope, d)

    def printable_plain(self, scope: Scope, depth: int) -> Expression:
        return self.make(self.pick(["string", "integer", "number", "boolean"]), scope, depth)

    def text_filter(self, base: Expression, scope: Scope, depth: int) -> Expression:
        flag = lambda: self.pick(["true", "false"])
        match self.random.randrange(12):
            case 0:
                return self.filtered(base, "trim", *self.arguments(("chars", self.pick(["'x'", "'a b'", "' \\n'", "none"]))))
            case 1:
                end = self.pick(["'…'", "''", "'...'", "'<>'"])
                return self.filtered(base, "truncate", *self.arguments(
                    ("length", str(self.random.randint(3, 30))), ("killwords", flag()), ("end", end),
                    ("leeway", self.pick(["0", "1", "5", "none"]))))
            case 2:
                new, old = self.text("string", scope, 0), self.text("string", scope, 0)
                count = self.pick([[], [], ["1"], ["count=2"], ["0"], ["-1"]])
                return self.filtered(base, "replace", old, new, *count)
            case 3:
                return self.filtered(base, "indent", *self.arguments(
                    ("width", str(self.random.randint(0, 5))), ("first", flag()), ("blank", flag())))
            case 4: return self.filtered(base, "center", *self.arguments(("width", str(self.random.randint(0, 24)))))
            case 5: return self.filtered(base, "urlencode")
            case 6: return self.filtered(base, "reverse")
            case _: return self.filtered(base, self.pick(["upper", "lower", "title", "capitalize"]))

    def slice(self) -> str:
        bound = lambda: self.pick(["", "", "0", "1", "2", "-1", "-3", "5", "40"])
        step = self.pick(["", "", "", ":", ":2", ":-1", ":-2"])
        return f"[{bound()}:{bound()}{step}]"

    def joined(self, scope: Scope, depth: int) -> Expression:
        separator = self.pick(["', '", "'-'", "'<'", "''", "' '"])
        if self.chance(0.3):
            field = self.pick(["title", "votes", "genre", "by.name", "score"])
            return self.filtered(
                self.list("Film", scope, depth), "join", separator, self.pick(["", "attribute="]) + f"'{field}'")
        kind = self.pick(["string", "integer", "number", "boolean"])
        return self.filtered(self.list(kind, scope, depth), "join", *self.arguments(("d", separator)))

    def markup(self, scope: Scope, depth: int) -> Expression:
        if depth <= 0:
            found = self.leaves("markup", scope)
            # Not of literals: Jinja2 forgets what is safe when it joins constants.
            return self.pick(found) if self.chance(0.7) else self.filtered(
                self.pick(self.leaves("string", scope)), self.pick(["e", "escape", "safe"]))
        d = depth - 1
        match self.random.randrange(4):
            case 0: return self.markup(scope, 0)
            case 1:
                base = self.leaf("string", scope, ["s"]) if d <= 0 else self.text_filter(self.pick(self.leaves("string", scope)), scope, 0)
                return self.filtered(base, self.pick(["e", "escape", "safe"]))
            case 2:
                parts = [self.markup(scope, d), self.printable(scope, d)]
                self.random.shuffle(parts)
                return Expression(" ~ ".join(self.at(PRODUCT, part) for part in parts), CONCATENATION)
            case _: return self.filtered(self.markup(scope, d), self.pick(["e", "escape", "safe", "string"]))

    # Numbers

    def integer(self, scope: Scope, depth: int) -> Expression:
        if depth <= 0:
            loop = [Expression("loop." + field) for field in (
                "index", "index0", "revindex", "revindex0", "length", "depth", "depth0")]
            if scope.loops and self.chance(0.2):
                return self.pick(loop)
            return self.leaf("integer", scope, INTEGERS)
        d = depth - 1
        match self.random.randrange(13):
            case 0 | 1: return self.integer(scope, 0)
            case 2 | 3: return self.join(SUM, self.integer(scope, d), self.pick("+-"), self.integer(scope, d))
            case 4: return self.join(PRODUCT, self.integer(scope, 0), "*", Expression(self.pick("12345")))
            case 5:
                divisor = Expression(self.pick(["1", "2", "3", "7", "-2", "-3"]), FILTERED)
                return self.join(PRODUCT, self.integer(scope, d), self.pick(["//", "%"]), divisor)
            case 6: return Expression(self.pick("-+") + self.text("integer", scope, 0, POSTFIX), FILTERED)
            case 7: return self.filtered(self.integer(scope, d), "abs")
            case 8:
                base = self.pick([self.string, self.integer, self.number])(scope, 0)
                return self.filtered(base, "int", *self.arguments(("default", self.pick(INTEGERS))))
            case 9: return self.filtered(self.string(scope, d), self.pick(["wordcount", "length", "count"]))
            case 10:
                kind = self.pick(["string", "integer", "Film"])
                return self.filtered(self.list(kind, scope, d, is_list=True), self.pick(["length", "count"]))
            case 11: return self.total("integer", scope, d)
            case _: return self.extreme("integer", scope, d)

    def total(self, type: str, scope: Scope, depth: int) -> Expression:
        if type == "integer" and self.chance(0.4):
            return self.filtered(self.list("Film", scope, depth), "sum", *self.pick([
                ["'votes'"], ["attribute='votes'"], ["attribute='votes'", "start=5"]]))
        start = self.pick([[], [], [f"start={self.pick(['1', '10', '-3'])}"]])
        return self.filtered(self.list(type, scope, depth), "sum", *start)

    def extreme(self, type: str, scope: Scope, depth: int) -> Expression:
        case = self.pick([[], [], ["true"], ["case_sensitive=false"]])
        ends = self.filtered(self.list(type, scope, depth), self.pick(["min", "max"]), *case)
        if self.chance(0.3):
            ends = self.filtered(self.list(type, scope, depth, is_list=True), self.pick(["first", "last"]))
        elif self.chance(0.3):
            base = self.at(POSTFIX, self.list(type, scope, depth, is_list=True))
            ends = Expression(f"{base}[{self.pick(['0', '1', '-1', '9'])}]", POSTFIX)
        return self.filtered(ends, "default", self.text(type, scope, 0))

    def number(self, scope: Scope, depth: int) -> Expression:
        if depth <= 0:
            return self.leaf("number", scope, NUMBERS)
        d = depth - 1
        other = lambda: self.pick([self.integer, self.number])(scope, d)
        match self.random.randrange(10):
            case 0 | 1: return self.number(scope, 0)
            case 2 | 3:
                pair = [self.number(scope, d), other()]
                self.random.shuffle(pair)
                return self.join(SUM, pair[0], self.pick("+-"), pair[1])
            case 4: return self.join(PRODUCT, self.number(scope, d), "*", other())
            case 5:
                divisor = Expression(self.pick(["2", "3", "-7", "0.5", "2.5", "-1.5"]), FILTERED)
                return self.join(PRODUCT, self.number(scope, d), self.pick(["/", "//", "%"]), divisor)
            case 6: return self.join(PRODUCT, self.integer(scope, d), "/", Expression(self.pick(["2", "3", "7", "-4"]), FILTERED))
            case 7:
                method = self.pick(["'common'", "'ceil'", "'floor'"])
                return self.filtered(self.number(scope, d), "round", *self.arguments(
                    ("precision", self.pick(["0", "1", "2", "3", "-1"])), ("method", method)))
            case 8:
                base = self.pick([self.string, self.integer, self.number])(scope, 0)
                return self.filtered(base, "float", *self.arguments(("default", self.pick(NUMBERS))))
            case _: return self.pick([
                self.filtered(self.number(scope, d), "abs"), self.total("number", scope, d),
                self.extreme("number", scope, d)])

    # Conditions

    def boolean(self, scope: Scope, depth: int) -> Expression:
        if depth <= 0:
            if scope.loops and self.chance(0.2):
                return Expression("loop." + self.pick(["first", "last"]))
            return self.leaf("boolean", scope, ["true", "false", "True", "False"])
        d = depth - 1
        match self.random.randrange(12):
            case 0: return self.boolean(scope, 0)
            case 1: return Expression("not " + self.text("boolean", scope, d, NOT), NOT)
            case 2 | 3:
                operator, binding = self.pick([("and", AND), ("or", OR)])
                return self.join(binding, self.boolean(scope, d), operator, self.boolean(scope, d))
            case 4 | 5: return self.comparison(scope, d)
            case 6: return self.membership(scope, d)
            case 7:
                optional = [e for kind in ("string", "integer") for e in self.leaves(kind + "?", scope)]
                base = self.pick(optional) if optional else self.string(scope, 0)
                return self.tested(base, self.pick(["defined", "undefined"]))
            case 8: return self.number_test(scope, d)
            case 9:
                base = self.make(self.pick(["string", "integer", "number", "boolean", "[string]", "Film"]), scope, 0)
                return self.tested(base, self.pick([
                    "string", "number", "integer", "float", "boolean", "mapping", "sequence", "iterable", "true",
                    "false"]))
            case 10: return self.tested(self.string(scope, d), self.pick(["lower", "upper"]))
            case _:
                type, test = self.pick(["string", "integer", "number"]), self.pick([
                    "eq", "equalto", "ne", "lt", "lessthan", "le", "gt", "greaterthan", "ge"])
                other = self.text(type, scope, d)
                return self.tested(self.make(type, scope, d), f"{test}({other})")

    def comparison(self, scope: Scope, depth: int) -> Expression:
        type = self.pick(["string", "integer", "integer", "number"])
        parts = [self.text(type, scope, depth, SUM)]
        for _ in range(self.pick([1, 1, 1, 2])):
            other = "integer" if type == "number" and self.chance(0.4) else type
            parts += [self.pick(COMPARISONS), self.text(other, scope, depth, SUM)]
        return Expression(" ".join(parts), COMPARISON)

    def membership(self, scope: Scope, depth: int) -> Expression:
        operator = self.pick(["in", "not in"])
        if self.chance(0.4):
            return Expression(
                f"{self.text('string', scope, depth, SUM)} {operator} {self.text('string', scope, depth, SUM)}",
                COMPARISON)
        type = self.pick(["string", "integer"])
        whole = self.at(SUM, self.list(type, scope, depth, is_list=True))
        return Expression(f"{self.text(type, scope, depth, SUM)} {operator} {whole}", COMPARISON)

    def number_test(self, scope: Scope, depth: int) -> Expression:
        test = self.pick(["even", "odd", "divisibleby 3", "divisibleby(2)", "in [1, 2]", "in nums", "eq 3"])
        return self.tested(self.integer(scope, depth), test)

    # Lists and objects

    def object(self, type: str, scope: Scope) -> Expression:
        found = self.leaves(type, scope)
        return self.pick(found)

    def list(self, type: str, scope: Scope, depth: int, is_list: bool = False) -> Expression:
        """A list of `type`; with `is_list` one that Jinja2, too, makes a list of, not a generator."""
        found = self.leaves(f"[{type}]", scope)
        if depth <= 0 or self.chance(0.2):
            if found and (type not in ("string", "integer", "number", "boolean") or self.chance(0.7)):
                return self.pick(found)
            count = self.random.randint(1 if type in values.TYPES else 0, 3)
            items = [self.make(type, scope, 0) for _ in range(count)]
            return Expression(f"[{', '.join(self.at(CONDITIONAL, item) for item in items)}]")
        d = depth - 1
        match self.random.randrange(9):
            case 0: return Expression(self.at(POSTFIX, self.list(type, scope, d, True)) + self.slice())
            case 1: return self.join(SUM, self.list(type, scope, d, True), "+", self.list(type, scope, d, True))
            case 2 if type == "integer" and self.chance(0.5):
                bounds = self.pick(["3", "0", "1, 4", "6, 0, -2", "0, 10, 3"])
                return self.filtered(Expression(f"range({bounds})"), "list")
            case 2 | 3 if type != "markup":
                return self.filtered(self.list(type, scope, d), "sort", *self.sort_arguments(type))
            case 4: result = self.filtered(self.list(type, scope, d, True), "reverse")
            case 5 | 6: result = self.selected(type, scope, d)
            case 7 if type in ("string", "integer"): result = self.mapped(type, scope, d)
            case _ if type == "markup": result = self.list(type, scope, d)
            case _:
                by = self.pick(["title", "votes", "genre", "by.name"])
                arguments = {"Film": [f"attribute='{by}'"], "Comment": ["attribute='text'"]}.get(
                    type, self.pick([[], [], ["true"], ["case_sensitive=true"]]))
                result = self.filtered(self.list(type, scope, d), "unique", *arguments)
        return self.filtered(result, "list") if is_list else result

    def sort_arguments(self, type: str) -> list[str]:
        flags = self.arguments(("reverse", self.pick(["true", "false"])), ("case_sensitive", self.pick(["true", "false"])))
        if type == "Film":
            by = self.pick(["title", "votes", "genre", "score", "by.name", "votes,title", "genre,score"])
            return flags + [f"attribute='{by}'"]
        return flags + ["attribute='text'"] if type == "Comment" else flags

    def selected(self, type: str, scope: Scope, depth: int) -> Expression:
        base = self.list(type, scope, depth)
        if type == "Film":
            name = self.pick(["selectattr", "rejectattr"])
            return self.filtered(base, name, *self.pick([
                ["'note'"], ["'campaign'"], ["'isNew'"], ["'rank', 'defined'"], ["'votes', 'gt', 2"],
                ["'votes', 'odd'"], ["'genre', 'equalto', " + self.text("string", scope, 0)], ["'tags'"],
                ["'title', 'in', names"], ["'by.name', 'lower'"], ["'score', 'le', 1.5"]]))
        if type == "Comment":
            return self.filtered(base, self.pick(["selectattr", "rejectattr"]), self.pick(["'replies'", "'likes', 'even'"]))
        tests = {
            "string": [[], ["'lower'"], ["'upper'"], ["'in', names"], ["'ne', 'a'"], ["'eq', word"]],
            "integer": [[], ["'odd'"], ["'even'"], ["'divisibleby', 3"], ["'gt', 1"], ["'in', [1, 2, 3]"]],
            "number": [[], ["'lt', 1"], ["'ge', 0.5"]],
        }.get(type, [[]])
        return self.filtered(base, self.pick(["select", "reject"]), *self.pick(tests))

    def mapped(self, type: str, scope: Scope, depth: int) -> Expression:
        if type == "string":
            match self.random.randrange(4):
                case 0: return self.filtered(self.list("Film", scope, depth), "map", f"attribute='{self.pick(['title', 'genre', 'by.name'])}'")
                case 1: return self.filtered(self.list("Film", scope, depth), "map", "attribute='note'", "default='-'")
                case 2: return self.filtered(self.list("integer", scope, depth), "map", "'string'")
                case _: return self.filtered(self.list("string", scope, depth), "map", self.pick([
                    "'upper'", "'title'", "'trim'", "'replace', 'a', 'b'", "'truncate', 8, true", "'default', 'x', true",
                    "'truncate', length=6, leeway=0"]))
        match self.random.randrange(3):
            case 0: return self.filtered(self.list("Film", scope, depth), "map", self.pick(["attribute='votes'", "attribute='rank', default=0"]))
            case 1: return self.filtered(self.list("string", scope, depth), "map", self.pick(["'length'", "'wordcount'"]))
            case _: return self.filtered(self.list("integer", scope, depth), "map", "'abs'")
