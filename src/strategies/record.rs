//! A record of acts in a legal order, told from the first to the last; then written in any order.

use chrono::NaiveDate;

use super::spellings::{self, NAMES};
use super::tape::{Choices, later};
use crate::terms::{Act, ActKind, ConsentMode, GatedStep, Part, Party, Period, Terms};

struct Scribe<'c> {
    choices: &'c mut Choices,
    /// The last day on which something happened.
    day: NaiveDate,
    pace: u32,
    /// A step without parties would be of the parties that are named on its day.
    is_succession: bool,
    acts: Vec<Act>,
}

/// What happened between two days or so.
pub(super) fn acts(choices: &mut Choices, terms: &Terms, start: NaiveDate, end: NaiveDate) -> Vec<Act> {
    if choices.once_in(4) {
        return Vec::new();
    }
    let span = crate::day::days_between(start, end).checked_div(8).unwrap_or(0);
    let pace = u32::try_from(span).unwrap_or(0).saturating_add(5);
    let is_succession = terms.parties.iter().any(|party| party.succeeds.is_some());
    let mut scribe = Scribe { choices, day: start, pace, is_succession, acts: Vec::new() };
    scribe.tell(terms);
    let mut acts = scribe.acts;
    acts.extend(to_come(choices, end));
    let shift = choices.place_in(acts.len());
    acts.rotate_left(shift);
    acts
}

/// What is foreseen. It may never come, or be on record already.
fn to_come(choices: &mut Choices, end: NaiveDate) -> Option<Act> {
    let day = choices.day_after(end, 100);
    let act = choices.maybe(4, |c| c.pick(ActKind::ALL)).flatten()?;
    let (name, body) = (choices.pick(NAMES).map(str::to_owned), Some("cabinet".to_owned()));
    Some(Act { body, name, ..Act::new(spellings::period(choices, day).0, act).expected() })
}

impl Scribe<'_> {
    /// An act that comes after all others: on a later day, or in a window that opens then.
    fn next(&mut self, kind: ActKind) -> Act {
        let most = self.pace;
        self.day = later(self.day, self.choices.up_to(most).saturating_add(1));
        let on = match self.choices.maybe(4, |c| c.up_to(20)) {
            Some(longer) => Period::Between(Part::Day(self.day), Part::Day(later(self.day, longer))),
            None => Period::Of(Part::Day(self.day)),
        };
        let published = self.choices.maybe(4, |c| later(self.day, c.up_to(40)));
        Act { published, ..Act::new(on, kind) }
    }

    fn put(&mut self, kind: ActKind) {
        let act = self.next(kind);
        self.acts.push(act);
    }

    fn by(&mut self, kind: ActKind, party: &Party) {
        let act = self.next(kind).by(&party.id);
        self.acts.push(act);
    }

    fn perhaps(&mut self, times: u32, kind: ActKind) {
        if self.choices.once_in(times) {
            self.put(kind);
        }
    }

    /// An event, or that it has not happened yet.
    fn event(&mut self) {
        let name = self.choices.pick(NAMES).unwrap_or("handover").to_owned();
        let has_happened = self.acts.iter().any(|act| act.act == ActKind::Event && act.name.as_ref() == Some(&name));
        let mut act = self.next(ActKind::Event);
        if !has_happened && self.choices.once_in(2) {
            (act.act, act.on) = (ActKind::NotYet, self.day.into());
        }
        self.acts.push(Act { name: Some(name), ..act });
    }

    fn tell(&mut self, terms: &Terms) {
        let needed: Vec<&Party> =
            terms.parties.iter().filter(|party| party.consent_mode() != ConsentMode::None).collect();
        let is_gated =
            |step| terms.consent_before.as_ref().map_or(step == GatedStep::Execution, |gated| gated.contains(&step));
        self.perhaps(4, ActKind::AnnouncementPostponed);
        self.agree_on_text(&needed);
        for _ in 0..self.choices.up_to(2) {
            self.event();
        }
        let all = self.consents(&needed, !is_gated(GatedStep::Announcement));
        self.perhaps(3, ActKind::ProvisionallyApplied);
        if (all || !is_gated(GatedStep::Announcement)) && !self.choices.once_in(4) {
            self.put(ActKind::Announced);
        }
        if (all || !is_gated(GatedStep::Execution)) && !self.choices.once_in(3) {
            self.put(ActKind::InForce);
        }
        self.aftermath(terms);
    }

    fn agree_on_text(&mut self, needed: &[&Party]) {
        match self.choices.up_to(3) {
            0 => self.put(ActKind::TextAgreed),
            1 => self.put(ActKind::Initialled),
            2 => {
                // A signature that is a consent waits for the party's own steps.
                for party in needed.iter().filter(|party| party.consent_mode() == ConsentMode::Approval) {
                    self.by(ActKind::Signed, party);
                }
            }
            _ => {}
        }
    }

    /// The consents that are needed, one after the other. Whether all were given.
    fn consents(&mut self, needed: &[&Party], may_adopt: bool) -> bool {
        let mut all = true;
        for party in needed {
            if self.choices.once_in(5) {
                all = false;
                continue;
            }
            if self.choices.once_in(6) {
                self.by(ActKind::Refused, party);
            }
            for body in &party.domestic_steps {
                let shared = needed.iter().filter(|other| other.domestic_steps.contains(body)).count() > 1;
                let mut act = self.next(ActKind::DomesticStep);
                act.body = Some(body.clone());
                if shared || self.is_succession || self.choices.once_in(2) {
                    act = act.by(&party.id);
                }
                self.acts.push(act);
            }
            let kind = match (party.consent_mode(), self.choices.up_to(3)) {
                (ConsentMode::Signature, 0 | 1) => ActKind::Signed,
                (_, 3) if may_adopt => ActKind::Adopted,
                _ => ActKind::Approved,
            };
            self.by(kind, party);
        }
        all
    }

    fn aftermath(&mut self, terms: &Terms) {
        let c = &mut *self.choices;
        let party = c.maybe(3, |c| c.pick(&terms.parties)).flatten();
        if let Some(party) = party.filter(|party| party.consent_mode() != ConsentMode::None) {
            self.by(ActKind::ConsentWithdrawn, &party);
        }
        if let Some(party) = self.choices.maybe(3, |c| c.pick(&terms.parties)).flatten() {
            self.by(ActKind::Paused, &party);
            if self.choices.once_in(2) {
                self.by(ActKind::Resumed, &party);
            }
        }
        if self.choices.once_in(3) {
            self.put(ActKind::Suspended);
            self.perhaps(2, ActKind::Resumed);
        }
        self.perhaps(5, ActKind::NoticeGiven);
        if self.choices.once_in(3) {
            self.event();
        }
        if self.choices.once_in(4) {
            self.put(ActKind::Terminated);
            self.perhaps(3, ActKind::TextAgreed);
        }
    }
}
