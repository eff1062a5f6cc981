//! The catalogue: every agreement is sound, and judged as it was when it was checked by hand.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use force_drawdown::assessment::PhaseAssessment;
use force_drawdown::catalog::{self, CatalogEntry};
use force_drawdown::{GatedStep, Outcome, Part, Window, day};
use serde_json::Value;

#[test]
fn every_file_of_the_examples_is_in_the_catalogue() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/agreements");
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let documents: BTreeSet<String> = files.filter(|text| text.starts_with('{')).collect();
    let catalogued: BTreeSet<String> = catalog::all().map(|entry| entry.json.to_owned()).collect();
    assert_eq!(catalog::IDS.len(), catalogued.len());
    assert_eq!(documents, catalogued);
    assert!(catalog::IDS.is_sorted());
    assert!(catalog::all().all(|entry| entry.agreement.terms().name() == entry.id));
}

/// Every citation within a value: keys named by `source`.
fn cited(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(key) if name == "source" => drop(out.insert(key.clone())),
                    _ => cited(value, out),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| cited(value, out)),
        _ => {}
    }
}

#[test]
fn citations_resolve_and_no_source_is_idle() {
    for CatalogEntry { id, json, agreement, observations } in catalog::all() {
        let mut keys = BTreeSet::new();
        cited(&serde_json::from_str(json).unwrap(), &mut keys);
        let sources = &agreement.terms().sources;
        assert!(!keys.is_empty() && keys.iter().all(|key| sources.contains_key(key)), "{id}: {keys:?}");
        keys.extend(observations.iter().filter_map(|seen| seen.source.clone()));
        let idle: Vec<_> = sources.keys().filter(|key| !keys.contains(*key)).collect();
        assert!(idle.is_empty(), "{id}: nothing cites {idle:?}");
        assert!(observations.iter().all(|seen| seen.source.is_some()), "{id}: an observation without a source");
    }
}

/// The assessment on the last day of the latest observation, else on the last day of anything.
#[test]
fn assessments_are_those_that_were_checked() {
    for CatalogEntry { id, agreement, observations, .. } in catalog::all() {
        let observed =
            observations.iter().filter_map(|seen| seen.until.max(seen.date.window().map(Window::latest))).max();
        let on = observed.or_else(|| agreement.last_day(&[])).unwrap();
        let assessment = serde_json::to_string_pretty(&agreement.assess(&observations, on)).unwrap() + "\n";
        let checked = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/catalog/{id}.json"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::create_dir_all(checked.parent().unwrap()).unwrap();
            fs::write(checked, assessment).unwrap();
        } else {
            let checked =
                fs::read_to_string(&checked).unwrap_or_else(|_| panic!("{id}: run with UPDATE_GOLDEN=1 and check it"));
            assert_eq!(
                serde_json::from_str::<Value>(&assessment).unwrap(),
                serde_json::from_str::<Value>(&checked).unwrap(),
                "{id}"
            );
        }
    }
}

