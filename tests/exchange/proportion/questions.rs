//! Every public function that takes a document or rows, as a question about an input.

use std::io;

use chrono::NaiveDate;
use force_drawdown::bulk::{CountColumns, Portfolio, VerdictColumns, read_lines, read_lines_parallel};
use force_drawdown::page::index;
use force_drawdown::terms::Amendment;
use force_drawdown::{
    Agreement, Change, Chart, Finding, Force, GatedStep, Interpolation, Observation, PhaseChange, ReadError, Schedule,
    Terms,
};

use crate::inputs::{BEGIN, Input, ON, Ready};

/// What an answer is: bytes of text; the rows, if it has a row a day or a row a count; and the bytes of the names that
/// all rows may have.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Output {
    pub(crate) bytes: usize,
    pub(crate) rows: usize,
    pub(crate) names: usize,
}

pub(crate) type Question<I> = (&'static str, fn(&I) -> Output);

const HOW: Interpolation = Interpolation::Monotone;

/// An answer that is no text.
fn data<T>(answer: T) -> Output {
    drop(answer);
    Output::default()
}

/// An answer in text.
fn text(answer: impl ToString) -> Output {
    Output { bytes: answer.to_string().len(), ..Output::default() }
}

/// An answer with a row for each day or count.
fn rows(rows: usize, answer: impl AsRef<[u8]>) -> Output {
    Output { bytes: answer.as_ref().len(), rows, names: 0 }
}

/// Counts what is written, and keeps none of it.
#[derive(Default)]
struct Count(usize);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn schedule(ready: &Ready) -> Schedule<'_> {
    ready.agreement.schedule(force(ready)).unwrap()
}

/// A table, of which each row may have the names of what it is about.
fn table(ready: &Ready, write: impl Fn(&mut Count) -> io::Result<()>) -> Output {
    let mut count = Count::default();
    write(&mut count).unwrap();
    let forces = ready.terms.forces.iter().filter_map(|force| ready.agreement.schedule(&force.id));
    let days = forces.filter_map(|force| force.days()).map(|days| (*days.end() - *days.start()).num_days() + 1);
    // A row for what is required and one for what is planned.
    let rows = 2 * usize::try_from(days.sum::<i64>()).unwrap() + ready.observations.len();
    let of_force = |force: &Force| force.unit().len() + force.name.as_ref().map_or(0, String::len);
    let longest = ready.terms.forces.iter().map(of_force).max().unwrap_or(0);
    Output { bytes: count.0, rows, names: rows * (ready.terms.title.len() + longest) }
}

/// The last force, which has the most wholes.
fn force(ready: &Ready) -> &str {
    &ready.terms.forces.last().unwrap().id
}

fn days() -> impl Iterator<Item = NaiveDate> {
    BEGIN.iter_days().take(1_000)
}

/// A year of days.
const UNTIL: NaiveDate = force_drawdown::day!(1950, 12, 31);

fn columns(ready: &Ready, ask: impl Fn(&Portfolio, &[u32], &[i32], &mut [u32], &mut [u32]) -> usize) -> Output {
    let mut portfolio = Portfolio::new();
    portfolio.add(&ready.agreement).unwrap();
    let (mut low, mut high) = (vec![0; 1_000], vec![0; 1_000]);
    let days: Vec<_> = days().map(|day| day.to_epoch_days()).collect();
    data(ask(&portfolio, &[0; 1_000], &days, &mut low, &mut high))
}

fn judged(ready: &Ready, judge: impl Fn(&Portfolio, CountColumns<'_>, &mut VerdictColumns<'_>) -> usize) -> Output {
    columns(ready, |portfolio, keys, days, low, high| {
        let (mut verdicts, mut margin_low, mut margin_high) = (vec![0; 1_000], vec![0; 1_000], vec![0; 1_000]);
        let rows = CountColumns { keys, days, low, high };
        let mut out =
            VerdictColumns { verdicts: &mut verdicts, margin_low: &mut margin_low, margin_high: &mut margin_high };
        judge(portfolio, rows, &mut out)
    })
}

