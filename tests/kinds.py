"""The kinds of page that the demonstration portal has, for all who look at each."""

from __future__ import annotations

KINDS = (
    "",
    "dataset/",
    "dataset/page/2/",
    "dataset/?q=eau",
    "dataset/appels-offres/",
    "dataset/nids-de-poule/",
    "dataset/casernes-incendie/",
    "dataset/zones-chasse/",
    "dataset/resultats-elections/",
    "dataset/regles-peche-sportive/",
    "service/air/",
    "publisher/",
    "publisher/ville-val-boreal/",
    "theme/",
    "theme/transport/",
    "keyword/",
    "format/",
    "license/",
    "license/cc-by-4.0/",
    "harvest/",
    "style/",
    "reuses/",
    "reuses/a-dix-minutes/",
    "news/",
    "news/etat-des-ponts/",
    "about/",
    "contact/",
    "confidentialite/",
    "declaration/",
    "faq/",
)
"""Addresses of pages in French; several of a kind where their datasets are of several sorts."""
