//! Observations: what is written is read back, from CSV and serde alike, and every mistake is reported with its place.

mod hostile;
mod ranges;
mod spreadsheets;

use chrono::NaiveDate;
use force_drawdown::{
    Agreement, Observation, ObservationKind, Part, Period, Quantity, ReadError, Share,
    assessment::{Counted, CsvError, CsvMistake},
    terms::Ratio,
};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use crate::support::day;

fn csv(text: impl AsRef<[u8]>) -> Vec<Observation> {
    Observation::read_csv(text.as_ref()).unwrap()
}

/// Every mistake of a text, as it is displayed.
fn mistakes(text: impl AsRef<[u8]>) -> Vec<String> {
    match Observation::read_csv(text.as_ref()) {
        Ok(_) => Vec::new(),
        Err(CsvError::Rows(bad)) => bad.to_string().lines().map(str::to_owned).collect(),
        Err(CsvError::Io(error)) => panic!("{error}"),
    }
}

#[test]
fn every_column_is_read_in_any_order() {
    let text = "note,kind,source,published,withdrawn_share,withdrawn,present,date,force\n\
                seen,forecast,report,2025-10-02,,,\"about 2,500\",2025-09-30,us\n\
                ,,,,12.5%,,,mid-2011,\n\
                ,count,,,,hundreds,,2025-Q3,\n";
    let seen = csv(text);
    let whole = Observation {
        published: Some(day("2025-10-02")),
        source: Some("report".to_owned()),
        kind: Some(ObservationKind::Forecast),
        note: Some("seen".to_owned()),
        ..Observation::present(day("2025-09-30"), Quantity::About(2_500)).of("us")
    };
    let share = Share::Exact(Ratio::new(125, 1_000).unwrap());
    let counted = Observation {
        kind: Some(ObservationKind::Count),
        ..Observation::withdrawn(Part::Quarter(2025, 3), Quantity::Hundreds)
    };
    assert_eq!(seen, [whole, Observation::withdrawn_share(Period::Mid(Part::Year(2011)), share), counted]);
}

#[test]
fn spreadsheets_of_every_kind_are_read() {
    let five = [Observation::present(Part::Year(2025), Quantity::Exact(5)), Observation::present(Part::Year(2026), 5)];
    for text in [
        "date,present\n2025,5\n2026,5\n",
        "date,present\n2025,5\n2026,5",
        "date,present\r\n2025,5\r\n2026,5\r\n",
        "date,present\r2025,5\r2026,5\r",
        "\u{feff}date,present\n2025,5\n2026,5\n",
        "\u{feff}\"date\",\"present\"\r\n\"2025\",\"5\"\r\n\"2026\",\"5\"\r\n",
        "\n\r\ndate,present\n\n\n2025,5\r\n\r\n2026,5\n\n",
    ] {
        assert_eq!(csv(text), five, "{text:?}");
    }
    let quoted = csv("date,present,note\n2025,5,\"one, \"\"two\"\"\r\nthree\"\n");
    assert_eq!(quoted[0].note.as_deref(), Some("one, \"two\"\r\nthree"));
    assert_eq!(csv("date,present\n"), []);
}

#[test]
fn each_mistake_of_a_header_has_its_words() {
    for (text, expected) in [
        (
            "",
            vec![
                "line 1: the column \"date\" is required",
                "line 1: one of the columns present, withdrawn, withdrawn_share is required",
            ],
        ),
        (
            "force\nus\n",
            vec![
                "line 1: the column \"date\" is required",
                "line 1: one of the columns present, withdrawn, withdrawn_share is required",
            ],
        ),
        ("present\n5\n", vec!["line 1: the column \"date\" is required"]),
        ("date,force\n2025,us\n", vec!["line 1: one of the columns present, withdrawn, withdrawn_share is required"]),
        (
            "date,presnt, note\n2025,5,\n",
            vec![
                "line 1, column 2: no column \"presnt\" belongs here; the columns are force, date, until, present, withdrawn, \
             withdrawn_share, since, published, source, kind, note; did you mean \"present\"?",
            ],
        ),
        ("\n\ndate,present,date,\n", vec!["line 3, column 3 (date): the column is written more than once; keep one"]),
        (
            "date,,present\n2025,5\n",
            vec![
                "line 1, column 2: no column \"\" belongs here; the columns are force, date, until, present, withdrawn, \
             withdrawn_share, since, published, source, kind, note",
            ],
        ),
        ("date,\"present\n2025,5\n", vec!["line 1: a quote is opened here and never closed"]),
    ] {
        assert_eq!(mistakes(text), expected, "{text:?}");
    }
    assert_eq!(mistakes(b"date,\xff,present\n"), ["line 1, column 2: the cell is not UTF-8"]);
    assert!(
        mistakes("\u{feff}\u{feff}date,present\n")[0]
            .starts_with("line 1, column 1: no column \"\\u{feff}date\" belongs here")
    );
}

