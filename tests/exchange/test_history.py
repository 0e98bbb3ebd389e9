"""Reading a publication history from files as people have them."""

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cadence.exchange.publications import UNTITLED, read_publications
from cadence.exchange.table import CsvOptions
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.operations.imports import import_publications
from tests.builders import NOW, a_calendar, utc

ODDITIES = Path(__file__).parents[2] / "sample_data" / "oddities"


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return a_calendar().with_channel("Blog").with_channel("LinkedIn").build()


def a_file(folder: Path, text: str | bytes, name: str = "history.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refusal(path: Path, calendar: Calendar, options: CsvOptions | None = None) -> str:
    with pytest.raises(BadInput) as caught:
        read_publications(path, calendar, options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def read(name: str, calendar: Calendar) -> list[tuple[datetime, str]]:
    return [(row.at, row.title) for row in read_publications(ODDITIES / name, calendar)]


def test_a_date_alone_means_noon_in_the_zone_of_the_channel(tmp_path: Path) -> None:
    there = a_calendar().with_channel("Blog").with_channel("Tokyo", zone="Asia/Tokyo").build()
    path = a_file(tmp_path, "date,channel\n2026-07-01,Blog\n2026-12-01,Blog\n2026-12-01,Tokyo\n")
    assert [row.at for row in read_publications(path, there)] == [
        utc("2026-07-01T10:00"),
        utc("2026-12-01T11:00"),
        utc("2026-12-01T03:00"),
    ]


def test_a_spreadsheet_saved_in_italy_is_understood(calendar: Calendar) -> None:
    rows = read_publications(ODDITIES / "italian-excel.csv", calendar)
    assert [(row.at.date().isoformat(), row.title, row.author) for row in rows] == [
        ("2026-11-05", "Perché il tornio è più lento", "Anna"),
        ("2026-11-12", "Qualità; puntualità, e il caffè", "Luca"),
        ("2026-11-19", "L’officina di notte – 10 €", "Marco"),
    ]
    assert rows[1].link == "https://officine-rossi.example/caffe"
    assert rows[0].link is None


def test_dots_mean_that_the_day_comes_first_and_the_time_may_have_its_own_column(calendar: Calendar) -> None:
    assert read("german.csv", calendar) == [
        (utc("2026-11-02T08:30"), "Öl und Späne"),
        (utc("2026-11-03T11:00"), "Maß halten"),
    ]


def test_one_row_decides_the_order_of_day_and_month_for_the_whole_column(calendar: Calendar) -> None:
    assert read("american-bom.csv", calendar) == [
        (utc("2026-11-02T08:05"), "First on Monday"),
        (utc("2026-11-14T17:30"), 'A title with a "quote", and a comma'),
    ]


@pytest.mark.parametrize(
    ("name", "title"),
    [("utf16-tabs.csv", "Un caffè ☕"), ("excel-sep-line.csv", "One, two; three")],
)
def test_encoding_and_separator_are_found_out(name: str, title: str, calendar: Calendar) -> None:
    assert read(name, calendar) == [(utc("2026-11-02T11:00"), title)]


def test_a_title_becomes_one_line(calendar: Calendar) -> None:
    assert [title for _, title in read("line-breaks.csv", calendar)] == [
        "A caption in two lines",
        "after it",
    ]


def test_an_offset_is_converted_and_its_absence_means_local_time(calendar: Calendar) -> None:
    assert [at for at, _ in read("offsets.csv", calendar)] == [
        utc("2026-11-03T04:30"),
        utc("2026-11-02T09:00"),
        utc("2026-07-01T07:00"),
    ]


def test_a_guarded_formula_loses_its_guard_and_an_apostrophe_stays(calendar: Calendar) -> None:
    assert [title for _, title in read("formulas.csv", calendar)] == ["=SUM(A1:A9)", "'tis the season"]


def test_a_blogs_history_is_imported_once(calendar: Calendar) -> None:
    rows = read_publications(ODDITIES / "team-blog.csv", calendar)
    assert len(rows) == 12
    assert rows[1].author == "Rosa Neri and Ugo Verdi"
    once = import_publications(calendar, None, rows, now=NOW).on(calendar)
    assert len(once.posts) == 12
    assert not import_publications(once, None, rows, now=NOW)


def test_dates_that_could_be_read_both_ways_are_asked_about(calendar: Calendar) -> None:
    path = ODDITIES / "ambiguous-dates.csv"
    assert "--date-format DD/MM/YYYY or MM/DD/YYYY" in refusal(path, calendar)
    months = [
        [row.at.month for row in read_publications(path, calendar, CsvOptions(date_format=given))]
        for given in ("DD/MM/YYYY", "MM/DD/YYYY", "%d/%m/%Y")
    ]
    assert months == [[4, 6], [3, 5], [4, 6]]


def test_dates_that_contradict_each_other_are_refused(calendar: Calendar) -> None:
    said = refusal(ODDITIES / "contradicting-dates.csv", calendar)
    assert "line 2 has the day first, line 3 the month" in said


def test_the_same_day_and_month_is_not_ambiguous(calendar: Calendar, tmp_path: Path) -> None:
    path = a_file(tmp_path, "date,channel\n04/04/2026,Blog\n")
    assert read_publications(path, calendar)[0].at == datetime(2026, 4, 4, 10, tzinfo=UTC)


def test_a_heading_can_be_mapped(calendar: Calendar, tmp_path: Path) -> None:
    path = a_file(tmp_path, "Wann,Wo,Was\n2026-11-02,Blog,Dies\n")
    assert "no column looks like the date (it has: Wann, Wo, Was)" in refusal(path, calendar)
    options = CsvOptions(columns={"date": "wann", "channel": "Wo", "title": "Was"})
    assert read_publications(path, calendar, options)[0].title == "Dies"


def test_all_rows_can_go_to_one_channel_or_name_new_ones(calendar: Calendar, tmp_path: Path) -> None:
    bare = a_file(tmp_path, "date\n2026-11-02\n", "bare.csv")
    assert read_publications(bare, calendar, CsvOptions(channel="blog"))[0].channel == "Blog"
    assert read_publications(bare, calendar, CsvOptions(channel="blog"))[0].title == UNTITLED
    new = a_file(tmp_path, "date,channel\n2026-11-02,Mastodon\n")
    said = refusal(new, calendar)
    assert "line 2, column 2 (channel): there is no channel 'Mastodon'" in said
    assert "cadence channel add Mastodon" in said
    assert read_publications(new, calendar, CsvOptions(create_channels=True))[0].channel == "Mastodon"


def test_the_first_bad_row_is_named_and_the_others_counted(calendar: Calendar, tmp_path: Path) -> None:
    path = a_file(
        tmp_path, "date,channel,title\n2026-11-02,Blog,fine\n2026-02-30,Blog,x\n,Blog,y\nsoon,Blog,z\n"
    )
    said = refusal(path, calendar)
    assert said.startswith("history.csv, line 3, column 1 (date): '2026-02-30' is no date")
    assert "(and 2 more bad rows)" in said
    assert said.endswith("nothing was imported")


def test_lines_are_counted_as_an_editor_counts_them(calendar: Calendar, tmp_path: Path) -> None:
    path = a_file(tmp_path, 'date,channel,title\n2026-11-02,Blog,"two\nlines"\n\n2026-11-03,Nowhere,x\n')
    assert "line 5, column 2" in refusal(path, calendar)


LONG = "x" * 201


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("date,channel\n2026-11-02,Blog,surplus\n", "line 2, column 3: more cells than the 2 columns"),
        (f"date,channel,title\n2026-11-02,Blog,{LONG}\n", "column 3 (title): must have at most 200"),
        ("date,channel,link\n2026-11-02,Blog,not a link\n", "line 2, column 3 (link): holds characters"),
        ("date,channel,title\n2026-11-02,Blog,a\x07b\n", "column 3 (title): holds characters"),
        ("date,date,channel\n2026-11-02,2026-11-03,Blog\n", "column 'date' stands there twice"),
        ("date,channel\n1066-10-14,Blog\n", "outside 1990 to 2200"),
        ("date,channel\n2026-11-02 25:00,Blog\n", "is no date or time that exists"),
        ("date,channel\n2026-11-02 09:00+99:00,Blog\n", "is no date or time that exists"),
        ("date,time,channel\n2026-11-02,noon,Blog\n", "column 2 (time): 'noon' is not a time of day"),
        ('date,channel\n2026-11-02,"Blo"g\n', "line 2: "),
        ("date,channel\n2026-11-02," + '"' + "y" * 200_000, "line 2: "),
        ('date,"cha\x1b[31m\nnnel"\n2026-11-02,Blog\n', "(it has: date, cha [31m nnel)"),
        (b"date,channel\n2026-11-02,Bl\x81g\n", "line 2, character 14: not cp1252 text"),
    ],
)
def test_a_bad_file_gets_one_line_that_names_the_place(
    text: str | bytes, said: str, calendar: Calendar, tmp_path: Path
) -> None:
    assert said in refusal(a_file(tmp_path, text), calendar)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("unclosed-quote.csv", "line 3: a quote is never closed"),
        ("nul-byte.csv", "line 2, character 18: a NUL byte"),
    ],
)
def test_a_damaged_file_is_refused(name: str, said: str, calendar: Calendar) -> None:
    assert said in refusal(ODDITIES / name, calendar)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (CsvOptions(encoding="klingon"), "unknown encoding 'klingon'"),
        (CsvOptions(encoding="ascii"), "not ascii text"),
        (CsvOptions(separator="--"), "cannot separate columns"),
        (CsvOptions(date_format="whenever"), "unknown date format"),
        (CsvOptions(columns={"date": "Dato"}), "did you mean 'Data'?"),
        (CsvOptions(columns={"when": "Data"}), "there is no column 'when' to map"),
        (CsvOptions(channel="Nowhere"), "there is no channel 'Nowhere'"),
    ],
)
def test_a_bad_option_is_explained(options: CsvOptions, said: str, calendar: Calendar) -> None:
    assert said in refusal(ODDITIES / "italian-excel.csv", calendar, options)


def test_what_is_no_ordinary_file_is_never_opened(calendar: Calendar, tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path, calendar)
    assert "there is no file" in refusal(tmp_path / "nothing.csv", calendar)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        assert "is not an ordinary file" in refusal(tmp_path / "socket", calendar)


def test_a_file_that_is_too_large_is_not_read(calendar: Calendar, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(51_000_000)
    assert "has 51 MB, at most 50 MB can be read" in refusal(path, calendar)


def test_a_file_with_too_many_rows_is_refused(calendar: Calendar, tmp_path: Path) -> None:
    path = a_file(tmp_path, "date\n" + "2026-11-02\n" * 200_001)
    assert "more than 200,000 rows" in refusal(path, calendar, CsvOptions(channel="Blog"))
