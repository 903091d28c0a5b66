"""Addresses of an older portal lead on."""

from tests.conftest import ARBRES

PORTAL = "baseURL: https://exemple.org/portail/\nlanguages: [fr, en]\nhosts: [netlify, nginx, apache]\n"
REDIRECTS = """\
/organization/Ville%20d'été: /publisher/ville/
/datasets/arbres.html: /dataset/arbres/#files
/autre/: https://autre.exemple.org/été
"""


def test_an_old_address_leads_on_in_every_form(portal) -> None:
    """
    Each line of redirects.yaml is a redirect of every host, with and without a slash, and a page for those that can't.
    """
    files = portal({"portal.yaml": PORTAL, "datasets/arbres.yaml": ARBRES, "redirects.yaml": REDIRECTS}).build()

    assert files["_redirects"].decode().splitlines() == [
        "/portail/autre https://autre.exemple.org/%C3%A9t%C3%A9 301!",
        "/portail/autre/ https://autre.exemple.org/%C3%A9t%C3%A9 301!",
        "/portail/datasets/arbres.html /portail/dataset/arbres/#files 301!",
        "/portail/organization/Ville%20d%27%C3%A9t%C3%A9 /portail/publisher/ville/ 301!",
        "/portail/organization/Ville%20d%27%C3%A9t%C3%A9/ /portail/publisher/ville/ 301!",
    ]
    assert '  location = "/portail/organization/Ville d\'été/" { return 301 "/portail/publisher/ville/"; }' in (
        files["nginx.conf"].decode()
    )
    assert r"^/portail/datasets/arbres\.html$" in files[".htaccess"].decode()
    assert 'content="0; url=../../publisher/ville/"' in files["organization/Ville d'été/index.html"].decode()
    assert 'content="0; url=../dataset/arbres/#files"' in files["datasets/arbres.html"].decode()


def test_an_old_address_that_leads_nowhere_is_told(portal) -> None:
    """
    A redirect to a page that is not there is a dead link, at its place; one from a page of today's is a collision.
    """
    redirects = "/vieux/: /dataset/disparu/\n/dataset/arbres/: /\n"
    report = portal({"datasets/arbres.yaml": ARBRES, "redirects.yaml": redirects}).check()

    assert [line.split(" the ")[0] for line in report.lines("en")] == [
        "redirects.yaml: error[path-collision]",
        "redirects.yaml:1:1: error[dead-link]",
    ]
