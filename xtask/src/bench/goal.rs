//! A figure and the goal that it is held against.

use serde::Serialize;

/// Which way is better.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// The goal is the most.
    AtMost,
    /// The goal is the least.
    AtLeast,
}

/// One figure.
#[derive(Serialize)]
pub struct Figure {
    /// What was measured.
    pub name: String,
    /// What came out.
    pub measured: f64,
    /// What it should be.
    pub goal: f64,
    /// Which way.
    pub bound: Bound,
    /// What both are counted in.
    pub unit: &'static str,
}

impl Figure {
    /// A figure that should not be above `goal`.
    pub fn at_most(name: impl Into<String>, measured: f64, goal: f64, unit: &'static str) -> Self {
        Self { name: name.into(), measured, goal, bound: Bound::AtMost, unit }
    }

    /// A figure that should not be below `goal`.
    pub fn at_least(name: impl Into<String>, measured: f64, goal: f64, unit: &'static str) -> Self {
        Self { name: name.into(), measured, goal, bound: Bound::AtLeast, unit }
    }

    /// Whether the goal is met.
    pub fn is_met(&self) -> bool {
        match self.bound {
            Bound::AtMost => self.measured <= self.goal,
            Bound::AtLeast => self.measured >= self.goal,
        }
    }
}

/// The middle of these; of an even number, the higher of the two in the middle. 0 of none.
pub fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of.get(of.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_are_met_up_to_the_bound() {
        assert!(Figure::at_most("a", 150.0, 150.0, "ms").is_met());
        assert!(!Figure::at_most("a", 150.1, 150.0, "ms").is_met());
        assert!(Figure::at_least("a", 98.0, 98.0, "").is_met());
        assert!(!Figure::at_least("a", 97.0, 98.0, "").is_met());
    }

    #[test]
    fn the_middle_is_not_moved_by_one_slow_run() {
        assert!((median(vec![9000.0, 3.0, 1.0]) - 3.0).abs() < f64::EPSILON);
        assert!(median(Vec::new()).abs() < f64::EPSILON);
    }
}
