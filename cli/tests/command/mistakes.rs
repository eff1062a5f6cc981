//! `check`: every mistake, in every format, where it is.

use std::fs;
use std::path::Path;

use crate::{GEORGIA, IRAQ, MISTAKES, ROOT, documents, run, run_in, started, temporary};

/// The first agreement with three mistakes.
fn three_mistakes(folder: &Path) -> String {
    let text = fs::read_to_string(folder.join("agreement.toml")).unwrap();
    let wrong = [
        ("\"end of 2025-06\"", "\"June 2025\""),
        ("party = \"SENDER\"", "party = \"SENDR\""),
        ("remain = 0", "remain = 5000"),
    ];
    wrong.iter().fold(text, |text, (good, bad)| {
        assert!(text.contains(good), "{good}");
        text.replace(good, bad)
    })
}

/// The place of a text in another one, as an editor counts it.
fn place(text: &str, part: &str) -> String {
    let before = text.split_once(part).unwrap().0;
    let (line, column) = (before.lines().count().max(1), before.rsplit('\n').next().unwrap().chars().count() + 1);
    format!("{}:{column}", line + usize::from(before.ends_with('\n')))
}

#[test]
fn mistakes_in_toml_have_line_and_column() {
    let folder = started("mistakes");
    let text = three_mistakes(&folder);
    fs::write(folder.join("bad.toml"), &text).unwrap();
    let (code, out, errors) = run_in(&folder, &["check", "agreement.toml", "bad.toml"], "");
    assert_eq!((code, out.as_str()), (1, ""));
    let expected = [
        (place(&text, "party = \"SENDR\""), "unknown-party: no party has the id \"SENDR\""),
        (place(&text, "by = \"June 2025\""), "malformed-deadline: expected a deadline"),
        (place(&text, "[[phases.limits]]\nremain = 5000"), "ceiling-rises: phase \"rest\""),
    ];
    assert_eq!(errors.lines().count(), expected.len(), "{errors}");
    for (line, (place, said)) in errors.lines().zip(expected) {
        assert!(line.starts_with(&format!("bad.toml:{place}: {said}")), "{line} is not at {place}");
    }
    assert!(errors.contains("; did you mean \"SENDER\"?"), "{errors}");
}

/// JSON and TOML of one document have the same mistakes.
#[test]
fn every_format_has_the_same_mistakes() {
    let json: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(format!("{ROOT}/{MISTAKES}")).unwrap()).unwrap();
    let file = temporary("seven-mistakes.toml");
    fs::write(&file, toml::to_string(&json).unwrap()).unwrap();
    let said = |errors: &str| -> Vec<String> {
        let without_place = |line: &str| line.splitn(4, ':').last().unwrap().to_owned();
        let mut said: Vec<String> = errors.lines().map(without_place).collect();
        said.sort_unstable();
        said
    };
    let (of_toml, of_json) = (run(&["check", file.to_str().unwrap()]), run(&["check", MISTAKES]));
    assert_eq!((of_toml.0, of_json.0), (1, 1));
    assert_eq!(said(&of_toml.2), said(&of_json.2));
    assert_eq!(said(&of_json.2).len(), 7);
    // Each is at the key or the member that is wrong.
    let text = fs::read_to_string(&file).unwrap();
    let line_of = |code: &str| {
        let line = of_toml.2.lines().find(|line| line.contains(code)).unwrap();
        let number: usize =
            line.strip_prefix(file.to_str().unwrap()).unwrap().split(':').nth(1).unwrap().parse().unwrap();
        text.lines().nth(number - 1).unwrap()
    };
    assert_eq!(line_of("malformed-quantity"), "strength = \"about 2,50\"");
    assert_eq!(line_of("malformed-deadline"), "by = \"2025-9\"");
    assert_eq!(line_of("unknown-source"), "source = \"report\"");
}

#[test]
fn what_is_no_text_of_the_format_is_told_with_its_place() {
    let folder = started("syntax");
    let check = |input: &str, rest: &[&str]| run_in(&folder, &[&["check", "-"], rest].concat(), input).2;
    assert_eq!(check("{ \"title\": }", &[]), "standard input:1:12: syntax: expected value; the value is missing\n");
    let several = check("title = \nfoo bar\n", &[]);
    assert_eq!(several.lines().count(), 2, "{several}");
    assert!(
        several.starts_with("standard input:1:9: syntax: ") && several.contains("\nstandard input:2:5: "),
        "{several}"
    );
    // What begins with a brace is JSON, unless it is said to be TOML.
    assert!(check("{}", &[]).contains("missing-field"));
    assert!(check("{}", &["--as", "toml"]).contains("standard input:1:1: syntax: "));
    fs::write(folder.join("utf16.json"), b"\xff\xfe{\0}\0").unwrap();
    let utf16 = run_in(&folder, &["check", "utf16.json"], "").2;
    assert_eq!(utf16, "utf16.json:1:1: syntax: the file is UTF-16; save it as UTF-8\n");
    fs::write(folder.join("latin.json"), b"{ \"title\":\n  \"\xe9\" }").unwrap();
    let latin = run_in(&folder, &["check", "latin.json"], "").2;
    assert_eq!(latin, "latin.json:2:4: syntax: the text is not UTF-8 from here on; save it as UTF-8\n");
    let missing = run_in(&folder, &["check", "agreement.toml", "missing.toml"], "");
    assert_eq!((missing.0, missing.1.as_str()), (1, ""));
    assert!(missing.2.starts_with("missing.toml: "), "{}", missing.2);
}

