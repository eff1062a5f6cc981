//! Changes made in code: amendments that leave the original as it is.

use chrono::NaiveDate;

use super::Agreement;
use crate::day;
use crate::findings::{Finding, Rule, Violations};
use crate::terms::{Amendment, Deadline, Part, Period, PhaseChange};

impl Agreement {
    /// The agreement with one more amendment; this one stays as it is.
    ///
    /// An agreement as known on a day becomes one as known on the day of the adoption, if that is later.
    ///
    /// # Errors
    ///
    /// Every rule that the amendment breaks; the paths begin with `amendments`.
    ///
    /// ```
    /// use force_drawdown::{Amendment, Deadline, PhaseChange, catalog, day};
    /// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let adopted = day!(2025, 8, 25);
    /// let sooner = PhaseChange::new("2").by(Deadline::month(2026, 9));
    /// let roadmap = Amendment::new("Roadmap", adopted).change(sooner);
    /// let amended = agreement.amended(roadmap).unwrap();
    /// assert_eq!((agreement.version_on(adopted), amended.version_on(adopted)), (0, 1));
    /// ```
    pub fn amended(&self, amendment: Amendment) -> Result<Self, Violations> {
        let known = self.known_on().map(|known| known.max(amendment.adopted));
        let mut terms = self.terms().clone();
        terms.amendments.push(amendment);
        let amended = Self::try_from(terms)?;
        Ok(match known {
            Some(known) => amended.as_known_on(known),
            None => amended,
        })
    }

    /// The agreement with one phase due some days later, by an amendment adopted on a day. Negative days are earlier.
    ///
    /// The offset of a deadline that counts from an event grows or shrinks by the days.
    ///
    /// # Errors
    ///
    /// `unknown-phase` if there is no such phase on that day; `date-out-of-range` if a day would leave the years 1 to
    /// 9999 or an offset would be negative; and every rule that the change breaks.
    ///
    /// ```
    /// use force_drawdown::{Agreement, catalog, day};
    /// let agreement = catalog::get("us-iraq-2024").unwrap().agreement;
    /// let adopted = day!(2026, 6, 1);
    /// let late = agreement.delayed("2", 30, adopted).unwrap();
    /// let due = |agreement: &Agreement| {
    ///     agreement.schedule("us").unwrap().required_milestones_on(adopted)[1].due.to_string()
    /// };
    /// assert_eq!((due(&agreement), due(&late)), ("2026-12-31".into(), "2027-01-30".into()));
    /// ```
    pub fn delayed(&self, phase: &str, days: i32, adopted: NaiveDate) -> Result<Self, Violations> {
        let one = |rule| Violations::new(vec![Finding::new("phases", rule)]);
        let terms = self.terms();
        let text = self.history().on(adopted).map(|version| &version.full.text);
        let phases = || text.iter().flat_map(|text| &text.phases);
        let by = phases()
            .find(|text| text.id(terms) == phase)
            .map(|text| text.by(terms))
            .ok_or_else(|| one(Rule::unknown_phase(phase, phases().map(|phase| phase.id(terms)))))?;
        let by = shifted(by, days).ok_or_else(|| one(Rule::DateOutOfRange { date: by.to_string() }))?;
        let change = PhaseChange::new(phase).by(by);
        let title = if days < 0 {
            format!("phase {phase} {} days earlier", days.unsigned_abs())
        } else {
            format!("phase {phase} {days} days later")
        };
        self.amended(Amendment::new(title, adopted).change(change))
    }
}

/// A deadline that was checked, and so is nested no deeper than may be.
fn shifted(deadline: &Deadline, days: i32) -> Option<Deadline> {
    let all = |members: &[Deadline]| -> Option<Vec<Deadline>> {
        members.iter().map(|member| shifted(member, days)).collect()
    };
    Some(match deadline {
        Deadline::Period(period) => {
            let window = period.window()?;
            let first = day::plus_days(window.earliest(), i64::from(days))?;
            let last = day::plus_days(window.latest(), i64::from(days))?;
            if first == last { Deadline::day(first) } else { Period::Between(Part::Day(first), Part::Day(last)).into() }
        }
        Deadline::Open => Deadline::Open,
        Deadline::After { event, offset } => {
            let mut offset = *offset;
            offset.days = offset.days.checked_add_signed(days)?;
            Deadline::After { event: event.clone(), offset }
        }
        Deadline::Any(members) => Deadline::Any(all(members)?),
        Deadline::Earliest(members) => Deadline::Earliest(all(members)?),
        Deadline::Latest(members) => Deadline::Latest(all(members)?),
    })
}
