// The pictures and doors of the README as they are found in the documentation: the first definition of a link counts.
#![cfg_attr(doc, doc = include_str!("guide/pictures.md"))]
#![cfg_attr(doc, doc = include_str!("guide/doors.md"))]
#![doc = include_str!("../README.md")]
//!
//! # The types to begin with
//!
//! | type | what it is |
//! | --- | --- |
//! | [`Agreement`] | a checked agreement, which answers every question |
//! | [`Phase`] | one step: a deadline, and a limit on each force |
//! | [`Party`] | who agrees, in which role, and how it consents |
//! | [`ApprovalState`] | from negotiating to terminated, worked out for a day by [`Agreement::approval_on`] |
//!
//! A document is checked by [`Agreement::try_from`] or [`Terms::validate`], which list every mistake at once. The planned path
//! between two phases is given by [`Schedule::planned_on`] with an [`Interpolation`], and what is required on a day by
//! [`Schedule::required_on`].
//!
//! # Guide
//!
//! The [guide](guide) begins with [start](guide::start): from an empty directory to a judged agreement of your own, in
//! five minutes. Its chapters lead on from one to the next: [concepts](guide::concepts), [encode](guide::encode),
//! [ask](guide::ask), [consent](guide::consent), [judge](guide::judge), [change](guide::change), [see](guide::see), the
//! [cookbook](guide::cookbook) of the command and the [catalogue](guide::catalogue) of real agreements. To look something up:
//!
//! | you want to know | chapter |
//! | --- | --- |
//! | which fields a document has, and how numbers and deadlines are written | [format](mod@guide::format) |
//! | what a mistake means, and how to fix it | [codes](guide::codes) |
//! | why an answer is what it is, such as [*undetermined*](guide::faq#why-is-this-undetermined) | [questions and answers](guide::faq) |
//! | what a word means | [glossary](guide::glossary) |
//! | the rules that every answer obeys | [design](guide::design) |
//! | how to ask thousands of days and agreements, and what that costs | [bulk](guide::bulk), [performance](guide::performance) |
//! | how to ask in SQL, over files | [engines](guide::engines) |
//! | how to read other sources, and test your own code | [extend](guide::extend) |
//! | why not a spreadsheet, or another tool | [compare](guide::compare) |
//!
//! # From a text to a report
//!
#![cfg_attr(doc, doc = include_str!("guide/flow.svg"))]
//!
//! A text is vague: "hundreds leave by September 2025". The crate answers for every reading of it. Two readings have names:
//! the **strict** reading has the earliest days and the lowest ceilings, the **lenient** reading the latest days and the
//! highest ceilings. Three things are never mixed: what is **required** ([`Ceiling`]), what is **planned** ([`Planned`]) and what
//! was **observed** ([`Observation`]). Missing is never zero: a day without a ceiling is `None`. All counts are those at
//! the end of a day. [Concepts](guide::concepts) shows each of these on one agreement.
//!
//! # The life of an agreement
//!
#![cfg_attr(doc, doc = include_str!("guide/life.svg"))]
//!
//! The state follows from the dated acts on record, so that a state may be skipped. [Consent](guide::consent) has the rules.
//!
//! # The rooms of the code
//!
//! Data flows one way: a room imports only from rooms above it in this table.
//!
//! | room | what it holds | types |
//! | --- | --- | --- |
//! | `wording`, `band`, `day`, `path` | how messages are worded, numbers of people, the calendar, places in a document | [`GrammarError`](terms::GrammarError), [`Band`], [`Window`] |
//! | [`terms`] | as written: plain data with public fields | [`Terms`], [`Party`], [`Force`], [`Phase`], [`Limit`], [`Quantity`], [`Share`], [`Deadline`] |
//! | [`findings`] | the table of rules, for what is wrong and for what is odd, and each finding with its place | [`Rule`], [`Finding`], [`Violations`] |
//! | `reading` | any serde format in, every mistake out | [`ReadError`] |
//! | `record` | acts in order, events, consent | [`ApprovalState`], [`Blocker`], [`Consent`] |
//! | `schedule` | resolved: consolidated texts, windows of days, bands of people, curves | [`Schedule`], [`Milestone`], [`Ceiling`], [`Planned`], [`Due`] |
//! | `agreement` | validated, with its versions and its timeline | [`Agreement`], [`Diff`](history::Diff) |
//! | [`assessment`] | judged: evidence, verdicts, outcomes | [`Observation`], [`Assessment`], [`Verdict`], [`Outcome`] |
//! | [`report`] | told: a judgement in words | [`Report`](report::Report) |
//! | [`chart`](Chart) | drawn, with the feature `chart` | [`Chart`] |
//! | `page` | the report and the chart as one file of HTML, with the feature `html` | `Page` |
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
//! let text = br#"{ "title": "T", "parties": [], "forces": [{ "id": "f" }],
//!     "phases": [{ "id": "1", "by": "2025-13" }] }"#;
//! let read = Agreement::read_json(text);
//! let Err(ReadError::Invalid(invalid)) = read else { unreachable!() };
//! let places: Vec<_> = invalid.violations().iter().map(|found| found.path()).collect();
//! assert_eq!(places, ["phases[0].by", "parties"]);
//! ```
//!
//! # Scope of this crate
//!
//! It records what texts say and what was reported, and answers exactly. It does not estimate, forecast, geolocate or
//! advise. It holds no classified or personal data. It has no network access, and reads and writes only what a caller
//! hands to it. Numbers are whole people in integer arithmetic, up to 4,294,967,294; days lie within the years 1 to 9999.
//!
//! # Features
//!
//! All are off by default and only add; none changes what documents look like. [What each costs](guide::performance#what-a-feature-costs)
//! is measured.
//!
//! | feature | adds |
//! | --- | --- |
//! | `annotate-snippets012` | mistakes shown in the JSON text |
//! | `calendar` | deadlines and the record for calendar programs, as an iCalendar file |
//! | `catalog` | the real agreements of `examples/agreements`, embedded |
//! | `chart` | charts in SVG |
//! | `html` | a page of HTML: the report, and a chart that answers where it is pointed at |
//! | `csv1` | observations from and to CSV, and a tidy table |
//! | `proptest1` | strategies that generate legal documents, for testing your own code |
//! | `rayon1` | columns of counts and JSON lines on all threads |
//! | `resvg049` | charts in PNG |
//! | `schemars1` | the JSON Schema of the document |
//! | `serde_json1` | agreements from JSON lines, and where in a JSON text a mistake is |
//!
//! # Testing and verification
//!
//! Each rule of the design is a property over generated agreements, each violation has a fixture with its exact words,
//! consent and judgement are compared with slow models written from the words of the design, interpolations with exact
//! rationals, and five fuzz targets feed hostile text. The suite is `cargo test --workspace`; `.ci/run` adds the rest.

