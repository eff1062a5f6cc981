//! What Chromium measures of the charts: the table of widths, texts inside the picture, and none on another.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use chrono::{NaiveDate, TimeDelta};
use force_drawdown::page::{Page, index};
use force_drawdown::{Agreement, Chart, Observation, Quantity, catalog, day, parse_day};
use serde_json::Value;

use crate::chart::{pictures, width};
use crate::page::page;

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
    serde_json::from_value(answer(page, &html, &[])).unwrap()
}

/// What a file of HTML leaves as the text of its body, which is JSON.
fn answer(file: &str, html: &str, more: &[&str]) -> Value {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(file);
    std::fs::write(&file, html).unwrap();
    let address = format!("file://{}", file.display());
    let browser = std::env::var("CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
    let arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"];
    let output = Command::new(browser).args(arguments).args(more).arg(&address).output();
    let dom = String::from_utf8(output.expect("Chromium, or its path in CHROMIUM").stdout).unwrap();
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

/// What a script finds of pages, each in a frame so wide: `ask` is a function of the frame's window and document.
fn asked(file: &str, pages: &[String], width: u32, ask: &str, more: &[&str]) -> Vec<Value> {
    let pages = serde_json::to_string(pages).unwrap().replace("</", "<\\/");
    let html = format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><body><script>
        const thrown = [];
        const ask = {ask};
        const answers = {pages}.map(page => {{
            const frame = document.createElement('iframe');
            frame.width = {width};
            frame.height = 900;
            frame.style.border = 0;
            document.body.append(frame);
            const inside = frame.contentWindow;
            inside.onerror = error => thrown.push(String(error));
            inside.document.open();
            inside.document.write(page);
            inside.document.close();
            try {{ return ask(inside, inside.document); }} catch (error) {{ thrown.push(String(error)); }}
            finally {{ frame.remove(); }}
        }});
        document.body.innerHTML = '';
        document.body.textContent = JSON.stringify({{answers, thrown}});
        </script></body>"
    );
    let answer = answer(file, &html, more);
    assert_eq!(answer["thrown"], serde_json::json!([]), "{file}");
    answer["answers"].as_array().unwrap().clone()
}

const AGREEMENTS: [&str; 5] = ["us-iraq-2024", "doha-2020", "angola-1988", "amisom", "kfor-2009"];

/// By the slider, and by pointing at the middle of a day of each chart that is shown.
#[test]
#[ignore = "needs Chromium; run by .ci/run"]
fn a_page_says_of_fifty_days_what_the_crate_says() {
    let entries = AGREEMENTS.map(|id| catalog::get(id).unwrap_or_else(|| panic!("{id}")));
    let pages: Vec<_> = entries.iter().map(|of| page(&of.agreement, &of.observations)).collect();
    let html: Vec<String> = pages.iter().map(Page::html).collect();
    for width in [390, 1_000] {
        let said = asked(&format!("days-{width}.html"), &html, width, ASK_DAYS, &[]);
        for ((id, page), days) in AGREEMENTS.iter().zip(&pages).zip(said) {
            let days = days.as_array().unwrap();
            assert!(days.len() >= 50, "{id}");
            let mut pointed = 0;
            for day in days {
                let number = day["day"].as_i64().unwrap();
                let date = NaiveDate::default() + TimeDelta::days(number);
                assert_eq!(day["slid"], page.words_on(date), "{id}, {date}");
                for words in day["pointed"].as_array().unwrap() {
                    let words = words.as_str().unwrap();
                    assert!(words.starts_with(&page.words_on(date)), "{id}, {date}: {words}");
                    pointed += 1;
                }
            }
            assert!(pointed >= 50, "{id}: {pointed}");
        }
    }
}

const ASK_DAYS: &str = "(window, document) => {
    const slider = document.getElementById('day');
    const said = document.getElementById('said');
    const [min, max] = [Number(slider.min), Number(slider.max)];
    const answer = [];
    for (let step = 0; step <= 50; step++) {
        const day = Math.round(min + (max - min) * step / 50);
        slider.value = day;
        slider.dispatchEvent(new window.Event('input'));
        const slid = said.textContent;
        const pointed = [];
        for (const group of document.querySelectorAll('#charts [data-plot]')) {
            const svg = group.ownerSVGElement;
            if (!svg.getClientRects().length) continue;
            const [left, top, right, bottom] = group.dataset.plot.split(' ').map(Number);
            const number = iso => Math.round(Date.parse(iso + 'T00:00:00Z') / 864e5);
            const [first, last] = [number(group.dataset.first), number(group.dataset.last)];
            if (day < first || day >= last) continue;
            const x = left + (day + 0.5 - first) / (last - first) * (right - left);
            const at = new window.DOMPoint(x, (top + bottom) / 2).matrixTransform(svg.getScreenCTM());
            slider.value = min;
            svg.dispatchEvent(new window.PointerEvent('pointermove', { clientX: at.x, clientY: at.y }));
            pointed.push(said.textContent);
        }
        answer.push({ day, slid, pointed });
    }
    return answer;
}";

