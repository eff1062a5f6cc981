//! CSV as spreadsheets and other programs write it, and what a spreadsheet makes of ours.

use force_drawdown::{Observation, Part, Quantity, catalog};
use proptest::prelude::*;

use super::{csv, mistakes};

/// A count of five people, or so many.
fn in_2025(number: u32) -> Observation {
    Observation::present(Part::Year(2025), number)
}

#[test]
fn cells_may_be_separated_by_commas_semicolons_or_tabs() {
    let expected = csv("date,present,note\n2025,5,\"a,b;c\td\"\n2026,6,\n");
    assert_eq!(expected[0].note.as_deref(), Some("a,b;c\td"));
    for text in [
        "date;present;note\n2025;5;\"a,b;c\td\"\n2026;6;\n",
        "date\tpresent\tnote\n2025\t5\t\"a,b;c\td\"\n2026\t6\t\n",
        "\"date\";\"present\";\"note\"\r\n\"2025\";\"5\";\"a,b;c\td\"\r\n\"2026\";\"6\";\"\"\r\n",
        "sep=;\r\ndate;present;note\r\n2025;5;\"a,b;c\td\"\r\n2026;6;\r\n",
        "\u{feff}SEP=\t\ndate\tpresent\tnote\n2025\t5\t\"a,b;c\td\"\n2026\t6\t\n",
        "\"sep=;\"\ndate;present;note\n2025;5;\"a,b;c\td\"\n2026;6;\n",
        "sep=,\ndate,present,note\n2025,5,\"a,b;c\td\"\n2026,6,\n",
    ] {
        assert_eq!(csv(text), expected, "{text:?}");
    }
    // What separates the cells of the header does so to the end of the file; the others are text.
    assert_eq!(csv("date;present\n2025;2,500\n2026;5\n")[0].counted.to_string(), "2500 present");
    assert_eq!(csv("date,present,note\n2025,5,a;b\tc\n")[0].note.as_deref(), Some("a;b\tc"));
    for text in ["date|present\n2025|5\n", "sep=|\ndate|present\n2025|5\n"] {
        let found = text.lines().next().unwrap();
        let line = format!("line 1, column 1: cells are separated by commas, semicolons or tabs, found {found:?}");
        assert_eq!(mistakes(text), [line]);
    }
}

#[test]
fn headers_are_read_in_any_case_and_without_spaces_around_them() {
    let seen = csv(" Date ,PRESENT, Withdrawn_Share,Note\n2025, 5 ,, seen \n 2026 ,,50% ,\n");
    assert_eq!(seen[0], in_2025(5).note(" seen "));
    assert_eq!(seen[1].counted.to_string(), "50% withdrawn");
    let twice = "line 1, column 2 (date): the column is written more than once; keep one";
    assert_eq!(mistakes("Date,date,present\n"), [twice]);
    let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
    let seen = iraq.read_observations("date, Force, present\n2025-09-30, us, 2100\n".as_bytes()).unwrap();
    assert_eq!(seen[0].force.as_deref(), Some("us"));
}

#[test]
fn empty_rows_and_columns_at_the_end_are_passed_over() {
    let expected = csv("date,present,note\n2025,5,\n2026,6,x\n");
    for text in [
        "date,present,note,,\n2025,5,,,\n,,,,\n2026,6,x,,\n,,,,\n",
        "date,present,note\n2025,5,,,,,\n ,\t,\n2026,6,x,\n\"\",\"\",\"\"\n",
        "date,present,note, ,\"\"\n2025,5,\n2026,6,x, ,\n",
    ] {
        assert_eq!(csv(text), expected, "{text:?}");
    }
    let cells = |column: &str, found: u32, expected: u32| {
        let help = if found > expected { "; put a cell that holds a separator in quotes" } else { "" };
        vec![format!("line 2, column {column}: the row has {found} cells, where the header has {expected}{help}")]
    };
    assert_eq!(mistakes("date,present,,\n2025,5,,x\n"), cells("3", 4, 2));
    assert_eq!(mistakes("date,present,note\n2025\n"), cells("2 (present)", 1, 3));
    // An empty name among others is a mistake.
    assert_eq!(mistakes("date,,present\n2025,,5\n").len(), 1);
}

