"""What pages leave out of a text, and what only seems to be left out."""

from generator.rules.markdown import find_forbidden


def test_each_kind_of_thing_is_told_once_where_the_first_stands():
    """
    However often a text holds it; tags that HTML knows and words between signs are not the same mistake.
    """
    text = "Voir <ID>.\n<center>a</center> <CENTER>b</CENTER>\n<svg></svg> <p onclick=x>c</p> [d](vbscript:x)"

    assert list(find_forbidden(text)) == [
        ("unknown-tag", ["<ID>"], 1, 6),
        ("forbidden-tag", ["<center>", "<svg>"], 2, 1),
        ("forbidden-attribute", ["onclick"], 3, 16),
        ("forbidden-scheme", ["vbscript:"], 3, 36),
    ]


def test_what_is_published_is_not_told():
    """
    Plain HTML, addresses, comparisons, code of every kind, and what Markdown itself writes and takes back.
    """
    text = """\
Un <b>mot</b>, <https://exemple.org>, <aide@exemple.org>, 3 < 5, &lt;ID> et `<ID>`.
<a href="mailto:aide@exemple.org" target="_blank" rel="noopener">Aide</a><br>

| a | b |
|---|--:|
| 1 | 2 |

```html
<script src="x">
```

    <iframe style="x">

[a]: tel:+15145550123
"""

    assert list(find_forbidden(text)) == []


def test_what_is_taken_out_in_silence_is_told():
    """
    Comments, whatever is in them, and tags that end nothing are told once, where the first one stands.
    """
    text = "Un <b>mot</b>.\n<!-- <script> -->\n\nDeux</i> et `</u>`<br>"
    assert list(find_forbidden(text)) == [("stripped-markup", ["<!-- -->", "</i>"], 2, 1)]
