//! JSON texts as files hold them: a byte order mark is skipped, and nothing may follow.

use serde::de::Error as _;
use serde_json::de::{Deserializer, StrRead};
use serde_json::error::Error;

use super::ReadError;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The bytes after a byte order mark, which some editors write and which is no part of the text.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

pub(crate) fn read_json<'t, T>(
    bytes: &'t [u8],
    read: impl FnOnce(&mut Deserializer<StrRead<'t>>) -> Result<T, ReadError<Error>>,
) -> Result<T, ReadError<Error>> {
    // Checking a whole text for UTF-8 at once is faster than string by string.
    let text = str::from_utf8(without_mark(bytes)).map_err(|error| ReadError::Syntax(Error::custom(error)))?;
    let mut json = Deserializer::from_str(text);
    let value = read(&mut json)?;
    json.end().map_err(ReadError::Syntax)?;
    Ok(value)
}
