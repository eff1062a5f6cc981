//! The verbs that take agreements to other places.

use std::fs;

use crate::{GEORGIA, IRAQ, IRAQ_COUNTS, ROOT, assert_prints, documents, run, run_in, started};

#[test]
fn a_first_agreement_has_neither_mistakes_nor_oddities() {
    let folder = started("new");
    assert_eq!(run_in(&folder, &["check", "--advice", "agreement.toml"], "").1, "agreement.toml: no mistakes\n");
    let (code, out, errors) = run_in(&folder, &["assess", "agreement.toml", "--counts", "counts.csv", "--json"], "");
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(out.contains("\"earliest\": \"2025-07-10\""), "{out}");
    // The lines that are there to be used are of the format, too.
    let text = fs::read_to_string(folder.join("agreement.toml")).unwrap();
    let is_for_use =
        |line: &&str| line.starts_with("[[") || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
    let used = text.lines().map(|line| line.strip_prefix("# ").filter(is_for_use).unwrap_or(line));
    let used: Vec<&str> = used.collect();
    assert!(used.contains(&"[[amendments]]") && used.contains(&"[[residual]]"));
    let checked = run_in(&folder, &["check", "--advice", "-"], &used.join("\n"));
    assert_eq!(checked, (0, "standard input: no mistakes\n".to_owned(), String::new()));
    // What is there is never written over.
    fs::write(folder.join("counts.csv"), "mine").unwrap();
    fs::remove_file(folder.join("agreement.toml")).unwrap();
    let again = run_in(&folder, &["new"], "");
    assert_eq!(
        again,
        (1, String::new(), "counts.csv: there is such a file already, and nothing was written\n".to_owned())
    );
    assert_eq!(fs::read_to_string(folder.join("counts.csv")).unwrap(), "mine");
    assert!(!folder.join("agreement.toml").exists());
}

/// JSON as TOML and back is the same document, and both answer alike.
#[test]
fn every_real_agreement_is_converted_and_back() {
    let folder = started("convert");
    for file in documents() {
        let name = file.as_str();
        let (code, toml, errors) = run(&["convert", name]);
        assert_eq!((code, errors.as_str()), (0, ""), "{name}");
        let back = run_in(&folder, &["convert", "-"], &toml);
        assert_eq!(back, run(&["convert", "--to", "json", name]), "{name}");
        let kept: serde_json::Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let converted: serde_json::Value = serde_json::from_str(&back.1).unwrap();
        assert_eq!(converted["title"], kept["title"]);
        let asked = ["assess", "-", "--on", "2026-01-01", "--json"];
        assert_eq!(run_in(&folder, &asked, &toml), run_in(&folder, &asked, &back.1), "{name}");
    }
    let lines = run(&["convert", IRAQ, GEORGIA]).1;
    assert_eq!(lines.lines().count(), 2);
    assert_eq!(lines, run(&["convert", "--to", "jsonl", IRAQ]).1 + &run(&["convert", "--to", "jsonl", GEORGIA]).1);
}

#[test]
fn a_phase_or_a_force_is_explained() {
    let folder = started("explain");
    let ask = |rest: &[&str]| {
        run_in(
            &folder,
            &[&["explain", "agreement.toml", "--counts", "counts.csv", "--on", "2025-07-31"], rest].concat(),
            "",
        )
    };
    let (code, all, errors) = ask(&[]);
    assert_eq!((code, errors.as_str()), (0, ""));
    let (half, mission) = (ask(&["half"]).1, ask(&["mission"]).1);
    assert!(half.starts_with("Half: undecided. It fell due on 30 June 2025"), "{half}");
    assert!(mission.starts_with("The northern mission") && !mission.contains("Half:"), "{mission}");
    assert!(all.starts_with(&mission) && all.contains(&half), "{all}");
    assert!(all.lines().all(|line| line.chars().count() <= 100), "{all}");
    let unknown = "no phase or force has the id \"quarter\"; the phases are half, rest; the forces are mission\n";
    assert_eq!(ask(&["quarter"]), (1, String::new(), unknown.to_owned()));
}

