"""What every page must be: valid HTML, one h1 that starts the title, labels, safe forms."""

import itertools

import html5lib
from bs4 import BeautifulSoup, Tag

# Fields that need no label of their own: they are not shown, or their text is their label.
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}


def faults(html: str) -> list[str]:
    """Everything that is wrong with a page, in words that say where; nothing for a sound page."""
    page = BeautifulSoup(html, "html.parser")
    found = [*_not_valid(html), *_headings(page), *_ids(page), *_fields(page), *_forms(page)]
    return found + _inline(page)


def _not_valid(html: str) -> list[str]:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    return [f"not valid HTML at {where}: {what} {more}" for where, what, more in parser.errors]


def _headings(page: BeautifulSoup) -> list[str]:
    headings = page.find_all("h1")
    if len(headings) != 1:
        return [f"{len(headings)} h1 headings instead of one"]
    heading = " ".join(headings[0].get_text().split())
    title = " ".join(page.title.get_text().split()) if page.title else ""
    wrong = (
        []
        if title.removeprefix("Error: ").startswith(heading)
        else [f"the title “{title}” does not start with the h1 “{heading}”"]
    )
    if page.select_one(".govuk-error-summary") and not title.startswith("Error: "):
        wrong.append("a page with mistakes must say “Error: ” first in its title")
    if page.html and page.html.get("lang") != "en-GB":
        wrong.append("the page does not say its language")
    return wrong + _levels(page)


def _levels(page: BeautifulSoup) -> list[str]:
    levels = [int(str(heading.name)[1]) for heading in page.find_all(["h1", "h2", "h3", "h4"])]
    after = levels[levels.index(1) :] if 1 in levels else []
    return [
        f"a heading of level {lower} follows one of level {upper}"
        for upper, lower in itertools.pairwise(after)
        if lower > upper + 1
    ]


def _ids(page: BeautifulSoup) -> list[str]:
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    named = set(ids)
    dangling = [
        f"{attribute}={name} points to nothing"
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list")
        for tag in page.find_all(attrs={attribute: True})
        for name in " ".join(tag.get_attribute_list(attribute)).split()
        if name not in named
    ]
    inside = [
        f"the link to #{link['href'][1:]} leads nowhere"
        for link in page.select('a[href^="#"]')
        if link["href"][1:] not in named
    ]
    return [f"the id {name} is there twice" for name in twice] + dangling + inside


def _fields(page: BeautifulSoup) -> list[str]:
    labelled = {str(label["for"]) for label in page.find_all("label") if label.get("for")}
    return [
        f"the field {field.get('name')} has no label"
        for field in page.find_all(["input", "select", "textarea", "progress"])
        if field.get("type") not in UNLABELLED and not _is_labelled(field, labelled)
    ]


def _is_labelled(field: Tag, labelled: set[str]) -> bool:
    by_name = field.get("aria-label") or field.get("aria-labelledby")
    return bool(by_name) or field.get("id") in labelled or field.find_parent("label") is not None


def _forms(page: BeautifulSoup) -> list[str]:
    wrong = []
    for form in page.find_all("form"):
        if not form.get("action"):
            wrong.append("a form does not say where it is sent")
        if form.get("method") == "post" and not form.select_one("input[name=csrf_token][value]"):
            wrong.append(f"the form to {form.get('action')} has no token")
        if form.select_one("input[type=file]") and form.get("enctype") != "multipart/form-data":
            wrong.append(f"the form to {form.get('action')} cannot send files")
        if not form.select_one("button, input[type=submit]"):
            wrong.append(f"the form to {form.get('action')} has no button")
    return wrong


def _inline(page: BeautifulSoup) -> list[str]:
    """Inline styles and scripts, which the content security policy would refuse."""
    wrong = [f"<{tag.name}> has an inline style" for tag in page.find_all(style=True)]
    wrong += ["an inline script" for tag in page.find_all("script") if not tag.get("src")]
    wrong += ["an inline style sheet" for _ in page.find_all("style")]
    wrong += [
        f"<{tag.name}> has the handler {name}"
        for tag in page.find_all(True)
        for name in tag.attrs
        if name.startswith("on")
    ]
    return wrong
