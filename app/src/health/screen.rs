//! The screen: one line for each thing, with its mark, and what to do where that is not good.

use std::time::Duration;

use leptos::prelude::*;
use trustboard_model::view::{Health, LoggedError, ShownTo};

use super::api::read_health;
use super::judged::{self, Judged};
use super::kept::Kept;
use crate::component::{Clock, Loaded, Moment, SignMark, Until, admin, language, say, tell_admin};
use crate::frame::{Heading, follow};
use crate::text::{self, AdminPhrase, AdminWord, AdvisoryWord, Ui, advisory_word};

/// How often the page is read again while somebody looks at it.
const AGAIN: Duration = Duration::from_secs(10);

/// The server's health.
#[component]
pub(crate) fn HealthScreen() -> impl IntoView {
    let answer = Resource::new(|| (), |()| read_health());
    let page = Loaded::of(answer);
    follow(|| ());
    Effect::new(move |_| {
        if let Ok(timer) = set_interval_with_handle(move || page.read_again(), AGAIN) {
            on_cleanup(move || timer.clear());
        }
    });
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    view! {
        <Heading title=admin(AdminWord::HealthTitle).to_owned() parents>""</Heading>
        <p class="dim">{admin(AdminWord::HealthIntro)}</p>
        {page.whole(move |health| view! { <Shown health /> }.into_any())}
    }
    .into_any()
}

/// A line: what, how it is, and what to do about it.
fn line(id: &'static str, word: AdminWord, judged: Judged, value: AnyView) -> AnyView {
    titled(id, admin(word), judged, value)
}

fn titled(id: &'static str, title: &'static str, judged: Judged, value: AnyView) -> AnyView {
    let Judged { sign, remedy } = judged;
    view! {
        <div data-health=id data-sign=sign.tone()>
            <dt><SignMark sign />{title}</dt>
            <dd>
                {value}
                {remedy.map(|remedy| view! { <p class="remedy">{admin(remedy)}</p> })}
            </dd>
        </div>
    }
    .into_any()
}

#[component]
fn Shown(health: Health) -> impl IntoView {
    Clock::use_here().hear(health.now);
    let language = language();
    let number = |count: u64| text::number(language, count);
    let good = Judged { sign: crate::component::Sign::Good, remedy: None };
    let version = view! {
        {health.version.clone()}" · "{admin(AdminWord::UpSince)}" "<Moment at=health.started_at />
    };
    let log = health
        .database
        .log_bytes
        .map_or_else(|| admin(AdminWord::NoLog).to_owned(), |bytes| text::size(language, bytes));
    let backup = match health.database.backed_up_at {
        Some(at) => view! { <Moment at /> }.into_any(),
        None => admin(AdminWord::BackupUnknown).into_any(),
    };
    let jobs = tell_admin(&AdminPhrase::JobsNow {
        queued: health.jobs.queued,
        running: health.jobs.running,
        again: health.jobs.judge_again,
    });
    let oldest = health.jobs.oldest.map(|at| {
        view! { <p>{admin(AdminWord::OldestJob)}" "<Moment at /></p> }
    });
    let returning = health.returning.map(|returning| {
        let words = tell_admin(&AdminPhrase::ReturningNow { count: returning.hosts });
        view! { <p>{words}" "<Until at=returning.until /></p> }
    });
    let agents = view! { {number(health.sessions.into())}{returning} };
    let behind = text::behind(language, health.schedule.behind_ms);
    let late = health.schedule.late.map(|late| {
        let (by, since) = (text::late_by(language, late.by_s), late.since);
        view! { <p>{by}" · "{advisory_word(language, AdvisoryWord::Since)}" "<Moment at=since /></p> }
    });
    let schedule = titled(
        "schedule",
        advisory_word(language, AdvisoryWord::Schedule),
        judged::schedule(&health),
        view! { {advisory_word(language, AdvisoryWord::ThisServer)}": "{behind}{late} }.into_any(),
    );
    let streams =
        tell_admin(&AdminPhrase::StreamsNow { count: health.streams, most: health.most_streams });
    let rate = tell_admin(&AdminPhrase::RateNow {
        count: health.rate.count,
        minutes: health.rate.seconds.div_ceil(60),
    });
    let replicas = match health.replicas {
        0 | 1 => admin(AdminWord::OnlyReplica).to_owned(),
        more => number(more.into()),
    };
    let disk = health.disk.map_or_else(
        || admin(AdminWord::DiskUnknown).to_owned(),
        |disk| {
            let (free, total) = (text::size(language, disk.free), text::size(language, disk.total));
            tell_admin(&AdminPhrase::DiskNow { free: &free, total: &total })
        },
    );
    let certificates: Vec<_> = health
        .certificates
        .iter()
        .map(|certificate| {
            let (id, word) = match certificate.shown_to {
                ShownTo::Browsers => ("certificate", AdminWord::BrowserCertificate),
                ShownTo::Agents => ("agent-certificate", AdminWord::AgentCertificate),
            };
            let until = match certificate.expires_at {
                Some(at) => view! { {admin(AdminWord::ValidUntil)}" "<Until at /> }.into_any(),
                None => admin(AdminWord::CertificateUnreadable).into_any(),
            };
            line(id, word, judged::certificate(certificate, health.now), until)
        })
        .collect();
    let errors = judged::errors(&health);
    view! {
        <dl class="health">
            {line("version", AdminWord::Version, good, version.into_any())}
            {line(
                "database",
                AdminWord::Database,
                good,
                text::size(language, health.database.bytes).into_any(),
            )}
            {line("log", AdminWord::WriteAheadLog, judged::log(&health), log.into_any())}
            {line("backup", AdminWord::LastBackup, judged::backup(&health), backup)}
            {line("disk", AdminWord::Disk, judged::disk(&health), disk.into_any())}
            {line("jobs", AdminWord::Jobs, judged::jobs(&health), view! { {jobs}{oldest} }.into_any())}
            {schedule}
            {line("rate", AdminWord::Rate, judged::rate(&health), rate.into_any())}
            {line("sessions", AdminWord::AgentSessions, judged::agents(&health), agents.into_any())}
            {line("streams", AdminWord::Streams, judged::streams(&health), streams.into_any())}
            {line("replicas", AdminWord::Replicas, good, replicas.into_any())}
            {certificates}
            {line(
                "errors",
                AdminWord::LatestErrors,
                errors,
                view! { <Errors errors=health.errors /> }.into_any(),
            )}
        </dl>
        {(!health.kept.is_empty()).then(|| view! { <Kept kept=health.kept at=health.kept_at /> })}
    }
    .into_any()
}

#[component]
fn Errors(errors: Vec<LoggedError>) -> impl IntoView {
    if errors.is_empty() {
        return admin(AdminWord::NoErrors).into_any();
    }
    let items = errors.into_iter().map(|error| {
        view! {
            <li><Moment at=error.at />" "<code>{error.part}</code><p><bdi>{error.message}</bdi></p></li>
        }
    });
    view! { <ul class="errors">{items.collect_view()}</ul> }.into_any()
}
