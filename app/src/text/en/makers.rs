//! The page of TPM makers.

use trustboard_model::maker::{MakerKind, MakerNote, MakerProblem, MakerRepair, MakerTrust};
use trustboard_model::view::{ImportOutcome, MakerOrigin};

use crate::text::makers::{MakerText, MakerWord};

pub(super) fn maker(text: MakerText<'_>) -> &'static str {
    match text {
        MakerText::Word(key) => word(key),
        MakerText::Trust(MakerTrust::Trusted) => "Trusted",
        MakerText::Trust(MakerTrust::Follows) => "Follows its issuer",
        MakerText::Trust(MakerTrust::Awaiting) => "Awaits confirmation",
        MakerText::Trust(MakerTrust::Distrusted) => "Distrusted",
        MakerText::TrustMeaning(MakerTrust::Trusted) => "Chains may end with it.",
        MakerText::TrustMeaning(MakerTrust::Follows) => {
            "It counts as far as a trusted root vouches for it."
        }
        MakerText::TrustMeaning(MakerTrust::Awaiting) => {
            "It counts for nothing until somebody has compared its fingerprint."
        }
        MakerText::TrustMeaning(MakerTrust::Distrusted) => "No chain goes through it.",
        MakerText::Kind(MakerKind::Root) => "Root",
        MakerText::Kind(MakerKind::Intermediate) => "Intermediate",
        MakerText::Note(MakerNote::Expired) => "Expired",
        MakerText::Note(MakerNote::NotYetValid) => "Not valid yet",
        MakerText::Note(MakerNote::Sha1Signature) => "Signed with SHA-1, as old makers signed",
        MakerText::Note(MakerNote::Version1) => "X.509 version 1: it cannot say that it is a CA",
        MakerText::Repair(MakerRepair::Padding { .. }) => {
            "{bytes} bytes of {byte} padding behind it were left out"
        }
        MakerText::Repair(MakerRepair::TrailingBytes { .. }) => {
            "{bytes} bytes behind it were left out"
        }
        MakerText::Problem(MakerProblem::NotACertificate) => {
            "Not a certificate, a revocation list or an archive of them"
        }
        MakerText::Problem(MakerProblem::SomethingElse { .. }) => "Holds {what}, not a certificate",
        MakerText::Problem(MakerProblem::Unreadable { .. }) => "Cannot be read: {detail}",
        MakerText::Problem(MakerProblem::Serial { .. }) => "Malformed: {detail}",
        MakerText::Problem(MakerProblem::WeakKey { .. }) => "Its key is too weak: {key}",
        MakerText::Problem(MakerProblem::UnknownKey { .. }) => {
            "Its key is of a kind that is not supported: {key}"
        }
        MakerText::Problem(MakerProblem::UnknownSignature { .. }) => {
            "It is signed in a way that is not supported: {algorithm}"
        }
        MakerText::Problem(MakerProblem::BadSelfSignature) => {
            "It names itself as its issuer, but its own key did not sign it"
        }
        MakerText::Problem(MakerProblem::NotACa) => "It is not the certificate of a CA",
        MakerText::Problem(MakerProblem::MayNotSign) => {
            "Its key usage does not allow signing certificates"
        }
        MakerText::Problem(MakerProblem::UnknownCritical { .. }) => {
            "Its critical extension {oid} is not understood"
        }
        MakerText::Problem(MakerProblem::TooLong { .. }) => {
            "{bytes} bytes; at most {limit} are read"
        }
        MakerText::Problem(MakerProblem::TooMany { .. }) => {
            "More than {limit} files or certificates: the rest was not read"
        }
        MakerText::Problem(MakerProblem::Bomb { .. }) => {
            "It unpacks to more than {limit} times its size, and was not unpacked"
        }
        MakerText::Problem(MakerProblem::TooDeep { .. }) => {
            "An archive inside an archive inside an archive was not opened"
        }
        MakerText::Problem(MakerProblem::Archive { .. }) => {
            "The archive cannot be opened: {detail}"
        }
        MakerText::Problem(MakerProblem::Empty) => "There is nothing in it",
        MakerText::Outcome(ImportOutcome::Trusted { .. }) => "Trusted: a published root of {maker}",
        MakerText::Outcome(ImportOutcome::Awaiting) => {
            "Awaits confirmation: compare its fingerprint"
        }
        MakerText::Outcome(ImportOutcome::Follows) => "Taken as an intermediate",
        MakerText::Outcome(ImportOutcome::List { .. }) => "Taken as a revocation list of {issuer}",
        MakerText::Outcome(ImportOutcome::Known { trust: Some(_) }) => {
            "Known before; it stays as it is: {trust}"
        }
        MakerText::Outcome(ImportOutcome::Known { trust: None }) => "Known before",
        MakerText::Outcome(ImportOutcome::Repeated) => "In this file more than once",
        MakerText::Outcome(ImportOutcome::Refused { .. }) => "Refused. {problem}",
        MakerText::Origin(MakerOrigin::Folder { .. }) => "The server's folder: {file}",
        MakerText::Origin(MakerOrigin::Import { .. }) => "Imported by {by}[: {file}]",
        MakerText::Counts => {
            "[{trusted} trusted][, {awaiting} await confirmation][, {follows} intermediates][, {lists} revocation lists][, {known} known before][, {refused} refused]"
        }
        MakerText::Between => "{from} to {until}",
        MakerText::Numbered => "{place}, number {number}",
    }
}

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
fn word(key: MakerWord) -> &'static str {
    match key {
        MakerWord::Title => "TPM makers",
        MakerWord::Intro => {
            "A TPM is genuine if its endorsement key's certificate leads to a root of its maker. This server trusts the roots below that are marked as trusted, and no others."
        }
        MakerWord::None => "No certificates of TPM makers yet",
        MakerWord::NoneHint => {
            "Until a root is trusted, no host can prove that its TPM is genuine. Import the roots and intermediates of the makers whose TPMs you have."
        }
        MakerWord::Maker => "Maker",
        MakerWord::Certificate => "Certificate",
        MakerWord::Fingerprint => "SHA-256 fingerprint",
        MakerWord::Validity => "Valid",
        MakerWord::State => "State",
        MakerWord::Origin => "Comes from",
        MakerWord::Issuer => "Issuer",
        MakerWord::Serial => "Serial number",
        MakerWord::Key => "Key",
        MakerWord::Published => "Published",
        MakerWord::NotPublished => "Not among the published roots that this server knows",
        MakerWord::Decided => "Decided by",
        MakerWord::LeadsTo => "Leads to",
        MakerWord::LeadsNowhere => "No trusted root yet: it counts for nothing until one is there",
        MakerWord::Details => "Details",
        MakerWord::Import => "Import certificates",
        MakerWord::ImportHint => {
            "A certificate (PEM, DER, PKCS #7) or an archive of them (zip, tar, tar.gz), at most 8 MiB. Every certificate in it is reported by itself; what is known already stays as it is."
        }
        MakerWord::File => "File",
        MakerWord::TrustPublished => "Trust published roots at once",
        MakerWord::TrustPublishedHint => {
            "They are recognised by their SHA-256 fingerprint. Every other root waits until somebody has compared its fingerprint."
        }
        MakerWord::ImportNow => "Import",
        MakerWord::Report => "What became of each certificate",
        MakerWord::Place => "Where in the file",
        MakerWord::Outcome => "What became of it",
        MakerWord::Imports => "Latest imports",
        MakerWord::Lists => "Revocation lists",
        MakerWord::ListIssuer => "Issuer",
        MakerWord::ListMade => "Made",
        MakerWord::ListNext => "Next one due",
        MakerWord::ListCount => "Revoked",
        MakerWord::ListVerified => "Signed by its issuer",
        MakerWord::ListNotVerified => {
            "Not verified: its issuer is not trusted here, or did not sign it"
        }
        MakerWord::Trust => "Trust this certificate",
        MakerWord::TrustHint => {
            "Compare the fingerprint shown here with the one that the maker publishes, on its own site or in its documents. Then type its last eight digits as you read them there."
        }
        MakerWord::TrustDigits => "Last eight digits of the published fingerprint",
        MakerWord::Distrust => "Distrust this certificate",
        MakerWord::DistrustHint => {
            "No chain goes through it from now on. Hosts whose certificates lead to it fail when they are verified next."
        }
        MakerWord::Remove => "Remove",
        MakerWord::RemoveHint => {
            "Forgets the certificate and what was decided on it. It can be imported again."
        }
        MakerWord::Reason => "Reason",
        MakerWord::ApproversOnly => "Approvers import certificates and decide on them.",
        MakerWord::DoneTrust => "The certificate is trusted.",
        MakerWord::DoneDistrust => "The certificate is distrusted.",
        MakerWord::DoneRemove => "The certificate was removed.",
        MakerWord::DoneNothing => "It was so already; nothing was changed.",
        MakerWord::RefusedDigits => {
            "What was typed is not the end of this certificate's fingerprint. If you read it in the maker's documents, this is not the maker's certificate: do not trust it."
        }
        MakerWord::RefusedReason => "Say why, in at most 1000 characters.",
        MakerWord::RefusedFolder => {
            "The certificate lies in the server's folder of makers' certificates (makers_dir): remove the file there, or distrust it here."
        }
        MakerWord::RefusedGone => {
            "The certificate is no longer there: somebody else has removed it."
        }
        MakerWord::RefusedNoFile => "No file was chosen, or it is empty.",
        MakerWord::RefusedTooLarge => "The file is larger than 8 MiB. Import it in parts.",
        MakerWord::RefusedUnreadable => "The file did not arrive whole. Try again.",
        MakerWord::NoSuchCertificate => "There is no such certificate any more.",
        MakerWord::NoSuchImport => {
            "The report of this import is no longer kept; the audit still has the import."
        }
        MakerWord::EkByOperator => "Endorsement key approved by an operator",
        MakerWord::EkByOperatorHint => {
            "An operator approved this TPM's key by its hash, in the place of a maker's certificate. That is weaker."
        }
    }
}
