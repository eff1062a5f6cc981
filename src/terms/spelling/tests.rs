//! What the tables of spellings are kept in step with: the schema, the guide and the strategies.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::fmt::Debug;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{Spelled, Spelling, read};
use crate::terms::{Period, Quantity, Ratio, Share};

const SCHEMA: &str = "schema/agreement.schema.json";
const GUIDE: &str = "src/guide/format.md";

fn kept(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// Compares a part of a file with what the table makes of it; with `UPDATE_GOLDEN` it is written anew.
fn assert_is_kept(file: &str, part: &str, made: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let anew = kept(file).replacen(part, made, 1);
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(file), anew).unwrap();
    } else {
        assert_eq!(part, made, "{file}: run with UPDATE_GOLDEN=1 and look at it");
    }
}

/// The text from one mark to the next after it, without either.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("{from}"));
    rest.split_once(to).unwrap_or_else(|| panic!("{to}")).0
}

#[test]
fn each_example_is_read_as_its_own_row() {
    rows::<Quantity>(|quantity| quantity.band().is_some());
    rows::<Share>(|share| share.bounds().is_some());
    rows::<Period>(|period| period.window().is_some());
}

fn rows<T: Spelled + Debug>(is_legal: impl Fn(T) -> bool) {
    for spelling in T::SPELLINGS {
        for example in spelling.examples {
            let after = example.strip_prefix(spelling.before[0]).expect("an example is written in the first spelling");
            let said = spelling.read_after(after).expect("an example is one of its row");
            assert!(is_legal(said), "{example}");
            assert_eq!(read::<T>(example), Some(said), "{example} is read as another row");
        }
    }
}

/// A regular expression of all spellings; those that go on in the same way are together.
fn pattern<T: Spelled>() -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for spelling in T::SPELLINGS {
        let between = any(spelling.between.iter().map(|between| escaped(between)));
        let words = || T::WORDS.iter().map(|(word, _)| capital_or_not(word));
        let values = spelling.values.iter().map(|value| any(std::iter::once((*value).to_owned()).chain(words())));
        let rest = values.collect::<Vec<_>>().join(&between);
        let before = spelling.before.iter().map(|before| capital_or_not(before));
        match groups.iter_mut().find(|(of, _)| *of == rest) {
            Some((_, all)) => all.extend(before),
            None => groups.push((rest, before.collect())),
        }
    }
    let groups = groups.into_iter().map(|(rest, before)| format!("{}{rest}", any(before)));
    any(groups)
}

fn any(of: impl IntoIterator<Item = String>) -> String {
    let of: Vec<_> = of.into_iter().collect();
    if of.len() == 1 { of.concat() } else { format!("({})", of.join("|")) }
}

/// Words of which the first letter may be a capital.
fn capital_or_not(words: &str) -> String {
    match words.chars().next().filter(char::is_ascii_lowercase) {
        Some(first) => format!("[{}{first}]{}", first.to_ascii_uppercase(), escaped(&words[1..])),
        None => escaped(words),
    }
}

fn escaped(words: &str) -> String {
    words.replace('.', r"\.").replace('+', r"\+")
}

/// The words before a value of which a spelling makes nothing legal.
fn illegal<T: Spelled>(value: T::Value, is_legal: impl Fn(T) -> bool) -> String {
    let is_illegal = |row: &&Spelling<T>| row.values.len() == 1 && !(row.says)(&[value]).is_some_and(&is_legal);
    let words = T::SPELLINGS.iter().filter(is_illegal).flat_map(|row| row.before).map(|words| capital_or_not(words));
    any(words)
}

/// What may come after a number: a word for people, or the unit of the force.
const UNIT: &str = "( [A-Za-z][A-Za-z ]*)?";

const PERCENT: &str = r"([ \u00a0\u2009\u202f]?%| percent| per cent)";

