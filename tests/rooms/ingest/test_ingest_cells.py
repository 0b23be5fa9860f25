import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplary.ingest.cells import DATATYPES, Column, canonical, read_cell
from triplary.terms import XSD, Literal


def typed(value: str, datatype: str) -> Literal:
    return Literal(value, XSD + datatype)


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        (" Solar Open 100B\n", "string", Literal("Solar Open 100B")),
        ("ALLaM\u00a0adapted\n 70B", "token", Literal("ALLaM adapted 70B")),
        ("102000000000.0", "integer", typed("102000000000", "integer")),
        ("247000000.00000003", "integer", typed("247000000", "integer")),
        ("9007199254740993", "integer", typed("9007199254740993", "integer")),
        ("1e3", "integer", typed("1000", "integer")),
        ("2.69000000000001e+24", "double", typed("2.69E24", "double")),
        ("0", "double", typed("0.0E0", "double")),
        ("-0.00015", "double", typed("-1.5E-4", "double")),
        ("37334304.97660001", "decimal", typed("37334304.9766", "decimal")),
        ("0.70", "decimal", typed("0.7", "decimal")),
        ("20", "decimal", typed("20.0", "decimal")),
        ("2025-12-31", "date", typed("2025-12-31", "date")),
        ("2024.0", "gYear", typed("2024", "gYear")),
        ("2024-06", "gYearMonth", typed("2024-06", "gYearMonth")),
        ("true", "boolean", typed("true", "boolean")),
        ("https://x.org/a;b?c=1,2", "anyURI", typed("https://x.org/a;b?c=1,2", "anyURI")),
        # One letter, composed: NFC, so that a name has one IRI.
        ("Universite\u0301", "string", Literal("Universit\u00e9")),
    ],
)
def test_a_cell_is_read_as_its_datatype(text: str, datatype: str, value: Literal) -> None:
    assert read_cell(text, Column("c", datatype=datatype)) == ((value,), ())


@pytest.mark.parametrize(
    ("text", "datatype", "reason"),
    [
        ("1,2", "integer", "“1,2” is not a whole number"),
        ("1.5", "integer", "“1.5” is not a whole number"),
        ("1,2", "double", "“1,2” is not a number"),
        ("NaN", "double", "“NaN” is not a finite number"),
        ("31.12.2025", "date", "“31.12.2025” is not a date like 2026-01-31"),
        ("2025-02-30", "date", "“2025-02-30” is not a date like 2026-01-31"),
        ("2024.5", "gYear", "“2024.5” is not a year"),
        ("2024-13", "gYearMonth", "“2024-13” is not a month like 2026-01"),
        ("yes", "boolean", "“yes” is neither true nor false"),
        ("arxiv.org/abs/1", "anyURI", "“arxiv.org/abs/1” is not a web address"),
        ("https://x.org/ (gone)", "anyURI", "“https://x.org/ (gone)” is not a web address"),
    ],
)
def test_a_bad_cell_is_refused_with_its_reason(text: str, datatype: str, reason: str) -> None:
    assert read_cell(text, Column("c", datatype=datatype)) == ((), (reason,))


def test_a_pattern_refuses_what_does_not_fit() -> None:
    column = Column("c", format="Q[1-9][0-9]*")
    assert read_cell("Q14772", column) == ((Literal("Q14772"),), ())
    assert read_cell("Q0", column) == ((), ("“Q0” does not fit the pattern Q[1-9][0-9]*",))


def test_true_and_false_may_have_other_words() -> None:
    column = Column("c", datatype="boolean", format="True|False")
    assert read_cell("True", column)[0] == (typed("true", "boolean"),)
    assert read_cell("False", column)[0] == (typed("false", "boolean"),)


def test_a_separator_does_not_cut_a_name_that_is_kept_whole() -> None:
    column = Column("c", separator=",", whole=("NERSC, Lawrence Berkeley National Laboratory",))
    values, reasons = read_cell(
        "NVIDIA,NERSC, Lawrence Berkeley National Laboratory, Rice University", column
    )
    assert reasons == ()
    assert [value.value for value in values] == [
        "NVIDIA",
        "NERSC, Lawrence Berkeley National Laboratory",
        "Rice University",
    ]


def test_a_bad_part_leaves_the_good_parts() -> None:
    column = Column("c", datatype="integer", separator=";")
    assert read_cell("1; x;3", column) == (
        (typed("1", "integer"), typed("3", "integer")),
        ("“x” is not a whole number",),
    )


def test_a_null_is_no_value_and_an_empty_part_neither() -> None:
    assert read_cell("Unknown", Column("c", nulls=("", "Unknown"))) == ((), ())
    assert read_cell("a,,Unknown", Column("c", separator=",", nulls=("", "Unknown"))) == (
        (Literal("a"),),
        (),
    )
    assert read_cell("  ", Column("c", required=True)) == ((), ("a value is required",))


def test_a_pattern_splits_where_one_separator_is_not_enough() -> None:
    column = Column("c", datatype="anyURI", pattern=r"[\s,;]+(?=https?://)|[\s,]+$")
    values, reasons = read_cell("https://a.org/,\nhttps://b.org/x; https://c.org, ", column)
    assert reasons == ()
    assert [value.value for value in values] == [
        "https://a.org/",
        "https://b.org/x",
        "https://c.org",
    ]


@given(st.text(), st.sampled_from(sorted(DATATYPES)))
def test_any_text_is_either_read_or_refused(text: str, datatype: str) -> None:
    values, reasons = read_cell(text, Column("c", datatype=datatype))
    assert len(values) + len(reasons) == (1 if text.strip() else 0)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_twelve_digits(number: float) -> None:
    (value,), _ = read_cell(repr(number), Column("c", datatype="double"))
    assert float(value.value) == float(f"{number:.11e}")
    assert canonical(value) == value


@pytest.mark.parametrize(
    ("text", "datatype", "format", "value"),
    [
        ("2024/04", "gYearMonth", "yyyy/MM", "2024-04"),
        ("3.4.2020", "date", "d.M.yyyy", "2020-04-03"),
        ("2024.0", "gYear", "", "2024"),
    ],
)
def test_dates_are_read_as_they_are_written(
    text: str, datatype: str, format: str, value: str
) -> None:
    column = Column("date", datatype=datatype, format=format)
    assert read_cell(text, column) == ((Literal(value, XSD + datatype),), ())


def test_a_date_that_is_written_otherwise_is_refused() -> None:
    column = Column("date", datatype="date", format="d.M.yyyy")
    assert read_cell("2020-04-03", column) == ((), ("“2020-04-03” is not written as d.M.yyyy",))
