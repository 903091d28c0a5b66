"""
What templates are held to: what they are given. Judged when a template is compiled, so that rendering costs no more.

A template may come with a stranger's pull request: it can spoil a page, and nothing else. What would let it out are the
insides of Python's objects, whose names begin with `_`, and the few methods and filters that look names up in texts.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import FILTERS
from jinja2.visitor import NodeTransformer

INSIDES = ("_", "gi_", "cr_", "ag_", "tb_", "f_", "co_", "func_", "im_")
"""How the names begin of what Python keeps in its objects."""

METHODS = {
    *("mro", "format_map", "to_bytes", "ljust", "rjust", "center", "zfill", "expandtabs"),
    *("append", "extend", "insert", "pop", "popitem", "remove", "clear", "add", "discard", "update", "setdefault"),
    *("appendleft", "extendleft", "popleft", "rotate", "difference_update", "intersection_update"),
    *("symmetric_difference_update", "reverse", "sort"),
}
"""What reads names out of texts, makes a large thing of a small one, or changes what other pages are made from."""

ALLOWED_FILTERS = {
    *("abs", "batch", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float"),
    *("forceescape", "groupby", "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min"),
    *("reject", "rejectattr", "replace", "reverse", "round", "safe", "select", "selectattr", "slice", "sort"),
    *("string", "striptags", "sum", "title", "tojson", "trim", "truncate", "unique", "upper", "urlencode"),
    *("wordcount", "xmlattr"),
}
ALLOWED_GLOBALS = {"dict", "cycler", "joiner", "namespace"}

LONGEST_RANGE = 1_000
DEEPEST_LOOPS = 2
"""
How many loops may stand in each other that go through the same again and again: each may take a thousand turns. Those
that go through parts of what the loop around them goes through are no more than what the page was given.
"""

LARGEST_NUMBER = 10**15


class Forbidden(TemplateSyntaxError):
    """A template uses what no template is given; `value` says what."""

    def __init__(self, value: str, line: int, name: str | None, filename: str | None) -> None:
        super().__init__(f"a template may not use `{value}`", line, name, filename)
        self.value = value


class Confined(CodeGenerator):
    """Compiles templates that use what they are given."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        for part in node.find_all((nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Call, nodes.Pow)):
            if value := forbidden_part(part):
                raise Forbidden(value, part.lineno, self.name, self.filename)
        if loop := endless_loop(node):
            raise Forbidden("for", loop.lineno, self.name, self.filename)
        super().visit_Template(Bounded().visit(node), frame)


def endless_loop(node: nodes.Node, known: frozenset[str] = frozenset(), loops: int = 0) -> nodes.For | None:
    """The first loop that stands in too many others to end; `known` are what those go through."""
    if isinstance(node, nodes.For):
        loops += not goes_through_part(node.iter, known)
        if loops > DEEPEST_LOOPS:
            return node
        known |= {name.name for name in node.target.find_all(nodes.Name)} | {getattr(node.target, "name", "")}
    found = (endless_loop(part, known, loops) for part in node.iter_child_nodes())
    return next(filter(None, found), None)


def goes_through_part(node: nodes.Node | None, known: frozenset[str]) -> bool:
    """Whether a loop is over something of what the loops around it go through, such as `line.parts`."""
    while isinstance(node, (nodes.Getattr, nodes.Getitem, nodes.Filter)):
        node = node.node
    return isinstance(node, nodes.Name) and node.name in known


def forbidden_part(node: nodes.Node) -> str:
    """What of a node no template is given; nothing of any other."""
    match node:
        case nodes.Getattr(attr=name) if is_own_name(name):
            return name
        case nodes.Getitem(arg=nodes.Const(value=str(name))) if is_own_name(name):
            return name
        case nodes.Call(node=nodes.Getattr(attr="format")):
            return "format"
        case nodes.Filter(name=name) if name in FILTERS and name not in ALLOWED_FILTERS:
            return str(name)
        case nodes.Pow():
            return "**"
    return ""


def is_own_name(name: str) -> bool:
    return name.startswith(INSIDES) or name in METHODS


class Bounded(NodeTransformer):
    """
    Puts in the place of what is bounded when it is done: products, which also repeat and format texts; and of `format`,
    which is a field of files and a method of texts.
    """

    def visit_Mul(self, node: nodes.Mul) -> nodes.Node:
        return self.call("product", node)

    def visit_Mod(self, node: nodes.Mod) -> nodes.Node:
        return self.call("remainder", node)

    def call(self, name: str, node: nodes.BinExpr) -> nodes.Node:
        self.generic_visit(node)
        function = nodes.EnvironmentAttribute(name, lineno=node.lineno)
        return nodes.Call(function, [node.left, node.right], [], None, None, lineno=node.lineno)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:
        self.generic_visit(node)
        if node.attr != "format":
            return node
        return nodes.Getitem(node.node, nodes.Const(node.attr, lineno=node.lineno), node.ctx, lineno=node.lineno)


class ConfinedEnvironment(Environment):
    """An environment whose templates reach what they are given."""

    code_generator_class = Confined

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.filters = {name: function for name, function in self.filters.items() if name in ALLOWED_FILTERS}
        self.globals = {name: value for name, value in self.globals.items() if name in ALLOWED_GLOBALS}
        self.globals["range"] = short_range
        self.product, self.remainder = product, remainder

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item; else, by a text, an attribute that is none of Python's insides and no method."""
        try:
            return obj[argument]
        except (AttributeError, TypeError, LookupError):
            if isinstance(argument, str) and not is_own_name(str(argument)):
                value = getattr(obj, str(argument), self)
                if value is not self and not callable(value):
                    return value
            return self.undefined(obj=obj, name=argument)


def short_range(*bounds: int) -> range:
    """
    >>> short_range(2, 5)
    range(2, 5)
    >>> short_range(10**9)
    Traceback (most recent call last):
    ...
    ValueError: a range of more than 1000 numbers
    """
    numbers = range(*bounds)
    if len(numbers) > LONGEST_RANGE:
        raise ValueError(f"a range of more than {LONGEST_RANGE} numbers")
    return numbers


def product(left: Any, right: Any) -> Any:
    """A product of numbers; a text, or a list, is not repeated."""
    if not all(isinstance(value, int | float) and abs(value) <= LARGEST_NUMBER for value in (left, right)):
        raise ValueError("only numbers are multiplied")
    return left * right


def remainder(left: Any, right: Any) -> Any:
    """The remainder of numbers; a text is not formatted."""
    if not all(isinstance(value, int | float) for value in (left, right)):
        raise ValueError("only numbers have a remainder")
    return left % right
