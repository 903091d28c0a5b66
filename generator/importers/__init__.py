"""Other portals' catalogues as the files of a Vitrine portal: read, map, write, and tell what was lost on the way."""
