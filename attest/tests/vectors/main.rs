//! Evidence that nobody here made: logs, quotes and certificates of other projects' test suites,
//! with what their authors or independent programs say of them. The files are not part of this
//! repository: without the folder the tests say so and pass.

#![expect(clippy::unwrap_used, reason = "a vector that is not as listed fails the test")]

mod certificates;
mod expected;
mod ima;
mod listed;
mod logs;
mod meanings;
mod quotes;

#[expect(dead_code, reason = "other test crates use the rest")]
#[path = "../support/mod.rs"]
mod support;

use std::path::PathBuf;

/// The folder, or a notice that it is absent.
fn folder() -> Option<PathBuf> {
    const USUAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/vectors");
    let path = std::env::var_os("TRUSTBOARD_VECTORS").map_or(USUAL.into(), PathBuf::from);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: {} is absent", path.display());
    None
}

fn read(name: &str) -> Vec<u8> {
    let path = folder().unwrap().join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json(name: &str) -> serde_json::Value {
    serde_json::from_slice(&read(name)).unwrap()
}

fn base64(text: &str) -> Vec<u8> {
    let digit = |c: u8| match c {
        b'A'..=b'Z' => Some(c - b'A'),
        b'a'..=b'z' => Some(c - b'a' + 26),
        b'0'..=b'9' => Some(c - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let digits: Vec<u8> = text.bytes().filter_map(digit).collect();
    digits
        .chunks(4)
        .flat_map(|chunk| {
            let word = chunk.iter().fold(0u32, |word, &digit| word << 6 | u32::from(digit));
            let word = word << (6 * (4 - chunk.len()));
            word.to_be_bytes()[1..chunk.len()].to_vec()
        })
        .collect()
}
