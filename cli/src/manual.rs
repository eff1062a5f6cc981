//! `drawdown man` and `drawdown completions`: made from the same definitions as the help.

use clap::CommandFactory as _;

use crate::arguments::{Completions, Man};
use crate::files::failed;
use crate::{Drawdown, Failure};

pub(crate) fn pages(arguments: &Man) -> Result<String, Failure> {
    let command = Drawdown::command();
    if let Some(folder) = &arguments.out {
        let made = std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
        return made.map(|()| String::new()).map_err(|error| failed(folder, error));
    }
    let mut page = Vec::new();
    let written = clap_mangen::Man::new(command).render(&mut page).map_err(|error| error.to_string());
    written.and_then(|()| String::from_utf8(page).map_err(|error| error.to_string())).map_err(Failure::Input)
}

#[allow(clippy::unnecessary_wraps, reason = "as every verb does")]
pub(crate) fn completions(arguments: &Completions) -> Result<String, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Drawdown::command(), "drawdown", &mut script);
    Ok(String::from_utf8_lossy(&script).into_owned())
}
