//! Inputs of any size, each large in one way, as those who attack write them.

use std::fmt::Write;

use chrono::{Days, NaiveDate};
use force_drawdown::{Agreement, Assessment, Observation, ReadError, Terms, day};
use serde_json::{Map, Value, json};

/// The first day of every input.
pub(crate) const BEGIN: NaiveDate = day!(1950, 1, 1);

/// The last day on which something is due, and the day of judgement.
pub(crate) const ON: NaiveDate = day!(1953, 12, 31);

/// A kind of input: its name, the units at its smaller size, and its document or rows for so many units.
pub(crate) type Kind = (&'static str, usize, fn(usize) -> (Value, String));

/// The kinds that can be read.
pub(crate) const LEGAL: &[Kind] = &[
    ("phases", 40, |n| legal(json!({ "phases": phases(n) }))),
    ("phases that each withdraw", 40, |n| {
        legal(json!({ "phases": phases_of(n, |_| json!({ "limits": [{ "force": "f", "withdraw": 1 }] })) }))
    }),
    ("phases each after the one before", 40, |n| {
        legal(json!({ "phases": each(n, |k| json!({
            "id": format!("p{k}"),
            "by": if k == 0 { json!("1950-01-02") } else { json!({ "after": format!("phase:p{}", k - 1), "days": 1 }) },
            "limits": [{ "force": "f", "remain": 4_000_000_000_u32 - u32::try_from(k).unwrap() }],
        })) }))
    }),
    ("phases of many sources", 40, |n| {
        legal(json!({
            "phases": phases_of(n, |k| json!({ "source": format!("s{k}"), "note": "as reported" })),
            "sources": each(n, |k| (format!("s{k}"), json!({ "title": "A report" }))).into_iter().collect::<Map<_, _>>(),
        }))
    }),
    ("forces, each part of the one before", 40, |n| {
        let whole = |k: usize| (!k.is_multiple_of(16)).then(|| json!({ "part_of": format!("f{}", k - 1) }));
        legal(json!({
            "forces": each(n, |k| with(force(&format!("f{k}")), whole(k))),
            "phases": [{ "id": "1", "by": "1951-01-01",
                "limits": each(n, |k| json!({ "force": format!("f{k}"), "remain": (500 + n - k) })) }],
        }))
    }),
    ("forces side by side", 40, |n| {
        legal(json!({
            "forces": each(n, |k| force(&format!("f{k}"))),
            "phases": [{ "id": "1", "by": "1951-01-01",
                "limits": each(n, |k| json!({ "force": format!("f{k}"), "remain": 500 })) }],
        }))
    }),
    ("the parts of one whole", 40, |n| {
        let whole = with(force("f"), Some(json!({ "sum_of_parts": true })));
        let parts = each(n, |k| json!({ "id": format!("g{k}"), "part_of": "f" }));
        let rows = each(n, |k| format!("g{k},1950-06-01,{k}"));
        let forces = [vec![whole], parts].concat();
        (document(json!({ "forces": forces })), csv(&rows))
    }),
    ("one force of a long name in many phases", 40, |n| {
        let named = with(force("f"), Some(json!({ "name": "N".repeat(20 * n) })));
        legal(json!({ "forces": [named], "phases": phases(n) }))
    }),
    ("one long unit of many forces", 40, |n| {
        let unit = json!({ "unit": "U".repeat(20 * n) });
        legal(json!({ "forces": [with(force("f"), Some(unit))], "phases": phases(n) }))
    }),
    ("acts of one party of a long name", 40, |n| {
        legal(json!({
            "parties": [{ "id": "A", "name": "N".repeat(20 * n), "role": "sending" }],
            "record": each(n, |k| json!({ "on": date(k), "act": "approved", "parties": ["A"] })),
        }))
    }),
    ("steps of one party of a long name", 40, |n| {
        legal(json!({
            "parties": [{ "id": "A", "name": "N".repeat(20 * n), "role": "sending",
                "domestic_steps": each(n, |k| format!("b{k}")) }],
            "record": [],
        }))
    }),
    ("steps of one party, all on record", 40, |n| {
        legal(json!({
            "parties": [{ "id": "A", "name": "a", "role": "sending", "domestic_steps": each(n, |k| format!("b{k}")) }],
            "record": each(n, |k| json!({ "on": "1950-01-02", "act": "domestic-step", "parties": ["A"], "body": format!("b{k}") })),
        }))
    }),
    ("parties", 40, |n| {
        legal(json!({
            "parties": each(n, |k| json!({ "id": format!("P{k}"), "name": "A state", "role": "sending" })),
            "record": [{ "on": "1950-01-02", "act": "text-agreed" }],
        }))
    }),
    ("acts", 40, |n| {
        let acts = ["approved", "announced", "event", "paused", "resumed", "refused"];
        legal(json!({
            "consent_before": [],
            "record": each(n, |k| {
                let act = json!({ "on": date(k * 400 / n), "act": acts[k % 6] });
                with(act, match k % 6 {
                    2 => Some(json!({ "name": format!("e{k}") })),
                    3 | 4 => Some(json!({ "parties": ["A"] })),
                    _ => None,
                })
            }),
        }))
    }),
    ("acts of windows", 40, |n| {
        let windows = each(n, |k| {
            json!({
                "on": format!("{}/{}", date(k % 100), date(k % 100 + 400)), "act": "event", "name": "e",
            })
        });
        let record = [vec![json!({ "on": "1950-01-02", "act": "approved" })], windows].concat();
        legal(json!({ "record": record }))
    }),
    ("acts that are expected", 40, |n| {
        legal(json!({ "record": each(n, |k| json!({
            "on": date(k), "act": "event", "name": format!("e{k}"), "expected": true, "note": "N",
        })) }))
    }),
    ("conditions", 40, |n| {
        legal(json!({
            "phases": [{ "id": "1", "by": "1951-01-01", "conditions": each(n, |k| format!("e{k}")),
                "limits": [{ "force": "f", "remain": 5 }] }],
            "record": each(n, |k| json!({ "on": "1950-01-01", "act": "event", "name": format!("e{k}") })),
        }))
    }),
    ("members of one deadline", 40, |n| {
        legal(
            json!({ "phases": [{ "id": "1", "by": { "any": each(n, date) }, "limits": [{ "force": "f", "remain": 5 }] }] }),
        )
    }),
    ("amendments of one phase", 40, |n| amended(n, |k| json!([{ "phase": "1", "title": format!("title {k}") }]))),
    ("amendments of one phase of a long title", 40, |n| {
        let phase = json!({ "id": "1", "title": "T".repeat(20 * n), "by": "1951-01-01", "limits": [{ "force": "f", "remain": 5 }] });
        let (amended, csv) = amended(n, |k| json!([{ "phase": "1", "by": date(400 - k) }]));
        (with(amended, Some(json!({ "phases": [phase] }))), csv)
    }),
    ("one amendment of a long title and many changes", 40, |n| {
        legal(json!({
            "phases": phases(n),
            "amendments": [{ "title": "T".repeat(20 * n), "adopted": "1950-01-02",
                "changes": each(n, |k| json!({ "phase": format!("p{k}"), "title": "t" })) }],
        }))
    }),
    // New baselines, and amendments of many phases, are bounded by `document-too-large`.
    ("acts of one source of a long title", 40, |n| {
        legal(json!({
            "record": each(n, |k| json!({ "on": date(k), "act": "approved", "source": "s" })),
            "sources": { "s": { "title": "T".repeat(20 * n) } },
        }))
    }),
    ("a long title", 40, |n| {
        legal(json!({ "title": "T".repeat(20 * n), "note": "N".repeat(20 * n), "phases": phases(n) }))
    }),
    ("one source of a long title", 40, |n| {
        legal(json!({
            "phases": phases_of(n, |_| json!({ "source": "s" })),
            "sources": { "s": { "title": "T".repeat(20 * n) } },
        }))
    }),
    ("one long note of a count", 40, |n| {
        (document(json!({ "phases": phases(n) })), csv(&[format!("f,1950-06-01,\"5\",{}", "n".repeat(20 * n))]))
    }),
    ("counts", 40, |n| (document(json!({})), csv(&each(n, |k| format!("f,{},{}", date(k * 400 / n), k % 9_000))))),
    ("counts that may be of many days", 40, |n| {
        (document(json!({})), csv(&each(n, |k| format!("f,{}/{},{}", date(k % 300), date(k % 300 + 300), k % 9_000))))
    }),
    ("controls in names", 40, |n| {
        legal(
            json!({ "forces": [with(force("f"), Some(json!({ "name": "\u{7}\u{202e}".repeat(n) })))], "phases": phases(n) }),
        )
    }),
];

/// As many recounts as phases that wait: each version has all phases, so that both together are quadratic.
pub(crate) const RECOUNTS: Kind = ("recounts that phases wait through", 50, |n| {
    let waiting =
        |k| json!({ "id": format!("w{k}"), "by": { "after": "event:e" }, "limits": [{ "remain": 90_000 - k }] });
    let dated = |k| json!({ "id": format!("d{k}"), "by": date(10 + 2 * k), "limits": [{ "remain": 50_000 - k }] });
    let recount = |k| {
        json!({ "title": "An amendment", "adopted": date(11 + 2 * k),
        "changes": [{ "baseline": { "strength": 90_000 - k, "as_of": date(11 + 2 * k) } }] })
    };
    let phases = [each(n, waiting), each(n, dated)].concat();
    legal(json!({ "phases": phases, "amendments": each(n, recount) }))
});

/// The kinds that are refused.
pub(crate) const BROKEN: &[Kind] = &[
    ("unknown fields", 320, |n| {
        let fields: Map<_, _> = each(n, |k| (format!("u{k}"), json!(1))).into_iter().collect();
        legal(Value::Object(fields))
    }),
    ("numbers that are none", 320, |n| {
        legal(json!({ "phases": phases_of(n, |_| json!({ "limits": [{ "force": "f", "remain": "abc" }] })) }))
    }),
    ("names of nothing", 320, |n| {
        legal(json!({ "phases": each(n, |k| json!({
            "id": format!("p{k}"), "by": { "after": format!("phase:q{k}") }, "limits": [{ "force": format!("g{k}"), "remain": 5 }],
        })) }))
    }),
    ("one id", 320, |n| legal(json!({ "phases": each(n, |_| json!({ "id": "p", "by": "1951-01-01" })) }))),
    ("one id of a long name", 320, |n| {
        legal(json!({ "phases": each(20, |_| json!({ "id": "p".repeat(20 * n), "by": "1951-01-01" })) }))
    }),
    ("ceilings that rise", 320, |n| {
        legal(json!({ "phases": phases_of(n, |k| json!({ "limits": [{ "force": "f", "remain": k }] })) }))
    }),
    ("a circle", 320, |n| {
        legal(
            json!({ "phases": each(n, |k| json!({ "id": format!("p{k}"), "by": { "after": format!("phase:p{}", (k + 1) % n) } })) }),
        )
    }),
    ("circles of two", 320, |n| {
        legal(
            json!({ "phases": each(n, |k| json!({ "id": format!("p{k}"), "by": { "after": format!("phase:p{}", k ^ 1) } })) }),
        )
    }),
    ("a circle of parts", 320, |n| {
        legal(
            json!({ "forces": each(n, |k| json!({ "id": format!("f{k}"), "part_of": format!("f{}", (k + 1) % n) })) }),
        )
    }),
    ("words that are none", 320, |n| legal(json!({ "record": each(n, |_| json!({ "on": "1950", "act": "nope" })) }))),
    ("a step of a long name, of a party that many succeed one after the other", 40, |n| {
        let successor = |k: usize| (k > 0).then(|| json!({ "succeeds": format!("P{}", k - 1), "since": date(k) }));
        let party = |k| with(json!({ "id": format!("P{k}"), "name": "a", "role": "sending" }), successor(k));
        let step =
            json!({ "on": "1950-01-01", "act": "domestic-step", "parties": ["P0"], "body": "b".repeat(200 * n) });
        legal(json!({ "parties": each(n, party), "record": [step] }))
    }),
    ("a list of numbers", 320, |n| legal(json!({ "phases": each(n, |_| json!(5)) }))),
    ("sources that are not there", 320, |n| {
        legal(
            json!({ "phases": [{ "id": "1", "by": "1951-01-01", "source": each(n, |k| json!({ "source": format!("s{k}") })) }] }),
        )
    }),
    ("amendments that each break a rule", 320, |n| amended(n, |k| json!([{ "drop": format!("x{k}") }]))),
    ("amendments that rise", 320, |n| {
        amended(
            n,
            |k| json!([{ "phase": "1", "limits": [{ "force": "f", "remain": 4_000_000_001_u32 + u32::try_from(k).unwrap() }] }]),
        )
    }),
    ("forces that an amendment breaks", 320, |n| {
        let limits = |remain: usize| each(n, |k| json!({ "force": format!("f{k}"), "remain": remain }));
        legal(json!({
            "forces": each(n, |k| force(&format!("f{k}"))),
            "phases": [{ "id": "1", "by": "1951-01-01", "limits": limits(5) }, { "id": "2", "by": "1951-06-01", "limits": limits(5) }],
            "amendments": [{ "title": "b", "adopted": "1950-01-02", "changes": [{ "phase": "2", "limits": limits(500) }] }],
        }))
    }),
    ("rows that are none", 320, |n| (document(json!({})), csv(&each(n, |_| "zz,x,y")))),
    ("columns that are none", 320, |n| {
        let columns = each(n, |k| format!("c{k}")).join(",");
        (document(json!({})), format!("force,date,present,{columns}\nf,1950-01-02,5\n"))
    }),
];

/// What one input is, before anything is asked of it.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) text: String,
    pub(crate) csv: String,
}

