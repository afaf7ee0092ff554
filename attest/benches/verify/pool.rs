//! Things that must be new for every call: made before, and used once each.

use std::cell::Cell;

/// More than a measurement takes.
const MADE: usize = 8_192;

pub struct Pool<T> {
    made: Vec<T>,
    used: Cell<usize>,
}

impl<T> Pool<T> {
    pub fn of(make: impl Fn() -> T) -> Self {
        Self { made: (0..MADE).map(|_| make()).collect(), used: Cell::new(0) }
    }

    /// One that was not used before.
    pub fn next(&self) -> &T {
        let next = self.used.get();
        self.used.set(next + 1);
        self.made.get(next).expect("as many as a measurement takes were made")
    }
}
