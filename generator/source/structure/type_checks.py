"""What is wrong with declarations of content types: unknown names, circles, states that nothing reaches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from generator import model
from generator.model.conditions import WORDS
from generator.model.content_types import TODAY, ContentType, Field
from generator.model.diagnostics import closest
from generator.model.pages import LASTING, OF_EVERY_PAGE
from generator.source.ranges.context import Context
from generator.text.languages import Text
from generator.text.slugs import is_slug

Types = Mapping[str, ContentType]

STATE = "state"
"""What a record is in, among its fields."""

DATES = ("date", "day", "month", "year")
NUMBERS = ("integer", "number", "money")


def check_types(checked: Types, known: Types, portal: model.Portal, context: Context) -> None:
    """What is wrong with the declarations of some types, which may name any that is known."""
    for declared in checked.values():
        if not is_slug(declared.id):
            context.report(declared.origin.place, "bad-id", value=declared.id, suggestion="")
        if declared.is_register and not declared.key and not declared.origin.unread:
            context.report(declared.origin.place, "missing-key", value=declared.id)
        check_names(declared, context)
        check_ranges(declared, known, context)
        check_states(declared, context)
        check_words(declared, portal, context)
    check_circles(checked, known, context)


def own_names(declared: ContentType) -> dict[str, model.Origin]:
    """The names of a type's fields, computed ones included, with the last place of each."""
    return {item.name: item.origin for item in declared.fields} | {item.name: item.origin for item in declared.computed}


def names_of(declared: ContentType) -> list[str]:
    """All that a declaration may name of a record."""
    own = own_names(declared)
    return [*own, *OF_EVERY_PAGE, *((STATE,) if declared.states else ())]


def check_names(declared: ContentType, context: Context) -> None:
    """Every name of a field leads to one, and no two fields share theirs."""
    known = names_of(declared)
    for origin, key, name in fields_named(declared):
        if name.removeprefix("-") not in known:
            meant = closest(name, known)
            context.report(
                origin.part(key, name), "unknown-field", value=name, suggestion=meant, choices=", ".join(known)
            )
    check_order(declared, known, context)
    given = Counter([*(item.name for item in declared.fields), *(item.name for item in declared.computed)])
    for name, origin in own_names(declared).items():
        if given[name] > 1 or name in LASTING or (name in (*OF_EVERY_PAGE, STATE) and not declared.is_register):
            context.report(origin["name"], "twin-field", value=name)


def check_order(declared: ContentType, known: Collection[str], context: Context) -> None:
    """What is computed follows from fields and from what is computed before it."""
    for place, rule in enumerate(declared.computed):
        later = {item.name for item in declared.computed[place:]}
        for key in ("start", "end"):
            if (name := getattr(rule, key)) in later:
                choices = ", ".join(item for item in known if item not in later)
                context.report(rule.origin[key], "unknown-field", value=name, suggestion="", choices=choices)


def fields_named(declared: ContentType) -> Iterator[tuple[model.Origin, str, str]]:
    """Each name of a field in a declaration, with the object and the key that say it."""
    own = declared.origin
    for key in ("key", "columns", "filters", "sort", "group"):
        yield from ((own, key, name) for name in getattr(declared, key))
    if declared.is_register:
        yield own, "heading", declared.heading
    if declared.within:
        yield own, "within", declared.within
    for item in declared.fields:
        yield from (
            (item.origin, key, getattr(item, key)) for key in ("under", "after", "inside") if getattr(item, key)
        )
        yield from ((item.origin, "requiredWhen", name) for name in item.required_when)
    for rule in declared.computed:
        names = ("start", "end", "more", "unit", "better")
        yield from ((rule.origin, key, getattr(rule, key)) for key in names if getattr(rule, key))
    for state in declared.states:
        yield from ((state.origin, "when", name) for name in state.when)
    yield from ((own, "withheld", name) for name in declared.withheld)
    card = declared.card
    roles = ("summary", "date", "label", "author", "picture", "url")
    yield from ((card.origin, role, getattr(card, role)) for role in roles if getattr(card, role))
    for section in declared.sections:
        if section.field:
            yield section.origin, "field", section.field
    if declared.calendar:
        when, keys = declared.calendar, ("start", "end", "place", "cancelled")
        yield from ((when.origin, key, getattr(when, key)) for key in keys if getattr(when, key))


