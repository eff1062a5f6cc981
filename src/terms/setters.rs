//! Setters that chain: each gives the same part of a document with one field filled, or one member more.

macro_rules! setters {
    ($type:ident { $($(#[$meta:meta])* $kind:ident $name:ident $(in $list:ident)? $(: $of:ty)?;)+ }) => {
        impl $type {
            $($crate::terms::setters::setters!(@$kind $(#[$meta])* $name $(in $list)? $(: $of)?);)+
        }
    };
    (@text $(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[must_use]
        pub fn $name(mut self, $name: impl Into<String>) -> Self {
            self.$name = Some($name.into());
            self
        }
    };
    (@value $(#[$meta:meta])* $name:ident: $of:ty) => {
        $(#[$meta])*
        #[must_use]
        pub fn $name(mut self, $name: $of) -> Self {
            self.$name = Some($name);
            self
        }
    };
    (@member $(#[$meta:meta])* $name:ident in $list:ident: $of:ty) => {
        $(#[$meta])*
        #[must_use]
        pub fn $name(mut self, $name: impl Into<$of>) -> Self {
            self.$list.push($name.into());
            self
        }
    };
}

pub(crate) use setters;
