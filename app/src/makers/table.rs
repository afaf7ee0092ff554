//! The table of the certificates in force.

use leptos::prelude::*;
use trustboard_model::maker::MakerTrust;
use trustboard_model::view::MakerCertificate;

use super::word;
use crate::component::{DigestText, Sign, SignMark, language};
use crate::text::{self, MakerWord};

/// The table, or what its emptiness means.
#[component]
pub(super) fn Table(
    certificates: Vec<MakerCertificate>,
    /// The fingerprint of the certificate that is open.
    chosen: Memo<String>,
) -> impl IntoView {
    if certificates.is_empty() {
        return view! {
            <section class="blank" data-blank="empty">
                <h2>{word(MakerWord::None)}</h2>
                <p>{word(MakerWord::NoneHint)}</p>
            </section>
        }
        .into_any();
    }
    let columns = [
        MakerWord::Certificate,
        MakerWord::Maker,
        MakerWord::State,
        MakerWord::Fingerprint,
        MakerWord::Validity,
        MakerWord::Origin,
    ];
    let head = columns.map(|column| view! { <th scope="col">{word(column)}</th> });
    let rows = certificates.into_iter().map(|certificate| view! { <Row certificate chosen /> });
    view! {
        <div class="table-region" role="region" aria-label=word(MakerWord::Title) tabindex="0">
            <table class="makers-table">
                <thead><tr>{head}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(certificate: MakerCertificate, chosen: Memo<String>) -> impl IntoView {
    let language = language();
    let MakerCertificate { facts, notes, origin, trust, .. } = certificate.clone();
    let fingerprint = facts.fingerprint.to_string();
    let href = format!("/makers?certificate={fingerprint}#certificate");
    let hex = fingerprint.clone();
    let current = {
        let fingerprint = fingerprint.clone();
        move || chosen.with(|chosen| *chosen == fingerprint).then_some("true")
    };
    let notes: Vec<&str> = notes.iter().map(|note| text::maker_note(language, *note)).collect();
    let (from, until) =
        (text::day(language, facts.not_before), text::day(language, facts.not_after));
    view! {
        <tr data-maker=hex data-trust=trust.code()>
            <th scope="row">
                <a href=href aria-current=current><bdi>{short_subject(&facts.subject)}</bdi></a>
                <small>{text::maker_kind(language, facts.kind)}", "{facts.key}</small>
            </th>
            <td><bdi>{facts.maker}</bdi></td>
            <td><State certificate /></td>
            <td><DigestText hex=fingerprint /></td>
            <td>
                {text::maker_validity(language, &from, &until)}
                {(!notes.is_empty()).then(|| view! { <small>{notes.join("; ")}</small> })}
            </td>
            <td><bdi>{text::maker_origin(language, &origin)}</bdi></td>
        </tr>
    }
    .into_any()
}

/// What a certificate counts for, as a sign with its words; of what follows, where it leads.
#[component]
pub(super) fn State(certificate: MakerCertificate) -> impl IntoView {
    let language = language();
    let MakerCertificate { trust, chains_to, .. } = certificate;
    let sign = match (trust, &chains_to) {
        (MakerTrust::Trusted, _) | (MakerTrust::Follows, Some(_)) => Sign::Good,
        (MakerTrust::Follows, None) => Sign::None,
        (MakerTrust::Awaiting, _) => Sign::Warning,
        (MakerTrust::Distrusted, _) => Sign::Bad,
    };
    let leads = (trust == MakerTrust::Follows).then(|| match chains_to {
        Some(root) => format!("{} {}", word(MakerWord::LeadsTo), short_subject(&root)),
        None => word(MakerWord::LeadsNowhere).to_owned(),
    });
    view! {
        <span class="maker-state" title=text::maker_trust_meaning(language, trust)>
            <SignMark sign />
            <span>{text::maker_trust(language, trust)}</span>
        </span>
        {leads.map(|leads| view! { <small><bdi>{leads}</bdi></small> })}
    }
}

/// The common name, or all of a subject without one.
pub(super) fn short_subject(subject: &str) -> String {
    let common = subject.split(", ").find_map(|part| part.strip_prefix("CN="));
    common.unwrap_or(subject).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_known_by_its_common_name() {
        assert_eq!(short_subject("CN=Root CA 7, O=Maker, C=TW"), "Root CA 7");
        assert_eq!(short_subject("C=TW, O=Maker, CN=Root"), "Root");
        assert_eq!(short_subject("O=Maker"), "O=Maker");
    }
}