#[test]
fn a_report_is_text_markdown_or_a_part_of_a_page() {
    let folder = started("report");
    let asked = ["report", "agreement.toml", "--counts", "counts.csv", "--on", "2025-07-31"];
    let report = |rest: &[&str]| {
        let (code, out, errors) = run_in(&folder, &[&asked, rest].concat(), "");
        assert_eq!((code, errors.as_str()), (0, ""));
        out
    };
    let text = report(&[]);
    assert!(text.starts_with("Withdrawal of the northern mission\n") && text.contains("31 July 2025"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(report(&["--width", "120"]).lines().count() < text.lines().count());
    let markdown = report(&["--format", "markdown"]);
    assert!(markdown.starts_with("# Withdrawal of the northern mission\n") && markdown.contains("\n| "), "{markdown}");
    assert!(report(&["--format", "html"]).starts_with("<section class=\"drawdown-report\">"));
    let assessed = run_in(&folder, &["assess", "agreement.toml", "--counts", "counts.csv", "--on", "2025-07-31"], "").1;
    assert_eq!(assessed, text);
    // Without a day the report says which it took.
    let (_, over, _) = run(&["report", GEORGIA]);
    assert!(over.contains("the last day"), "{over}");
}

/// Without a day, all of the past is judged as of its last day.
#[test]
fn what_is_over_is_asked_about_as_of_its_end() {
    let (code, out, errors) = run(&["explain", GEORGIA, "bases"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    let last = run(&["assess", GEORGIA, "--json"]).1;
    let last = last.split("\"on\": \"").nth(1).unwrap().split('"').next().unwrap();
    let (day, rest) = out.split_once("\n\n").unwrap();
    assert!(day.contains("the last day"), "{day}");
    assert_eq!(rest, run(&["explain", GEORGIA, "bases", "--on", last]).1);
}

#[test]
fn what_is_not_known_and_what_happened_are_listed() {
    assert_prints("unknowns", &["unknowns", IRAQ, "--counts", IRAQ_COUNTS, "--on", "2025-10-01"]);
    assert_prints("timeline", &["timeline", IRAQ]);
    let known = run(&["timeline", "src/../examples/agreements/afghanistan-2011.json", "--known", "2012-01-01"]).1;
    assert!(known.lines().count() < run(&["timeline", "examples/agreements/afghanistan-2011.json"]).1.lines().count());
}

#[test]
fn two_drafts_are_compared() {
    let folder = started("diff");
    let text = fs::read_to_string(folder.join("agreement.toml")).unwrap();
    let later = text
        .replace("end of 2025-06", "2025-09-30")
        .replace("[[record]]\non = \"2025-03-01\"\nact = \"in-force\"\nsource = \"verifiers\"\n", "");
    let later = later
        .replace("northern mission\"\n\n# A short", "north\"\n\n# A short")
        .replace("id = \"SENDER\"\nname", "id = \"SENDER\"\nnote = \"\"\nname");
    let later =
        later.replace("[[forces]]\nid = \"mission\"", "[[forces]]\nid = \"guards\"\n\n[[forces]]\nid = \"mission\"");
    let later =
        later.replace("[[phases.limits]]\n", "[[phases.limits]]\nforce = \"mission\"\n").replace("note = \"\"\n", "");
    fs::write(folder.join("later.toml"), later).unwrap();
    let (code, out, errors) = run_in(&folder, &["diff", "agreement.toml", "later.toml"], "");
    assert_eq!((code, errors.as_str()), (0, ""));
    let expected = [
        "title, from \"Withdrawal of the northern mission\" to \"Withdrawal of the north\"",
        "phase half: by, from end of 2025-06 to 2025-09-30",
        "phase half: limits, from withdrawn_share 50% to withdrawn_share 50% of mission",
        "phase rest: limits, from remain 0 to remain 0 of mission",
        "force guards added: guards",
        "record dropped: 2025-03-01: the agreement enters into force",
    ];
    assert_eq!(out.lines().collect::<Vec<_>>(), expected);
    let back = run_in(&folder, &["diff", "later.toml", "agreement.toml"], "").1;
    assert!(back.contains("force guards dropped\n") && back.contains("record added: "), "{back}");
    assert_eq!(run_in(&folder, &["diff", "agreement.toml", "agreement.toml"], "").1, "no change\n");
}

#[test]
fn tables_calendars_and_the_schema_are_those_of_the_library() {
    let (code, tidy, _) = run(&["tidy", IRAQ, "--counts", IRAQ_COUNTS]);
    assert!(code == 0 && tidy.starts_with("agreement,force,unit,party,"), "{tidy}");
    assert!(tidy.contains(",required,2025-09-30,2025-09-30,1251,2550,"));
    let form = |form: &str| run(&["tidy", IRAQ, "--counts", IRAQ_COUNTS, form, "--planned", "linear"]).1;
    assert!(form("--changes").contains(",required,2025-09-30,2026-12-30,1251,2550,"));
    assert!(form("--wide").lines().next().unwrap().ends_with(",doubtful_low,doubtful_high"));
    assert!(form("--state-years").contains(",2025,1251,2550\n"));
    assert!(form("--phases").starts_with("agreement,phase,title,force,"));
    assert_eq!(run(&["tidy", IRAQ, "--wide", "--changes"]).0, 2);
    assert_ne!(tidy, run(&["tidy", IRAQ, "--counts", IRAQ_COUNTS, "--planned", "linear"]).1);
    let calendar = run(&["calendar", GEORGIA]).1;
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"), "{calendar}");
    let schema: serde_json::Value = serde_json::from_str(&run(&["schema"]).1).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn the_catalogue_is_listed_and_printed() {
    let (code, list, errors) = run(&["catalog"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(list.lines().count() >= 25 && list.contains("\nus-iraq-2024 "), "{list}");
    for id in list.lines().map(|line| line.split(' ').next().unwrap()) {
        let folder = std::path::Path::new(ROOT);
        assert_eq!(run_in(folder, &["check", "-"], &run(&["catalog", id]).1).0, 0, "{id}");
    }
    assert_eq!(run(&["catalog", "us-iraq-2024"]).1, fs::read_to_string(format!("{ROOT}/{IRAQ}")).unwrap());
    let counts = run(&["catalog", "us-iraq-2024", "--counts"]).1;
    let asked = run_in(std::path::Path::new(ROOT), &["assess", IRAQ, "--counts", "-", "--json"], &counts);
    assert_eq!(asked, run(&["assess", IRAQ, "--counts", IRAQ_COUNTS, "--json"]));
    let (code, out, errors) = run(&["catalog", "paris-1919"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(errors.contains("\"paris-1919\"; `drawdown catalog` lists them"), "{errors}");
}

#[test]
fn a_portfolio_is_judged_row_by_row() {
    let folder = started("portfolio");
    let lines = run(&["convert", IRAQ, GEORGIA]).1;
    fs::write(folder.join("agreements.jsonl"), &lines).unwrap();
    let names: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let name = |of: &serde_json::Value| of["id"].as_str().or(of["title"].as_str()).unwrap().to_owned();
    let (iraq, georgia) = (name(&names[0]), name(&names[1]));
    let counts = format!(
        "agreement;force;date;present;note\n{iraq};;2025-10-01;about 2000;\"a; b\"\n{iraq};us;2024-09-05;2500;\n\
         {georgia};bases;2008-12-31;1;\n{georgia};bases;2008-12-31;;none\n"
    );
    let (code, out, errors) = run_in(&folder, &["judge", "agreements.jsonl", "-"], &counts);
    assert_eq!((code, errors.as_str()), (0, ""));
    let judged: Vec<Vec<&str>> = out.lines().skip(1).map(|line| line.rsplitn(4, ',').collect()).collect();
    let verdicts: Vec<&str> = judged.iter().map(|row| row[2]).collect();
    assert_eq!(verdicts, ["not-binding", "not-binding", "exceeded", "not-reported"], "{out}");
    assert_eq!((judged[2][1], judged[2][0]), ("-1", "-1"));
    assert!(out.starts_with("agreement,force,date,present,note,verdict,margin_low,margin_high\n"), "{out}");
    assert!(out.contains(",about 2000,a; b,not-binding,"), "{out}");

    let wrong = "agreement,force,date,present\nnobody,us,2025-10-01,5\n".to_owned()
        + &format!("{iraq},uk,2025-10-01,5\n{iraq},us,2025-13,5\n{iraq},us,2025-10-01,some\n{iraq},us\n");
    let (code, out, errors) = run_in(&folder, &["judge", "agreements.jsonl", "-"], &wrong);
    assert_eq!((code, out.as_str(), errors.lines().count()), (1, "", 5), "{errors}");
    let column = |of: usize| iraq.len() + of;
    let places = [(2, 1), (3, column(2)), (4, column(5)), (5, column(16)), (6, 1)];
    for (line, (row, column)) in errors.lines().zip(places) {
        assert!(line.starts_with(&format!("standard input:{row}:{column}: csv: ")), "{line} is not at {row}:{column}");
    }
    let (_, _, errors) = run_in(&folder, &["judge", "agreements.jsonl", "-"], "date,presnt\n");
    assert_eq!(errors.lines().count(), 3, "{errors}");
}

#[test]
fn mistakes_in_a_portfolio_are_at_their_lines() {
    let folder = started("portfolio-mistakes");
    let good = run(&["convert", "--to", "jsonl", IRAQ]).1;
    fs::write(folder.join("agreements.jsonl"), format!("{good}\n{{ \"titel\": 1 }}\n  {{x\n{good}")).unwrap();
    let (code, out, errors) = run_in(&folder, &["judge", "agreements.jsonl", "counts.csv"], "");
    assert_eq!((code, out.as_str()), (1, ""));
    let said = |place: &str| errors.lines().any(|line| line.starts_with(&format!("agreements.jsonl:{place}")));
    assert!(said("3:3: unknown-field: ") && said("4:4: syntax: ") && said("5:1: portfolio: "), "{errors}");
}

#[test]
fn pages_are_written_into_a_folder() {
    let folder = started("page");
    let asked = ["page", "agreement.toml", "--counts", "counts.csv", "--on", "2025-07-31", "-o", "site"];
    let site = folder.join("site");
    assert_eq!(run_in(&folder, &asked, ""), (0, "wrote site/northern-mission.html\n".to_owned(), String::new()));
    let html = fs::read_to_string(site.join("northern-mission.html")).unwrap();
    assert!(html.starts_with("<!doctype html>") && html.contains("1,900"), "{html}");

    // Counts are found beside the agreement, and several pages have one that leads to them.
    fs::copy(folder.join("counts.csv"), folder.join("my plan.observations.csv")).unwrap();
    let text = fs::read_to_string(folder.join("agreement.toml")).unwrap();
    fs::write(folder.join("my plan.toml"), text.replace("id = \"northern-mission\"", "")).unwrap();
    let iraq = format!("{ROOT}/{IRAQ}");
    let several = ["page", "my plan.toml", &iraq, "--on", "2025-07-31", "--title", "Two plans", "-o", "site"];
    let (code, out, errors) = run_in(&folder, &several, "");
    assert_eq!((code, errors.as_str()), (0, ""));
    assert_eq!(out, "wrote site/my-plan.html\nwrote site/us-iraq-2024.html\nwrote site/index.html\n");
    assert_eq!(fs::read_to_string(site.join("my-plan.html")).unwrap(), html);
    let index = fs::read_to_string(site.join("index.html")).unwrap();
    assert!(index.contains("href=\"my-plan.html\"") && index.contains("href=\"us-iraq-2024.html\""), "{index}");
    assert!(index.contains(">Two plans</h1>"), "{index}");
    let same = run_in(&folder, &["page", &iraq, &iraq, "-o", "site"], "");
    assert_eq!((same.0, same.1.as_str()), (1, ""));
    assert!(same.2.starts_with("two pages would be us-iraq-2024.html"), "{}", same.2);
    let wrong = run_in(&folder, &["page", &iraq, "my plan.toml", "--counts", "counts.csv", "-o", "site"], "");
    assert_eq!((wrong.0, wrong.1.as_str()), (2, ""));
}
