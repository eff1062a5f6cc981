//! The guide, in chapters. Every piece of code in it is compiled and run with the tests.
//!
//! Read these in order; each ends with a link to the next:
//!
//! | chapter | question |
//! | --- | --- |
//! | [`start`] | How do I judge an agreement of my own, in five minutes? |
//! | [`concepts`] | What do strict and lenient, required and planned, certain and undetermined mean? |
//! | [`encode`] | How does a text become an agreement? |
//! | [`ask`] | What is required, and what is planned, on a day? |
//! | [`consent`] | Who still has to say yes, and what does that block? |
//! | [`judge`] | Was it kept, by how many people and days, and how sure is that? |
//! | [`change`] | What if it is delayed, amended or ended? What was known on a day? |
//! | [`see`] | How do I get a table, a chart, a calendar? |
//! | [`cookbook`] | How do I do that without Rust, and with other tools? |
//! | [`catalogue`] | Which real agreements are there to look at and to copy from? |
//!
//! Look these up when you need them:
//!
//! | chapter | question |
//! | --- | --- |
//! | [`mod@format`] | Which fields does a document have, and how are numbers and deadlines written? |
//! | [`codes`] | What does this mistake mean, and how do I fix it? |
//! | [`faq`] | Why does it answer that? |
//! | [`glossary`] | What does this word mean, and who else uses it? |
//! | [`bulk`] | How do I ask thousands of agreements and days? |
//! | [`engines`] | How do I ask in SQL, over files of millions of rows and more? |
//! | [`extend`] | How do I read other sources, compute something else, test my own code? |
//! | [`performance`] | What does it cost? |
//! | [`compare`] | Why not a spreadsheet, or another tool or data set? |
//! | [`design`] | Which rules does every answer obey? |

/// Chapters, each with the links to others as they are found here: of a link, the first definition counts. The ones at the end
/// of each file are for who reads the file itself.
macro_rules! chapters {
    ($($name:ident)+) => { $(
        pub mod $name {
            #![cfg_attr(all(doc, not(doctest)), doc = include_str!("links.md"))]
            #![doc = include_str!(concat!(stringify!($name), ".md"))]
        }
    )+ };
}

chapters! {
    concepts encode ask consent judge change cookbook format faq glossary bulk engines extend performance compare
}

pub mod start {
    #![cfg_attr(all(doc, not(doctest)), doc = include_str!("links.md"))]
    // Its program needs these features. Without them, only this line is left.
    #![cfg_attr(all(feature = "csv1", feature = "chart"), doc = include_str!("start.md"))]
    #![cfg_attr(not(all(feature = "csv1", feature = "chart")), doc = "Needs the features `csv1` and `chart`.")]
    // Without an empty line the picture would go on in the text's block.
    #![cfg_attr(doc, doc = "")]
    #![cfg_attr(doc, doc = include_str!("start.svg"))]
}
pub mod see {
    #![cfg_attr(all(doc, not(doctest)), doc = include_str!("links.md"))]
    #![doc = include_str!("see.md")]
    #![cfg_attr(doc, doc = "")]
    #![cfg_attr(doc, doc = include_str!("catalogue/georgia-2005.svg"))]
}
pub mod codes {
    #![cfg_attr(all(doc, not(doctest)), doc = include_str!("links.md"))]
    #![doc = include_str!("codes.md")]
    #![doc = crate::findings::pages_of_codes!()]
    #![cfg_attr(doc, doc = "Next: [*faq*][faq], questions about answers.")]
}
pub mod design {
    #![cfg_attr(all(doc, not(doctest)), doc = include_str!("links.md"))]
    #![doc = include_str!("../../DESIGN.md")]
}

/// The page of the catalogue: a chart and a text for each agreement, read only where documentation is made.
macro_rules! catalogue {
    ($($id:literal)+) => {
        pub mod catalogue {
            #![cfg_attr(all(doc, not(doctest)), doc = include_str!("links.md"))]
            #![doc = include_str!("catalogue.md")]
            #![cfg_attr(doc, doc = include_str!("catalogue/index.md"))]
            $(
                #![cfg_attr(doc, doc = concat!("# ", $id))]
                #![cfg_attr(doc, doc = include_str!(concat!("catalogue/", $id, ".svg")))]
                // Without an empty line the text would go on in the picture's block.
                #![cfg_attr(doc, doc = "")]
                #![cfg_attr(doc, doc = include_str!(concat!("catalogue/", $id, ".md")))]
            )+
        }
    };
}

catalogue! {
    "abidjan-1996" "afghanistan-2011" "amisom" "angola-1988" "chad-france-2024" "czechoslovakia-1990" "doha-2020"
    "geneva-1988" "georgia-2005" "germany-1990" "israel-lebanon-2024" "karabakh-2020" "kfor-2009" "kosovo-mta-1999"
    "lebanon-2005" "monusco-2717" "namibia-1989" "niger-france-2023" "niger-us-2024" "paris-1973" "poland-1991"
    "unmiset" "us-iraq-2008" "us-iraq-2024" "us-iraq-statement-2024" "vietnam-1969"
}
