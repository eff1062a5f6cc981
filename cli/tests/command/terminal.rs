//! Terminals, pipes, colours and names.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::pty::openpty;

use crate::{MISTAKES, ROOT, run, started};

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drawdown"));
    command.args(arguments).current_dir(ROOT).env("TERM", "xterm").env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

/// What the command writes to a terminal as its standard error.
fn at_terminal(command: &mut Command) -> String {
    let pair = openpty(None, None).unwrap();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::from(pair.slave)).spawn().unwrap();
    // The terminal is closed when no program has its other side open any more: neither this command nor this value.
    *command = Command::new("true");
    let (mut text, mut terminal, mut block) = (Vec::new(), File::from(pair.master), [0; 4096]);
    while let Ok(count @ 1..) = terminal.read(&mut block) {
        text.extend(&block[..count]);
    }
    child.wait().unwrap();
    String::from_utf8(text).unwrap().replace("\r\n", "\n")
}

const ESCAPE: char = '\u{1b}';

#[test]
fn a_terminal_shows_where_in_the_text_a_mistake_is() {
    let lines = run(&["check", MISTAKES]).2;
    assert!(!lines.contains(ESCAPE));
    let shown = at_terminal(&mut command(&["check", MISTAKES]));
    assert!(shown.contains(ESCAPE), "{shown}");
    let plain = at_terminal(command(&["check", MISTAKES]).env("NO_COLOR", "1"));
    assert!(!plain.contains(ESCAPE), "{plain}");
    // Colours say nothing of their own: without them the text is the same.
    let mut rest = shown.as_str();
    let mut stripped = String::new();
    while let Some((before, after)) = rest.split_once(ESCAPE) {
        stripped += before;
        rest = after.split_once('m').unwrap().1;
    }
    assert_eq!(stripped + rest, plain);
    // The lines are those that a pipe gets, each with an excerpt below.
    for line in lines.lines() {
        let below = plain.split_once(line).unwrap_or_else(|| panic!("{line} is not in {plain}")).1;
        let below: Vec<&str> = below.lines().skip(1).take(3).collect();
        let number = line.strip_prefix(MISTAKES).unwrap().split(':').nth(1).unwrap();
        assert!(below[1].starts_with(&format!("{number} | ")), "{below:?}");
        assert!(below[2].trim_start_matches([' ', '|']).starts_with('^'), "{below:?}");
    }
    let dumb = at_terminal(command(&["check", MISTAKES]).env("TERM", "dumb"));
    assert_eq!(dumb, plain);
}

/// A long table takes seconds, and shows how far it is read; its verdicts are the same.
#[test]
fn long_work_shows_how_far_it_is() {
    let folder = started("long");
    let lines = run(&["convert", "--to", "jsonl", folder.join("agreement.toml").to_str().unwrap()]).1;
    fs::write(folder.join("agreements.jsonl"), lines).unwrap();
    let row = format!("2025-05-15,2800,{}\n", "a long note ".repeat(80));
    fs::write(folder.join("long.csv"), "date,present,note\n".to_owned() + &row.repeat(5000)).unwrap();
    let judge = |counts: &str| {
        let mut command = command(&["judge", "agreements.jsonl", counts]);
        command.current_dir(&folder);
        command
    };
    let shown = at_terminal(&mut judge("long.csv"));
    assert!(shown.contains("counts ") && shown.contains(" of 4.6"), "{shown}");
    assert_eq!(at_terminal(&mut judge("counts.csv")), "");
    let piped = judge("long.csv").output().unwrap();
    assert_eq!((piped.status.code(), piped.stderr.as_slice()), (Some(0), &b""[..]));
    assert_eq!(String::from_utf8(piped.stdout).unwrap().lines().count(), 5001);
}

#[test]
fn wrong_use_has_colours_only_at_a_terminal() {
    assert!(at_terminal(&mut command(&["chekc"])).contains(ESCAPE));
    assert!(!at_terminal(command(&["chekc"]).env("NO_COLOR", "1")).contains(ESCAPE));
    assert!(!run(&["chekc"]).2.contains(ESCAPE));
}

#[test]
fn a_reader_that_has_had_enough_is_no_failure() {
    let iraq = "examples/agreements/iraq-2024.json";
    let days = ["--from", "2024-01-01", "--to", "2999-12-31"];
    let mut child = command(&[&["series", iraq, "--force", "us"][..], &days].concat())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 20];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(&first[..4], b"date");
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

/// A disk that is full is a failure.
#[test]
#[cfg(target_os = "linux")]
fn an_output_that_cannot_be_written_is_told() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = command(&["schema"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.starts_with(b"standard output: "), "{:?}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn names_that_are_no_text_are_names() {
    let folder = started("names");
    let names: [&[u8]; 3] = [b"caf\xe9.toml", b"two\nlines.toml", "\u{1b}[31mred.toml".as_bytes()];
    let shown = ["caf\u{fffd}.toml", "two\\nlines.toml", "\\u{1b}[31mred.toml"];
    for (name, shown) in names.into_iter().zip(shown) {
        let file = folder.join(OsStr::from_bytes(name));
        fs::copy(folder.join("agreement.toml"), &file).unwrap();
        let check = |file: &Path| Command::new(env!("CARGO_BIN_EXE_drawdown")).arg("check").arg(file).output().unwrap();
        let good = check(&file);
        assert_eq!(good.status.code(), Some(0));
        assert_eq!(String::from_utf8(good.stdout).unwrap(), format!("{}/{shown}: no mistakes\n", folder.display()));
        fs::write(&file, "title = 1").unwrap();
        let bad = check(&file);
        assert_eq!(bad.status.code(), Some(1));
        let lines = String::from_utf8(bad.stderr).unwrap();
        let lead = format!("{}/{shown}:1:", folder.display());
        assert!(lines.lines().all(|line| line.starts_with(&lead)), "{lines}");
    }
    let out = folder.join(OsStr::from_bytes(b"caf\xe9.svg"));
    let iraq = "examples/agreements/iraq-2024.json";
    assert!(command(&["chart", iraq, "-o"]).arg(&out).status().unwrap().success());
    assert!(out.exists());
}
