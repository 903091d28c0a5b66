"""What pages say of texts that have no translation in the reader's language."""

from __future__ import annotations

from babel.lists import format_list

from generator.standards import vocabulary
from generator.text.speech import Speech


def untranslated(speech: Speech, *languages: str) -> str:
    """
    That all or part of a page's texts, which are in these languages, are not in the reader's; else nothing.

    >>> from generator.text.strings import strings
    >>> untranslated(Speech("en", strings("en")), "fr", "fr")
    'This page has not been translated yet: its text is in French.'
    >>> untranslated(Speech("en", strings("en")), "en", ""), untranslated(Speech("en", strings("en")), "en", "fr")
    ('', 'This page is not translated in full: part of its text is in French.')
    """
    said = list(dict.fromkeys(filter(None, languages)))
    others = [code for code in said if code != speech.language]
    if not others:
        return ""
    key = "whole" if others == said else "part"
    names = format_list([name_of(speech, code) for code in others], locale=speech.locale)
    return speech.say(f"site.text.untranslated.{key}", languages=names)


def in_language(speech: Speech, language: str) -> str:
    """
    Which language a title is in, where that is not the reader's.

    >>> from generator.text.strings import strings
    >>> in_language(Speech("fr", strings("fr")), "en"), in_language(Speech("fr", strings("fr")), "fr")
    ('en anglais', '')
    """
    if language in ("", speech.language):
        return ""
    return speech.say("site.text.in-language", language=name_of(speech, language))


def name_of(speech: Speech, language: str) -> str:
    term = vocabulary("languages").terms.get(language)
    return speech.label(term.title) if term else language
