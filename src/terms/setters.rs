//! Setters that chain: each gives the same part of a document with one field filled, or one member more.

/// Writes setters: of a `text` or another `value` that may be absent, of a `text_or_none` that the empty text takes away, of
/// a whole `list`, or of one more `member` of a list. A setter whose name is not that of its field says `in` which.
///
/// A part of the document that is `noted` has a note and citations, too.
macro_rules! setters {
    (noted $type:ident { $($setters:tt)* }) => {
        $crate::terms::setters::setters! { $type {
            $($setters)*
            /// With a note: anything else a reader should know.
            text note;
            /// With one more citation of where this comes from: a key of the sources, or a [`Citation`].
            member source in source: Citation;
        } }
    };
    ($type:ident { $($(#[$meta:meta])* $kind:ident $name:ident $(in $field:ident)? $(: $of:ty)?;)+ }) => {
        impl $type {
            $($crate::terms::setters::setters!(@$kind [$(#[$meta])*] $name $(in $field)? $(: $of)?);)+
        }
    };
    (@$kind:ident [$($meta:tt)*] $name:ident $(: $of:ty)?) => {
        $crate::terms::setters::setters!(@$kind [$($meta)*] $name in $name $(: $of)?);
    };
    (@text [$($meta:tt)*] $name:ident in $field:ident) => {
        $($meta)*
        #[must_use]
        pub fn $name(mut self, $field: impl Into<String>) -> Self {
            self.$field = Some($field.into());
            self
        }
    };
    (@text_or_none [$($meta:tt)*] $name:ident in $field:ident) => {
        $($meta)*
        #[must_use]
        pub fn $name(mut self, $field: impl Into<String>) -> Self {
            self.$field = Some(Some($field.into()).filter(|text| !text.is_empty()));
            self
        }
    };
    (@value [$($meta:tt)*] $name:ident in $field:ident: $of:ty) => {
        $($meta)*
        #[must_use]
        pub fn $name(mut self, $field: $of) -> Self {
            self.$field = Some($field);
            self
        }
    };
    (@list [$($meta:tt)*] $name:ident in $field:ident: $of:ty) => {
        $($meta)*
        #[must_use]
        pub fn $name<T: Into<$of>>(mut self, $field: impl IntoIterator<Item = T>) -> Self {
            self.$field = Some($field.into_iter().map(Into::into).collect());
            self
        }
    };
    (@member [$($meta:tt)*] $name:ident in $field:ident: $of:ty) => {
        $($meta)*
        #[must_use]
        pub fn $name(mut self, $name: impl Into<$of>) -> Self {
            self.$field.push($name.into());
            self
        }
    };
}

pub(crate) use setters;
