//! The pictures of the guide and the README are those that would be drawn today.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use force_drawdown::catalog::{self, CatalogEntry};
use force_drawdown::{Agreement, Chart, Observation};

use crate::golden::assert_is_kept;

/// The pictures that the README shows, by the names under which it refers to them.
const PICTURES: [(&str, &str); 2] = [("picture-iraq", "us-iraq-2024"), ("picture-afghanistan", "afghanistan-2011")];

/// In the documentation the README is no file among others: its pictures are found there by the first definition of
/// their names, which holds the whole picture.
#[test]
fn the_pictures_of_the_landing_page_are_those_of_the_catalogue() {
    let encode = |svg: &str| {
        let escape = |c| match c {
            '%' => "%25".to_owned(),
            '#' => "%23".to_owned(),
            '<' => "%3C".to_owned(),
            '>' => "%3E".to_owned(),
            '\n' => " ".to_owned(),
            '"' => "'".to_owned(),
            c => c.to_string(),
        };
        svg.chars().map(escape).collect::<String>()
    };
    let mut links = String::new();
    let readme = fs::read_to_string(Path::new(crate::ROOT).join("README.md")).unwrap();
    for (name, id) in PICTURES {
        assert!(
            readme.contains(&format!("[{name}]: src/guide/catalogue/{id}.svg\n"))
                && readme.contains(&format!("][{name}]\n")),
            "{name}"
        );
        let CatalogEntry { agreement, observations, .. } = catalog::get(id).unwrap();
        let svg = Chart::new(&agreement).observations(&observations).svg().unwrap();
        writeln!(links, "[{name}]: <data:image/svg+xml,{}>", encode(svg.trim_end())).unwrap();
    }
    assert_is_kept("src/guide/pictures.md", &links);
}

#[test]
fn the_first_agreement_is_drawn_as_its_page_shows() {
    let page = fs::read_to_string(Path::new(crate::ROOT).join("src/guide/start.md")).unwrap();
    let fenced = |kind: &str| {
        let (_, text) = page.split_once(&format!("\n```{kind}\n")).unwrap();
        text.split_once("\n```").unwrap().0
    };
    let agreement: Agreement = serde_json::from_str(fenced("json")).unwrap();
    let counts = Observation::read_csv(fenced("csv").as_bytes()).unwrap();
    let svg = Chart::new(&agreement).observations(&counts).svg().unwrap();
    assert_is_kept("src/guide/start.svg", &svg);
}
