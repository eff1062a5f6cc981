//! Reading of documents: what is written is read back, and every mistake is reported with its place.

mod mistakes;
mod other_tools;
mod stand_ins;

use std::fmt::Write;

use force_drawdown::{
    Act, Amendment, Baseline, Change, Deadline, Event, Force, Limit, LimitKind, Party, Period, Phase, PhaseChange,
    Quantity, ReadError, Residual, Role, Share, Source, Terms, terms::Citation,
};

const WHOLE: &str = r#"{
  "$schema": "agreement.schema.json", "format": 1, "id": "plan-1", "title": "Plan", "instrument": "joint-statement", "binds_from": "approval",
  "consent_before": ["announcement", "execution"], "follows": "the one before", "pax": 1, "ucdp": 2, "pam": 3,
  "parties": [
    { "id": "IRQ", "name": "Iraq", "role": "receiving", "iso3": "IRQ", "cow": 645, "gw": 646, "consent": "signature", "domestic_steps": ["cabinet", "parliament"], "note": "n", "source": "report" },
    { "id": "USA", "name": "United States", "role": "sending" }
  ],
  "forces": [
    { "id": "us", "party": "USA", "name": "troops", "category": "combat", "area": "all", "unit": "persons", "counting": "as announced",
      "baseline": { "strength": "about 2500", "as_of": "2024-09-06", "authorised": true, "source": [{ "source": "report", "clause": "2", "quote": "so many" }] } },
    { "id": "east", "part_of": "us" }
  ],
  "phases": [
    { "id": "1", "by": "2025-09", "title": "first", "from": { "after": "signature" }, "limits": [{ "force": "us", "withdraw": "hundreds" }], "source": "report" },
    { "id": "2", "by": { "earliest": ["end of 2026", { "any": [{ "after": "phase:1", "years": 1, "months": 2, "weeks": 3, "days": 4 }, "open"] }] },
      "limits": [{ "force": "us", "remain": 0, "note": "none" }, { "force": "east", "withdrawn_share": "50%" }], "done": "gone", "conditions": ["peace"], "standing": "envisaged" },
    { "id": "3", "by": { "latest": ["2027-01-01"] } }
  ],
  "residual": [{ "force": "us", "strength": "unspecified", "status": "proposed", "purpose": "advice", "until": "2030-01" }],
  "record": [
    { "on": "2024-09", "act": "text-agreed", "source": "report" },
    { "on": "2024-09-07", "act": "domestic-step", "parties": ["IRQ"], "body": "cabinet", "published": "2024-09-08" },
    { "on": "2024-09-09", "act": "event", "name": "peace" }
  ],
  "amendments": [
    { "title": "first", "adopted": "2025-01-01", "effective": "2025-02-01", "unilateral": "USA", "changes": [
      { "phase": "1", "by": "2025-10", "from": null, "limits": [], "done": "left", "conditions": [], "standing": "binding", "title": null },
      { "add": { "id": "0", "by": "2024-12" }, "after": null },
      { "add": { "id": "4", "by": "2028-12" }, "after": "3" },
      { "drop": "2" },
      { "residual": [{ "strength": 5, "status": "agreed" }] },
      { "add_force": { "id": "west" } },
      { "baseline": { "force": "us", "strength": 2000, "as_of": "2025-01-01", "authorised": true } }
    ] }
  ],
  "sources": { "report": { "title": "News", "published": "2024-09-06", "url": "https://example.org", "note": "n" } },
  "note": "whole"
}"#;

fn read(json: &str) -> Result<Terms, ReadError<serde_json::Error>> {
    Terms::read(&mut serde_json::Deserializer::from_str(json))
}

/// Every violation of a text, as it is displayed.
fn mistakes(json: &str) -> Vec<String> {
    match read(json) {
        Ok(_) => Vec::new(),
        Err(ReadError::Invalid(invalid)) => invalid.violations().iter().map(ToString::to_string).collect(),
        Err(ReadError::Syntax(error)) => panic!("{error}"),
    }
}

