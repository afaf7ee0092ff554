//! The document around the application. Its one script carries the nonce of the response, and its
//! colours and language come from the request, so that nothing flashes.

use std::collections::BTreeSet;

use axum::http::request::Parts;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::assets::{Assets, Program};
use crate::component::language;
use crate::routes::App;

/// The document. Needs [`Assets`] in the context.
pub fn shell() -> impl IntoView {
    provide_context(crate::language::of_request());
    let Assets { css, js, wasm, parts, table } = use_context().unwrap_or_default();
    let path = use_context::<Parts>().map(|request| request.uri.path().to_owned());
    let start = if path.as_deref().is_some_and(crate::served::is_at) {
        crate::served::begin();
        table.map(|Program { js, wasm }| start(js, wasm, BTreeSet::new()))
    } else {
        let needed =
            [crate::parts::of_language(language()), crate::parts::of_path(path.as_deref())];
        let needed = needed.into_iter().flatten().filter_map(|part| parts.get(part)).flatten();
        let needed: BTreeSet<String> = needed.cloned().collect();
        js.zip(wasm).map(|(js, wasm)| start(js, wasm, needed))
    };
    let display = crate::display::chosen();
    view! {
        <!DOCTYPE html>
        <html
            lang=language().code()
            data-theme=display.theme.code()
            data-density=display.density.code()
            data-shortcuts=display.shortcuts.code()
        >
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" type="image/svg+xml" href=FAVICON />
                {css.map(|css| view! { <link rel="stylesheet" href=css /> })}
                {start}
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Loads a program with what it needs, and has it begin.
fn start(js: String, wasm: String, needed: BTreeSet<String>) -> impl IntoView {
    let script = format!(
        "import init,{{hydrate}} from {js:?};init({{module_or_path:{wasm:?}}}).then(hydrate);"
    );
    view! {
        <link rel="modulepreload" href=js nonce=use_nonce() />
        {preload(wasm)}
        {needed.into_iter().map(preload).collect_view()}
        <script type="module" nonce=use_nonce()>{script}</script>
    }
}

/// Has the browser fetch a part of the program before the script asks for it.
fn preload(wasm: String) -> impl IntoView {
    view! {
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
    }
}

/// The shield, as a data URL: one request less, and it needs `img-src data:`.
const FAVICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E\
%3Cpath fill='%231f5fd0' d='M8 1 2 3.2v4.3c0 3.6 2.5 6.2 6 7.5 3.5-1.3 6-3.9 6-7.5V3.2z'/%3E\
%3Cpath fill='none' stroke='%23fff' stroke-width='1.6' d='m5 8 2.2 2.2L11.2 6'/%3E%3C/svg%3E";
