//! Deadlines and the record as iCalendar, read by another parser.

use std::collections::{BTreeMap, BTreeSet};

use force_drawdown::{
    Act, ActKind, Agreement, Amendment, Baseline, Change, Deadline, Force, Limit, NewBaseline, Party, Phase,
    PhaseChange, Role, Terms, day, strategies, terms::Offset,
};
use proptest::prelude::*;

use crate::documents;

type Fields = BTreeMap<String, String>;

/// The name and the events of a calendar as another parser reads them.
fn parsed(calendar: &str) -> (String, Vec<Fields>) {
    let parsed: Vec<_> = ical::IcalParser::new(calendar.as_bytes()).collect::<Result<_, _>>().unwrap();
    let [calendar] = parsed.as_slice() else { panic!("one calendar") };
    let name = calendar.properties.iter().find(|field| field.name == "NAME").unwrap();
    let fields = |event: &ical::parser::ical::component::IcalEvent| {
        event.properties.iter().map(|field| (field.name.clone(), field.value.clone().unwrap_or_default())).collect()
    };
    (name.value.clone().unwrap_or_default(), calendar.events.iter().map(fields).collect())
}

fn events(agreement: &Agreement) -> Vec<Fields> {
    parsed(&agreement.calendar()).1
}

/// The event whose uid holds a text.
fn event(agreement: &Agreement, uid: &str) -> Fields {
    let mut found = events(agreement).into_iter().filter(|event| event["UID"].contains(uid));
    let event = found.next().unwrap_or_else(|| panic!("{uid}"));
    assert!(found.next().is_none(), "{uid} is not one event");
    event
}

/// How many events an agreement should have.
fn expected(agreement: &Agreement) -> usize {
    use force_drawdown::history::TimelineEvent::Opens;
    let of_windows = |what: &_| matches!(what, Opens { .. });
    agreement.timeline().filter(|dated| !of_windows(&dated.what)).count()
}

/// What holds of every calendar, whatever its texts say.
fn check(agreement: &Agreement) -> Result<(), TestCaseError> {
    let text = agreement.calendar();
    prop_assert_eq!(&text, &agreement.calendar(), "it is the same each time");
    prop_assert!(text.ends_with("\r\n"));
    for line in text.split_terminator("\r\n") {
        prop_assert!(!["DESCRIPTION:", "SUMMARY:"].contains(&line.trim_end()), "nothing to say");
        prop_assert!(line.len() <= 75, "{} octets: {line:?}", line.len());
        prop_assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    let (name, events) = parsed(&text);
    prop_assert!(!name.contains('\n'));
    prop_assert_eq!(events.len(), expected(agreement));
    prop_assert_eq!(text.matches("\r\nBEGIN:VEVENT\r\n").count(), events.len());
    let uids: BTreeSet<_> = events.iter().map(|event| &event["UID"]).collect();
    prop_assert_eq!(uids.len(), events.len(), "a uid is there twice");
    for event in &events {
        prop_assert!(event.get("DTEND").is_none_or(|end| event["DTSTART"] < *end), "{event:?}");
        prop_assert!(event.contains_key("DTSTAMP") && event.contains_key("SEQUENCE"), "{event:?}");
        prop_assert_eq!(event["SEQUENCE"] == "0" || event.contains_key("LAST-MODIFIED"), true, "{:?}", event);
    }
    Ok(())
}

#[test]
fn a_calendar_has_an_event_for_each_window_and_act() {
    for (name, document) in documents() {
        let agreement: Agreement = serde_json::from_value(document).unwrap();
        check(&agreement).unwrap_or_else(|error| panic!("{name}: {error}"));
        for event in events(&agreement) {
            assert!(event["UID"].starts_with(&format!("{}/", agreement.terms().name())), "{name}: {event:?}");
        }
    }
}

/// Texts that would write into the file, or break its lines.
fn hostile() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x\r\n",
        "\rSUMMARY:no\r",
        "\n",
        "\\",
        "\\n",
        ";",
        ",",
        ":",
        "\"",
        "\0",
        "\u{1b}[2J",
        "\u{85}",
        "\u{2028}",
        "\t",
        " ",
        "=20",
        "\u{1f6d1}",
        "\u{e9}",
        "long words and more of them, ",
    ]);
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_writes_into_the_file(
        terms in strategies::terms(),
        texts in proptest::collection::vec(hostile(), 6),
    ) {
        let mut terms = terms;
        let mut texts = texts.into_iter().cycle();
        let mut next = || texts.next().unwrap();
        terms.title = next();
        terms.parties.iter_mut().for_each(|party| party.name = next());
        terms.forces.iter_mut().for_each(|force| force.name = Some(next()));
        terms.phases.iter_mut().for_each(|phase| phase.title = Some(next()));
        terms.record.iter_mut().for_each(|act| act.note = Some(next()));
        for amendment in &mut terms.amendments {
            (amendment.title, amendment.note) = (next(), Some(next()));
        }
        check(&Agreement::try_from(terms).unwrap())?;
    }
}