fn whole_catalogue() -> (Vec<&'static str>, Vec<String>) {
    let entries: Vec<_> = catalog::all().collect();
    let pages: Vec<_> = entries.iter().map(|of| page(&of.agreement, &of.observations)).collect();
    let index = index("Agreements", entries.iter().map(|of| of.id).zip(&pages));
    let names = entries.iter().map(|of| of.id).chain(["index"]).collect();
    (names, pages.iter().map(Page::html).chain([index]).collect())
}

#[test]
#[ignore = "needs Chromium; run by .ci/run"]
fn arrow_keys_move_a_page_by_a_day_and_it_never_scrolls_sideways() {
    let (names, pages) = whole_catalogue();
    for width in [390, 800, 1_600] {
        let found = asked(&format!("keys-{width}.html"), &pages, width, ASK_KEYS, &[]);
        for (name, found) in names.iter().zip(found) {
            let wide = found["wide"].as_u64().unwrap();
            assert!(wide <= u64::from(width), "{name} at {width}: {wide} pixels wide");
            if *name != "index" {
                assert_eq!(found["moved"], found["expected"], "{name}");
                assert_eq!(found["shown"], 1, "{name} at {width}: one chart");
                assert_eq!(found["sliders"], found["several"], "{name}: what was known when");
            }
        }
    }
}

const ASK_KEYS: &str = "(window, document) => {
    const wide = document.documentElement.scrollWidth;
    const slider = document.getElementById('day');
    if (!slider) return { wide };
    const press = key => {
        slider.value = Math.round((Number(slider.min) + Number(slider.max)) / 2);
        const before = Number(slider.value);
        document.getElementById('charts').dispatchEvent(new window.KeyboardEvent('keydown', { key, bubbles: true }));
        return Number(slider.value) - before;
    };
    const moved = ['ArrowRight', 'ArrowLeft', 'PageUp', 'PageDown'].map(press);
    const half = Math.round((Number(slider.min) + Number(slider.max)) / 2);
    // A page of a few days ends before thirty.
    const [down, up] = [half - Number(slider.min), Number(slider.max) - half];
    const expected = [1, -1, Math.min(30, up), -Math.min(30, down)];
    const shown = [...document.querySelectorAll('#charts svg')].filter(svg => svg.getClientRects().length).length;
    const several = JSON.parse(document.getElementById('facts').textContent).states.length > 1;
    const sliders = document.getElementById('known-label').getClientRects().length > 0;
    return { moved, expected, shown, wide, several, sliders };
}";

