//! The choices in cookies of the reader's browser.

use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use trustboard_model::refusal::Refusal;

use super::{Density, Display, Shortcuts, Theme};
use crate::failure::Failure;

const THEME: &str = "trustboard-theme";
const DENSITY: &str = "trustboard-density";
const SHORTCUTS: &str = "trustboard-shortcuts";

/// The choices in the request's cookies; what cannot be read counts as not chosen.
pub(crate) fn chosen() -> Display {
    let Some(parts) = use_context::<Parts>() else { return Display::default() };
    let code = |name| crate::notice::cookie(&parts.headers, name);
    Display {
        theme: code(THEME).and_then(Theme::from_code).unwrap_or_default(),
        density: code(DENSITY).and_then(Density::from_code).unwrap_or_default(),
        shortcuts: code(SHORTCUTS).and_then(Shortcuts::from_code).unwrap_or_default(),
    }
}

/// Sets the cookies of what was chosen now; empty codes leave what was chosen before.
pub(super) fn choose(theme: &str, density: &str, shortcuts: &str) -> Result<Display, Failure> {
    let mut display = chosen();
    let mut cookies = Vec::new();
    if !theme.is_empty() {
        display.theme = Theme::from_code(theme)
            .ok_or_else(|| Refusal::invalid("theme", "expected auto, light or dark"))?;
        cookies.push((THEME, display.theme.code()));
    }
    if !density.is_empty() {
        display.density = Density::from_code(density)
            .ok_or_else(|| Refusal::invalid("density", "expected comfortable or compact"))?;
        cookies.push((DENSITY, display.density.code()));
    }
    if !shortcuts.is_empty() {
        display.shortcuts = Shortcuts::from_code(shortcuts)
            .ok_or_else(|| Refusal::invalid("shortcuts", "expected on or off"))?;
        cookies.push((SHORTCUTS, display.shortcuts.code()));
    }
    let Some(response) = use_context::<ResponseOptions>() else { return Ok(display) };
    for (name, code) in cookies {
        let line = format!("{name}={code}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
        if let Ok(value) = HeaderValue::from_str(&line) {
            response.append_header(header::SET_COOKIE, value);
        }
    }
    Ok(display)
}