/// Two phases of which the second falls due three months after the first, and a third by itself.
fn plan() -> Terms {
    let after =
        Deadline::After { event: "phase:1".parse().unwrap(), offset: Offset { months: 3, ..Offset::default() } };
    Terms::new("US-Iraq plan: as reported")
        .party(Party::new("IRQ", "Iraq", Role::Receiving))
        .party(Party::new("USA", "United States", Role::Sending))
        .force(Force::new("us").name("US troops").baseline(Baseline::new(2_500, day!(2024, 9, 6))))
        .phase(Phase::new("1", Deadline::month(2025, 9)).limit(Limit::remain(2_000)))
        .phase(Phase::new("2", after).limit(Limit::remain("1000..1500".parse::<force_drawdown::Quantity>().unwrap())))
        .phase(Phase::new("3", Deadline::end_of_year(2026)).limit(Limit::remain(0)))
}

fn agreed(terms: Terms) -> Agreement {
    Agreement::try_from(terms).unwrap()
}

#[test]
fn a_summary_says_what_a_person_would() {
    let terms = plan()
        .act(Act::new(day!(2024, 9, 6), ActKind::Signed).by_all(["USA", "IRQ"]).note("in Baghdad, at noon"))
        .amendment(
            Amendment::new("Longer, by a month", day!(2025, 8, 1)).change(PhaseChange::new("3").title("The rest")),
        );
    let agreement = agreed(terms);
    let summary = |uid: &str| event(&agreement, uid)["SUMMARY"].clone();
    assert_eq!(summary("/phase/1@"), "US-Iraq plan: phase 1 due\\, at most 2\\,000 (US troops)");
    assert_eq!(summary("/phase/2@"), "US-Iraq plan: phase 2 due\\, at most 1\\,500 (US troops)");
    assert_eq!(summary("/phase/3@"), "US-Iraq plan: The rest due\\, none left (US troops)");
    assert_eq!(summary("/baseline/us/2024-09-06@"), "US-Iraq plan: 2500 there (US troops)");
    assert_eq!(summary("/act/signed/"), "US-Iraq plan: the text is signed by United States and Iraq");
    assert_eq!(summary("/amendment/2025-08-01@"), "US-Iraq plan: amended by “Longer\\, by a month”");
    // Only where there is more to say.
    let description = |uid: &str| event(&agreement, uid).get("DESCRIPTION").cloned();
    assert_eq!(description("/phase/1@"), None);
    assert_eq!(description("/phase/2@").as_deref(), Some("US troops: 1\\,000-1\\,500\\, by how the text is read"));
    assert_eq!(description("/act/signed/").as_deref(), Some("in Baghdad\\, at noon"));
    let calendar = agreement.calendar();
    assert!(calendar.contains("\r\nPRODID:-//force-drawdown//calendar//EN\r\n"));
    assert!(calendar.contains("\r\nNAME:US-Iraq plan: as reported\r\n"));
}

#[test]
fn a_summary_names_three_forces_and_the_description_the_others() {
    let mut terms = plan();
    terms.phases.truncate(1);
    terms.phases[0].limits = Vec::new();
    terms.forces = ["a", "b", "c", "d", "e"].map(|id| Force::new(id).counted_in("tanks")).into();
    terms.phases[0].limits = ["a", "b", "c", "d", "e"].map(|id| Limit::remain(1_200).on(id)).into();
    let event = event(&agreed(terms), "/phase/1@");
    let named = "at most 1\\,200 tanks (a)\\, at most 1\\,200 tanks (b)\\, at most 1\\,200 tanks (c)";
    assert_eq!(event["SUMMARY"], format!("US-Iraq plan: phase 1 due\\, {named}\\, and 2 more"));
    assert_eq!(event["DESCRIPTION"], "at most 1\\,200 tanks (d)\\nat most 1\\,200 tanks (e)");
}

