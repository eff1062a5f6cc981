//! What is wrong with a document as it is written, and what is odd: ids, references and ranges.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::day;
use crate::findings::{Finding, Findings, KnownIds, Rule, Violations};
use crate::path::{Place, Segment};
use crate::record::Record;
use crate::schedule::{FEW, Ids, size};
use crate::terms::spelling::is_id;
use crate::terms::state_codes;
use crate::terms::{
    Amendment, Baseline, Change, Citation, Deadline, Effective, Event, Force, Limit, LimitKind, MAX_DEPTH, Party,
    Phase, Quantity, Residual, Role, Share, Terms,
};
use crate::wording::excerpt;

const FORMAT: u32 = 1;
/// The most phases, limits and forces of all versions, and the most parties times acts: all of them are kept.
const MOST: usize = 1 << 20;
/// The most wholes that a force is a part of, one within the other: each question about it asks all of them.
const MOST_WHOLES: usize = 16;

/// Refuses a document with too many acts.
pub(super) fn check_acts(terms: &Terms) -> Result<(), Violations> {
    // An act of a successor may count once more, from the day on which that has its place.
    let successors = terms.parties.iter().filter(|party| party.succeeds.is_some()).count();
    let named = terms.record.iter().filter(|_| successors > 0).map(|act| act.parties.len());
    let acts = named.fold(successors.saturating_add(terms.record.len()), usize::saturating_add);
    at_most(MOST, "record", "the parties times the acts", terms.parties.len().saturating_mul(acts))
}

/// Refuses a document with a force within too many wholes.
pub(super) fn check_wholes(terms: &Terms) -> Result<(), Violations> {
    if terms.all_forces().all(|force| force.part_of.is_none()) {
        return Ok(());
    }
    let forces: Vec<&Force> = terms.all_forces().collect();
    let ids = Ids::new(forces.iter().map(|force| force.id.as_str()));
    let mut depths: Vec<Option<usize>> = vec![None; forces.len()];
    for start in 0..forces.len() {
        let (mut walk, mut next) = (Vec::new(), Some(start));
        // A circle ends where it was entered.
        while let Some((at, free @ None)) = next.and_then(|at| Some((at, depths.get_mut(at)?))) {
            *free = Some(0);
            walk.push(at);
            next = forces.get(at).and_then(|force| ids.get(force.part_of.as_deref()?));
        }
        let above = next.and_then(|at| *depths.get(at)?).map_or(0, |above| above.saturating_add(1));
        for (depth, at) in (above..).zip(walk.into_iter().rev()) {
            depths.get_mut(at).into_iter().for_each(|known| *known = Some(depth));
        }
    }
    let most = depths.into_iter().flatten().max().unwrap_or(0);
    at_most(MOST_WHOLES, "forces", "the wholes of a force, one within the other,", most)
}

/// Refuses a document of which too much would have to be kept for its versions.
pub(super) fn check_versions(terms: &Terms, record: &Record) -> Result<(), Violations> {
    let found = if terms.amendments.is_empty() { 0 } else { size::of_all_versions(terms, record) };
    at_most(MOST, "amendments", "the phases, limits and forces of all versions", found)
}

fn at_most(most: usize, place: &'static str, what: &'static str, found: usize) -> Result<(), Violations> {
    let too_large = || Violations::new(vec![Finding::new(place, Rule::DocumentTooLarge { what, found, most })], []);
    if found > most { Err(too_large()) } else { Ok(()) }
}

/// Finds everything that does not depend on versions or days, in one walk.
pub(super) fn check(terms: &Terms, findings: &mut Findings) {
    let parties = Ids::new(terms.parties.iter().map(|party| party.id.as_str()));
    let sources = terms.sources.keys().map(|key| (key.as_str(), false)).collect();
    let wholes = terms.all_forces().filter_map(|force| force.part_of.as_deref()).collect();
    Checker { terms, findings, parties, wholes, sources }.document();
}

struct Checker<'t, 'o> {
    terms: &'t Terms,
    findings: &'o mut Findings,
    parties: Ids<'t>,
    /// The ids of forces that another is a part of, in any version.
    wholes: HashSet<&'t str>,
    /// The keys of the sources in their order, each with whether it was cited.
    sources: Vec<(&'t str, bool)>,
}

impl Checker<'_, '_> {
    fn report(&mut self, below: impl Into<Place>, rule: Rule) {
        self.findings.push(below, rule);
    }

    #[inline]
    fn check(&mut self, field: &'static str, mistake: Option<Rule>) {
        if let Some(rule) = mistake {
            self.report(field, rule);
        }
    }

