"""Words that were found, marked in what is shown of a text."""

from markupsafe import Markup, escape

from committee.search.rules import BEGIN, END


def marked(text: str) -> Markup:
    """The text for a page: what stands between the markers as `<mark>`, everything escaped.

    The markers are control characters, which the index holds none of. Whatever else is in the
    text, HTML included, is shown as it was written.
    """
    before, *found = text.split(BEGIN)
    made = escape(before.replace(END, ""))
    for part in found:
        inside, _, after = part.partition(END)
        made += Markup("<mark>{}</mark>{}").format(inside, after.replace(END, ""))
    return made
