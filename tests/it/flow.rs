//! The code flows one way: a file imports only from the rooms above its own in the table of `src/lib.rs`, and no files
//! of a room import each other, be it round more than one.
//!
//! What counts as an import of file B by file A:
//!
//! - A names something that is written in B, in a `use` line or in a path in the code, such as `super::NONE` or
//!   `crate::day::parse_day`. A name is followed through the `use` lines of the files on the way to the file in which it
//!   is written: who names `crate::terms::Force` imports `terms/force.rs`, and not `terms/mod.rs` which exports it.
//! - A `use` line that brings in a module imports its file; a `mod` line imports nothing.
//! - A `pub use` is none, if A itself does not use the name: that is what the `mod.rs` of a room is for. Where A uses
//!   the name, it is one. So a `mod.rs` that uses what a child wrote, and wrote what the child uses, is a circle.
//! - A name of the root, such as `crate::Limit`, imports `lib.rs`, which no room may: the root is below all of them.
//!   Only what a macro names by `$crate` may be of the root, for that is named where the macro is used.
//!
//! A file `tests.rs` may import any room, for it is no part of the library. Words in comments are not looked at, and neither
//! are the methods that a file calls without naming their type.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use paths::Names;

mod paths;

/// So many `use` lines are followed from one to the next.
const DEPTH: usize = 9;

/// The files of `src` by their modules: `terms::force`, and the empty name for `lib.rs`.
struct Sources(BTreeMap<String, Source>);

struct Source {
    /// The path below `src`.
    file: String,
    names: Names,
}

impl Sources {
    fn read() -> Self {
        let (root, mut sources) = (Path::new(crate::ROOT).join("src"), BTreeMap::new());
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let file = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                    let names = Names::of(&std::fs::read_to_string(&path).unwrap());
                    sources.insert(module(&file), Source { file, names });
                }
            }
        }
        Self(sources)
    }

    /// The module of the file to which a path leads that is written in a module, or in modules within its file; `None`
    /// where it leads out of the crate.
    fn target(&self, from: &str, within: &[String], path: &[String], followed: usize) -> Option<String> {
        let names = &self.0[from].names;
        let mut parents: Vec<&str> = segments(from).chain(within.iter().map(String::as_str)).collect();
        let ups = path.iter().take_while(|segment| *segment == "super").count();
        parents.truncate(parents.len() - ups);
        match path[0].as_str() {
            "crate" | "$crate" => Some(self.walk(&[], &path[1..], followed)),
            "self" => Some(self.walk(&parents, &path[1..], followed)),
            "super" => Some(self.walk(&parents, &path[ups..], followed)),
            first if within.is_empty() && names.children.contains(first) => Some(self.walk(&parents, path, followed)),
            first => {
                let is_it = |import: &&paths::Import| import.name == first && import.path != path;
                let import = names.imports.iter().find(is_it).filter(|_| followed < DEPTH)?;
                let whole = [&import.path, &path[1..]].concat();
                self.target(from, &import.within, &whole, followed + 1)
            }
        }
    }

    /// Goes down from a module, and through the imports of the file at which the modules end.
    fn walk(&self, parents: &[&str], path: &[String], followed: usize) -> String {
        let mut place = parents.to_vec();
        // Modules within a file are in the file.
        while !self.0.contains_key(&place.join("::")) {
            place.pop();
        }
        let mut rest = path;
        while let Some((next, after)) = rest.split_first() {
            let deeper = [&place[..], &[next.as_str()]].concat();
            if !self.0.contains_key(&deeper.join("::")) {
                break;
            }
            (place, rest) = (deeper, after);
        }
        let module = place.join("::");
        let Some(name) = rest.first() else { return module };
        let is_it = |import: &&paths::Import| import.within.is_empty() && import.name == *name && import.path != rest;
        let import =
            self.0[&module].names.imports.iter().find(is_it).filter(|_| followed < DEPTH && !module.is_empty());
        let target = import.and_then(|it| self.target(&module, &[], &[&it.path, &rest[1..]].concat(), followed + 1));
        target.unwrap_or(module)
    }

    /// The modules in whose files is written what the file of a module names.
    fn imported(&self, from: &str) -> BTreeSet<String> {
        let names = &self.0[from].names;
        let counts = |import: &&paths::Import| !import.is_exported || names.words.contains(&import.name);
        let imports = names.imports.iter().filter(counts).map(|import| (&import.path, &import.within));
        let mentions = names.mentions.iter().map(|mention| (&mention.path, &mention.within));
        let targets = imports.chain(mentions).filter_map(|(path, within)| {
            let target = self.target(from, within, path, 0)?;
            (path[0] != "$crate" || !target.is_empty()).then_some(target)
        });
        targets.filter(|target| target != from).collect()
    }
}

/// The module of a file.
fn module(file: &str) -> String {
    let name = file.strip_suffix(".rs").unwrap();
    name.strip_suffix("/mod").unwrap_or(name).replace("lib", "").replace('/', "::")
}

