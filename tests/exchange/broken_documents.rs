//! The schema over the fixtures of all violations.

use serde_json::json;

use crate::broken::{Broken, code, table};
use crate::schema::{accepts, reads};

/// Violations that depend on the rest of the document, or that no schema can count.
const BEYOND_SCHEMA: [&str; 30] = [
    "other-unit",
    "duplicate-key",
    "duplicate-id",
    "unknown-party",
    "unknown-force",
    "unknown-phase",
    "unknown-source",
    "unknown-body",
    "force-not-named",
    "part-of-circle",
    "part-of-unit",
    "sum-without-parts",
    "date-out-of-range",
    "span-too-long",
    "deadline-circle",
    "deadline-too-deep",
    "duplicate-limit",
    "duplicate-residual",
    "ceiling-rises",
    "withdraws-more-than-left",
    "phases-out-of-order",
    "closes-before-baseline",
    "step-before-consent",
    "consent-before-domestic-steps",
    "domestic-step-out-of-order",
    "act-after-termination",
    "not-yet-after-event",
    "succession-circle",
    "amendments-out-of-order",
    "effective-with-phase",
];

/// Numbers that only arithmetic finds to be out of range.
const BEYOND_PATTERNS: [&str; 2] = ["\"4294967294 +- 1\"", "\"3000..2000\""];

/// The fixtures of all violations: what is not beyond a schema it rejects, and what is said to be beyond it accepts.
#[test]
fn the_schema_rejects_each_violation_that_it_can_express() {
    for Broken { document, expected } in table() {
        let is_beyond = expected.iter().all(|line| BEYOND_SCHEMA.contains(&code(line)))
            || BEYOND_PATTERNS.iter().any(|number| document.contains(number));
        let verdict = accepts(&serde_json::from_str(&document).unwrap());
        assert_eq!(verdict.is_ok(), is_beyond, "{expected:?}: {verdict:?}");
    }
    let authorised = |strength: &str| json!({ "strength": strength, "as_of": "2000-01-01", "authorised": true });
    let change = |strength: &str| json!({ "baseline": authorised(strength) });
    for open in
        ["unspecified", "over 5", "no fewer than 5", "a minimum of 5", "No less than 5 troops", "not less than 5"]
    {
        assert!(accepts(&reads("/forces/0/baseline", &authorised(open)).1).is_err(), "{open}");
        assert!(accepts(&reads("/amendments/0/changes/0", &change(open)).1).is_err(), "{open}");
    }
    assert_eq!(accepts(&reads("/forces/0/baseline", &authorised("at most 5")).1), Ok(()));
    assert_eq!(accepts(&reads("/amendments/0/changes/0", &change("at most 5")).1), Ok(()));
    let unnamed = json!({ "on": "2001", "act": "event", "name": null });
    assert!(accepts(&reads("/record/0", &unnamed).1).is_err());
}
