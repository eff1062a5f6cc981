//! The parts of a document: plain data with public fields, setters that chain, and how each field is written and read.

/// Writes a part of a document from the table of its fields: a struct, `new` with its documentation and arguments,
/// setters, how it is written, and, under the name after `read by`, a macro with the same table for reading.
///
/// The first word before a field is the method by which reading takes it out of its slot. A field that is `required` or
/// `essential` is always written, the others where they are there. The fields of a `flattened` part are written beside
/// the others. A field that is `replaced` by none is written as the empty text.
///
/// The second word says what fills the field, each time with a setter that gives the same part with one field filled:
/// a `text`, another `value`, a value that is written `into`, a whole `list`, a `text_or_none` that the empty text takes
/// away, or one more `member` of a list. A `field` has no setter, and one that is `given` is an argument of `new`. A
/// setter whose name is not that of its field is named after `as`. A part that is `noted` has a note and citations, too.
macro_rules! fields {
    ($(#[$meta:meta])* noted $type:ident $new:tt $(read by $table:ident)? { $($fields:tt)* }) => {
        $crate::terms::fields::fields! { $(#[$meta])* $type $new $(read by $table)? {
            $($fields)*
            /// Anything else a reader should know.
            optional text note;
            /// Where this comes from: a key of the sources, or a [`Citation`](crate::terms::Citation).
            cited member source: Citation;
        } }
    };
    ($(#[$meta:meta])* $type:ident $new:tt read by $table:ident { $($fields:tt)+ }) => {
        $crate::terms::fields::fields! { $(#[$meta])* $type $new { $($fields)+ } }
        $crate::terms::fields::fields! { @table $table { $($fields)+ } }
    };
    (@table $table:ident {
        $($(#[doc = $doc:literal])*
        $mode:ident $kind:ident $field:ident $(= $key:literal)? $(as $setter:ident)? $(: $of:ty)?;)+
    }) => {
        macro_rules! $table {
            () => { object! { { $($mode $field $(= $key)?),+ } => |ctx| Some(Self { $($field),+ }) } };
        }
        pub(crate) use $table;
    };
    ($(#[$meta:meta])* $type:ident $new:tt {
        $($(#[doc = $doc:literal])*
        $mode:ident $kind:ident $field:ident $(= $key:literal)? $(as $setter:ident)? $(: $of:ty)?;)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub struct $type {$(
            $(#[doc = $doc])*
            pub $field: $crate::terms::fields::fields!(@type $kind $($of)?),
        )+}

        impl $type {
            $crate::terms::fields::fields!(@new $new $($kind $field)+);

            $($crate::terms::fields::fields!(@$kind [$($doc)*] $field $(as $setter)? $(: $of)?);)+

            /// Writes the fields that are there.
            pub(crate) fn write<M: serde::ser::SerializeMap>(&self, object: &mut M) -> Result<(), M::Error> {
                $($crate::terms::fields::fields!(@write $mode object, self.$field, stringify!($field) $(=> $key)?);)+
                Ok(())
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut object = serializer.serialize_map(None)?;
                self.write(&mut object)?;
                serde::ser::SerializeMap::end(object)
            }
        }
    };
    (@new () $($rows:tt)+) => {};
    (@new ($doc:literal, $($given:ident: $of:ty),+) $($kind:ident $field:ident)+) => {
        #[doc = $doc]
        #[must_use]
        pub fn new($($given: $of),+) -> Self {
            Self { $($field: $crate::terms::fields::fields!(@init $kind $field)),+ }
        }
    };
    (@init given $field:ident) => { $field.into() };
    (@init $kind:ident $field:ident) => { Default::default() };
    (@write $mode:ident $object:ident, $field:expr, $name:expr => $key:literal) => {
        $crate::terms::fields::fields!(@write $mode $object, $field, $key)
    };
    (@write required $object:ident, $field:expr, $key:expr) => { $object.serialize_entry($key, &$field)? };
    (@write essential $object:ident, $field:expr, $key:expr) => { $object.serialize_entry($key, &$field)? };
    (@write flattened $object:ident, $field:expr, $key:expr) => { $field.write($object)? };
    (@write cited $object:ident, $field:expr, $key:expr) => { Citation::write_all(&$field, $object)? };
    (@write replaced $object:ident, $field:expr, $key:expr) => {
        match &$field {
            Some(Some(value)) => $object.serialize_entry($key, value)?,
            Some(None) => $object.serialize_entry($key, "")?,
            None => {}
        }
    };
    (@write $mode:ident $object:ident, $field:expr, $key:expr) => {
        if !$crate::terms::fields::is_default(&$field) {
            $object.serialize_entry($key, &$field)?;
        }
    };
    (@type given $of:ty) => { $of };
    (@type field $of:ty) => { $of };
    (@type text) => { Option<String> };
    (@type text_or_none) => { Option<Option<String>> };
    (@type list $of:ty) => { Option<Vec<$of>> };
    (@type member $of:ty) => { Vec<$of> };
    (@type $kind:ident $of:ty) => { Option<$of> };
    (@argument value $of:ty) => { $of };
    (@argument into $of:ty) => { impl Into<$of> };
    (@argument list $of:ty) => { impl IntoIterator<Item = impl Into<$of>> };
    (@argument $text:ident) => { impl Into<String> };
    (@filled value $field:ident) => { $field };
    (@filled list $field:ident) => { $field.into_iter().map(Into::into).collect() };
    (@filled text_or_none $field:ident) => { Some($field.into()).filter(|text: &String| !text.is_empty()) };
    (@filled $kind:ident $field:ident) => { $field.into() };
    (@given $doc:tt $field:ident: $of:ty) => {};
    (@field $doc:tt $field:ident: $of:ty) => {};
    (@$kind:ident $doc:tt $field:ident $(: $of:ty)?) => {
        $crate::terms::fields::fields!(@$kind $doc $field as $field $(: $of)?);
    };
    (@member [$($doc:literal)*] $field:ident as $setter:ident: $of:ty) => {
        #[doc = concat!("With one more of `", stringify!($field), "`:")]
        $(#[doc = $doc])*
        #[must_use]
        pub fn $setter(mut self, $setter: impl Into<$of>) -> Self {
            self.$field.push($setter.into());
            self
        }
    };
    (@$kind:ident [$($doc:literal)*] $field:ident as $setter:ident $(: $of:ty)?) => {
        #[doc = concat!("With `", stringify!($field), "`:")]
        $(#[doc = $doc])*
        #[must_use]
        pub fn $setter(mut self, $field: $crate::terms::fields::fields!(@argument $kind $($of)?)) -> Self {
            self.$field = Some($crate::terms::fields::fields!(@filled $kind $field));
            self
        }
    };
}

pub(crate) use fields;

/// Whether a field says what it would if it were left out.
pub(crate) fn is_default<T: Default + PartialEq>(field: &T) -> bool {
    *field == T::default()
}
