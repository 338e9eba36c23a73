#!/usr/bin/env python3
"""Compares where the compiler takes a value to stand with where real parsers see it.

    positions.py PROBE [COUNT [SEED]]

Templates are put together at random, out of pieces that HTML and JavaScript read in odd ways, with a value somewhere
among them. If the compiler accepts one, then a page with a hostile value has to be, for every parser, the page with a
harmless value and the one value in the place of the other: in a text or an attribute, or in a script as one literal.
"""

import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import esprima
import html5lib
from py_mini_racer import MiniRacer
from selectolax.lexbor import LexborHTMLParser

from check import Probe
from dom import HARMLESS, URL_ATTRIBUTES, scheme

WORD = "zqsalt"
# Each would end what the compiler has mistaken for something else.
TEXTS = ["zq9\"'<>&x", "zq`${x}", "</script><b>zq</b>-->", "*/zq/*", "zq/x", "]]></title><i>zq", "zq=zq onx=zq", "-->", "/>"]
URL = "javascript:zq"
SCHEMES_OF_CODE = {"javascript", "vbscript", "data"}
SLOT = "\x01"


class Pieces:
    """Random HTML as a list of pieces, between any two of which a value may be put."""

    def __init__(self, choice: random.Random):
        self.random = choice

    def any(self, *options):
        option = self.random.choice(options)
        return option() if callable(option) else [option]

    def some(self, part, most: int) -> list[str]:
        return [piece for _ in range(self.random.randint(0, most)) for piece in part()]

    def cased(self, name: str) -> str:
        return name if self.random.random() < 0.8 else "".join(self.random.choice((c, c.upper())) for c in name)

    def space(self) -> str:
        return self.random.choice([" ", " ", " ", "\n", "\t", "\f", "\r\n", " / ", "/", "\v", "\xa0", ""])

    # Tags.

    ATTRIBUTES = ["title", "href", "src", "alt", "class", "data-x", "onclick", "style", "srcset", "content", "http-equiv",
                  "xlink:href", "action", "value", "srcdoc", "to", "=x", "\"", "'y'", "a<b", "type", "rel", "formaction"]

    def attribute(self) -> list[str]:
        name = self.cased(self.random.choice(self.ATTRIBUTES))
        value = lambda: self.some(self.value_text, 2)
        equals = self.random.choice(["=", "=", "=", " = ", "\n=", "=\f", "/=", "\v=", "=="])
        return [self.space(), name] + self.any(
            lambda: [equals, '"', *value(), '"'], lambda: [equals, '"', *value(), '"'],
            lambda: [equals, "'", *value(), "'"], lambda: [equals, *value()],
            lambda: [equals, "x"], "", lambda: [equals, '"', *value(), "'"])

    def value_text(self) -> list[str]:
        return [self.random.choice([
            "x", "/", "https://x.example/", "?q=", "#", ":", "java", "javascript", "&colon;", "&Tab;", "&amp;", "&", "&#", "&#x3a",
            ">", "<", "'", "\"", "`", "=", "--", "-->", "</script>", "</title>", " ", "\n", ",", "2x", "0;url=", "url=", "data:",
            "mailto:", "//", "\\", "refresh", "\0"])]

    def tag(self, name: str) -> list[str]:
        end = self.random.choice([">"] * 12 + ["/>", " />", "/ >", "", " ", "\n>", "=>"])
        return ["<" + self.cased(name), *self.some(self.attribute, 2), end]

    def end(self, name: str) -> list[str]:
        if self.random.random() < 0.1:
            return []
        return self.any(*["</" + self.cased(name) + ">"] * 8, "</" + name + " >", "</" + name + "/>", "</" + name + " x='>'>",
                        "</ " + name + ">", "</" + name, "</" + name + "\f>")

    def element(self, names: list[str], content) -> list[str]:
        name = self.random.choice(names)
        return self.tag(name) + self.some(content, 3) + self.end(name)

    # Content.

    def odd(self) -> list[str]:
        return [self.random.choice([
            "<!---->", "<!-->", "<!--->", "<!-- x -->", "<!-- x --!>", "<!-- x --", "<!--x", "-->", "--!>", "<!--x-!>",
            "<!--<!-->", "<!--<!--x--!>-->", "<!-- - -- -->", "<!--", "<!-", "<!->", "<!x>", "<!>", "<!doctype html>", "<?php x ?>", "<?>",
            "</>", "</ x>", "<", "< p>", "<3", "<![CDATA[", "]]>", "<![CDATA[x]]>", "<![", "<%x%>", "</p", "<p", "<a/", "&lt;",
            "&", "\0", "<\0b>", "<b\0>", "</\0>", "<é>", "</é>", "<-", ">", "\"", "'", "<!DOCTYPE", "<!--x--\n>", "<!---!>", "<!----!>"])]

    def text(self) -> list[str]:
        return self.any(" ", "x", "\n", "x y")

    def html(self) -> list[str]:
        return self.any(
            self.text, self.text, self.text, self.odd, self.flow, self.flow, self.flow, self.raw, self.raw, self.region, self.region,
            self.script, lambda: self.tag(self.random.choice(["img", "br", "input", "meta", "link", "base", "hr", "image", "col"])),
            lambda: self.end(self.random.choice(["p", "svg", "select", "script", "title", "table", "template", "math", "body", "br"])))

    def flow(self) -> list[str]:
        return self.element(["p", "a", "div", "b", "table", "tr", "td", "caption", "form", "button", "ul", "li", "body", "html", "head",
                             "template", "h1", "pre", "listing", "details", "option", "object", "dialog", "nobr"], self.html)

    def raw(self) -> list[str]:
        name = self.random.choice(["title", "textarea", "style", "iframe", "xmp", "noembed", "noframes", "plaintext", "noscript"])
        words = ["x", "<", "</", "</" + name[:3], "<b>", "<!--", "-->", "</b>", "<script>", "</script>", "<" + name + ">", "&lt;",
                 "</" + name + "x>", "</" + name.upper() + "x", "\0", "{}", "</" + name, "]]>", "<![CDATA[",
                 "<a href=\"", "\">", "<p title='", "'>", "<a href=\"", "\">", "<img onload='", "<a href=\"</" + name + ">"]
        return self.tag(name) + self.some(lambda: [self.random.choice(words)], 4) + self.end(name)

    def region(self) -> list[str]:
        name = self.random.choice(["svg", "math", "svg", "math", "select", "noscript", "frameset"])
        inner = {"svg": self.foreign, "math": self.foreign, "select": self.options}.get(name, self.html)
        return self.tag(name) + self.some(inner, 3) + self.end(name)

    def foreign(self) -> list[str]:
        names = ["g", "title", "desc", "foreignObject", "style", "script", "path", "a", "text", "mi", "mtext", "annotation-xml", "mglyph",
                 "malignmark", "svg", "math", "textarea", "font", "set", "animate", "image", "p", "iframe", "noscript", "select"]
        return self.any(self.text, self.odd, self.raw, self.raw, lambda: self.element(names, self.foreign), lambda: self.element(names, self.foreign),
                        lambda: self.element(names, self.html))

    def options(self) -> list[str]:
        return self.any(self.text, self.raw, self.raw, lambda: self.element(["option", "optgroup", "title", "textarea", "style", "script", "b", "select",
                                                         "svg", "input", "template", "button", "hr"], self.html))

    # Scripts.

    def script(self) -> list[str]:
        kind = self.random.choice([""] * 6 + [" type=module", " type='application/json'", " TYPE=text/template"])
        return [self.random.choice(["<script", "<script", "<script", "<SCRIPT"]) + kind + ">", *self.some(self.statement, 4),
                *self.any(*["</script>"] * 8, "</SCRIPT >", "</script\n>", "</script/x>", "</script")]

    def statement(self) -> list[str]:
        return self.any(
            lambda: ["x = ", *self.expression(), self.random.choice([";", "\n", ";\n"])],
            lambda: ["f(", *self.expression(), ", ", *self.expression(), ");"],
            lambda: ["if (", *self.expression(), ") ", *self.statement()],
            lambda: ["if (x) {", *self.statement(), "} else ", *self.statement()],
            lambda: ["while (x) ", *self.expression(), ";"],
            lambda: ["function g() { return ", *self.expression(), " }\n"],
            lambda: ["{", *self.statement(), "}", *self.any("\n", " ", ""), *self.expression(), ";"],
            lambda: ["var o = {a: ", *self.expression(), ", in: 1}\n"], lambda: self.comment(), lambda: self.comment(),
            lambda: [self.random.choice(["<!--", "-->", "\n-->", "<!-- x", "<!--<script>", "<\\!--", "</scr", "</scripty>", "<script>",
                                         "/**/-->x\n", "x-->0;", "#!x\n", "\u2028", "\\", "'", "\"", "`", "/", "}", "${", "&quot;", "@"])])

    def comment(self) -> list[str]:
        return [self.random.choice(["// x\n", "/* x */", "//'\n", "/*\"*/", "/*`*/", "/**/", "/*\n*/", "// \u2028", "//", "/*", "//\r", "/***/"])]

    def expression(self) -> list[str]:
        simple = ["x", "1", "1.", ".5", "0x1f", "'s'", "\"s\"", "'\\''", "\"\\\\\"", "'\"'", "\"'\"", "`t`", "`\\``", "`$`", "`$$`",
                  "/r/", "/[/]/g", "/\\//", "/'/", "/\"/", "/[\"]/", "/`/", "this", "a.in", "a.return", "x++", "x--", "f()", "a[0]",
                  "[]", "({})", "'\\\n'", "'/*'", "'//'", "/\\[/", "/[\\]/]/", "é", "a.of", "\\u0061b", "a$", "_", "''", "``"]
        return self.any(
            *[lambda: [self.random.choice(simple)]] * 6,
            lambda: [*self.expression(), self.random.choice([" / ", "/", " + ", "-", " < ", "<", " in ", " instanceof ", ">", "==", "\n/", " - -",
                                                             "&&", " of ", ","]), *self.expression()],
            lambda: ["(", *self.expression(), ")"], lambda: ["[", *self.expression(), "]"],
            lambda: ["`a${", *self.expression(), "}b`"], lambda: ["`${", *self.expression(), "}${", *self.expression(), "}`"],
            lambda: [self.random.choice(["typeof ", "void ", "!", "- ", "new ", "delete ", "~", "+ +"]), *self.expression()],
            lambda: ["x ? ", *self.expression(), " : ", *self.expression()],
            lambda: ["function () {", *self.statement(), "}"], lambda: ["{a: ", *self.expression(), "}"])


