//! Files that are generated, kept in the repository, and compared with what would be generated today.

use std::fs;
use std::path::Path;

/// The file as it is kept; with `UPDATE_GOLDEN` it is written anew, and `None`.
pub(crate) fn kept(path: &str, text: &str) -> Option<String> {
    let file = Path::new(crate::ROOT).join(path);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        return None;
    }
    Some(fs::read_to_string(file).unwrap_or_else(|_| panic!("{path}: run with UPDATE_GOLDEN=1 and look at it")))
}

pub(crate) fn assert_is_kept(path: &str, text: &str) {
    if let Some(kept) = kept(path, text) {
        assert_eq!(kept, text, "{path}: run with UPDATE_GOLDEN=1 and look at it");
    }
}
