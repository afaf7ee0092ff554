//! The screen: what is in force, and what became of the form that led here.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use trustboard_model::digest::Sha256;
use trustboard_model::role::Role;
use trustboard_model::view::MakerCertificate;

use super::api::{MakersView, read_makers};
use super::certificate::CertificateCard;
use super::import::Import;
use super::lists::{Imports, Lists};
use super::report::Report;
use super::table::Table;
use super::word;
use crate::component::{Page, say};
use crate::frame::{Heading, SessionHandle, follow};
use crate::text::{MakerWord, Ui};

/// The page of TPM makers.
#[component]
pub(crate) fn MakersScreen() -> impl IntoView {
    let query = use_query_map();
    let of_address = move |name: &'static str| {
        Memo::new(move |_| query.with(|query| query.get(name).unwrap_or_default()))
    };
    let import = of_address("import");
    let chosen = of_address("certificate");
    let (done, refused) = (of_address("done"), of_address("refused"));
    let answer = Resource::new(
        move || import.get(),
        |import| async move { read_makers(import.parse().ok()).await },
    );
    let page = Page::of(answer, |view| view.page.now);
    follow(move || page.read_again());
    let shown = page.content();
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    view! {
        <Heading title=word(MakerWord::Title).to_owned() parents>""</Heading>
        <p class="dim">{word(MakerWord::Intro)}</p>
        {move || view! { <Became done=done.get() refused=refused.get() /> }}
        {page.view(move || view! { <Content shown chosen /> }.into_any())}
    }
    .into_any()
}

/// What the page shows. Each part is made anew only when its own content changes: what somebody
/// types or has chosen stays.
#[component]
fn Content(shown: Memo<Option<MakersView>>, chosen: Memo<String>) -> impl IntoView {
    let session = SessionHandle::use_here();
    let may_decide = Memo::new(move |_| session.may_everywhere(Role::Approver));
    let page = move || shown.get().map(|view| view.page);
    let certificates = Memo::new(move |_| page().map(|page| page.certificates).unwrap_or_default());
    let open = Memo::new(move |_| {
        let chosen = chosen.get();
        (!chosen.is_empty()).then(|| certificates.with(|all| find(all, &chosen)))
    });
    let report = Memo::new(move |_| shown.get().and_then(|view| view.report));
    let lists = Memo::new(move |_| page().map(|page| page.lists).unwrap_or_default());
    let imports = Memo::new(move |_| page().map(|page| page.imports).unwrap_or_default());
    let empty = certificates.with_untracked(Vec::is_empty);
    view! {
        <div class="makers">
            {move || open.get().map(|found| {
                view! { <CertificateCard found may_decide=may_decide.get() /> }
            })}
            {move || report.get().map(|report| view! { <Report report /> })}
            {move || view! { <Import open=empty may_import=may_decide.get() /> }}
            {move || view! { <Table certificates=certificates.get() chosen /> }}
            {move || view! { <Lists lists=lists.get() /> }}
            {move || view! { <Imports imports=imports.get() /> }}
        </div>
    }
    .into_any()
}

/// The certificate with this fingerprint, as the address has it.
fn find(certificates: &[MakerCertificate], fingerprint: &str) -> Option<MakerCertificate> {
    let is = |known: &Sha256| known.to_string() == fingerprint;
    certificates.iter().find(|certificate| is(&certificate.facts.fingerprint)).cloned()
}

/// What became of the form that led here.
#[component]
fn Became(done: String, refused: String) -> impl IntoView {
    let done = match &done[..] {
        "trust" => Some(MakerWord::DoneTrust),
        "distrust" => Some(MakerWord::DoneDistrust),
        "remove" => Some(MakerWord::DoneRemove),
        "nothing" => Some(MakerWord::DoneNothing),
        _ => None,
    };
    let refused = match &refused[..] {
        "digits" => Some(MakerWord::RefusedDigits),
        "reason" => Some(MakerWord::RefusedReason),
        "folder" => Some(MakerWord::RefusedFolder),
        "gone" => Some(MakerWord::RefusedGone),
        "no-file" => Some(MakerWord::RefusedNoFile),
        "too-large" => Some(MakerWord::RefusedTooLarge),
        "unreadable" => Some(MakerWord::RefusedUnreadable),
        _ => None,
    };
    view! {
        {done.map(|said| view! { <p class="outcome done" role="status">{word(said)}</p> })}
        {refused.map(|said| view! { <p class="outcome refused" role="alert">{word(said)}</p> })}
    }
}
