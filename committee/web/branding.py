"""The council's colour, and black or white for the text on it."""

import re

BLACK, WHITE = "#000000", "#ffffff"
HOUSE_COLOUR = "#0b5563"

_HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")


def is_colour(text: str) -> bool:
    """Whether `text` is a colour of the form #rrggbb."""
    return bool(_HEX.match(text))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2.2, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_on(colour: str) -> str:
    """Black or white, whichever is read better on `colour`."""
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, colour))


def style_sheet(colour: str) -> str:
    """The style sheet that gives pages the council's colour, or else the house colour."""
    brand = colour if is_colour(colour) else HOUSE_COLOUR
    return f":root{{--govuk-brand-colour:{brand};--app-brand-text-colour:{text_on(brand)}}}\n"


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
