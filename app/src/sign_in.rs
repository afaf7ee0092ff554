//! The sign-in: a plain form, because nothing else must work before it.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use trustboard_model::refusal::Refusal;

use crate::component::{LanguageForm, language, say};
use crate::text::{self, Ui};

/// Name and password.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    let query = use_query_map();
    let asked = move |name: &str| query.with_untracked(|query| query.get(name).unwrap_or_default());
    let refused = asked("refused");
    let retry_s = asked("retry").parse().unwrap_or(60);
    let problem = match refused.as_str() {
        "" => None,
        "link-used" => Some(say(Ui::SignInLinkUsed).to_owned()),
        "sign-in-required" => Some(say(Ui::SessionExpired).to_owned()),
        "too-many" => Some(text::refusal(language(), &Refusal::TooMany { retry_s })),
        "read-only" => Some(text::refusal(language(), &Refusal::ReadOnly)),
        "cross-site" => Some(text::refusal(language(), &Refusal::CrossSite)),
        _ => Some(text::refusal(language(), &Refusal::WrongCredentials)),
    };
    // Only to our own pages: `//host` would be another site's.
    let then = Some(asked("then")).filter(|then| is_own_page(then)).unwrap_or_else(|| "/".into());
    view! {
        <Title text=say(Ui::SignIn) />
        <main class="sign-in" id="content">
            <form method="post" action="/sign-in">
                <p class="product">
                    <svg viewBox="0 0 16 16" width="22" height="22" aria-hidden="true">
                        <path d="M8 1 2 3.2v4.3c0 3.6 2.5 6.2 6 7.5 3.5-1.3 6-3.9 6-7.5V3.2z" />
                        <path class="tick" d="m5 8 2.2 2.2L11.2 6" />
                    </svg>
                    {say(Ui::ProductName)}
                </p>
                <h1>{say(Ui::SignIn)}</h1>
                <p class="dim">{say(Ui::SignInIntro)}</p>
                {problem.map(|problem| view! { <p class="outcome refused" role="alert">{problem}</p> })}
                <label>
                    <span>{say(Ui::OperatorName)}</span>
                    <input type="text" name="name" value=asked("name") required maxlength="64" autocomplete="username" autofocus />
                </label>
                <label>
                    <span>{say(Ui::Password)}</span>
                    <input type="password" name="password" required maxlength="1024" autocomplete="current-password" />
                </label>
                <input type="hidden" name="then" value=then />
                <button type="submit" class="primary">{say(Ui::SignIn)}</button>
            </form>
            <LanguageForm />
        </main>
    }
    .into_any()
}

/// Whether an address is a path on this server: not another site's, nor something that a browser
/// takes for one (`//host`, `/\host`).
fn is_own_page(address: &str) -> bool {
    let mut characters = address.chars();
    characters.next() == Some('/')
        && !matches!(characters.next(), Some('/' | '\\'))
        && !address.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_back_to_own_pages_only() {
        assert!(is_own_page("/"));
        assert!(is_own_page("/hosts/1?x=//y"));
        for other in ["", "//evil.example", "/\\evil.example", "https://evil.example", "/\n/x"] {
            assert!(!is_own_page(other), "{other}");
        }
    }
}
