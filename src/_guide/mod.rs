//! The guide, in chapters. Every piece of code in it is compiled and run with the tests.
//!
//! | chapter | answers |
//! | --- | --- |
//! | [`start`] | how do I judge an agreement of my own in five minutes? |
//! | [`encode`] | how does a text become an agreement? |
//! | [`mod@format`] | what may a document say, field by field, and how are numbers, shares and deadlines written? |
//! | [`ask`] | what is required, and what is planned, on a day? |
//! | [`consent`] | who still has to say yes, and what does that block? |
//! | [`judge`] | is it being kept, by how many people and days, and how sure is that? |
//! | [`change`] | what happens when it is delayed, amended or ended; what did we know when; what if? |
//! | [`bulk`] | how does one ask thousands of agreements and days? |
//! | [`performance`] | what does it cost? |
//! | [`see`] | how does it get onto paper, into a spreadsheet or a calendar? |
//! | [`catalogue`] | which real agreements are at hand, what do they look like, and where do they come from? |
//! | [`extend`] | how does one read other sources, compute something else, test code of one's own? |
//! | [`faq`] | why does it say that? |
//! | [`codes`] | what does this mistake mean, and how is it mended? |
//! | [`glossary`] | what do the words mean, and who else uses them so? |
//! | [`compare`] | why not a spreadsheet, or one of the other tools and data sets? |
//! | [`design`] | the rules that every answer obeys, and what was decided where the words leave room |
//!
//! New here? Begin with [`start`], then [`encode`], [`ask`] and [`judge`], in that order; the rest when you need it.

pub mod start {
    #![doc = include_str!("start.md")]
    #![cfg_attr(doc, doc = include_str!("start.svg"))]
}

pub mod encode {
    #![doc = include_str!("encode.md")]
}

pub mod format {
    #![doc = include_str!("format.md")]
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

pub mod bulk {
    #![doc = include_str!("bulk.md")]
}

pub mod performance {
    #![doc = include_str!("performance.md")]
}

pub mod see {
    #![doc = include_str!("see.md")]
    #![cfg_attr(doc, doc = include_str!("catalogue/georgia-2005.svg"))]
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
    "abidjan-1996" "afghanistan-2011" "amisom" "chad-france-2024" "georgia-2005" "israel-lebanon-2024" "karabakh-2020"
    "kfor-2009" "kosovo-mta-1999" "lebanon-2005" "monusco-2717" "niger-france-2023" "niger-us-2024" "paris-1973"
    "poland-1991" "unmiset" "us-iraq-2024" "us-iraq-statement-2024"
}

pub mod extend {
    #![doc = include_str!("extend.md")]
}

pub mod faq {
    #![doc = include_str!("faq.md")]
}

pub mod codes {
    #![doc = include_str!("codes.md")]
}

pub mod glossary {
    #![doc = include_str!("glossary.md")]
}

pub mod compare {
    #![doc = include_str!("compare.md")]
}

pub mod design {
    #![doc = include_str!("../../DESIGN.md")]
}
