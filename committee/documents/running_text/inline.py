"""Reads the marks within a line: **strong**, *emphasis*, [words](address), <address>.

HTML, entities and images are text like any other. A bare web address is a link.
"""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize
from markdown_it.token import Token

from committee.documents.running_text.content import Run, Runs, is_safe_address

_BARE_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
_AFTER_AN_ADDRESS = ".,;:!?'’)]*"


def _stars(state: StateInline, silent: bool) -> bool:
    """Only stars emphasise, and only at the edge of a word: file_name_2 and 5*3*2 stay whole."""
    end = state.pos
    while end < state.posMax and state.src[end] == "*":
        end += 1
    if end == state.pos:
        return False
    before, after = state.src[state.pos - 1 : state.pos], state.src[end : end + 1]
    if before.isalnum() and after.isalnum():
        return False
    return tokenize(state, silent)


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    reader = MarkdownIt("zero")
    reader.enable(["newline", "escape", "emphasis", "link", "autolink", "balance_pairs"])
    reader.inline.ruler.at("emphasis", _stars)
    # Without this a link to nowhere safe would vanish from the page; now it stays as typed.
    reader.validateLink = is_safe_address  # type: ignore[assignment]
    return reader


def inline(text: str) -> Runs:
    """The runs of one block's text, neighbours in the same manner joined."""
    manner = {"strong": 0, "em": 0}
    link: str | None = None
    runs: list[Run] = []
    for token in _markdown().parseInline(text)[0].children or []:
        if token.type == "link_open":
            link = str(token.attrs["href"])
        elif token.type == "link_close":
            link = None
        elif token.type.endswith(("_open", "_close")):
            manner[token.type.partition("_")[0]] += token.nesting
        else:
            strong, emphasis = manner["strong"] > 0, manner["em"] > 0
            runs += [
                Run(words, strong, emphasis, link or address)
                for words, address in _with_addresses(_text(token), in_link=link is not None)
            ]
    return _joined(runs)


def _text(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def _with_addresses(text: str, *, in_link: bool) -> list[tuple[str, str | None]]:
    """The text in pieces, those that are addresses with what they link to."""
    if in_link:
        return [(text, None)]
    pieces, done = list[tuple[str, str | None]](), 0
    for found in _BARE_ADDRESS.finditer(text):
        address = found[0].rstrip(_AFTER_AN_ADDRESS)
        if is_safe_address(address):
            pieces += [(text[done : found.start()], None), (address, address)]
            done = found.start() + len(address)
    return [*pieces, (text[done:], None)]


def _joined(runs: list[Run]) -> Runs:
    done: list[Run] = []
    for run in runs:
        last = done[-1] if done else None
        if last and (last.strong, last.emphasis, last.link) == (run.strong, run.emphasis, run.link):
            done[-1] = Run(last.text + run.text, run.strong, run.emphasis, run.link)
        elif run.text:
            done.append(run)
    return tuple(done)