#[test]
fn each_mistake_of_a_row_has_its_words() {
    const HEADER: &str = "date,present,withdrawn,withdrawn_share,published,kind,note\n";
    for (row, expected) in [
        (
            "2025-9,5,,,,,",
            vec![
                "line 2, column 1 (date): write a day as YYYY-MM-DD, or days as 2025-09, 2025-Q3 or \
             2025-09-01/2025-10-15, found \"2025-9\"; did you mean \"2025-09\"?",
            ],
        ),
        (
            "open,5,,,,,",
            vec![
                "line 2, column 1 (date): write a day as YYYY-MM-DD, or days as 2025-09, 2025-Q3 or \
             2025-09-01/2025-10-15, found \"open\"; write the stretch of days in which it surely was, such as \"2025\"",
            ],
        ),
        (",5,,,,,", vec!["line 2, column 1 (date): the date is required, and the cell is empty"]),
        (
            "2025,about,,,,,",
            vec![
                "line 2, column 2 (present): expected a number of people up to 4294967294, such as 2500, \"about 2500\", \
             \"between 250 and 350\", \"hundreds\" or \"unspecified\", found \"about\"",
            ],
        ),
        (
            "2025,, five,,,,",
            vec![
                "line 2, column 3 (withdrawn): expected a number of people up to 4294967294, such as 2500, \"about 2500\", \
             \"between 250 and 350\", \"hundreds\" or \"unspecified\", found \"five\"",
            ],
        ),
        (
            "2025,,,50,,,",
            vec![
                "line 2, column 4 (withdrawn_share): expected a share of the baseline, such as \"50%\", \"2/3\" or \"about 30%\", \
             found \"50\"; did you mean \"50%\"?",
            ],
        ),
        (
            "2025,5,,,2025-1-1,,",
            vec![
                "line 2, column 5 (published): write a day as YYYY-MM-DD, found \"2025-1-1\"; did you mean \"2025-01-01\"?",
            ],
        ),
        (
            "2025,5,,,,counted,",
            vec![
                "line 2, column 6 (kind): expected one of count, forecast, doubtful, found \"counted\"; did you mean \"count\"?",
            ],
        ),
        (
            "2025,,,,,,",
            vec![
                "line 2, column 2 (present): exactly one of present, withdrawn, withdrawn_share is required; found none",
            ],
        ),
        (
            "2025,5,,50%,,,",
            vec![
                "line 2, column 4 (withdrawn_share): exactly one of present, withdrawn, withdrawn_share is required; found present, \
             withdrawn_share",
            ],
        ),
        ("2025,5,,,,", vec!["line 2, column 7 (note): the row has 6 cells, where the header has 7"]),
        (
            "2025,5,,,,,,x",
            vec![
                "line 2, column 8: the row has 8 cells, where the header has 7; put a cell that holds a separator in quotes",
            ],
        ),
        (
            "2025,5,,,,,said \"so\"",
            vec!["line 2: a cell has a quote in it; put the whole cell in quotes, and write a quote within it twice"],
        ),
        (
            "2025,5,,,,,\"said\" so",
            vec!["line 2: a cell has a quote in it; put the whole cell in quotes, and write a quote within it twice"],
        ),
        ("2025,5,,,,,\"said", vec!["line 2: a quote is opened here and never closed"]),
        (
            ",,,,2025,,",
            vec![
                "line 2, column 1 (date): the date is required, and the cell is empty",
                "line 2, column 2 (present): exactly one of present, withdrawn, withdrawn_share is required; found none",
                "line 2, column 5 (published): write a day as YYYY-MM-DD, found \"2025\"; one day is needed: write one, such as \
                 \"2025-01-01\", and in a note that the day is not known",
            ],
        ),
    ] {
        assert_eq!(mistakes(format!("{HEADER}{row}\n")), expected, "{row:?}");
    }
    assert_eq!(
        mistakes(b"date,present,note\n2025,5,\xe9\n2025,5,\xc3\xa9\n"),
        ["line 2, column 3 (note): the cell is not UTF-8"]
    );
}

