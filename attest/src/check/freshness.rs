//! Group A: the answer belongs to this challenge.

use trustboard_model::check::CheckId;
use trustboard_model::digest::Sha256;
use trustboard_model::protocol::Claims;
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_model::time::Timestamp;

use crate::input::{Input, Log};
use crate::verdict::Ledger;

/// A1: made for this host, answered in time. That it is answered once is the server's: it uses a
/// challenge up before it appraises.
pub(crate) fn challenge(input: &Input<'_>, ledger: &mut Ledger) {
    let Input { challenge, host, received_at, .. } = input;
    if challenge.host != *host {
        ledger.refuse(
            Reason::new(ReasonCode::ChallengeWrongHost)
                .expected(format!("a challenge for host {host}"))
                .found(format!("one for host {}", challenge.host)),
        );
    } else if *received_at > challenge.expires_at {
        ledger.refuse(
            Reason::new(ReasonCode::ChallengeExpired)
                .expected(format!("an answer by {}", challenge.expires_at))
                .found(format!("an answer at {received_at}")),
        );
    } else {
        ledger.pass(CheckId::NonceFresh, good_until(challenge.expires_at));
    }
}

/// What passes says of the challenge.
pub(crate) fn good_until(expires_at: Timestamp) -> String {
    format!("good until {expires_at}")
}

/// A2 for the log: the quote binds the claims, and the claims name the log. Whether the log is
/// the one that was signed for.
pub(crate) fn log_is_the_claimed_one(
    claims: &Claims,
    log: Log<'_>,
    digest: Option<Sha256>,
    ledger: &mut Ledger,
) -> bool {
    let matches = match log {
        Log::Bytes(_) | Log::Absent => claims.log_digest == digest,
        Log::NotKept(named) => claims.log_digest == Some(named),
    };
    if matches {
        ledger.pass(CheckId::NonceBinding, "nonce, facts and event log are signed");
    } else {
        let show = |digest: Option<Sha256>| digest.map_or("no log".to_owned(), |d| d.to_string());
        ledger.refuse(
            Reason::new(ReasonCode::NonceMismatch)
                .at("event log")
                .expected(show(claims.log_digest))
                .found(show(digest)),
        );
    }
    matches
}
