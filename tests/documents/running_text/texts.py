"""Texts to read: what people type, and what nobody should be able to."""

from hypothesis import strategies as st

RESOLUTION = """\
RESOLVED that, subject to planning permission, the decision to:
a) establish the base for up to 20 pupils; and
b) authorise the Director of Infrastructure:
   (i) to sign contracts; and
   (ii) to vary them,
be endorsed.
"""

PIECES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</p><svg/onload=alert(1)>",
    '" onmouseover="alert(1)',
    "[press](javascript:alert(1))",
    "[press](<javascript:alert(1)>)",
    "[press](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "[a](https://example.org/?a=1&b=\"'>)",
    "https://example.org/<b>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "&Tab;",
    "**",
    "*",
    "_",
    "`",
    "\\",
    "#",
    "# ",
    "- ",
    "1. ",
    "a) ",
    "(i) ",
    "  ",
    "    ",
    "\n",
    "\n\n",
    "| a | b |\n|---|--:|\n| 1 | 2 |\n",
    "|",
    "<!--",
    "-->",
    "<![CDATA[",
    "<style>*{}</style>",
    "\x00",
    "\u202e",
    "\ufffe",
    "\ud800",
    "words",
    "é",
    "£9k",
]
hostile_texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=14).map(
    "".join
)
