//! Which paths a Rust file names, read from its text alone: enough for `use` lines and for paths such as
//! `crate::day::parse_day` in the code itself.

use std::collections::BTreeSet;

/// A name that a `use` line brings into a file.
pub(crate) struct Import {
    /// The path as written, from its first segment to its last.
    pub(crate) path: Vec<String>,
    /// What the file calls it; `*` and `_` are none of its names.
    pub(crate) name: String,
    /// It is exported again: `pub use` or `pub(crate) use`.
    pub(crate) is_exported: bool,
    /// The modules of the file itself around the line.
    pub(crate) within: Vec<String>,
}

/// A path in the code, of at least two segments.
pub(crate) struct Mention {
    pub(crate) path: Vec<String>,
    pub(crate) within: Vec<String>,
}

/// What a file names.
#[derive(Default)]
pub(crate) struct Names {
    pub(crate) imports: Vec<Import>,
    pub(crate) mentions: Vec<Mention>,
    /// Each word of the code outside its `use` lines.
    pub(crate) words: BTreeSet<String>,
    /// The modules that have a file of their own: `mod name;`.
    pub(crate) children: BTreeSet<String>,
}

impl Names {
    pub(crate) fn of(text: &str) -> Self {
        let tokens = tokens(text);
        let (mut names, mut at) = (Self::default(), 0);
        // The modules around the token, each with the depth of braces at which it began.
        let (mut depth, mut modules): (usize, Vec<(usize, String)>) = (0, Vec::new());
        while let Some(token) = tokens.get(at).map(String::as_str) {
            let next = |ahead: usize| tokens.get(at + ahead).map_or("", String::as_str);
            let within = || modules.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>();
            match token {
                "{" => depth += 1,
                "}" => {
                    depth = depth.saturating_sub(1);
                    modules.retain(|(begun, _)| *begun <= depth);
                }
                "mod" if next(2) == ";" => _ = names.children.insert(next(1).to_owned()),
                "mod" if next(2) == "{" => {
                    let name = next(1).to_owned();
                    depth += 1;
                    modules.push((depth, name));
                    at += 3;
                    continue;
                }
                // Not the `use<'a>` of a return type.
                "use" if next(1) != "<" => {
                    let is_exported = at > 0 && is_public(&tokens[..at]);
                    at += 1;
                    let mut found = Vec::new();
                    tree(&tokens, &mut at, &[], &mut found);
                    let import = |(path, name)| Import { path, name, is_exported, within: within() };
                    names.imports.extend(found.into_iter().map(import));
                    continue;
                }
                word if is_word(word) => {
                    let is_of_macro = at > 0 && tokens[at - 1] == "$";
                    let mut path = vec![if is_of_macro { format!("${word}") } else { word.to_owned() }];
                    while next(2 * path.len() - 1) == "::" && is_word(next(2 * path.len())) {
                        path.push(next(2 * path.len()).to_owned());
                    }
                    at += 2 * path.len() - 1;
                    names.words.extend(path.iter().cloned());
                    if path.len() > 1 {
                        names.mentions.push(Mention { path, within: within() });
                    }
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        names
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Whether what comes before `use` is `pub` or `pub(…)`.
fn is_public(before: &[String]) -> bool {
    let last = before.last().map_or("", String::as_str);
    let open = before.iter().rposition(|token| token == "(").unwrap_or(0);
    last == "pub" || last == ")" && open > 0 && before[open - 1] == "pub"
}

/// Reads one tree of a `use` line, such as `a::{b as c, d::*}`, and stops at the `,`, `}` or `;` after it.
fn tree(tokens: &[String], at: &mut usize, prefix: &[String], found: &mut Vec<(Vec<String>, String)>) {
    let mut path = prefix.to_vec();
    loop {
        match tokens[*at].as_str() {
            "::" => {}
            "{" => {
                while tokens[*at] != "}" {
                    *at += 1;
                    if tokens[*at] != "}" {
                        tree(tokens, at, &path, found);
                    }
                }
                *at += 1;
                return;
            }
            "as" => {
                found.push((path, tokens[*at + 1].clone()));
                *at += 2;
                return;
            }
            "," | "}" | ";" => {
                // `a::{self}` is `a`.
                if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                    path.pop();
                }
                let name = path.last().cloned().unwrap_or_default();
                found.push((path, name));
                return;
            }
            segment => path.push(segment.to_owned()),
        }
        *at += 1;
    }
}

/// Words, `::` and single characters, without comments, strings, characters and lifetimes.
fn tokens(text: &str) -> Vec<String> {
    let (mut tokens, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        let skipped = skipped(rest);
        if skipped > 0 {
            rest = &rest[skipped..];
            continue;
        }
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let length = match first {
            _ if is_part(first) => rest.find(|c| !is_part(c)).unwrap_or(rest.len()),
            _ if rest.starts_with("::") => 2,
            _ => first.len_utf8(),
        };
        tokens.push(rest[..length].to_owned());
        rest = &rest[length..];
    }
    tokens
}

/// How many bytes at the beginning are no token.
fn skipped(rest: &str) -> usize {
    let until = |end: &str, from: usize| rest[from..].find(end).map_or(rest.len(), |at| from + at + end.len());
    let first = rest.chars().next().unwrap();
    if rest.starts_with("//") {
        return until("\n", 0);
    }
    if rest.starts_with("/*") {
        return until("*/", 2);
    }
    let raw = rest.trim_start_matches(['b', 'c']);
    let prefix = rest.len() - raw.len();
    if prefix <= 1 && raw.starts_with(['r', '"']) {
        let hashes = raw[1..].len() - raw[1..].trim_start_matches('#').len();
        if raw.starts_with('"') {
            return prefix + quoted(raw, '"');
        }
        if raw[1 + hashes..].starts_with('"') {
            return until(&format!("\"{}", "#".repeat(hashes)), prefix + hashes + 2);
        }
    }
    match first {
        '\'' if is_character(rest) => quoted(rest, '\''),
        '\'' => 1 + rest[1..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len() - 1),
        _ if first.is_whitespace() => first.len_utf8(),
        _ => 0,
    }
}

/// Whether a quote begins a character, and no lifetime.
fn is_character(rest: &str) -> bool {
    let mut characters = rest.chars().skip(1);
    characters.next() == Some('\\') || characters.next() == Some('\'')
}

/// The length of a text between two equal marks, with both.
fn quoted(rest: &str, mark: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == mark && !is_escaped {
            return at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    rest.len()
}
