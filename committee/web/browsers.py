"""What browsers call themselves, told in words that their owners know."""

# What stands in the name that a browser gives itself, and what people call it. The order counts:
# nearly every browser also names those whose pages it can show.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "a Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)


def browser_in_words(called: str | None) -> str:
    """A browser by the name that it gave itself, as `Firefox on Windows`; that name where it is
    none that is known."""
    if not called:
        return "Unknown browser"
    browser = next((words for mark, words in BROWSERS if mark in called), None)
    machine = next((words for mark, words in MACHINES if mark in called), None)
    if browser is None:
        return called
    return f"{browser} on {machine}" if machine else browser
