//! The rules of the record: a fixture with its exact words for each, beside what is nearly broken.

use super::*;

fn words(terms: &Terms) -> String {
    terms.validate().map_or_else(|invalid| invalid.to_string(), |()| String::new())
}

/// Both steps gated, and Iraq with two bodies.
fn gated(record: Vec<Act>) -> Terms {
    let mut terms = terms(&["IRQ", "USA", "QAT", "TAL"], record);
    terms.consent_before = Some(vec![GatedStep::Announcement, GatedStep::Execution]);
    terms.parties[0].domestic_steps = vec!["cabinet".into(), "parliament".into()];
    terms
}

#[test]
fn every_rule_of_the_record_has_its_words() {
    use ActKind::{
        Adopted, Announced, Approved, ConsentWithdrawn, DomesticStep, Event, InForce, NotYet, NoticeGiven, Paused,
        Signed, Terminated,
    };
    let by_all = || vec![step("2024-01-01", "cabinet"), step("2024-01-01", "parliament"), act("2024-01-01", Approved)];
    let with = |acts: Vec<Act>| [by_all(), acts].concat();
    let table = [
        (
            vec![act("2024-02", Announced)],
            "step-before-consent at record[0]: announcement on 2024-02 waits for every needed consent, and is without that of IRQ, USA, TAL",
        ),
        (
            with(vec![act("2024-02-01", ConsentWithdrawn).by("USA"), act("2024-02-01", InForce)]),
            "step-before-consent at record[4]: execution on 2024-02-01 waits for every needed consent, and is without that of USA",
        ),
        (
            vec![act("2024-02-01", Adopted).by_all(["USA", "TAL"])],
            "step-before-consent at record[0]: announcement on 2024-02-01 waits for every needed consent, and is without that of IRQ",
        ),
        (
            with(vec![
                act("2024-02-01", Announced),
                act("2024-01-10", ConsentWithdrawn).by("USA"),
                act("2024-01-20/2024-02-01", Approved).by("USA"),
                act("2024-01-05/2024-01-20", Announced),
            ]),
            "",
        ),
        (
            with(vec![
                act("2024-01-10", ConsentWithdrawn).by("USA"),
                act("2024-01-05", ConsentWithdrawn).by("IRQ"),
                act("2024-01-15", Approved).by("IRQ"),
                act("2024-01-05/2024-01-20", Announced),
            ]),
            "step-before-consent at record[6]: announcement on 2024-01-05/2024-01-20 waits for every needed consent, and is without that of all at once",
        ),
        (
            vec![step("2024-01-01", "cabinet").by("IRQ"), act("2024-01-02", Approved).by_all(["USA", "IRQ"])],
            "consent-before-domestic-steps at record[1].parties[1]: the consent of IRQ on 2024-01-02 comes before its own steps: parliament",
        ),
        (
            vec![act("2024-01-02", Approved), act("2024-01-03", Approved)],
            "consent-before-domestic-steps at record[0]: the consent of IRQ on 2024-01-02 comes before its own steps: cabinet, parliament",
        ),
        (
            vec![step("2024-01-02", "parliament").by("IRQ"), step("2024-01-03", "cabinet").by("IRQ")],
            "domestic-step-out-of-order at record[0].parties[0]: the step of \"parliament\" of IRQ comes before that of \"cabinet\", which goes first",
        ),
        (
            vec![step("2024-01-02", "parliament")],
            "domestic-step-out-of-order at record[0]: the step of \"parliament\" of IRQ comes before that of \"cabinet\", which goes first",
        ),
        (
            vec![step("2024-01-02", "senate")],
            "unknown-body at record[0].body: no domestic step is of the body \"senate\"; the bodies are cabinet, parliament",
        ),
        (
            vec![step("2024-01-02", "cabinet").by("QAT")],
            "unknown-body at record[0].body: no domestic step is of the body \"cabinet\"; the bodies are none",
        ),
        (
            vec![
                act("2024-01-03", NoticeGiven),
                act("2024-01-01/2024-01-02", Terminated),
                act("2024-01-03", Terminated),
            ],
            "act-after-termination at record[0]: notice-given on 2024-01-03 comes after the termination on 2024-01-01/2024-01-02; only event, not-yet and text-agreed may\n\
             act-after-termination at record[2]: terminated on 2024-01-03 comes after the termination on 2024-01-01/2024-01-02; only event, not-yet and text-agreed may",
        ),
        (
            vec![act("2024-01-01", Paused).by_all(["USA", "FRA"])],
            "unknown-party at record[0].parties[1]: no party has the id \"FRA\"; the parties are IRQ, USA, QAT, TAL",
        ),
        (
            vec![act("2024-01-01", DomesticStep), act("2024-01-01", Event), act("2024-01-01", NotYet)],
            "act-lacks-field at record[0].body: the act domestic-step needs the field \"body\"\n\
             act-lacks-field at record[1].name: the act event needs the field \"name\"\n\
             act-lacks-field at record[2].name: the act not-yet needs the field \"name\"",
        ),
        (
            vec![
                Act::event(period("2024-02"), "handover"),
                Act::event(period("2024-01/2024-03-05"), "handover"),
                Act::not_yet(day("2024-02-28"), "handover"),
                Act::not_yet(period("2024-02"), "handover"),
                Act::not_yet(day("2024-03-05"), "last-convoy"),
            ],
            "not-yet-after-event at record[3]: the event \"handover\" happened by 2024-02-29, and is said not to have happened by the end of 2024-02",
        ),
        (
            // The first is the announcement, and what comes later repeats it.
            with(vec![
                act("2024-01-02", Announced),
                act("2024-01-10", ConsentWithdrawn).by("USA"),
                act("2024-01-20", Announced),
                act("2024-01-21", Adopted).by("IRQ"),
            ]),
            "",
        ),
        (
            vec![step("2024-01-01", "the house"), Act::event(day("2024-01-01"), "")],
            "malformed-id at record[0].body: expected 1 to 64 of A-Z a-z 0-9 . _ -, such as \"us-1\", found \"the house\"; \
             did you mean \"the-house\"?\n\
             malformed-id at record[1].name: expected 1 to 64 of A-Z a-z 0-9 . _ -, such as \"us-1\", found \"\"",
        ),
        (
            vec![
                Act::new(Part::Year(0), Signed),
                Act { published: NaiveDate::from_ymd_opt(10_000, 1, 1), ..act("2024-01-01", Signed).by("IRQ") },
            ],
            "date-out-of-range at record[0].on: 0000 gives no day within the years 1 to 9999\n\
             date-out-of-range at record[1].published: +10000-01-01 gives no day within the years 1 to 9999",
        ),
    ];
    for (record, expected) in table {
        assert_eq!(words(&gated(record)), expected);
    }
}

