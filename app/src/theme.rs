//! The theme: as the system has it, light or dark. Kept in a cookie that the server reads while it
//! writes the page, so that nothing flashes.

use serde::{Deserialize, Serialize};

/// What was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The stable code in the cookie and on `<html data-theme>`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

#[cfg(feature = "ssr")]
pub(crate) use server::{choose, chosen};

#[cfg(feature = "ssr")]
mod server {
    use axum::http::request::Parts;
    use axum::http::{HeaderValue, header};
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;
    use trustboard_model::refusal::Refusal;

    use super::Theme;
    use crate::failure::Failure;

    const COOKIE: &str = "trustboard-theme";

    /// The theme in the request's cookie.
    pub(crate) fn chosen() -> Theme {
        use_context::<Parts>()
            .and_then(|parts| Theme::from_code(crate::notice::cookie(&parts.headers, COOKIE)?))
            .unwrap_or_default()
    }

    /// Sets the cookie.
    pub(crate) fn choose(code: &str) -> Result<Theme, Failure> {
        let theme = Theme::from_code(code)
            .ok_or_else(|| Refusal::invalid("theme", "expected auto, light or dark"))?;
        let cookie =
            format!("{COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", theme.code());
        if let (Some(response), Ok(value)) =
            (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie))
        {
            response.append_header(header::SET_COOKIE, value);
        }
        Ok(theme)
    }
}
