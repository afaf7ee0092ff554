//! The language of a page: what the visitor chose, kept in a cookie, else what their browser asks
//! for. The server decides and writes it on `<html lang>`, where the wasm finds it.

use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use leptos::prelude::use_context;
use trustboard_model::view::Viewer;

use crate::text::Language;

/// The cookie's name.
const COOKIE: &str = "trustboard-language";
/// How long a browser keeps the choice, in seconds: a year.
const MAX_AGE_S: u32 = 31_536_000;

/// The language that answers a request with these headers.
pub fn of_headers(headers: &HeaderMap) -> Language {
    let accepted: Vec<_> = headers
        .get_all(header::ACCEPT_LANGUAGE)
        .into_iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    Language::negotiated(crate::notice::cookie(headers, COOKIE), Some(&accepted.join(",")))
}

/// The language of the request that is being answered.
pub(crate) fn of_request() -> Language {
    let Some(parts) = use_context::<Parts>() else { return Language::default() };
    // What stands in an operator's record follows them to every browser.
    let viewer = parts.extensions.get::<Viewer>();
    let chosen = viewer.and_then(|viewer| Language::from_code(viewer.language.as_deref()?));
    chosen.unwrap_or_else(|| of_headers(&parts.headers))
}

/// The `Set-Cookie` line that keeps a choice.
pub fn cookie(chosen: Language, https: bool) -> String {
    let secure = if https { "; Secure" } else { "" };
    let code = chosen.code();
    format!("{COOKIE}={code}; Path=/; Max-Age={MAX_AGE_S}; HttpOnly; SameSite=Lax{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, value.parse().expect("a header"));
        }
        headers
    }

    #[test]
    fn the_cookie_stands_above_the_browser_and_several_lines_are_one() {
        let asked = ("accept-language", "de;q=0.2");
        assert_eq!(of_headers(&headers(&[asked])), Language::De);
        assert_eq!(of_headers(&headers(&[asked, ("accept-language", "fr;q=0.3")])), Language::Fr);
        let chosen = ("cookie", "a=b; trustboard-language=fr");
        assert_eq!(of_headers(&headers(&[asked, chosen])), Language::Fr);
        assert_eq!(of_headers(&headers(&[])), Language::En);
    }

    #[test]
    fn what_it_sets_is_what_it_reads() {
        for https in [false, true] {
            let line = cookie(Language::De, https);
            assert_eq!(line.contains("; Secure"), https);
            let pair = line.split(';').next().unwrap_or_default();
            assert_eq!(of_headers(&headers(&[("cookie", pair)])), Language::De);
        }
    }
}
