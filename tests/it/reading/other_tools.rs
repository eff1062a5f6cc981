//! What other tools write into documents: numbers with a point, dates without quotes, byte order marks.

use std::collections::BTreeMap;

use force_drawdown::{Agreement, Change, Deadline, Event, Observation, Part, Quantity, Terms, bulk::read_lines, day};

use super::{WHOLE, in_phase, mistakes, read, with_fields};

/// Numbers as programs write them, with what they are where they are whole.
const NUMBERS: [(&str, Option<u32>); 24] = [
    ("0", Some(0)),
    ("-0", Some(0)),
    ("0.0", Some(0)),
    ("-0.0", Some(0)),
    ("0e5", Some(0)),
    ("1000", Some(1000)),
    ("1000.0", Some(1000)),
    ("1e3", Some(1000)),
    ("1E+3", Some(1000)),
    ("0.1e1", Some(1)),
    ("1.5e3", Some(1500)),
    ("100000e-2", Some(1000)),
    ("4294967294.0", Some(4_294_967_294)),
    ("4.294967294e9", Some(4_294_967_294)),
    ("1.5", None),
    ("1e-3", None),
    ("1.0005e3", None),
    ("-1", None),
    ("-1.0", None),
    ("-1e3", None),
    ("4294967296", None),
    ("4294967296.0", None),
    ("1e10", None),
    ("1e300", None),
];

