//! What Chromium measures of the charts: the table of widths, texts inside the picture, and none on another.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use force_drawdown::Chart;
use serde_json::Value;

use crate::chart::{pictures, width};

/// Measures each text of the page, and gives the numbers as the text of the element that has the answer.
const SCRIPT: &str = "
const boxes = svg => [...svg.querySelectorAll('text')].map(text => {
    const {x, y, width, height} = text.getBBox();
    return [text.textContent, x, y, x + width, y + height, text.getComputedTextLength()];
});
const answer = [...document.querySelectorAll('svg')].map(svg =>
    ({name: svg.dataset.name, width: svg.width.baseVal.value, height: svg.height.baseVal.value, boxes: boxes(svg)}));
document.body.innerHTML = '';
document.body.textContent = JSON.stringify(answer);
";

/// What the script measures of pictures, each with its name.
fn measured(page: &str, pictures: impl Iterator<Item = (String, String)>) -> Vec<Value> {
    let mut html = "<!DOCTYPE html><meta charset=\"utf-8\"><body>".to_owned();
    for (name, svg) in pictures {
        html += &svg.replacen("<svg ", &format!("<svg data-name=\"{name}\" "), 1);
    }
    write!(html, "<script>{SCRIPT}</script>").unwrap();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(page);
    std::fs::write(&file, html).unwrap();
    let address = format!("file://{}", file.display());
    let browser = std::env::var("CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
    let arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", &address];
    let output = Command::new(browser).args(arguments).output().expect("Chromium, or its path in CHROMIUM");
    let dom = String::from_utf8(output.stdout).unwrap();
    let (_, body) = dom.split_once("<body>").unwrap();
    let body = body.split_once("</body>").unwrap().0;
    serde_json::from_str(&body.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")).unwrap()
}

/// The name of a text, and its left, top, right and bottom.
fn boxes(picture: &Value) -> Vec<(&str, [f64; 4])> {
    let boxed = |text: &'_ Value| [1, 2, 3, 4].map(|side| text[side].as_f64().unwrap());
    picture["boxes"].as_array().unwrap().iter().map(|text| (text[0].as_str().unwrap(), boxed(text))).collect()
}

/// The letters of the table one by one, and words, which kerning may bring closer together. Hinting makes the width of each
/// letter whole pixels, at most one more or less.
#[test]
#[ignore = "needs Chromium and Liberation Sans; run by .ci/run"]
fn texts_are_as_wide_as_the_table_says() {
    let letters = ('!'..='~').chain('\u{a1}'..='\u{17f}').chain('\u{401}'..='\u{45f}').map(String::from);
    let words =
        ["US troops in Iraq: ceiling and counts", "AVATAR Wolf, To. Yes", "about 2,500, 18 January 2026", "Войска"];
    let texts: Vec<String> = letters.chain(words.map(str::to_owned)).filter(|text| text != "\u{ad}").collect();
    for bold in [false, true] {
        let weight = if bold { "bold" } else { "normal" };
        let mut svg = "<svg width=\"100\" height=\"100\" style=\"font-family:'Liberation Sans'\">".to_owned();
        for text in &texts {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            write!(svg, "<text font-size=\"100\" font-weight=\"{weight}\">{text}</text>").unwrap();
        }
        let measured = measured("widths.html", [("widths".to_owned(), svg + "</svg>")].into_iter());
        let measured = measured[0]["boxes"].as_array().unwrap();
        assert_eq!(measured.len(), texts.len());
        for (text, measured) in texts.iter().zip(measured) {
            let (ours, theirs) = (width(text, 100.0, bold), measured[5].as_f64().unwrap());
            let letters = f64::from(u32::try_from(text.chars().count()).unwrap());
            let kerning = if letters > 1.0 { ours * 0.05 } else { 0.0 };
            let bounds = ours - kerning - letters..=ours + letters;
            assert!(bounds.contains(&theirs), "{text:?}, {weight}: {theirs}, not {ours}");
        }
    }
}

#[test]
#[ignore = "needs Chromium and Liberation Sans; run by .ci/run"]
fn texts_are_inside_and_apart() {
    for width in [400, 800, 1600] {
        let drawn = pictures().into_iter().map(|(name, agreement, observations)| {
            (name, Chart::new(&agreement).observations(&observations).width(width).svg().unwrap())
        });
        let pictures = measured(&format!("pictures-{width}.html"), drawn);
        assert!(pictures.len() > 30);
        for picture in &pictures {
            let [wide, high] = ["width", "height"].map(|side| picture[side].as_f64().unwrap());
            let boxes = boxes(picture);
            let name = format!("{} at {width}", picture["name"]);
            for (index, (text, [left, top, right, bottom])) in boxes.iter().enumerate() {
                let is_inside = *left >= 0.0 && *top >= 0.0 && *right <= wide && *bottom <= high;
                assert!(is_inside, "{name}: {text:?} leaves the picture");
                for (other, [l, t, r, b]) in &boxes[index + 1..] {
                    // The empty parts above and below letters may touch.
                    let apart = right <= l || r <= left || *bottom <= t + 2.0 || *b <= top + 2.0;
                    assert!(apart, "{name}: {text:?} and {other:?} overlap");
                }
            }
        }
    }
}
