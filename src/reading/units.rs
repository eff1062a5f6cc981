//! What numbers are of: the word after a number, compared with what its force counts.

use super::value::Read;
use crate::findings::{Findings, Rule};
use crate::path::{Place, Segment};
use crate::terms::{Change, Force, Limit, Terms, is_of};
use crate::wording::excerpt;

/// Forgets the words after numbers that say what their forces count, and those after numbers of an unknown force.
pub(super) fn settle<T: Read>(whole: Option<&T>, findings: &mut Findings) {
    findings.settle(|place, rule| {
        let Rule::OtherUnit { found, unit, .. } = rule else { return true };
        let counted = whole.and_then(|whole| whole.unit_at(place));
        let Some(counted) = counted.filter(|counted| !is_of(found, counted)) else { return false };
        *unit = excerpt(counted);
        true
    });
}

impl Terms {
    /// The unit of the force whose number is at a place; `None` where the force is not known.
    pub(super) fn unit_of_number(&self, place: &Place) -> Option<&str> {
        use Segment::{Field, Index};
        let limit = |limits: &'_ [Limit], rest: &[Segment]| match rest {
            [Field("limits"), Index(at), ..] => limits.get(*at).map(|limit| limit.force.clone()),
            _ => None,
        };
        let force = match place.segments() {
            [Field("forces"), Index(at), ..] => return self.forces.get(*at).map(Force::unit),
            [Field("phases"), Index(at), rest @ ..] => limit(&self.phases.get(*at)?.limits, rest)?,
            [Field("residual"), Index(at), ..] => self.residual.get(*at)?.force.clone(),
            [Field("amendments"), Index(amendment), _, Index(at), rest @ ..] => {
                match (self.amendments.get(*amendment)?.changes.get(*at)?, rest) {
                    (Change::Phase(change), rest) => limit(change.limits.as_deref()?, rest)?,
                    (Change::Add { add, .. }, [_, rest @ ..]) => limit(&add.limits, rest)?,
                    (Change::Residual { residual }, [_, Index(at), ..]) => residual.get(*at)?.force.clone(),
                    (Change::AddForce { add_force }, _) => return Some(add_force.unit()),
                    (Change::Baseline { baseline }, _) => baseline.force.clone(),
                    _ => return None,
                }
            }
            _ => return None,
        };
        match (force, self.forces.as_slice()) {
            (None, [only]) => Some(only.unit()),
            (None, _) => None,
            (Some(id), _) => self.all_forces().find(|force| force.id == id).map(Force::unit),
        }
    }
}