/// A document with the given fields in place of its own.
fn with_fields(fields: &str) -> String {
    let mut document = String::from(r#"{ "title": "T""#);
    for (name, value) in [("parties", "[]"), ("forces", "[]"), ("phases", "[]")] {
        if !fields.contains(&format!("\"{name}\"")) {
            let _ = write!(document, ", \"{name}\": {value}");
        }
    }
    if !fields.is_empty() {
        document.push_str(", ");
    }
    document + fields + "}"
}

fn in_phase(fields: &str) -> String {
    with_fields(&format!(r#""phases": [{{ "id": "1", {fields} }}]"#))
}

fn in_change(change: &str) -> String {
    with_fields(&format!(r#""amendments": [{{ "title": "A", "adopted": "2025-01-01", "changes": [{change}] }}]"#))
}

#[test]
fn every_field_is_read() {
    let terms = read(WHOLE).unwrap();
    assert_eq!(terms.format, Some(1));
    assert_eq!(terms.consent_before.as_deref().map(<[_]>::len), Some(2));
    assert_eq!((terms.pax, terms.ucdp, terms.pam), (Some(1), Some(2), Some(3)));
    assert_eq!((terms.schema.as_deref(), terms.name()), (Some("agreement.schema.json"), "plan-1"));
    let host = &terms.parties[0];
    assert_eq!((host.iso3.as_deref(), host.cow, host.gw), (Some("IRQ"), Some(645), Some(646)));
    assert_eq!(terms.parties[0].domestic_steps, ["cabinet", "parliament"]);
    assert_eq!(terms.parties[0].source, [Citation::new("report")]);
    assert_eq!(terms.parties[1].role, Role::Sending);
    let baseline = terms.forces[0].baseline.as_ref().unwrap();
    assert!(baseline.authorised);
    assert_eq!(baseline.strength, "about 2500".parse().unwrap());
    assert_eq!(baseline.source[0].quote.as_deref(), Some("so many"));
    assert_eq!(terms.phases[0].by, "2025-09".parse().unwrap());
    assert_eq!(terms.phases[1].limits[0].kind, LimitKind::Remain(Quantity::Exact(0)));
    let Deadline::Earliest(members) = &terms.phases[1].by else { panic!("an earliest") };
    let Deadline::Any(members) = &members[1] else { panic!("an any") };
    let Deadline::After { event, offset } = &members[0] else { panic!("an after") };
    assert_eq!(event, &Event::Phase("1".into()));
    assert_eq!((offset.years, offset.months, offset.weeks, offset.days), (1, 2, 3, 4));
    assert_eq!(terms.sources["report"].url.as_deref(), Some("https://example.org"));

    let changes = &terms.amendments[0].changes;
    let Change::Phase(change) = &changes[0] else { panic!("a phase") };
    assert_eq!((&change.from, &change.title), (&Some(None), &Some(None)));
    assert_eq!(change.done, Some(Some("left".into())));
    assert_eq!((&change.limits, &change.conditions), (&Some(vec![]), &Some(vec![])));
    assert!(matches!(&changes[1], Change::Add { after: None, .. }));
    assert!(matches!(&changes[2], Change::Add { after: Some(after), .. } if after == "3"));
    assert!(matches!(&changes[3], Change::Drop { drop } if drop == "2"));
    assert!(matches!(&changes[4], Change::Residual { residual } if residual.len() == 1));
    assert!(matches!(&changes[5], Change::AddForce { add_force } if add_force.id == "west"));
    assert!(matches!(&changes[6], Change::Baseline { baseline } if baseline.baseline.authorised));
}

#[test]
fn what_is_written_is_read_back_in_json() {
    let terms = read(WHOLE).unwrap();
    let json = serde_json::to_string(&terms).unwrap();
    assert_eq!(read(&json).unwrap(), terms);
    assert_eq!(serde_json::from_str::<Terms>(&json).unwrap(), terms);
    assert_eq!(serde_json::from_value::<Terms>(serde_json::to_value(&terms).unwrap()).unwrap(), terms);
    // Nothing is lost and nothing is added. A null is written as the empty text, which says the same.
    let mut written: serde_json::Value = serde_json::from_str(WHOLE).unwrap();
    written["phases"][1]["by"]["earliest"][1]["any"][1] = "open".into();
    let changes = &mut written["amendments"][0]["changes"];
    (changes[0]["from"], changes[0]["title"], changes[1]["after"]) = ("".into(), "".into(), "".into());
    assert_eq!(serde_json::to_value(&terms).unwrap(), written);
}

#[test]
fn what_is_written_is_read_back_in_toml() {
    let terms = read(WHOLE).unwrap();
    let text = toml::to_string(&terms).unwrap();
    assert_eq!(toml::from_str::<Terms>(&text).unwrap(), terms);
    let pretty = toml::to_string_pretty(&terms).unwrap();
    assert_eq!(toml::from_str::<Terms>(&pretty).unwrap(), terms);
}

#[test]
fn a_part_is_read_and_written_by_itself() {
    macro_rules! assert_round_trip {
        ($($type:ty: $json:literal,)+) => {$(
            let value: $type = serde_json::from_str($json).unwrap();
            assert_eq!(serde_json::to_string(&value).unwrap(), $json);
        )+};
    }
    assert_round_trip! {
        Party: r#"{"id":"a","name":"A","role":"sending"}"#,
        Force: r#"{"id":"a"}"#,
        Baseline: r#"{"strength":5,"as_of":"2024-09-06"}"#,
        Phase: r#"{"id":"1","by":"2025-09"}"#,
        Limit: r#"{"remain":"about 5"}"#,
        Residual: r#"{"strength":"unspecified","status":"agreed"}"#,
        Act: r#"{"on":"2025-09","act":"signed"}"#,
        Amendment: r#"{"title":"A","adopted":"2025-01-01","changes":[{"drop":"1"}]}"#,
        PhaseChange: r#"{"phase":"1","from":""}"#,
        Source: r#"{"title":"S"}"#,
        Citation: r#"{"source":"s","clause":"1"}"#,
        Quantity: "5",
        Quantity: r#""hundreds""#,
        Share: r#""50%""#,
        Period: r#""end of 2026""#,
        Event: r#""phase:1""#,
        Deadline: r#""open""#,
        Deadline: r#"{"after":"signature"}"#,
        Deadline: r#"{"after":"signature","months":9,"days":15}"#,
        Deadline: r#"{"any":["2025-09","2026-01-01"]}"#,
        Role: r#""witness""#,
    }
}

#[test]
fn null_and_absent_are_the_same_where_a_field_may_be_left_out() {
    let nulls = with_fields(
        r#""format": null, "instrument": null, "residual": null, "record": null, "sources": null, "note": null,
           "forces": [{ "id": "f", "baseline": { "strength": 1, "as_of": "2025-01-01", "authorised": null, "source": null } }]"#,
    );
    let absent = with_fields(r#""forces": [{ "id": "f", "baseline": { "strength": 1, "as_of": "2025-01-01" } }]"#);
    assert_eq!(read(&nulls).unwrap(), read(&absent).unwrap());
    let change = |fields: &str| read(&in_change(&format!(r#"{{ "phase": "1"{fields} }}"#))).unwrap();
    assert_eq!(change(r#", "by": null, "limits": null, "conditions": null, "standing": null"#), change(""));
    assert_ne!(change(r#", "done": null"#), change(""));
}

#[test]
fn a_lone_plain_citation_is_a_key() {
    let cited =
        |source: &str| read(&with_fields(&format!(r#""forces": [{{ "id": "f", "source": {source} }}]"#))).unwrap();
    assert_eq!(cited(r#""a""#), cited(r#"[{ "source": "a" }]"#));
    assert_eq!(cited("[]"), cited("null"));
}

fn nested(depth: usize) -> String {
    let deadline = r#"{ "earliest": ["#.repeat(depth) + "\"2025\"" + &"] }".repeat(depth);
    in_phase(&format!(r#""by": {deadline}"#))
}

#[test]
fn deadlines_nest_sixteen_deep() {
    assert_eq!(mistakes(&nested(16)), [""; 0]);
    for depth in [17, 18, 40, 100_000] {
        let [line] = &mistakes(&nested(depth))[..] else { panic!("one mistake") };
        let path = format!("phases[0].by{}.earliest", ".earliest[0]".repeat(16));
        assert_eq!(line, &format!("deadline-too-deep at {path}: deadlines may be nested 16 deep, this is deeper"));
    }
    // An event inside the deepest list is no list.
    let after = nested(16).replace("\"2025\"", r#"{ "after": "signature" }"#);
    assert_eq!(mistakes(&after), [""; 0]);
    // Lists beside each other are not one inside the other.
    let wide = in_phase(&format!(r#""by": {{ "any": [{}"2025"] }}"#, r#"{ "any": ["2025"] }, "#.repeat(100)));
    assert_eq!(mistakes(&wide), [""; 0]);
    // A format whose depth is not that of a text.
    let value = (0..100).fold(serde_json::Value::from("2025"), |inner, _| serde_json::json!({ "earliest": [inner] }));
    let error = serde_json::from_value::<Deadline>(value).unwrap_err().to_string();
    assert!(error.starts_with("deadline-too-deep at "), "{error}");
}

#[test]
fn nesting_elsewhere_is_no_overflow() {
    let lists = "[".repeat(100_000) + &"]".repeat(100_000);
    for json in
        [with_fields(&format!(r#""note": {lists}"#)), with_fields(&format!(r#""colour": {lists}"#)), lists.clone()]
    {
        assert_eq!(mistakes(&json).len(), 1);
    }
    let phases = r#"{ "phases": ["#.repeat(1_000) + &"] }".repeat(1_000);
    assert!(!mistakes(&phases).is_empty());
}

#[test]
fn long_texts_are_shortened_in_messages() {
    let long = "x".repeat(1 << 20);
    for json in [
        with_fields(&format!(r#""{long}": 1"#)),
        with_fields(&format!(r#""sources": {{ "{long}": {{ "title": "T", "{long}": 5 }} }}"#)),
        with_fields(&format!(r#""sources": {{ "{long}": {{ "title": "T" }}, "{long}": 5 }}"#)),
        with_fields(&format!(r#""instrument": "{long}""#)),
        with_fields(&format!(r#""parties": "{long}""#)),
        in_phase(&format!(r#""by": "{long}""#)),
        in_phase(&format!(r#""by": "2025", "limits": [{{ "remain": "{long}" }}]"#)),
    ] {
        let [line] = &mistakes(&json)[..] else { panic!("one mistake") };
        assert!(line.len() < 1_000, "{} bytes", line.len());
        assert!(line.contains("xxx"), "{line}");
    }
    let id = format!(r#"{{ "id": "{long}" }}"#);
    assert_eq!(serde_json::from_str::<Force>(&id).unwrap().id, long);
}

#[test]
fn a_million_phases_are_read() {
    let phase = r#"{ "id": "1", "by": "2025-09", "limits": [{ "remain": 5 }] }"#;
    let phases = [phase].repeat(1_000_000).join(",");
    let terms = read(&with_fields(&format!(r#""phases": [{phases}]"#))).unwrap();
    assert_eq!(terms.phases.len(), 1_000_000);
    let wrong = ["{}"].repeat(100_000).join(",");
    let wrong = with_fields(&format!(r#""phases": [{wrong}]"#));
    assert_eq!(force_drawdown::findings::in_full(|| mistakes(&wrong)).len(), 200_000);
}

#[test]
fn several_sources_may_be_cited_by_their_keys() {
    let json = |source: &str| format!(r#"{{ "remain": 5, "source": {source} }}"#);
    let limit: Limit = serde_json::from_str(&json(r#"["a", { "source": "b", "clause": "2" }]"#)).unwrap();
    assert_eq!(limit, Limit::remain(5).source("a").source(Citation::new("b").clause("2")));
    let written = serde_json::to_string(&limit).unwrap();
    assert_eq!(written, r#"{"remain":5,"source":[{"source":"a"},{"source":"b","clause":"2"}]}"#);
    assert_eq!(serde_json::from_str::<Limit>(&written).unwrap(), limit);
    assert!(serde_json::from_str::<Limit>(&json(r#"["a", 5]"#)).is_err());
}
