//! `GET /pkg/…`: the site's files. Their names change with their content, so they never go stale
//! (RFC 9111, RFC 8246).

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use trustboard_model::refusal::Refusal;

use super::Problem;
use crate::assets::{self, File};

/// Serves a file of the site, in the smallest form that the browser takes.
pub async fn static_file(request: Request) -> Result<Response, Problem> {
    let path = request.uri().path();
    let file = assets::file(path).ok_or_else(|| Refusal::not_found("file"))?;
    let (encoding, body) = smallest(file, request.headers());
    let suffix = encoding.unwrap_or("plain");
    // The path holds the content's hash: it names the content, the suffix its form.
    let tag = format!("\"{}-{suffix}\"", path.trim_start_matches("/pkg/"));
    let tag = HeaderValue::from_str(&tag).map_err(|_| Refusal::not_found("file"))?;
    let mut headers = HeaderMap::new();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let fresh = known.is_some_and(|known| {
        known
            .split(',')
            .any(|known| known.trim() == "*" || known.trim().as_bytes() == tag.as_bytes())
    });
    headers.insert(ETAG, tag);
    if fresh {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Ok((headers, body).into_response())
}

/// Brotli before gzip before plain, as far as the request takes them (RFC 9110 12.5.3).
fn smallest(file: &'static File, headers: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
    let taken = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let takes = |name: &str| {
        taken.split(',').any(|one| {
            let mut parts = one.split(';').map(str::trim);
            let named = parts.next().is_some_and(|coding| coding.eq_ignore_ascii_case(name));
            let refused = parts.any(|weight| {
                weight.strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0))
            });
            named && !refused
        })
    };
    match file {
        File { br: Some(br), .. } if takes("br") => (Some("br"), br),
        File { gz: Some(gz), .. } if takes("gzip") => (Some("gzip"), gz),
        _ => (None, file.plain),
    }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static FILE: File =
        File { path: "/pkg/a.1.js", plain: b"plain", br: Some(b"br"), gz: Some(b"gz") };

    fn encoding(accepted: &'static str) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accepted));
        smallest(&FILE, &headers).0
    }

    #[test]
    fn the_smallest_form_that_is_taken() {
        assert_eq!(encoding("gzip, deflate, br, zstd"), Some("br"));
        assert_eq!(encoding("gzip;q=0.5, br;q=0"), Some("gzip"));
        assert_eq!(encoding("deflate"), None);
        assert_eq!(encoding(""), None);
    }

    #[test]
    fn browsers_compile_wasm_only_with_its_type() {
        assert_eq!(media_type("/pkg/x.0.wasm"), "application/wasm");
        assert_eq!(media_type("/pkg/x"), "application/octet-stream");
    }
}
