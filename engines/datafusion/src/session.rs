//! The functions and the tables of agreements in a session of DataFusion.

use std::sync::Arc;

use datafusion::catalog::{MemTable, TableFunctionArgs, TableFunctionImpl, TableProvider};
use datafusion::prelude::SessionContext;
use datafusion_common::arrow::array::{ArrayRef, BooleanArray, Date32Array, RecordBatch, StringArray, UInt32Array};
use datafusion_common::{Result, plan_err};
use force_drawdown::chrono::NaiveDate;
use force_drawdown::{Agreement, Band, Milestone, Window};

use crate::agreements::day_number;
use crate::{Agreements, functions};

/// Registers the [functions](functions()) in a session on one machine, and these tables:
///
/// - `agreements()` has a row for each force: `agreement`, `title`, `force`, `key`, and `from` and `to`, the days from the
///   baseline to the day after the last deadline.
/// - `phases()` has a row for each step of each force in the last version of its agreement: `agreement`, `force`, `key`,
///   `phase`, `binding`, `due`, `earliest`, `latest`, `low` and `high`. The two days are null where the deadline awaits
///   something, and `high` where the ceiling is open.
/// - `ceilings()` is [`Agreements::table`].
///
/// ```
/// use datafusion::prelude::SessionContext;
/// use force_drawdown_datafusion::{Agreements, register};
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// let agreements = Agreements::read_dir("../../examples/agreements".as_ref()).unwrap();
/// let context = SessionContext::new();
/// register(&context, &agreements);
/// let sql = "SELECT required_lenient('us-iraq-2024', 'us', '2025-09-30') AS most";
/// let answer = context.sql(sql).await.unwrap().to_string().await.unwrap();
/// assert!(answer.contains("| 2550 |"), "{answer}");
/// # });
/// ```
pub fn register(context: &SessionContext, agreements: &Arc<Agreements>) {
    for function in functions(agreements) {
        context.register_udf(function);
    }
    let tables: [(&str, Make); 3] = [("agreements", forces), ("phases", phases), ("ceilings", Agreements::table)];
    for (name, make) in tables {
        context.register_udtf(name, Arc::new(Table { agreements: Arc::clone(agreements), name, make }));
    }
}

type Make = fn(&Agreements) -> Result<RecordBatch>;

#[derive(Debug)]
struct Table {
    agreements: Arc<Agreements>,
    name: &'static str,
    make: Make,
}

impl TableFunctionImpl for Table {
    fn call_with_args(&self, args: TableFunctionArgs<'_, '_>) -> Result<Arc<dyn TableProvider>> {
        if !args.exprs().is_empty() {
            return plan_err!("{}() takes no arguments", self.name);
        }
        let rows = (self.make)(&self.agreements)?;
        Ok(Arc::new(MemTable::try_new(rows.schema(), vec![vec![rows]])?))
    }
}

fn texts<'a>(column: impl Iterator<Item = &'a str>) -> ArrayRef {
    Arc::new(column.map(Some).collect::<StringArray>())
}

fn numbers(column: impl Iterator<Item = Option<u32>>) -> ArrayRef {
    Arc::new(column.collect::<UInt32Array>())
}

fn days(column: impl Iterator<Item = Option<NaiveDate>>) -> ArrayRef {
    Arc::new(column.map(|day| day.map(day_number)).collect::<Date32Array>())
}

fn forces(agreements: &Agreements) -> Result<RecordBatch> {
    let rows: Vec<_> =
        agreements.schedules().map(|(of, force, key, schedule)| (of, force, key, schedule.days())).collect();
    let columns = [
        ("agreement", texts(rows.iter().map(|row| row.0.terms().name())), false),
        ("title", texts(rows.iter().map(|row| row.0.terms().title.as_str())), false),
        ("force", texts(rows.iter().map(|row| row.1)), false),
        ("key", numbers(rows.iter().map(|row| Some(row.2))), false),
        ("from", days(rows.iter().map(|row| row.3.as_ref().map(|days| *days.start()))), true),
        ("to", days(rows.iter().map(|row| row.3.as_ref().map(|days| *days.end()))), true),
    ];
    Ok(RecordBatch::try_from_iter_with_nullable(columns)?)
}

/// A step of a force in the last version.
struct Step<'a> {
    agreement: &'a Agreement,
    force: &'a str,
    key: u32,
    milestone: Milestone<'a>,
    binding: bool,
}

fn phases(agreements: &Agreements) -> Result<RecordBatch> {
    let mut rows: Vec<Step<'_>> = Vec::new();
    for (agreement, force, key, schedule) in agreements.schedules() {
        let binding = schedule.required_milestones_on(NaiveDate::MAX);
        rows.extend(schedule.planned_milestones_on(NaiveDate::MAX).into_iter().map(|milestone| {
            let binding = binding.contains(&milestone);
            Step { agreement, force, key, milestone, binding }
        }));
    }
    let by: Vec<_> = rows.iter().map(|row| row.milestone.by.to_string()).collect();
    let due: Vec<_> = rows.iter().map(|row| row.milestone.due.to_string()).collect();
    let windows = || rows.iter().map(|row| row.milestone.due.window());
    let bands = || rows.iter().map(|row| row.milestone.band);
    let columns = [
        ("agreement", texts(rows.iter().map(|row| row.agreement.terms().name())), false),
        ("force", texts(rows.iter().map(|row| row.force)), false),
        ("key", numbers(rows.iter().map(|row| Some(row.key))), false),
        ("phase", texts(by.iter().map(String::as_str)), false),
        ("binding", Arc::new(rows.iter().map(|row| Some(row.binding)).collect::<BooleanArray>()) as ArrayRef, false),
        ("due", texts(due.iter().map(String::as_str)), false),
        ("earliest", days(windows().map(|window| window.map(Window::earliest))), true),
        ("latest", days(windows().map(|window| window.map(Window::latest))), true),
        ("low", numbers(bands().map(|band| Some(band.low()))), false),
        ("high", numbers(bands().map(Band::high)), true),
    ];
    Ok(RecordBatch::try_from_iter_with_nullable(columns)?)
}