#[test]
fn the_schema_has_every_spelling() {
    let no_number = illegal(0, |quantity: Quantity| quantity.band().is_some());
    let no_number = format!("^{no_number}0{UNIT}$|^([Ff]rom )?({}){UNIT}$", elided());
    let of_none = illegal(Ratio::percent(0), |share: Share| share.bounds().is_some());
    let of_all = illegal(Ratio::percent(100), |share: Share| share.bounds().is_some());
    let above = r"([2-9][0-9]{2}|1[1-9][0-9]|10[1-9]|[1-9][0-9]{3,})(\.[0-9]{1,6})?|100\.0*[1-9][0-9]*";
    let no_share = format!(
        r"(^| |\.\.|-|–)({above}){PERCENT}|^{of_all}(100(\.0+)?{PERCENT}|1/1)$|^{of_none}0((\.0+)?{PERCENT}|/[1-9][0-9]*)$"
    );
    in_schema("quantity", &format!("^{}{UNIT}$", pattern::<Quantity>()), Some(&no_number), &examples::<Quantity>());
    in_schema("share", &format!("^{}$", pattern::<Share>()), Some(&no_share), &examples::<Share>());
    in_schema("period", &format!("^{}$", pattern::<Period>()), None, &examples::<Period>());
    in_schema("deadline", &format!("^(open|{})$", pattern::<Period>()), None, &[]);
    let is_open = |row: &&Spelling<Quantity>| {
        let of_five = [5, 5].get(..row.values.len()).and_then(row.says).and_then(Quantity::band);
        of_five.is_some_and(|band| band.high().is_none())
    };
    let open = Quantity::SPELLINGS.iter().filter(is_open).flat_map(|row| row.before);
    in_schema("open_quantity", &format!("^{}", any(open.map(|words| capital_or_not(words)))), None, &[]);
}

/// Two numbers of which the second has three digits more, so that the thousands of the first may be left out.
fn elided() -> String {
    let thousand = r"([, \u00a0\u2009\u202f][0-9]{3})";
    let digits = [
        ("[1-9]", format!("[1-9][0-9]{{3,}}|[1-9][0-9]{{0,2}}{thousand}+")),
        ("[1-9][0-9]", format!("[1-9][0-9]{{4,}}|[1-9][0-9]{{1,2}}{thousand}+|[1-9]{thousand}{{2,}}")),
        ("[1-9][0-9]{2}", format!("[1-9][0-9]{{5,}}|[1-9][0-9]{{2}}{thousand}+|[1-9][0-9]?{thousand}{{2,}}")),
    ];
    digits.map(|(first, second)| format!("{first}( to | ?[–-] ?)({second})")).join("|")
}

/// The examples as documents write them.
fn examples<T: Spelled + serde::Serialize>() -> Vec<Value> {
    let examples = T::SPELLINGS.iter().flat_map(|spelling| spelling.examples);
    let written = examples.map(|example| serde_json::to_value(read::<T>(example).unwrap()).unwrap());
    let mut once: Vec<Value> = written.collect();
    once.dedup();
    once
}

fn in_schema(name: &str, pattern: &str, illegal: Option<&str>, examples: &[Value]) {
    let schema = kept(SCHEMA);
    let definition = between(&schema, &format!("\n    \"{name}\": {{"), "\n    }").to_owned();
    let mut made = definition.clone();
    let patterns: Vec<_> = definition.lines().filter(|line| line.trim().starts_with("\"pattern\"")).collect();
    for (line, pattern) in patterns.iter().zip([Some(pattern), illegal].into_iter().flatten()) {
        let comma = if line.ends_with(',') { "," } else { "" };
        let indent = line.strip_suffix(line.trim_start()).unwrap();
        made = made.replace(line, &format!("{indent}\"pattern\": {}{comma}", json!(pattern)));
    }
    let examples: Vec<_> = examples.iter().map(|example| format!("\n        {example}")).collect();
    if !examples.is_empty() {
        let old = between(&definition, "\"examples\": [", "\n      ]");
        made = made.replace(old, &examples.join(","));
    }
    assert_is_kept(SCHEMA, &definition, &made);
}

#[test]
fn the_guide_has_every_spelling() {
    in_guide::<Quantity>("# Quantity", "| written | closed interval |\n| --- | --- |\n", "\n```");
    in_guide::<Share>("# Share", "| written | interval |\n| --- | --- |\n", "\n```");
    in_guide::<Period>("# Deadline", "| written | window |\n| --- | --- |\n", "| `\"open\"`");
}

fn in_guide<T: Spelled>(heading: &str, table: &str, end: &str) {
    let guide = kept(GUIDE);
    let section = &guide[guide.find(heading).unwrap()..];
    let made: String = T::SPELLINGS.iter().map(|spelling| row(spelling) + "\n").collect();
    assert_is_kept(GUIDE, between(section, table, end), &made);
    for (word, _) in T::WORDS {
        assert!(section.contains(&format!("`{word}`")), "{word:?} is not in {GUIDE}");
    }
}

/// `"about 2500"`, `around`, … and what it comes to.
fn row<T: Spelled>(spelling: &Spelling<T>) -> String {
    let examples = spelling.examples.iter().map(|example| format!("`\"{example}\"`"));
    let others = |words: &'static [&'static str]| words.iter().skip(1).map(|word| format!("`{}`", word.trim()));
    let mut written: Vec<_> = examples.chain(others(spelling.before)).chain(others(spelling.between)).collect();
    written.dedup();
    format!("| {} | {} |", written.join(", "), spelling.meaning)
}