/// What people type who do not know TOML.
#[test]
fn texts_that_are_no_toml_are_told_how_to_be() {
    let folder = started("no-toml");
    let good = fs::read_to_string(folder.join("agreement.toml")).unwrap();
    let number = good.lines().position(|line| line.starts_with("strength")).unwrap() + 1;
    for (line, place, said) in [
        ("strength = about 4000", 12, "a text is written in quotes; write strength = \"about 4000\""),
        ("strength = \u{201c}about 4000\u{201d}", 12, "quotes are straight; write strength = \"about 4000\""),
        ("strength = \"about 4000", 23, "the quote is never closed; write strength = \"about 4000\""),
        ("strength = 4,000", 13, "a number has no commas; write strength = 4000"),
        ("strength: 4000", 9, "write = and not : after the name of a field"),
        ("strength = { a = 1", 12, "the { is never closed; write } at its end"),
        ("strength = [1", 12, "the [ is never closed; write ] at its end"),
        ("strength = 1\nstrength = 2", 1, "the field strength is written twice; keep one"),
    ] {
        let text = good.replace("strength = \"about 4000\"", line);
        let at = number + line.matches('\n').count();
        let (code, out, errors) = run_in(&folder, &["check", "-"], &text);
        assert_eq!((code, out.as_str()), (1, ""));
        assert_eq!(errors, format!("standard input:{at}:{place}: syntax: {said}\n"), "{line}");
    }
}

#[test]
fn mistakes_of_counts_are_at_their_cells() {
    let folder = started("cells");
    let bad = |text: &str| {
        let asked = run_in(&folder, &["assess", "agreement.toml", "--counts", "-"], text);
        assert_eq!((asked.0, asked.1.as_str()), (1, ""));
        asked.2
    };
    let errors = bad("force,date,present\nmission,2025-13,5\nnobody,2025,-5\n");
    let places = ["2:9: malformed-cell: date: ", "3:1: unknown-force: force: ", "3:13: malformed-"];
    assert_eq!(errors.lines().count(), places.len(), "{errors}");
    for (line, place) in errors.lines().zip(places) {
        assert!(line.starts_with(&format!("standard input:{place}")), "{line} is not at {place}");
    }
    let quoted = bad("note;date;present\n\"a; \"\"b\"\"\";2025-13;5\n");
    assert!(quoted.starts_with("standard input:2:12: malformed-"), "{quoted}");
}

#[test]
fn advice_is_given_where_it_is_asked_for() {
    let folder = started("advice");
    let text = fs::read_to_string(folder.join("agreement.toml")).unwrap();
    let odd = text
        .replace("strength = \"about 4000\"", "strength = 1000")
        .replace("withdrawn_share = \"50%\"", "remain = 2000");
    fs::write(folder.join("odd.toml"), &odd).unwrap();
    let plain = run_in(&folder, &["check", "agreement.toml", "odd.toml"], "");
    let said = "agreement.toml: no mistakes\nodd.toml: no mistakes; 1 thing is odd, which --advice shows\n";
    assert_eq!(plain, (0, said.to_owned(), String::new()));
    let (code, out, errors) = run_in(&folder, &["check", "--advice", "odd.toml"], "");
    assert_eq!((code, errors.as_str()), (0, ""));
    let place = place(&odd, "[[phases.limits]]");
    assert!(out.starts_with(&format!("odd.toml:{place}: asks-nobody-to-leave: ")), "{out} is not at {place}");
    assert_eq!(out.lines().count(), 1);
}

#[test]
fn every_real_agreement_is_checked_at_once() {
    let files = documents();
    let names: Vec<&str> = files.iter().map(String::as_str).collect();
    let (code, out, errors) = run(&[&["check"], names.as_slice()].concat());
    assert_eq!((code, errors.as_str(), out.lines().count()), (0, "", files.len()), "{out}");
    assert!(run(&["check", IRAQ, GEORGIA]).1.contains(&format!("{IRAQ}: no mistakes")));
}
