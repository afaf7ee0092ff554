//! Things measured in turn, so that whatever else the machine does weighs on all of them.

use std::hint::black_box;
use std::time::Instant;

use serde_json::{Value, json};

/// Rounds; each measures everything once.
const ROUNDS: usize = 101;
/// What one measurement shall take, in nanoseconds.
const BATCH_NS: u128 = 2_000_000;

/// Something to be measured. It gives true, or the measurement is of nothing.
pub type Work<'a> = &'a dyn Fn() -> bool;

/// One thing beside others.
struct Row {
    name: String,
    /// In nanoseconds: the median of all rounds.
    case_ns: f64,
    /// What it is beside, and the medians of theirs and of the ratios of each round.
    beside: Vec<(&'static str, f64, f64)>,
    /// The most that the last ratio should be.
    goal: Option<f64>,
    /// Allocations of one call.
    allocations: u64,
}

fn calls(work: Work<'_>) -> u32 {
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

fn run(work: Work<'_>, calls: u32) {
    for _ in 0..calls {
        assert!(black_box(work()));
    }
}

fn time(work: Work<'_>, calls: u32) -> f64 {
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
pub struct Table(Vec<Row>);

/// Words of the command line that are no options: a row is asked for that holds one of them, or
/// every row if there are none.
fn is_wanted(name: &str) -> bool {
    let mut words = std::env::args().skip(1).filter(|word| !word.starts_with('-')).peekable();
    words.peek().is_none() || words.any(|word| name.contains(&word))
}

impl Table {
    /// Measures `case` beside the others, if it is asked for. The goal is for the last of them.
    pub fn measure(
        &mut self,
        name: String,
        case: Work<'_>,
        others: &[(&'static str, Work<'_>)],
        goal: Option<f64>,
    ) {
        if !is_wanted(&name) {
            return;
        }
        // The first one of all may leave something behind for the others.
        assert!(case());
        let allocations = allocation_counter::measure(|| assert!(case())).count_total;
        let many = calls(case);
        let few: Vec<u32> = others.iter().map(|(_, other)| calls(*other)).collect();
        let mut cases = Vec::with_capacity(ROUNDS);
        let mut measured = vec![Vec::with_capacity(ROUNDS); others.len()];
        for _ in 0..ROUNDS {
            for ((times, (_, other)), calls) in measured.iter_mut().zip(others).zip(&few) {
                times.push(time(*other, *calls));
            }
            cases.push(time(case, many));
        }
        let beside = others.iter().zip(measured).map(|((what, _), times)| {
            let ratios = cases.iter().zip(&times).map(|(case, other)| case / other).collect();
            (*what, median(times), median(ratios))
        });
        let beside = beside.collect();
        self.0.push(Row { name, case_ns: median(cases), beside, goal, allocations });
    }

    /// Everything, for a program.
    pub fn to_json(&self) -> Value {
        let row = |row: &Row| {
            let beside = row
                .beside
                .iter()
                .map(|(what, ns, ratio)| json!({ "what": what, "us": ns / 1e3, "ratio": ratio }));
            json!({
                "name": row.name,
                "us": row.case_ns / 1e3,
                "beside": beside.collect::<Vec<_>>(),
                "goal": row.goal,
                "allocations": row.allocations,
            })
        };
        self.0.iter().map(row).collect()
    }

    pub fn print(&self) {
        println!("{:44} {:>9} {:>7}  beside", "", "µs", "allocs");
        for Row { name, case_ns, beside, goal, allocations } in &self.0 {
            let beside: Vec<String> = beside
                .iter()
                .map(|(what, ns, ratio)| format!("{ratio:.2} × {what} ({:.1} µs)", ns / 1e3))
                .collect();
            let goal = goal.map_or(String::new(), |goal| format!("; goal {goal:.2}"));
            let (us, beside) = (case_ns / 1e3, beside.join(", "));
            println!("{name:44} {us:>9.2} {allocations:>7}  {beside}{goal}");
        }
    }
}