# What may close whatever is open at the end, one after another until the compiler is content.
CLOSERS = ["", "\">", "'>", ">", "-->", "</script>", "</style>", "</title>", "</textarea>", "</iframe>", "</xmp>", "</noembed>", "</noframes>",
           "x>", "\n*/</script>"]


def close(probe: Probe, template: str) -> tuple[str, list[str]] | None:
    """The template with its end added, and its pages; `None` if the compiler has more against it than its end."""
    values = [WORD, *TEXTS, URL]
    for closer in CLOSERS:
        answer = probe.render({"main.html": template + closer}, values)
        if "pages" in answer:
            return template + closer, answer["pages"]
        if any("template/html-unfinished" not in error for error in answer["errors"]):
            return None
    return None


def templates(count: int, seed: int) -> Iterator[str]:
    for number in range(count):
        choice = random.Random(f"{seed} {number}")
        source = Pieces(choice)
        isScript = choice.random() < 0.35
        pieces = source.script() if isScript else [p for _ in range(choice.randint(1, 4)) for p in source.html()]
        place = choice.randint(len(pieces) // 2, len(pieces)) if choice.random() < 0.5 else choice.randint(0, len(pieces))
        yield "".join([*pieces[:place], SLOT, *pieces[place:]]).replace("{%", "{ %").replace("{{", "{ {").replace("{#", "{ #")


# MARK: - Trees

# A tree is a list of nodes in order: depth, kind, name, attributes, text.
Node = tuple[int, str, tuple[tuple[str, str], ...], str]


def lexbor(page: str) -> list[Node]:
    nodes: list[Node] = []

    def walk(node, depth):
        # It has no name for a tag whose name holds NUL.
        name = node.tag or "-unknown"
        if name == "-text":
            nodes.append((depth, name, (), node.text_content or ""))
            return
        attributes = {} if name[0] in "-!" else node.attributes
        nodes.append((depth, name, tuple((k, v or "") for k, v in attributes.items()),
                      node.comment_content or "" if name == "-comment" else ""))
        for child in node.iter(include_text=True):
            walk(child, depth + 1)

    walk(LexborHTMLParser(page).root, 0)
    return nodes


def etree(page: str, scripting: bool) -> list[Node]:
    nodes: list[Node] = []
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)

    def walk(node, depth):
        if isinstance(node.tag, str):
            nodes.append((depth, node.tag, tuple((str(k), v) for k, v in node.attrib.items()), ""))
            # Where scripts run, <noscript> is text that nobody sees, with its tags and references.
            if node.text and not (scripting and node.tag.endswith("noscript")):
                nodes.append((depth + 1, "-text", (), node.text))
        else:
            nodes.append((depth, "-comment", (), node.text or ""))
        for child in node:
            walk(child, depth + 1)
            if child.tail:
                nodes.append((depth + 1, "-text", (), child.tail))

    walk(parser.parse(page, scripting=scripting), 0)
    return nodes


