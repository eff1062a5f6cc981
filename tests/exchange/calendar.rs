//! Deadlines and the timeline as iCalendar, read by another parser.

use std::collections::{BTreeMap, BTreeSet};

use force_drawdown::{Agreement, Terms, day};

use crate::documents;

fn example(name: &str) -> Agreement {
    let (_, document) = documents().into_iter().find(|(file, _)| file.ends_with(&format!("/{name}.json"))).unwrap();
    serde_json::from_value(document).unwrap()
}

/// The events of a calendar as another parser reads them.
fn events(calendar: &str) -> Vec<BTreeMap<String, String>> {
    let parsed: Vec<_> = ical::IcalParser::new(calendar.as_bytes()).collect::<Result<_, _>>().unwrap();
    let [calendar] = parsed.as_slice() else { panic!("one calendar") };
    let fields = |event: &ical::parser::ical::component::IcalEvent| {
        event.properties.iter().map(|field| (field.name.clone(), field.value.clone().unwrap_or_default())).collect()
    };
    calendar.events.iter().map(fields).collect()
}

#[test]
fn a_calendar_has_an_event_for_each_window_and_act() {
    for (name, document) in documents() {
        let agreement: Agreement = serde_json::from_value(document).unwrap();
        let text = agreement.calendar().to_string();
        assert_eq!(text, agreement.calendar().to_string(), "{name}: it is the same each time");
        // The crate counts one octet less than there is in the last line.
        assert_eq!(text.split("\r\n").find(|line| line.len() > 76), None, "{name}: a line is too long");
        let events = events(&text);
        let count = |prefix: &str| events.iter().filter(|event| event["UID"].starts_with(prefix)).count();
        let timeline = |is_it: fn(&force_drawdown::history::TimelineEvent<'_>) -> bool| {
            agreement.timeline().filter(|dated| is_it(&dated.what)).count()
        };
        assert_eq!(
            count("phase-"),
            timeline(|what| matches!(what, force_drawdown::history::TimelineEvent::Closes { .. })),
            "{name}"
        );
        assert_eq!(count("act-") + count("expected-act-"), agreement.terms().record.len(), "{name}");
        assert_eq!(count("amendment-"), agreement.terms().amendments.len(), "{name}");
        let uids: BTreeSet<_> = events.iter().map(|event| &event["UID"]).collect();
        assert_eq!(uids.len(), events.len(), "{name}: a uid stands twice");
        for event in &events {
            assert!(event["DTSTART"] < event["DTEND"] && event.contains_key("DTSTAMP"), "{name}: {event:?}");
        }
    }
}

#[test]
fn an_event_keeps_its_uid_when_the_deadline_moves() {
    let agreement = example("iraq-2024");
    let of_phase = |agreement: &Agreement| {
        let events = events(&agreement.calendar().to_string());
        events.into_iter().find(|event| event["UID"].starts_with("phase-2.")).unwrap()
    };
    let late = agreement.delayed("2", 30, day!(2026, 6, 1)).unwrap();
    let (before, after) = (of_phase(&agreement), of_phase(&late));
    assert_eq!(before["UID"], after["UID"]);
    assert_eq!((before["DTSTART"].as_str(), before["DTEND"].as_str()), ("20261231", "20270101"));
    assert_eq!((after["DTSTART"].as_str(), after["DTEND"].as_str()), ("20270130", "20270131"));
    assert_eq!(before["SUMMARY"], "Phase 2 is due");
}

#[test]
fn an_event_keeps_its_uid_when_the_title_of_an_agreement_with_an_id_is_corrected() {
    let uids = |id: Option<&str>, title: &str| {
        let terms = Terms { id: id.map(str::to_owned), title: title.to_owned(), ..example("iraq-2024").into_terms() };
        let calendar = Agreement::try_from(terms).unwrap().calendar().to_string();
        events(&calendar).into_iter().map(|event| event["UID"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(uids(Some("iraq"), "Withdrawl"), uids(Some("iraq"), "Withdrawal"));
    // Without an id the title tells the agreements of one calendar apart; so does another id.
    assert_ne!(uids(None, "Withdrawl"), uids(None, "Withdrawal"));
    assert_ne!(uids(Some("iraq"), "Withdrawal"), uids(Some("iraq-2"), "Withdrawal"));
}