def check_ranges(declared: ContentType, known: Types, context: Context) -> None:
    """A choice has codes, a record a type that there is; what is computed follows from a type's fields."""
    for item in declared.fields:
        if item.range == "choice" and not item.choices and not item.codes:
            context.report(item.origin.place, "no-choices", value=item.name)
        if item.range == "record":
            tell_unknown_type(item.type, item.origin, "type", known, context)
        if item.pattern:
            check_pattern(item, context)
        for key in ("minimum", "maximum"):
            if (limit := getattr(item, key)) and not is_limit(limit, item):
                context.report(item.origin[key], "bad-limit", value=limit, property=item.name, range=item.range)
    for rule in declared.computed:
        if rule.of and tell_unknown_type(rule.of, rule.origin, "of", known, context):
            there = names_of(known[rule.of])
            for key in ("by", "value", "target"):
                if (name := getattr(rule, key)) and name not in there:
                    meant = closest(name, there)
                    context.report(
                        rule.origin[key], "unknown-field", value=name, suggestion=meant, choices=", ".join(there)
                    )
    for section in declared.sections:
        if section.records:
            tell_unknown_type(section.records, section.origin, "records", known, context)


def tell_unknown_type(name: str, origin: model.Origin, key: str, known: Types, context: Context) -> bool:
    if name in known:
        return True
    context.report(origin[key], "unknown-type", value=name, suggestion=closest(name, known), choices=", ".join(known))
    return False


def is_limit(written: str, item: Field) -> bool:
    """
    Whether the values of a field can be compared with a bound.

    >>> [is_limit(*of) for of in (("2011", Field(range="year")), ("today", Field(range="day")), ("9", Field()))]
    [True, True, False]
    """
    if item.range in DATES:
        return written == TODAY or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", written) is not None
    return item.range in NUMBERS and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", written) is not None


def check_pattern(item: Field, context: Context) -> None:
    try:
        re.compile(item.pattern)
    except re.error as error:
        context.report(item.origin["pattern"], "bad-regular-expression", value=item.pattern, problem=str(error))


def check_states(declared: ContentType, context: Context) -> None:
    """Each state can be reached: only the last has no condition, and a condition asks for what a field may hold."""
    codes = [state.code for state in declared.states]
    for place, state in enumerate(declared.states):
        if not state.when and place < len(codes) - 1:
            context.report(declared.states[place + 1].origin.place, "unreached-state", value=codes[place + 1])
            break
        for name, words in state.when.items():
            field = declared.by_name.get(name)
            allowed = allowed_words(field) if field else ()
            for word in words if allowed else ():
                if word not in allowed:
                    context.report(state.origin["when"], "unreached-state", value=state.code)
    for code, times in Counter(codes).items():
        if times > 1:
            twin = [state for state in declared.states if state.code == code][-1]
            context.report(twin.origin["code"], "twin-field", value=code)


def allowed_words(field: Field) -> tuple[str, ...]:
    if field.range == "choice":
        return (*(choice.code for choice in field.choices), *WORDS)
    return ("true", "false", *WORDS) if field.range == "boolean" else ()


def check_words(declared: ContentType, portal: model.Portal, context: Context) -> None:
    """What readers see is said in one of the portal's languages."""
    for origin, key, text in words_of(declared):
        if text and not any(language in text for language in portal.languages):
            context.report(origin[key], "unlabelled", value=", ".join(text), choices=", ".join(portal.languages))


def words_of(declared: ContentType) -> Iterator[tuple[model.Origin, str, Text]]:
    yield declared.origin, "title", declared.title
    yield declared.origin, "singular", declared.singular
    labelled: Iterable[model.Field | model.Computed | model.State] = (
        *declared.fields,
        *declared.computed,
        *declared.states,
    )
    for item in labelled:
        yield item.origin, "label", item.label
    for field in declared.fields:
        yield from ((choice.origin, "label", choice.label) for choice in field.choices)


def check_circles(checked: Types, known: Types, context: Context) -> None:
    """No record is shown within one that is shown within it."""
    graph = {}
    for declared in known.values():
        field = declared.by_name.get(declared.within)
        graph[declared.id] = {field.type} if field and field.type in known else set()
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = error.args[1]
        place = next((known[name].origin["within"] for name in circle if name in checked), None)
        if place:
            context.report(place, "circular-type", value=" → ".join(circle))