impl Input {
    pub(crate) fn new(kind: &Kind, factor: usize) -> Self {
        let (document, csv) = kind.2(kind.1 * factor);
        Self { text: document.to_string(), csv }
    }

    /// The bytes of the document and the rows.
    pub(crate) fn len(&self) -> usize {
        self.text.len() + self.csv.len()
    }

    pub(crate) fn read(&self) -> Result<Agreement, ReadError<serde_json::Error>> {
        Agreement::read(&mut serde_json::Deserializer::from_str(&self.text))
    }
}

/// A legal input with everything that can be asked about it made ready.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) input: Input,
    pub(crate) terms: Terms,
    pub(crate) agreement: Agreement,
    pub(crate) observations: Vec<Observation>,
    pub(crate) assessment: Assessment,
}

impl Ready {
    pub(crate) fn new(kind: &Kind, factor: usize) -> Self {
        let input = Input::new(kind, factor);
        let agreement = input.read().unwrap_or_else(|error| panic!("{}: {error}", kind.0));
        let observations = agreement.read_observations(input.csv.as_bytes());
        let observations = observations.unwrap_or_else(|error| panic!("{}: {error}", kind.0));
        let assessment = agreement.assess(&observations, ON);
        Self { input, terms: agreement.terms().clone(), agreement, observations, assessment }
    }
}

