//! Where in a JSON text a place of the document is.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::path::{Place, Segment};

/// A value of the text. What is in it is looked for once, when a place first leads there, so that many places cost little
/// more than one.
pub(super) struct Node<'t> {
    /// Bytes of the text, from its key, where it has one, to its end.
    span: Range<usize>,
    value: &'t str,
    members: Option<Box<Members<'t>>>,
}

#[derive(Default)]
struct Members<'t> {
    nodes: Vec<Node<'t>>,
    /// The first two places of a key.
    keys: HashMap<Cow<'t, str>, [Option<usize>; 2]>,
}

impl<'t> Node<'t> {
    /// The whole of a text, if it begins with a JSON value.
    pub(super) fn root(text: &'t str) -> Option<Self> {
        let value = <&RawValue>::deserialize(&mut serde_json::Deserializer::from_str(text)).ok()?;
        Self::new(text, None, value)
    }

    fn new(text: &str, key: Option<&RawValue>, value: &'t RawValue) -> Option<Self> {
        let offset = |part: &str| part.as_ptr().addr().checked_sub(text.as_ptr().addr());
        let value = value.get();
        let start = offset(key.map_or(value, RawValue::get))?;
        let end = offset(value)?.checked_add(value.len())?;
        Some(Self { span: start..end, value, members: None })
    }

    /// The bytes of what is at a place, as far as there is something; `again` asks for the second of two equal keys.
    pub(super) fn find(&mut self, text: &'t str, place: &Place, again: bool) -> Range<usize> {
        let mut node = self;
        for (position, segment) in place.segments().iter().enumerate() {
            let again = again && position.saturating_add(1) == place.segments().len();
            let members = node.members.get_or_insert_with(|| Box::new(Members::of(text, node.value)));
            let Some(next) = members.get_mut(segment, again) else { break };
            node = next;
        }
        node.span.clone()
    }
}

impl<'t> Members<'t> {
    fn of(text: &'t str, value: &'t str) -> Self {
        let mut members = Self::default();
        // Numbers, texts and words have none.
        let Ok(Level(level)) = serde_json::from_str(value) else { return members };
        for (key, value) in level {
            let place = members.nodes.len();
            let Some(node) = Node::new(text, key, value) else { continue };
            members.nodes.push(node);
            let Some(key) = key.and_then(|key| serde_json::from_str::<Name<'_>>(key.get()).ok()) else { continue };
            let [first, second] = members.keys.entry(key.0).or_default();
            if first.is_none() {
                *first = Some(place);
            } else if second.is_none() {
                *second = Some(place);
            }
        }
        members
    }

    fn get_mut(&mut self, segment: &Segment, again: bool) -> Option<&mut Node<'t>> {
        let of_key = |key: &str| {
            let [first, second] = self.keys.get(key)?;
            second.filter(|_| again).or(*first)
        };
        let place = match segment {
            Segment::Field(name) => of_key(name)?,
            Segment::Key(key) => of_key(key)?,
            Segment::Index(index) if self.keys.is_empty() => *index,
            Segment::Index(_) => return None,
        };
        self.nodes.get_mut(place)
    }
}

/// A key as it is meant, borrowed where nothing in it is escaped.
struct Name<'t>(Cow<'t, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Key;
        impl<'de> Visitor<'de> for Key {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(key)))
            }

            fn visit_str<E>(self, key: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(Key)
    }
}

/// The members of an object or a list, as they stand in the text, so that only one level is read at a time.
struct Level<'t>(Vec<(Option<&'t RawValue>, &'t RawValue)>);

impl<'de> Deserialize<'de> for Level<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Level<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object or a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Level<'de>, A::Error> {
                let mut level = Vec::new();
                while let Some(value) = list.next_element()? {
                    level.push((None, value));
                }
                Ok(Level(level))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Level<'de>, A::Error> {
                let mut level = Vec::new();
                while let Some((key, value)) = object.next_entry()? {
                    level.push((Some(key), value));
                }
                Ok(Level(level))
            }
        }
        deserializer.deserialize_any(Any)
    }
}
