"""What was left out of a paper, each thing said once, in the order in which it was found."""

from committee.documents.findings import page_list

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


# What is wrong with single pages; the pages are put in at the end, in one sentence.
PAGE_WORDS = {
    "size": "It was not stated how large {pages} should be; A4 was taken.",
    "unreadable": "Part of {pages} could not be read and may be missing: check the paper.",
}


class Notices:
    """Collects notices."""

    def __init__(self) -> None:
        self._sentences: dict[str, None] = {}
        self._pages: dict[str, list[int]] = {}

    def add(self, *kinds: str) -> None:
        """Note things that were taken out, by their key in WORDS."""
        self._sentences.update(dict.fromkeys(WORDS[kind] for kind in kinds))

    def on_page(self, number: int, kind: str) -> None:
        """Note a fault of one page (counted from 1), by its key in PAGE_WORDS."""
        self._pages.setdefault(kind, []).append(number)

    def all(self) -> list[str]:
        """Every sentence once."""
        by_page = [PAGE_WORDS[k].format(pages=page_list(n)) for k, n in self._pages.items()]
        return [*self._sentences, *by_page]
