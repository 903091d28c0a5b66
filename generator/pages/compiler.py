"""
Templates as Python that costs less than what Jinja makes of them: outputs, attributes and calls go straight to Python.

It does what Jinja's does as long as nothing fails. What fails here is left to the plain environment: where that
succeeds, its page counts; where it does not, what it says.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from keyword import iskeyword
from typing import Any

import markupsafe
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, optimizeconst
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from generator.pages.confinement import Confined, ConfinedEnvironment

escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""A text as HTML writes it: MarkupSafe's inner function, which makes no `Markup` of what is written at once."""

as_markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""A text that is HTML already."""

CALLABLE = (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Call, nodes.EnvironmentAttribute)
"""What Python may call without a warning."""

OF_ABSENCE = ("defined", "undefined", "default", "d")
"""The tests and filters that ask about what may not be there."""


class Unhurried(Exception):
    """A template turns escaping on or off, which is Jinja's own affair."""


class Quick(Confined):
    """Compiles templates that show, reach and call with nothing in between."""

    asked: frozenset[int] = frozenset()
    """The nodes that may be absent, by their identity."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        if node.find(nodes.EvalContextModifier):
            raise Unhurried(self.name)
        questions = node.find_all((nodes.Test, nodes.Filter))
        self.asked = frozenset(id(item.node) for item in questions if item.name in OF_ABSENCE)
        super().visit_Template(node, frame)

    def write_commons(self) -> None:
        self.writeline("show = environment.show")
        super().write_commons()

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("show(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")")

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if id(node) in self.asked or not node.attr.isascii() or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        unpacked = node.dyn_args or node.dyn_kwargs or any(iskeyword(item.key) for item in node.kwargs)
        if unpacked or not isinstance(node.node, CALLABLE):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("environment.")
        super().macro_def(macro_ref, frame)


class QuickMacro(Macro):
    """A macro that is called with values in their order, and gives HTML."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        usual = not (self.catch_kwargs or self.catch_varargs or self.caller)
        self.most = self._argument_count if usual else -1
        self.absent = (missing,) * self._argument_count

    def __call__(self, *values: Any, **named: Any) -> Any:
        count = len(values)
        if named or count > self.most:
            return super().__call__(*values, **named)
        return as_markup(self._func(*values, *self.absent[count:]))


class QuickEnvironment(ConfinedEnvironment):
    """An environment for templates that nothing is wrong with; `show` gives a value as a page says it."""

    code_generator_class = Quick
    Macro = QuickMacro

    def __init__(self, *, show: Callable[[Any], str], **options: Any) -> None:
        super().__init__(**options)
        self.show = show
        self.found: dict[str, Template] = {}

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:
        """A template, looked for once: those of a theme stay as they are."""
        if type(name) is not str or globals is not None:
            return super().get_template(name, parent, globals)
        if name not in self.found:
            self.found[name] = super().get_template(name, parent)
        return self.found[name]
