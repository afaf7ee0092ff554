//! Requests of other sites: server functions and endpoints have no defence of their own, so one
//! layer refuses every unsafe request that does not come from our own pages.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{HOST, ORIGIN};
use http::{HeaderMap, HeaderName, Method};
use trustboard_model::refusal::Refusal;

use super::key::bearer;
use crate::http::Problem;
use crate::state::{AppState, Site};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets safe requests pass, and unsafe ones from our own pages.
pub async fn same_site(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_from_us(request.headers(), &state.site) {
        return next.run(request).await;
    }
    tracing::warn!(path = request.uri().path(), "refused a request of another site");
    Problem(Refusal::CrossSite).into_response()
}

/// Whether a request comes from our own pages, a person who typed the address, or a program with a
/// key: a bearer token is sent by programs only; with one, cookies are not looked at.
pub fn is_from_us(headers: &HeaderMap, site: &Site) -> bool {
    bearer(headers).is_some() || is_ours(headers, site)
}

/// Browsers say where a request comes from (Fetch Metadata), older ones and programs by `Origin`
/// (RFC 6454). What says neither is refused: a program can.
fn is_ours(headers: &HeaderMap, site: &Site) -> bool {
    let text = |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
    if let Some(from) = text(SEC_FETCH_SITE) {
        // `none` is a person: an address typed, a bookmark.
        return matches!(from, "same-origin" | "none");
    }
    let Some(origin) = text(ORIGIN) else { return false };
    if let Some(own) = &site.public_url
        && origin.eq_ignore_ascii_case(own)
    {
        return true;
    }
    let scheme = if site.https { "https" } else { "http" };
    text(HOST).is_some_and(|host| origin.eq_ignore_ascii_case(&format!("{scheme}://{host}")))
}

#[cfg(test)]
mod tests {
    use trustboard_model::digest::Sha256;

    use super::*;

    fn ours(headers: &[(&'static str, &str)]) -> bool {
        let site = Site { https: false, public_url: None, fingerprint: Sha256([0; 32]) };
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        is_ours(&map, &site)
    }

    #[test]
    fn only_our_own_pages_pass() {
        let host = ("host", "127.0.0.1:8080");
        assert!(ours(&[host, ("sec-fetch-site", "same-origin")]));
        assert!(ours(&[host, ("sec-fetch-site", "none")]));
        assert!(ours(&[host, ("origin", "http://127.0.0.1:8080")]));
        for other in
            ["https://evil.example", "null", "http://127.0.0.1:9", "https://127.0.0.1:8080"]
        {
            assert!(!ours(&[host, ("origin", other)]), "{other}");
        }
        for site in ["cross-site", "same-site", ""] {
            let origin = ("origin", "http://127.0.0.1:8080");
            assert!(!ours(&[host, origin, ("sec-fetch-site", site)]), "{site}");
        }
        assert!(!ours(&[host]));
    }
}