/// Worked out by hand from the sources: agreement, day, phase and what it is of (`-`: its event), outcome, slip.
const HISTORY: &str = "\
abidjan-1996           1998-12-31 complete       foreign     overdue      at least 581
angola-1988            1991-07-01 0              troops      undetermined -98 to 214
angola-1988            1991-07-01 1              troops      met          -313 to -1
angola-1988            1991-07-01 1              south-13    undetermined at most 5
angola-1988            1991-07-01 4              troops      met          -38 to -37
chad-france-2024       2025-01-11 abeche         abeche      met          -63 to -20
czechoslovakia-1990    1991-07-01 1              troops      undetermined -93 to 416
czechoslovakia-1990    1991-07-01 3              troops      met          -489 to -9
doha-2020              2021-05-02 2              us          undetermined -
doha-2020              2021-05-31 2              us          overdue      at least 10
doha-2020              2021-09-01 1              us          met          -134 to -25
doha-2020              2021-09-01 us-2500        us          met          -210 to 0
doha-2020              2021-09-01 1              -           met          -135 to 0
doha-2020              2021-09-01 2              us          late         121 to 124
doha-2020              2021-09-01 2              allies      not-reported -
doha-2020              2021-09-01 us-date        -           met          -1
geneva-1988            1989-02-15 1              soviet      met          -91 to 0
geneva-1988            1989-02-15 2              soviet      met          -183 to 0
georgia-2005           2007-11-13 complete       -           met          -414 to -323
germany-1990           1994-08-31 all            soldiers    met          -273 to 0
germany-1990           1994-08-31 all            others      undetermined -
israel-lebanon-2024    2025-02-18 complete       positions   overdue      at least 1
karabakh-2020          2020-12-01 kalbajar       -           met          0
lebanon-2005           2005-05-23 complete       troops      met          -4
namibia-1989           1989-11-21 2              troops      undetermined at most 21
namibia-1989           1989-11-21 3              troops      met          at most 0
namibia-1989           1989-11-21 4              troops      met          -149 to 0
niger-us-2024          2024-09-15 complete       us          met          -118 to 0
paris-1973             1973-03-29 complete       us          undetermined 0 to 1
us-iraq-2008           2011-12-31 cities         cities      met          at most -2
us-iraq-2008           2011-12-31 referendum     -           overdue      not known
us-iraq-2008           2011-12-31 combat-mission us          met          -182 to 0
us-iraq-2008           2011-12-31 combat-mission -           met          -12
us-iraq-2008           2011-12-31 all            us          met          -23 to -13
us-iraq-statement-2024 2025-10-31 1              ain-al-asad overdue      at least 2
us-iraq-statement-2024 2026-01-17 1              ain-al-asad late         2 to 109
us-iraq-statement-2024 2026-01-17 1              -           late         109
vietnam-1969           1972-05-25 1972-05        us          met          -10 to -4
vietnam-1969           1972-05-25 1972-07        us          pending      -
";

#[test]
fn phases_are_judged_as_history_has_them() {
    for line in HISTORY.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [id, day, phase, force, outcome, ref slip @ ..] = words[..] else { panic!("{line}") };
        let CatalogEntry { agreement, observations, .. } = catalog::get(id).unwrap();
        let assessment = agreement.assess(&observations, day.parse().unwrap());
        let of = |judged: &&PhaseAssessment| judged.phase == phase && judged.force.as_deref().unwrap_or("-") == force;
        let judged = assessment.phases.iter().find(of).unwrap();
        let found = judged.slip_days.map_or_else(|| "-".to_owned(), |slip| slip.to_string());
        assert_eq!((judged.outcome.to_string(), found), (outcome.to_owned(), slip.join(" ")), "{line}");
    }
}

