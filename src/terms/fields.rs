//! The parts of a document: plain data with public fields, and setters that chain.

/// Writes a part of a document: a struct, each `field` of it, and setters, of which each gives the same part with one field
/// filled, or one member more.
///
/// What may be absent is a `text`, another `value`, a value that is written `into`, a whole `list`, or a `text_or_none` that
/// the empty text takes away; a `member` is one of a list. A setter whose name is not that of its field is named after `as`.
/// A part that is `noted` has a note and citations, too.
macro_rules! fields {
    ($(#[$meta:meta])* noted $type:ident { $($fields:tt)* }) => {
        $crate::terms::fields::fields! { $(#[$meta])* $type {
            $($fields)*
            /// Anything else a reader should know.
            text note;
            /// Where this comes from: a key of the sources, or a [`Citation`](crate::terms::Citation).
            member source: Citation;
        } }
    };
    ($(#[$meta:meta])* $type:ident {
        $($(#[doc = $doc:literal])* $(#[serde $serde:tt])? $kind:ident $field:ident $(as $setter:ident)? $(: $of:ty)?;)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub struct $type {$(
            $(#[doc = $doc])*
            $(#[serde $serde])?
            pub $field: $crate::terms::fields::fields!(@type $kind $($of)?),
        )+}

        impl $type {
            $($crate::terms::fields::fields!(@$kind [$($doc)*] $field $(as $setter)? $(: $of)?);)+
        }
    };
    (@type field $of:ty) => { $of };
    (@type text) => { Option<String> };
    (@type text_or_none) => { Option<Option<String>> };
    (@type list $of:ty) => { Option<Vec<$of>> };
    (@type member $of:ty) => { Vec<$of> };
    (@type $kind:ident $of:ty) => { Option<$of> };
    (@field $doc:tt $field:ident: $of:ty) => {};
    (@$kind:ident $doc:tt $field:ident $(: $of:ty)?) => {
        $crate::terms::fields::fields!(@$kind $doc $field as $field $(: $of)?);
    };
    (@text $doc:tt $field:ident as $setter:ident) => {
        $crate::terms::fields::fields!(@setter $doc $field $setter(impl Into<String>) Some($field.into()));
    };
    (@text_or_none $doc:tt $field:ident as $setter:ident) => {
        $crate::terms::fields::fields!(@setter $doc $field $setter(impl Into<String>) {
            Some(Some($field.into()).filter(|text| !text.is_empty()))
        });
    };
    (@value $doc:tt $field:ident as $setter:ident: $of:ty) => {
        $crate::terms::fields::fields!(@setter $doc $field $setter($of) Some($field));
    };
    (@into $doc:tt $field:ident as $setter:ident: $of:ty) => {
        $crate::terms::fields::fields!(@setter $doc $field $setter(impl Into<$of>) Some($field.into()));
    };
    (@list $doc:tt $field:ident as $setter:ident: $of:ty) => {
        $crate::terms::fields::fields!(@setter $doc $field $setter(impl IntoIterator<Item = impl Into<$of>>) {
            Some($field.into_iter().map(Into::into).collect())
        });
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
    (@setter [$($doc:literal)*] $field:ident $setter:ident($of:ty) $value:expr) => {
        #[doc = concat!("With `", stringify!($field), "`:")]
        $(#[doc = $doc])*
        #[must_use]
        pub fn $setter(mut self, $field: $of) -> Self {
            self.$field = $value;
            self
        }
    };
}

pub(crate) use fields;
