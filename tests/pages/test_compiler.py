"""Templates that cost less say what Jinja would have them say, and leave to it what fails."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from generator.build.pipeline import read_portal
from generator.build.workers import map_site
from generator.pages.renderer import environment_of, fill_template, slow_templates
from generator.pages.templates import FAULTS, BrokenTemplate, locate_fault
from generator.text.speech import Borrowed, Words
from tests.conftest import MINIMAL

VALUES = {
    "text": "l'été & <l'hiver>",
    "html": Markup("<b>&amp;</b>"),
    "words": Words("Où ? « Là » <ici>", "fr"),
    "foreign": Words("Where ?", "en"),
    "borrowed": Borrowed("Menu & more", "en"),
    "number": 3,
    "none": None,
    "items": ["a", "<b>", Markup("<i>")],
    "mapping": {"key": "<k>", "items": 1},
}

SAME = [
    "{{ text }}{{ html }}{{ words }}{{ foreign }}{{ borrowed }}{{ number }}{{ none }}{{ items }}{{ number / 2 }}",
    "{{ 'a < b' }}{{ 'a < b'|safe }}{{ 1 }}{{ true }}{{ none or 'x' }}",
    "{{ text ~ html }}{{ words ~ '!' }}{{ html + text }}{{ text|upper }}{{ text|replace('&', html) }}",
    "{{ lang(words) }}{{ lang(foreign) }}{{ lang(text) }}{{ lang_of('en', svg=true) }}{{ lang_of('ar') }}",
    "{% macro m(a, b='<', c=a) %}[{{ a }}{{ b }}{{ c }}]{% endmacro %}"
    "{{ m(1) }}{{ m(text, html) }}{{ m(c=text, a=2) }}{{ m(1, b=words) }}{{ m(*items) }}{{ m(**{'a': 4}) }}",
    "{% macro m(class) %}{{ class }}{% endmacro %}{{ m(class=text) }}{{ m(text)|length }}{{ m(text) ~ text }}",
    "{% macro m() %}{{ varargs|join }}{{ kwargs['x'] }}{% endmacro %}{{ m(1, '<', x='>') }}",
    "{% macro m(a) %}<p>{{ caller(a) }}</p>{% endmacro %}{% call(x) m('<') %}{{ x }}{{ text }}{% endcall %}",
    "{% macro tree(n) %}{{ n }}{% if n %}({{ tree(n - 1) }}){% endif %}{% endmacro %}{{ tree(3) }}",
    "{% for x in items %}{{ loop.index }}{{ loop.cycle('<', '>') }}{{ x }}{% else %}none{% endfor %}",
    "{% for x in [1, [2]] recursive %}{{ x if x is number else loop(x) }}{% endfor %}",
    "{{ mapping['key'] }}{{ mapping.items()|length }}{{ {'format': text}.format }}",
    "{{ text.nothing is defined }}{{ text.nothing|default('<') }}{{ nothing|d(1) }}{{ nothing is undefined }}",
    "{% set x %}<{{ text }}>{% endset %}{{ x }}{% filter upper %}{{ words }}{% endfilter %}",
    "{% set ns = namespace(n=1) %}{% set ns.n = ns.n + 1 %}{{ ns.n }}{{ 3 * 4 }}{{ 7 % 4 }}{{ range(3)|list }}",
    "{% import 'macros.html' as m %}{{ m.row(items, ', ') }}{% from 'macros.html' import row %}{{ row([words]) }}",
    "{% block a %}{{ text }}{% block b scoped %}{{ words }}{% endblock %}{% endblock %}",
    "{{ say('skip') }}{{ say('list.count', count=3) }}{{ date('2026-12-01') }}{{ number }}",
    "{% with a = text %}{{ a.upper() }}{{ a.split('&')|last }}{% endwith %}{{ text.été is defined }}",
]

LEFT = [
    "{{ mapping.key }}{{ mapping.items }}{{ {'a': 1}.a }}",
    "{% autoescape false %}{{ text }}{% macro m() %}{{ text }}{% endmacro %}{{ m() ~ '<' }}{% endautoescape %}",
    "{% block a %}{{ text }}{% endblock %}{{ self.a() }}",
]

WRONG = [
    "{{ nothing }}",
    "\n{{ text.nothing }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}\n\n{{ m() }}",
    "{% macro m(a) %}{% endmacro %}\n{{ m(1, 2) }}",
    "{% macro m(a) %}{% endmacro %}{{ m(b=2) }}",
    "{{ say('no.such.words') }}",
    "{{ asset('no-such-file.js') }}",
    "{{ number() }}{{ number.nothing }}",
    "{{ none.nothing }}",
    "{{ 1 / 0 }}",
    "{{ 'a' }}\n{{ 'x'() }}",
]


def themed(portal, templates):
    """The site of a small portal whose theme has these templates."""
    files = {f"themes/ville/templates/{name}": text for name, text in templates.items()}
    small = portal(
        {
            "portal.yaml": f"{MINIMAL['portal.yaml']}theme: ville\n",
            "themes/ville/theme.yaml": "parent: default\n",
            **files,
        }
    )
    return read_portal(small.folder).site


@pytest.mark.parametrize("text", SAME, ids=lambda text: text[:40])
def test_quick_templates_say_what_plain_ones_say(portal, text):
    """
    Whatever Jinja has, a template that costs less gives the same page.
    """
    site = themed(portal, {"own.html": text})
    plain = environment_of(site, "fr").get_template("own.html").render(**VALUES)

    assert fill_template(site, "own.html", "fr", **VALUES) == plain
    assert slow_templates(site, "fr") == set()


@pytest.mark.parametrize("text", LEFT, ids=lambda text: text[:40])
def test_what_is_jinjas_own_is_left_to_it(portal, text):
    """
    A template that does what the shorter way has no place for is a page as well.
    """
    site = themed(portal, {"own.html": text})
    plain = environment_of(site, "fr").get_template("own.html").render(**VALUES)

    assert [fill_template(site, "own.html", "fr", **VALUES) for _ in range(2)] == [plain] * 2
    assert slow_templates(site, "fr") == {"own.html"}


@pytest.mark.parametrize("text", WRONG)
def test_what_fails_is_told_as_jinja_tells_it(portal, text):
    """
    A mistake in a template has the place and the words that Jinja finds for it.
    """
    site = themed(portal, {"own.html": text})
    with pytest.raises(FAULTS) as fault:
        environment_of(site, "fr").get_template("own.html").render(**VALUES)
    with pytest.raises(BrokenTemplate) as broken:
        fill_template(site, "own.html", "fr", **VALUES)

    assert broken.value.diagnostic == locate_fault(site.theme, "own.html", fault.value)


def test_the_default_theme_needs_no_second_rendering(portal):
    """
    Every page of a portal comes from templates that cost less.
    """
    found = read_portal(portal({}).folder)
    pages = [item for item in found.plan if item.path.endswith(".html")]

    assert len(list(map_site(found.site, pages))) == len(pages) > 10
    assert [slow_templates(found.site, language) for language in found.site.languages] == [set()] * 2
