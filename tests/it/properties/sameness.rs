//! What is the same by another name, on other days, in another order or beside what has nothing to do with it, has the
//! same answers.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::*;
use force_drawdown::{Force, GatedStep};
use serde_json::Value;

/// The days of four hundred years, after which the calendar repeats itself.
const CYCLE: u64 = 146_097;
const YEARS: u32 = 400;

/// What is said of each of these days, and of these forces.
fn answers(agreement: &Agreement, seen: &[Observation], forces: &[String], days: &[NaiveDate]) -> String {
    let mut all = String::new();
    for &day in days {
        let mut assessment = agreement.assess(seen, day);
        assessment.forces.retain(|force| forces.contains(&force.force));
        let blockers: Vec<_> = GatedStep::ALL.iter().map(|&step| agreement.blockers_on(step, day)).collect();
        let consents = agreement.terms().parties.iter().map(|party| agreement.consent_on(&party.id, day));
        writeln!(all, "{blockers:?}\n{:?}", consents.collect::<Vec<_>>()).unwrap();
        for force in forces {
            let Some(schedule) = agreement.schedule(force) else { continue };
            let planned = Interpolation::ALL.iter().map(|&how| schedule.planned_on(day, how)).collect::<Vec<_>>();
            let gaps = assessment.gaps(force, day - Days::new(9)..=day, Interpolation::Linear).unwrap();
            let milestones = schedule.planned_milestones_on(day);
            let gaps = gaps.collect::<Vec<_>>();
            writeln!(all, "{:?}\n{planned:?}\n{milestones:?}\n{gaps:?}", schedule.required_on(day)).unwrap();
        }
        writeln!(all, "{}", serde_json::to_string_pretty(&assessment).unwrap()).unwrap();
    }
    all
}

/// Days towards the end of what is on record.
fn asked(agreement: &Agreement, seen: &[Observation]) -> Vec<NaiveDate> {
    let last = agreement.last_day(seen).unwrap_or(day!(2000, 1, 1));
    [500, 200, 60, 0].map(|days| last - Days::new(days)).to_vec()
}

/// Goes through the texts of a document, each with the field that it is of and the object that has it.
fn each_text(value: &mut Value, field: &str, owner: &Value, change: &mut impl FnMut(&str, &Value, &mut String)) {
    match value {
        Value::String(text) => change(field, owner, text),
        Value::Array(members) => members.iter_mut().for_each(|member| each_text(member, field, owner, change)),
        Value::Object(fields) => {
            let owner = Value::Object(fields.clone());
            fields.iter_mut().for_each(|(field, value)| each_text(value, field, &owner, change));
        }
        _ => {}
    }
}

/// Whether the text of a field is a day, a deadline or an event.
fn is_dated(field: &str, owner: &Value, text: &str) -> bool {
    let dated = [
        "on",
        "by",
        "from",
        "until",
        "as_of",
        "adopted",
        "effective",
        "published",
        "date",
        "since",
        "after",
        "before",
        "any",
        "earliest",
        "latest",
    ];
    dated.contains(&field) && owner.get("add").is_none() && !text.starts_with("phase:") && !text.starts_with("event:")
}

/// Later by four hundred years: each number of four digits, where one begins.
fn shifted(text: &str) -> String {
    let mut later = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let length = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (digits, after) = from.split_at(length);
        let year = digits.parse::<u32>().ok().filter(|_| length == 4);
        later += before;
        later += &year.map_or_else(|| digits.to_owned(), |year| format!("{:04}", year + YEARS));
        rest = after;
    }
    later + rest
}

/// Only the days of an answer are shifted: a year with a month and a day after it.
fn shifted_days(answer: &str) -> String {
    let is_day = |at: usize| {
        let bytes = answer.as_bytes().get(at..at + 10).unwrap_or_default();
        let digits = |places: &[usize]| places.iter().all(|&place| bytes[place].is_ascii_digit());
        bytes.len() == 10 && digits(&[0, 1, 2, 3, 5, 6, 8, 9]) && bytes[4] == b'-' && bytes[7] == b'-'
    };
    let mut later = String::new();
    let mut copied = 0;
    for (at, _) in answer.char_indices().filter(|&(at, _)| is_day(at)) {
        later += &answer[copied..at];
        later += &shifted(&answer[at..at + 4]);
        copied = at + 4;
    }
    later + &answer[copied..]
}

