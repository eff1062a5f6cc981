//! `drawdown page`: a page for each agreement, and one that leads to several.

use std::path::Path;

use chrono::NaiveDate;
use force_drawdown::report::DefaultDay;
use force_drawdown::{Agreement, Observation, catalog, page};

use crate::Failure;
use crate::arguments::{Page, Question};
use crate::files::{Read, as_known, failed, read_observations};
use crate::report::day_of_judgement;
use crate::text::name;

/// An agreement with all that its page needs.
struct Prepared {
    /// The name of its file, as an address writes it.
    file: String,
    agreement: Agreement,
    observations: Vec<Observation>,
    on: NaiveDate,
    default: Option<DefaultDay>,
}

pub(crate) fn run(arguments: &Page) -> Result<String, Failure> {
    let asked = &arguments.question;
    if asked.observations.is_some() && (arguments.files.len() != 1 || arguments.catalog) {
        let said =
            "--observations is for one agreement; of several, the counts of NAME.toml are in NAME.observations.csv";
        return Err(Failure::Usage(said.to_owned()));
    }
    let mut prepared = Vec::new();
    for (file, read) in arguments.files.iter().zip(Read::all(&arguments.files, arguments.format)?) {
        let beside = Some(file.with_extension("observations.csv")).filter(|beside| beside.exists());
        let counts = asked.observations.as_ref().or(beside.as_ref());
        let observations = read_observations(counts.map(AsRef::as_ref), &read.agreement)?;
        let id = read.agreement.terms().id.clone();
        let file = id.unwrap_or_else(|| address(file.file_stem().unwrap_or_default().as_encoded_bytes()));
        prepared.push(Prepared::new(file, read.agreement, observations, arguments.on, asked)?);
    }
    for entry in catalog::all().filter(|_| arguments.catalog) {
        prepared.push(Prepared::new(entry.id.to_owned(), entry.agreement, entry.observations, arguments.on, asked)?);
    }
    write(arguments, &prepared)
}

impl Prepared {
    fn new(
        file: String,
        agreement: Agreement,
        observations: Vec<Observation>,
        on: Option<NaiveDate>,
        asked: &Question,
    ) -> Result<Self, Failure> {
        let agreement = as_known(agreement, asked.known);
        let (on, default) = day_of_judgement(&agreement, &observations, on)?;
        Ok(Self { file: file + ".html", agreement, observations, on, default })
    }

    fn page<'p>(&'p self, headline: Option<&'p str>) -> page::Page<'p> {
        let mut page = self.agreement.page(&self.observations, self.on);
        if let Some(default) = self.default {
            page = page.judged_on(default);
        }
        headline.into_iter().fold(page, page::Page::headline)
    }
}

/// Writes the pages into the folder, and names them.
fn write(arguments: &Page, prepared: &[Prepared]) -> Result<String, Failure> {
    let folder = &arguments.out;
    let mut files: Vec<&str> = prepared.iter().map(|page| page.file.as_str()).collect();
    files.extend(Some("index.html").filter(|_| prepared.len() > 1));
    files.sort_unstable();
    if let Some(same) = files.windows(2).find_map(|pair| pair.first().filter(|first| pair.last() == Some(first))) {
        return Err(Failure::Input(format!("two pages would be {same}: give each agreement an id of its own")));
    }
    let pages: Vec<(&str, page::Page<'_>)> =
        prepared.iter().map(|one| (one.file.as_str(), one.page(arguments.headline.as_deref()))).collect();
    let mut written: Vec<(&str, String)> = pages.iter().map(|(file, page)| (*file, page.html())).collect();
    if pages.len() > 1 {
        let index = page::index(&arguments.title, pages.iter().map(|(file, page)| (*file, page)));
        written.push(("index.html", index));
    }
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let mut said = String::new();
    for (file, html) in written {
        let file = folder.join(file);
        std::fs::write(&file, html).map_err(|error| failed(&file, error))?;
        said.extend(["wrote ", &name(&file), "\n"]);
    }
    Ok(said)
}

/// The name of a file as the address of a page writes it: with letters, digits and signs that every server takes.
fn address(name: &[u8]) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let plain = |byte: &u8| if is_plain(*byte) { char::from(*byte) } else { '-' };
    let plain: String = name.iter().map(plain).collect();
    // Standard input, and a name of signs alone, has none.
    if Path::new(&plain).file_name().is_none() || plain.bytes().all(|byte| byte == b'-') {
        "agreement".to_owned()
    } else {
        plain
    }
}