#[test]
fn words_for_no_value_are_named() {
    for word in ["NA", "n/a", "N.A.", "-", "\u{2013}", "NaN", "null", "#N/A", "?", " - "] {
        let says = "says that there is no value; leave the cell empty, or leave out the row if it counts nothing";
        let row = |cells: String| mistakes(format!("date,until,present,withdrawn,published,kind\n{cells}\n"));
        let of = |column: &str| vec![format!("line 2, column {column}: {:?} {says}", word.trim())];
        assert_eq!(row(format!("2025-01-01,,{word},,,")), of("3 (present)"), "{word}");
        assert_eq!(row(format!("2025-01-01,,5,{word},,")), of("4 (withdrawn)"), "{word}");
        assert_eq!(row(format!("{word},,5,,,")), of("1 (date)"), "{word}");
        assert_eq!(row(format!("2025-01-01,{word},5,,,")), of("2 (until)"), "{word}");
        assert_eq!(row(format!("2025-01-01,,5,,,{word}")), of("6 (kind)"), "{word}");
    }
    // A note may say so.
    assert_eq!(csv("date,present,note\n2025,5,n/a\n"), [in_2025(5).note("n/a")]);
}

#[test]
fn dates_that_a_spreadsheet_has_rewritten_are_refused_with_the_form_to_write() {
    let rows = "30/06/2025,1000\n6/30/25,1000\n45838,1000\n2025-06-30 00:00:00,1000\nSep-25,900\n";
    let lines = mistakes(format!("date,present\n{rows}"));
    assert_eq!(lines.len(), 5, "{lines:?}");
    for line in &lines {
        assert!(line.contains("(date): write a day as YYYY-MM-DD, or days as 2025-09, "), "{line}");
    }
    assert!(lines[0].ends_with("found \"30/06/2025\"; did you mean \"2025-06-30\"?"), "{}", lines[0]);
    let until = mistakes("date,until,present\n2025-06-30,30/06/2025,5\n");
    let says = "write a day as YYYY-MM-DD, found \"30/06/2025\"; did you mean \"2025-06-30\"?";
    assert_eq!(until, [format!("line 2, column 2 (until): {says}")]);
}

#[test]
fn whole_numbers_are_read_as_programs_write_them() {
    for (cell, number) in [("1000.0", 1000), ("1e3", 1000), ("\"2,500.00\"", 2500), (" 5 ", 5), ("1.0E+3", 1000)] {
        assert_eq!(csv(format!("date,present\n2025,{cell}\n")), [in_2025(number)], "{cell}");
    }
    for cell in
        ["1000.5", "1e", "e3", "1e3e3", "\"25,00.0\"", "007.0", "\"1.000,0\"", "+5", "0x10", "1e-1", ".5", "1.0 e3"]
    {
        assert_eq!(mistakes(format!("date,present,note\n2025,{cell},\n")).len(), 1, "{cell}");
    }
}

/// The texts that a spreadsheet would run as formulas, and what each is written as.
#[test]
fn no_cell_is_run_by_a_spreadsheet() {
    for (text, written) in [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("'quoted'", "'quoted'"),
        ("a=b", "a=b"),
        ("'", "'"),
    ] {
        let seen = [Observation::present(Part::Year(2025), Quantity::Hundreds).of(text).source(text).note(text)];
        let mut bytes = Vec::new();
        Observation::write_csv(&seen, &mut bytes).unwrap();
        let shown = String::from_utf8(bytes.clone()).unwrap();
        assert!(shown.ends_with(&format!("\n{written},2025,,hundreds,,,,,{written},,{written}\n")), "{shown}");
        assert_eq!(csv(bytes), seen, "{text}");
    }
}

proptest! {
    /// Whatever is written, no cell begins as a formula does, and all of it is read back.
    #[test]
    fn what_is_written_is_read_back_and_runs_nothing(texts in proptest::collection::vec("['=+@\t a-]{1,5}", 3)) {
        let [force, source, note] = &texts[..] else { panic!("three") };
        let seen = [in_2025(5).of(force).source(source).note(note)];
        let mut written = Vec::new();
        Observation::write_csv(&seen, &mut written).unwrap();
        prop_assert_eq!(&csv(&written), &seen);
        let written = String::from_utf8(written).unwrap();
        let row = written.lines().nth(1).unwrap();
        prop_assert_eq!(row.split(',').count(), 11);
        prop_assert!(!row.split(',').any(|cell| cell.starts_with(['=', '+', '-', '@', '\t'])), "{}", row);
    }
}

/// A count file of a spreadsheet is read with its agreement, too.
#[test]
fn an_agreement_reads_what_a_spreadsheet_writes() {
    let iraq = catalog::get("us-iraq-2024").unwrap().agreement;
    let text = "\u{feff}Date;Present;Note;\r\n2025-09-30;2100;press;\r\n;;;\r\n";
    assert_eq!(iraq.read_observations(text.as_bytes()).unwrap().len(), 1);
}
