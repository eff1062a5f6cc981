// The README's pictures, whole: the first definition of a link counts.
#![cfg_attr(doc, doc = include_str!("guide/pictures.md"))]
#![doc = include_str!("../README.md")]
//!
//! # Guide
//!
//! New here? [`start`](guide::start) goes from `cargo add` to a judged agreement of your own in five minutes.
//!
//! The [`guide`] has a chapter for each thing one does:
//! [encode](guide::encode), [ask](guide::ask), [track consent](guide::consent), [judge](guide::judge),
//! [change](guide::change), [see](guide::see), [go fast](guide::bulk) and [extend](guide::extend). To look things up:
//! the [document format](mod@guide::format), the [catalogue of real agreements](guide::catalogue), [questions and answers](guide::faq) ("[why is this undetermined?](guide::faq#why-is-this-undetermined)"), [every mistake and its mend](guide::codes),
//! the [glossary](guide::glossary), the [comparison](guide::compare) with other tools, and the [design](guide::design).
//!
//! # Concepts
//!
//! A text is vague. A **reading** fixes everything that is vague at once: one day in every window, one number in every band,
//! every step respecting that forces only shrink. The crate answers for *all* readings. The two extremes have names:
//!
//! | reading | days | ceilings | on the Iraq plan, "hundreds leave by September 2025" |
//! | --- | --- | --- | --- |
//! | **strict** | earliest | lowest | from 1 September 2025 at most 1,251 (2,250 less 999) |
//! | **lenient** | latest | highest | from 30 September 2025 at most 2,550 (2,750 less 200) |
//!
//! Days are whole calendar days and counts are **end-of-day** counts: on the day on which a milestone falls due, the new
//! ceiling applies. Both ends of every band and window are included.
//!
//! Three curves are never mixed: what is **required** ([`Ceiling`], a step), what is **planned** ([`Planned`], an
//! interpolation) and what was **observed** ([`Observation`]). `None` is an answer: missing is never zero.
//!
//! # The flow
//!
//! Data flows one way: a room imports only from rooms above it in this table.
//!
//! | room | what it holds | types |
//! | --- | --- | --- |
//! | `wording`, `band`, `day`, `path` | how messages are worded, numbers of people, the calendar, places in a document | [`GrammarError`], [`Band`], [`Window`] |
//! | [`terms`] | as written: plain data with public fields | [`Terms`], [`Party`], [`Force`], [`Phase`], [`Limit`], [`Quantity`], [`Share`], [`Deadline`] |
//! | `findings`, `advice` | the table of rules, and what is odd without being wrong | [`Rule`], [`Violation`], [`Advice`] |
//! | `reading` | any serde format in, every mistake out | [`ReadError`] |
//! | `record` | acts in order, events, consent | [`ApprovalState`], [`Blocker`], [`Consent`] |
//! | `schedule` | resolved: consolidated texts, windows of days, bands of people, curves | [`Schedule`], [`Milestone`], [`Ceiling`], [`Planned`], [`Due`] |
//! | `agreement` | validated, with its versions and its timeline | [`Agreement`], [`Diff`] |
//! | `assessment` | judged: evidence, verdicts, outcomes | [`Observation`], [`Assessment`], [`Verdict`], [`Outcome`], [`Score`] |
//! | `chart` | drawn, with the feature `plotters03` | |
//! | `export` | tables, calendars, tidy CSV, the schema, the catalogue, excerpts | |
//! | [`bulk`] | series, portfolios, JSON lines, columns | [`Series`](bulk::Series), [`Portfolio`](bulk::Portfolio) |
//! | `strategies` | documents made up for tests, with the feature `proptest1` | |
//!
//! # Errors
//!
//! [`Agreement::try_from`] and [`Terms::validate`] give *all* violations, each with a stable code, a path such as
//! `phases[1].limits[0].withdraw` and a message with the offending values. Reading in two steps keeps them typed:
//!
//! ```
//! use force_drawdown::{Agreement, ReadError};
//!
//! let text = r#"{ "title": "T", "parties": [], "forces": [{ "id": "f" }], "phases": [{ "id": "1", "by": "2025-13" }] }"#;
//! let mut json = serde_json::Deserializer::from_str(text);
//! let Err(ReadError::Invalid(invalid)) = Agreement::read(&mut json) else { panic!("it has two mistakes") };
//! let places: Vec<_> = invalid.violations().iter().map(|violation| (violation.code(), violation.path())).collect();
//! assert_eq!(places, [("malformed-deadline", "phases[0].by"), ("empty-list", "parties")]);
//! ```
//!
//! # Scope of this crate
//!
//! It records what texts say and what was reported, and answers exactly. It does not estimate, forecast, geolocate or
//! advise; it holds no classified or personal data; it has no network access and no I/O but what a caller hands to it. Numbers
//! are whole people in integer arithmetic, up to 4,294,967,294; days lie within the years 1 to 9999.
//!
//! # Features
//!
//! All are off by default and only add; none changes what documents look like. [What each costs](guide::performance#what-a-feature-costs)
//! is measured.
//!
//! | feature | adds |
//! | --- | --- |
//! | `catalog` | the real agreements of `examples/agreements`, embedded |
//! | `csv1` | observations from and to CSV, and a tidy table |
//! | `icalendar017` | deadlines and the timeline for calendar programs |
//! | `plotters03` | charts in SVG and PNG |
//! | `proptest1` | strategies that generate legal documents, for testing your own code |
//! | `rayon1` | columns of counts and JSON lines on all threads |
//! | `schemars1` | the JSON Schema of the document |
//! | `serde_json1` | agreements from JSON lines, and mistakes shown in the text |
//!
//! # Testing and verification
//!
//! Each rule of the design is a property over generated agreements, each violation has a fixture with its exact words,
//! consent and judgement are compared with slow models written from the words of the design, interpolations with exact
//! rationals, and four fuzz targets feed hostile text. The suite is `cargo test --workspace`; `.ci/run` adds the rest.

