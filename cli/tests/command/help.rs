//! The help: every verb has an example, and every example does what it says.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{ROOT, run, run_in, started, temporary};

/// The verbs in the order of the help, and those that it does not list.
fn verbs() -> Vec<String> {
    let help = run(&["--help"]).1;
    let list = help.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    let verbs = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let verbs: Vec<String> = verbs.map(|line| line.trim().split(' ').next().unwrap().to_owned()).collect();
    verbs.into_iter().filter(|verb| verb != "help").chain(["man", "completions"].map(str::to_owned)).collect()
}

/// Runs a line as a shell does, with the command on its path.
#[cfg(unix)]
pub(crate) fn shell(folder: &Path, line: &str) -> (i32, String, String) {
    let binary = Path::new(env!("CARGO_BIN_EXE_drawdown")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh").args(["-ec", line]).current_dir(folder).env("PATH", path).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
#[cfg(unix)]
fn every_verb_has_an_example_that_runs() {
    let verbs = verbs();
    assert!(verbs.len() > 15, "{verbs:?}");
    for verb in verbs {
        let folder = started(&format!("example-{verb}"));
        let (code, help, errors) = run(&[&verb, "--help"]);
        assert_eq!((code, errors.as_str()), (0, ""));
        let examples = help.rsplit_once("Example").unwrap_or_else(|| panic!("{verb} has no example: {help}")).1;
        let lines: Vec<&str> = examples.lines().skip(1).map(str::trim).collect();
        assert!(lines.iter().any(|line| line.starts_with(&format!("drawdown {verb}"))), "{help}");
        for line in lines {
            // Not every machine has the reader of manual pages.
            let line = line.trim_end_matches(" | man -l -");
            let before = fs::read_dir(&folder).unwrap().count();
            let (code, out, errors) = shell(&folder, line);
            assert_eq!((code, errors.as_str()), (0, ""), "{line}");
            let is_new = fs::read_dir(&folder).unwrap().count() > before;
            assert!(is_new || !out.is_empty(), "{line} did nothing");
        }
    }
}

/// No help is wider than a screen of a hundred columns.
#[test]
fn help_is_short() {
    for verb in verbs() {
        let help = run(&[&verb, "--help"]).1;
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
        assert!(help.lines().count() <= 50, "{help}");
    }
}

#[test]
fn manual_pages_and_completions_know_every_verb() {
    let folder = temporary("man");
    _ = fs::remove_dir_all(&folder);
    assert_eq!(run(&["man", "-o", folder.to_str().unwrap()]), (0, String::new(), String::new()));
    let page = run(&["man"]).1;
    let scripts: Vec<String> =
        ["bash", "zsh", "fish", "powershell", "elvish"].map(|shell| run(&["completions", shell]).1).into();
    for verb in verbs().iter().filter(|verb| !["man", "completions"].contains(&verb.as_str())) {
        let own = fs::read_to_string(folder.join(format!("drawdown-{verb}.1"))).unwrap();
        assert!(own.contains("Example"), "{own}");
        assert!(page.contains(&format!("drawdown\\-{verb}(1)")), "{verb}");
        assert!(scripts.iter().all(|script| script.contains(verb.as_str())), "{verb}");
    }
    assert_eq!(run_in(Path::new(ROOT), &["completions", "csh"], "").0, 2);
}

#[test]
fn the_mistake_in_the_readme_is_listed_so() {
    let folder = started("readme");
    let file = folder.join("agreement.toml");
    let text = fs::read_to_string(&file).unwrap();
    // The comments before it name the spelling, too.
    fs::write(&file, text.replacen("by = \"end of 2025-06\"", "by = \"June 2025\"", 1)).unwrap();
    let (code, _, errors) = run_in(&folder, &["check", "agreement.toml"], "");
    let readme = include_str!("../../../README.md").split_once("```text\nmission/").unwrap().1;
    let (begins, ends) = readme.lines().next().unwrap().split_once("… ").unwrap();
    assert!(code == 1 && errors.starts_with(begins) && errors.trim_end().ends_with(ends), "{errors}");
}

/// The recipes, in their order and in one folder: what they print, and what they save.
#[test]
#[cfg(unix)]
fn every_recipe_of_the_cookbook_does_what_it_says() {
    let mut folder = temporary("cookbook");
    _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).unwrap();
    let (mut commands, mut printed, mut file) = (0, String::new(), None);
    let mut lines = include_str!("../../../src/guide/cookbook.md").lines();
    while let Some(line) = lines.next() {
        for (words, is_more) in [("Save this as `", false), ("Append to `", true)] {
            if let Some((_, name)) = line.split_once(words) {
                file = Some((name.split('`').next().unwrap(), is_more));
            }
        }
        let Some(kind) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let text = block.join("\n") + "\n";
        match kind {
            "console" | "yaml" => {
                let steps = block.iter().filter_map(|line| line.trim().strip_prefix("- run: "));
                let steps: Vec<&str> = if kind == "yaml" { steps.collect() } else { block.clone() };
                for line in steps.into_iter().filter(|line| !line.starts_with("cargo install ")) {
                    if let Some(into) = line.strip_prefix("cd ") {
                        folder.push(into);
                        continue;
                    }
                    let (code, out, errors) = shell(&folder, line);
                    assert_eq!((code, errors.as_str()), (0, ""), "{line}");
                    (printed, commands) = (out, commands + 1);
                }
            }
            "text" => assert!(printed.starts_with(&text), "{printed} does not begin with {text}"),
            "toml" | "json" => {
                let (name, is_more) = file.take().unwrap();
                let before =
                    if is_more { fs::read_to_string(folder.join(name)).unwrap() + "\n" } else { String::new() };
                fs::write(folder.join(name), before + &text).unwrap();
            }
            "r" | "python" => {
                let table = fs::read_to_string(folder.join("years.csv")).unwrap();
                assert!(text.contains("years.csv") && ["cow", "year"].iter().all(|column| has_column(&table, column)));
            }
            kind => panic!("what is {kind}?"),
        }
    }
    assert!(commands > 15, "only {commands}");
    // The chart draws columns that the table has.
    let chart: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.join("chart.json")).unwrap()).unwrap();
    let chart = chart.to_string();
    let table =
        fs::read_to_string(folder.join(chart.split_once("\"url\":\"").unwrap().1.split('"').next().unwrap())).unwrap();
    let fields: Vec<&str> = chart.split("\"field\":\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(fields.len() > 4 && fields.iter().all(|field| has_column(&table, field)), "{fields:?}");
}

fn has_column(table: &str, name: &str) -> bool {
    table.lines().next().unwrap().split(',').any(|column| column == name)
}
