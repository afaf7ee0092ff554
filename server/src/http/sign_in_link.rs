//! `GET /sign-in/link#CODE`: where a sign-in link leads. The code stands in the fragment, which no
//! browser sends; a script of three lines posts it.

use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use http::header::CONTENT_SECURITY_POLICY;
use http::{HeaderMap, HeaderValue};
use trustboard_app::text::{self, Ui};
use trustboard_model::bytes::to_hex;

use crate::state::AppState;

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="LANG">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>TITLE · PRODUCT</title>
</head>
<body>
<form method="post" action="/sign-in">
<input type="hidden" name="code">
<noscript><p>NEEDS <a href="/sign-in">INSTEAD</a></p></noscript>
</form>
<script nonce="NONCE">
const form = document.forms[0];
form.code.value = location.hash.slice(1);
history.replaceState(null, "", location.pathname);
if (form.code.value) form.submit(); else location.replace("/sign-in");
</script>
</body>
</html>
"#;

/// The page behind a sign-in link.
pub async fn sign_in_link(State(state): State<AppState>, request: HeaderMap) -> Response {
    let mut bytes = [0; 16];
    state.ctx.random.fill(&mut bytes);
    let nonce = to_hex(&bytes);
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    let language = trustboard_app::language::of_headers(&request);
    let say = |key| text::ui(language, key);
    let page = PAGE
        .replace("NONCE", &nonce)
        .replace("LANG", language.code())
        .replace("TITLE", say(Ui::SignIn))
        .replace("PRODUCT", say(Ui::ProductName))
        .replace("NEEDS", say(Ui::SignInLinkNeedsScripts))
        .replace("INSTEAD", say(Ui::SignInWithPassword));
    let mut response = Html(page).into_response();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}
