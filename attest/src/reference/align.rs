//! Which events of a register correspond to which events of a reference: one inserted event is
//! one difference, not one for each that follows it.

use trustboard_model::boot::Topic;
use trustboard_model::configuration::{ReferenceEvent, ReferencePcr};

use crate::budget;

/// One step through both sequences, in order. Numbers are positions, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The digest is the expected one, or may be any.
    Same { expected: usize, found: usize },
    /// Another digest in the same place.
    Changed { expected: usize, found: usize },
    /// An event that is not expected.
    Added { found: usize, before: usize },
    /// An expected event that is not there.
    Missing { expected: usize },
}

impl Step {
    pub(super) fn is_difference(self) -> bool {
        !matches!(self, Self::Same { .. })
    }
}

/// The work that may still be done. What is left over at the end of it is aligned by position.
pub(super) struct Cells(usize);

impl Cells {
    pub(super) fn new() -> Self {
        Self(budget::COMPARISON_CELLS)
    }

    fn take(&mut self, rows: usize, columns: usize) -> bool {
        // Pairs are counted in the upper 16 bits of a score.
        let longest = usize::from(u16::MAX);
        let cells = (rows + 1).saturating_mul(columns + 1);
        let fits = rows.min(columns) < longest && cells <= self.0;
        if fits {
            self.0 -= cells;
        }
        fits
    }
}

/// The events that were found in a register.
pub(super) trait Found {
    fn len(&self) -> usize;
    /// Some digest that no reference has, if there is no such position.
    fn digest(&self, position: usize) -> &[u8];
    fn topic(&self, position: usize) -> Topic;
}

impl Found for ReferencePcr {
    fn len(&self) -> usize {
        self.events.len()
    }

    fn digest(&self, position: usize) -> &[u8] {
        self.events.get(position).map_or(&[], |event| event.digest.as_bytes())
    }

    fn topic(&self, position: usize) -> Topic {
        self.events.get(position).map_or(Topic::Other, |event| event.topic)
    }
}

/// Aligns. The steps hold every position of both sides once.
pub(super) fn align(
    expected: &[ReferenceEvent],
    found: &impl Found,
    cells: &mut Cells,
) -> Vec<Step> {
    // An event that may vary stands for any other, and sooner for one about the same thing.
    let same = |i: usize, j: usize| match expected.get(i) {
        Some(event) if event.digest.as_bytes() == found.digest(j) => FULL,
        Some(event) if event.varies && event.topic == found.topic(j) => FULL,
        Some(event) if event.varies => ANY,
        _ => 0,
    };
    let of_one_topic = |i: usize, j: usize| {
        let same = expected.get(i).is_some_and(|event| event.topic == found.topic(j));
        if same { FULL } else { 0 }
    };
    let mut steps = Vec::with_capacity(expected.len().max(found.len()));
    let whole = Gap { expected: (0, expected.len()), found: (0, found.len()) };
    walk(whole, &pairs(whole, same, cells), |gap, pair| {
        // Between events that agree: those about the same thing stand for each other, and what
        // is then left does so in order.
        walk(gap, &pairs(gap, of_one_topic, cells), |rest, pair| {
            rest.in_order(&mut steps);
            if let Some((expected, found)) = pair {
                steps.push(Step::Changed { expected, found });
            }
        });
        if let Some((expected, found)) = pair {
            steps.push(Step::Same { expected, found });
        }
    });
    steps
}

/// A part of both sequences: from the first position to the one after the last.
#[derive(Debug, Clone, Copy)]
struct Gap {
    expected: (usize, usize),
    found: (usize, usize),
}

impl Gap {
    fn in_order(self, steps: &mut Vec<Step>) {
        let mut expected = self.expected.0..self.expected.1;
        let mut found = self.found.0..self.found.1;
        loop {
            steps.push(match (expected.next(), found.next()) {
                (Some(expected), Some(found)) => Step::Changed { expected, found },
                (Some(expected), None) => Step::Missing { expected },
                (None, Some(found)) => Step::Added { found, before: self.expected.1 },
                (None, None) => return,
            });
        }
    }
}

/// Calls `each` for every gap between pairs, with the pair after it.
fn walk(whole: Gap, pairs: &[(usize, usize)], mut each: impl FnMut(Gap, Option<(usize, usize)>)) {
    let (mut i, mut j) = (whole.expected.0, whole.found.0);
    for &(expected, found) in pairs {
        each(Gap { expected: (i, expected), found: (j, found) }, Some((expected, found)));
        (i, j) = (expected + 1, found + 1);
    }
    each(Gap { expected: (i, whole.expected.1), found: (j, whole.found.1) }, None);
}

/// How well two events match: the number of pairs counts before how good they are.
const ANY: u32 = 1 << 16;
const FULL: u32 = ANY + 1;

/// A longest common subsequence of a part, as ascending pairs of positions. Where the work for it
/// is spent, the pairs that stand in the same place from the start or from the end.
fn pairs(
    whole: Gap,
    score: impl Fn(usize, usize) -> u32,
    cells: &mut Cells,
) -> Vec<(usize, usize)> {
    let (mut i, mut j) = (whole.expected.0, whole.found.0);
    let (mut i_end, mut j_end) = (whole.expected.1, whole.found.1);
    let mut pairs = Vec::new();
    // First or last ones that match fully are a pair of some longest subsequence.
    while i < i_end && j < j_end && score(i, j) == FULL {
        pairs.push((i, j));
        (i, j) = (i + 1, j + 1);
    }
    let mut tail = Vec::new();
    while i < i_end && j < j_end && score(i_end - 1, j_end - 1) == FULL {
        (i_end, j_end) = (i_end - 1, j_end - 1);
        tail.push((i_end, j_end));
    }
    let (rows, columns) = (i_end - i, j_end - j);
    if rows > 0 && columns > 0 {
        if cells.take(rows, columns) {
            let inner = longest(rows, columns, |row, column| score(i + row, j + column));
            pairs.extend(inner.into_iter().map(|(row, column)| (i + row, j + column)));
        } else {
            let in_place = (0..rows.min(columns)).map(|n| (i + n, j + n));
            pairs.extend(in_place.filter(|&(i, j)| score(i, j) > 0));
        }
    }
    pairs.extend(tail.into_iter().rev());
    pairs
}

/// The pairs of the best common subsequence, by the scores of the best ones of all tails.
fn longest(
    rows: usize,
    columns: usize,
    score: impl Fn(usize, usize) -> u32,
) -> Vec<(usize, usize)> {
    let mut best = vec![0; (rows + 1) * (columns + 1)];
    let cell = |row: usize, column: usize| row * (columns + 1) + column;
    let at = |best: &[u32], row, column| best.get(cell(row, column)).copied().unwrap_or(0);
    let matched = |best: &[u32], row, column| match score(row, column) {
        0 => 0,
        score => score + at(best, row + 1, column + 1),
    };
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let skipped = at(&best, row + 1, column).max(at(&best, row, column + 1));
            let value = matched(&best, row, column).max(skipped);
            if let Some(slot) = best.get_mut(cell(row, column)) {
                *slot = value;
            }
        }
    }
    let mut pairs = Vec::new();
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        let value = at(&best, row, column);
        if value > 0 && matched(&best, row, column) == value {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if at(&best, row + 1, column) == value {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}