fn segments(module: &str) -> impl Iterator<Item = &str> {
    module.split("::").filter(|segment| !segment.is_empty())
}

fn room(module: &str) -> &str {
    segments(module).next().unwrap_or("")
}

/// The rooms in the order of the table in `src/lib.rs`.
fn rooms() -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(crate::ROOT).join("src/lib.rs")).unwrap();
    let (_, table) = text.split_once("//! | room |").unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with("//! |"));
    let named = rows.flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2));
    named.map(str::to_owned).collect()
}

#[test]
fn the_modules_of_the_crate_are_the_rooms_in_their_order() {
    let text = std::fs::read_to_string(Path::new(crate::ROOT).join("src/lib.rs")).unwrap();
    let lines = text.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
    let modules: Vec<_> = lines.filter(|module| *module != "guide").collect();
    assert_eq!(modules, rooms());
}

#[test]
fn a_file_imports_only_from_rooms_above_its_own() {
    let (sources, rooms) = (Sources::read(), rooms());
    let place = |room: &str| rooms.iter().position(|it| it == room).unwrap_or(usize::MAX);
    let mut back = BTreeSet::new();
    let of_rooms = sources.0.iter().filter(|(from, _)| rooms.iter().any(|it| it == room(from)));
    for (from, source) in of_rooms.filter(|(_, source)| !source.file.ends_with("/tests.rs")) {
        let imported = sources.imported(from);
        let below = imported.iter().map(|to| room(to)).filter(|to| *to != room(from) && place(to) >= place(room(from)));
        back.extend(
            below.map(|to| (source.file.clone(), if to.is_empty() { "lib".to_owned() } else { to.to_owned() })),
        );
    }
    assert!(back.is_empty(), "these files import a room that is not above their own: {back:#?}");
}

#[test]
fn no_files_of_a_room_import_each_other() {
    let sources = Sources::read();
    let imported: BTreeMap<_, _> = sources.0.keys().map(|from| (from, sources.imported(from))).collect();
    let mut circles = BTreeMap::new();
    for from in sources.0.keys().filter(|from| !from.is_empty()) {
        // Everything that the file imports within its room, be it through others.
        let (mut reached, mut left) = (BTreeSet::new(), vec![from]);
        while let Some(next) = left.pop() {
            let of_room = imported[next].iter().filter(|to| room(to) == room(from));
            left.extend(of_room.filter(|to| reached.insert(*to)));
        }
        if reached.contains(from) {
            let direct = imported[from].iter().filter(|to| room(to) == room(from));
            let files: Vec<_> = direct.map(|to| sources.0[to].file.as_str()).collect();
            circles.insert(sources.0[from].file.as_str(), files);
        }
    }
    assert!(circles.is_empty(), "these files are in a circle; each with what it imports of its room: {circles:#?}");
}

#[test]
fn paths_are_found_in_code_and_not_in_comments_or_texts() {
    let names = Names::of(
        r##"
        // use super::comment;
        mod child;
        pub(crate) use super::{a::{self, B as C}, d};
        impl<'a> E<'a> for F where crate::g::H: I {
            const J: (&str, char, &str) = ("crate::text", '"', r#"" crate::raw "#);
            fn k() -> impl L + use<'a> { child::m::<'\''>() }
        }
        mod inner { use super::*; }
        fn n() { $crate::o::p() }
        "##,
    );
    let path = |path: &[String]| path.join("::");
    let imports: Vec<_> = names
        .imports
        .iter()
        .map(|it| format!("{} is {} {} {}", it.name, path(&it.path), it.is_exported, path(&it.within)))
        .collect();
    assert_eq!(
        imports,
        ["a is super::a true ", "C is super::a::B true ", "d is super::d true ", "* is super::* false inner"]
    );
    let mentions: Vec<_> = names.mentions.iter().map(|it| path(&it.path)).collect();
    assert_eq!(mentions, ["crate::g::H", "child::m", "$crate::o::p"]);
    assert_eq!(names.children, BTreeSet::from(["child".to_owned()]));
    assert!(names.words.contains("I") && !names.words.contains("C") && !names.words.contains("a"));
}

#[test]
fn a_name_is_followed_to_the_file_in_which_it_is_written() {
    let sources = Sources::read();
    let follow = |from: &str, path: &str| {
        let path: Vec<_> = path.split("::").map(str::to_owned).collect();
        sources.target(from, &[], &path, 0)
    };
    assert_eq!(follow("bulk::series", "crate::terms::Force").as_deref(), Some("terms::force"));
    assert_eq!(follow("bulk::series", "super::super::day::parse_day").as_deref(), Some("day"));
    assert_eq!(follow("terms", "force::Force::new").as_deref(), Some("terms::force"));
    assert_eq!(follow("bulk::series", "crate::Force").as_deref(), Some(""));
    assert_eq!(follow("bulk::series", "std::iter::once"), None);
}
