//! Days, and what is written with them: periods, events, offsets and deadlines.

use chrono::{Datelike, NaiveDate};
use force_drawdown::{Deadline, Event, Part, Period, Window, parse_day, terms::Offset};

use super::{prints_and_reads_back, refuses};

use crate::support::day;

#[test]
fn a_day_is_written_in_one_way() {
    for text in ["0001-01-01", "2024-09-07", "2024-02-29", "2000-02-29", "9999-12-31"] {
        let expected = NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap();
        assert_eq!(parse_day(text), Ok(expected));
        assert_eq!(Window::day(expected).to_string(), text);
    }
    let nearly = "|2024|2024-9-7|2024-09-7|+2024-09-07|-2024-09-07| 2024-09-07|2024-09-07 |2024- 9-07|2024-09- 7|\
         2024/09/07|2024-0907|20240907|2024-09-07T00|02024-09-07|10000-01-01|0000-01-01|0000-12-31|\
         2024-00-01|2024-13-01|2024-09-00|2024-09-31|2023-02-29|1900-02-29|2024-W36-6|２024-09-07|2024-09-0７|\
         2024−09−07|2024-09-0:|2024-0/-07|2024-09-07\n|\u{0}024-09-07";
    for text in nearly.split('|') {
        assert!(parse_day(text).is_err(), "{text:?}");
    }
}

#[test]
fn every_day_of_the_calendar_is_read_back() {
    for year in (1..=9999).step_by(101).chain([4, 100, 400, 1900, 2000, 2024, 9999]) {
        let mut date = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        while date.year() == year {
            assert_eq!(parse_day(&Window::day(date).to_string()), Ok(date));
            date = date.succ_opt().unwrap();
        }
    }
}

#[test]
fn a_window_holds_its_first_to_its_last_day() {
    let window = Window::new(day("2024-02-28"), day("2024-03-01")).unwrap();
    let days = ["2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-02"];
    assert_eq!(days.map(|text| window.contains(day(text))), [false, true, true, true, false]);
}

#[test]
fn a_period_is_a_window_of_days() {
    for (text, window) in [
        ("2025-09-30", "2025-09-30"),
        ("2025-09", "2025-09-01 to 2025-09-30"),
        ("2024-02", "2024-02-01 to 2024-02-29"),
        ("1900-02", "1900-02-01 to 1900-02-28"),
        ("2025", "2025-01-01 to 2025-12-31"),
        ("0001", "0001-01-01 to 0001-12-31"),
        ("9999-12", "9999-12-01 to 9999-12-31"),
        ("2025-Q1", "2025-01-01 to 2025-03-31"),
        ("2025-Q4", "2025-10-01 to 2025-12-31"),
        ("9999-Q4", "9999-10-01 to 9999-12-31"),
        ("2017-12-29/2018-01-31", "2017-12-29 to 2018-01-31"),
        ("2021-05/2021-08", "2021-05-01 to 2021-08-31"),
        ("2021/2021-02", "2021-01-01 to 2021-02-28"),
        ("2025-Q2/2026-01-01", "2025-04-01 to 2026-01-01"),
        ("2025-09/2025-09", "2025-09-01 to 2025-09-30"),
        ("2025-09-30/2025-09-30", "2025-09-30"),
        ("start of 2015", "2015-01-01"),
        ("start of 2025-Q3", "2025-07-01"),
        ("end of 2026", "2026-12-31"),
        ("end of 2025-09", "2025-09-30"),
        ("end of 2024-02", "2024-02-29"),
        ("early 2026", "2026-01-01 to 2026-04-30"),
        ("mid-2011", "2011-05-01 to 2011-08-31"),
        ("late 9999", "9999-09-01 to 9999-12-31"),
        ("early 2025-10", "2025-10-01 to 2025-10-10"),
        ("mid-2025-10", "2025-10-11 to 2025-10-20"),
        ("late 2025-10", "2025-10-21 to 2025-10-31"),
        ("late 2024-02", "2024-02-21 to 2024-02-29"),
        ("late 2025-02", "2025-02-21 to 2025-02-28"),
        ("late 9999-12", "9999-12-21 to 9999-12-31"),
        ("before 1989-04-01", "1989-03-31"),
        ("before 2024-03-01", "2024-02-29"),
        ("before 0001-01-02", "0001-01-01"),
    ] {
        prints_and_reads_back::<Period>(text, text);
        prints_and_reads_back::<Deadline>(text, text);
        let period: Period = text.parse().unwrap();
        assert_eq!(period.window().unwrap().to_string(), window, "{text}");
        assert_eq!(text.parse::<Deadline>().unwrap(), Deadline::from(period));
    }
}

