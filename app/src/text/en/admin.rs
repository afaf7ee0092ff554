//! Administration: first run, enrolment, arrangement, audit trail, health.

use crate::text::admin::{AdminPhrase, AdminText, AdminWord};

const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];

pub(super) fn admin(text: AdminText<'_>) -> Option<&'static str> {
    match text {
        AdminText::Word(key) => Some(word(key)),
        AdminText::Phrase(phrase) => Some(template(phrase)),
        AdminText::Kind(code) => kind(code),
        AdminText::Unit(index) => UNITS.get(index).copied(),
    }
}

fn word(key: AdminWord) -> &'static str {
    match key {
        AdminWord::AdministrationHeading => "Administration",
        AdminWord::SetupTitle => "Set up this server",
        AdminWord::SetupIntro => {
            "Nobody can sign in yet. Whoever can read the server's console makes the first administrator."
        }
        AdminWord::SetupCode => "Setup code",
        AdminWord::SetupCodeHint => {
            "The server printed it when it started; trustboard setup-code prints another."
        }
        AdminWord::SetupName => "Your name",
        AdminWord::SetupNameHint => "Letters, digits and . _ @ -",
        AdminWord::SetupPassword => "Password",
        AdminWord::SetupPasswordHint => {
            "At least 10 characters. A few words are better than a puzzle."
        }
        AdminWord::SetupAgain => "Password again",
        AdminWord::SetupButton => "Create the administrator",
        AdminWord::SetupCodeBad => {
            "This setup code is wrong, was used, or has expired. On the server, trustboard setup-code prints a new one."
        }
        AdminWord::SetupPasswordBad => {
            "The password needs at least 10 characters and at most 1,024 bytes."
        }
        AdminWord::SetupAgainBad => "The two passwords are not the same.",
        AdminWord::SetupNameBad => {
            "The name may have letters, digits and . _ @ - only, and at most 64 of them."
        }
        AdminWord::SetupClaimed => {
            "Somebody was faster: this server has an administrator already. Sign in."
        }
        AdminWord::StartTitle => "First steps",
        AdminWord::StartIntro => {
            "From an empty server to the first green host. This page can be left and found again at any time."
        }
        AdminWord::StartNext => "Go on with the next step",
        AdminWord::StartFinished => "Your first host is green",
        AdminWord::StartFinishedHint => {
            "From now on it is verified by the clock. Enrol more hosts below, or on the page of each cluster."
        }
        AdminWord::StepAdministrator => "Create the first administrator",
        AdminWord::StepDatacenter => "Create a datacenter",
        AdminWord::StepDatacenterHint => {
            "A place with hosts: a site, a room, a provider. Who may see and do what is decided for each."
        }
        AdminWord::StepCluster => "Create a cluster and choose its policy",
        AdminWord::StepClusterHint => {
            "Hosts of one cluster are judged by one policy, and may boot what is approved for it."
        }
        AdminWord::StepHost => "Enrol the first host",
        AdminWord::StepHostHint => {
            "Install the agent on the host, make a token, and run the one command that appears here. The host shows up below by itself."
        }
        AdminWord::StepGreen => "See it turn green",
        AdminWord::StepDone => "done",
        AdminWord::StepOpen => "to do",
        AdminWord::EnrolLink => "Enrol hosts",
        AdminWord::NewTokenTitle => "New enrolment command",
        AdminWord::TokenUses => "Hosts",
        AdminWord::TokenExpiry => "Good for",
        AdminWord::OneHour => "1 hour",
        AdminWord::OneDay => "1 day",
        AdminWord::OneWeek => "7 days",
        AdminWord::OneMonth => "30 days",
        AdminWord::MakeToken => "Make the command",
        AdminWord::AnotherToken => "Make another one",
        AdminWord::Command => "Enrolment command",
        AdminWord::CommandHint => "Run this on each host, with the right to use sudo:",
        AdminWord::Copy => "Copy",
        AdminWord::Copied => "Copied.",
        AdminWord::ShownOnce => {
            "It is shown this once and holds a secret: treat it like a password."
        }
        AdminWord::ArrivalsTitle => "Hosts that arrived",
        AdminWord::WaitingForHosts => "Waiting for the first host. It appears here by itself.",
        AdminWord::NoTpm => "no TPM 2.0",
        AdminWord::ArrivalFailed => {
            "It enrolled and did not pass. If what it booted is right, approve it on its page."
        }
        AdminWord::ArrivalNoTpm => {
            "Without a TPM 2.0 nothing can be proven. Switch it on in the firmware, or leave the host as it is."
        }
        AdminWord::ArrivalUnknown => {
            "It is being verified, or its agent does not run yet: systemctl status trustboard-agent says why."
        }
        AdminWord::ToTheHost => "To the host",
        AdminWord::TokensTitle => "Enrolment tokens",
        AdminWord::TokensHint => {
            "A token lets hosts into this cluster until it is used up, expires or is revoked. Hosts that enrolled with it stay."
        }
        AdminWord::NoTokens => "There is no token yet.",
        AdminWord::TokenMade => "Made",
        AdminWord::TokenState => "State",
        AdminWord::TokenUsesLeft => "Uses left",
        AdminWord::TokenUntil => "Good until",
        AdminWord::TokenAction => "Action",
        AdminWord::TokenGood => "Good",
        AdminWord::TokenUsedUp => "Used up",
        AdminWord::TokenExpired => "Expired",
        AdminWord::TokenRevoked => "Revoked",
        AdminWord::RevokeToken => "Revoke",
        AdminWord::TokenRevokedNow => "The token was revoked. Hosts that enrolled with it stay.",
        AdminWord::NewDatacenterTitle => "New datacenter",
        AdminWord::CreateDatacenter => "Create the datacenter",
        AdminWord::NewClusterTitle => "New cluster",
        AdminWord::CreateCluster => "Create the cluster",
        AdminWord::ChoosePolicy => "Policy to begin with",
        AdminWord::ChoosePolicyHint => "Every check can be changed later on the policy's page.",
        AdminWord::NoClusters => "There is no cluster in this datacenter",
        AdminWord::NothingApproved => "none: what hosts boot is not compared",
        AdminWord::ThisDatacenter => "This datacenter",
        AdminWord::Rename => "Rename",
        AdminWord::NewName => "New name",
        AdminWord::MoveCluster => "Move the cluster",
        AdminWord::ToDatacenter => "To the datacenter",
        AdminWord::Delete => "Delete",
        AdminWord::DeleteCluster => "Delete the cluster",
        AdminWord::DeleteClusterHint => {
            "Its policy and its enrolment tokens go with it. What the audit says of it stays."
        }
        AdminWord::ClusterNotEmpty => "There are hosts in this cluster. Move or remove them first.",
        AdminWord::DeleteDatacenter => "Delete the datacenter",
        AdminWord::DeleteDatacenterHint => {
            "The roles that people have in it go with it. What the audit says of it stays."
        }
        AdminWord::DatacenterNotEmpty => {
            "There are clusters in this datacenter. Move or delete them first."
        }
        AdminWord::Os => "Operating system",
        AdminWord::Kernel => "Kernel",
        AdminWord::Tpm => "TPM",
        AdminWord::Interface => "Interface",
        AdminWord::Agent => "Agent",
        AdminWord::Identity => "Identity",
        AdminWord::Presence => "Connection",
        AdminWord::Enrolled => "Enrolled",
        AdminWord::NotSaid => "not said",
        AdminWord::ChooseHint => "for the hosts ticked on this page",
        AdminWord::ChooseAll => "All hosts on this page",
        AdminWord::MoveHosts => "Move",
        AdminWord::RemoveHosts => "Remove",
        AdminWord::NothingChosen => "No host is ticked. Tick some in the table and try again.",
        AdminWord::MovingHosts => {
            "In the other cluster hosts are judged by its policy and by what is approved there: their stored evidence at once, without asking them. In another datacenter other people may see them."
        }
        AdminWord::ToCluster => "To the cluster",
        AdminWord::ShowImpact => "Show what changes",
        AdminWord::RemovingHosts => {
            "They leave the inventory at once, and their agents are refused. Their history is kept and can be read. The same TPM may enrol again with a new token."
        }
        AdminWord::Reason => "Reason",
        AdminWord::PageBefore => "Previous page",
        AdminWord::PageAfter => "Next page",
        AdminWord::PagesLabel => "Pages",
        AdminWord::Removed => "removed",
        AdminWord::RemovedTitle => "This host was removed",
        AdminWord::RemovedHint => {
            "It is not in the inventory any more and is not verified. What is known of it stays here."
        }
        AdminWord::RemovedAt => "Removed",
        AdminWord::RemovedBy => "By",
        AdminWord::RemovedEk => "Endorsement key (SHA-256)",
        AdminWord::RemovedSpans => "Attestation until then",
        AdminWord::RemovedEvents => "Latest events",
        AdminWord::AuditTitle => "Audit trail",
        AdminWord::AuditIntro => {
            "Everything that was changed, by whom and when. Each event carries the hash of the one before: nothing can be changed, removed or put in between unnoticed."
        }
        AdminWord::Number => "Number",
        AdminWord::When => "When",
        AdminWord::Who => "Who",
        AdminWord::Kind => "Kind",
        AdminWord::What => "What",
        AdminWord::Where => "Where",
        AdminWord::Hash => "Hash",
        AdminWord::Datacenter => "Datacenter",
        AdminWord::HostColumn => "Host",
        AdminWord::AnyKind => "all kinds",
        AdminWord::AnyDatacenter => "everywhere",
        AdminWord::From => "From (UTC)",
        AdminWord::Until => "Until (UTC)",
        AdminWord::OneHostOnly => "one host only",
        AdminWord::OnlyThisHost => "only this host",
        AdminWord::ExportCsv => "Export as CSV",
        AdminWord::ExportJson => "Export as JSON lines",
        AdminWord::ExportHint => "all events that match, not only this page",
        AdminWord::Newest => "To the newest",
        AdminWord::Older => "Older ones",
        AdminWord::NoEvents => "No event matches",
        AdminWord::NoEventsHint => "Ask for less, or for another time. Names are compared whole.",
        AdminWord::ChainTitle => "The chain of events",
        AdminWord::ChainIntro => {
            "Verifying computes every hash anew, from the first event to the last."
        }
        AdminWord::ChainNever => "It was not verified yet.",
        AdminWord::VerifyChain => "Verify the chain",
        AdminWord::ChainStarted => {
            "The verification runs. Its result appears here and stands in the trail."
        }
        AdminWord::ChainHead => "Last hash:",
        AdminWord::ChainHeadHint => {
            "Keep it elsewhere: it proves later that nothing before it was rewritten."
        }
        AdminWord::ChainBrokenHint => {
            "Somebody changed the database past the server, or the disk is failing. Keep a copy of it, look at who can write to it, and compare with a backup."
        }
        AdminWord::HealthTitle => "Server health",
        AdminWord::HealthIntro => {
            "How this server is, measured now, and what to do where that is not good."
        }
        AdminWord::Version => "Version",
        AdminWord::UpSince => "serving since",
        AdminWord::Database => "Database",
        AdminWord::WriteAheadLog => "Write-ahead log",
        AdminWord::NoLog => "none",
        AdminWord::LogRemedy => {
            "It should be folded into the database. Look for a backup or another program that keeps the database open; a restart of the server folds it."
        }
        AdminWord::LastBackup => "Last backup",
        AdminWord::BackupUnknown => "unknown",
        AdminWord::BackupRemedy => {
            "The server does not know of any. Back up the database and agent-tls.pem regularly, and try a restore."
        }
        AdminWord::Disk => "Disk",
        AdminWord::DiskUnknown => "the system does not say",
        AdminWord::DiskRemedy => {
            "Make room. When the disk is full nothing acknowledged is lost, but nothing new is recorded."
        }
        AdminWord::Jobs => "Verification jobs",
        AdminWord::OldestJob => "The oldest one waits since",
        AdminWord::JobsRemedy => {
            "Verifications wait longer than they take. Look at the processor, at the setting verifications, and at the latest errors."
        }
        AdminWord::Rate => "Verifications in the last hour",
        AdminWord::RateRemedy => {
            "Agents are connected, but nothing was verified. Look at the latest errors, and restart the server if there are none."
        }
        AdminWord::AgentSessions => "Connected agents",
        AdminWord::Streams => "Live streams of browsers",
        AdminWord::StreamsRemedy => {
            "Close tabs that nobody looks at: further browsers would not be live."
        }
        AdminWord::Replicas => "Servers",
        AdminWord::OnlyReplica => "one, this one",
        AdminWord::BrowserCertificate => "Certificate for browsers",
        AdminWord::AgentCertificate => "Certificate for agents",
        AdminWord::ValidUntil => "valid until",
        AdminWord::CertificateUnreadable => "valid until when cannot be read",
        AdminWord::CertificateRemedy => {
            "Replace the files that tls_certificate and tls_key name, and restart the server."
        }
        AdminWord::LatestErrors => "Latest errors in the log",
        AdminWord::NoErrors => "none since the start",
        AdminWord::ErrorsRemedy => {
            "The log has what came before and after each. What happens again and again is worth a look."
        }
    }
}

