"""Files for calendars, as a program that reads RFC 5545 understands them."""

from datetime import UTC, date, datetime

import icalendar

FILES = {
    "content/events/atelier.md": """\
---
title: "Atelier ; lire, écrire"
description: "Une ligne assez longue pour devoir être pliée, avec des accents éèà, des virgules ; puis la fin."
date: 2026-10-01
starts: 2026-12-05T13:30-05:00
ends: 2026-12-05T16:30-05:00
place: "Salle 2, bibliothèque"
---
Bienvenue.
""",
    "content/events/congres.md": """\
---
title: Congrès
starts: 2027-02-06
ends: 2027-02-07
cancelled: 2026-12-01
---
Annulé.
""",
    "content/events/sortie.md": """\
---
title: Sortie
starts: 2026-06-13T09:00
---
Dehors.
""",
}


def events(site, path):
    calendar = icalendar.Calendar.from_ical(site[path])
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def test_a_calendar_program_reads_what_the_pages_say(portal):
    """
    Times, places and words come back whole; whole days end the day after, a time without an offset floats, and what is
    cancelled says so.
    """
    found = events(portal(FILES).build(), "events/calendar.ics")

    times = {
        name: tuple(event[key].dt for key in ("DTSTART", "DTEND") if key in event) for name, event in found.items()
    }
    assert times == {
        "Atelier ; lire, écrire": tuple(datetime(2026, 12, 5, hour, 30, tzinfo=UTC) for hour in (18, 21)),
        "Congrès": (date(2027, 2, 6), date(2027, 2, 8)),
        "Sortie": (datetime(2026, 6, 13, 9, 0),),
    }
    workshop = found["Atelier ; lire, écrire"]
    assert {key: str(workshop[key]) for key in ("UID", "DESCRIPTION", "LOCATION", "URL")} == {
        "UID": "https://exemple.org/portail/events/atelier/",
        "DESCRIPTION": "Une ligne assez longue pour devoir être pliée, avec des accents éèà, des virgules"
        " ; puis la fin.",
        "LOCATION": "Salle 2, bibliothèque",
        "URL": "https://exemple.org/portail/events/atelier/",
    }
    assert workshop["DTSTAMP"].dt == datetime(2026, 10, 1, tzinfo=UTC)
    assert {name: str(event.get("STATUS", "")) for name, event in found.items()} == {
        "Atelier ; lire, écrire": "",
        "Congrès": "CANCELLED",
        "Sortie": "",
    }


def test_each_event_has_a_file_of_its_own_with_the_same_identity_in_each_language(portal):
    """
    A calendar that takes an event in French, then in English, has it once; no line is longer than 75 octets.
    """
    site = portal(FILES).build()
    french, english = (events(site, f"{code}events/atelier/event.ics") for code in ("", "en/"))

    assert [str(event["UID"]) for event in (*french.values(), *english.values())] == [
        "https://exemple.org/portail/events/atelier/"
    ] * 2
    lines = site["events/calendar.ics"].split(b"\r\n")
    assert max(map(len, lines)) == 75
