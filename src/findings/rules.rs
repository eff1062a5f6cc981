//! The one table of what may be found in a document: code, severity, message and values of every rule.

use std::fmt;

use super::nearest::KnownIds;
use crate::band::Band;
use crate::wording::{GrammarError, UnknownWord, excerpt, thousands};

/// How grave a finding is, the gravest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The document is illegal.
    Violation,
    /// The document is legal, and odd.
    Advice,
}

macro_rules! rules {
    ($($severity:ident $part:literal { $($(#[$meta:meta])* $name:ident $({ $($field:ident: $type:ty),+ $(,)? })? = $code:literal, $message:literal $(, ($($arg:tt)+))?;)+ })+) => {
        /// What may be found in a document, with the values that a message names.
        ///
        /// ```
        /// use force_drawdown::{Rule, findings::Severity};
        /// let rule = Rule::EmptyList { list: "phases" };
        /// assert_eq!(rule.to_string(), "phases needs at least one member");
        /// assert_eq!((rule.code(), rule.severity()), ("empty-list", Severity::Violation));
        /// assert!(Rule::CODES.contains(&(rule.code(), rule.severity())));
        /// ```
        #[derive(Clone, PartialEq, Eq, Debug)]
        #[non_exhaustive]
        pub enum Rule {
            $($(
                $(#[$meta])*
                #[doc = concat!("\n\nThe page of [`", $code, "`](crate::guide::codes#", $code, ").")]
                $name $({ $(#[allow(missing_docs, reason = "the variant says what its values are")] $field: $type),+ })?,
            )+)+
        }

        impl std::error::Error for Rule {}

        impl fmt::Display for Rule {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $($(Self::$name $({ $($field),+ })? => write!(f, $message $(, $($arg)+)?),)+)+ }
            }
        }

        impl Rule {
            /// The code of every rule, with its severity.
            pub const CODES: &'static [(&'static str, Severity)] = &[$($(($code, Severity::$severity)),+),+];

            /// The stable kebab-case name of the rule.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $($(Self::$name $({ $($field: _),+ })? => $code,)+)+ }
            }

            /// Whether what is found is wrong, or only odd.
            #[must_use]
            pub const fn severity(&self) -> Severity {
                match self { $($(Self::$name $({ $($field: _),+ })? => Severity::$severity,)+)+ }
            }
        }

        /// The sections of the chapter *codes*: a page for each code, from `codes/` beside the caller.
        macro_rules! pages_of_codes {
            () => {
                concat!($("# ", $part, "\n\n", $("## `", $code, "`\n\n", include_str!(concat!("codes/", $code, ".md")), "\n",)+)+)
            };
        }
        pub(crate) use pages_of_codes;
    };
}

rules! {
    Violation "Reading" {
        /// A field that the format does not have; with the fields that it has there.
        UnknownField { field: String, known: &'static [&'static str] } = "unknown-field",
            "no field {field:?} belongs here; the fields are {}", (known.join(", "));
        /// A required field is not there.
        MissingField { field: &'static str } = "missing-field", "the field {field:?} is required";
        /// A key is written twice in one object.
        DuplicateKey { key: String } = "duplicate-key", "the key {key:?} is written more than once in one object; keep one";
        /// A value of the wrong type.
        WrongType { expected: &'static str, found: String } = "wrong-type", "expected {expected}, found {found}";
        /// A text that is not a quantity.
        MalformedQuantity { error: GrammarError } = "malformed-quantity", "{error}";
        /// A number of something else than its force counts.
        OtherUnit { number: String, found: String, unit: String } = "other-unit",
            "after the number in {number:?} comes {found:?}, and the force is counted in {unit:?}; write the number alone if it counts these";
        /// A text that is not a share.
        MalformedShare { error: GrammarError } = "malformed-share", "{error}";
        /// A text that is not a deadline.
        MalformedDeadline { error: GrammarError } = "malformed-deadline", "{error}";
        /// A text that is not an event.
        MalformedEvent { error: GrammarError } = "malformed-event", "{error}";
        /// A text that is not a day.
        MalformedDate { error: GrammarError } = "malformed-date", "{error}";
        /// A word outside a closed vocabulary.
        Unlisted { error: UnknownWord } = "unknown-word", "{error}";
        /// A deadline object without a kind, or with several.
        DeadlineKind { found: usize } = "deadline-kind",
            "a deadline object has exactly one of after, before, any, earliest, latest; found {found} of them";
        /// A change without a kind, or with several.
        ChangeKind { found: usize } = "change-kind",
            "a change has exactly one of phase, add, drop, residual, add_force, baseline; found {found} of them";
    }

    Violation "The document" {
        /// A format that this crate does not read.
        UnknownFormat { format: u32 } = "unknown-format", "format {format} is not known; the only one is 1";
        /// A list that needs a member has none.
        EmptyList { list: &'static str } = "empty-list", "{list} needs at least one member";
        /// An id that is not 1 to 64 of `A-Z a-z 0-9 . _ -`.
        MalformedId { found: String } = "malformed-id",
            "expected 1 to 64 of A-Z a-z 0-9 . _ -, such as \"us-1\", found {found:?}";
        /// An id that another of its kind has.
        DuplicateId { kind: &'static str, id: String } = "duplicate-id", "another {kind} has the id {id:?}; ids are unique";
        /// An id or code of another data set that it cannot have.
        UnknownIdentifier { found: String, expected: &'static str } = "unknown-identifier", "expected {expected}, found {found}";
        /// A party that the document does not have.
        UnknownParty { id: String, known: KnownIds } = "unknown-party", "no party has the id {id:?}; the parties are {known}";
        /// A force that the document does not have.
        UnknownForce { id: String, known: KnownIds } = "unknown-force", "no force has the id {id:?}; the forces are {known}";
        /// A phase that the document does not have.
        UnknownPhase { id: String, known: KnownIds } = "unknown-phase", "no phase has the id {id:?}; the phases are {known}";
        /// A source that the document does not have.
        UnknownSource { id: String, known: KnownIds } = "unknown-source", "no source has the key {id:?}; the keys are {known}";
        /// A force must be named where there are several.
        ForceNotNamed { known: String } = "force-not-named", "name the force, because the document has several: {known}";
        /// A force that is made up of its parts, and has none.
        SumWithoutParts { force: String } = "sum-without-parts",
            "{force:?} is the sum of its parts, and no force is part_of it";
        /// A force that is part of itself, through these.
        PartOfCircle { circle: String } = "part-of-circle", "a force cannot be a part of itself: {circle}";
        /// A part and its whole are counted in different units.
        PartOfUnit { part: String, whole: String } = "part-of-unit",
            "a part counted in {part:?} cannot belong to a whole counted in {whole:?}; the units must be equal";
    }

    Violation "Numbers and days" {
        /// A quantity without a value between 0 and the greatest number.
        QuantityOutOfRange { quantity: String } = "quantity-out-of-range",
            "{quantity:?} holds no number, or one above 4294967294; accepted are intervals within 0..4294967294";
        /// A share that leaves 0 to 1.
        ShareOutOfRange { share: String } = "share-out-of-range", "{share:?} is not within 0% to 100%, or is empty";
        /// A day outside the years 1 to 9999, or that does not exist.
        DateOutOfRange { date: String } = "date-out-of-range", "{date} gives no day within the years 1 to 9999";
        /// A document of which more would have to be kept than is accepted.
        DocumentTooLarge { what: &'static str, found: usize, most: usize } = "document-too-large",
            "{what} come to {found}; at most {most} are accepted";
        /// A version that spans more than 200 years.
        SpanTooLong { from: String, to: String } = "span-too-long",
            "from {from} to {to} is more than 200 years, the most that is accepted";
        /// Deadlines that count from each other.
        DeadlineCircle { circle: String } = "deadline-circle", "the deadline counts from itself: {circle}";
        /// Deadlines within deadlines, deeper than 16.
        DeadlineTooDeep { deepest: usize } = "deadline-too-deep", "deadlines may be nested {deepest} deep, this is deeper";
    }

    Violation "Limits and chains" {
        /// A limit without a kind, or with several.
        LimitKind { found: String } = "limit-kind",
            "a limit has exactly one of remain, withdraw, withdrawn, remain_share, withdraw_share, withdrawn_share; found {found}";
        /// Two limits of a phase for one force.
        DuplicateLimit { force: String } = "duplicate-limit", "the phase has another limit for the force {force:?}; one is accepted";
        /// Two residuals for one force.
        DuplicateResidual { force: String } = "duplicate-residual", "the force {force:?} has another residual; one is accepted";
        /// A ceiling above what went before.
        CeilingRises { phase: String, force: String, ceiling: Band, before: u32 } = "ceiling-rises",
            "phase {phase:?} lets {force:?} have {ceiling}, but at most {} may be there before it; a ceiling may only fall", (thousands(*before));
        /// More is taken away than can be there.
        WithdrawsMoreThanLeft { phase: String, force: String, taken: String, left: String } = "withdraws-more-than-left",
            "phase {phase:?} takes {taken} away from {force:?}, of which at most {left} can be there";
        /// A phase that falls due before the one before it.
        PhasesOutOfOrder { phase: String, window: String, before: String, earlier: String } = "phases-out-of-order",
            "phase {phase:?} falls due {window}, before phase {before:?} ({earlier}) that is listed before it; order the phases of a force by their deadlines";
        /// A window that closes before the baseline.
        ClosesBeforeBaseline { phase: String, window: String, as_of: String } = "closes-before-baseline",
            "phase {phase:?} falls due {window}, before the baseline as of {as_of}; it must close on that day or later";
        /// An authorised baseline without an upper end.
        OpenAuthorisedBaseline { strength: String } = "open-authorised-baseline",
            "an authorised baseline is a ceiling and needs an upper end, and {strength:?} has none";
    }

    Violation "The record" {
        /// A gated step before the consents that it waits for.
        StepBeforeConsent { step: String, on: String, missing: String } = "step-before-consent",
            "{step} on {on} waits for every needed consent, and is without that of {missing}";
        /// A consent before the domestic steps of its party.
        ConsentBeforeDomesticSteps { party: String, on: String, missing: String } = "consent-before-domestic-steps",
            "the consent of {party} on {on} comes before its own steps: {missing}";
        /// A domestic step before the one that goes before it.
        DomesticStepOutOfOrder { party: String, body: String, before: String } = "domestic-step-out-of-order",
            "the step of {body:?} of {party} comes before that of {before:?}, which goes first";
        /// A domestic step of a body that its party does not list.
        UnknownBody { body: String, known: KnownIds } = "unknown-body", "no domestic step is of the body {body:?}; the bodies are {known}";
        /// An act after the termination.
        ActAfterTermination { act: &'static str, on: String, terminated: String } = "act-after-termination",
            "{act} on {on} comes after the termination on {terminated}; only event, not-yet and text-agreed may";
        /// It is said that an event had not happened, of a day on which it had.
        NotYetAfterEvent { name: String, on: String, happened: String } = "not-yet-after-event",
            "the event {name:?} happened by {happened}, and is said not to have happened by the end of {on}";
        /// Parties that take each other's places, through these.
        SuccessionCircle { circle: String } = "succession-circle", "a party cannot take its own place: {circle}";
        /// An act without the field that it needs.
        ActLacks { act: &'static str, field: &'static str } = "act-lacks-field", "the act {act} needs the field {field:?}";
    }

    Violation "Observations" {
        /// An observation without a number, or with several.
        CountKind { found: String } = "count-kind",
            "an observation has exactly one of present, withdrawn, withdrawn_share; found {found}";
        /// A count that holds until a day before its own, or from a day that is not known.
        UntilBeforeDate { until: String, date: String } = "until-before-date",
            "a count holds from a day to a later one; {date:?} until {until} is no such stretch";
        /// A number taken away since a day that is not that of a baseline.
        UnknownSince { since: String, known: String } = "unknown-since",
            "nothing is counted from {since}; since is the as_of of a baseline of the force, by the date of the count: {known}";
    }

    Violation "Amendments" {
        /// An amendment that takes effect with a phase.
        EffectiveWithPhase { phase: String } = "effective-with-phase",
            "an amendment cannot take effect after phase {phase}, because amendments say when phases are due";
        /// An amendment that was adopted before one that takes effect before it.
        AmendmentsOutOfOrder { adopted: String, before: String } = "amendments-out-of-order",
            "it is adopted on {adopted}, but one that takes effect earlier, or on the same day, is adopted on {before}";
    }

    Advice "Advice\n\nThe document is accepted. [`Agreement::advice`](crate::Agreement::advice) lists what is odd in it." {
        // The document.
        /// The title says nothing.
        EmptyTitle = "empty-title", "the title is empty; say what the agreement is called";
        /// No party sends the forces that the agreement counts.
        NoSendingParty = "no-sending-party", "no party has the role sending; say whose forces they are if the text does";
        /// No party has the forces on its soil.
        NoReceivingParty = "no-receiving-party",
            "no party has the role receiving; if the text says on whose territory the forces are, add that party";
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
        /// A limit that everybody keeps.
        FloorIsNoCeiling { limit: String } = "floor-is-no-ceiling",
            "{limit:?} says how many stay at least, so that it can be neither kept nor broken; only ceilings are judged";
        /// A limit that counts from a baseline, of a force that has none.
        LimitWithoutBaseline { phase: String, force: String } = "limit-without-baseline",
            "what phase {phase:?} leaves of {force:?} counts from a baseline, and there is none, so that any number keeps it; give the force a baseline";
        /// A limit that lies above the count.
        AsksNobodyToLeave { phase: String, force: String, ceiling: Band, count: Band } = "asks-nobody-to-leave",
            "phase {phase:?} lets {force:?} have {ceiling}, above the {count} counted; it asks nobody to leave";
        /// A phase that the termination leaves without force.
        NoForceAfterTermination { phase: String, terminated: String } = "no-force-after-termination",
            "phase {phase:?} requires nothing after the termination on {terminated}, from which its deadline does not count";

        // Observations.
        /// More has left than there was, in every reading; the count is not judged.
        MoreWithdrawnThanThereWere { gone: u32, there: u32 } = "more-withdrawn-than-there-were",
            "at least {} have left of at most {} there were; the count is set aside", (thousands(*gone), thousands(*there));
        /// A count of more than twice the greatest baseline.
        FarAboveTheBaseline { low: u32, baseline: u32 } = "far-above-the-baseline",
            "{} are more than twice the {} of the greatest baseline; see whether both count the same people", (thousands(*low), thousands(*baseline));

        // The record.
        /// A suspension or a pause ends that did not begin.
        ResumedWithout { what: &'static str } = "resumed-without", "resumed comes without a {what} before it";
        /// The agreement enters into force again.
        SecondInForce { first: String } = "second-in-force",
            "the agreement has been in force since {first}; the event entry-into-force is the first";
        /// An act was published before it was done, which cannot have been set before.
        PublishedBeforeAct { act: &'static str, on: String, published: String } = "published-before-act",
            "{act} on {on} cannot have been published on {published}, before it; write \"expected\": true if it was foreseen";
        /// A party approved before it signed.
        ApprovedBeforeSigned { party: String, on: String, signed: String } = "approved-before-signed",
            "{party} approved on {on}, before it signed on {signed}; see whether the days are right";
        /// A party refuses and consents on one day, which has one order.
        RefusedAndConsented { party: String, on: String } = "refused-and-consented",
            "on {on} {party} takes its consent away and consents, and the consent counts last; date the other a day later if it was last";
        /// The agreement is announced, and consents are missing that nobody refused.
        AnnouncedWithoutConsent { on: String, missing: String } = "announced-without-consent",
            "announced on {on} without the consent of {missing}; write \"adopted\" if that was the consent, or \"consent\": \"none\" for a party that need not consent";
        /// A party consents that need not.
        ConsentNotNeeded { party: String } = "consent-not-needed",
            "the consent of {party} is not needed; give the party a consent mode if it is";
    }
}

impl Rule {
    pub(crate) fn unknown_party<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> Self {
        Self::UnknownParty { id: excerpt(id), known: KnownIds::new(id, known) }
    }

    pub(crate) fn unknown_phase<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> Self {
        Self::UnknownPhase { id: excerpt(id), known: KnownIds::new(id, known) }
    }
}