fn terms_of(value: &Value) -> Terms {
    serde_json::from_value::<Terms>(value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"))
}

/// The ids, keys, names of events and bodies of a document and of what was seen, and where each is.
fn is_id(field: &str, owner: &Value) -> bool {
    let of_act = owner.get("act").is_some();
    match field {
        "id" | "party" | "force" | "part_of" | "parties" | "phase" | "drop" | "unilateral" | "succeeds" | "done"
        | "conditions" | "body" | "domestic_steps" | "source" => true,
        "name" => of_act,
        "after" => owner.get("add").is_some(),
        _ => false,
    }
}

/// Every id by another: its place among all, counted from the one end or from the other.
struct Names {
    ids: Vec<String>,
    letter: char,
    is_reversed: bool,
}

impl Names {
    fn new(ids: &BTreeSet<String>, letter: char, is_reversed: bool) -> Self {
        Self { ids: ids.iter().cloned().collect(), letter, is_reversed }
    }

    fn of(&self, id: &str) -> String {
        let Some(place) = self.ids.iter().position(|other| other == id) else { return id.to_owned() };
        self.token(place)
    }

    fn token(&self, place: usize) -> String {
        let number = if self.is_reversed { self.ids.len() - 1 - place } else { place };
        format!("Q{}{number:03}Q", self.letter)
    }

    fn rename(&self, value: &mut Value) {
        each_text(value, "", &Value::Null, &mut |field, owner, text| {
            if let Some((kind, id)) = text.split_once(':').filter(|_| matches!(field, "after" | "before")) {
                *text = format!("{kind}:{}", self.of(id));
            } else if is_id(field, owner) {
                *text = self.of(text);
            }
        });
        if let Some(sources) = value.get_mut("sources").and_then(Value::as_object_mut) {
            *sources = std::mem::take(sources).into_iter().map(|(key, source)| (self.of(&key), source)).collect();
        }
    }
}

fn ids(value: &mut Value) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    each_text(value, "", &Value::Null, &mut |field, owner, text| {
        if let Some((_, id)) = text.split_once(':').filter(|_| matches!(field, "after" | "before")) {
            ids.insert(id.to_owned());
        } else if is_id(field, owner) && !text.is_empty() {
            ids.insert(text.clone());
        }
    });
    let sources = value.get("sources").and_then(Value::as_object).into_iter().flatten();
    ids.extend(sources.map(|(key, _)| key.clone()));
    ids
}

/// The document with the force of each limit, residual and baseline written out, where there is only one force.
fn with_forces_named(terms: &Terms) -> Terms {
    let mut terms = terms.clone();
    let only = Some(terms.forces[0].id.clone());
    let name_phase = |phase: &mut force_drawdown::Phase| {
        phase.limits.iter_mut().for_each(|limit| limit.force = limit.force.take().or_else(|| only.clone()));
    };
    terms.phases.iter_mut().for_each(name_phase);
    let mut value = serde_json::to_value(&terms).unwrap();
    let name = |member: &mut Value| {
        let fields = member.as_object_mut().unwrap();
        fields.entry("force").or_insert_with(|| Value::from(only.clone()));
    };
    let each = |list: Option<&mut Value>| {
        list.and_then(Value::as_array_mut).into_iter().flatten().for_each(name);
    };
    each(value.get_mut("residual"));
    for amendment in value.get_mut("amendments").and_then(Value::as_array_mut).into_iter().flatten() {
        for change in amendment["changes"].as_array_mut().unwrap() {
            each(change.get_mut("residual"));
            each(change.get_mut("limits"));
            each(change.get_mut("add").and_then(|phase| phase.get_mut("limits")));
            change.get_mut("baseline").into_iter().for_each(name);
        }
    }
    terms_of(&value)
}

