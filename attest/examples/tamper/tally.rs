//! What became of the mutants.

use std::collections::BTreeMap;

use crate::family::Family;

/// What the verifier made of one mutant.
pub enum Judgement {
    /// By chance the same bytes as the genuine ones.
    Same,
    /// Untrusted or unknown.
    Refused,
    /// Trusted, and nothing that is shown as proven differs: only words that no digest covers, or
    /// facts that are shown as the host's claims.
    OnlyWords,
    /// Trusted, with something else than what happened shown as proven.
    Believed(String),
}

/// Counts for each family: same, refused, only words, believed.
#[derive(Default)]
pub struct Tally(BTreeMap<Family, [u64; 4]>);

impl Tally {
    pub fn count(&mut self, family: Family, judgement: &Judgement) {
        let column = match judgement {
            Judgement::Same => 0,
            Judgement::Refused => 1,
            Judgement::OnlyWords => 2,
            Judgement::Believed(_) => 3,
        };
        self.0.entry(family).or_default()[column] += 1;
    }

    pub fn with(mut self, other: Self) -> Self {
        for (family, counts) in other.0 {
            for (mine, theirs) in self.0.entry(family).or_default().iter_mut().zip(counts) {
                *mine += theirs;
            }
        }
        self
    }

    pub fn believed(&self) -> u64 {
        self.sum(3)
    }

    fn sum(&self, column: usize) -> u64 {
        self.0.values().map(|counts| counts[column]).sum()
    }

    pub fn print(&self) {
        let line = |name: &str, [same, refused, words, believed]: [u64; 4]| {
            println!("{name:58} {refused:>10} {words:>12} {same:>9} {believed:>9}");
        };
        println!(
            "{:58} {:>10} {:>12} {:>9} {:>9}",
            "", "refused", "words only", "same", "BELIEVED"
        );
        for (family, counts) in &self.0 {
            line(family.describe(), *counts);
        }
        line("all", [0, 1, 2, 3].map(|column| self.sum(column)));
        println!(
            "{} of {} mutants believed",
            self.believed(),
            (0..4).map(|i| self.sum(i)).sum::<u64>()
        );
    }
}
