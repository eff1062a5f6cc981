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
