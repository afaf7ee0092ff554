//! How soon an open table may read itself again without being asked: the later, the more pages are
//! open, so that what changes is not paid for by all of them at once.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};

use super::api::MOST_STREAMS;
use crate::state::AppState;

/// Set by the table's program whenever it reads a page.
const EXCHANGE: HeaderName = HeaderName::from_static("trustboard-exchange");
/// The least time until the next reading that nobody asked for, in milliseconds.
const APART: HeaderName = HeaderName::from_static("trustboard-apart");

/// Readings in a second, of all browsers together: what they cost is said in `docs/benchmarks.md`.
const READINGS_S: usize = 25;
/// Sooner is of no use to who looks; in milliseconds.
const SOONEST_MS: usize = 600;

/// Says to a table how soon it may read itself again.
pub async fn pace(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_table = request.headers().contains_key(EXCHANGE);
    let mut response = next.run(request).await;
    if is_table {
        let free = state.limits.streams.available_permits();
        let apart = apart_ms(MOST_STREAMS.saturating_sub(free));
        response.headers_mut().insert(APART, HeaderValue::from(apart));
    }
    response
}

/// How far apart the readings of one page are while so many are open, in milliseconds.
fn apart_ms(open: usize) -> usize {
    (open * 1000 / READINGS_S).max(SOONEST_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_pages_are_quick_and_many_share() {
        assert_eq!((apart_ms(0), apart_ms(1), apart_ms(15)), (600, 600, 600));
        assert_eq!((apart_ms(200), apart_ms(MOST_STREAMS)), (8_000, 40_000));
    }
}
