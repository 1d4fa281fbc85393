"""Templates parse, use what they import, and hold no code that a page's policy forbids."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from flask import Flask
from jinja2 import nodes

from tests.conventions.sources import ROOT, all_files, text, told

TEMPLATES = [name for name in all_files() if re.match(r"templates/.+\.(html|xml|txt)\Z", name)]
COMPONENTS = [name for name in TEMPLATES if name.startswith("templates/components/")]

# Each use of `|safe` in templates/ with the reason why its text cannot come from a person.
SAFE_BECAUSE: dict[str, str] = {}

# Macros that Python code calls through the Design System's widgets, not through a template.
CALLED_FROM_PYTHON: set[str] = set()


@pytest.fixture(scope="module")
def parsed(made_app: Flask) -> dict[str, nodes.Template]:
    """The syntax tree of every template, as the application's own environment reads it."""
    return {name: made_app.jinja_env.parse(text(name), filename=name) for name in TEMPLATES}


def test_every_template_compiles(made_app: Flask) -> None:
    for name in TEMPLATES:
        made_app.jinja_env.get_template(name.removeprefix("templates/"))


def imported(template: nodes.Template) -> Iterator[str]:
    """The names that a template imports, as it calls them."""
    for node in template.find_all(nodes.FromImport):
        for entry in node.names:
            yield entry[1] if isinstance(entry, tuple) else entry
    for node in template.find_all(nodes.Import):
        yield node.target


def used(template: nodes.Template) -> set[str]:
    """Every name that a template reads."""
    return {node.name for node in template.find_all(nodes.Name) if node.ctx == "load"}


def test_every_import_is_used(parsed: dict[str, nodes.Template]) -> None:
    unused = [
        f"{name}: {thing}"
        for name, template in parsed.items()
        for thing in imported(template)
        if thing not in used(template)
    ]
    assert not unused, told(unused, "Take the import out.")


def test_every_import_is_there(made_app: Flask, parsed: dict[str, nodes.Template]) -> None:
    missing = [
        f"{name}: {entry if isinstance(entry, str) else entry[0]} from {node.template.value}"
        for name, template in parsed.items()
        for node in template.find_all(nodes.FromImport)
        if isinstance(node.template, nodes.Const)
        for entry in node.names
        if (entry if isinstance(entry, str) else entry[0])
        not in exported(made_app, node.template.value)
    ]
    assert not missing, told(missing, "There is no such macro in that file.")


@cache
def exported(app: Flask, name: str) -> set[str]:
    """The macros and values that a template offers to those that import it."""
    source, _, _ = app.jinja_env.loader.get_source(app.jinja_env, name)  # type: ignore[union-attr]
    template = app.jinja_env.parse(source)
    made = {node.name for node in template.find_all(nodes.Macro)}
    return made | {n.name for n in template.find_all(nodes.Name) if n.ctx == "store"}


def test_every_component_is_used(parsed: dict[str, nodes.Template]) -> None:
    wanted = {
        f"templates/{node.template.value}"
        for template in parsed.values()
        for kind in (nodes.FromImport, nodes.Import, nodes.Include)
        for node in template.find_all(kind)
        if isinstance(node.template, nodes.Const)
    }
    unused = [name for name in COMPONENTS if name not in wanted | CALLED_FROM_PYTHON]
    assert not unused, told(unused, "Use the component or take it out.")


def test_every_page_has_a_view_that_shows_it() -> None:
    """Pages and messages are named in Python; layouts and components by other templates."""
    code = "\n".join(text(n) for n in all_files() if n.endswith(".py") and n.startswith("comm"))
    unshown = [
        name
        for name in TEMPLATES
        if not name.startswith(("templates/components/", "templates/layouts/", "templates/errors/"))
        and f'"{name.removeprefix("templates/")}"' not in code
    ]
    assert not unshown, told(unshown, "No view shows this page: take it out.")


INLINE = {
    "a script's text in the page": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "styles in the page": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "code in an attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "code in an address": re.compile(r"(href|src|action)\s*=\s*[\"']\s*javascript:", re.IGNORECASE),
    "something from elsewhere": re.compile(
        r"<(script|img|link|iframe)[^>]*(src|href)=[\"'](https?:)?//", re.IGNORECASE
    ),
}


def inline(source: str) -> list[str]:
    """What in a template the page's policy would refuse to run or to show."""
    return [what for what, pattern in INLINE.items() if pattern.search(source)]


def test_pages_hold_no_code_and_no_styles_of_their_own() -> None:
    found = [f"{name}: {what}" for name in TEMPLATES for what in inline(text(name))]
    assert not found, told(
        found, "The policy forbids it. Scripts go to committee/static/scripts, styles to assets."
    )


@pytest.mark.parametrize(
    "source",
    [
        "<script>go()</script>",
        '<p style="color: red">',
        "<style>p {}</style>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        '<img src="//example.org/a.png" alt="">',
    ],
)
def test_the_guard_sees_inline_code(source: str) -> None:
    assert inline(source)


def test_text_is_marked_safe_only_with_a_reason(parsed: dict[str, nodes.Template]) -> None:
    unreasoned = [
        f"{name}:{node.lineno}"
        for name, template in parsed.items()
        for node in template.find_all(nodes.Filter)
        if node.name == "safe" and name not in SAFE_BECAUSE
    ]
    unreasoned += [
        f"{name}:{node.lineno}: autoescape is switched off"
        for name, template in parsed.items()
        for node in template.find_all(nodes.EvalContextModifier)
    ]
    assert not unreasoned, told(
        unreasoned,
        "A person's text must be escaped. Build HTML with Markup.format, or give the reason in "
        "SAFE_BECAUSE.",
    )


def test_no_reason_outlives_its_use() -> None:
    stale = [name for name in SAFE_BECAUSE if "safe" not in text(name)]
    assert not stale, told(stale, "Take the entry out of SAFE_BECAUSE.")


def test_forms_that_post_carry_their_token() -> None:
    bare = []
    for name in TEMPLATES:
        forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text(name), re.DOTALL)
        bare += [name for form in forms if "csrf_field()" not in form and "csrf_token" not in form]
    assert not bare, told(bare, "Write {{ csrf_field() }} inside the form.")


def test_static_files_that_pages_name_are_there() -> None:
    named = re.compile(r"url_for\(['\"]static['\"],\s*filename=['\"]([^'\"]+)['\"]")
    missing = [
        f"{name}: {file}"
        for name in TEMPLATES
        for file in named.findall(text(name))
        if not (ROOT / "committee" / "static" / file).is_file()
    ]
    assert not missing, told(missing, "There is no such file below committee/static.")
