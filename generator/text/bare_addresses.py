"""Addresses of the web and of mail and telephone numbers that stand in a text as such, made links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

ADDRESS = re.compile(
    r"(?<![\w@/.:+-])(?:https?://[^\s<>\"]+|www\.[\w-]+\.[^\s<>\"]+"
    r"|[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w@-]))",
    re.IGNORECASE,
)
SPACE = "[ \u00a0\u202f]"
GAP = "[ \u00a0\u202f.\u2011-]"
TELEPHONE = re.compile(
    rf"(?<![\w/.:+@#=-])(?:"
    rf"(?P<world>\+\d{{1,3}}(?:{SPACE}?\(0\))?(?:{GAP}?(?:\(\d{{1,4}}\)|\d{{1,4}})){{2,6}})"
    rf"|(?P<america>(?:1{GAP})?(?:\([2-9]\d\d\){SPACE}?|[2-9]\d\d{GAP})[2-9]\d\d[\u2011.-]\d{{4}})"
    rf"|(?P<france>0[1-9](?:(?:{SPACE}|\.)\d\d){{4}})"
    rf")(?![\w@/-]|[.,]\d)"
    rf"(?:,?{SPACE}(?:poste|ext\.?|extension|x){SPACE}?(?P<extension>\d{{1,6}})\b)?",
    re.IGNORECASE,
)
"""
Telephone numbers that are nothing else: with the sign of a country; three, three and four digits, as in North America;
five pairs after a zero, as in France.
"""
THOUSANDS = re.compile(rf"\+\d{{1,3}}(?:{SPACE}\d{{3}}){{1,3}}")
"""An amount with its sign, which looks like a number of some countries."""

ENTITY = re.compile("&(?!amp;)")
MARKS = ".,;:!?*_~'’»”…"
"""What ends the sentence rather than the address."""
# Where none stands as such in Markdown: links with their words, definitions of links, tags.
LINKED = re.compile(
    r"\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])|^\s{0,3}\[[^\[\]]+\]:.*$"
    r"|<a\b[^<>]*>[^<]*</a>|<(?!https?:)[a-z/][^<>]*>",
    re.IGNORECASE | re.MULTILINE,
)
WRITTEN_ENTITY = re.compile(r"&(?:lt|gt|quot|nbsp|#\w+);")
# Tags, and what no link may stand in.
KEPT = re.compile(r"(<(a|code|pre|kbd|samp)\b.*?</\2>|<[^>]*>)", re.DOTALL)


def link_addresses(markup: str) -> str:
    """
    Safe HTML whose bare addresses are links.

    >>> link_addresses("<p>Voir https://exemple.org/a?b=1&amp;c (ou www.exemple.org).</p>")
    '<p>Voir <a href="https://exemple.org/a?b=1&amp;c">https://exemple.org/a?b=1&amp;c</a> \
(ou <a href="https://www.exemple.org">www.exemple.org</a>).</p>'
    >>> link_addresses('<a href="x">https://exemple.org</a> a@exemple.org'), link_addresses("a@b")
    ('<a href="x">https://exemple.org</a> <a href="mailto:a@exemple.org">a@exemple.org</a>', 'a@b')
    """
    if "://" in markup or "@" in markup or "www." in markup.casefold():
        markup = sub_in_texts(ADDRESS, link_address, markup)
    return sub_in_texts(TELEPHONE, link_telephone, markup) if TELEPHONE.search(markup) else markup


def sub_in_texts(pattern: re.Pattern[str], made: Callable[[re.Match[str]], str], markup: str) -> str:
    # Split by tags, `KEPT` gives text, the tag, and the name in it when there is one.
    parts = KEPT.split(markup)
    parts[::3] = [pattern.sub(made, text) for text in parts[::3]]
    return "".join(part for index, part in enumerate(parts) if index % 3 < 2)


def link_telephone(match: re.Match[str]) -> str:
    """
    A telephone number as a link that a telephone dials.

    >>> link_addresses("Tél. : 418 555-0123, poste 45")
    'Tél. : <a href="tel:+14185550123;ext=45">418 555-0123, poste 45</a>'
    >>> link_addresses("+33 (0)1 23 45 67 89 ou 01 23 45 67 89")
    '<a href="tel:+33123456789">+33 (0)1 23 45 67 89</a> ou <a href="tel:0123456789">01 23 45 67 89</a>'
    >>> link_addresses("+44 20 7946 0958, +12 345 678 $")
    '<a href="tel:+442079460958">+44 20 7946 0958</a>, +12 345 678 $'
    >>> link_addresses("2019-2020-2021, 1 234 567, 2024-05-01, 123 456-7890, v2.418.555.0123, 418-555-01234")
    '2019-2020-2021, 1 234 567, 2024-05-01, 123 456-7890, v2.418.555.0123, 418-555-01234'
    """
    number = match["world"] or match["america"] or match["france"]
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    if match["world"]:
        if not 8 <= len(digits) <= 15 or THOUSANDS.fullmatch(number):
            return match[0]
        digits = f"+{digits}"
    elif match["america"]:
        digits = f"+1{digits.removeprefix('1')}"
    extension = f";ext={match['extension']}" if match["extension"] else ""
    return f'<a href="tel:{digits}{extension}">{match[0]}</a>'


def find_addresses(text: str) -> Iterator[tuple[int, str]]:
    """
    Where the addresses of the web that stand in Markdown as such begin, and what each leads to.

    >>> list(find_addresses("Voir https://exemple.org/a?b=1 (ou www.exemple.org)."))
    [(5, 'https://exemple.org/a?b=1'), (35, 'https://www.exemple.org')]
    >>> list(find_addresses("[https://exemple.org/…](https://exemple.org/a) <https://exemple.org/b> https://exemple.org/c&gt;"))
    [(48, 'https://exemple.org/b'), (71, 'https://exemple.org/c')]
    """
    for match in ADDRESS.finditer(LINKED.sub(lambda link: " " * len(link[0]), text)):
        address = WRITTEN_ENTITY.split(match[0], maxsplit=1)[0]
        address = address[: end_of(address)]
        if "://" in address:
            yield match.start(), address
        elif address[:4].casefold() == "www.":
            yield match.start(), f"https://{address}"


def link_address(match: re.Match[str]) -> str:
    """An address as a link, without the signs of the sentence that it ends."""
    entity = ENTITY.search(match[0])
    address = match[0][: entity.start()] if entity else match[0]
    address = address[: end_of(address)]
    scheme = "" if "://" in address else "https://" if address[:4].casefold() == "www." else "mailto:"
    rest = match[0][len(address) :]
    return f'<a href="{scheme}{address}">{address}</a>{rest}'


def end_of(address: str) -> int:
    """
    Where an address ends before the marks of its sentence, and the brackets that it did not open.

    >>> end_of("www.exemple.org/a_(b)),"), end_of("https://exemple.org/?a&amp;")
    (21, 22)
    """
    end, excess = len(address), address.count(")") - address.count("(")
    while end:
        if address.endswith("&amp;", 0, end):
            end -= 5
        elif address[end - 1] in MARKS:
            end -= 1
        elif address[end - 1] == ")" and excess > 0:
            end, excess = end - 1, excess - 1
        else:
            break
    return end