fn each<T>(n: usize, make: impl Fn(usize) -> T) -> Vec<T> {
    (0..n).map(make).collect()
}

pub(crate) fn date(days: usize) -> String {
    (BEGIN + Days::new(u64::try_from(days).unwrap())).to_string()
}

fn with(mut value: Value, fields: Option<Value>) -> Value {
    if let (Some(value), Some(Value::Object(fields))) = (value.as_object_mut(), fields) {
        value.extend(fields);
    }
    value
}

fn force(id: &str) -> Value {
    json!({ "id": id, "baseline": { "strength": 4_000_000_000_u32, "as_of": "1950-01-01" } })
}

fn document(fields: Value) -> Value {
    let plain = json!({
        "title": "t",
        "parties": [{ "id": "A", "name": "a", "role": "sending" }],
        "forces": [force("f")],
        "phases": [{ "id": "1", "by": "1951-01-01", "limits": [{ "force": "f", "remain": 5 }] }],
        "record": [{ "on": "1950-01-01", "act": "approved" }],
    });
    with(plain, Some(fields))
}

/// A document with a few counts.
fn legal(fields: Value) -> (Value, String) {
    let document = document(fields);
    let named = document["forces"][0]["id"].as_str().unwrap_or("f").to_owned();
    let rows = ["1950-06-01,5000", "1951-06-01,4", "1952-01/1952-06,about 300"].map(|row| format!("{named},{row}"));
    (document, csv(&rows))
}

/// Phases one after the other, over 20,000 days.
fn phases(n: usize) -> Value {
    phases_of(n, |_| json!({}))
}

fn phases_of(n: usize, fields: impl Fn(usize) -> Value) -> Value {
    let phase = |k| {
        json!({ "id": format!("p{k}"), "by": date(10 + k * 400 / n),
            "limits": [{ "force": "f", "remain": 4_000_000_000_u32 - u32::try_from(k).unwrap() }] })
    };
    json!(each(n, |k| with(phase(k), Some(fields(k)))))
}

fn amended(n: usize, changes: impl Fn(usize) -> Value) -> (Value, String) {
    legal(json!({
        "amendments": each(n, |k| json!({ "title": "An amendment", "adopted": date(k * 300 / n), "changes": changes(k) })),
    }))
}

fn csv<S: AsRef<str>>(rows: &[S]) -> String {
    let is_noted = rows.iter().any(|row| row.as_ref().contains('"'));
    let mut text = format!("force,date,present{}\n", if is_noted { ",note" } else { "" });
    for row in rows {
        writeln!(text, "{}", row.as_ref()).unwrap();
    }
    text
}
