//! Whose people are counted.

use chrono::NaiveDate;

use super::fields::fields;
use super::{Band, Citation, Quantity};

fields! {
    /// People (or things) whose number the agreement limits.
    ///
    /// ```
    /// use force_drawdown::{Baseline, Force, Quantity, day};
    /// let baseline = Baseline::new(Quantity::About(2_500), day!(2024, 9, 6)).source("report");
    /// let troops = Force::new("us").party("USA").name("US troops in Iraq").baseline(baseline);
    /// let bases = Force::new("bases").area("the south").counted_in("bases");
    /// assert_eq!((troops.unit(), bases.unit()), ("persons", "bases"));
    /// ```
    #[derive(Default)]
    noted Force("A force that is known by its id alone.", id: impl Into<String>) read by force_fields {
        /// Short name that the document refers to.
        required given id: String;
        /// Name for people.
        optional text name;
        /// The party whose force this is.
        reference text party;
        /// The kind of people: combat troops, police, advisers.
        optional text category;
        /// The area in which the force is, in free text.
        optional text area;
        /// The force that this one is a part of.
        reference text part_of;
        /// Whether the parts make up the whole force, so that their counts add up to a count of it.
        defaulted field sum_of_parts: bool;
        /// The unit that is counted; `None` is read as `"persons"`.
        reference text unit as counted_in;
        /// The rule of counting: who is included, and who is not.
        optional text counting;
        /// The strength from which the force is drawn down.
        optional value baseline: Baseline;
    }
}

impl Force {
    /// As a force that is made up of its parts.
    #[must_use]
    pub fn sum_of_parts(self) -> Self {
        Self { sum_of_parts: true, ..self }
    }

    /// Its name for people, else its id.
    pub(crate) fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    /// The unit that is counted: `"persons"` unless said.
    #[must_use]
    pub fn unit(&self) -> &str {
        self.unit.as_deref().unwrap_or("persons")
    }
}

fields! {
    /// The strength from which a force is drawn down.
    ///
    /// ```
    /// use force_drawdown::{Baseline, day};
    /// let reported = Baseline::new(1_960, day!(2020, 11, 10)).source("statement");
    /// let ceiling = Baseline::authorised(22_126, day!(2017, 8, 30));
    /// assert_eq!((reported.authorised, ceiling.authorised), (false, true));
    /// ```
    noted Baseline("A reported strength.", strength: impl Into<Quantity>, as_of: NaiveDate) read by baseline_fields {
        /// The number of people, or of units.
        required given strength: Quantity;
        /// The day at whose end that number was there.
        essential given as_of: NaiveDate;
        /// Whether the baseline is itself a ceiling, as a resolution sets one, and not a report.
        defaulted field authorised: bool;
    }
}

impl Baseline {
    /// The number as it is read: that of an authorised one as a ceiling.
    pub(crate) fn band(&self) -> Option<Band> {
        if self.authorised { self.strength.as_ceiling() } else { self.strength.band() }
    }

    /// A strength that is itself a ceiling.
    #[must_use]
    pub fn authorised(strength: impl Into<Quantity>, as_of: NaiveDate) -> Self {
        Self { authorised: true, ..Self::new(strength, as_of) }
    }
}