PARSERS = {
    "lexbor": lexbor,
    "html5lib": lambda page: etree(page, False),
    "html5lib with scripting": lambda page: etree(page, True),
}


def replaced(tree: list[Node], old: str, new: str) -> list[Node]:
    return [(depth, name, tuple((k, v.replace(old, new)) for k, v in attributes), text.replace(old, new))
            for depth, name, attributes, text in tree]


def same(found: list[Node], harmless: list[Node], old: str, new: str) -> bool:
    if found == replaced(harmless, old, new) or found == replaced(harmless, old, "#blocked"):
        return True
    # Where all text is dropped, as in <frameset>, its spaces may stay.
    return not any(old in str(node) for node in harmless) and without_spaces(found) == without_spaces(harmless)


def without_spaces(tree: list[Node]) -> list[Node]:
    return [node for node in tree if node[1] != "-text" or node[3].strip()]


def misplaced(tree: list[Node]) -> Iterator[str]:
    """Where the harmless value may not be seen."""
    for _, name, attributes, text in tree:
        if WORD in name or any(WORD in key for key, _ in attributes):
            yield "the value is part of a name"
        if WORD in text and name == "-comment":
            yield "the value is in a comment"
        for key, value in attributes:
            if WORD in value and (key.lower().startswith("on") or key.lower() in ("style", "srcdoc")):
                yield f"the value is in '{key}'"


