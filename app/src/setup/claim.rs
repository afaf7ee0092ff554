//! The one page of a server that nobody has claimed: the first administrator. A plain form that the
//! server takes itself, because nothing else must work before it.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_query_map;
use trustboard_model::refusal::Refusal;

use crate::component::{LanguageForm, admin, language, say};
use crate::frame::SessionHandle;
use crate::text::{self, AdminWord, Ui};

/// Setup code, name and password.
#[component]
pub(crate) fn ClaimScreen() -> impl IntoView {
    if SessionHandle::use_here().viewer().is_some() {
        return view! { <Redirect path="/start" /> }.into_any();
    }
    let query = use_query_map();
    let asked = move |name: &str| query.with_untracked(|query| query.get(name).unwrap_or_default());
    let problem = problem(&asked("refused"), asked("retry").parse().unwrap_or(60));
    // A hint describes its field; it is no part of the field's name.
    let field = |word: AdminWord, hint: Option<(&'static str, AdminWord)>, input: AnyView| {
        view! {
            <div class="field">
                <label>
                    <span>{admin(word)}</span>
                    {input}
                </label>
                {hint.map(|(id, hint)| view! { <small id=id class="dim">{admin(hint)}</small> })}
            </div>
        }
    };
    let code = view! {
        <input
            type="text"
            name="code"
            required
            maxlength="40"
            autocomplete="one-time-code"
            autocapitalize="characters"
            spellcheck="false"
            placeholder="XXXX-XXXX-XXXX-XXXX"
            aria-describedby="code-hint"
            autofocus
        />
    };
    let name = view! {
        <input
            type="text"
            name="name"
            value=asked("name")
            required
            maxlength="64"
            autocomplete="username"
            spellcheck="false"
            aria-describedby="name-hint"
        />
    };
    let password = |name: &'static str| {
        view! {
            <input
                type="password"
                name=name
                required
                minlength="10"
                maxlength="1024"
                autocomplete="new-password"
                aria-describedby="password-hint"
            />
        }
        .into_any()
    };
    view! {
        <Title text=admin(AdminWord::SetupTitle) />
        <main class="sign-in setup" id="content">
            <form method="post" action="/setup">
                <p class="product">
                    <svg viewBox="0 0 16 16" width="22" height="22" aria-hidden="true">
                        <path d="M8 1 2 3.2v4.3c0 3.6 2.5 6.2 6 7.5 3.5-1.3 6-3.9 6-7.5V3.2z" />
                        <path class="tick" d="m5 8 2.2 2.2L11.2 6" />
                    </svg>
                    {say(Ui::ProductName)}
                </p>
                <h1>{admin(AdminWord::SetupTitle)}</h1>
                <p class="dim">{admin(AdminWord::SetupIntro)}</p>
                {problem.map(|problem| view! { <p class="outcome refused" role="alert">{problem}</p> })}
                {field(AdminWord::SetupCode, Some(("code-hint", AdminWord::SetupCodeHint)), code.into_any())}
                {field(AdminWord::SetupName, Some(("name-hint", AdminWord::SetupNameHint)), name.into_any())}
                {field(AdminWord::SetupPassword, Some(("password-hint", AdminWord::SetupPasswordHint)), password("password"))}
                {field(AdminWord::SetupAgain, None, password("again"))}
                <button type="submit" class="primary">{admin(AdminWord::SetupButton)}</button>
            </form>
            <LanguageForm />
        </main>
    }
    .into_any()
}

/// Why the form is shown again.
fn problem(refused: &str, retry_s: u32) -> Option<String> {
    let word = match refused {
        "" => return None,
        "too-many" => return Some(text::refusal(language(), &Refusal::TooMany { retry_s })),
        "password" => AdminWord::SetupPasswordBad,
        "again" => AdminWord::SetupAgainBad,
        "name" => AdminWord::SetupNameBad,
        "claimed" => AdminWord::SetupClaimed,
        _ => AdminWord::SetupCodeBad,
    };
    Some(admin(word).to_owned())
}