#[test]
fn a_whole_number_is_one_however_it_is_written() {
    for (written, expected) in NUMBERS {
        let quantity = || serde_json::from_str::<Quantity>(written).ok();
        assert_eq!(quantity(), expected.map(Quantity::Exact), "{written}");
        let by = format!(r#"{{ "after": "signature", "days": {written} }}"#);
        let days = serde_json::from_str::<Deadline>(&by).ok().map(|by| match by {
            Deadline::After { offset, .. } => offset.days,
            other => panic!("{other}"),
        });
        assert_eq!(days, expected, "{written}");
        // Serde carries the digits so where a program asks serde_json to keep them.
        let kept = format!(r#"{{ "$serde_json::private::Number": "{written}" }}"#);
        assert_eq!(serde_json::from_str::<Quantity>(&kept).ok(), quantity(), "{written}");
        let csv = Observation::read_csv(format!("date,present\n2025,{written}\n").as_bytes()).ok();
        let seen = expected.map(|number| vec![Observation::present(Part::Year(2025), number)]);
        assert_eq!(csv, seen, "{written}");
    }
    let toml =
        toml::from_str::<Terms>("title = 'T'\nparties = []\nforces = []\nphases = []\nformat = 1.0\npax = 1e3\n");
    assert_eq!(toml.map(|terms| (terms.format, terms.pax)).unwrap(), (Some(1), Some(1000)));
    // A text is no number of a program.
    assert!(serde_json::from_str::<Quantity>("\"1e3\"").is_err());
    assert!(mistakes(&in_phase(r#""by": "2025", "limits": [{ "remain": 1.5e0 }]"#))[0].ends_with("found \"1.5\""));
}

/// The document in which every field is written, with days in the place of other deadlines, as TOML.
fn with_days() -> String {
    let days = WHOLE
        .replace(r#""by": "2025-09","#, r#""by": "2025-09-30","#)
        .replace(r#""from": { "after": "signature" }"#, r#""from": { "after": "2025-01-01" }"#)
        .replace(r#""until": "2030-01""#, r#""until": "2030-01-31""#)
        .replace(r#""from": null"#, r#""from": "2025-01-02""#)
        .replace(r#""latest": ["2027-01-01"]"#, r#""latest": ["2027-01-01", { "before": "2027-02-01" }]"#)
        .replace(r#"{ "id": "USA", "#, r#"{ "succeeds": "IRQ", "since": "2025-03-01", "id": "USA", "#);
    toml::to_string(&read(&days).unwrap()).unwrap()
}

/// Takes the quotes off every date, and gives it a time as well; how many there are.
fn without_quotes(text: &str, time: &str) -> (String, usize) {
    let is_date = |text: &str| text.len() == 10 && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    let (mut bare, mut dates) = (String::new(), 0);
    for (at, part) in text.split('"').enumerate() {
        if at % 2 == 1 && is_date(part) {
            dates += 1;
            bare.extend([part, time]);
        } else if at % 2 == 1 {
            bare.extend(["\"", part, "\""]);
        } else {
            bare.push_str(part);
        }
    }
    (bare, dates)
}

#[test]
fn a_date_of_toml_is_a_day() {
    let quoted = with_days();
    let (bare, dates) = without_quotes(&quoted, "");
    assert!(dates >= 15, "{dates}: {bare}");
    let terms: Terms = toml::from_str(&bare).unwrap();
    assert_eq!(terms, toml::from_str(&quoted).unwrap());
    let Change::Phase(change) = &terms.amendments[0].changes[0] else { panic!("a phase") };
    assert_eq!(change.from, Some(Some(Deadline::from(Part::Day(day!(2025, 1, 2))))));
    let Some(Deadline::After { event, .. }) = &terms.phases[0].from else { panic!("a deadline after a day") };
    assert_eq!(event, &Event::Day(day!(2025, 1, 1)));
    let seen = |date: &str| {
        let text = format!("seen = [{{ date = {date}, until = {date}, published = {date}, present = 5 }}]");
        toml::from_str::<BTreeMap<String, Vec<Observation>>>(&text).unwrap()
    };
    assert_eq!(seen("2025-09-30"), seen("'2025-09-30'"));
}

#[test]
fn a_time_of_toml_is_refused_with_the_day_to_write() {
    let quoted = with_days();
    for (time, shown) in
        [("T00:00:00Z", "T00:00:00Z"), (" 12:30:00", "T12:30:00"), ("T12:30:00+02:00", "T12:30:00+02:00")]
    {
        let (bare, dates) = without_quotes(&quoted, time);
        let error = Terms::read(toml::Deserializer::parse(&bare).unwrap()).unwrap_err().to_string();
        let lines: Vec<_> = error.lines().collect();
        assert_eq!(lines.len(), dates, "{lines:?}");
        assert!(lines.iter().all(|line| line.starts_with("wrong-type at ")), "{lines:?}");
        let on = format!("found the time 2024-09-06{shown}; write the day: 2024-09-06");
        assert!(lines.iter().any(|line| line.ends_with(&on)), "{on}: {lines:?}");
    }
    let of_title = "title = 2025-09-30\nparties = []\nforces = []\nphases = []\n";
    let error = toml::from_str::<Terms>(of_title).unwrap_err().to_string();
    assert!(error.contains("wrong-type at title: expected a string, found a date without quotes"), "{error}");
    let of_clock = "title = 'T'\nparties = []\nforces = []\nphases = [{ id = '1', by = 07:30:00 }]\n";
    assert!(toml::from_str::<Terms>(of_clock).unwrap_err().to_string().contains("found the time 07:30:00"));
}

/// The private key by which serde carries a date of TOML is read in any format, alone in its object.
#[test]
fn the_key_of_a_date_is_a_date_in_json_too() {
    let by = |by: &str| mistakes(&in_phase(&format!(r#""by": {by}"#)));
    let key = "$__toml_private_datetime";
    assert_eq!(by(&format!(r#"{{ "{key}": "2025-09-30" }}"#)), [""; 0]);
    assert!(by(&format!(r#"{{ "{key}": "2025-9-30" }}"#))[0].contains("found the time 2025-9-30"));
    assert!(by(&format!(r#"{{ "{key}": 5 }}"#))[0].contains("expected a string, found the number 5"));
    for beside in [
        format!(r#"{{ "{key}": "2025-09-30", "days": 5 }}"#),
        format!(r#"{{ "after": "signature", "{key}": "2025-09-30" }}"#),
    ] {
        assert_eq!(by(&beside).len(), 1, "{beside}");
    }
    assert_eq!(mistakes(&with_fields(&format!(r#""note": {{ "{key}": "2025-09-30" }}"#))).len(), 1);
}

#[test]
fn every_reader_skips_a_byte_order_mark() {
    let one = with_fields(
        r#""parties": [{ "id": "S", "name": "S", "role": "sending" }], "forces": [{ "id": "f" }],
           "phases": [{ "id": "1", "by": "2025", "limits": [{ "remain": 0 }] }]"#,
    )
    .replace('\n', "");
    let agreement = Agreement::read_json(format!("\u{feff}{one}\r\n").as_bytes()).unwrap();
    assert_eq!(agreement, Agreement::read_json(one.as_bytes()).unwrap());
    assert!(Agreement::read_json(format!("{one} 5").as_bytes()).is_err());
    // The first line may be blank but for the mark, and files may have been put one behind the other.
    let text = format!("\u{feff}\r\n\u{feff}{one}\r\n{one}\r\n \u{feff}{one}\n");
    let numbers = read_lines(text.as_bytes()).map(|line| line.map(|(number, _)| number).map_err(|bad| bad.number));
    assert_eq!(numbers.collect::<Vec<_>>(), [Ok(2), Ok(3), Err(4)]);
    let seen = Observation::read_json("\u{feff}[{ \"date\": \"2025\", \"present\": 1 }]\n".as_bytes()).unwrap();
    assert_eq!(seen, Observation::read_csv("\u{feff}date,present\n2025,1\n".as_bytes()).unwrap());
    let toml = toml::to_string(agreement.terms()).unwrap();
    assert_eq!(toml::from_str::<Terms>(&format!("\u{feff}{toml}")).unwrap(), *agreement.terms());
}

/// What takes a field away is one text, whatever is written to.
#[test]
fn null_is_written_in_one_way() {
    let terms = read(WHOLE).unwrap();
    let json = serde_json::to_value(&terms.amendments[0].changes).unwrap();
    let toml = toml::Table::try_from(&terms).unwrap();
    let changes = &toml["amendments"][0]["changes"];
    for (change, field) in [(0, "from"), (0, "title"), (1, "after")] {
        assert_eq!((json[change][field].as_str(), changes[change][field].as_str()), (Some(""), Some("")), "{field}");
    }
}
