//! Tampers with genuine evidence, millions of times, and fails if any of it is believed:
//! `cargo xtask tamper`.
//!
//! Most mutants are refused by the signature. So those that an attacker with root on the host
//! could make are signed anew with the AK: facts and logs of their choice beside the PCR values
//! that the TPM really has. Such a mutant may pass only if everything that Trustboard then shows
//! as proven is the same as before: words that no digest covers are anybody's, and are counted
//! apart. Every mutant is appraised by itself and with what the appraisals of all others left
//! behind, which must come to the same.

#![expect(clippy::unwrap_used, reason = "genuine evidence is made or nothing is tampered with")]

#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/support/mod.rs"]
mod support;

mod credential;
mod family;
mod log;
mod mutate;
mod tally;
mod world;

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::{self, available_parallelism};

use family::Family;
use fastrand::Rng;
use tally::{Judgement, Tally};
use trustboard_attest::Memory;
use world::World;

/// What all mutants together may leave behind: small, so that much of it is displaced.
const MEMORY: u64 = 1024 * 1024;

/// `tamper [MUTANTS [SEED]]`
fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default: u64| -> u64 {
        arguments.next().map_or(default, |text| text.parse().expect("a number"))
    };
    let (mutants, seed) = (number(10_000_000), number(1));
    let threads = available_parallelism().map_or(1, NonZeroUsize::get) as u64;
    let memory = Arc::new(Memory::of_bytes(MEMORY));
    println!("{mutants} mutants from seed {seed} on {threads} threads");
    let tally = thread::scope(|scope| {
        let share = |thread: u64| mutants / threads + u64::from(thread < mutants % threads);
        let start = |thread| {
            let memory = Arc::clone(&memory);
            scope.spawn(move || tamper(share(thread), seed, thread, &memory))
        };
        let workers: Vec<_> = (0..threads).map(start).collect();
        let finished = workers.into_iter().map(|worker| worker.join().unwrap());
        finished.fold(Tally::default(), Tally::with)
    });
    tally.print();
    if tally.believed() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Every family in turn; the random numbers of a mutant depend on seed, thread and its number.
fn tamper(mutants: u64, seed: u64, thread: u64, memory: &Arc<Memory>) -> Tally {
    let scenes = [support::Scene::genuine(), support::Scene::genuine_ecc()];
    let worlds = scenes.map(|scene| World::new(scene, memory));
    let mut tally = Tally::default();
    let mut families = Family::ALL.iter().cycle();
    for number in 0..mutants {
        let mut rng = Rng::with_seed(seed ^ (thread << 56) ^ number.wrapping_mul(0x9E37_79B9));
        // `cycle` never ends.
        let family = *families.next().unwrap();
        // Signing with RSA takes thirty times as long as verifying.
        let world = if family.signs() { &worlds[1] } else { rng.choice(&worlds).unwrap() };
        let judgement = family.judge(world, &mut rng);
        if let Judgement::Believed(what) = &judgement {
            eprintln!(
                "BELIEVED: {family:?}, seed {seed}, thread {thread}, number {number}: {what}"
            );
        }
        tally.count(family, &judgement);
    }
    tally
}
