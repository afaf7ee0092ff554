//! Two things measured in turn, so that whatever else the machine does weighs on both.

use std::hint::black_box;
use std::time::Instant;

/// Rounds; each measures both once.
const ROUNDS: usize = 101;
/// What one measurement shall take, in nanoseconds.
const BATCH_NS: u128 = 2_000_000;

/// Medians of all rounds.
struct Measured {
    baseline_ns: f64,
    case_ns: f64,
    /// The median of the ratios of each round.
    ratio: f64,
    /// Allocations of one call.
    allocations: u64,
}

struct Comparison {
    name: String,
    baseline: &'static str,
    goal: Option<f64>,
    measured: Measured,
}

/// Measures `case` beside `baseline`. Both give true, or the measurement is of nothing.
fn beside(baseline: &dyn Fn() -> bool, case: &dyn Fn() -> bool) -> Measured {
    let allocations = allocation_counter::measure(|| assert!(case())).count_total;
    let (few, many) = (calls(baseline), calls(case));
    let rounds: Vec<(f64, f64)> =
        (0..ROUNDS).map(|_| (time(baseline, few), time(case, many))).collect();
    let column = |of: fn(&(f64, f64)) -> f64| median(rounds.iter().map(of).collect());
    Measured {
        baseline_ns: column(|round| round.0),
        case_ns: column(|round| round.1),
        ratio: column(|round| round.1 / round.0),
        allocations,
    }
}

fn calls(work: &dyn Fn() -> bool) -> u32 {
    let mut calls = 1;
    loop {
        let started = Instant::now();
        run(work, calls);
        if started.elapsed().as_nanos() >= BATCH_NS {
            return calls;
        }
        calls *= 2;
    }
}

fn run(work: &dyn Fn() -> bool, calls: u32) {
    for _ in 0..calls {
        assert!(black_box(work()));
    }
}

fn time(work: &dyn Fn() -> bool, calls: u32) -> f64 {
    let started = Instant::now();
    run(work, calls);
    started.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// What is printed.
#[derive(Default)]
pub struct Table(Vec<Comparison>);

/// Whether `name` is asked for: words of the command line that it holds, or none given.
fn is_wanted(name: &str) -> bool {
    let mut words = std::env::args().skip(1).filter(|word| !word.starts_with('-')).peekable();
    words.peek().is_none() || words.any(|word| name.contains(&word))
}

impl Table {
    /// Measures `case` beside `baseline`, if it is asked for.
    pub fn measure(
        &mut self,
        name: String,
        baseline: &'static str,
        goal: Option<f64>,
        [bare, case]: [&dyn Fn() -> bool; 2],
    ) {
        if is_wanted(&name) {
            self.0.push(Comparison { name, baseline, goal, measured: beside(bare, case) });
        }
    }

    pub fn print(&self) {
        println!(
            "{:28} {:>10} {:>12} {:>6} {:>6} {:>7}  beside",
            "verification", "µs", "baseline µs", "ratio", "goal", "allocs"
        );
        for Comparison { name, baseline, goal, measured } in &self.0 {
            let goal = goal.map_or(String::new(), |goal| format!("{goal:.2}"));
            println!(
                "{name:28} {:>10.2} {:>12.2} {:>6.2} {goal:>6} {:>7}  {baseline}",
                measured.case_ns / 1e3,
                measured.baseline_ns / 1e3,
                measured.ratio,
                measured.allocations,
            );
        }
    }
}