fn template(phrase: &AdminPhrase<'_>) -> &'static str {
    match phrase {
        AdminPhrase::EnrolIn { .. } => "Enrol hosts in {cluster}",
        AdminPhrase::NewClusterIn { .. } => "Create a cluster in {datacenter}",
        AdminPhrase::TokenGood { .. } => "Good for {uses} host(s), until",
        AdminPhrase::UsesLeft { .. } => "{left}[ of {of}]",
        AdminPhrase::GoodTokens { .. } => "{count} good now",
        AdminPhrase::MovingCluster { .. } => {
            "It takes its hosts along ({hosts}). Whoever has a role in {from} only does not see them any more; those with a role in the other datacenter do. What the hosts are judged by stays."
        }
        AdminPhrase::MoveCount { .. } => "Move {count} host(s) to another cluster",
        AdminPhrase::RemoveCount { .. } => "Remove {count} host(s)",
        AdminPhrase::TypeToConfirm { .. } => "Type {text} to confirm",
        AdminPhrase::ChooseHost { .. } => "Choose {host}",
        AdminPhrase::HostsArranged { .. } => "Hosts concerned: {count}.",
        AdminPhrase::HostLeft { .. } => "{host} was left as it is: {why}",
        AdminPhrase::ChainRuns { .. } => "{verified} of {of} events verified, started by {by}",
        AdminPhrase::ChainWhole { .. } => {
            "The chain is whole: {events} events, in order, unchanged."
        }
        AdminPhrase::ChainBroken { .. } => {
            "The chain is broken. The first event that is not what was committed is number {number}:"
        }
        AdminPhrase::JobsNow { .. } => {
            "{queued} waiting, {running} running; stored evidence to be judged again: {again}"
        }
        AdminPhrase::StreamsNow { .. } => "{count} of at most {most}",
        AdminPhrase::ReturningNow { .. } => {
            "Not back since their server ended: {count}; waited for until"
        }
        AdminPhrase::RateNow { .. } => "{count} in {minutes} min",
        AdminPhrase::DiskNow { .. } => "{free} free of {total}",
    }
}

fn kind(code: &str) -> Option<&'static str> {
    Some(match code {
        "datacenter-created" => "Datacenter created",
        "cluster-created" => "Cluster created",
        "datacenter-renamed" => "Datacenter renamed",
        "datacenter-deleted" => "Datacenter deleted",
        "cluster-renamed" => "Cluster renamed",
        "cluster-moved" => "Cluster moved",
        "cluster-deleted" => "Cluster deleted",
        "token-created" => "Enrolment token created",
        "token-revoked" => "Enrolment token revoked",
        "operator-created" => "Operator created",
        "operator-changed" => "Operator changed",
        "setup-code-created" => "Setup code made",
        "signed-in" => "Signed in",
        "signed-out" => "Signed out",
        "sign-in-refused" => "Sign-in refused",
        "host-enrolled" => "Host enrolled",
        "host-moved" => "Host moved",
        "host-removed" => "Host removed",
        "identity-changed" => "Identity changed",
        "presence-changed" => "Connection changed",
        "appraised" => "Attestation changed",
        "verification-failed" => "Verification not finished",
        "alarm-raised" => "Alarm raised",
        "alarm-condition-cleared" => "Alarm condition cleared",
        "alarm-condition-changed" => "Alarm condition changed",
        "alarm-acknowledged" => "Alarm acknowledged",
        "alarm-reset" => "Alarm reset",
        "maintenance-entered" => "Maintenance entered",
        "maintenance-left" => "Maintenance left",
        "job-started" => "Verification started",
        "configuration-captured" => "Configuration captured",
        "configuration-imported" => "Configuration imported",
        "configuration-edited" => "Configuration edited",
        "configuration-approved" => "Configuration approved",
        "configuration-superseded" => "Configuration superseded",
        "configuration-retired" => "Configuration retired",
        "change-accepted" => "Change accepted",
        "policy-changed" => "Policy changed",
        "exception-granted" => "Exception granted",
        "exception-ended" => "Exception ended",
        "makers-imported" => "TPM makers imported",
        "maker-trust-changed" => "TPM maker trust changed",
        "maker-removed" => "TPM maker removed",
        "chain-verified" => "Chain verified",
        "backup-made" => "Backup made",
        "backup-restored" => "Backup restored",
        "chain-broken" => "Chain found broken",
        "sign-in-link-made" => "Sign-in link made",
        "password-changed" => "Password changed",
        "password-reset" => "Password reset",
        "operator-disabled" => "Operator disabled",
        "operator-enabled" => "Operator enabled",
        "sessions-ended" => "Sessions ended",
        "key-created" => "API key created",
        "key-revoked" => "API key revoked",
        "settings-changed" => "Settings changed",
        "reset-asked" => "Second person asked for a reset",
        "reset-declined" => "Reset declined",
        "reset-lapsed" => "Request for a reset lapsed",
        "bulk-started" => "Action on many hosts started",
        "bulk-ended" => "Action on many hosts ended",
        "automatic-reset-changed" => "Automatic reset changed",
        "view-shared" => "View shared",
        "view-unshared" => "View no longer shared",
        "past-forgotten" => "Past forgotten",
        _ => return None,
    })
}
