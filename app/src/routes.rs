//! Every page and its address.

use std::fmt::Write as _;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};
use trustboard_model::refusal::Refusal;

use crate::advisory::Told;
use crate::blank::FailureView;
use crate::browser;
use crate::component::{Clock, say};
use crate::display::Shortcuts;
use crate::frame::{Frame, Session, SessionHandle, TreeReload};
use crate::inventory::OpenHostHandle;
use crate::keyboard;
use crate::live::{Connection, LiveState, News};
use crate::parts;
use crate::setup::ClaimScreen;
use crate::sign_in::SignIn;
use crate::text::Ui;

/// The application.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    browser::keep_owners();
    let session = SharedValue::<Session>::new(session).into_inner();
    let session = SessionHandle::new(session);
    provide_context(session);
    provide_context(Told::new(session.advisories()));
    provide_context(LiveState(RwSignal::new(Connection::Off)));
    provide_context(News::new());
    provide_context(TreeReload::new());
    provide_context(OpenHostHandle(RwSignal::new(None)));
    let clock = Clock::new();
    provide_context(clock);
    Effect::new(move |_| {
        clock.run();
        keyboard::listen(move || session.display().shortcuts == Shortcuts::On);
        browser::mark_hydrated();
    });
    let product = say(Ui::ProductName);
    view! {
        <Title formatter=move |page: String| {
            if page.is_empty() { product.to_owned() } else { format!("{page} · {product}") }
        } />
        <Router>
            <Routes fallback=NotFound>
                <ParentRoute path=path!("") view=Frame ssr=SsrMode::Async>
                    <Route path=path!("") view=parts::overview() />
                    <Route path=path!("security") view=parts::security() />
                    <Route path=path!("datacenters/:datacenter/security") view=parts::security() />
                    <Route path=path!("datacenters/new") view=parts::new_datacenter() />
                    <Route path=path!("datacenters/:datacenter") view=parts::datacenter() />
                    <Route path=path!("datacenters/:datacenter/report") view=parts::report() />
                    <Route path=path!("hosts/:host") view=parts::host() />
                    <Route path=path!("hosts/:host/attestation") view=parts::host_attestation() />
                    <Route path=path!("hosts/:host/history") view=parts::host_history() />
                    <Route path=path!("hosts/:host/logs") view=parts::host_logs() />
                    <Route path=path!("alarms") view=parts::alarms() />
                    <Route path=path!("datacenters/:datacenter/alarms") view=parts::alarms() />
                    <Route path=path!("events") view=parts::events() />
                    <Route path=path!("datacenters/:datacenter/events") view=parts::events() />
                    <Route path=path!("bulk") view=parts::bulk() />
                    <Route path=path!("jobs/bulk/:bulk") view=parts::bulk_job() />
                    <Route path=path!("start") view=parts::start() />
                    <Route path=path!("datacenters/:datacenter/hosts") view=parts::hosts() />
                    <Route
                        path=path!("datacenters/:datacenter/configuration")
                        view=parts::datacenter_configuration()
                    />
                    <Route path=path!("clusters/:cluster/enrol") view=parts::enrol() />
                    <Route path=path!("hosts/:host/removed") view=parts::removed_host() />
                    <Route path=path!("administration/audit") view=parts::audit() />
                    <Route path=path!("account") view=parts::account() />
                    <Route path=path!("administration/users") view=parts::users() />
                    <Route path=path!("administration/sessions") view=parts::sessions() />
                    <Route path=path!("administration/settings") view=parts::settings() />
                    <Route path=path!("administration/health") view=parts::health() />
                    <Route path=path!("makers") view=parts::makers() />
                    <Route path=path!("causes/:cause") view=parts::cause() />
                    <Route path=path!("configurations") view=parts::configurations() />
                    <Route path=path!("configurations/:configuration") view=parts::configuration() />
                    <Route path=path!("policies") view=parts::policies() />
                    <Route path=path!("clusters/:cluster/policy") view=parts::policy() />
                </ParentRoute>
                <Route path=path!("setup") view=ClaimScreen ssr=SsrMode::Async />
                <Route path=path!("sign-in") view=SignIn ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
    .into_any()
}

/// An address that leads nowhere.
#[component]
fn NotFound() -> impl IntoView {
    let why = Refusal::not_found("page").into();
    view! { <main id="content" class="alone"><FailureView why retry=|| () /></main> }
}

#[cfg(feature = "ssr")]
fn session() -> Session {
    crate::frame::of_request()
}

/// The browser takes what the server wrote into the page.
#[cfg(not(feature = "ssr"))]
fn session() -> Session {
    Session::default()
}

/// Everything but unreserved characters (RFC 3986) as `%XX`.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}
