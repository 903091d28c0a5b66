"""A template reaches what it is given: whatever it tries, it spoils a page and nothing else."""

from __future__ import annotations

import pytest

from generator.build.pipeline import build, read_portal
from generator.pages.templates import BrokenTemplate
from tests.conftest import MINIMAL

FORBIDDEN = {
    "{{ ''.__class__ }}": "__class__",
    "{{ ''['__class__'] }}": "__class__",
    "{{ say.__globals__['os'].system('touch ran') }}": "__globals__",
    "{{ self._TemplateReference__context }}": "_TemplateReference__context",
    "{{ ''|attr('__class__') }}": "attr",
    "{{ '{0.__class__}'.format(page) }}": "format",
    "{{ '{0.__class__}'.format_map(page) }}": "format_map",
    "{{ '%s'|format(page) }}": "format",
    "{{ dict.mro() }}": "mro",
    "{{ (page.chrome|map('upper')).gi_frame }}": "gi_frame",
    "{{ 9 ** 9 ** 9 ** 9 }}": "**",
    "{{ 'a'.center(10000000000) }}": "center",
    "{{ 1 .to_bytes(10000000000) }}": "to_bytes",
    "{{ 'a'|center(10000000000) }}": "center",
    "{{ page.blocks.clear() }}": "clear",
    "{% macro m() %}{{ caller.__code__ }}{% endmacro %}{% call m() %}{% endcall %}": "__code__",
    "{% if x is defined and ''.__doc__ %}{% endif %}": "__doc__",
    "{% import 'macros.html' as m %}{{ m._module }}": "_module",
    "{% set f = ''.__mul__ %}": "__mul__",
    "{% for x in [].__iter__() %}{% endfor %}": "__iter__",
    "{% for a in range(9) %}{% for b in range(9) %}{% for c in range(9) %}{% endfor %}{% endfor %}{% endfor %}": "for",
    "{% set r = range(9) %}" + "{% for a in r %}" * 3 + "{% endfor %}" * 3: "for",
}

REFUSED = [
    "{{ ''['__cla' ~ 'ss__'] }}",
    "{% set f = '{0.__class__}'.format %}{{ f(page) }}",
    "{% set f = '{0.__class__}'['format'] %}{{ f(page) }}",
    "{{ [page]|map(attribute='__class__')|join }}",
    "{{ [page]|map('attr', '__class__')|list }}",
    "{{ [page]|selectattr('__class__')|list ~ [page]|groupby('__class__') }}",
    "{{ [page]|sum(attribute='__class__') }}",
    "{{ [page]|map(attribute='chrome.__init__')|join }}",
    "{{ 'a' * 10000000000 }}",
    "{{ [0] * 10000000000 }}",
    "{{ '%10000000000d' % 1 }}",
    "{{ range(10000000000)|list }}",
    "{{ lipsum() }}",
    "{{ [1, 2]|random }}",
    "{% include '/etc/passwd' %}",
    "{% include '../../../secret.html' %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{{ self.main() }}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{% for a in range(10 ** 9) %}{% endfor %}".replace("10 ** 9", "1000000000"),
    "{{ config }}{{ request }}",
    "{{ ''.nothing }}",
]


HOME = '{% extends "base.html" %}\n{% block main %}\nTEXT{% endblock %}'


def page_of(portal, text):
    return portal(
        {
            "portal.yaml": f"{MINIMAL['portal.yaml']}theme: ville\n",
            "themes/ville/theme.yaml": "parent: default\n",
            "themes/ville/templates/home.html": HOME.replace("TEXT", text),
        }
    )


@pytest.mark.parametrize("text", FORBIDDEN)
def test_what_leads_out_of_a_template_is_told_before_anything_is_rendered(portal, text):
    """
    The insides of Python's objects, and whatever looks names up in texts, are told with the template and the line.
    """
    found = [item for item in page_of(portal, text).check().diagnostics if item.code == "forbidden-in-template"]

    assert [(str(item.place), item.values["value"]) for item in found] == [
        ("themes/ville/templates/home.html:3:1", FORBIDDEN[text])
    ]


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:40])
def test_what_only_rendering_shows_spoils_one_page(portal, text):
    """
    What a template puts together to reach further is a fault of that template, told as any other.
    """
    small = page_of(portal, text)
    found = read_portal(small.folder)
    told = [item for item in found.diagnostics if item.code in ("theme-template", "forbidden-in-template")]
    if not told:
        with pytest.raises(BrokenTemplate) as broken:
            build(found, small.folder / "site")
        told = [broken.value.diagnostic]

    assert [item.place.path for item in told] == ["themes/ville/templates/home.html"]
    assert not (small.folder / "site").exists()


def test_what_templates_need_is_theirs(portal):
    """
    Fields, items, the usual filters, arithmetic and short ranges work as in any template.
    """
    text = (
        "{% set ns = namespace(n=0) %}{% for x in range(3) %}{% set ns.n = ns.n + x * 2 %}{% endfor %}"
        "<p>{{ ns.n }} {{ 7 % 4 }} {{ [{'format': 'CSV'}]|map(attribute='format')|join }} {{ {'a': 1}['a'] }} "
        "{{ {'format': 'ODS'}.format }} {{ 'a-b'.split('-')|last|upper }} {{ page['chrome'].language }} "
        "{{ 'abc'|replace('b', 'x')|length }}</p>"
    )

    assert "<p>6 3 CSV 1 ODS B fr 3</p>" in page_of(portal, text).build()["index.html"].decode()


@pytest.mark.parametrize("words", ["{count.__class__}", "{count[0]}", "{count:>1000000000}", "{count!r}", "{0}"])
def test_words_of_a_theme_take_values_and_nothing_of_them(portal, words):
    """
    Braces in a theme's words hold a name and nothing else.
    """
    small = page_of(portal, "x")
    words = f'site:\n  list:\n    count: {{one: "{words}", other: "{{count}}"}}\n'
    small.lay({"themes/ville/strings/en.yaml": words})

    assert small.check().codes == ["bad-placeholder"]


def test_words_that_a_theme_adds_are_held_too(portal):
    """
    A key that only the theme's own templates name is no way to what is inside a value.
    """
    small = page_of(portal, '{{ say("mine", x=page) }}')
    small.lay({f"themes/ville/strings/{code}.yaml": 'site: {mine: "{x.__class__}"}\n' for code in ("fr", "en")})

    assert small.check().codes == ["bad-placeholder"] * 2
