//! Trusts, distrusts or removes a TPM maker's certificate.

use trustboard_model::digest::Sha256;
use trustboard_model::event::{Actor, EventKind};
use trustboard_model::maker::MakerTrust;
use trustboard_model::reason::bounded;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{MakerAction, MakerDone};

use super::text::said;
use crate::ctx::{Ctx, Halt};
use crate::makers::InForce;

/// Decides on the certificate with this fingerprint. `in_force` is where those of the server's
/// folder are found, which have no record until somebody decides on them.
pub async fn decide_on_maker(
    ctx: &Ctx,
    actor: &Actor,
    fingerprint: Sha256,
    action: &MakerAction,
    in_force: &InForce,
) -> Result<MakerDone, Refusal> {
    ctx.answer(decide(ctx, actor, fingerprint, action, in_force).await)
}

async fn decide(
    ctx: &Ctx,
    actor: &Actor,
    fingerprint: Sha256,
    action: &MakerAction,
    in_force: &InForce,
) -> Result<MakerDone, Halt> {
    let (to, note) = match action {
        MakerAction::Trust { digits } => {
            compare(fingerprint, digits)?;
            (MakerTrust::Trusted, None)
        }
        MakerAction::Distrust { reason } => (MakerTrust::Distrusted, Some(said("reason", reason)?)),
        MakerAction::Remove { reason } => {
            return remove(ctx, actor, fingerprint, said("reason", reason)?, in_force).await;
        }
    };
    let mut write = ctx.write().await?;
    let record = write.maker_trust(fingerprint).await?;
    let found = in_force.find(&fingerprint);
    let Some((certificate, from)) = found else {
        return Err(Refusal::not_found("certificate").into());
    };
    // What counts may be more than what is on record: the folder's certificates count.
    if record == Some(to) || (record.is_none() && from == to) {
        write.commit().await?;
        return Ok(MakerDone { changed: false });
    }
    if record.is_none() {
        // Of the folder: from now on it has a record, so that the decision outlives the file.
        write.insert_maker_certificate(certificate, from, "", actor).await?;
    }
    write.set_maker_trust(fingerprint, to, actor, note).await?;
    let subject = bounded(&certificate.subject.to_string());
    let note = note.map(str::to_owned);
    let changed = EventKind::MakerTrustChanged { fingerprint, subject, from, to, note };
    write.event(actor, None, changed).await?;
    write.commit().await?;
    Ok(MakerDone { changed: true })
}

/// Whether somebody looked at the fingerprint: its last digits, with any colons and spaces.
fn compare(fingerprint: Sha256, typed: &str) -> Result<(), Refusal> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace() && *c != ':').collect();
    let plain = plain.to_lowercase();
    let whole = fingerprint.to_string();
    if plain.len() >= MakerAction::DIGITS && whole.ends_with(&plain) {
        return Ok(());
    }
    let problem = format!(
        "expected the last {} digits of the fingerprint that the maker publishes; what was typed \
         is not the end of this certificate's",
        MakerAction::DIGITS
    );
    Err(Refusal::invalid("digits", problem))
}

async fn remove(
    ctx: &Ctx,
    actor: &Actor,
    fingerprint: Sha256,
    reason: &str,
    in_force: &InForce,
) -> Result<MakerDone, Halt> {
    let mut write = ctx.write().await?;
    let certificate = write.maker_trust(fingerprint).await?.is_some();
    let subject = match write.maker_list(fingerprint).await? {
        Some(issuer) => issuer,
        None if certificate => in_force
            .find(&fingerprint)
            .map_or_else(String::new, |(found, _)| found.subject.to_string()),
        None if in_force.find(&fingerprint).is_some() => {
            let problem = "it lies in the server's folder of makers' certificates (makers_dir): \
                           remove the file there, or distrust it here";
            return Err(Refusal::Conflict { problem: problem.to_owned() }.into());
        }
        None => return Err(Refusal::not_found("certificate").into()),
    };
    write.delete_maker(fingerprint).await?;
    let (subject, reason) = (bounded(&subject), reason.to_owned());
    let removed = EventKind::MakerRemoved { fingerprint, subject, reason };
    write.event(actor, None, removed).await?;
    write.commit().await?;
    Ok(MakerDone { changed: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_fingerprint_is_compared() {
        let fingerprint = Sha256([0xAB; 32]);
        for typed in ["abababab", " AB:AB:AB:AB ", &"ab".repeat(32)] {
            assert_eq!(compare(fingerprint, typed), Ok(()), "{typed}");
        }
        for typed in ["", "ababab", "abababac", &"ab".repeat(33)] {
            let refused = compare(fingerprint, typed).unwrap_err();
            assert!(matches!(refused, Refusal::Invalid { field, .. } if field == "digits"));
        }
    }
}
