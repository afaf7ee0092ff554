//! The latest errors in the log, kept in memory for the page of the server's health.
//!
//! The log holds no secrets, so neither does this.

use std::collections::VecDeque;
use std::fmt::{self, Write as _};
use std::sync::{Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use trustboard_model::view::LoggedError;

use crate::clock::{Clock as _, SystemClock};
use crate::metrics::counted;

/// How many are kept: what fits on a page.
const MOST: usize = 50;

/// The longest message that is kept, in characters.
const LONGEST: usize = 400;

static LATEST: Mutex<VecDeque<LoggedError>> = Mutex::new(VecDeque::new());

/// The latest errors, newest first.
pub fn latest() -> Vec<LoggedError> {
    let latest = LATEST.lock().unwrap_or_else(PoisonError::into_inner);
    latest.iter().rev().cloned().collect()
}

/// A layer of the log that keeps errors.
#[derive(Debug, Clone, Copy, Default)]
pub struct KeepErrors;

impl<S: Subscriber> Layer<S> for KeepErrors {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() != Level::ERROR {
            return;
        }
        counted().error(event.metadata().target());
        let mut words = Words::default();
        event.record(&mut words);
        keep(LoggedError {
            at: SystemClock.now(),
            part: event.metadata().target().to_owned(),
            message: words.text(),
        });
    }
}

fn keep(error: LoggedError) {
    let mut latest = LATEST.lock().unwrap_or_else(PoisonError::into_inner);
    if latest.len() == MOST {
        latest.pop_front();
    }
    latest.push_back(error);
}

/// The message and, behind it, the fields.
#[derive(Default)]
struct Words {
    message: String,
    fields: String,
}

impl Words {
    fn text(self) -> String {
        let whole = self.message + &self.fields;
        match whole.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &whole[..end]),
            None => whole,
        }
    }
}

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Writing to a string cannot fail.
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::layer::SubscriberExt as _;

    use super::*;

    #[test]
    fn errors_are_kept_and_nothing_else_and_not_without_end() {
        tracing::subscriber::with_default(tracing_subscriber::registry().with(KeepErrors), || {
            tracing::warn!("only a warning");
            for number in 0..MOST + 3 {
                tracing::error!(number, "broke off: {}", "x".repeat(LONGEST));
            }
            tracing::error!(error = %std::io::Error::other("no space"), "not written");
        });
        let latest = latest();
        assert_eq!(latest.len(), MOST);
        assert_eq!(latest[0].message, "not written error=no space");
        assert!(latest[1].message.starts_with("broke off: xxx"));
        assert_eq!(latest[1].message.chars().count(), LONGEST + 1);
        assert!(latest.iter().all(|error| !error.message.contains("warning")));
    }
}
