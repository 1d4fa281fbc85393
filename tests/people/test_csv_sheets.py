"""Files of comma-separated values: encodings, headings, quotation marks, formulas and limits."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committee.people import sheets
from committee.people.sheets import Headings, Problem, Problems

HEADINGS = Headings(needed=("name", "from"), others=("telephone",))


def read(content: bytes) -> tuple[list[list[str]], list[Problem]]:
    problems = Problems()
    found = [row.cells for row in sheets.rows(content, HEADINGS, problems)]
    return found, problems.by_line()


def only_problem(content: bytes) -> Problem:
    _, problems = read(content)
    assert len(problems) == 1, problems
    return problems[0]


def test_a_row_is_read_by_its_columns_in_any_order() -> None:
    problems = Problems()
    content = codecs.BOM_UTF8 + "From,Name\r\n2026-05-12, Zoë Ó Briain \r\n".encode()
    (row,) = sheets.rows(content, HEADINGS, problems)
    assert (row.line, row.get("name"), row.get("from")) == (2, "Zoë Ó Briain", "2026-05-12")
    assert row.get("telephone") == ""
    assert not problems.total


def test_a_heading_too_wide_is_refused_before_its_names_are_looked_at() -> None:
    names = ",".join(f"column {number}" for number in range(200_000))
    problem = only_problem(f"{names}\nMr A Carter\n".encode())
    assert (problem.line, problem.column) == (1, "")
    assert problem.says.startswith("The line has 200,000 columns; 50 are the most.")
    _, problems = read(("name,from" + ",name" * 48 + "\n").encode())
    assert [each.says for each in problems] == ["The column is there more than once."]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding: str) -> None:
    problem = only_problem("name,from\nMr A Carter,2026-05-12\n".encode(encoding))
    assert problem.line == 1
    assert "UTF-16" in problem.says


def test_each_cell_in_the_windows_encoding_is_told_with_its_line() -> None:
    content = "name,from\nMr O\u2019Brien,1\nMr B,2\nMs Zo\u00eb,3\n".encode("cp1252")
    rows, problems = read(content)
    assert [(each.line, each.column) for each in problems] == [(2, "name"), (4, "name")]
    assert "0x92" in problems[0].says
    assert "“\u2019”" in problems[0].says
    assert "“\u00eb”" in problems[1].says
    assert rows[1] == ["Mr B", "2"]


def test_a_workbook_is_no_table() -> None:
    assert "workbook" in only_problem(b"PK\x03\x04rest").says


@pytest.mark.parametrize("content", [b"", codecs.BOM_UTF8])
def test_an_empty_file_is_told(content: bytes) -> None:
    assert "empty" in only_problem(content).says


def test_missing_doubled_and_unknown_columns_are_told_at_once() -> None:
    rows, problems = read(b"name,Name,colour,\nMr A Carter,x,y,z\n")
    assert rows == []
    assert [(each.line, each.column) for each in problems] == [
        (1, "name"),
        (1, "colour"),
        (1, ""),
        (1, "from"),
    ]
    assert "more than once" in problems[0].says
    assert "missing" in problems[3].says


def test_semicolons_are_named() -> None:
    assert "semicolons" in only_problem(b"name;from\nMr A Carter;2026-05-12\n").says


def test_too_many_and_too_few_cells_are_told_and_the_rest_is_read() -> None:
    rows, problems = read(b"name,from\na,b,c\nd\ne,f\n\n,\n")
    assert [each.line for each in problems] == [2, 3]
    assert rows == [["e", "f"]]


def test_nul_bytes_are_told_with_their_line() -> None:
    problem = only_problem(b"name,from\nMr A Carter,1\nMr\x00 B,2\n")
    assert (problem.line, problem.column) == (3, "name")
    assert "NUL" in problem.says


def test_other_characters_that_nobody_sees_are_told() -> None:
    assert "cannot be seen" in only_problem(b"name,from\nMr\x1b[2J A,1\n").says


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "-2", "+44 x", '  =cmd|" /C calc"!A0'])
def test_a_formula_is_told(cell: str) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    problem = only_problem(f"name,from\n{quoted},1\n".encode())
    assert (problem.line, problem.column) == (2, "name")
    assert "formula" in problem.says


def test_an_international_telephone_number_is_no_formula() -> None:
    rows, problems = read(b"name,from,telephone\na,b,+44 (0)1632 960001\n")
    assert not problems
    assert rows[0][2] == "+44 (0)1632 960001"


def test_a_quotation_mark_that_is_not_closed_ends_the_reading_there() -> None:
    rows, problems = read(b'name,from\na,b\n"c,d\ne,f\n')
    assert rows == [["a", "b"]]
    assert problems[0].line == 3
    assert "not closed" in problems[0].says


def test_lines_are_counted_through_cells_of_several_lines() -> None:
    problem = only_problem(b'name,from\n"a\nb",1\n=c,2\n')
    assert problem.line == 4


def test_a_very_long_cell_is_told_without_being_quoted() -> None:
    problem = only_problem(b"name,from\n" + b"a" * 5000 + b",1\n")
    assert "5,000" in problem.says
    assert len(problem.says) < 200


def test_more_rows_than_are_taken_end_the_reading() -> None:
    content = b"name,from\n" + b"a,b\n" * (sheets.MOST_ROWS + 3)
    problems = Problems()
    assert sum(1 for _ in sheets.rows(content, HEADINGS, problems)) == sheets.MOST_ROWS
    (problem,) = problems.kept
    assert problem.line == sheets.MOST_ROWS + 2
    assert "100,000" in problem.says


def test_a_file_that_is_too_large_is_not_read() -> None:
    content = b"name,from\n" + b"a" * sheets.MOST_BYTES
    assert "larger than 32 MB" in only_problem(content).says


def test_problems_beyond_those_that_are_kept_are_counted() -> None:
    problems = Problems()
    for line in range(sheets.MOST_PROBLEMS + 5):
        problems.add(line, "", "wrong")
    assert (len(problems.kept), problems.total) == (
        sheets.MOST_PROBLEMS,
        sheets.MOST_PROBLEMS + 5,
    )


CELLS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffd"), max_size=30
).map(str.strip)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8))
def test_what_is_written_is_read_back_and_nothing_in_it_is_a_formula(
    cells: list[tuple[str, str]],
) -> None:
    content = "".join(sheets.written(("name", "from"), cells)).encode()
    rows, problems = read(content)
    assert not problems
    assert rows == [list(each) for each in cells if any(each)]
    for line in content.decode("utf-8-sig").splitlines():
        assert line[:1] not in tuple("=+-@")
