//! From days and people to pixels, and the ticks of the axes.

use crate::day;

/// Days from left to right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    /// The day numbers at the left and the right edge.
    pub(super) first: i32,
    pub(super) last: i32,
    pub(super) left: f64,
    pub(super) right: f64,
}

impl Days {
    pub(super) fn x(&self, day: i32) -> f64 {
        let span = f64::from(self.last) - f64::from(self.first);
        let share = (f64::from(day) - f64::from(self.first)) / f64::max(span, 1.0);
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// From the first to the last of some days, at least so wide that it is seen.
    pub(super) fn ends(&self, [first, last]: [i32; 2]) -> (f64, f64) {
        let (left, right) = (self.x(first), self.x(last.saturating_add(1)));
        if right - left < 3.0 { (right - 3.0, right) } else { (left, right) }
    }

    /// The middle between both ends of some days.
    pub(super) fn middle(&self, days: [i32; 2]) -> f64 {
        let (left, right) = self.ends(days);
        f64::midpoint(left, right)
    }

    /// A column from which on so much room is within the days, as near to another as it can be.
    pub(super) fn within(&self, column: f64, room: f64) -> f64 {
        column.clamp(self.left, f64::max(self.right - room, self.left))
    }

    /// Columns and labels, at least so many pixels apart.
    pub(super) fn ticks(&self, apart: f64) -> Vec<(f64, String)> {
        let per_day = (self.right - self.left) / f64::max(f64::from(self.last) - f64::from(self.first), 1.0);
        let day_step = [1_u16, 2, 7, 14].into_iter().find(|&step| f64::from(step) * per_day >= apart);
        if let Some(step) = day_step {
            return self.day_ticks(step);
        }
        let steps = [1_u16, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];
        let step = steps.into_iter().find(|&step| f64::from(step) * 30.4 * per_day >= apart);
        self.month_ticks(step.unwrap_or(2400))
    }

    fn day_ticks(&self, step: u16) -> Vec<(f64, String)> {
        let mut ticks = Vec::new();
        let mut year = None;
        for number in (self.first..=self.last).step_by(usize::from(step)) {
            let Some((y, m, d)) = day::from_day_number(number).map(day::parts) else { break };
            let label = format!("{d} {}", short_month(m));
            let label = if year == Some(y) { label } else { format!("{label} {y}") };
            year = Some(y);
            ticks.push((self.x(number), label));
        }
        ticks
    }

    fn month_ticks(&self, step: u16) -> Vec<(f64, String)> {
        let mut ticks: Vec<(f64, String)> = Vec::new();
        let Some((year, ..)) = day::from_day_number(self.first).map(day::parts) else { return ticks };
        // Whole steps of years are at years that they divide.
        let years = (step / 12).max(1);
        let since_step = u16::try_from(year).unwrap_or(1).checked_rem(years).unwrap_or(0);
        let start = u16::try_from(year).unwrap_or(1).saturating_sub(since_step).max(1);
        let mut next = day::first_day_of_month(start, 1);
        while let Some(first) = next.filter(|&first| day::day_number(first) <= self.last) {
            if day::day_number(first) >= self.first {
                let (y, m, _) = day::parts(first);
                let label = match m {
                    1 => y.to_string(),
                    m if ticks.is_empty() => format!("{} {y}", short_month(m)),
                    m => short_month(m).to_owned(),
                };
                ticks.push((self.x(day::day_number(first)), label));
            }
            next = day::plus_months(first, u64::from(step));
        }
        ticks
    }
}

/// People from bottom to top.
#[derive(Clone, Copy, Debug)]
pub(super) struct People {
    pub(super) most: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl People {
    /// Up to a number, with room above it.
    pub(super) fn new(most: u32, top: f64, bottom: f64) -> Self {
        Self { most: f64::max(f64::from(most) * 1.12, 1.0), top, bottom }
    }

    pub(super) fn y(&self, people: u32) -> f64 {
        let share = (f64::from(people) / self.most).clamp(0.0, 1.0);
        self.bottom - share * (self.bottom - self.top)
    }

    /// An open end lies at the top.
    pub(super) fn y_or_top(&self, people: Option<u32>) -> f64 {
        people.map_or(self.top, |people| self.y(people))
    }

    /// Round numbers, at least so many pixels apart.
    pub(super) fn ticks(&self, apart: f64) -> Vec<u32> {
        if self.most <= 1.0 {
            return vec![0];
        }
        let enough = |step: &u32| f64::from(*step) / self.most * (self.bottom - self.top) >= apart;
        let steps = (0..10).flat_map(|power| [1, 2, 5].map(|digit| 10_u32.saturating_pow(power).saturating_mul(digit)));
        let Some(step) = steps.into_iter().find(enough) else { return vec![0] };
        let up = std::iter::successors(Some(0_u32), |tick| tick.checked_add(step));
        up.take_while(|&tick| f64::from(tick) <= self.most).collect()
    }
}

fn short_month(month: u32) -> &'static str {
    day::month_name(month).get(..3).unwrap_or_default()
}
