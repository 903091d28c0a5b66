"""Pictures of pages, looked at before they are published."""

import struct

PAGE = """\
---
title: Carte
date: 2026-01-01
picture: carte.png
alternative: Une carte
---
Voici.
"""
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR"


def lines(portal, picture, page=PAGE):
    return portal({"content/reuses/carte.md": page, "content/reuses/carte.png": picture}).check().lines()


def test_a_picture_of_many_megapixels_is_told(portal):
    """
    Eighty megapixels are told by the first bytes of the file, without drawing them.
    """
    assert lines(portal, PNG + struct.pack(">II", 10000, 8000)) == [
        "content/reuses/carte.md:4:10: error[huge-picture] the picture `carte.png` has 80 megapixels; 40 at most are"
        " published\n  help: make it smaller: 1,280 pixels across are enough for every screen"
    ]


def test_a_program_with_the_name_of_a_picture_is_told(portal):
    """
    What a file is follows from its bytes, not from its name.
    """
    assert lines(portal, b"MZ\x90\x00" * 100) == [
        "content/reuses/carte.md:4:10: error[not-a-picture] `carte.png` is not a picture that browsers show\n"
        "  help: save it as PNG, JPEG, WebP, AVIF, GIF or SVG: another name does not change what a file is"
    ]


def test_a_picture_says_what_it_shows(portal):
    """
    A picture without words for those who don't see it is told; one with them is published.
    """
    page = PAGE.replace("alternative: Une carte\n", "")
    found = portal({"content/reuses/carte.md": page, "content/reuses/carte.png": PNG + struct.pack(">II", 640, 360)})
    assert found.check().codes == ["missing-when"]
    found.lay({"content/reuses/carte.md": PAGE})
    assert found.check().codes == []
