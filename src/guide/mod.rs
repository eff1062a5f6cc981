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

pub mod start {
    // Its program needs these features. Without them, only this line is left.
    #![cfg_attr(all(feature = "csv1", feature = "chart"), doc = include_str!("start.md"))]
    #![cfg_attr(not(all(feature = "csv1", feature = "chart")), doc = "Needs the features `csv1` and `chart`.")]
    #![cfg_attr(doc, doc = include_str!("start.svg"))]
}
pub mod concepts {
    #![doc = include_str!("concepts.md")]
}
pub mod encode {
    #![doc = include_str!("encode.md")]
}
pub mod ask {
    #![doc = include_str!("ask.md")]
}
pub mod consent {
    #![doc = include_str!("consent.md")]
}
pub mod judge {
    #![doc = include_str!("judge.md")]
}
pub mod change {
    #![doc = include_str!("change.md")]
}
pub mod see {
    #![doc = include_str!("see.md")]
    #![cfg_attr(doc, doc = include_str!("catalogue/georgia-2005.svg"))]
}
pub mod cookbook {
    #![doc = include_str!("cookbook.md")]
}

/// The page of the catalogue: a chart and a text for each agreement, read only where documentation is made.
macro_rules! catalogue {
    ($($id:literal)+) => {
        pub mod catalogue {
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

pub mod format {
    #![doc = include_str!("format.md")]
}
pub mod codes {
    #![doc = include_str!("codes.md")]
    #![doc = crate::findings::pages_of_codes!()]
    #![doc = "Next: [*faq*](super::faq), questions about answers."]
}
pub mod faq {
    #![doc = include_str!("faq.md")]
}
pub mod glossary {
    #![doc = include_str!("glossary.md")]
}
pub mod bulk {
    #![doc = include_str!("bulk.md")]
}
pub mod engines {
    #![doc = include_str!("engines.md")]
}
pub mod extend {
    #![doc = include_str!("extend.md")]
}
pub mod performance {
    #![doc = include_str!("performance.md")]
}
pub mod compare {
    #![doc = include_str!("compare.md")]
}
pub mod design {
    #![doc = include_str!("../../DESIGN.md")]
}
