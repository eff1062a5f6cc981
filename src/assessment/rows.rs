//! What is judged: each limit and each `done` event of each phase, in every version.

use std::collections::{HashMap, HashSet};

use crate::day::Window;
use crate::record::Record;
use crate::schedule::consolidated_text::ConsolidatedText;
use crate::schedule::consolidation::Consolidation;
use crate::schedule::findings::Findings;
use crate::schedule::phase_text::PhaseText;
use crate::schedule::{Due, Dues};
use crate::terms::Standing;

/// One thing that is judged.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Key<'a> {
    pub(super) phase: &'a str,
    /// The index of the force; `None` for the `done` event.
    pub(super) force: Option<usize>,
}

/// One thing that is judged, as one version has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    pub(super) key: Key<'a>,
    pub(super) standing: Standing,
    /// The event that completes it.
    pub(super) done: Option<&'a str>,
}

impl<'a> Consolidation<'a> {
    /// When the `done` event of a phase is due, for each phase and standing that has one.
    pub(super) fn dues(&self, rows: &[Row<'a>], record: &Record) -> HashMap<&'a str, Due> {
        let mut dues = HashMap::new();
        for standing in [Standing::Binding, Standing::Envisaged] {
            let wanted: HashSet<&str> = rows
                .iter()
                .filter(|row| row.done.is_some() && row.standing == standing)
                .map(|row| row.key.phase)
                .collect();
            if wanted.is_empty() {
                continue;
            }
            let text = self.of(standing);
            let resolved = Dues::new(text, record, &mut Findings::default());
            let of_phase = |(index, phase): (usize, &PhaseText<'a>)| Some((phase.id, resolved.get(index)?.due.clone()));
            let known = text.phases.iter().enumerate().filter(|(_, phase)| wanted.contains(phase.id));
            dues.extend(known.filter_map(of_phase));
        }
        dues
    }

    /// The windows of every phase, with and without unilateral amendments.
    pub(super) fn windows(&self, record: &Record) -> Vec<Window> {
        let texts = std::iter::once(&self.full).chain(&self.agreed);
        let windows = |text: &ConsolidatedText<'a>| {
            let dues = Dues::new(text, record, &mut Findings::default());
            let windows = (0..text.phases.len()).filter_map(|phase| dues.get(phase)?.due.window());
            windows.collect::<Vec<_>>()
        };
        texts.flat_map(windows).collect()
    }

    /// What is judged in this version, in document order.
    pub(super) fn rows(&self) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        let mut push = |text: &ConsolidatedText<'a>,
                        phase: &PhaseText<'a>,
                        standing: Standing,
                        seen: &mut HashSet<Option<usize>>| {
            for limit in phase.limits {
                if let Some(force) = text.force(limit.force.as_deref())
                    && seen.insert(Some(force))
                {
                    let key = Key { phase: phase.id, force: Some(force) };
                    rows.push(Row { key, standing, done: None });
                }
            }
            if let Some(done) = phase.done
                && seen.insert(None)
            {
                let key = Key { phase: phase.id, force: None };
                rows.push(Row { key, standing, done: Some(done) });
            }
        };
        let mut seen = HashSet::new();
        let Some(agreed) = &self.agreed else {
            for phase in &self.full.phases {
                seen.clear();
                push(&self.full, phase, phase.standing, &mut seen);
            }
            return rows;
        };
        let binding: HashSet<&str> =
            agreed.phases.iter().filter(|phase| phase.standing == Standing::Binding).map(|phase| phase.id).collect();
        let own = self.full.phases.iter().filter(|phase| !binding.contains(phase.id));
        let theirs = agreed.phases.iter().filter(|phase| binding.contains(phase.id));
        for phase in theirs {
            seen.clear();
            push(agreed, phase, Standing::Binding, &mut seen);
        }
        for phase in own {
            seen.clear();
            push(&self.full, phase, Standing::Envisaged, &mut seen);
        }
        rows
    }
}