/// What the eight agreements of the years 1969 to 2021 have to show beside outcomes.
#[test]
fn states_and_changes_are_those_of_history() {
    let get = |id| catalog::get(id).unwrap();
    // Iraq, 2008: parliament has voted, the Presidency Council has not, and nothing binds before the new year.
    let iraq = get("us-iraq-2008").agreement;
    let state = iraq.approval_on(day!(2008, 11, 27));
    assert_eq!(state.to_string(), "awaiting consent of IRQ");
    let missing = iraq.blockers_on(GatedStep::Execution, day!(2008, 11, 27));
    let steps: Vec<String> = missing.iter().map(|one| one.sentence(iraq.terms())).collect();
    assert_eq!(steps, ["Iraq has to consent", "presidency-council of Iraq has to say yes"]);
    assert!(!iraq.binds_on(day!(2008, 12, 31)) && iraq.binds_on(day!(2009, 1, 1)));

    let judged = iraq.assess(&[], day!(2011, 12, 31));
    assert!(judged.phases.iter().all(|judged| judged.binding_when_due == Some(true)));
    // The plan of 2024 that was to follow never bound anybody.
    let plan = get("us-iraq-2024").agreement.assess(&[], day!(2026, 12, 31));
    assert!(plan.phases.iter().all(|judged| judged.binding_when_due == Some(false)));
    assert!(plan.expected[0].passed);

    // Doha: what 14 April 2021 changed was not known the day before, and the Taliban did not agree to it.
    let doha = get("doha-2020");
    let known = doha.agreement.as_known_on(day!(2021, 4, 13)).assess(&doha.observations, day!(2021, 4, 13));
    assert_eq!(known.phases.iter().find(|judged| judged.phase == "2").unwrap().outcome, Outcome::Awaiting);
    let judged = doha.agreement.assess(&doha.observations, day!(2021, 9, 1));
    let last = judged.phases.iter().find(|judged| judged.phase == "2").unwrap();
    assert_eq!(last.due, Window::new(day!(2021, 4, 28), day!(2021, 5, 1)));
    let own = judged.phases.iter().find(|judged| judged.phase == "us-date" && judged.force.is_none()).unwrap();
    assert_eq!(own.original.as_ref().unwrap().slip_days.unwrap().to_string(), "-12");

    // Angola: Cuba's suspension left its deadlines alone.
    let angola = get("angola-1988").agreement;
    assert!(angola.binds_on(day!(1990, 2, 1)));
    assert!(angola.assess(&[], day!(1991, 7, 1)).expected.is_empty());
    assert_eq!(angola.assess(&[], day!(1990, 2, 1)).approval.paused_by, ["CUB"]);
    assert!(angola.assess(&[], day!(1990, 2, 25)).approval.paused_by.is_empty());

    // Namibia: no day is due before the implementation has begun.
    let namibia = get("namibia-1989").agreement.as_known_on(day!(1989, 3, 31)).assess(&[], day!(1989, 3, 31));
    assert!(namibia.phases.iter().all(|judged| judged.outcome == Outcome::Awaiting));

    // Somalia: four contingents are known and the fifth is not, and so is the sum of all.
    let amisom = get("amisom");
    let judged = amisom.agreement.assess(&amisom.observations, day!(2019, 2, 4));
    let uniformed = judged.forces[0].observed.as_ref().unwrap();
    assert_eq!((uniformed.low, uniformed.high), (19_714, None));
    // What a contingent may be is what all may be, which it says.
    let of = |id: &str| {
        let force = judged.forces.iter().find(|force| force.force == id).unwrap();
        force.ceiling.as_ref().unwrap().of.clone()
    };
    assert_eq!((of("uganda").as_deref(), of("uniformed")), (Some("uniformed"), None));

    // Poland: the Soviet Union had agreed to a text, and Russia signed.
    let poland = get("poland-1991").agreement;
    assert_eq!(poland.approval_on(day!(1991, 12, 25)).to_string(), "awaiting consent of SUN and POL");
    assert_eq!(poland.approval_on(day!(1991, 12, 26)).to_string(), "awaiting consent of RUS and POL");
    assert_eq!(poland.approval_on(day!(1992, 5, 22)).to_string(), "announced");

    // Germany: four months before the day first agreed.
    let germany = get("germany-1990");
    let judged = germany.agreement.assess(&germany.observations, day!(1994, 8, 31));
    let last = judged.phases.iter().find(|judged| judged.phase == "all").unwrap();
    let original = last.original.as_ref().unwrap();
    assert_eq!((original.outcome, original.slip_days.unwrap().high), (Outcome::Met, Some(-122)));

    // Viet-Nam: 15,800 in the 37 days from 25 May to 1 July, which the press calls more than 3,000 a week.
    let vietnam = get("vietnam-1969");
    let judged = vietnam.agreement.assess(&vietnam.observations, day!(1972, 5, 25));
    assert_eq!(judged.forces[0].required_pace.unwrap().to_string(), "2,990");
    let april = vietnam.agreement.assess(&vietnam.observations, day!(1972, 4, 29));
    let branches = april.forces[0].observed.as_ref().unwrap();
    assert_eq!((branches.low, branches.high), (68_100, Some(68_100)));
    let ceilings = [(1969, 12, 484_000), (1971, 12, 184_000), (1972, 5, 69_000), (1972, 12, 27_000)];
    for (year, month, people) in ceilings {
        let last = Part::Month(year, month).window().unwrap().latest();
        let required = vietnam.agreement.schedule("us").unwrap().required_on(last).unwrap();
        assert_eq!((required.strict, required.lenient), (people, Some(people)), "{year}-{month}");
    }
}
