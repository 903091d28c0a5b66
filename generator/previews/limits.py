"""How far previews go: what is read of a file, how long that may take, and how much of it a page shows."""

# ---------------------------------------------------------------- reading

SAMPLE = 8_000_000
"""Octets read of a text table; what follows is estimated."""

ROWS = 100_000
"""Rows read of a table."""

CELLS = 2_000_000
"""Cells read of a table: a wide one gives fewer rows."""

COLUMNS = 100
"""Columns whose values are looked at; further ones are only counted."""

RECORD = 1_000
"""Lines that one record of a CSV file may span: more is a quote that was never closed."""

FIELD = 4_000_000
"""Characters of one cell."""

UNZIPPED = 150_000_000
"""Octets of a workbook once unzipped."""

GRID = 20_000_000
"""Cells of a workbook's sheet, empty ones included."""

SECONDS = 30.0
"""Time that one file may take."""

READ = 100_000_000
"""Octets in memory of the rows that are read of a file that can be read in part."""

MEMORY = 2 * 1024**3
"""Octets of memory, half of which libraries reserve and never touch, where the system can hold a process to it."""

# ---------------------------------------------------------------- showing

WHOLE = 1_000_000
"""Octets of a file whose rows a page has all, so that they can be sorted and filtered."""

WHOLE_TEXT = 2_000_000
"""Characters of such rows: a workbook is small only as long as it is zipped."""

SHOWN_ROWS = 50
SHOWN_COLUMNS = 40
SHOWN_PROFILES = 60
CELL = 80
"""Characters of a cell, where a page has the first rows."""

LONG_CELL = 1_000
"""Characters of a cell, where it has them all."""

NAME = 300
"""Characters of a column's name."""

LABEL = 40
"""Characters of a label: a value that is often there, a series."""

BINS = 16
STEPS = 31
"""Bars of a histogram: of equal steps, or one for each whole number, day or month when there are no more."""
TOP = 5
"""Values of a column that are named with their counts."""

PREVIEWS = 12
"""Previews on one page; a dataset's further files have none."""

SHAPES = 1_000
"""Points, lines and polygons of a map."""

VERTICES = 6_000
"""Vertices of a map's lines and polygons, once simplified."""

BACKDROP_VERTICES = 2_500
"""Vertices of the backdrop of one map."""

DEPTH = 8
KEYS = 40
NODES = 200
"""Depth, keys of one object and nodes of a structure."""

ITEMS = 1_000
"""Items of a list that are compared to learn its structure."""

SERIES = 6
POINTS = 1_000
"""Series of a chart, and points of each."""

BARS = 40
CHART_ROWS = 100
"""Rows of the table beneath a chart."""
