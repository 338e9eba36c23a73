"""Whole templates at random: statements in statements, whitespace control, and templates that use others."""
import random

import oracle
from generator import values
from generator.expressions import CONDITIONAL, OR, Expressions, Scope

# So many cases share one set of values.
PER_VALUES = 100

TEXTS = [
    "", " ", "\n", "  \n", "x", " a ", "text ", "\n  line\n", "é", "<p>", "</p>", "<br>\n", "&amp;", "{ ", "}", "%", "#", "{ { ", "- ",
    "\r\n", "\r", "\t", "👩\u200d🚀", "\u00a0", "\u2003 ", "two words", "'", "-}", "\x0b", "\u0085x", "a\u0301",
]


class Templates(Expressions):
    """One case: `main.html` and the templates that it needs."""

    def __init__(self, random: random.Random):
        super().__init__(random)
        self.files: dict[str, str] = {}
        self.name_count = 0

    def fresh(self, prefix: str) -> str:
        self.name_count += 1
        return f"{prefix}{self.name_count}"

    # Tags

    def tag(self, content: str) -> str:
        start, end = self.pick(["", "", "", "-", "-", "+"]), self.pick(["", "", "", "-", "-", "+"])
        space, other = self.pick([" ", " ", " ", "", "\n", "\t "]), self.pick([" ", " ", " ", "", "\n"])
        return "{%" + start + space + content + (other or (" " if end else "")) + end + "%}"

    def output(self, expression: str) -> str:
        start, end = self.pick(["", "", "", "-"]), self.pick(["", "", "", "-"])
        return "{{" + start + " " + expression + " " + end + "}}"

    def noise(self) -> str:
        return self.pick(TEXTS)

    # Statements

    def body(self, scope: Scope, depth: int) -> str:
        """Some statements; variables that they set are known to those after them."""
        made = [self.noise()]
        for _ in range(self.pick([1, 1, 1, 2, 2, 3] if depth > 1 else [1, 1, 2])):
            text, scope = self.statement(scope, depth)
            made += [text, self.noise()]
        return "".join(made)

    def statement(self, scope: Scope, depth: int) -> tuple[str, Scope]:
        if depth <= 0 or self.chance(0.3):
            return self.output(self.at(CONDITIONAL, self.printable(scope, self.pick([0, 1, 1, 2, 2, 3])))), scope
        d = depth - 1
        match self.random.randrange(16):
            case 0 | 1: return self.conditional(scope, d), scope
            case 2: return self.narrowed(scope, d), scope
            case 3 | 4 | 5: return self.loop(scope, d), scope
            case 6: return self.groups(scope, d), scope
            case 7: return self.partition(scope, d), scope
            case 8: return self.tree(scope, d), scope
            case 9 | 10: return self.assignment(scope)
            case 11: return self.capture(scope, d)
            case 12: return self.macro(scope, d), scope
            case 13: return self.include(scope, d), scope
            case 14:
                return self.pick([self.comment, self.raw, self.attribute])(scope), scope
            case _: return self.output(self.at(CONDITIONAL, self.printable(scope, 2))), scope

    def condition(self, scope: Scope) -> str:
        # No lists: in Jinja2 a generator counts as true though it is empty.
        type = self.pick(["boolean", "boolean", "boolean", "string", "integer", "number"])
        return self.text(type, scope, self.pick([1, 1, 2]), OR)

    def conditional(self, scope: Scope, depth: int) -> str:
        made = self.tag("if " + self.condition(scope)) + self.body(scope, depth)
        for _ in range(self.pick([0, 0, 1, 2])):
            made += self.tag("elif " + self.condition(scope)) + self.body(scope, depth)
        if self.chance(0.5):
            made += self.tag("else") + self.body(scope, depth)
        return made + self.tag("endif")

    def narrowed(self, scope: Scope, depth: int) -> str:
        """An `if` that asks for a value that may be missing, and uses it."""
        optional = [name for name, type in scope.variables.items() if type.endswith("?")]
        if not optional:
            return self.conditional(scope, depth)
        name = self.pick(optional)
        known = scope.having(**{name: scope.variables[name][:-1]})
        inside, outside = self.body(known, depth), self.body(scope, depth)
        kind = self.random.randrange(4)
        if kind == 0:
            return self.tag(f"if {name}") + inside + self.tag("else") + outside + self.tag("endif")
        if kind == 1:
            return self.tag(f"if {name} is undefined") + outside + self.tag("else") + inside + self.tag("endif")
        if kind == 2:
            test = self.at(OR, self.boolean(known, 1))
            return self.tag(f"if {name} is defined and ({test})") + inside + self.tag("endif")
        return self.tag(f"if not {name}") + outside + self.tag(f"elif {name}") + inside + self.tag("endif")

    def loop(self, scope: Scope, depth: int) -> str:
        type = self.pick(["string", "integer", "number", "Film", "Film", "markup"])
        name = self.pick(["k", "v", "item", "w"])
        # Inside the sequence and the condition, `loop` is that of the loop around, and not every place has one.
        outer = Scope(scope.variables)
        condition = ""
        if self.chance(0.3):
            condition = " if " + self.at(OR, self.boolean(outer.having(**{name: type}), 1))
        sequence = self.at(OR, self.list(type, outer, 2))
        made = self.tag(f"for {name} in {sequence}{condition}")
        inner = scope.inside_loop(**{name: type})
        made += self.body(inner, depth)
        if self.chance(0.3):
            made += self.output("loop.cycle(" + ", ".join(self.text("string", inner, 0) for _ in range(3)) + ")")
        if self.chance(0.3):
            made += self.tag("if not loop.last") + ", " + self.tag("endif")
        if self.chance(0.3):
            made += self.tag("else") + self.body(Scope(scope.variables), depth)
        return made + self.tag("endfor")

    def groups(self, scope: Scope, depth: int) -> str:
        by, type, standard = self.pick([
            ("genre", "string", ""), ("votes", "integer", ""), ("by.name", "string", ""), ("note", "string", "'–'"),
            ("rank", "integer", "0"), ("by.born", "integer", "-1")])
        options = f", default={standard}" if standard else ""
        if self.chance(0.3):
            options += ", case_sensitive=" + self.pick(["true", "false"])
        films = self.list("Film", Scope(scope.variables), 1)
        groups = self.filtered(films, "groupby", f"'{by}'{options}").text
        if self.chance(0.5):
            inner = scope.inside_loop(key=type, group="[Film]")
            return self.tag(f"for key, group in {groups}") + self.body(inner, depth) + self.tag("endfor")
        inside = self.output("g.grouper") + self.output("g.list | map(attribute='title') | join('+')")
        return self.tag(f"for g in {groups}") + inside + self.tag("endfor")

    def partition(self, scope: Scope, depth: int) -> str:
        type = self.pick(["string", "integer", "Film"])
        whole = self.list(type, Scope(scope.variables), 1, is_list=True)
        fill = self.pick(["", ", fill_with=" + self.text(type, scope, 0), ", " + self.text(type, scope, 0)])
        rows = self.filtered(whole, self.pick(["batch", "slice"]), str(self.random.randint(1, 4)) + fill).text
        inner = scope.inside_loop(row=f"[{type}]")
        return self.tag(f"for row in {rows}") + self.body(inner, depth) + self.tag("endfor")

    def tree(self, scope: Scope, depth: int) -> str:
        inner = scope.inside_loop(c="Comment")
        inside = self.body(inner, min(depth, 1))
        deeper = self.tag("if c.replies") + self.output("loop(c.replies)") + self.tag("endif")
        if self.chance(0.3):
            deeper = self.output("loop(c.replies | sort(attribute='text'))")
        made = self.tag("for c in thread recursive") + inside + deeper + self.noise()
        if self.chance(0.3):
            made += self.tag("else") + self.noise()
        return made + self.tag("endfor")

    def assignment(self, scope: Scope) -> tuple[str, Scope]:
        type = self.pick(["string", "integer", "number", "boolean", "markup", "[string]", "[integer]", "Film"])
        # A variable keeps its type, so that what an `if` leaves behind has one.
        name = "v" + type.strip("[]")[0].lower() + ("s" if type.startswith("[") else "") + self.pick("12")
        if type.startswith("["):
            expression = self.list(type[1:-1], scope, 2, is_list=True)
        else:
            expression = self.make(type, scope, 2)
        if expression.text == name:
            return self.comment(scope), scope
        return self.tag(f"set {name} = {expression.text}"), scope.having(**{name: type})

    def capture(self, scope: Scope, depth: int) -> tuple[str, Scope]:
        name = "vc" + self.pick("12")
        body = self.body(scope, depth)
        return self.tag(f"set {name}") + body + self.tag("endset"), scope.having(**{name: "markup"})

    def macro(self, scope: Scope, depth: int) -> str:
        """A macro and calls of it. Its body sees its parameters only, and what every page sees."""
        name = self.fresh("f")
        types = [self.pick(["string", "integer", "markup", "Film", "[string]"]) for _ in range(self.random.randint(0, 3))]
        names = [f"p{index}" for index in range(len(types))]
        inner = Scope(values.VARIABLES | dict(zip(names, types)))
        defaults = [type in ("string", "integer") and self.chance(0.5) for type in types]
        for index in reversed(range(len(types) - 1)):
            defaults[index] = defaults[index] and defaults[index + 1]
        literal = {"string": ["'d'", "'<'", "s"], "integer": ["0", "5", "n"]}
        parameters = ", ".join(
            f"{name}={self.pick(literal[type])}" if default else name
            for name, type, default in zip(names, types, defaults))
        made = self.tag(f"macro {name}({parameters})") + self.body(inner, depth) + self.tag("endmacro")
        for _ in range(self.random.randint(1, 2)):
            arguments = []
            by_name = False
            for parameter, type, default in zip(names, types, defaults):
                if default and self.chance(0.5):
                    by_name = True
                    continue
                by_name = by_name or self.chance(0.2)
                text = self.at(CONDITIONAL, self.make(type, scope, 1) if not type.startswith("[") else self.list(
                    type[1:-1], scope, 1, is_list=True))
                arguments.append(f"{parameter}={text}" if by_name else text)
            call = f"{name}({', '.join(arguments)})"
            made += self.output(self.pick([call, call, f"{call} ~ {self.text('string', scope, 0)}", f"{call} | striptags"]))
        return made

    def include(self, scope: Scope, depth: int) -> str:
        if self.chance(0.1):
            return self.tag("include 'nowhere.html' ignore missing")
        name = self.fresh("part") + ".html"
        # An included template does not see `loop`.
        self.files[name] = self.body(Scope(scope.variables), min(depth, 1))
        quote = self.pick("'\"")
        return self.tag(f"include {quote}{name}{quote}" + self.pick(["", "", " with context", " ignore missing"]))

    def comment(self, scope: Scope) -> str:
        start, end = self.pick(["", "-", "+"]), self.pick(["", "-", "+"])
        return "{#" + start + self.pick([" note ", " {{ n }} ", "\n", " {% if %} # "]) + end + "#}"

    def raw(self, scope: Scope) -> str:
        inside = self.pick(["{{ n }}", " {% if %} ", "{# no comment #}", "", " }} "])
        marks = [self.pick(["", "", "-"]) for _ in range(4)]
        return (f"{{%{marks[0]} raw {marks[1]}%}}{self.noise()}{inside}{self.noise()}"
                f"{{%{marks[2]} endraw {marks[3]}%}}")

    def attribute(self, scope: Scope) -> str:
        expression = self.make(self.pick(["string", "string", "integer", "boolean"]), scope, 2)
        return f'<p title="{self.noise_in_quotes()}{self.output(expression.text)}">'

    def noise_in_quotes(self) -> str:
        return self.pick(["", "", "a ", "&amp;", "é "])

    # Templates

    def block(self, name: str, scope: Scope, depth: int, is_override: bool) -> str:
        above = self.output("super()") if is_override and self.chance(0.6) else ""
        end = self.pick(["endblock", f"endblock {name}"])
        return self.tag(f"block {name}") + self.body(scope, depth) + above + self.noise() + self.tag(end)

    def make_case(self) -> dict[str, str]:
        scope = Scope(values.VARIABLES)
        kind = self.random.randrange(5)
        if kind > 0:
            main = self.body(scope, self.pick([1, 2, 2, 3, 3, 4]))
        else:
            main = self.family(scope)
        return {"main.html": main, **self.files}

    def family(self, scope: Scope) -> str:
        """Templates that extend one another, two or three of them."""
        base = self.noise()
        for name in ("top", "main", "foot"):
            base += self.block(name, scope, 1, False) + self.noise()
        self.files["base.html"] = base
        parent = "base.html"
        if self.chance(0.4):
            middle = self.tag("extends 'base.html'")
            for name in self.random.sample(["top", "main", "foot"], k=2):
                middle += self.pick(["", " ", "\n"]) + self.block(name, scope, self.pick([0, 1]), True)
            self.files["middle.html"] = middle
            parent = "middle.html"
        main = self.tag(f"extends '{parent}'")
        for _ in range(self.pick([0, 0, 1, 2])):
            text, scope = self.assignment(scope)
            main += text + self.pick(["", "\n"])
        for name in self.random.sample(["top", "main", "foot"], k=self.random.randint(1, 3)):
            main += self.pick(["", " ", "\n"]) + self.block(name, scope, self.pick([0, 1, 2]), True)
        return main


def case(seed: int, number: int, shared: oracle.Values) -> dict:
    """The generated case `number`; what Jinja2 raises an error for is replaced by another try."""
    context = shared.context()
    for attempt in range(20):
        templates = Templates(random.Random(f"{seed} {number} {attempt}")).make_case()
        try:
            expected = oracle.render(templates, context)
        except (ArithmeticError, TypeError, ValueError):
            continue
        return {"name": f"seed {seed}, number {number}", "templates": templates, "expected": expected}
    raise SystemExit(f"seed {seed}, number {number}: Jinja2 renders none of 20 tries")


def cases(seed: int, first: int, count: int) -> tuple[oracle.Values, list[dict]]:
    """`count` cases from `first` on, and the values that they share."""
    shared = values.values(random.Random(f"{seed} values {first}"))
    return shared, [case(seed, number, shared) for number in range(first, first + count)]
