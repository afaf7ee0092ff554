//! Stages of a command: each is announced, timed and listed at the end.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

/// The stages so far.
#[derive(Default)]
pub struct Stages {
    done: Vec<Stage>,
}

struct Stage {
    name: String,
    took: Duration,
    passed: bool,
}

impl Stages {
    /// Runs one stage. Its failure carries its name.
    pub fn run<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        eprintln!("\n==> {name}");
        let start = Instant::now();
        let result = work();
        self.record(name, start.elapsed(), result.is_ok());
        result.with_context(|| format!("the stage \"{name}\" failed"))
    }

    /// Records a stage that was timed elsewhere, such as on another thread.
    pub fn record(&mut self, name: &str, took: Duration, passed: bool) {
        self.done.push(Stage { name: name.to_owned(), took, passed });
    }

    /// Takes over the stages of another list.
    pub fn append(&mut self, mut others: Self) {
        self.done.append(&mut others.done);
    }

    /// How many stages passed and failed.
    pub fn counts(&self) -> (usize, usize) {
        let passed = self.done.iter().filter(|stage| stage.passed).count();
        (passed, self.done.len() - passed)
    }

    /// Forgets the stages so far, once they have been printed.
    pub fn clear(&mut self) {
        self.done.clear();
    }

    /// Prints what took how long. Prints nothing if there was no stage.
    pub fn print(&self) {
        if self.done.is_empty() {
            return;
        }
        eprintln!("\n{:<34} {:>9}", "stage", "seconds");
        for stage in &self.done {
            let mark = if stage.passed { "" } else { "  FAILED" };
            eprintln!("{:<34} {:>9.1}{mark}", stage.name, stage.took.as_secs_f64());
        }
        let total: Duration = self.done.iter().map(|stage| stage.took).sum();
        eprintln!("{:<34} {:>9.1}", "all", total.as_secs_f64());
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn a_failed_stage_is_counted_and_named() {
        let mut stages = Stages::default();
        stages.run("first", || Ok(())).unwrap();
        let error = stages.run("second", || -> Result<()> { bail!("no disk") }).unwrap_err();
        assert_eq!(format!("{error:#}"), "the stage \"second\" failed: no disk");
        assert_eq!(stages.counts(), (1, 1));
    }
}