const NO_PERIOD: &str = "|25|0000|10000|+2025|2025 | 2025|2025-|2025-9|2025-00|2025-13|0000-01|2025-9-30|2025-09-31|2025-Q0|\
         2025-Q5|2025-q3|2025Q3|Q3 2025|2025-Q|2025-Q33|2025/|/2025|2026/2025|2025-09-30/2025-09-29|\
         2025-10/2025-09|2025/2026/2027|2025 / 2026|2025-09/13|2025..2026|start of|start of |\
         start of 2025-09-30|end of 2025-09-30|end of 2025-13|end of end of 2025|end of 2025/2026|\
         END of 2026|end  of 2026|end of mid-2011|mid-|mid-0000|mid-2011-Q1|mid-2011-05-01|mid -2011|early|early |early-2011|early 2011-Q2|\
         late 2011-05-30|late 0000|late 2011-13|LATE 2011|2025-06~|2025?|2025-06-15%|2025-21|2025-XX|202X|2025-06/..|../2025-06|before|before |\
         before 2025|before 2025-09|before 0001-01-01|before before 2025-09-30|after 2025|by 2025|\
         September 2025|tomorrow|２025|202５|2025-é|éé-1";

#[test]
fn a_period_that_is_nearly_right_is_refused() {
    refuses::<Period>(NO_PERIOD);
    refuses::<Period>("open");
    refuses::<Deadline>(NO_PERIOD);
    refuses::<Deadline>("Open|open |signature|after signature|phase:1");
    assert_eq!("open".parse::<Deadline>().unwrap(), Deadline::Open);
}

#[test]
fn a_period_made_in_code_that_does_not_exist_has_no_window() {
    let late = NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap();
    for period in [
        Period::Of(Part::Day(late)),
        Period::Of(Part::Day(NaiveDate::MIN)),
        Period::Before(late),
        Period::Before(NaiveDate::MIN),
        Period::Before(day("0001-01-01")),
        Period::Of(Part::Year(0)),
        Period::Of(Part::Year(10_000)),
        Period::Mid(Part::Year(u16::MAX)),
        Period::Late(Part::Quarter(2025, 3)),
        Period::Early(Part::Day(day("2025-01-01"))),
        Period::Late(Part::Year(10_000)),
        Period::Early(Part::Month(2025, 13)),
        Period::Of(Part::Month(2025, 0)),
        Period::Of(Part::Quarter(2025, 0)),
        Period::Of(Part::Quarter(2025, u8::MAX)),
        Period::Between(Part::Year(2026), Part::Year(2025)),
        Period::EndOf(Part::Month(2025, 13)),
    ] {
        assert_eq!(period.window(), None, "{period:?}");
    }
}

#[test]
fn an_event_is_a_day_a_word_or_a_name() {
    let longest = format!("event:{}", "a".repeat(64));
    for (text, phrase) in [
        ("2025-09-30", "2025-09-30"),
        ("signature", "signature"),
        ("approval", "approval"),
        ("announcement", "announcement"),
        ("provisional-application", "provisional application"),
        ("entry-into-force", "entry into force"),
        ("refusal", "refusal"),
        ("termination", "termination"),
        ("phase:1", "phase 1"),
        ("phase:A.b_c-9", "phase A.b_c-9"),
        ("event:hand-over", "the event hand-over"),
        (&longest, &format!("the event {}", "a".repeat(64))),
    ] {
        prints_and_reads_back::<Event>(text, text);
        assert_eq!(text.parse::<Event>().unwrap().phrase(), phrase);
    }
    refuses::<Event>(
        "|2025|2025-9-30|Signature|signature |signing|entry into force|provisional application|phase|phase:|\
         phase: 1|phase:a b|phase:é|phase:a:b|Phase:1|event:|event:a/b|event",
    );
    assert!(format!("event:{}", "a".repeat(65)).parse::<Event>().is_err());
}