#[test]
fn rows_without_a_mistake_are_kept_beside_the_mistakes() {
    let text = "date,present,note\r\n2025,5,\"a\r\nb\"\r\n\r\n2025,x,\n2026,6,\n2027,,\n";
    let Err(CsvError::Rows(bad)) = Observation::read_csv(text.as_bytes()) else { panic!("it has two mistakes") };
    let places: Vec<_> = bad.cells.iter().map(|cell| (cell.line, cell.column, cell.name)).collect();
    assert_eq!(places, [(5, Some(2), Some("present")), (7, Some(2), Some("present"))]);
    assert!(matches!(&bad.cells[1].mistake, CsvMistake::Count { found } if found == "none"));
    let dates: Vec<_> = bad.good.iter().map(|seen| seen.date).collect();
    assert_eq!(dates, [Period::Of(Part::Year(2025)), Period::Of(Part::Year(2026))]);
}

#[test]
fn each_mistake_of_a_list_has_its_path() {
    let json = r#"[
        { "date": "2025-09-30", "present": 5 },
        { "date": "2025-9-30", "present": 5.5, "kind": "hope", "published": "now" },
        { "present": 5, "withdrawn": 5 },
        { "date": "2025", "presnt": 5 },
        { "date": "2025", "date": "2025", "withdrawn_share": "most", "note": 5 },
        5,
        { "date": { "after": "signature" }, "present": null }
    ]"#;
    let Err(ReadError::Invalid(invalid)) = Observation::read_list(&mut serde_json::Deserializer::from_str(json)) else {
        panic!("it has mistakes")
    };
    let found: Vec<_> = invalid.violations().iter().map(|violation| (violation.code(), violation.path())).collect();
    assert_eq!(
        found.iter().map(|(code, path)| (*code, path.as_str())).collect::<Vec<_>>(),
        [
            ("malformed-deadline", "[1].date"),
            ("malformed-quantity", "[1].present"),
            ("unknown-word", "[1].kind"),
            ("malformed-date", "[1].published"),
            ("count-kind", "[2]"),
            ("missing-field", "[2].date"),
            ("unknown-field", "[3].presnt"),
            ("duplicate-key", "[4].date"),
            ("malformed-share", "[4].withdrawn_share"),
            ("wrong-type", "[4].note"),
            ("wrong-type", "[5]"),
            ("wrong-type", "[6].date"),
            ("count-kind", "[6]"),
        ]
    );
    let words: Vec<_> =
        invalid.violations().iter().filter(|found| found.code() == "count-kind").map(ToString::to_string).collect();
    assert_eq!(
        words,
        [
            "count-kind at [2]: an observation has exactly one of present, withdrawn, withdrawn_share; found present, withdrawn",
            "count-kind at [6]: an observation has exactly one of present, withdrawn, withdrawn_share; found none",
        ]
    );
}

