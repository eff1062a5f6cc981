//! The names at the root of the crate: few enough to be read, with the four that a reader needs first.

/// What the root must have fewer of.
const TOO_MANY: usize = 70;

const LIB: &str = include_str!("../../src/lib.rs");

/// The names that `lib.rs` shows, of all features: what it exports, its modules and the macro `day!`. Those that are
/// hidden in the docs are not for a reader.
fn names() -> Vec<String> {
    let code = LIB.lines().filter(|line| !line.starts_with("//"));
    let (mut names, mut is_hidden) = (vec!["day!".to_owned()], false);
    let mut export: Option<String> = None;
    for line in code {
        if let Some(begun) = &mut export {
            begun.push_str(line.trim());
        } else if line.starts_with("#[") {
            is_hidden |= line == "#[doc(hidden)]";
        } else if line.starts_with("pub use ") && !is_hidden {
            export = Some(line["pub use ".len()..].to_owned());
        } else if let Some(module) = line.strip_prefix("pub mod ").filter(|_| !is_hidden) {
            names.push(module.trim_end_matches([';', '{', ' ']).to_owned());
        } else {
            assert!(is_hidden || !line.starts_with("pub "), "a name is exported in a way that is not counted: {line}");
        }
        is_hidden &= line.starts_with("#[");
        if let Some(whole) = export.take_if(|export| export.ends_with(';')) {
            let last = whole.trim_end_matches(';').split_once('{').map_or_else(
                || vec![whole.trim_end_matches(';').rsplit("::").next().unwrap()],
                |(_, list)| list.trim_end_matches('}').split(',').map(str::trim).collect(),
            );
            assert!(last.iter().all(|name| !name.contains([':', '*', '{'])), "these are not counted: {last:?}");
            names.extend(last.into_iter().filter(|name| !name.is_empty()).map(str::to_owned));
        }
    }
    names
}

#[test]
fn the_root_has_fewer_than_seventy_names() {
    let names = names();
    for known in ["Agreement", "Phase", "Party", "ApprovalState", "Chart", "catalog", "bulk", "history", "chrono"] {
        assert!(names.iter().any(|name| name == known), "{known} is not found at the root");
    }
    assert!(names.len() < TOO_MANY, "{} names: {names:?}", names.len());
}

#[test]
fn the_four_types_that_a_reader_needs_first_come_first() {
    let links: Vec<_> = LIB.lines().filter_map(|line| line.strip_prefix("//! | [`")?.split_once("`]")).collect();
    let first: Vec<_> = links.iter().take(4).map(|(name, _)| *name).collect();
    assert_eq!(first, ["Agreement", "Phase", "Party", "ApprovalState"]);
    let (_, after) = LIB.split_once("[`ApprovalState`]").unwrap();
    let place = |link: &str| after.find(link).unwrap_or_else(|| panic!("{link} is not on the page"));
    let next = ["[`Terms::validate`]", "[`Interpolation`]", "# Guide"].map(place);
    assert!(next.is_sorted(), "validation and interpolation are not right behind them");
}
