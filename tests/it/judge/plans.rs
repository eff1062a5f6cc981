//! The planned path of one force, day by day, from the words of the design.

use super::readings::Days;

/// A day, and how many are to be left on it.
type Point = (i64, i64);

/// A milestone of a plan: its ends, and its due days.
pub(super) type Planned = ((i64, Option<i64>), Option<Days>);

/// What is planned: its two paths, each in steps and along lines, and the last day of them.
pub(super) struct Plan {
    lows: Vec<Point>,
    highs: Vec<Point>,
    last: Option<i64>,
}

impl Plan {
    /// From the baseline, if there is one, to the last milestone whose days are known before one of which they are not.
    pub(super) fn new(baseline: Option<Planned>, milestones: &[Planned]) -> Self {
        let as_of = baseline.and_then(|(_, due)| due).map(|due| due.0);
        let known: Vec<_> = milestones.iter().map_while(|(ends, due)| Some((*ends, (*due)?))).collect();
        let ends = known.len() < milestones.len();
        let last = known.last().map(|(_, due)| due.1).or(as_of);
        let all = || baseline.map(|(ends, due)| (ends, due.unwrap())).into_iter().chain(known.iter().copied());
        // None counts from before the baseline.
        let day = |day: i64| as_of.map_or(day, |as_of| day.max(as_of));
        let lows = all().map(|(ends, due)| (day(due.0), ends.0));
        let highs = all().filter_map(|(ends, due)| Some((day(due.1), ends.1?)));
        Self {
            lows: in_turn(&lows.collect::<Vec<_>>()),
            highs: in_turn(&highs.collect::<Vec<_>>()),
            last: if ends { last } else { Some(i64::MAX) },
        }
    }

    /// What is planned on a day, in steps or along a line.
    pub(super) fn on(&self, day: i64, is_line: bool) -> (Option<i64>, Option<i64>) {
        if self.last.is_none_or(|last| last < day) {
            return (None, None);
        }
        let high = value(&self.highs, day, is_line);
        let low = value(&self.lows, day, is_line);
        (low.map(|low| high.map_or(low, |high| low.min(high))), high)
    }
}

/// Without the points that are on the day of a later one, or after it.
fn in_turn(points: &[Point]) -> Vec<Point> {
    let is_passed = |place: usize| points[place + 1..].iter().any(|later| later.0 <= points[place].0);
    (0..points.len()).filter(|&place| !is_passed(place)).map(|place| points[place]).collect()
}

fn value(points: &[Point], day: i64, is_line: bool) -> Option<i64> {
    let place = points.iter().rposition(|point| point.0 <= day)?;
    let (from, to) = (points[place], points.get(place + 1));
    Some(match to {
        Some(to) if is_line => from.1 + ((to.1 - from.1) * (day - from.0)).div_euclid(to.0 - from.0),
        _ => from.1,
    })
}
