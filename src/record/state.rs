//! What the record says for a day. An act counts from the end of the last day on which it may have happened.

use chrono::NaiveDate;

use super::{AGREED, Member, PUBLIC, Record, UNDOING, consents};
use crate::day::Window;
use crate::record::consent::{ApprovalState, Blocker, Consent};
use crate::terms::{ActKind, BindsFrom, Event, GatedStep};

impl Record {
    /// The approval state at the end of a day: the first that fits.
    pub(crate) fn approval_on(&self, day: NaiveDate) -> ApprovalState {
        let until = self.until(day);
        let counts = |kinds| self.marks.last(kinds, until).is_some();
        if counts(&[ActKind::Terminated]) {
            return ApprovalState::Terminated;
        }
        if self.is_suspended(until) {
            return ApprovalState::Suspended;
        }
        if counts(&[ActKind::InForce, ActKind::ProvisionallyApplied]) {
            let withdrawn_by = self.ids(|member| self.is_undone(member, &[ActKind::ConsentWithdrawn], until));
            return ApprovalState::InForce { provisional: !counts(&[ActKind::InForce]), withdrawn_by };
        }
        let by = self.ids(|member| self.is_undone(member, UNDOING, until));
        if !by.is_empty() {
            return ApprovalState::Refused { by };
        }
        let is_public = counts(PUBLIC);
        let outstanding = self.ids(|member| self.standing(member, until).is_none());
        if outstanding.is_empty() {
            match (is_public, self.needed().next().is_some()) {
                (true, _) => ApprovalState::Announced,
                (false, true) => ApprovalState::Approved,
                (false, false) => ApprovalState::Negotiating,
            }
        } else if counts(AGREED) {
            ApprovalState::AwaitingConsent { outstanding }
        } else {
            ApprovalState::Negotiating
        }
    }

    /// The parties that have stopped withdrawing for a while, at the end of a day.
    pub(crate) fn paused_by_on(&self, day: NaiveDate) -> Vec<String> {
        let until = self.until(day);
        self.members.iter().filter(|member| self.is_paused(member, until)).map(|member| member.id.clone()).collect()
    }

    /// The consent of a party at the end of a day; `None` if there is no such party.
    pub(crate) fn consent_on(&self, party: &str, day: NaiveDate) -> Option<Consent> {
        let until = self.until(day);
        let member = self.members.iter().find(|member| member.id == party)?;
        let (done, outstanding) = member.steps.iter().partition::<Vec<_>, _>(|(_, first)| is_done(*first, day));
        let bodies = |steps: Vec<&(String, Option<Window>)>| steps.into_iter().map(|(body, _)| body.clone()).collect();
        Some(Consent {
            party: member.id.clone(),
            name: member.name.clone(),
            is_needed: member.is_needed(),
            on: self.standing(member, until).and_then(|position| self.windows.get(position).copied()),
            refused: self.is_undone(member, &[ActKind::Refused], until),
            withdrawn: self.is_undone(member, &[ActKind::ConsentWithdrawn], until),
            steps_done: bodies(done),
            steps_outstanding: bodies(outstanding),
        })
    }

    /// What a step still waits for at the end of a day; nothing once it is taken.
    pub(crate) fn blockers_on(&self, step: GatedStep, day: NaiveDate) -> Vec<Blocker> {
        let until = self.until(day);
        let is_taken = |step| {
            let kinds = match step {
                GatedStep::Announcement => PUBLIC,
                GatedStep::Execution => &[ActKind::InForce],
            };
            self.marks.last(kinds, until).is_some()
        };
        if is_taken(step) {
            return Vec::new();
        }
        let mut blockers = Vec::new();
        if !self.gated.contains(&step) {
            return blockers;
        }
        for member in self.needed().filter(|member| self.standing(member, until).is_none()) {
            let party = &member.id;
            blockers.push(Blocker::Consent { party: party.clone() });
            let missing = member.steps.iter().filter(|(_, first)| !is_done(*first, day));
            blockers
                .extend(missing.map(|(body, _)| Blocker::DomesticStep { party: party.clone(), body: body.clone() }));
        }
        let waits = step == GatedStep::Execution && self.gated.contains(&GatedStep::Announcement);
        if waits && !is_taken(GatedStep::Announcement) {
            blockers.push(Blocker::Announcement);
        }
        blockers
    }

    /// Whether the agreement binds on a day.
    pub(crate) fn binds_on(&self, day: NaiveDate) -> bool {
        let until = self.until(day);
        let begins = match self.binds_from {
            BindsFrom::EntryIntoForce => Event::EntryIntoForce,
            BindsFrom::Approval => Event::Approval,
            BindsFrom::Announcement => Event::Announcement,
        };
        let applied = [ActKind::InForce, ActKind::ProvisionallyApplied];
        let has_begun = self.marks.last(&applied, until).is_some()
            || self.event(&begins).is_some_and(|window| window.latest() <= day);
        has_begun && !self.is_suspended(until) && !self.terminated_on(day)
    }

    /// Whether a termination counts on a day or before it.
    pub(crate) fn terminated_on(&self, day: NaiveDate) -> bool {
        self.marks.count(ActKind::Terminated, self.until(day)) > 0
    }

    /// How often the announcement was put off, on a day or before it.
    pub(crate) fn postponements_on(&self, day: NaiveDate) -> usize {
        self.marks.count(ActKind::AnnouncementPostponed, self.until(day))
    }

    /// How many acts count at the end of a day.
    fn until(&self, day: NaiveDate) -> usize {
        self.windows.partition_point(|window| window.latest() <= day)
    }

    /// Whether the last that the agreement itself saw was a suspension; a party resumes for itself only.
    pub(super) fn is_suspended(&self, until: usize) -> bool {
        self.marks.last(&[ActKind::Suspended], until) > self.shared.last(&[ActKind::Resumed], until)
    }

    /// Whether a party has paused, and not itself resumed.
    pub(super) fn is_paused(&self, member: &Member, until: usize) -> bool {
        self.last(member, &[ActKind::Paused], until) > member.marks.last(&[ActKind::Resumed], until)
    }

    /// The last act of these kinds of a party.
    fn last(&self, member: &Member, kinds: &[ActKind], until: usize) -> Option<usize> {
        let shared = self.shared.last(kinds, until).filter(|_| member.is_needed());
        member.marks.last(kinds, until).max(shared)
    }

    /// The act since which the consent of a party stands.
    fn standing(&self, member: &Member, until: usize) -> Option<usize> {
        let kinds = consents(member.mode);
        let since = self.last(member, UNDOING, until).map_or(0, |undone| undone.saturating_add(1));
        let shared = self.shared.first(kinds, since).filter(|_| member.is_needed());
        let first = member.marks.first(kinds, since).into_iter().chain(shared).min();
        first.filter(|&position| position < until)
    }

    /// Whether a party took its consent away in one of these ways, and has not consented since.
    fn is_undone(&self, member: &Member, kinds: &[ActKind], until: usize) -> bool {
        self.last(member, kinds, until) > self.last(member, consents(member.mode), until)
    }

    /// The ids of the parties whose consent is needed and that pass a test, in the order of the document.
    fn ids(&self, test: impl Fn(&Member) -> bool) -> Vec<String> {
        self.needed().filter(|member| test(member)).map(|member| member.id.clone()).collect()
    }
}

fn is_done(first: Option<Window>, day: NaiveDate) -> bool {
    first.is_some_and(|first| first.latest() <= day)
}
