//! The documents behind the functions.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;

use datafusion_common::Result;
use datafusion_common::arrow::array::{ArrayRef, Date32Array, RecordBatch, StringArray, UInt32Array};
use datafusion_common::arrow::datatypes::Date32Type;
use force_drawdown::bulk::{Portfolio, RequiredEnds, read_lines};
use force_drawdown::chrono::NaiveDate;
use force_drawdown::{Agreement, Schedule};

/// Why documents were not read: every mistake of every document.
#[derive(Debug)]
pub struct ReadError {
    mistakes: Vec<String>,
}

impl ReadError {
    fn of(path: &Path, error: &io::Error) -> Self {
        Self { mistakes: vec![format!("{}: {error}", path.display())] }
    }

    /// The mistakes, each with the file or the line that it is in.
    #[must_use]
    pub fn mistakes(&self) -> &[String] {
        &self.mistakes
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.mistakes.join("\n"))
    }
}

impl std::error::Error for ReadError {}

/// Agreements with names and keys, which all functions and threads share.
///
/// The `id` of a document names its agreement, or its title where it has no id. The forces of the first agreement have
/// the keys 0, 1 and so on, then come those of the second.
pub struct Agreements {
    portfolio: Portfolio,
    documents: Vec<Agreement>,
    fingerprint: u64,
}

impl fmt::Debug for Agreements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} agreements with the fingerprint {:016x}", self.documents.len(), self.fingerprint)
    }
}

impl Agreements {
    /// Reads a folder, as [`read_dir`](Self::read_dir), or a file of lines, as [`read_lines`](Self::read_lines).
    ///
    /// # Errors
    ///
    /// As of either, and a file that cannot be read.
    pub fn read(path: &Path) -> Result<Arc<Self>, ReadError> {
        if path.is_dir() {
            return Self::read_dir(path);
        }
        let file = File::open(path).map_err(|error| ReadError::of(path, &error))?;
        Self::read_lines(BufReader::new(file))
    }

    /// Reads each file of a folder whose name ends in `.json`, in the order of their names.
    ///
    /// # Errors
    ///
    /// Every mistake of every file, two agreements of one name, and a folder that cannot be read or has no such file.
    pub fn read_dir(path: &Path) -> Result<Arc<Self>, ReadError> {
        let failed = |error: io::Error| ReadError::of(path, &error);
        let files: io::Result<Vec<_>> =
            std::fs::read_dir(path).map_err(failed)?.map(|entry| entry.map(|entry| entry.path())).collect();
        let mut files = files.map_err(failed)?;
        files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
        files.sort_unstable();
        if files.is_empty() {
            return Err(failed(io::Error::other("no file of this folder ends in .json")));
        }
        Self::collect(files.iter().map(|file| (file.display().to_string(), read_file(file))))
    }

    /// Reads one document from each line. Lines of white space alone are skipped.
    ///
    /// # Errors
    ///
    /// Every mistake of every line, two agreements of one name, and what the reader fails with.
    pub fn read_lines(reader: impl BufRead) -> Result<Arc<Self>, ReadError> {
        Self::collect(read_lines(reader).map(|line| match line {
            Ok((number, agreement)) => (format!("line {number}"), Ok(agreement)),
            Err(bad) => (format!("line {}", bad.number), Err(bad.error.to_string())),
        }))
    }

    /// The agreements, with the place that each was read from; or every mistake.
    fn collect(read: impl Iterator<Item = (String, Result<Agreement, String>)>) -> Result<Arc<Self>, ReadError> {
        let mut all = Self { portfolio: Portfolio::new(), documents: Vec::new(), fingerprint: FNV_OFFSET };
        let mut mistakes = Vec::new();
        for (place, agreement) in read {
            match agreement.and_then(|agreement| all.add(agreement)) {
                Ok(()) => {}
                Err(mistake) => mistakes.push(format!("{place}: {mistake}")),
            }
        }
        if mistakes.is_empty() { Ok(Arc::new(all)) } else { Err(ReadError { mistakes }) }
    }

