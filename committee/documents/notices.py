"""What was left out of a paper, each thing said once, in the order in which it was found."""

from collections.abc import Iterable

# Plain words for each thing that is taken out of a PDF. Tests hold these against the files.
WORDS = {
    "javascript": "JavaScript was removed.",
    "launch": "A command that starts another program was removed.",
    "form_action": "A button that sends or fetches form data was removed.",
    "other_file": "A link to another file was removed.",
    "unsafe_link": "A link that does not lead to a web page or an e-mail address was removed.",
    "media": "Sound, film or 3D content was removed.",
    "other_action": "A link or button that does something other than lead to a page was removed.",
    "open_action": "An action that starts when the document opens was removed.",
    "automatic": "Actions that start by themselves were removed.",
    "attachments": "Attached files were removed.",
    "live_form": "The live part of the form (XFA) was removed.",
    "form": "Form fields were turned into plain content of the page.",
    "signature": "An electronic signature was removed; its look was kept.",
    "layers": "Layers were merged into the page.",
    "protection": "The protection against changes was removed.",
    "mended": "The file was slightly damaged and was mended: check that every page looks right.",
    "unknown": "Page content of a kind that cannot be printed was removed.",
}


class Notices:
    """Collects notices."""

    def __init__(self) -> None:
        self._sentences: dict[str, None] = {}

    def add(self, *kinds: str) -> None:
        """Note things that were taken out, by their key in WORDS."""
        self.say(WORDS[kind] for kind in kinds)

    def say(self, sentences: Iterable[str]) -> None:
        """Note whole sentences."""
        self._sentences.update(dict.fromkeys(sentences))

    def all(self) -> list[str]:
        """Every sentence once."""
        return list(self._sentences)