#[test]
fn a_deadline_that_moves_keeps_its_uid_and_counts_its_amendments() {
    let agreement = agreed(plan());
    let of = |agreement: &Agreement, uid: &str| {
        let event = event(agreement, uid);
        (
            event["DTSTART"].clone(),
            event["DTEND"].clone(),
            event["SEQUENCE"].clone(),
            event.get("LAST-MODIFIED").cloned(),
        )
    };
    let expected = |start: &str, end: &str, sequence: &str, modified: Option<&str>| {
        (start.to_owned(), end.to_owned(), sequence.to_owned(), modified.map(str::to_owned))
    };
    assert_eq!(of(&agreement, "/phase/1@"), expected("20250901", "20251001", "0", None));
    let once = agreement.delayed("1", 30, day!(2025, 8, 1)).unwrap();
    assert_eq!(of(&once, "/phase/1@"), expected("20251001", "20251031", "1", Some("20250801T000000Z")));
    // What counts from it moves as well, and what does not stays.
    assert_eq!(of(&once, "/phase/2@"), expected("20260101", "20260131", "1", Some("20250801T000000Z")));
    assert_eq!(of(&once, "/phase/3@"), expected("20261231", "20270101", "0", None));
    let adopted = day!(2025, 9, 1);
    let twice = once.delayed("2", 10, adopted).unwrap();
    assert_eq!(of(&twice, "/phase/1@").2, "1");
    assert_eq!(
        (of(&twice, "/phase/2@").2, of(&twice, "/phase/2@").3),
        ("2".to_owned(), Some("20250901T000000Z".to_owned()))
    );
    // As known before, it has not moved yet.
    assert_eq!(of(&twice.as_known_on(day!(2025, 8, 31)), "/phase/2@"), of(&once, "/phase/2@"));
    // A recount changes what may stay, and a new phase has not been changed.
    let mut terms = twice.into_terms();
    let baseline = Baseline::new(900, day!(2025, 12, 1));
    let recount = Change::Baseline { baseline: NewBaseline { force: None, baseline } };
    let add = Phase::new("2b", Deadline::month(2026, 6)).limit(Limit::remain(500));
    let add = Change::Add { add, after: Some("2".to_owned()) };
    terms.amendments.push(Amendment { changes: vec![recount, add], ..Amendment::new("R", day!(2025, 12, 2)) });
    let thrice = agreed(terms);
    assert_eq!(of(&thrice, "/phase/2@").2, "3");
    assert_eq!(of(&thrice, "/phase/2b@"), expected("20260601", "20260701", "0", Some("20251202T000000Z")));
    assert_eq!(event(&thrice, "/baseline/us/2025-12-01@")["SUMMARY"], "US-Iraq plan: 900 there (US troops)");
}

fn uids(terms: Terms) -> BTreeSet<String> {
    events(&agreed(terms)).iter().map(|event| event["UID"].clone()).collect()
}

#[test]
fn an_event_keeps_its_uid_when_a_title_is_corrected() {
    let amended = |title: &str, of_amendment: &str, id: Option<&str>| {
        let terms = Terms { title: title.to_owned(), id: id.map(str::to_owned), ..plan() };
        uids(
            terms.amendment(Amendment::new(of_amendment, day!(2025, 8, 1)).change(PhaseChange::new("1").title("half"))),
        )
    };
    for id in [None, Some("plan")] {
        assert_eq!(amended("Withdrawl", "Delay", id), amended("Withdrawal", "Delayed", id));
    }
    assert!(amended("T", "A", None).is_disjoint(&amended("T", "A", Some("plan"))));
    assert!(amended("T", "A", Some("plan-2")).is_disjoint(&amended("T", "A", Some("plan"))));
    // Without an id, other parties or forces make another agreement.
    let other = plan().party(Party::new("GBR", "United Kingdom", Role::Witness));
    assert!(uids(other).is_disjoint(&uids(plan())));
}

/// The order of acts, an older one that is found later, and a note that is corrected.
#[test]
fn an_act_keeps_its_uid_whatever_is_on_record_beside_it() {
    let postponed =
        |month: usize| Act::new([day!(2025, 1, 1), day!(2025, 2, 1)][month - 1], ActKind::AnnouncementPostponed);
    let of = |acts: &[Act]| uids(Terms { record: acts.to_vec(), ..plan() });
    let alone = of(&[postponed(2)]);
    let both = of(&[postponed(1), postponed(2)]);
    assert!(alone.is_subset(&both));
    assert_eq!(both.len(), alone.len() + 1);
    assert_eq!(of(&[postponed(2), postponed(1)]), both);
    let of_february = |acts: &[Act]| {
        let events = events(&agreed(Terms { record: acts.to_vec(), ..plan() })).into_iter();
        events.filter(|event| event["DTSTART"] == "20250201").map(|event| event["UID"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of_february(&[postponed(1), postponed(2)]), of_february(&[postponed(2)]));
    assert_eq!(of(&[postponed(1).note("late"), postponed(2)]), both);
    let by = |parties: [&'static str; 2]| of(&[postponed(2).by_all(parties)]);
    assert_eq!(by(["USA", "IRQ"]), by(["IRQ", "USA"]));
    assert!(!by(["USA", "IRQ"]).is_superset(&alone));
    // Twice the same is two events.
    assert_eq!(of(&[postponed(2), postponed(2)]).len(), alone.len() + 1);
}

/// A note of a megabyte costs no more than its size.
#[test]
fn a_long_text_is_folded_in_time() {
    let act = |size: usize| Act::new(day!(2025, 1, 1), ActKind::Announced).note("a note, ".repeat(size));
    let calendar = |size: usize| drop(agreed(plan().act(act(size))).calendar());
    crate::pace::assert_in_proportion(8, || calendar(10_000), || calendar(80_000));
}