#[test]
fn an_act_with_parties_that_are_none_is_not_of_all() {
    let record = vec![act("2024-01-01", ActKind::Approved).by("FRA"), act("2024-01-02", ActKind::Announced)];
    assert!(words(&gated(record)).ends_with("is without that of IRQ, USA, TAL"));
}

#[test]
fn what_is_possible_on_some_day_is_no_violation() {
    use ActKind::{
        Adopted, Announced, Approved, InForce, NoticeGiven, ProvisionallyApplied, Refused, Signed, Suspended,
        Terminated, TextAgreed,
    };
    let in_order = vec![step("2024-01-02", "cabinet"), step("2024-01-02", "parliament"), act("2024-01-02", Approved)];
    let legal = [
        [in_order.clone(), vec![act("2024-01-02", Announced), act("2024-01-02", InForce)]].concat(),
        vec![
            step("2024-01-09/2024-01-20", "cabinet"),
            step("2024-01-01/2024-01-09", "parliament"),
            act("2024-01/2024-03", Approved),
        ],
        [in_order.clone(), vec![act("2024-01-01/2024-01-02", Announced)]].concat(),
        [in_order.clone(), vec![act("2024-01-02/2024-01-03", Refused), act("2024-01-02", Announced)]].concat(),
        vec![act("2024-01-02", Adopted).by_all(["USA", "TAL"]), act("2024-01-02", ProvisionallyApplied)],
        vec![act("2024-01-02", Terminated), act("2024-01-02", NoticeGiven), act("2024-01-02", Terminated)],
        vec![
            act("2024-01-02", Terminated),
            act("2024-01-03", TextAgreed),
            Act::event(day("2024-01-04"), "handover"),
            Act::not_yet(day("2024-01-03"), "handover"),
        ],
        vec![act("2024-01-02/2024-01-05", Terminated), act("2024-01-05/2024-01-06", Suspended)],
        vec![Act { body: Some("court".into()), ..act("2024-01-02", Refused) }],
    ];
    for (index, record) in legal.into_iter().enumerate() {
        let mut terms = gated(record);
        if index == 4 {
            terms.consent_before = None;
        }
        assert_eq!(words(&terms), "", "{index}");
    }
    let mut by_signature = gated(vec![step("2024-01-02", "shura").by("TAL"), act("2024-01-02", Signed).by("TAL")]);
    by_signature.parties[3].domestic_steps = vec!["shura".into()];
    assert!(words(&by_signature).starts_with("consent-before-domestic-steps at record[1].parties[0]"));
    by_signature.record[1].on = day("2024-01-03").into();
    assert_eq!(words(&by_signature), "");
}

