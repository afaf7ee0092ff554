//! `cargo xtask bench`: what is measured, and against which goals.

use anyhow::Result;
use clap::Subcommand;

use crate::stage::Stages;

mod fleet;
mod goal;
mod hot;
mod record;
mod report;
mod walks;
mod web;

/// What is measured.
#[derive(Subcommand)]
pub enum Benchmark {
    /// One appraisal, steady and full, and its parts, beside what the library's own operations cost;
    /// as ratios to a baseline in the same run.
    Hot(hot::Options),
    /// Recording appraisals in full: many together beside each by itself, in one run.
    Record,
    /// Monitor > Security of a large fleet in Chromium, slowed down four times, and Lighthouse.
    Web(web::Options),
    /// The server with a hundred thousand hosts: rate, cost, memory, restart, actions in bulk.
    Fleet(fleet::Options),
    /// How many interactions an operator needs to find why 412 of 10,000 hosts are red, and to deal
    /// with them; and how long it takes.
    Walks(walks::Options),
}

/// Runs one.
pub fn run(stages: &mut Stages, what: &Benchmark) -> Result<()> {
    match what {
        Benchmark::Hot(options) => hot::run(stages, options),
        Benchmark::Record => record::run(stages),
        Benchmark::Web(options) => web::run(stages, options),
        Benchmark::Fleet(options) => fleet::run(stages, options),
        Benchmark::Walks(options) => walks::run(stages, options),
    }
}