#[test]
fn what_an_agreement_cannot_judge_is_found() {
    let agreement = |forces: &str| -> Agreement {
        let json = format!(
            r#"{{ "title": "T", "parties": [{{ "id": "a", "name": "A", "role": "sending" }}], "forces": [{forces}],
                "phases": [{{ "id": "1", "by": "2030" }}],
                "amendments": [{{ "title": "A", "adopted": "2024-01-01", "changes": [{{ "add_force": {{ "id": "late" }} }}] }}] }}"#
        );
        serde_json::from_str(&json).unwrap()
    };
    let (one, two) = (agreement(r#"{ "id": "us" }"#), agreement(r#"{ "id": "us" }, { "id": "uk" }"#));
    let year = Period::Of(Part::Year(2025));
    let seen = [
        Observation::present(year, 5),
        Observation::present(year, 5).of("late"),
        Observation::present(year, 5).of("fr"),
        Observation::withdrawn(year, Quantity::FewerThan(0)).of("us"),
        Observation::withdrawn_share(Period::Between(Part::Year(2026), Part::Year(2025)), Share::percent(101)).of("us"),
    ];
    let words = |agreement: &Agreement| -> Vec<String> {
        agreement.check_observations(&seen).iter().map(ToString::to_string).collect()
    };
    let shared = [
        "unknown-force at [2].force: no force has the id \"fr\"; the forces are us, late",
        "quantity-out-of-range at [3].withdrawn: \"fewer than 0\" holds no number, or one above 4294967294; accepted are \
         intervals within 0..4294967294",
        "date-out-of-range at [4].date: 2026/2025 gives no day within the years 1 to 9999",
        "share-out-of-range at [4].withdrawn_share: \"101%\" is not within 0% to 100%, or is empty",
    ];
    assert_eq!(words(&one), shared);
    let of_two = words(&two);
    assert_eq!(
        of_two[0],
        "force-not-named at [0].force: name the force, because the document has several: us, uk, late"
    );
    assert_eq!(of_two.len(), 5);
}

fn quantity() -> impl Strategy<Value = Quantity> {
    prop_oneof![
        any::<u32>().prop_map(Quantity::Exact),
        any::<u32>().prop_map(Quantity::About),
        any::<(u32, u32)>().prop_map(|(n, m)| Quantity::PlusMinus(n, m)),
        any::<(u32, u32)>().prop_map(|(a, b)| Quantity::Between(a.min(b), a.max(b))),
        any::<(u32, u32)>().prop_map(|(a, b)| Quantity::Range(a.min(b), a.max(b))),
        any::<u32>().prop_map(Quantity::AtLeast),
        any::<u32>().prop_map(Quantity::JustOver),
        Just(Quantity::Dozens),
        Just(Quantity::Unspecified),
    ]
    .prop_filter("out of range", |quantity| quantity.band().is_some())
}

fn share() -> impl Strategy<Value = Share> {
    let ratio = || {
        prop_oneof![
            (any::<u32>(), 1_u32..).prop_map(|(n, d)| Ratio::new(n.min(d), n.max(d)).unwrap()),
            (0_u32..=10_000).prop_map(|n| Ratio::new(n, 10_000).unwrap()),
        ]
    };
    prop_oneof![
        ratio().prop_map(Share::Exact),
        ratio().prop_map(Share::MoreThan),
        (ratio(), ratio()).prop_map(|(a, b)| Share::Range(a, b)),
    ]
    .prop_filter("out of range", |share| share.bounds().is_some())
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (1_i32..=9999, 1_u32..=366).prop_filter_map("not a leap year", |(year, day)| NaiveDate::from_yo_opt(year, day))
}

fn period() -> impl Strategy<Value = Period> {
    prop_oneof![
        date().prop_map(Period::from),
        (1_u16..=9999, 1_u8..=12).prop_map(|(year, month)| Period::Of(Part::Month(year, month))),
        (1_u16..=9999, 1_u8..=4).prop_map(|(year, quarter)| Period::EndOf(Part::Quarter(year, quarter))),
        (1_u16..=9999).prop_map(|year| Period::Mid(Part::Year(year))),
        (1_u16..5000, 5000_u16..=9999).prop_map(|(a, b)| Period::Between(Part::Year(a), Part::Year(b))),
    ]
}

fn observation() -> impl Strategy<Value = Observation> {
    let text = || proptest::option::of("[ -~é\u{feff}\r\n\t\",;]{1,12}");
    let counted = prop_oneof![
        quantity().prop_map(Counted::Present),
        quantity().prop_map(Counted::Withdrawn),
        share().prop_map(Counted::WithdrawnShare),
    ];
    let kind = proptest::option::of(proptest::sample::select(ObservationKind::ALL));
    let days = || proptest::option::of(date());
    (text(), period(), counted, [days(), days(), days()], text(), kind, text()).prop_map(
        |(force, date, counted, [until, since, published], source, kind, note)| {
            // A count holds from a day on; and who is present is counted from no baseline.
            let until = until.filter(|&until| matches!(date, Period::Of(Part::Day(first)) if first <= until));
            let since = since.filter(|_| !matches!(counted, Counted::Present(_)));
            Observation { force, date, until, counted, since, published, source, kind, note }
        },
    )
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Seen {
    observations: Vec<Observation>,
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(seen in proptest::collection::vec(observation(), 0..8)) {
        let mut text = Vec::new();
        Observation::write_csv(&seen, &mut text).unwrap();
        prop_assert_eq!(&csv(text), &seen);

        let json = serde_json::to_string(&seen).unwrap();
        prop_assert_eq!(&Observation::read_list(&mut serde_json::Deserializer::from_str(&json)).unwrap(), &seen);
        prop_assert_eq!(&serde_json::from_str::<Vec<Observation>>(&json).unwrap(), &seen);

        let seen = Seen { observations: seen };
        let toml = toml::to_string(&seen).unwrap();
        prop_assert_eq!(toml::from_str::<Seen>(&toml).unwrap(), seen);
    }

    #[test]
    fn a_broken_cell_is_the_only_mistake(seen in proptest::collection::vec(observation(), 1..8), broken in any::<prop::sample::Index>()) {
        let broken = broken.index(seen.len());
        let mut text = Vec::new();
        Observation::write_csv(&seen[..broken], &mut text).unwrap();
        // As lines are counted: CR, LF or both of them end one.
        let returns = |text: &[u8]| String::from_utf8_lossy(text).replace("\r\n", "\n").replace('\r', "\n").matches('\n').count();
        let line = 1 + returns(&text) as u64;
        text.extend_from_slice(b",2025,,5,6,,,,,,\n");
        let mut rest = Vec::new();
        Observation::write_csv(&seen[broken..], &mut rest).unwrap();
        let header = rest.iter().position(|&byte| byte == b'\n').unwrap() + 1;
        text.extend_from_slice(&rest[header..]);
        let Err(CsvError::Rows(bad)) = Observation::read_csv(text.as_slice()) else { panic!("it has a mistake") };
        let places: Vec<_> = bad.cells.iter().map(|cell| (cell.line, cell.name)).collect();
        prop_assert_eq!(places, [(line, Some("withdrawn"))]);
        prop_assert_eq!(bad.good, seen.as_slice());
    }
}

#[test]
fn the_kind_of_an_observation_is_read_on_its_own() {
    for kind in ObservationKind::ALL {
        let text = serde_json::to_string(kind).unwrap();
        assert_eq!(serde_json::from_str::<ObservationKind>(&text).unwrap(), *kind);
    }
    assert!(serde_json::from_str::<ObservationKind>(r#""seen""#).is_err());
}

/// A cell has the help of the same text in a document, and one column alone that is none is misspelled, or has cells that
/// something else separates.
#[test]
fn a_mistake_in_csv_has_the_help_of_its_kind() {
    let help = |found: Vec<String>| found[0].rsplit("; ").next().unwrap().to_owned();
    assert_eq!(help(mistakes("date,present\n2025-01-01,approx. 300\n")), "did you mean \"about 300\"?");
    assert_eq!(help(mistakes("date,withdrawn_share\n2025-01-01,0.5\n")), "did you mean \"50%\"?");
    let iraq = crate::support::iraq();
    let Err(CsvError::Rows(bad)) = iraq.read_observations("force,date,present\nuss,2025-01-01,5\n".as_bytes()) else {
        panic!("no force has that id")
    };
    assert_eq!(help(vec![bad.to_string()]), "did you mean \"us\"?");
    assert!(mistakes("dates\n")[0].starts_with("line 1, column 1: no column \"dates\" belongs here"));
}

/// Nor where what is wrong is a cell that an observation can do without.
#[test]
fn a_row_with_a_mistake_is_no_good_row() {
    let text = "date,present,published,kind\n2025-01-01,5,,counted\n2025-01-02,6,,\n2025-01-03,7,soon,\n";
    let Err(CsvError::Rows(bad)) = Observation::read_csv(text.as_bytes()) else { panic!("two rows are bad") };
    assert_eq!((bad.cells.len(), bad.good), (2, vec![Observation::present(day("2025-01-02"), 6)]));
}