#[test]
fn an_offset_counts_months_together_and_then_days() {
    let offset = |years, months, weeks, days| Offset { years, months, weeks, days };
    for (from, offset, to) in [
        ("2024-02-29", offset(0, 14, 0, 0), Some("2025-04-29")),
        ("2024-02-29", offset(1, 2, 0, 0), Some("2025-04-29")),
        ("2024-02-29", offset(1, 0, 0, 0), Some("2025-02-28")),
        ("2024-01-31", offset(0, 1, 0, 0), Some("2024-02-29")),
        ("2024-01-31", offset(0, 1, 0, 1), Some("2024-03-01")),
        ("2024-12-31", offset(0, 0, 1, 1), Some("2025-01-08")),
        ("2025-09-30", Offset::default(), Some("2025-09-30")),
        ("9999-12-30", offset(0, 0, 0, 1), Some("9999-12-31")),
        ("9999-12-31", offset(0, 0, 0, 1), None),
        ("9999-12-01", offset(0, 1, 0, 0), None),
        ("2025-01-01", offset(u32::MAX, 0, 0, 0), None),
        ("2025-01-01", offset(0, u32::MAX, 0, 0), None),
        ("2025-01-01", offset(0, 0, u32::MAX, u32::MAX), None),
        ("2025-01-01", offset(u32::MAX, u32::MAX, u32::MAX, u32::MAX), None),
    ] {
        assert_eq!(offset.from_day(day(from)), to.map(day), "{from} {offset:?}");
    }
}

#[test]
fn an_offset_counts_back_months_together_and_then_days() {
    let offset = |years, months, weeks, days| Offset { years, months, weeks, days };
    for (from, offset, to) in [
        ("2025-09-30", Offset::default(), Some("2025-09-29")),
        ("2025-09-30", offset(0, 0, 0, 1), Some("2025-09-29")),
        ("2025-09-30", offset(0, 0, 0, 30), Some("2025-08-31")),
        ("2025-04-29", offset(0, 14, 0, 0), Some("2024-02-29")),
        ("2025-04-29", offset(1, 2, 0, 0), Some("2024-02-29")),
        ("2025-03-31", offset(0, 1, 0, 0), Some("2025-02-28")),
        ("2025-03-31", offset(0, 1, 1, 1), Some("2025-02-20")),
        ("0001-01-02", Offset::default(), Some("0001-01-01")),
        ("0001-01-01", Offset::default(), None),
        ("2025-01-01", offset(2025, 0, 0, 0), None),
        ("2025-01-01", offset(u32::MAX, u32::MAX, u32::MAX, u32::MAX), None),
    ] {
        assert_eq!(offset.before_day(day(from)), to.map(day), "{from} {offset:?}");
    }
}

#[test]
fn a_deadline_reads_as_a_phrase() {
    let after = || Deadline::after(Event::EntryIntoForce);
    for (deadline, phrase) in [
        (Deadline::Open, "open"),
        (Deadline::end_of_year(2026), "end of 2026"),
        (after(), "entry into force"),
        (after().months(9).days(15), "9 months and 15 days after entry into force"),
        (after().years(1).months(1).weeks(1).days(1), "1 year, 1 month, 1 week and 1 day after entry into force"),
        (after().days(3).days(2), "2 days after entry into force"),
        (Deadline::after(Event::Phase("1".into())).weeks(2), "2 weeks after phase 1"),
        (Deadline::year(2025).days(5), "2025"),
        (Deadline::before(Event::Termination), "the day before termination"),
        (Deadline::before(Event::Phase("1".into())).months(1).days(10), "1 month and 10 days before phase 1"),
        (
            Deadline::earliest([Deadline::year(2025), after(), Deadline::Open]),
            "the earliest of 2025, entry into force and open",
        ),
        (
            Deadline::latest([Deadline::any([Deadline::year(2025), Deadline::year(2026)])]),
            "the latest of any of 2025 and 2026",
        ),
    ] {
        assert_eq!(deadline.to_string(), phrase);
    }
}
