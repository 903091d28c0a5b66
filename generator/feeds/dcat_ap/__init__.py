"""DCAT-AP: the catalogue as a graph, and its serialisations."""
