//! Server functions of enrolment.

use leptos::prelude::*;
use trustboard_model::id::{ClusterId, TokenId};
use trustboard_model::view::EnrolmentPage;

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{ArrangementHandle, ask_of};

/// The enrolment page of one cluster.
#[server(prefix = "/api/ui", endpoint = "enrolment", input = PostText, output = PostText)]
pub async fn read_enrolment(
    /// The cluster.
    cluster: ClusterId,
) -> Result<EnrolmentPage, Failure> {
    ask_of(|ArrangementHandle(backend), viewer| async move {
        backend.enrolment(&viewer, cluster).await
    })
    .await
}

/// Makes a token; the page after it shows the command that uses it, once.
#[server(prefix = "/api/ui", endpoint = "new-token", output = PostText)]
pub async fn new_token(
    /// The cluster.
    cluster: ClusterId,
    /// Seconds until it expires.
    ttl_s: u32,
    /// For how many hosts.
    uses: u32,
    /// The page that it is shown on.
    #[server(default)]
    then: String,
) -> Result<(), Failure> {
    use crate::change::{Change, Changed, leave};

    let reached_as = reached_as();
    let answer = ask_of(|ArrangementHandle(backend), viewer| async move {
        backend.new_token(&viewer, cluster, ttl_s, uses, reached_as.as_deref()).await
    })
    .await;
    let typed = match answer {
        Ok(_) => Vec::new(),
        Err(_) => vec![("uses".to_owned(), uses.to_string())],
    };
    let done = answer.as_ref().map(|_| ()).map_err(Clone::clone);
    let to = crate::arrangement::own_page(then);
    let outcome = answer.map(Changed::Token);
    leave(&Change { form: "new-token".to_owned(), typed, outcome }, to);
    done
}

/// Revokes a token.
#[server(prefix = "/api/ui", endpoint = "revoke-token", output = PostText)]
pub async fn revoke_token(
    /// Which.
    token: TokenId,
) -> Result<(), Failure> {
    use crate::change::{Change, Changed, leave};

    let answer = ask_of(|ArrangementHandle(backend), viewer| async move {
        backend.revoke_token(&viewer, token).await
    })
    .await;
    let outcome = answer.clone().map(|_| Changed::TokenRevoked);
    leave(&Change { form: "revoke-token".to_owned(), typed: Vec::new(), outcome }, None);
    answer.map(|_| ())
}

/// The host by which the browser reached the server.
#[cfg(feature = "ssr")]
fn reached_as() -> Option<String> {
    use axum::http::header::HOST;
    use axum::http::request::Parts;

    let parts = use_context::<Parts>()?;
    // HTTP/2 has it in the address (RFC 9113 8.3.1).
    let authority = parts.uri.authority().map(ToString::to_string);
    let header = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    authority.or_else(|| header.map(str::to_owned))
}
