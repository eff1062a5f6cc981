//! The command, run: what it prints, and with what it exits.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects, missing_docs)]

#[path = "../../../tests/it/golden.rs"]
mod golden;
mod help;
mod mistakes;
#[cfg(unix)]
mod terminal;
mod verbs;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use golden::assert_is_kept;

/// The folder of the repository, where the examples and the generated files are kept.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The exit code, the standard output and the standard error.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_drawdown")).args(arguments).current_dir(ROOT).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The same in a folder, with a text for standard input.
fn run_in(folder: &Path, arguments: &[&str], input: &str) -> (i32, String, String) {
    let command = Command::new(env!("CARGO_BIN_EXE_drawdown"));
    let output = fed(command, folder, arguments, input.as_bytes());
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn fed(mut command: Command, folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let command = command.args(arguments).current_dir(folder);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    // A command that is used wrongly reads nothing.
    _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// An empty folder of this run, with the files that `drawdown new` writes.
fn started(name: &str) -> PathBuf {
    let folder = temporary(name);
    _ = fs::remove_dir_all(&folder);
    let (code, out, errors) = run(&["new", folder.to_str().unwrap()]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert!(out.contains("drawdown check "), "{out}");
    folder
}

/// The documents of the repository.
fn documents() -> Vec<String> {
    let files = fs::read_dir(Path::new(ROOT).join("examples/agreements")).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|file| file.extension().is_some_and(|ending| ending == "json"));
    let files: Vec<String> = files.map(|file| file.to_str().unwrap().to_owned()).collect();
    assert!(files.len() >= 25, "{files:?}");
    files
}

/// The output is the committed one, but for empty lines at its end.
fn assert_prints(name: &str, arguments: &[&str]) {
    let (code, out, errors) = run(arguments);
    assert_eq!((code, errors.as_str()), (0, ""), "{arguments:?}");
    assert_is_kept(&format!("cli/tests/expected/{name}.txt"), &format!("{}\n", out.trim_end_matches('\n')));
}

const IRAQ: &str = "examples/agreements/iraq-2024.json";
const IRAQ_COUNTS: &str = "examples/agreements/iraq-2024.observations.csv";
const GEORGIA: &str = "examples/agreements/georgia-2005.json";
const GEORGIA_COUNTS: &str = "examples/agreements/georgia-2005.observations.csv";
const MISTAKES: &str = "cli/tests/expected/seven-mistakes.json";

#[test]
fn every_agreement_is_assessed() {
    let folder = Path::new("examples/agreements");
    let mut files = 0;
    for entry in fs::read_dir(Path::new(ROOT).join(folder)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(name) = name.strip_suffix(".json") else { continue };
        let (file, counts) = (folder.join(format!("{name}.json")), folder.join(format!("{name}.observations.csv")));
        let (file, counted) = (file.to_str().unwrap(), counts.to_str().unwrap());
        let name = format!("assess-{name}");
        if Path::new(ROOT).join(&counts).exists() {
            assert_prints(&name, &["assess", file, "--observations", counted]);
        } else {
            assert_prints(&name, &["assess", file]);
        }
        files += 1;
    }
    assert!(files >= 15, "only {files}");
}

#[test]
fn an_assessment_may_be_of_what_was_known_and_in_json() {
    assert_prints("assess-as-known", &["assess", IRAQ, "--observations", IRAQ_COUNTS, "--known", "2025-09-05"]);
    assert_prints("assess-json", &["assess", GEORGIA, "--observations", GEORGIA_COUNTS, "--json"]);
    let (_, of_a_day, _) = run(&["assess", GEORGIA, "--on", "2006-12-31", "--json"]);
    assert!(of_a_day.contains("\n  \"on\": \"2006-12-31\","), "{of_a_day}");
}

#[test]
fn what_cannot_be_true_is_shown_and_never_judged() {
    let (file, counts) = ("tests/it/sums/hungary-1990.json", "tests/it/sums/hungary-1990.csv");
    let (code, out, errors) = run(&["assess", file, "--observations", counts, "--on", "1991-07-01"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    let (_, aside) = out.split_once("Not judged\n----------\n").unwrap();
    let words = "- 60,000 gone, 15 December 1990 (set aside, for more would have left than there\n  were).";
    assert_eq!(aside.trim(), words);
}

#[test]
fn a_series_has_a_row_for_each_day() {
    assert_prints("series", &["series", IRAQ, "--force", "us"]);
    for how in ["step", "linear", "monotone"] {
        let days = ["--from", "2025-08-25", "--to", "2025-10-05"];
        let arguments = [&["series", IRAQ, "--force", "us", "--interpolation", how][..], &days].concat();
        assert_prints(&format!("series-{how}"), &arguments);
    }
    let (_, required, _) = run(&["series", IRAQ, "--force", "us", "--interpolation", "required"]);
    assert_eq!(required, run(&["series", IRAQ, "--force", "us"]).1);
}

/// A force of a later amendment is known by its id, and has no days before that.
#[test]
fn a_force_that_is_not_known_yet_has_no_rows() {
    let document = r#"{ "title": "T", "parties": [{ "id": "p", "name": "P", "role": "sending" }],
        "forces": [{ "id": "f" }], "phases": [{ "id": "1", "by": "2025", "limits": [{ "force": "f", "remain": 0 }] }],
        "amendments": [{ "title": "A", "adopted": "2024-06-01", "changes": [{ "add_force": { "id": "-g" } }] }] }"#;
    let file = temporary("added.json");
    fs::write(&file, document).unwrap();
    let series = |rest: &[&str]| run(&[&["series", file.to_str().unwrap()], rest].concat());
    let known = ["--from", "2024-01-01", "--to", "2024-01-02", "--known", "2024-05-31"];
    let rows = "date,strict,lenient\n2024-01-01,,\n2024-01-02,,\n";
    assert_eq!(series(&[&["--force", "-g"][..], &known].concat()), (0, rows.to_owned(), String::new()));
    let unknown = "no force has the id \"h\"; the forces are f, -g\n";
    assert_eq!(series(&["--force", "h"]), (1, String::new(), unknown.to_owned()));
}

#[test]
fn every_mistake_is_a_line_and_nothing_else_is_printed() {
    for command in
        [&["assess", MISTAKES][..], &["series", MISTAKES, "--force", "us"], &["chart", MISTAKES, "-o", "a.svg"]]
    {
        let (code, out, errors) = run(command);
        assert_eq!((code, out.as_str()), (1, ""), "{command:?}");
        assert_is_kept("cli/tests/expected/mistakes.txt", &errors);
    }
    let file = temporary("mistakes.csv");
    fs::write(&file, "force,date,present\nus,2025-13,5\nnobody,2025,-5\n").unwrap();
    let (code, out, errors) = run(&["assess", IRAQ, "--observations", file.to_str().unwrap()]);
    assert_eq!((code, out.as_str(), errors.lines().count()), (1, "", 3), "{errors}");
}

#[test]
fn what_is_no_document_is_told() {
    let file = temporary("syntax.json");
    fs::write(&file, "{ \"title\": }").unwrap();
    let (code, out, errors) = run(&["assess", file.to_str().unwrap()]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert_eq!(errors, format!("{}:1:12: syntax: expected value; the value is missing\n", file.display()));
    let (code, out, errors) = run(&["assess", "no-such-file.json"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(errors.starts_with("no-such-file.json: "), "{errors}");
    // A byte order mark is no part of the document.
    fs::write(&file, [b"\xef\xbb\xbf", fs::read(Path::new(ROOT).join(IRAQ)).unwrap().as_slice()].concat()).unwrap();
    assert_eq!(run(&["assess", file.to_str().unwrap()]), run(&["assess", IRAQ]));
}

#[test]
fn wrong_use_exits_with_2() {
    let wrong: [(&[&str], &str); 23] = [
        (&[], "Usage: drawdown <COMMAND>"),
        (&["asses", IRAQ], "unrecognized subcommand 'asses'"),
        (&["assess"], "<FILE>"),
        (&["assess", IRAQ, GEORGIA], "unexpected argument"),
        (&["assess", IRAQ, "--on"], "a value is required for '--on <DATE>'"),
        (&["assess", IRAQ, "--on", "2025-9-1"], "expected a day such as 2025-09-30"),
        (&["assess", IRAQ, "--forecast"], "unexpected argument '--forecast'"),
        (&["series", IRAQ], "--force <ID>"),
        (&["series", IRAQ, "--force", "us", "--interpolation", "cubic"], "required, step, linear, monotone"),
        (&["series", IRAQ, "--force", "us", "--known", "soon"], "expected a day such as 2025-09-30"),
        (&["chart", IRAQ], "-o <FILE>"),
        (&["chart", IRAQ, "-o", "chart.pdf"], "expected a name that ends in .svg or .png"),
        (&["chart", IRAQ, "-o", "chart.svg", "--size", "800"], "expected a size such as 800x450"),
        (&["chart", IRAQ, "-o", "chart.svg", "--planned", "required"], "step, linear, monotone"),
        (&["chart", IRAQ, "-o", "chart.svg", "--json"], "unexpected argument '--json'"),
        (&["chekc", IRAQ], "'check'"),
        (&["check"], "<FILE>"),
        (&["check", IRAQ, "--as", "yaml"], "json, toml"),
        (&["assess", IRAQ, "--onn", "2025"], "a similar argument exists: '--on'"),
        (&["convert", IRAQ, GEORGIA, "--to", "toml"], "several agreements can only be written with --to jsonl"),
        (&["catalog", "--counts"], "<ID>"),
        (&["assess", "-", "--observations", "-"], "only one file can be standard input"),
        (&["judge", "-", "-"], "only one file can be standard input"),
    ];
    for (arguments, why) in wrong {
        let (code, out, errors) = run(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(errors.contains(why), "{arguments:?}: {errors}");
        assert!(errors.lines().count() <= 9 || arguments.is_empty(), "{errors}");
    }
    let undated = r#"{ "title": "T", "parties": [{ "id": "p", "name": "P", "role": "sending" }], "forces": [{ "id": "f" }],
        "phases": [{ "id": "1", "by": "open", "limits": [{ "remain": 0 }] }] }"#;
    let file = temporary("undated.json");
    fs::write(&file, undated).unwrap();
    let (code, out, errors) = run(&["assess", file.to_str().unwrap()]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(errors.contains("no day is known in the agreement: give one with --on"), "{errors}");
}

#[test]
fn the_last_of_an_option_counts() {
    let days = ["--on", "2025-01-01", "--on", "2026-01-01"];
    let twice = run(&[&["assess", IRAQ, "--json", "--json"][..], &days].concat());
    assert_eq!(twice, run(&["assess", "--json", "--on", "2026-01-01", IRAQ]));
    assert_eq!(twice.0, 0);
}

#[test]
fn help_and_version_are_no_failure() {
    for (arguments, shown) in [
        (&["--help"][..], "Usage: drawdown <COMMAND>"),
        (&["series", "--help"], "--force <ID>"),
        (&["-V"], "drawdown "),
    ] {
        let (code, out, errors) = run(arguments);
        assert_eq!((code, errors.as_str()), (0, ""), "{arguments:?}");
        assert!(out.contains(shown), "{out}");
    }
}

#[test]
fn a_chart_is_written_where_it_should_be() {
    let file = temporary("chart.svg");
    let out = file.to_str().unwrap();
    let drawn = run(&["chart", GEORGIA, "--observations", GEORGIA_COUNTS, "-o", out]);
    assert_eq!(drawn, (0, String::new(), String::new()));
    let kept = fs::read_to_string(Path::new(ROOT).join("src/guide/catalogue/georgia-2005.svg")).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), kept);

    let sized = [GEORGIA, "--size", "640x600", "--planned", "linear", "--known", "2006-01-01", "-o", out];
    assert_eq!(run(&[&["chart"][..], &sized].concat()), (0, String::new(), String::new()));
    assert!(fs::read_to_string(&file).unwrap().contains("width=\"640\" height=\"600\""));
    let said = [GEORGIA, "--width", "400", "--on", "2008-01-01", "--headline", "Out of Georgia", "-o", out];
    assert_eq!(run(&[&["chart"][..], &said].concat()), (0, String::new(), String::new()));
    let svg = fs::read_to_string(&file).unwrap();
    assert!(svg.contains(">Out of Georgia</text>") && svg.contains("day of judgement, 1 January 2008"), "{svg}");
    let (code, printed, errors) = run(&["chart", GEORGIA, "--size", "99999x99999", "-o", out]);
    assert_eq!((code, printed.as_str()), (1, ""));
    assert!(errors.contains("99999 by 99999 pixels are too many"), "{errors}");

    let picture = temporary("chart.PNG");
    let font = temporary("no-font.ttf");
    fs::write(&font, "no font").unwrap();
    let png = ["chart", GEORGIA, "-o", picture.to_str().unwrap(), "--font", font.to_str().unwrap()];
    let (code, printed, errors) = run(&png);
    assert_eq!((code, printed.as_str()), (1, ""));
    assert!(errors.starts_with(picture.to_str().unwrap()), "{errors}");
    assert!(errors.contains("the font cannot be read"), "{errors}");
}

/// A file of this run.
fn temporary(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}
