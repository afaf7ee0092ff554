//! One certificate, and what an administrator may decide on it.

use leptos::prelude::*;
use trustboard_model::maker::{MakerTrust, PublishedRoot};
use trustboard_model::view::{MakerAction, MakerCertificate, MakerOrigin};

use super::table::{State, short_subject};
use super::word;
use crate::component::{Moment, language};
use crate::text::{self, MakerWord};

/// The certificate that the address names.
#[component]
pub(super) fn CertificateCard(found: Option<MakerCertificate>, may_decide: bool) -> impl IntoView {
    let Some(certificate) = found else {
        return view! {
            <section class="card" id="certificate">
                <p>{word(MakerWord::NoSuchCertificate)}</p>
            </section>
        }
        .into_any();
    };
    let decisions = if may_decide {
        view! { <Decisions certificate=certificate.clone() /> }.into_any()
    } else {
        view! { <p class="dim">{word(MakerWord::ApproversOnly)}</p> }.into_any()
    };
    view! {
        <section class="card maker-card" id="certificate">
            <h2><bdi>{short_subject(&certificate.facts.subject)}</bdi></h2>
            <div class="maker-grid">
                <Facts certificate />
                <div class="actions">{decisions}</div>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Facts(certificate: MakerCertificate) -> impl IntoView {
    let language = language();
    let MakerCertificate { facts, published, origin, decision, .. } = certificate.clone();
    let fact = |key: MakerWord, value: AnyView| {
        view! { <div><dt>{word(key)}</dt><dd>{value}</dd></div> }
    };
    let plain = |key: MakerWord, value: String| fact(key, view! { <bdi>{value}</bdi> }.into_any());
    let (from, until) =
        (text::day(language, facts.not_before), text::day(language, facts.not_after));
    let published = match published {
        Some(root) => view! { <Published root /> }.into_any(),
        None => view! { {word(MakerWord::NotPublished)} }.into_any(),
    };
    let at = match &origin {
        MakerOrigin::Import { at, .. } => Some(*at),
        MakerOrigin::Folder { .. } => None,
    };
    let origin = view! {
        <bdi>{text::maker_origin(language, &origin)}</bdi>
        {at.map(|at| view! { " "<Moment at /> })}
    };
    let decided = decision.map(|decided| {
        let by = text::actor(language, &decided.by);
        let note = decided.note.map(|note| view! { ": "<q><bdi>{note}</bdi></q> });
        fact(
            MakerWord::Decided,
            view! { <bdi>{by}</bdi>" "<Moment at=decided.at />{note} }.into_any(),
        )
    });
    view! {
        <dl class="facts wide">
            {fact(MakerWord::State, view! { <State certificate /> }.into_any())}
            <div>
                <dt>{word(MakerWord::Fingerprint)}</dt>
                <dd><code class="fingerprint">{colons(&facts.fingerprint.to_string())}</code></dd>
            </div>
            {plain(MakerWord::Certificate, facts.subject)}
            {plain(MakerWord::Issuer, facts.issuer)}
            {plain(MakerWord::Serial, facts.serial)}
            {plain(MakerWord::Key, facts.key)}
            {plain(MakerWord::Validity, text::maker_validity(language, &from, &until))}
            {fact(MakerWord::Published, published)}
            {fact(MakerWord::Origin, origin.into_any())}
            {decided}
        </dl>
    }
    .into_any()
}

/// Who published the root; the address is text, because nothing leads off this server by itself.
#[component]
fn Published(root: PublishedRoot) -> impl IntoView {
    let PublishedRoot { maker, name, sources, address } = root;
    view! {
        <bdi>{format!("{maker}: {name} ({sources})")}</bdi>
        {address.map(|address| view! { <small><code>{address}</code></small> })}
    }
}

/// The forms that the certificate's state offers.
#[component]
fn Decisions(certificate: MakerCertificate) -> impl IntoView {
    let fingerprint = certificate.facts.fingerprint.to_string();
    let trust = certificate.trust;
    let of_folder = matches!(certificate.origin, MakerOrigin::Folder { .. });
    let to = |action: &str| format!("/makers/{fingerprint}/{action}");
    let may_trust = trust != MakerTrust::Trusted;
    let may_remove = !of_folder || certificate.decision.is_some();
    view! {
        {may_trust.then(|| view! {
            <details name="decide" data-act="trust" open=trust == MakerTrust::Awaiting>
                <summary class="button primary">{word(MakerWord::Trust)}</summary>
                <form method="post" action=to("trust")>
                    <p class="hint">{word(MakerWord::TrustHint)}</p>
                    <label>
                        <span>{word(MakerWord::TrustDigits)}</span>
                        <input
                            type="text"
                            name="text"
                            required
                            minlength=MakerAction::DIGITS.to_string()
                            maxlength="120"
                            autocomplete="off"
                            spellcheck="false"
                        />
                    </label>
                    <div class="buttons">
                        <button type="submit" class="primary">{word(MakerWord::Trust)}</button>
                    </div>
                </form>
            </details>
        })}
        {(trust != MakerTrust::Distrusted).then(|| view! {
            <Decision
                code="distrust"
                action=to("distrust")
                title=MakerWord::Distrust
                hint=MakerWord::DistrustHint
            />
        })}
        {may_remove.then(|| view! {
            <Decision
                code="remove"
                action=to("remove")
                title=MakerWord::Remove
                hint=MakerWord::RemoveHint
            />
        })}
    }
}

/// A decision that asks for a reason.
#[component]
fn Decision(
    code: &'static str,
    action: String,
    title: MakerWord,
    hint: MakerWord,
) -> impl IntoView {
    view! {
        <details name="decide" data-act=code>
            <summary class="button">{word(title)}</summary>
            <form method="post" action=action>
                <p class="hint">{word(hint)}</p>
                <label>
                    <span>{word(MakerWord::Reason)}</span>
                    <input type="text" name="text" required maxlength="1000" autocomplete="off" />
                </label>
                <div class="buttons">
                    <button type="submit" class="danger">{word(title)}</button>
                </div>
            </form>
        </details>
    }
}

/// `AB:CD:…`, as makers publish fingerprints.
fn colons(hex: &str) -> String {
    let upper = hex.to_uppercase();
    let bytes: Vec<&str> =
        (0..upper.len()).step_by(2).filter_map(|i| upper.get(i..i + 2)).collect();
    bytes.join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_written_as_makers_write_them() {
        assert_eq!(colons("0aff3c"), "0A:FF:3C");
        assert_eq!(colons(""), "");
    }
}
