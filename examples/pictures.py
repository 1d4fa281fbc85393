"""Pictures for the example papers, drawn rather than taken: a scene is always the same bytes."""

from __future__ import annotations

import io
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from examples.prose import DISTRICTS

SCENES: dict[str, str] = {
    "hall": "A brick village hall with a green door, in front of low hills on a bright day.",
    "van": "A white mobile library van parked on a lane, with low hills behind it.",
    "houses": "A row of four cottages under a grey sky, with fields rising behind them.",
    "school": "A long low school building with seven windows, seen across a playing field.",
    "map": "Map of six coloured rounds, each linking three of eighteen named stops to the depot.",
}
SIZE = (1100, 620)
ROUNDS = ("#b3261e", "#1f5d4c", "#2b4a9b", "#8a5a00", "#6a1b7a", "#00707a")


def landscape(random: Random, sky: tuple[int, int, int]) -> Image.Image:
    """Return hills under a sky, with the grain of a photograph."""
    width, height = SIZE
    grain = Image.frombytes(
        "RGB", (width // 4, height // 4), random.randbytes(width * height // 16 * 3)
    )
    image = Image.new("RGB", SIZE, sky)
    draw = ImageDraw.Draw(image)
    for layer in range(4):
        tone = (70 + 22 * (3 - layer), 122 + 14 * (3 - layer), 72 + 16 * (3 - layer))
        level = 240 + 62 * layer
        ridge = [(x, level + random.randint(-26, 26)) for x in range(-60, width + 121, 60)]
        draw.polygon([*ridge, (width, height), (0, height)], fill=tone)
    image = image.filter(ImageFilter.GaussianBlur(2))
    return Image.blend(image, grain.resize(SIZE, Image.Resampling.BICUBIC), 0.10)


def building(draw: ImageDraw.ImageDraw, left: int, width: int, roof: str, windows: int) -> None:
    """Draw a building with a pitched roof, its windows and a door. Sizes in pixels."""
    draw.rectangle((left, 330, left + width, 500), fill="#a8674d", outline="#5c3526")
    draw.polygon([(left - 18, 330), (left + width // 2, 240), (left + width + 18, 330)], fill=roof)
    step = width // (windows + 1)
    for window in range(1, windows + 1):
        middle = left + window * step
        draw.rectangle((middle - 17, 368, middle + 17, 422), fill="#dfeaf2", outline="#ffffff")
    draw.rectangle((left + width // 2 - 20, 432, left + width // 2 + 20, 500), fill="#1f5d4c")


def van(draw: ImageDraw.ImageDraw) -> None:
    """Draw the mobile library."""
    draw.rectangle((330, 300, 700, 478), fill="#f6f6f2", outline="#44504a", width=3)
    draw.polygon([(700, 345), (775, 345), (815, 420), (815, 478), (700, 478)], fill="#e9ece8")
    draw.polygon([(712, 358), (768, 358), (795, 412), (712, 412)], fill="#9fb9c9")
    draw.rectangle((330, 400, 700, 428), fill="#1f5d4c")
    for middle in (420, 735):
        draw.ellipse((middle - 38, 440, middle + 38, 516), fill="#26292b")
        draw.ellipse((middle - 15, 463, middle + 15, 493), fill="#b9bec0")


def county_map(random: Random) -> Image.Image:
    """Return a plan of the rounds: stops by name, joined by coloured lines."""
    image = Image.new("RGB", (1800, 1150), "#e8efe3")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(26)
    river = [(x, 560 + random.randint(-90, 90)) for x in range(0, 1900, 150)]
    draw.line(river, fill="#9fc3d9", width=26, joint="curve")
    stops = []
    for place, name in enumerate(DISTRICTS):
        spot = (190 + 270 * (place % 6) + random.randint(-60, 60), 190 + 360 * (place // 6))
        stops.append((name, (spot[0], spot[1] + random.randint(-80, 80))))
    for number, colour in enumerate(ROUNDS):
        calls = [stops[number + row * 6][1] for row in range(3)]
        depot = (900, 1090)
        draw.line([*calls, depot], fill=colour, width=9, joint="curve")
    for name, (x, y) in stops:
        draw.ellipse((x - 14, y - 14, x + 14, y + 14), fill="#ffffff", outline="#111111", width=4)
        draw.text((x + 20, y - 40), name, fill="#111111", font=font)
    draw.rectangle((780, 1062, 1020, 1118), fill="#ffffff", outline="#111111", width=4)
    draw.text((900, 1100), "Depot, County Hall", fill="#111111", font=font, anchor="ms")
    return image


@cache
def picture(scene: str) -> bytes:
    """Return the named scene as a JPEG."""
    random = Random(scene)  # noqa: S311 - a drawing, not a secret
    if scene == "map":
        image = county_map(random)
    else:
        image = landscape(random, (170, 182, 190) if scene == "houses" else (176, 208, 232))
        draw = ImageDraw.Draw(image)
        if scene == "van":
            van(draw)
        elif scene == "houses":
            for place in range(4):
                building(draw, 210 + place * 175, 165, "#4d5358", 2)
        else:
            building(
                draw,
                250,
                600 if scene == "school" else 360,
                "#6d3f31",
                7 if scene == "school" else 4,
            )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


@cache
def bar_chart(points: tuple[tuple[str, int], ...]) -> bytes:
    """Return a bar chart of percentages as a PNG, for papers that cannot draw their own."""
    image = Image.new("RGB", (960, 420), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(22)
    step = 960 // len(points)
    for place, (label, level) in enumerate(points):
        left = place * step + step // 6
        top = 360 - int(level * 3.1)
        draw.rectangle((left, top, left + step * 2 // 3, 360), fill="#1f5d4c")
        draw.text((left + step // 3, top - 6), f"{level}%", fill="black", font=font, anchor="ms")
        draw.text((left + step // 3, 392), label, fill="black", font=font, anchor="ms")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
