//! `drawdown new`: a first agreement with comments, and a file for counts.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use crate::Failure;
use crate::arguments::New;
use crate::files::failed;
use crate::text::name;

const AGREEMENT: &str = include_str!("starter/agreement.toml");
const COUNTS: &str = include_str!("starter/counts.csv");

pub(crate) fn run(arguments: &New) -> Result<String, Failure> {
    let folder = &arguments.folder;
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let [agreement, counts] = ["agreement.toml", "counts.csv"].map(|name| {
        // The current folder needs no name.
        if folder == Path::new(".") { name.into() } else { folder.join(name) }
    });
    for file in [&agreement, &counts] {
        if file.exists() {
            return Err(failed(file, "there is such a file already, and nothing was written"));
        }
    }
    for (file, text) in [(&agreement, AGREEMENT), (&counts, COUNTS)] {
        let written = File::create_new(file).and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|error| failed(file, error))?;
    }
    let (agreement, counts) = (name(&agreement), name(&counts));
    Ok(format!(
        "Wrote {agreement} and {counts}. Edit them in a text editor, and then ask:\n\n  \
         drawdown check {agreement}\n  \
         drawdown report {agreement} --observations {counts}\n  \
         drawdown chart {agreement} --observations {counts} -o chart.svg\n  \
         drawdown page {agreement} --observations {counts} -o site\n"
    ))
}
