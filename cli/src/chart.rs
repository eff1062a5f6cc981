//! `drawdown chart`: the ceiling of each force, what was counted of it, and what happened, as a picture.

use crate::Failure;
use crate::arguments::Chart;
use crate::files::{Asked, failed};

pub(crate) fn run(arguments: &Chart) -> Result<String, Failure> {
    let Asked { agreement, observations } = Asked::new(&arguments.document, &arguments.question)?;
    let read = |file: &std::path::PathBuf| std::fs::read(file).map_err(|error| failed(file, error));
    let fonts = arguments.font.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let fonts: Vec<&[u8]> = fonts.iter().map(Vec::as_slice).collect();
    let judged = arguments.on.map(|on| agreement.assess(&observations, on));
    let mut chart = match &judged {
        Some(judged) => judged.chart(),
        None => force_drawdown::Chart::new(&agreement).observations(&observations),
    };
    chart = chart.fonts(&fonts).scale(arguments.scale);
    if let Some(how) = arguments.planned {
        chart = chart.planned(how);
    }
    if let Some(headline) = &arguments.headline {
        chart = chart.headline(headline);
    }
    if let Some(width) = arguments.width {
        chart = chart.width(width);
    }
    if let Some((width, height)) = arguments.size {
        chart = chart.size(width, height);
    }
    let out = &arguments.out;
    let is_png = out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("png"));
    let drawn = if is_png { chart.png() } else { chart.svg().map(String::into_bytes) };
    std::fs::write(out, drawn.map_err(|error| failed(out, error))?).map_err(|error| failed(out, error))?;
    Ok(String::new())
}
