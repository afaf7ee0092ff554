//! The parts of the program that a browser loads when somebody goes to their screens. The site's
//! build cuts the wasm at the functions marked `wasm_split`: what only one part needs becomes a
//! file of its own, and what several need a file for just these.
//!
//! A new screen gets a line in `screens!`, and its address one in [`of_path`]. Parts are few,
//! because each pair of them may share a file more: a screen joins the part that it has most in
//! common with.

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::hooks::use_url;
use leptos_router::{Lazy, LazyRoute};

use crate::text::Language;

/// What a part's screen gives: its view, or nothing if the part could not be loaded.
type Screen = Result<AnyView, SplitLoaderError>;

macro_rules! screens {
    ($($(#[$doc:meta])* $part:ident: $name:ident shows $screen:path;)*) => {
        $(
            $(#[$doc])*
            pub(crate) fn $name() -> Lazy<$name::Route> {
                Lazy::new()
            }

            pub(crate) mod $name {
                use super::*;

                #[wasm_split($part, wasm_split_path = leptos::wasm_split, preload(preload), fallible)]
                pub(super) fn $name() -> Screen {
                    Ok($screen().into_any())
                }

                /// The screen's route.
                pub struct Route;

                impl LazyRoute for Route {
                    fn data() -> Self {
                        Self
                    }

                    async fn view(_: Self) -> AnyView {
                        shown($name().await)
                    }

                    async fn preload() {
                        // What cannot be loaded is noticed when it is shown.
                        let _ = preload().await;
                    }
                }
            }
        )*

        /// Loads all screens of a part: each asks for itself whether the part is there, and a page
        /// is taken over in one go, without waiting.
        #[cfg(feature = "hydrate")]
        async fn preload(part: &str) -> Result<(), SplitLoaderError> {
            $(
                if part == stringify!($part) {
                    $name::preload().await?;
                }
            )*
            Ok(())
        }
    };
}

screens! {
    /// All datacenters.
    summary: overview shows crate::summary::SummaryScreen;
    /// One datacenter.
    summary: datacenter shows crate::summary::SummaryScreen;
    /// The report of a datacenter.
    summary: report shows crate::report::ReportScreen;
    /// Monitor > Security.
    table: security shows crate::security::SecurityScreen;
    /// An action on many hosts, before it is done.
    work: bulk shows crate::bulk::BulkScreen;
    /// What became of it.
    work: bulk_job shows crate::bulk::BulkJobScreen;
    /// Every red alarm.
    work: alarms shows crate::alarms::AlarmsScreen;
    /// Jobs and events.
    work: events shows crate::events::EventsScreen;
    /// A host.
    host: host shows crate::host::HostSummary;
    /// What its latest appraisal is made of.
    host: host_attestation shows crate::host::HostAttestation;
    /// Its past.
    host: host_history shows crate::host::HostHistory;
    /// Its jobs.
    host: host_logs shows crate::host::HostLogs;
    /// The first steps.
    administration: start shows crate::setup::StartScreen;
    /// A new datacenter.
    administration: new_datacenter shows crate::arrangement::NewDatacenterScreen;
    /// The Hosts tab of a datacenter.
    administration: hosts shows crate::hosts::HostsScreen;
    /// The Configuration tab of a datacenter.
    administration: datacenter_configuration
        shows crate::arrangement::DatacenterConfigurationScreen;
    /// Enrolment.
    administration: enrol shows crate::enrol::EnrolScreen;
    /// What is left of a host that was removed.
    administration: removed_host shows crate::hosts::RemovedHostScreen;
    /// The audit trail.
    administration: audit shows crate::audit::AuditScreen;
    /// Who may sign in.
    administration: users shows crate::access::UsersScreen;
    /// Every session.
    administration: sessions shows crate::access::SessionsScreen;
    /// What is set for the whole server.
    administration: settings shows crate::access::SettingsScreen;
    /// One's own account.
    administration: account shows crate::access::AccountScreen;
    /// The server's health.
    administration: health shows crate::health::HealthScreen;
    /// TPM makers.
    standards: makers shows crate::makers::MakersScreen;
    /// One cause.
    standards: cause shows crate::cause::CauseScreen;
    /// The list of configurations.
    standards: configurations shows crate::configuration::ConfigurationsScreen;
    /// A configuration.
    standards: configuration shows crate::configuration::ConfigurationScreen;
    /// The list of policies.
    standards: policies shows crate::policy::PoliciesScreen;
    /// A cluster's policy.
    standards: policy shows crate::policy::PolicyScreen;
}

/// The part whose screen is at this path, by the name of its files.
pub fn of_path(path: Option<&str>) -> Option<&'static str> {
    let mut segments = path?.trim_start_matches('/').split('/');
    let (first, id, page) = (segments.next()?, segments.next(), segments.next());
    match first {
        "account" | "administration" | "start" => Some("administration"),
        "datacenters" if id == Some("new") => Some("administration"),
        "datacenters" | "hosts" | "clusters"
            if matches!(page, Some("hosts" | "configuration" | "removed" | "enrol")) =>
        {
            Some("administration")
        }
        "" => Some("summary"),
        "datacenters" if matches!(page, None | Some("" | "report")) => Some("summary"),
        "alarms" | "events" | "bulk" | "jobs" => Some("work"),
        "datacenters" if matches!(page, Some("alarms" | "events")) => Some("work"),
        "datacenters" | "security" => Some("table"),
        "hosts" => Some("host"),
        "makers" | "causes" | "configurations" | "policies" | "clusters" => Some("standards"),
        _ => None,
    }
}

/// The part that speaks this language.
pub const fn of_language(language: Language) -> Option<&'static str> {
    Some(language.code())
}

/// The view; or the page anew, from a server that has another program by now.
fn shown(screen: Screen) -> AnyView {
    screen.unwrap_or_else(|_| {
        let url = use_url().get_untracked();
        let question = if url.search().is_empty() { "" } else { "?" };
        crate::browser::load_page(&format!("{}{question}{}", url.path(), url.search()));
        ().into_any()
    })
}

/// Loads what this page needs, before anything is taken over. False if it cannot be had.
#[cfg(feature = "hydrate")]
pub async fn load() -> bool {
    crate::browser::report_panics();
    let path = crate::browser::path();
    let screen = preload(of_path(path.as_deref()).unwrap_or_default());
    let language = crate::text::load(crate::browser::language());
    let (language, screen) = futures_util::future::join(language, screen).await;
    language.is_ok() && screen.is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_the_part_of_their_screen() {
        for (path, part) in [
            ("/", Some("summary")),
            ("/datacenters/1", Some("summary")),
            ("/security", Some("table")),
            ("/datacenters/1/security", Some("table")),
            ("/datacenters/1/alarms", Some("work")),
            ("/datacenters/1/hosts", Some("administration")),
            ("/datacenters/new", Some("administration")),
            ("/alarms", Some("work")),
            ("/jobs/bulk/1", Some("work")),
            ("/hosts/1", Some("host")),
            ("/clusters/1/policy", Some("standards")),
            ("/causes/0123456789abcdef", Some("standards")),
            ("/sign-in", None),
        ] {
            assert_eq!(of_path(Some(path)), part, "{path}");
        }
        assert_eq!(of_path(None), None);
    }
}
