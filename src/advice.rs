//! The vocabulary of advice: what is odd about a document, and where, without being wrong.

/// One thing that is odd about a document, and its place.
///
/// Displayed as `CODE at PATH: message`.
///
/// ```
/// # use force_drawdown::doc_examples::iraq;
/// use force_drawdown::{Agreement, Source};
/// let mut terms = iraq().into_terms();
/// terms.sources.insert("draft".into(), Source::new("A draft"));
/// let agreement = Agreement::try_from(terms).unwrap();
/// assert_eq!(agreement.advice()[0].to_string(), "uncited-source at sources.draft: nothing cites the source \"draft\"");
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Advice {
    path: String,
    kind: AdviceKind,
}

impl Advice {
    pub(crate) fn new(path: impl Into<String>, kind: AdviceKind) -> Self {
        let path = path.into();
        Self { path: if path.is_empty() { "document".to_owned() } else { path }, kind }
    }

    /// The place in the document, such as `phases[1].limits[0]`; `document` is the whole of it.
    ///
    /// ```
    /// # use force_drawdown::{AdviceKind, Agreement, doc_examples::iraq};
    /// # let mut terms = iraq().into_terms();
    /// # terms.sources.insert("draft".into(), force_drawdown::Source::new("A draft"));
    /// # let agreement = Agreement::try_from(terms).unwrap();
    /// assert_eq!(agreement.advice()[0].path(), "sources.draft");
    /// ```
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is odd, with its values.
    ///
    /// ```
    /// # use force_drawdown::{AdviceKind, Agreement, doc_examples::iraq};
    /// # let mut terms = iraq().into_terms();
    /// # terms.sources.insert("draft".into(), force_drawdown::Source::new("A draft"));
    /// # let agreement = Agreement::try_from(terms).unwrap();
    /// assert_eq!(agreement.advice()[0].kind(), &AdviceKind::UncitedSource { source: "draft".into() });
    /// ```
    #[must_use]
    pub const fn kind(&self) -> &AdviceKind {
        &self.kind
    }

    /// The stable kebab-case name of the kind.
    ///
    /// ```
    /// # use force_drawdown::{AdviceKind, Agreement, doc_examples::iraq};
    /// # let mut terms = iraq().into_terms();
    /// # terms.sources.insert("draft".into(), force_drawdown::Source::new("A draft"));
    /// # let agreement = Agreement::try_from(terms).unwrap();
    /// assert_eq!(agreement.advice()[0].code(), "uncited-source");
    /// ```
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.kind.code()
    }
}

impl std::fmt::Display for Advice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at {}: {}", self.code(), self.path, self.kind)
    }
}

macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident $({ $($field:ident: $type:ty),+ $(,)? })? = $code:literal, $message:literal;)+) => {
        /// What may be odd about a document, with its values.
        ///
        /// ```
        /// let odd = force_drawdown::AdviceKind::UncitedSource { source: "report".to_owned() };
        /// assert_eq!(odd.to_string(), "nothing cites the source \"report\"");
        /// assert_eq!(odd.code(), "uncited-source");
        /// ```
        #[derive(Clone, PartialEq, Eq, Debug)]
        #[non_exhaustive]
        pub enum AdviceKind {
            $(
                $(#[$meta])*
                $name $({ $(#[allow(missing_docs, reason = "the variant says what its values are")] $field: $type),+ })?,
            )+
        }

        impl AdviceKind {
            /// The code of every kind.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// The stable kebab-case name of the kind.
            ///
            /// ```
            /// use force_drawdown::AdviceKind;
            /// assert_eq!(AdviceKind::NoSendingParty.code(), "no-sending-party");
            /// ```
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$name $({ $($field: _),+ })? => $code,)+ }
            }
        }

        impl std::fmt::Display for AdviceKind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self { $(Self::$name $({ $($field),+ })? => write!(f, $message),)+ }
            }
        }
    };
}

kinds! {
    // The document.
    /// No party sends the forces that the agreement counts.
    NoSendingParty = "no-sending-party", "no party has the role sending; say whose forces they are if the text does";
    /// No party has the forces on its soil.
    NoReceivingParty = "no-receiving-party",
        "no party has the role receiving; say on whose soil the forces are if the text does";
    /// A force that no phase limits.
    ForceWithoutLimit { force: String } = "force-without-limit", "no phase has a limit for the force {force:?}";
    /// A part that is larger than its whole.
    PartAboveWhole { part: String, whole: String } = "part-above-whole",
        "the part {part:?} surely has more people than its whole {whole:?}; the whole caps it";
    /// A source that nothing cites.
    UncitedSource { source: String } = "uncited-source", "nothing cites the source {source:?}";
    /// A phase that changes no ceiling and that no event completes.
    PhaseWithoutLimitsOrDone { phase: String } = "phase-without-limits-or-done",
        "phase {phase:?} has neither limits nor done, so that it can be neither kept nor broken";
    /// A window of more than a year.
    WideWindow { phase: String, window: String } = "wide-window",
        "phase {phase:?} falls due at some time from {window}, which is more than a year; narrow it if the text does";
    /// A total that is not larger than the total before it.
    CumulativeNotLarger { phase: String, force: String } = "cumulative-not-larger",
        "what phase {phase:?} has withdrawn of {force:?} in all is not more than before it; use withdraw for this phase alone";
    /// A phase that the termination leaves without force.
    NoForceAfterTermination { phase: String, terminated: String } = "no-force-after-termination",
        "phase {phase:?} requires nothing after the termination on {terminated}, from which its deadline does not count";

    // The record.
    /// A suspension or a pause ends that did not begin.
    ResumedWithout { what: &'static str } = "resumed-without", "resumed comes without a {what} before it";
    /// The agreement enters into force again.
    SecondInForce { first: String } = "second-in-force",
        "the agreement has been in force since {first}; the event entry-into-force is the first";
    /// A party consents that need not.
    ConsentNotNeeded { party: String } = "consent-not-needed",
        "the consent of {party} is not needed; give the party a consent mode if it is";
}
