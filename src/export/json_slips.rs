//! What was probably meant where a text is not quite JSON.

use crate::wording::excerpt;

const NO_COMMENTS: &str = "JSON has no comments: put it in a \"note\"";

/// The slip at the byte at which reading stopped with a message.
pub(super) fn slip(text: &str, offset: usize, message: &str) -> Option<String> {
    let (raw, at) = text.split_at_checked(offset)?;
    let before = raw.trim_end();
    let said = match at.trim_start().chars().next() {
        _ if text.trim().is_empty() => "there is nothing in it: a document is one object, { … }",
        _ if text.trim_start().starts_with(['/', '#']) => NO_COMMENTS,
        _ if !text.trim_start().starts_with(['{', '[']) => "a document in JSON begins with {",
        _ if message.starts_with("EOF") => {
            "it ends before all that is opened is closed: look for a missing }, ] or quote"
        }
        _ if message.starts_with("control character") => "a line break within a text is written \\n, a tab \\t",
        _ if message.starts_with("invalid escape") => "a backslash within a text is written twice",
        _ if message.starts_with("trailing characters") => "one document ends before this: a file has one",
        Some('}' | ']') if before.ends_with(',') => "JSON has no comma before } or ]: leave it out",
        Some('/' | '#') => NO_COMMENTS,
        Some('\'') => "JSON has double quotes: \"",
        Some('\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}' | '\u{ab}') => "write straight quotes: \"",
        Some('"' | '{' | '[') if message.starts_with("expected `,`") => "a comma is missing before it",
        Some(',') if before.ends_with(',') => "there is one comma too many",
        Some(',' | '}' | ']') if before.ends_with(':') => "the value is missing",
        Some('=') => "a name has a colon after it: \"title\": \"Plan\"",
        _ if message.starts_with("expected `:`") => "a name has a colon after it: \"title\": \"Plan\"",
        _ => return in_groups(raw, at).or_else(|| unquoted(raw, at, message)),
    };
    Some(said.to_owned())
}

/// A number with its thousands apart: `2,500`.
fn in_groups(before: &str, at: &str) -> Option<String> {
    let is_part = |letter: char| letter.is_ascii_digit() || letter == ',';
    let begun = before.trim_end();
    let (mark, separator) = if begun.ends_with(',') { ("comma", ",") } else { ("space", " ") };
    let start = begun.rfind(|letter| !is_part(letter)).map_or(0, |at| at.saturating_add(1));
    let begun = begun.get(start..)?.trim_end_matches(',');
    let end = at.find(|letter| !is_part(letter)).unwrap_or(at.len());
    let rest = at.get(..end)?.trim_end_matches(',');
    let groups = || begun.split(',').skip(1).chain(rest.split(','));
    let is_number = !begun.is_empty() && groups().all(|group| group.len() == 3);
    let whole = || format!("{begun}{rest}").replace(',', "");
    is_number.then(|| excerpt(&format!("numbers have no {mark} in JSON: {}, or \"{begun}{separator}{rest}\"", whole())))
}

/// A name or a value that lacks its quotes.
fn unquoted(before: &str, at: &str, message: &str) -> Option<String> {
    let start = before.rfind([':', ',', '[', '{', '\n']).map_or(0, |at| at.saturating_add(1));
    let end = at.find([':', ',', ']', '}', '\n']).unwrap_or(at.len());
    let written = [before.get(start..)?, at.get(..end)?].concat();
    let written = written.trim();
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    Some(match written {
        "" => return None,
        _ if message.starts_with("key must be a string") => format!("put names in quotes: {:?}", excerpt(written)),
        "True" | "False" | "TRUE" | "FALSE" => format!("write {}", written.to_lowercase()),
        "None" | "NULL" | "Null" | "NaN" | "nan" | "NA" | "undefined" => {
            "leave the field out where the text does not say".to_owned()
        }
        _ if is_number(written.trim_start_matches('+')) => {
            "a number has no plus and no zeros before it, and no point at its beginning or end".to_owned()
        }
        _ => format!("put it in quotes: {:?}", excerpt(written)),
    })
}