/// What was published later is not said of a day as known before.
#[test]
#[ignore = "needs Chromium; run by .ci/run"]
fn the_slider_of_what_was_known_takes_away_what_came_later() {
    let entry = catalog::get("us-iraq-2024").unwrap();
    let mut terms = entry.agreement.into_terms();
    terms.record[0].published = Some(day!(2025, 1, 1));
    let agreement = Agreement::try_from(terms).unwrap();
    let count = |date, published| {
        let mut seen = Observation::present(date, Quantity::About(2_000));
        seen.published = Some(published);
        seen
    };
    let seen = [count(day!(2025, 11, 1), day!(2026, 2, 1)), count(day!(2025, 12, 1), day!(2026, 3, 1))];
    let page = agreement.page(&seen, day!(2026, 4, 14)).html();
    let found = asked("known.html", &[page], 800, ASK_KNOWN, &[]);
    let said = found[0].as_array().unwrap();
    for (known, days) in
        [("2026-01-31", None), ("2026-02-01", Some("1 November 2025")), ("2026-04-14", Some("1 December 2025"))]
    {
        let known = parse_day(known).unwrap();
        let at = said.iter().rev().find(|state| {
            state["day"].as_i64().is_none_or(|day| NaiveDate::default() + TimeDelta::days(day) <= known)
                && (state["day"].is_number() || known >= day!(2026, 3, 1))
        });
        let words = at.unwrap()["said"].as_str().unwrap();
        assert_eq!(
            words.split_once("Last count: about 2,000 on ").map(|(_, rest)| &rest[..rest.find(',').unwrap()]),
            days,
            "{words}"
        );
    }
}

const ASK_KNOWN: &str = "(window, document) => {
    const [slider, known] = ['day', 'known'].map(id => document.getElementById(id));
    const { states } = JSON.parse(document.getElementById('facts').textContent);
    slider.value = Math.round(Date.parse('2026-03-01T00:00:00Z') / 864e5);
    if (document.getElementById('known-label').hidden) throw 'no slider';
    return states.map(({ day }, place) => {
        known.value = place;
        known.dispatchEvent(new window.Event('input'));
        const drawn = document.querySelectorAll('#charts g.known').length;
        if ((drawn > 0) !== (day !== null)) throw `${drawn} drawings as known on ${day}`;
        return { day, said: document.getElementById('said').textContent };
    });
}";

/// Every text of every page of the catalogue, and of the index, light and dark.
#[test]
#[ignore = "needs Chromium; run by .ci/run"]
fn every_text_of_a_page_has_enough_contrast() {
    let (names, pages) = whole_catalogue();
    for (scheme, ground) in [("1", "rgb(255, 255, 255)"), ("0", "rgb(22, 24, 28)")] {
        let setting = format!("--blink-settings=preferredColorScheme={scheme}");
        let found = asked(&format!("contrast-{scheme}.html"), &pages, 800, ASK_CONTRAST, &[&setting]);
        for (name, found) in names.iter().zip(found) {
            assert_eq!(found["ground"], ground, "{name}");
            assert!(found["texts"].as_u64().unwrap() > 20, "{name}");
            assert_eq!(found["faint"], serde_json::json!([]), "{name}, {scheme}");
        }
    }
}

const ASK_CONTRAST: &str = "(window, document) => {
    const light = color => {
        const parts = color.match(/[0-9.]+/g).slice(0, 3).map(part => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    };
    const ground = window.getComputedStyle(document.body).backgroundColor;
    const faint = [];
    let texts = 0;
    for (const element of document.querySelectorAll('body *')) {
        const has_text = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
        if (!has_text || !element.getClientRects().length || element.matches('script, style, title, desc')) continue;
        texts++;
        const style = window.getComputedStyle(element);
        const color = element instanceof window.SVGElement ? style.fill : style.color;
        const [one, other] = [light(color), light(ground)].sort((a, b) => b - a);
        if ((one + 0.05) / (other + 0.05) < 4.5) faint.push([element.textContent.trim(), color]);
    }
    return { ground, texts, faint };
}";