fn shuffled<T: Clone + std::fmt::Debug + 'static>(members: Vec<T>) -> impl Strategy<Value = Vec<T>> {
    Just(members).prop_shuffle()
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn by_other_names((terms, seen) in with_observations()) {
        let mut both = [serde_json::to_value(&terms).unwrap(), serde_json::to_value(&seen).unwrap()];
        let ids = both.iter_mut().flat_map(ids).collect();
        let [one, other] = [('a', false), ('b', true)].map(|(letter, is_reversed)| {
            let names = Names::new(&ids, letter, is_reversed);
            let [mut document, mut rows] = both.clone();
            names.rename(&mut document);
            names.rename(&mut rows);
            let agreement = Agreement::try_from(terms_of(&document)).unwrap();
            let rows: Vec<Observation> = serde_json::from_value(rows).unwrap();
            let said = answers(&agreement, &rows, &forces(&agreement), &asked(&agreement, &rows));
            (0..ids.len()).fold(said, |said, place| said.replace(&names.token(place), &format!("<{place}>")))
        });
        prop_assert!(one == other, "{one}\n{other}\n{}", json(&terms));
    }

    #[test]
    fn four_hundred_years_later((terms, seen) in with_observations()) {
        let later = |mut value: Value| {
            each_text(&mut value, "", &Value::Null, &mut |field, owner, text| {
                if is_dated(field, owner, text) {
                    *text = shifted(text);
                }
            });
            value
        };
        let [document, rows] = [serde_json::to_value(&terms).unwrap(), serde_json::to_value(&seen).unwrap()].map(later);
        let (now, then) = (Agreement::try_from(terms).unwrap(), Agreement::try_from(terms_of(&document)).unwrap());
        let rows: Vec<Observation> = serde_json::from_value(rows).unwrap();
        let (days, forces) = (asked(&now, &seen), forces(&now));
        let shifted: Vec<_> = days.iter().map(|&day| day + Days::new(CYCLE)).collect();
        let (was, is) = (shifted_days(&answers(&now, &seen, &forces, &days)), answers(&then, &rows, &forces, &shifted));
        prop_assert!(was == is, "{was}\n{is}\n{}\n{}", json(now.terms()), json(then.terms()));
    }

    #[test]
    fn in_another_order(((terms, seen), (record, rows)) in with_observations().prop_flat_map(|(terms, seen)| {
        let shuffled = (shuffled(terms.record.clone()), shuffled(seen.clone()));
        (Just((terms, seen)), shuffled)
    })) {
        let other = Agreement::try_from(Terms { record, ..terms.clone() }).unwrap();
        let one = Agreement::try_from(terms).unwrap();
        let (days, forces) = (asked(&one, &seen), forces(&one));
        let (was, is) = (answers(&one, &seen, &forces, &days), answers(&other, &rows, &forces, &days));
        prop_assert!(was == is, "{was}\n{is}\n{}\n{}", json(one.terms()), json(other.terms()));
    }

    /// What was seen may be in one file or in two.
    #[test]
    fn in_two_files((terms, seen) in with_observations(), place in any::<proptest::sample::Index>()) {
        let agreement = Agreement::try_from(terms).unwrap();
        let (first, second) = seen.split_at(place.index(seen.len() + 1));
        let files = [seen.as_slice(), first, second].map(|rows| {
            let mut file = Vec::new();
            Observation::write_csv(rows, &mut file).unwrap();
            agreement.read_observations(file.as_slice()).unwrap()
        });
        let [all, first, second] = files;
        prop_assert_eq!(all, [first, second].concat());
    }

    #[test]
    fn beside_a_force_that_nothing_refers_to((terms, seen) in with_observations(), is_first in any::<bool>()) {
        let named = with_forces_named(&terms);
        let rows: Vec<Observation> = seen
            .iter()
            .map(|row| Observation { force: row.force.clone().or_else(|| Some(terms.forces[0].id.clone())), ..row.clone() })
            .collect();
        let mut more = named.clone();
        let place = if is_first { 0 } else { more.forces.len() };
        more.forces.insert(place, Force::new("not-referred-to"));
        let (one, other) = (Agreement::try_from(named).unwrap(), Agreement::try_from(more).unwrap());
        let (days, forces) = (asked(&one, &rows), forces(&one));
        let (was, is) = (answers(&one, &rows, &forces, &days), answers(&other, &rows, &forces, &days));
        prop_assert!(was == is, "{was}\n{is}\n{}", json(other.terms()));
    }
}