// Says of each item which feature it needs, where documentation is made with a compiler that can.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod wording;

mod band;

mod day;

mod path;

pub mod terms;

mod findings;

mod advice;

mod reading;

mod record;

mod schedule;

mod agreement;

mod assessment;

#[cfg(feature = "plotters03")]
mod chart;

mod export;

pub mod bulk;

pub use advice::{Advice, AdviceKind};
pub use agreement::{Agreement, Diff, Difference, ReadError, TimelineEntry, TimelineEvent, Version};
pub use assessment::{
    AsFirstAgreed, Assessment, Blockers, Counted, DayComparison, Explanation, ForceAssessment, Margin, Observation,
    ObservationKind, Observed, Outcome, PhaseAssessment, RequiredBand, RequiredPace, Score, Slip, Verdict,
};
#[cfg(feature = "csv1")]
pub use assessment::{BadCell, BadRows, CsvError, CsvMistake};
#[cfg(feature = "plotters03")]
pub use chart::{Chart, ChartError};
pub use day::Window;
#[cfg(feature = "schemars1")]
pub use export::AGREEMENT_SCHEMA;
#[cfg(feature = "serde_json1")]
pub use export::TextPosition;
#[cfg(feature = "catalog")]
pub use export::catalog;
pub use findings::{Rule, Violation, Violations};
pub use record::{Approval, ApprovalState, Blocker, Consent};
pub use schedule::{Ceiling, Due, Interpolation, Milestone, Planned, Schedule, SetBy};
pub use terms::{
    Act, ActKind, Amendment, Band, Baseline, BindsFrom, Change, Citation, ConsentMode, Deadline, Event, Force,
    GatedStep, GrammarError, Instrument, Limit, LimitKind, NewBaseline, Offset, Part, Party, Period, Phase,
    PhaseChange, Quantity, Ratio, Residual, ResidualStatus, Role, Share, Source, Standing, Terms,
};

#[allow(clippy::doc_markdown, clippy::doc_lazy_continuation, reason = "the chapters are prose, DESIGN.md among them")]
pub mod guide;

#[cfg(feature = "proptest1")]
pub mod strategies;

/// The plan of 2024 for the examples of the documentation.
#[doc(hidden)]
pub mod doc_examples;
