"""How much an uploaded paper may ask of us. Each bound says why it is where it is."""

MEGABYTE = 1024 * 1024

# A 300-page scanned appendix is about 60 MB; more is a file that nobody can download by telephone.
LARGEST_UPLOAD_BYTES = 100 * MEGABYTE

# The longest real agenda papers have some hundred pages; above this it is a book or an attack.
MOST_PAGES = 2_000

# A Word document of 300 pages with a picture on each has about 700 parts.
MOST_ZIP_MEMBERS = 2_000
MOST_UNPACKED_BYTES = 200 * MEGABYTE
# Text shrinks to a tenth or so, and long runs of one character to a thousandth. Small parts are
# harmless at any ratio, so the ratio only counts once a part has unpacked to more than the floor.
HIGHEST_ZIP_RATIO = 100
ZIP_RATIO_FLOOR_BYTES = 4 * MEGABYTE

# The specification's own bound for a page edge: 200 inches.
LONGEST_PAGE_EDGE_POINTS = 14_400.0
# And the bound below it: three points. Less is a slip of the program that wrote the file.
SHORTEST_PAGE_EDGE_POINTS = 3.0

# What one page draws. The fullest real drawings take some 20 MB; the rest is a bomb.
MOST_CONTENT_BYTES = 64 * MEGABYTE

# Deep outlines are attacks on programs that follow them one call within another.
DEEPEST_OUTLINE = 12
MOST_OUTLINE_ENTRIES = 20_000

# One process that reads one upload.
READING_MEMORY_BYTES = 1_536 * MEGABYTE
READING_CPU_SECONDS = 60
READING_WALL_SECONDS = 150

# LibreOffice reserves about 1 GB of addresses before it opens a file.
CONVERTING_MEMORY_BYTES = 2_560 * MEGABYTE
CONVERTING_CPU_SECONDS = 60
CONVERTING_WALL_SECONDS = 150

LARGEST_OUTPUT_BYTES = 200 * MEGABYTE
MOST_OPEN_FILES = 256
