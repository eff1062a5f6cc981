//! What the texts of documents share: numbers, ids and qualifiers.

/// The longest id.
const LONGEST_ID: usize = 64;

/// Whether a text is an id: 1 to 64 of `A-Z a-z 0-9 . _ -`.
pub(crate) fn is_id(text: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(legal)
}

/// Reads a whole number without sign and leading zeros, its thousands with commas or not.
pub(crate) fn number(text: &str) -> Option<u32> {
    let bytes = text.as_bytes();
    if bytes.len() > 1 && bytes.first() == Some(&b'0') {
        return None;
    }
    digits(bytes).or_else(|| {
        let mut groups = text.split(',');
        let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
        groups.try_fold(digits(first.as_bytes())?, |number, group| {
            let group = Some(group).filter(|group| group.len() == 3)?;
            number.checked_mul(1000)?.checked_add(digits(group.as_bytes())?)
        })
    })
}

/// Reads one or more digits.
pub(crate) fn digits(bytes: &[u8]) -> Option<u32> {
    if bytes.is_empty() {
        return None;
    }
    bytes.iter().try_fold(0_u32, |number, byte| {
        let digit = byte.is_ascii_digit().then(|| u32::from(byte & 0x0f))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// What stands before a number or a share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Qualifier {
    About,
    Nearly,
    JustOver,
    AtMost,
    FewerThan,
    AtLeast,
    MoreThan,
}

impl Qualifier {
    /// Every qualifier with its spellings, the first of which is written.
    const SPELLINGS: &'static [(Self, &'static [&'static str])] = &[
        (Self::About, &["about ", "around ", "some ", "roughly ", "approximately "]),
        (Self::Nearly, &["nearly ", "almost ", "just under "]),
        (Self::JustOver, &["just over "]),
        (Self::AtMost, &["at most ", "up to ", "no more than "]),
        (Self::FewerThan, &["fewer than ", "under ", "below "]),
        (Self::AtLeast, &["at least ", "no fewer than "]),
        (Self::MoreThan, &["more than ", "over "]),
    ];

    /// Splits a qualifier off a text.
    pub(crate) fn split(text: &str) -> Option<(Self, &str)> {
        // Most texts begin with their number, and need not be compared with every spelling.
        if text.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        let spellings = Self::SPELLINGS.iter();
        let mut all =
            spellings.flat_map(|&(qualifier, spellings)| spellings.iter().map(move |&spelling| (qualifier, spelling)));
        all.find_map(|(qualifier, spelling)| Some((qualifier, text.strip_prefix(spelling)?)))
    }
}
