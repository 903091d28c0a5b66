"""
Permanent IRIs. They hang on the portal's address and on ids, never on a title or an order.

A fragment that is not an id is one of DCAT's names: `#dataset`, `#agent`, `#concept`, `#contactPoint`.
"""

from __future__ import annotations

from urllib.parse import quote

DATASET = "dataset"


def catalog_iri(base: str, path: str = "") -> str:
    """
    >>> catalog_iri("https://donnees.exemple.org/")
    'https://donnees.exemple.org/#catalog'
    >>> catalog_iri("https://donnees.exemple.org/", "publisher/ville/")
    'https://donnees.exemple.org/publisher/ville#catalog'
    """
    return f"{base}{path.rstrip('/')}#catalog"


def dataset_page(base: str, id: str) -> str:
    """
    The address of a dataset's page, which is not the dataset.

    >>> dataset_page("https://donnees.exemple.org/", "arbres")
    'https://donnees.exemple.org/dataset/arbres/'
    """
    return f"{base}dataset/{id}/"


def dataset_iri(base: str, id: str) -> str:
    """
    >>> dataset_iri("https://donnees.exemple.org/", "arbres")
    'https://donnees.exemple.org/dataset/arbres#dataset'
    """
    return f"{base}dataset/{id}#{DATASET}"


def distribution_iri(dataset: str, id: str) -> str:
    """
    A distribution's IRI, beside its dataset's.

    >>> distribution_iri("https://donnees.exemple.org/dataset/arbres#dataset", "csv")
    'https://donnees.exemple.org/dataset/arbres#csv'
    """
    return beside(dataset, distribution_fragment(id))


def distribution_fragment(id: str) -> str:
    """
    Where a distribution stands in its dataset's page. No id ends with `_`, so that one called `dataset` stays apart.

    >>> distribution_fragment("csv"), distribution_fragment("dataset")
    ('csv', 'dataset_')
    """
    return f"{id}_" if id == DATASET else id


def beside(iri: str, fragment: str) -> str:
    """
    >>> beside("https://donnees.exemple.org/dataset/arbres#dataset", "contactPoint")
    'https://donnees.exemple.org/dataset/arbres#contactPoint'
    """
    return f"{iri.partition('#')[0]}#{fragment}"


def file_url(base: str, dataset: str, name: str) -> str:
    """
    Where the portal publishes a dataset's own file.

    >>> file_url("https://donnees.exemple.org/", "arbres", "été #1.csv")
    'https://donnees.exemple.org/dataset/arbres/%C3%A9t%C3%A9%20%231.csv'
    """
    return dataset_page(base, dataset) + quote(name, safe="")


def publisher_iri(base: str, id: str) -> str:
    return f"{base}publisher/{id}#agent"


def kind_iri(base: str, code: str) -> str:
    return f"{base}publisher/#{code}"


def kind_scheme_iri(base: str) -> str:
    return f"{base}publisher/#scheme"


def contact_iri(base: str, publisher: str = "") -> str:
    """
    A contact that datasets share: the catalogue's, or a publisher's.

    >>> contact_iri("https://donnees.exemple.org/"), contact_iri("https://donnees.exemple.org/", "ville")
    ('https://donnees.exemple.org/#contactPoint', 'https://donnees.exemple.org/publisher/ville#contactPoint')
    """
    return beside(publisher_iri(base, publisher) if publisher else catalog_iri(base), "contactPoint")


def service_iri(base: str, id: str) -> str:
    return f"{base}service/{id}#service"


def theme_iri(base: str, id: str) -> str:
    return f"{base}theme/{id}#concept"


def theme_scheme_iri(base: str) -> str:
    return f"{base}theme/#scheme"


def media_type_iri(media_type: str) -> str:
    """
    >>> media_type_iri("application/geo+json")
    'https://www.iana.org/assignments/media-types/application/geo+json'
    """
    return "https://www.iana.org/assignments/media-types/" + quote(media_type, safe="/+")


def mail_iri(email: str) -> str:
    """
    >>> mail_iri("données@exemple.org")
    'mailto:donn%C3%A9es@exemple.org'
    """
    return "mailto:" + quote(email, safe="@+!$&'*=")
