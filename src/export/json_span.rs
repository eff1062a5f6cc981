//! Where in a JSON text a place of the document is.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
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
    keys: HashMap<String, [Option<usize>; 2]>,
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
        if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(value) {
            members.nodes.extend(list.into_iter().filter_map(|value| Node::new(text, None, value)));
        }
        // Numbers, texts and words have no members.
        let Ok(Object(object)) = serde_json::from_str(value) else { return members };
        for (key, value) in object {
            let place = members.nodes.len();
            let Some(node) = Node::new(text, Some(key), value) else { continue };
            members.nodes.push(node);
            let Ok(key) = serde_json::from_str(key.get()) else { continue };
            let [first, second] = members.keys.entry(key).or_default();
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

/// The members of an object, as they are written, so that only one level is read at a time.
struct Object<'t>(Vec<(&'t RawValue, &'t RawValue)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Object<'de>, A::Error> {
                std::iter::from_fn(|| object.next_entry().transpose()).collect::<Result<_, _>>().map(Object)
            }
        }
        deserializer.deserialize_map(Any)
    }
}