#[test]
fn what_is_odd_about_the_record_is_advice() {
    use ActKind::{
        Adopted, Announced, Approved, InForce, Paused, ProvisionallyApplied, Refused, Resumed, Signed, Suspended,
    };
    let by_usa = |on, kind| act(on, kind).by("USA");
    let table = [
        (
            vec![
                act("2024-01-02", Resumed),
                act("2024-01-01", Paused),
                by_usa("2024-01-03", Suspended),
                act("2024-01-03", Resumed),
            ],
            "resumed-without at record[0]: resumed comes without a suspended before it",
        ),
        (
            vec![
                act("2024-01-01", Suspended),
                act("2024-01-02", Resumed).by_all(["QAT", "USA"]),
                by_usa("2024-01-02", Paused),
            ],
            "resumed-without at record[1].parties[0]: resumed comes without a paused before it",
        ),
        (
            vec![act("2024-01-03", InForce), act("2024-01/2024-01", InForce), act("2024-01-01/2024-01-02", InForce)],
            "second-in-force at record[0]: the agreement has been in force since 2024-01-01/2024-01-02; the event entry-into-force is the first\n\
             second-in-force at record[1]: the agreement has been in force since 2024-01-01/2024-01-02; the event entry-into-force is the first",
        ),
        (
            vec![
                act("2024-01-01", Signed).by("QAT"),
                act("2024-01-01", Approved).by_all(["USA", "QAT"]),
                act("2024-01-01", Adopted),
            ],
            "consent-not-needed at record[1].parties[1]: the consent of QAT is not needed; give the party a consent mode if it is",
        ),
        (
            vec![act("2024-01-03", Announced), act("2024-01-02", Announced), act("2024-01-01", Approved).by("IRQ")],
            "announced-without-consent at record[1]: announced on 2024-01-02 without the consent of USA; write \"adopted\" if that was the consent, or \"consent\": \"none\" for a party that need not consent",
        ),
        // Consent comes later, is refused, or nothing waits for it any more.
        (vec![act("2024-01-03", Announced), act("2024-02-01", Approved)], ""),
        (vec![act("2024-01-03", Announced), act("2024-02-01", Refused).by("USA")], ""),
        (vec![act("2024-01-03", Announced), act("2024-02-01", ProvisionallyApplied)], ""),
        (vec![act("2024-01-03", Announced).expected()], ""),
    ];
    for (record, expected) in table {
        let advice = agreement(free(&["USA", "QAT", "IRQ"], record)).advice();
        let of_record = advice.iter().filter(|advice| advice.path().starts_with("record"));
        assert_eq!(of_record.map(ToString::to_string).collect::<Vec<_>>().join("\n"), expected);
    }
}

