//! Changes made in code: amendments that leave the original as it is.

use chrono::NaiveDate;

use super::Agreement;
use crate::day;
use crate::findings::{Finding, Rule, Violations};
use crate::terms::{Amendment, Deadline, Offset, Part, Period, PhaseChange};

impl Agreement {
    /// The agreement with one more amendment; this one stays as it is.
    ///
    /// An agreement as known on a day becomes one as known on the day of the adoption, if that is later.
    ///
    /// # Errors
    ///
    /// Every rule that the amendment breaks; the paths begin with `amendments`.
    pub fn amended(&self, amendment: Amendment) -> Result<Self, Violations> {
        let known = self.known_on().map(|known| known.max(amendment.adopted));
        let mut terms = self.terms().clone();
        terms.amendments.push(amendment);
        let amended = Self::try_from(terms)?;
        Ok(known.map(|known| amended.as_known_on(known)).unwrap_or(amended))
    }

    /// The agreement with one phase due some days later, by an amendment adopted on a day. Negative days are earlier.
    ///
    /// The offset of a deadline that counts from an event grows or shrinks by the days.
    ///
    /// # Errors
    ///
    /// `unknown-phase` if there is no such phase on that day; `date-out-of-range` if a day would leave the years 1 to
    /// 9999 or an offset would be negative; and every rule that the change breaks.
    pub fn delayed(&self, phase: &str, days: i32, adopted: NaiveDate) -> Result<Self, Violations> {
        let one = |rule| Violations::new(vec![Finding::new("phases", rule)], []);
        let terms = self.terms();
        let text = self.history().on(adopted).map(|version| &version.full.text);
        let phases = || text.iter().flat_map(|text| &text.phases);
        let moved = phases().find(|text| text.id(terms) == phase);
        let unknown = || one(Rule::unknown_phase(phase, phases().map(|phase| phase.id(terms))));
        let by = moved.ok_or_else(unknown)?.by(terms);
        let by = shifted(by, days).ok_or_else(|| one(Rule::DateOutOfRange { date: by.to_string() }))?;
        let change = PhaseChange::new(phase).by(by);
        let than_before = if days < 0 { "earlier" } else { "later" };
        let title = format!("phase {phase} {} days {than_before}", days.unsigned_abs());
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
            let window = period.window()?.moved(|day| day::plus_days(day, i64::from(days)))?;
            let (first, last) = (window.earliest(), window.latest());
            if first == last { Deadline::day(first) } else { Period::Between(Part::Day(first), Part::Day(last)).into() }
        }
        Deadline::Open => Deadline::Open,
        Deadline::After { event, offset } => {
            let days = offset.days.checked_add_signed(days)?;
            Deadline::After { event: event.clone(), offset: Offset { days, ..*offset } }
        }
        Deadline::Before { event, offset } => {
            let is_day_before = *offset == Offset::default();
            let earlier = if is_day_before { Offset { days: 1, ..*offset } } else { *offset };
            let offset = Offset { days: earlier.days.checked_add_signed(days.checked_neg()?)?, ..earlier };
            // No time at all before the event would be the day before it.
            let is_its_day = offset == Offset::default();
            let event = event.clone();
            if is_its_day { Deadline::After { event, offset } } else { Deadline::Before { event, offset } }
        }
        Deadline::Any(members) => Deadline::Any(all(members)?),
        Deadline::Earliest(members) => Deadline::Earliest(all(members)?),
        Deadline::Latest(members) => Deadline::Latest(all(members)?),
    })
}