def addresses(tree: list[Node]) -> list[tuple[str, str]]:
    """The attributes with a value in them that hold an address of another kind than a page's, and its scheme."""
    found = []
    for _, name, attributes, _ in tree:
        for key, value in attributes:
            key = re.sub(r"\{.*xlink\}", "xlink:", key).lower()
            candidates = re.split(r"[,\s]+", value) if key in ("srcset", "ping") else [value]
            is_animated = name.rpartition("}")[2] in ("animate", "set") and key in ("to", "from", "by", "values")
            if is_animated or key in URL_ATTRIBUTES | {"srcset"}:
                found += [(key, scheme(v)) for v in candidates if "zq" in v and scheme(v) not in HARMLESS | {None}]
    return found


# MARK: - Scripts

class Scripts:
    def __init__(self):
        self.engine = MiniRacer()
        self.engine.eval("function valid(text) { try { new Function(text); return true } catch { return false } }")

    def is_valid(self, text: str) -> bool:
        return self.engine.call("valid", text)

    def has_literal(self, text: str, literal: str) -> bool | None:
        """Whether a token of the script is the literal; `None` if it isn't known."""
        try:
            return any(t.type == "String" and t.value == literal for t in esprima.parseScript(text, tokens=True).tokens)
        except (esprima.Error, RecursionError):
            return None


def script_texts(tree: list[Node]) -> list[str]:
    texts, is_script = [], False
    for _, name, _, text in tree:
        if name == "-text" and is_script:
            texts[-1] += text
        else:
            is_script = name.rpartition("}")[2].lower() == "script"
            if is_script:
                texts.append("")
    return texts


# MARK: - Judging

def problems(template: str, pages: list[str], literals: dict[str, str] | None, scripts: Scripts) -> Iterator[tuple[str, str, str]]:
    harmless, *hostile, address = pages
    for parser, parse in PARSERS.items():
        tree = parse(harmless)
        for problem in misplaced(tree):
            yield parser, problem, harmless
        # html5lib is slow: it reads the first few.
        for value, page in list(zip(TEXTS, hostile, strict=True))[:len(TEXTS) if parser == "lexbor" else 4]:
            old, new = (literals[WORD], literals[value]) if literals else (WORD, value)
            if not same(parse(page), tree, old, new):
                yield parser, f"another tree with {value!r}", page
        written = addresses(tree)
        if bad := [a for a in addresses(parse(address)) if a not in written or a[1] in SCHEMES_OF_CODE]:
            yield parser, f"an address of the kind {bad[0]}", address
        if literals is None:
            continue
        for text in script_texts(tree):
            if literals[WORD] not in text:
                continue
            valid = scripts.is_valid(text)
            for value in TEXTS:
                if scripts.is_valid(text.replace(literals[WORD], literals[value])) != valid:
                    yield parser, f"another script with {value!r}", text
            if valid and scripts.has_literal(text, literals[WORD]) is False:
                yield parser, "the script has no such literal", text


def main(program: str, count: int = 2000, seed: int = 1) -> int:
    probe = Probe(program)
    scripts = Scripts()
    values = [WORD, *TEXTS, URL]
    pages = probe.render({"main.html": "<script>{{ s | json }}</script>"}, values)["pages"]
    literals = {v: p.removeprefix("<script>").removesuffix("</script>") for v, p in zip(values, pages, strict=True)}
    accepted, failures = {"": 0, " | json": 0}, 0
    for template in templates(count, seed):
        for form in accepted:
            closed = close(probe, template.replace(SLOT, "{{ s" + form + " }}"))
            if closed is None:
                continue
            accepted[form] += 1
            found = next(problems(*closed, literals if form else None, scripts), None)
            if found:
                failures += 1
                if failures <= 20:
                    parser, problem, page = found
                    print(f"{closed[0]!r}\n    {parser}: {problem}\n    {page!r}")
            break
    print(f"{'FAIL' if failures else 'pass'}  places of values: {count:,} templates, {sum(accepted.values()):,} of them accepted, "
          f"{accepted[' | json']:,} with a script: {failures or 'no'} problems")
    return 1 if failures or min(accepted.values()) * 20 < count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