/// A state that declares a limit by itself needs nobody's consent, or gives it by declaring.
#[test]
fn a_declaration_of_one_party_says_what_it_lacks() {
    let document = |consent: &str, act: &str| -> Agreement {
        let text = format!(
            r#"{{ "title": "A limit of 370,000", "instrument": "declaration",
                "parties": [{{ "id": "D", "name": "A state", "role": "sending"{consent} }}],
                "forces": [{{ "id": "f", "party": "D" }}],
                "phases": [{{ "id": "1", "by": "1995-11", "limits": [{{ "remain": 370000 }}] }}],
                "record": [{{ "on": "1990-11-19", "act": "{act}", "parties": ["D"] }}] }}"#
        );
        serde_json::from_str(&text).unwrap()
    };
    let on = day("1994-01-01");
    let lacking = document("", "announced");
    let advice: Vec<_> = lacking.advice().iter().map(|advice| (advice.code(), advice.path())).collect();
    assert!(advice.contains(&("announced-without-consent", "record[0]".to_owned())), "{advice:?}");
    assert!(!lacking.binds_on(on));
    for whole in [document(r#", "consent": "none""#, "announced"), document("", "adopted")] {
        assert!(whole.advice().iter().all(|advice| advice.code() != "announced-without-consent"));
        assert!(whole.binds_on(on));
    }
}

/// 1,048,576 parties times acts are accepted, and not one more.
#[test]
fn a_large_record_is_checked_in_proportion() {
    const COUNT: usize = 512;
    let mut record = Vec::new();
    for index in 0..COUNT {
        let id = format!("P{index}");
        record.push(act("2024-01-01", ActKind::Approved).by(id.as_str()));
        record.push(act("2024-01-02", ActKind::Announced));
        record.push(step("2024-01-01", "cabinet"));
        record.push(act("2024-01-02", ActKind::Refused));
    }
    let mut terms = gated(record);
    let party =
        |index| Party { domestic_steps: vec!["cabinet".into()], ..Party::new(format!("P{index}"), "P", Role::Sending) };
    terms.parties = (0..COUNT).map(party).collect();
    let Err(invalid) = terms.validate() else { panic!("each announcement comes too early") };
    assert_eq!(invalid.violations().len(), COUNT);
    terms.record.push(act("2024-01-03", ActKind::Paused));
    let expected =
        "document-too-large at record: the parties times the acts come to 1049088; at most 1048576 are accepted";
    assert_eq!(words(&terms), expected);
}

#[test]
fn a_step_without_parties_is_of_those_whose_consent_is_needed() {
    let with = |record| {
        let mut terms = gated(record);
        terms.parties[2].domestic_steps = vec!["shura".into(), "cabinet".into()];
        words(&terms)
    };
    assert_eq!(
        with(vec![step("2024-01-02", "shura")]),
        "unknown-body at record[0].body: no domestic step is of the body \"shura\"; the bodies are cabinet, parliament"
    );
    // That of the cabinet is Iraq's. Qatar need not consent, so that the order of its bodies does not matter.
    assert_eq!(with(vec![step("2024-01-02", "cabinet")]), "");
    assert_eq!(with(vec![step("2024-01-02", "cabinet").by("QAT")]), "");
    assert_eq!(with(vec![act("2024-01-02", ActKind::Approved).by("QAT")]), "");
}