pub(crate) const QUESTIONS: &[Question<Ready>] = &[
    ("Terms::validate", |it| data(it.terms.validate())),
    ("Terms::name", |it| data(it.terms.name())),
    ("Terms as JSON", |it| text(serde_json::to_string(&it.terms).unwrap())),
    ("Agreement::terms", |it| data(it.agreement.terms())),
    ("Agreement::schedule", |it| data(schedule(it))),
    ("Agreement::amended", |it| {
        let phase = it.agreement.terms().phases.last().unwrap();
        let change = PhaseChange::new(&phase.id).title("new");
        data(it.agreement.amended(Amendment::new("last", ON).change(Change::Phase(change))))
    }),
    ("Agreement::delayed", |it| data(it.agreement.delayed(&it.terms.phases.last().unwrap().id, 3, BEGIN))),
    ("Agreement::version_on", |it| data(it.agreement.version_on(ON))),
    ("Agreement::as_known_on", |it| data(it.agreement.as_known_on(ON))),
    ("Agreement::approval_on", |it| text(it.agreement.approval_on(ON))),
    ("ApprovalState::sentence", |it| text(it.agreement.approval_on(ON).sentence(&it.terms))),
    ("Approval::sentence", |it| text(it.assessment.approval.sentence(&it.terms))),
    ("Agreement::paused_by_on", |it| data(it.agreement.paused_by_on(ON))),
    ("Agreement::consent_on", |it| {
        let consents = it.terms.parties.iter().take(9).map(|party| it.agreement.consent_on(&party.id, ON).unwrap());
        text(consents.map(|consent| consent.to_string()).collect::<String>())
    }),
    ("Agreement::blockers_on", |it| text(format!("{:?}", it.agreement.blockers_on(GatedStep::Execution, ON)))),
    ("Blocker::sentence", |it| {
        let blockers = it.agreement.blockers_on(GatedStep::Execution, ON);
        text(blockers.first().map(|blocker| blocker.sentence(&it.terms)).unwrap_or_default())
    }),
    ("Agreement::postponements_on", |it| data(it.agreement.postponements_on(ON))),
    ("Agreement::binds_on", |it| data(it.agreement.binds_on(ON))),
    ("Agreement::advice", |it| text(it.agreement.advice().iter().map(ToString::to_string).collect::<String>())),
    ("Agreement::timeline", |it| text(it.agreement.timeline().map(|entry| entry.to_string()).collect::<String>())),
    ("Agreement::versions", |it| data(it.agreement.versions().count())),
    ("Version::diff", |it| {
        let (first, last) = (it.agreement.versions().next().unwrap(), it.agreement.versions().last().unwrap());
        let diff = last.diff(first);
        text(format!("{diff}{:?}", diff.differences().len()))
    }),
    ("Agreement::assess", |it| data(it.agreement.assess(&it.observations, ON))),
    ("Judging::assess", |it| data(it.agreement.judging(ON).fresh_within(30).assess(&it.observations))),
    ("Agreement::last_day", |it| data(it.agreement.last_day(&it.observations))),
    ("Agreement::check_observations", |it| {
        text(it.agreement.check_observations(&it.observations).iter().map(ToString::to_string).collect::<String>())
    }),
    ("Agreement::unknowns_on", |it| {
        text(it.agreement.unknowns_on(ON, &it.observations).iter().map(ToString::to_string).collect::<String>())
    }),
    ("Agreement::calendar", |it| text(it.agreement.calendar())),
    ("Agreement::write_tidy_csv", |it| table(it, |out| it.agreement.write_tidy_csv(&it.observations, HOW, out))),
    ("Agreement::write_changes_csv", |it| table(it, |out| it.agreement.write_changes_csv(&it.observations, HOW, out))),
    ("Agreement::write_wide_csv", |it| table(it, |out| it.agreement.write_wide_csv(&it.observations, HOW, out))),
    ("Agreement::write_state_years_csv", |it| table(it, |out| it.agreement.write_state_years_csv(out))),
    ("Agreement::state_years", |it| data(it.agreement.state_years(force(it)).count())),
    ("Assessment::write_phases_csv", |it| table(it, |out| it.assessment.write_phases_csv(out))),
    ("Series::changes", |it| data(schedule(it).compile_required().changes().count())),
    ("Chart::svg", |it| text(Chart::new(&it.agreement).svg().unwrap())),
    ("Assessment as a chart", |it| text(it.assessment.chart().svg().unwrap())),
    ("Assessment::report", |it| data(it.assessment.report())),
    ("Report::text", |it| text(it.assessment.report().text(80))),
    ("Report::markdown", |it| text(it.assessment.report().markdown())),
    ("Report::html", |it| text(it.assessment.report().html())),
    ("Agreement::default_day", |it| data(it.agreement.default_day(&it.observations, ON))),
    ("Agreement::page", |it| data(it.agreement.page(&it.observations, ON))),
    ("Page::html", |it| text(it.agreement.page(&it.observations, ON).html())),
    ("Page::words_on", |it| text(it.agreement.page(&it.observations, ON).words_on(BEGIN))),
    ("index", |it| text(index("Plans", [("plan.html", &it.agreement.page(&it.observations, ON))]))),
    ("Assessment as text", |it| text(&it.assessment)),
    ("Assessment as JSON", |it| text(serde_json::to_string(&it.assessment).unwrap())),
    ("Assessment::explain", |it| text(it.assessment.explain())),
    ("PhaseAssessment::outcome_in_words", |it| {
        text(it.assessment.phases.iter().map(|phase| phase.outcome_in_words()).collect::<String>())
    }),
    ("Assessment::score", |it| text(it.assessment.score(force(it)).map(|score| score.to_string()).unwrap_or_default())),
    ("Assessment::gaps", |it| data(it.assessment.gaps(force(it), BEGIN..=UNTIL, HOW).unwrap().count())),
    ("Observation::known_from", |it| {
        data(it.observations.iter().map(|row| row.known_from(&it.terms)).collect::<Vec<_>>())
    }),
    ("Observation::write_csv", |it| {
        let mut count = Count::default();
        Observation::write_csv(&it.observations, &mut count).unwrap();
        Output { bytes: count.0, rows: it.observations.len(), names: 0 }
    }),
    ("Schedule::required_on", |it| data(schedule(it).required_on(ON))),
    ("Schedule::planned_on", |it| data(schedule(it).planned_on(ON, HOW))),
    ("Schedule::required_milestones_on", |it| data(schedule(it).required_milestones_on(ON))),
    ("Schedule::planned_milestones_on", |it| data(schedule(it).planned_milestones_on(ON))),
    ("Schedule::required_series", |it| data(schedule(it).required_series(BEGIN..=UNTIL).count())),
    ("Schedule::planned_series", |it| data(schedule(it).planned_series(BEGIN..=UNTIL, HOW).count())),
    ("Schedule::days", |it| data(schedule(it).days())),
    ("Schedule::turning_days", |it| data(schedule(it).turning_days())),
    ("Schedule::table", |it| rows(1_000, schedule(it).table(days(), HOW))),
    ("Schedule::sparkline", |it| text(schedule(it).sparkline(60))),
    ("Schedule::fill_required", |it| data(schedule(it).fill_required(BEGIN..=UNTIL, &mut [0; 365], &mut [0; 365]))),
    ("Schedule::fill_planned", |it| data(schedule(it).fill_planned(BEGIN..=UNTIL, HOW, &mut [0; 365], &mut [0; 365]))),
    ("Schedule::compile_required", |it| {
        let series = schedule(it).compile_required();
        Output { rows: series.memory(), ..Output::default() }
    }),
    ("Schedule::compile", |it| {
        let series = schedule(it).compile(HOW);
        Output { rows: series.memory(), ..Output::default() }
    }),
    ("Series::at", |it| data(schedule(it).compile_required().at(ON))),
    ("Series::at_number", |it| data(schedule(it).compile_required().at_number(0))),
    ("Series::at_many", |it| {
        let days: Vec<_> = days().collect();
        data(schedule(it).compile_required().at_many(&days, &mut [0; 1_000], &mut [0; 1_000]))
    }),
    ("Series::at_many_numbers", |it| {
        data(schedule(it).compile_required().at_many_numbers(&[0; 1_000], &mut [0; 1_000], &mut [0; 1_000]))
    }),
    ("Series::fill", |it| data(schedule(it).compile_required().fill(BEGIN..=UNTIL, &mut [0; 365], &mut [0; 365]))),
    ("Series::days", |it| data(schedule(it).compile_required().days(BEGIN..=UNTIL).count())),
    ("Portfolio::add", |it| data(Portfolio::new().add(&it.agreement))),
    ("Portfolio::add_as", |it| data(Portfolio::new().add_as("another", &it.agreement))),
    ("Portfolio::keys", |it| {
        columns(it, |portfolio, _, _, keys, _| portfolio.keys([(it.terms.name(), force(it)); 1_000], keys))
    }),
    ("Portfolio::key", |it| {
        columns(it, |portfolio, _, _, _, _| portfolio.key(it.terms.name(), force(it)).map_or(0, |_| 1))
    }),
    ("Portfolio::name", |it| columns(it, |portfolio, _, _, _, _| portfolio.name(0).map_or(0, |_| 1))),
    ("Portfolio::judge_parallel", |it| judged(it, |portfolio, rows, out| portfolio.judge_parallel(rows, out))),
    ("Portfolio::required_numbers", |it| {
        columns(it, |portfolio, keys, days, low, high| portfolio.required_numbers(keys, days, low, high))
    }),
    ("Portfolio::planned_numbers", |it| {
        columns(it, |portfolio, keys, days, low, high| portfolio.planned_numbers(keys, days, HOW, low, high))
    }),
    ("Portfolio::judge", |it| judged(it, |portfolio, rows, out| portfolio.judge(rows, out))),
    ("Portfolio::judge_verdicts", |it| judged(it, |portfolio, rows, out| portfolio.judge_verdicts(rows, out.verdicts))),
];