    fn add(&mut self, agreement: Agreement) -> Result<(), String> {
        self.portfolio.add(&agreement).map_err(|error| error.to_string())?;
        // The words of the document, without the white space of its file: what is read decides, not how it is laid out.
        let words = serde_json::to_string(&agreement).map_err(|error| error.to_string())?;
        self.fingerprint = words.bytes().chain([b'\n']).fold(self.fingerprint, fnv);
        self.documents.push(agreement);
        Ok(())
    }

    /// The names and the keys.
    #[must_use]
    pub fn portfolio(&self) -> &Portfolio {
        &self.portfolio
    }

    /// A number that tells these documents from others, in their order: the same on every machine, whatever the white
    /// space. A query carries it, so that no worker with other documents answers.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// What is required, as a table for joins: a row for each stretch of days with one ceiling.
    ///
    /// The columns are `agreement`, `force`, `key`, `from`, `to`, `strict` and `lenient`. Both days are included.
    /// `from` is null for all days before the first change, `to` for all days after the last. An end of the ceiling
    /// that is open or not due is null.
    ///
    /// # Errors
    ///
    /// Those of Arrow, which are none for a table of this kind.
    pub fn table(&self) -> Result<RecordBatch> {
        let mut rows: Vec<(&str, &str, u32, Stretch)> = Vec::new();
        for (agreement, force, key, schedule) in self.schedules() {
            rows.extend(stretches(&schedule).into_iter().map(|it| (agreement.terms().name(), force, key, it)));
        }
        let days = |day: fn(&Stretch) -> Option<NaiveDate>| -> ArrayRef {
            Arc::new(rows.iter().map(|row| day(&row.3).map(day_number)).collect::<Date32Array>())
        };
        let ends = |end: fn(RequiredEnds) -> Option<u32>| -> ArrayRef {
            Arc::new(rows.iter().map(|row| end(row.3.ends)).collect::<UInt32Array>())
        };
        let columns: [(&str, ArrayRef, bool); 7] = [
            ("agreement", Arc::new(rows.iter().map(|row| Some(row.0)).collect::<StringArray>()), false),
            ("force", Arc::new(rows.iter().map(|row| Some(row.1)).collect::<StringArray>()), false),
            ("key", Arc::new(rows.iter().map(|row| Some(row.2)).collect::<UInt32Array>()), false),
            ("from", days(|it| it.from), true),
            ("to", days(|it| it.to), true),
            ("strict", ends(|it| it.strict), true),
            ("lenient", ends(|it| it.lenient), true),
        ];
        Ok(RecordBatch::try_from_iter_with_nullable(columns)?)
    }

    /// Each force with its agreement and its key, in the order of the keys.
    pub(crate) fn schedules(&self) -> impl Iterator<Item = (&Agreement, &str, u32, Schedule<'_>)> {
        let mut agreements = self.documents.iter().peekable();
        (0..).map_while(|key| self.portfolio.name(key).map(|names| (key, names))).filter_map(
            move |(key, (name, force))| {
                while agreements.next_if(|agreement| agreement.terms().name() != name).is_some() {}
                let agreement = *agreements.peek()?;
                Some((agreement, force, key, agreement.schedule(force)?))
            },
        )
    }
}

fn read_file(file: &Path) -> Result<Agreement, String> {
    let text = std::fs::read(file).map_err(|error| error.to_string())?;
    let mut json = serde_json::Deserializer::from_slice(&text);
    let agreement = Agreement::read(&mut json).map_err(|error| error.to_string())?;
    json.end().map_err(|error| error.to_string())?;
    Ok(agreement)
}

/// The hash FNV-1a: the same in every build, where the standard library's hasher promises nothing.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
}

/// Days with one ceiling.
struct Stretch {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    ends: RequiredEnds,
}

fn stretches(schedule: &Schedule<'_>) -> Vec<Stretch> {
    let series = schedule.compile_required();
    let mut stretches = vec![Stretch { from: None, to: None, ends: series.at(NaiveDate::MIN) }];
    for (day, ends) in series.changes() {
        if let Some(before) = stretches.last_mut() {
            before.to = day.pred_opt();
        }
        stretches.push(Stretch { from: Some(day), to: None, ends });
    }
    stretches
}

/// A day as Arrow counts it.
pub(crate) fn day_number(day: NaiveDate) -> i32 {
    Date32Type::from_naive_date(day)
}
