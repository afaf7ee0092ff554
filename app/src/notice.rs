//! What became of a form. With the wasm it is shown where the form stands; without it the server
//! sends the browser back to the page and leaves the notice in a cookie that lives a minute and
//! is taken by the next page, so that a failed form still holds what was typed.

use serde::{Deserialize, Serialize};
use trustboard_model::id::HostId;
use trustboard_model::view::CommandDone;

use crate::failure::Failure;

/// The outcome of one form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The host that the form was about.
    pub host: HostId,
    /// The action's code.
    pub action: String,
    /// What was typed, if it was refused.
    pub typed: String,
    /// What became of it.
    pub outcome: Result<CommandDone, Failure>,
}

impl Notice {
    /// The notice of an answered form.
    pub fn of(
        host: HostId,
        action: &str,
        typed: &str,
        outcome: &Result<CommandDone, Failure>,
    ) -> Self {
        let typed = if outcome.is_err() { typed.to_owned() } else { String::new() };
        Self { host, action: action.to_owned(), typed, outcome: outcome.clone() }
    }
}

#[cfg(feature = "ssr")]
pub use server::page_of;
#[cfg(feature = "ssr")]
pub(crate) use server::{LONGEST_VALUE, cookie, leave, set, take};

#[cfg(feature = "ssr")]
mod server {
    use axum::http::request::Parts;
    use axum::http::{HeaderMap, HeaderValue, Uri, header};
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;
    use trustboard_model::bytes::{from_hex, to_hex};

    use super::Notice;

    const COOKIE: &str = "trustboard-notice";
    /// Browsers keep at most 4096 bytes of name, value and attributes (RFC 6265 6.1).
    pub(crate) const LONGEST_VALUE: usize = 3900;

    /// The value of a cookie of this name.
    pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
        let lines = headers.get_all(header::COOKIE).into_iter();
        lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';')).find_map(
            |pair| pair.trim().split_once('=').filter(|(key, _)| *key == name).map(|(_, v)| v),
        )
    }

    /// Leaves the notice for the next page, if a plain form asked.
    pub(crate) fn leave(notice: &Notice) {
        if !crate::backend::is_form_post() {
            return;
        }
        // Too long to keep what was typed: the browser's Back button has it.
        let shorter = Notice { typed: String::new(), ..notice.clone() };
        let value = [notice, &shorter]
            .into_iter()
            .filter_map(|notice| serde_json::to_vec(notice).ok())
            .map(|json| to_hex(&json))
            .find(|value| value.len() <= LONGEST_VALUE);
        if let Some(value) = value {
            set(&format!("{COOKIE}={value}; Path=/; Max-Age=60; SameSite=Lax; HttpOnly"));
        }
        let page = use_context::<Parts>().and_then(|parts| page_of(&parts.headers));
        leptos_axum::redirect(&page.unwrap_or_else(|| format!("/hosts/{}", notice.host)));
    }

    /// Path and query of the page that the form stood on: never another site's.
    pub fn page_of(headers: &HeaderMap) -> Option<String> {
        let page: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
        let path = page.path_and_query()?.as_str();
        (!path.starts_with("//")).then(|| path.to_owned())
    }

    /// Takes the notice that the last form left.
    pub(crate) fn take() -> Option<Notice> {
        let parts = use_context::<Parts>()?;
        let json = from_hex(cookie(&parts.headers, COOKIE)?)?;
        set(&format!("{COOKIE}=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly"));
        serde_json::from_slice(&json).ok()
    }

    /// Sets a cookie.
    pub(crate) fn set(cookie: &str) {
        if let (Some(response), Ok(value)) =
            (use_context::<ResponseOptions>(), HeaderValue::from_str(cookie))
        {
            response.append_header(header::SET_COOKIE, value);
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn finds_its_cookie_among_others() {
            let mut headers = HeaderMap::new();
            headers.append(header::COOKIE, HeaderValue::from_static("a=1; trustboard-notice=ff"));
            headers.append(header::COOKIE, HeaderValue::from_static("xtrustboard-notice=00"));
            assert_eq!(cookie(&headers, COOKIE), Some("ff"));
            assert_eq!(cookie(&headers, "b"), None);
        }
    }
}