fn mistakes(error: impl std::fmt::Display) -> Output {
    text(error)
}

/// Asks about the first mistake of a document.
fn first(it: &Input, ask: impl Fn(&Finding, &str) -> Output) -> Output {
    match it.read() {
        Err(ReadError::Invalid(violations)) => ask(&violations.violations()[0], &it.text),
        _ => Output::default(),
    }
}

pub(crate) const READERS: &[Question<Input>] = &[
    ("Terms::read", |it| match Terms::read(&mut serde_json::Deserializer::from_str(&it.text)) {
        Ok(terms) => data(terms),
        Err(error) => mistakes(error),
    }),
    ("Agreement::read", |it| it.read().map_or_else(mistakes, data)),
    ("Agreement::read_json", |it| Agreement::read_json(it.text.as_bytes()).map_or_else(mistakes, data)),
    ("Observation::read_list", |it| {
        Observation::read_list(&mut serde_json::Deserializer::from_str(&it.text)).map_or_else(mistakes, data)
    }),
    ("Observation::read_json", |it| Observation::read_json(it.text.as_bytes()).map_or_else(mistakes, data)),
    ("ReadError::help", |it| it.read().map_or_else(|error| text(error.help(&it.text).unwrap_or_default()), data)),
    ("Finding::help", |it| first(it, |finding, _| text(finding.help().unwrap_or_default()))),
    ("Finding::place_in", |it| first(it, |finding, text| data(finding.place_in(text)))),
    ("Finding::spans_in", |it| first(it, |finding, text| data(Finding::spans_in(std::slice::from_ref(finding), text)))),
    ("Finding::span_in", |it| first(it, |finding, text| data(finding.span_in(text)))),
    ("Violations::in_text", |it| match it.read() {
        Err(ReadError::Invalid(violations)) => text(violations.in_text(&it.text)),
        _ => Output::default(),
    }),
    ("ReadError::in_text", |it| it.read().map_or_else(|error| text(error.in_text(&it.text)), data)),
    ("Finding::in_text", |it| first(it, |finding, document| text(finding.in_text(document)))),
    ("read_lines", |it| data(read_lines(it.text.as_bytes()).count())),
    ("read_lines_parallel", |it| data(read_lines_parallel(it.text.as_bytes()).count())),
    ("Observation::read_csv", |it| Observation::read_csv(it.csv.as_bytes()).map_or_else(mistakes, data)),
    ("Agreement::read_observations", |it| match it.read() {
        Ok(agreement) => agreement.read_observations(it.csv.as_bytes()).map_or_else(mistakes, data),
        Err(_) => Output::default(),
    }),
];
