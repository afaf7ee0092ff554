//! Compresses what is made for one request: pages and JSON. The site's files are compressed ahead
//! (`static_files`); streams and exports are sent as they come, because an encoder would hold
//! back what it has not filled a block with.
//!
//! Compression tells whoever sees the size of encrypted answers whether something in a page
//! repeats what they made the browser ask for (BREACH). Our pages show what the address says (a
//! search, a filter) beside what only their reader may know. They hold no token that could be
//! guessed so: what may act is decided by where a request comes from (`auth::csrf`), the session
//! is in a cookie, and the nonce of the scripts is another one in each answer. Names of hosts and
//! reasons remain. The attack needs thousands of requests that another site has the reader's
//! browser make, and the cookie goes along when another site leads to ours (`SameSite=Lax`). So
//! only answers to our own pages, to somebody who typed the address, and to programs with a key
//! are compressed: the same rule that decides who may act. Whoever comes by a link from elsewhere
//! reads one page as it is.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{ACCEPT_ENCODING, CONTENT_TYPE};
use http::{Extensions, HeaderMap, StatusCode, Version};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{And, Predicate as _, SizeAbove};

use crate::auth::csrf::is_from_us;
use crate::state::AppState;

/// What fits into one packet of the network (IPv6's least, RFC 8200 5, less its headers) is not
/// sooner there for being smaller.
const WORTH_IT: SizeAbove = SizeAbove::new(1200);

/// A table of 50 hosts has 170 kB: brotli makes 12.2 kB of it in 1.5 ms, gzip 14.9 kB in 1 ms. The
/// next level takes brotli another millisecond for 1 kB less.
const LEVEL: CompressionLevel = CompressionLevel::Precise(4);

/// What is compressed, by its headers.
type Which = fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool;

/// Compresses pages and JSON.
pub fn compressed() -> CompressionLayer<And<SizeAbove, Which>> {
    let which: Which = |_, _, headers, _| is_page_or_json(headers);
    CompressionLayer::new().quality(LEVEL).compress_when(WORTH_IT.and(which))
}

/// Takes from requests of elsewhere that they could read a compressed answer.
pub async fn plain_for_others(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    if !is_from_us(request.headers(), &state.site) {
        request.headers_mut().remove(ACCEPT_ENCODING);
    }
    next.run(request).await
}

fn is_page_or_json(headers: &HeaderMap) -> bool {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = media_type.and_then(|media_type| media_type.split(';').next()).map(str::trim);
    essence.is_some_and(|essence| {
        ["text/html", "application/json"].iter().any(|one| essence.eq_ignore_ascii_case(one))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_json_and_nothing_that_streams() {
        for (media_type, expected) in [
            ("text/html; charset=utf-8", true),
            ("application/json", true),
            ("text/event-stream", false),
            ("application/jsonl; charset=utf-8", false),
            ("text/csv; charset=utf-8; header=present", false),
            ("application/octet-stream", false),
        ] {
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, media_type.parse().unwrap())]);
            assert_eq!(is_page_or_json(&headers), expected, "{media_type}");
        }
        assert!(!is_page_or_json(&HeaderMap::new()));
    }
}