#![forbid(unsafe_code)]
// Says of each item which feature it needs, where documentation is made with a compiler that can.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod wording;

mod band;

mod day;

mod path;

pub mod terms;

pub mod findings;

mod reading;

mod record;

mod schedule;

mod agreement;

pub mod assessment;

pub mod report;

#[cfg(feature = "chart")]
mod chart;

#[cfg(feature = "html")]
pub mod page;

mod export;

pub mod bulk;

pub use agreement::{Agreement, ReadError};
#[doc(inline)]
pub use assessment::{Assessment, Observation, ObservationKind, Outcome, Verdict};
pub use band::{Band, MAX_PEOPLE};
#[cfg(feature = "chart")]
pub use chart::{Chart, ChartError};
pub use chrono;
#[doc(hidden)]
pub use day::__day;
pub use day::{Window, parse_day};
#[cfg(feature = "schemars1")]
pub use export::AGREEMENT_SCHEMA;
#[cfg(feature = "serde_json1")]
pub use export::TextPosition;
#[cfg(feature = "catalog")]
pub use export::catalog;
#[doc(inline)]
pub use findings::{Finding, Rule, Violations};
pub use record::{Approval, ApprovalState, Blocker, Consent};
pub use schedule::{Ceiling, Due, Interpolation, Milestone, Planned, Schedule, SetBy};
#[doc(inline)]
pub use terms::{
    Act, ActKind, Amendment, Baseline, BindsFrom, Change, ConsentMode, Deadline, Event, Force, GatedStep, Instrument,
    Limit, LimitKind, NewBaseline, Part, Party, Period, Phase, PhaseChange, Quantity, Residual, ResidualStatus, Role,
    Share, Source, Standing, Terms,
};

/// The events of an agreement in order, and the changes from one version to the next.
///
/// [`Agreement::timeline`] and [`Agreement::versions`] give these.
pub mod history {
    pub use crate::agreement::{Diff, Difference, TimelineEntry, TimelineEvent, Version};
}

#[allow(clippy::doc_markdown, clippy::doc_lazy_continuation, reason = "the chapters are prose, DESIGN.md among them")]
pub mod guide;

#[cfg(feature = "proptest1")]
pub mod strategies;