    /// Checks a part with its place entered.
    fn within(&mut self, field: &'static str, check: impl FnOnce(&mut Self)) {
        let entered = self.findings.enter(Segment::Field(field));
        check(self);
        self.findings.leave(entered, || Segment::Field(field));
    }

    /// Checks each member of a list with its place entered.
    fn each<'m, T>(&mut self, field: &'static str, members: &'m [T], mut check: impl FnMut(&mut Self, &'m T)) {
        self.within(field, |this| {
            for (index, member) in members.iter().enumerate() {
                let entered = this.findings.enter(Segment::Index(index));
                check(this, member);
                this.findings.leave(entered, || Segment::Index(index));
            }
        });
    }

    /// Checks each member of a list whose ids are unique.
    fn each_unique<'m, T>(
        &mut self,
        (field, kind): (&'static str, &'static str),
        members: &'m [T],
        id: impl Fn(&'m T) -> &'m str,
        mut check: impl FnMut(&mut Self, &'m T),
    ) {
        let mut seen = HashSet::new();
        self.each(field, members, |this, member| {
            this.check("id", id_mistake(id(member)));
            let mut before = members.iter().take_while(|other| !std::ptr::eq(*other, member));
            let is_new =
                if members.len() > FEW { seen.insert(id(member)) } else { before.all(|other| id(other) != id(member)) };
            if !is_new {
                this.report("id", Rule::DuplicateId { kind, id: excerpt(id(member)) });
            }
            check(this, member);
        });
    }

    fn document(&mut self) {
        let terms = self.terms;
        let unknown_format = terms.format.filter(|&format| format != FORMAT);
        self.check("format", unknown_format.map(|format| Rule::UnknownFormat { format }));
        self.check("id", terms.id.as_deref().and_then(id_mistake));
        self.check("title", terms.title.trim().is_empty().then_some(Rule::EmptyTitle));
        for (field, id, expected) in [
            ("pax", terms.pax, "a PA-X agreement id, from 1"),
            ("ucdp", terms.ucdp, "a UCDP peace agreement id, from 1"),
            ("pam", terms.pam, "a Peace Accords Matrix case id, from 1"),
        ] {
            self.check(field, number_mistake(id, 1..=u32::MAX, expected));
        }
        for (list, is_empty) in [
            ("parties", terms.parties.is_empty()),
            ("forces", terms.forces.is_empty()),
            ("phases", terms.phases.is_empty()),
        ] {
            self.check(list, is_empty.then_some(Rule::EmptyList { list }));
        }
        self.each_unique(("parties", "party"), &terms.parties, |party| &party.id, Self::party);
        for (role, rule) in [(Role::Sending, Rule::NoSendingParty), (Role::Receiving, Rule::NoReceivingParty)] {
            let is_none = terms.parties.iter().all(|party| party.role != role);
            self.check("parties", is_none.then_some(rule));
        }
        self.each_unique(("forces", "force"), &terms.forces, |force| &force.id, Self::force);
        self.each_unique(("phases", "phase"), &terms.phases, |phase| &phase.id, Self::phase);
        self.residuals(&terms.residual);
        self.each("record", &terms.record, |this, act| this.cited(&act.source));
        self.each("amendments", &terms.amendments, Self::amendment);
        self.amendment_order();
        self.sources();
    }

    /// Comes last, when all that is cited was seen.
    fn sources(&mut self) {
        for (key, source) in &self.terms.sources {
            let place = || Place::from("sources").then(Segment::key(key));
            if let Some(rule) = id_mistake(key) {
                self.report(place(), rule);
            }
            if let Some(rule) = source.published.and_then(day_mistake) {
                self.report(place().field("published"), rule);
            }
        }
        for (key, _) in std::mem::take(&mut self.sources).into_iter().filter(|(_, is_cited)| !is_cited) {
            self.report(Place::from("sources").then(Segment::key(key)), Rule::UncitedSource { source: key.to_owned() });
        }
    }

    fn party(&mut self, party: &Party) {
        if let Some(code) = party.iso3.as_deref().filter(|code| !state_codes::is_iso3(code)) {
            let expected = "an assigned ISO 3166-1 alpha-3 code, such as \"USA\"";
            self.report("iso3", Rule::UnknownIdentifier { found: format!("{:?}", excerpt(code)), expected });
        }
        let state = |code, expected| number_mistake(code, state_codes::STATES, expected);
        self.check("cow", state(party.cow, "a Correlates of War country code, from 2 to 990"));
        self.check("gw", state(party.gw, "a Gleditsch-Ward country code, from 2 to 990"));
        self.party_known("succeeds", party.succeeds.as_deref());
        match (&party.succeeds, party.since) {
            (Some(_), None) => self.report("since", Rule::MissingField { field: "since" }),
            (None, Some(_)) => self.report("succeeds", Rule::MissingField { field: "succeeds" }),
            _ => self.check("since", party.since.and_then(day_mistake)),
        }
        self.ids("domestic_steps", &party.domestic_steps);
        self.cited(&party.source);
    }

    fn force(&mut self, force: &Force) {
        self.party_known("party", force.party.as_deref());
        if force.sum_of_parts && !self.wholes.contains(force.id.as_str()) {
            self.report("sum_of_parts", Rule::SumWithoutParts { force: excerpt(&force.id) });
        }
        if let Some(baseline) = &force.baseline {
            self.baseline(baseline);
        }
        self.cited(&force.source);
    }

    fn baseline(&mut self, baseline: &Baseline) {
        self.within("baseline", |this| {
            this.check("strength", quantity_mistake(&baseline.strength));
            this.check("as_of", day_mistake(baseline.as_of));
            this.cited(&baseline.source);
        });
    }

    fn phase(&mut self, phase: &Phase) {
        self.deadline("by", Some(&phase.by));
        self.deadline("from", phase.from.as_ref());
        self.limits(&phase.limits);
        self.check("done", phase.done.as_deref().and_then(id_mistake));
        self.ids("conditions", &phase.conditions);
        self.cited(&phase.source);
    }

    fn limits(&mut self, limits: &[Limit]) {
        self.each("limits", limits, Self::limit);
    }

    fn limit(&mut self, limit: &Limit) {
        let field = limit.kind.field();
        let floor = match limit.kind {
            LimitKind::Remain(floor @ (Quantity::AtLeast(_) | Quantity::MoreThan(_))) => Some(floor.to_string()),
            LimitKind::RemainShare(floor @ (Share::AtLeast(_) | Share::MoreThan(_))) => Some(floor.to_string()),
            _ => None,
        };
        self.check(field, floor.map(|limit| Rule::FloorIsNoCeiling { limit }));
        match limit.kind {
            LimitKind::Remain(quantity) | LimitKind::Withdraw(quantity) | LimitKind::Withdrawn(quantity) => {
                self.check(field, quantity_mistake(&quantity));
            }
            LimitKind::RemainShare(share) | LimitKind::WithdrawShare(share) | LimitKind::WithdrawnShare(share) => {
                self.check(field, share_mistake(&share));
            }
        }
        self.findings.report_waiting_here();
        self.cited(&limit.source);
    }

    fn residuals(&mut self, residuals: &[Residual]) {
        self.each("residual", residuals, |this, residual| {
            this.check("strength", quantity_mistake(&residual.strength));
            this.deadline("until", residual.until.as_ref());
            this.cited(&residual.source);
        });
    }

    fn amendment(&mut self, amendment: &Amendment) {
        self.check("adopted", day_mistake(amendment.adopted));
        match &amendment.effective {
            Some(Effective::On(day)) => self.check("effective", day_mistake(*day)),
            Some(Effective::After { event: Event::Phase(id), .. }) => {
                self.report("effective", Rule::EffectiveWithPhase { phase: excerpt(id) });
            }
            Some(Effective::After { event, .. }) => self.event("effective", event),
            None => {}
        }
        self.party_known("unilateral", amendment.unilateral.as_deref());
        self.each("changes", &amendment.changes, Self::change);
        self.cited(&amendment.source);
    }

    fn change(&mut self, change: &Change) {
        match change {
            Change::Phase(fields) => {
                self.deadline("by", fields.by.as_ref());
                self.deadline("from", fields.from.iter().flatten().next());
                self.limits(fields.limits.as_deref().unwrap_or_default());
                self.check("done", fields.done.iter().flatten().find_map(|done| id_mistake(done)));
                self.ids("conditions", fields.conditions.as_deref().unwrap_or_default());
            }
            Change::Add { add, .. } => self.within("add", |this| {
                this.check("id", id_mistake(&add.id));
                this.phase(add);
            }),
            Change::Drop { .. } => {}
            Change::Residual { residual } => self.residuals(residual),
            Change::AddForce { add_force } => self.within("add_force", |this| {
                this.check("id", id_mistake(&add_force.id));
                this.force(add_force);
            }),
            Change::Baseline { baseline } => self.baseline(&baseline.baseline),
        }
    }

    /// In the order in which amendments take effect, none is adopted before the one before it. Those that take effect
    /// with an event are passed over.
    fn amendment_order(&mut self) {
        let mut order: Vec<_> = self.terms.amendments.iter().enumerate().collect();
        order.retain(|(_, amendment)| amendment.effective_day().is_some());
        order.sort_by_key(|(_, amendment)| amendment.effective_day());
        let mut latest = None;
        for (index, amendment) in order {
            match latest {
                Some(before) if amendment.adopted < before => {
                    let adopted = day::Iso(amendment.adopted).to_string();
                    let before = day::Iso(before).to_string();
                    let place = Place::from("amendments").index(index).field("adopted");
                    self.report(place, Rule::AmendmentsOutOfOrder { adopted, before });
                }
                _ => latest = Some(amendment.adopted),
            }
        }
    }

    fn ids(&mut self, field: &'static str, ids: &[String]) {
        for (index, id) in ids.iter().enumerate() {
            if let Some(rule) = id_mistake(id) {
                self.report(Place::from(field).index(index), rule);
            }
        }
    }

    fn party_known(&mut self, field: &'static str, id: Option<&str>) {
        if let Some(id) = id.filter(|id| self.parties.get(id).is_none()) {
            let rule = Rule::unknown_party(id, self.terms.parties.iter().map(|party| party.id.as_str()));
            self.report(field, rule);
        }
    }

    fn cited(&mut self, citations: &[Citation]) {
        for (index, citation) in citations.iter().enumerate() {
            let found = self.sources.binary_search_by_key(&citation.source.as_str(), |(key, _)| key);
            if let Some((_, is_cited)) = found.ok().and_then(|at| self.sources.get_mut(at)) {
                *is_cited = true;
            } else {
                let known = KnownIds::new(&citation.source, self.terms.sources.keys().map(String::as_str));
                let id = excerpt(&citation.source);
                let place = Place::from("source");
                let place = match citations {
                    [Citation { clause: None, quote: None, .. }] => place,
                    _ => place.index(index).field("source"),
                };
                self.report(place, Rule::UnknownSource { id, known });
            }
        }
    }

    fn event(&mut self, field: &'static str, event: &Event) {
        match event {
            Event::Day(day) => self.check(field, day_mistake(*day)),
            Event::Named(name) => self.check(field, id_mistake(name)),
            _ => {}
        }
    }

    /// The shape of a deadline; what it comes to is checked where it is resolved.
    fn deadline(&mut self, field: &'static str, deadline: Option<&Deadline>) {
        let nested = deadline.filter(|deadline| !matches!(deadline, Deadline::Period(_) | Deadline::Open));
        let Some(deadline) = nested else { return };
        let mut left = vec![(deadline, 0_usize)];
        while let Some((deadline, depth)) = left.pop() {
            match deadline {
                Deadline::Any(members) | Deadline::Earliest(members) | Deadline::Latest(members) => {
                    if members.is_empty() {
                        self.report(field, Rule::EmptyList { list: "a list of deadlines" });
                    }
                    if depth >= MAX_DEPTH {
                        self.report(field, Rule::DeadlineTooDeep { deepest: MAX_DEPTH });
                        return;
                    }
                    left.extend(members.iter().map(|member| (member, depth.saturating_add(1))));
                }
                Deadline::After { event, .. } | Deadline::Before { event, .. } => self.event(field, event),
                Deadline::Period(_) | Deadline::Open => {}
            }
        }
    }
}

#[inline]
fn id_mistake(id: &str) -> Option<Rule> {
    (!is_id(id)).then(|| Rule::MalformedId { found: excerpt(id) })
}

/// What is wrong with an id or code of another data set that is a number.
#[inline]
fn number_mistake(id: Option<u32>, range: RangeInclusive<u32>, expected: &'static str) -> Option<Rule> {
    let unknown = id.filter(|id| !range.contains(id))?;
    Some(Rule::UnknownIdentifier { found: unknown.to_string(), expected })
}

#[inline]
fn day_mistake(day: NaiveDate) -> Option<Rule> {
    (!day::is_in_range(day)).then(|| Rule::DateOutOfRange { date: day.to_string() })
}

#[inline]
pub(crate) fn quantity_mistake(quantity: &Quantity) -> Option<Rule> {
    quantity.band().is_none().then(|| Rule::QuantityOutOfRange { quantity: quantity.to_string() })
}

pub(crate) fn share_mistake(share: &Share) -> Option<Rule> {
    share.bounds().is_none().then(|| Rule::ShareOutOfRange { share: share.to_string() })
}
