//! The picture as PNG, drawn by resvg.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Family, ID, Query};
use resvg::usvg::{FontResolver, Group, Node, Options, Tree};

use super::error::ChartError;

/// The bytes of the picture, so many times as wide and high, with the fonts at hand, else those of the system.
pub(super) fn png(svg: &str, scale: u8, fonts: &[&[u8]]) -> Result<Vec<u8>, ChartError> {
    let font_resolver = FontResolver { select_fallback: Box::new(fallback), ..FontResolver::default() };
    let options = Options { fontdb: Arc::new(database(fonts)?), font_resolver, ..Options::default() };
    let drawing = |error: &dyn std::fmt::Display| ChartError::Backend(error.to_string());
    let tree = Tree::from_str(svg, &options).map_err(|error| drawing(&error))?;
    if let Some(text) = without_glyph(tree.root()) {
        return Err(ChartError::NoGlyph(text));
    }
    let scale = f32::from(scale);
    let size = tree.size().to_int_size();
    let pixels = size.scale_by(scale).and_then(|size| Pixmap::new(size.width(), size.height()));
    let mut pixels = pixels.ok_or(ChartError::TooLarge { width: size.width(), height: size.height() })?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| drawing(&error))
}

fn database(fonts: &[&[u8]]) -> Result<Database, ChartError> {
    let mut database = Database::new();
    for font in fonts {
        let before = database.len();
        database.load_font_data(font.to_vec());
        if database.len() == before {
            return Err(ChartError::Font);
        }
    }
    if fonts.is_empty() {
        database.load_system_fonts();
    }
    // What the picture asks for, else any face.
    let families = ["Liberation Sans", "Arial", "Helvetica", "DejaVu Sans"];
    let has =
        |family: &&str| database.query(&Query { families: &[Family::Name(family)], ..Query::default() }).is_some();
    let any = || database.faces().next().and_then(|face| Some(face.families.first()?.0.clone()));
    let family = families.into_iter().find(has).map(str::to_owned).or_else(any).ok_or(ChartError::NoFont)?;
    database.set_sans_serif_family(family);
    Ok(database)
}

/// A font with a letter that those used before do not have: as bold as the first of them, if there is one.
fn fallback(letter: char, used: &[ID], database: &mut Arc<Database>) -> Option<ID> {
    let select = FontResolver::default_fallback_selector();
    let weight = database.face(*used.first()?)?.weight;
    let others = database.faces().filter(|face| face.weight != weight).map(|face| face.id);
    let excluded: Vec<ID> = used.iter().copied().chain(others).collect();
    select(letter, &excluded, database).or_else(|| select(letter, used, database))
}

/// The first text that no font has a glyph for.
fn without_glyph(group: &Group) -> Option<String> {
    group.children().iter().find_map(|node| match node {
        Node::Group(group) => without_glyph(group),
        Node::Text(text) => {
            let mut glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
            glyphs.find(|glyph| glyph.id.0 == 0).map(|glyph| glyph.text.clone())
        }
        _ => None,
    })
}
