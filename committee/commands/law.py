"""`./quorate law ...`: the rules of statute, checked against worked examples."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from committee.law.calendar import CalendarExhausted
from committee.law.vectors import Vector, differences

group = AppGroup("law", help="Statutory dates.")


@group.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Compute each worked example in FILE and print every difference.

    Ends with "N of N agree", and with exit status 1 where any does not.
    """
    vectors = _vectors(file)
    wrong = 0
    for vector in vectors:
        found = _differences(vector)
        wrong += bool(found)
        for difference in found:
            click.echo(difference)
    click.echo(f"{len(vectors) - wrong} of {len(vectors)} agree")
    if wrong:
        raise SystemExit(1)


def _vectors(file: Path) -> list[Vector]:
    try:
        vectors = json.loads(file.read_text(encoding="utf-8"))["vectors"]
    except (ValueError, KeyError, TypeError) as error:
        raise click.ClickException(f"{file.name} has no list of vectors: {error}") from error
    if not isinstance(vectors, list) or not all(isinstance(one, dict) for one in vectors):
        raise click.ClickException(f"{file.name}: “vectors” must be a list of objects.")
    return vectors


def _differences(vector: Vector) -> list[str]:
    try:
        return differences(vector)
    except (KeyError, ValueError, TypeError) as error:
        return [f"{vector.get('id')}: cannot be computed: {error!r}"]
    except CalendarExhausted as error:
        return [f"{vector.get('id')}: {error}"]
