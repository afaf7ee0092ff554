//! The overview, the past of hosts, and the report.

use crate::text::history::{HistorySentence, HistoryText, HistoryWord};

pub(super) fn history(text: HistoryText) -> &'static str {
    match text {
        HistoryText::Word(key) => word(key),
        HistoryText::Phrase(sentence) => phrase(sentence),
    }
}

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
fn word(key: HistoryWord) -> &'static str {
    match key {
        HistoryWord::Attention => "What needs a person",
        HistoryWord::AttentionNone => "No host fails. Nothing needs a person.",
        HistoryWord::Changes => "Last 24 hours",
        HistoryWord::NewlyFailed => "Newly failed",
        HistoryWord::Recovered => "Passed again",
        HistoryWord::Enrolled => "Enrolled",
        HistoryWord::AlarmsRaised => "Alarms raised",
        HistoryWord::AlarmsReset => "Alarms reset",
        HistoryWord::Trend => "Hosts over time",
        HistoryWord::TrendHint => {
            "Stale is not drawn: a host that is not verified any more keeps what it last read. The shaded part shows the most that were failed at a time."
        }
        HistoryWord::TrendRange => "How far back",
        HistoryWord::TrendNumbers => "Show the numbers",
        HistoryWord::Time => "Time",
        HistoryWord::MostFailed => "Most failed at a time",
        HistoryWord::Now => "now",
        HistoryWord::Hours6 => "6 hours",
        HistoryWord::Hours24 => "24 hours",
        HistoryWord::Days7 => "7 days",
        HistoryWord::Days30 => "30 days",
        HistoryWord::Days90 => "90 days",
        HistoryWord::Everything => "Since enrolment",
        HistoryWord::EachDiffers => "Each differs in its own way.",
        HistoryWord::NotToldApart => {
            "Not told apart yet: their next verification says how they differ."
        }
        HistoryWord::Report => "Compliance report",
        HistoryWord::AttestationTab => "Attestation",
        HistoryWord::LogsTab => "Logs",
        HistoryWord::RunningJobs => "Jobs running",
        HistoryWord::EventLog => "Event log",
        HistoryWord::EventLogHint => {
            "What the latest appraisal replayed. Words that no digest covers are marked; they are anybody's."
        }
        HistoryWord::EventLogNone => "The latest appraisal had no event log that is kept.",
        HistoryWord::EventLogEmpty => "No event matches.",
        HistoryWord::Register => "Register",
        HistoryWord::AllRegisters => "All",
        HistoryWord::DifferingOnly => "Only those that differ",
        HistoryWord::Show => "Show",
        HistoryWord::Number => "No.",
        HistoryWord::EventType => "Type",
        HistoryWord::About => "About",
        HistoryWord::Said => "What it says",
        HistoryWord::Digest => "Digest",
        HistoryWord::Differs => "Differs from what was approved",
        HistoryWord::Timeline => "Timeline",
        HistoryWord::TimelineHint => "Each stretch opens the moment when it began.",
        HistoryWord::ZoomIn => "Closer",
        HistoryWord::ZoomOut => "Further",
        HistoryWord::Earlier => "Earlier",
        HistoryWord::Later => "Later",
        HistoryWord::LaneAttestation => "Attestation",
        HistoryWord::LaneAlarms => "Alarms",
        HistoryWord::LaneBoots => "Reboots",
        HistoryWord::LaneIdentity => "Identity",
        HistoryWord::LaneStandards => "Policy and approvals",
        HistoryWord::Boots => "Reboots",
        HistoryWord::BootsHint => {
            "Told by the TPM's count of resets, which a host cannot turn back."
        }
        HistoryWord::BootsNone => "No reboot in this time.",
        HistoryWord::Gaps => "Not verified",
        HistoryWord::GapsNone => "Verified as often as the policy asks.",
        HistoryWord::SpansNone => "Nothing was concluded in this time.",
        HistoryWord::OpenMoment => "Open a moment",
        HistoryWord::OpenMomentHint => "What did this host read then, and what proves it? In UTC.",
        HistoryWord::MomentField => "Date and time (UTC)",
        HistoryWord::OpenBeginning => "Open",
        HistoryWord::Moment => "This moment",
        HistoryWord::MomentInvalid => "That is no time in the past.",
        HistoryWord::NotEnrolled => "The host had not enrolled yet.",
        HistoryWord::NotVerifiedYet => {
            "The host had enrolled and was not verified yet: nothing was known of it."
        }
        HistoryWord::NotKept => "It was too long ago: conclusions of then are not kept any more.",
        HistoryWord::VerifiedRegularly => {
            "It was being verified, no further apart than its policy allows."
        }
        HistoryWord::PolicyThen => "Policy in force",
        HistoryWord::ConfigurationThen => "Configuration that it matched",
        HistoryWord::ApprovedByThen => "Approved by",
        HistoryWord::ReasonsThen => "Why",
        HistoryWord::EvidenceBefore => "Last evidence before",
        HistoryWord::EvidenceAfter => "Next evidence after",
        HistoryWord::EvidenceNone => "none is kept",
        HistoryWord::DownloadEvidence => "Download",
        HistoryWord::CheckHint => {
            "Check a file without this server: trustboard inspect evidence FILE"
        }
        HistoryWord::SameBoot => {
            "Both are of the same boot: the TPM's count of resets is the same."
        }
        HistoryWord::OtherBoot => {
            "The host booted in between: the TPM's count of resets is another."
        }
        HistoryWord::ExportJson => "Export as JSON",
        HistoryWord::ExportCsv => "Export as CSV",
        HistoryWord::ReportTitle => "Compliance report",
        HistoryWord::ReportPrint => "Print this page, or save it as PDF, with your browser.",
        HistoryWord::ReportCounts => "Counts",
        HistoryWord::ReportPolicies => "Policies in force",
        HistoryWord::ReportHosts => "Hosts",
        HistoryWord::ReportExceptions => "Exceptions",
        HistoryWord::ReportExceptionsNone => "No exception is in force.",
        HistoryWord::ReportAlarms => "Open alarms",
        HistoryWord::ReportAlarmsNone => "No alarm is open.",
        HistoryWord::ReportChain => "Audit trail",
        HistoryWord::ReportChainHint => {
            "The hash covers every event before it. Compare it with that of another copy, or run: trustboard audit verify"
        }
        HistoryWord::NextPart => "Next part",
        HistoryWord::Configuration => "Configuration",
        HistoryWord::Granted => "Granted",
        HistoryWord::Ends => "Ends",
    }
}

fn phrase(sentence: HistorySentence) -> &'static str {
    match sentence {
        HistorySentence::More => "{count} more than 24 hours ago",
        HistorySentence::Fewer => "{count} fewer than 24 hours ago",
        HistorySentence::Ways => "{count} different ways; the most frequent:",
        HistorySentence::MoreDifferences => "and {count} more",
        HistorySentence::QuietClusters => "Clusters where nothing needs a person: {count}",
        HistorySentence::TrendSaid => {
            "From {start} until now. Failed: {failed_then} then, {failed} now, at most {most} at a time. Passed: {passed_then} then, {passed} now."
        }
        HistorySentence::LaneNow => "now {now}, at most {most}",
        HistorySentence::SpanSaid => "{attestation} from {start} to {until}",
        HistorySentence::StretchSaid => {
            "From {start} to {until}: {spans} stretches, {boots} reboots, {alarms} events of alarms. The lists below say the same."
        }
        HistorySentence::GapBetween => "Not verified between {start} and {until}.",
        HistorySentence::GapSince => "Not verified since {start}.",
        HistorySentence::GapsSince => {
            "How far apart verifications were is on record since {start} only."
        }
        HistorySentence::VerifiedTimes => {
            "{count} verifications from {start} to {until} concluded the same."
        }
        HistorySentence::FirstVerified => "It was first verified at {at}.",
        HistorySentence::NameVersion => "[{name}, version {version}|version {version}]",
        HistorySentence::ByAt => "{name}, {at}",
        HistorySentence::Resets => "count of resets {count}",
        HistorySentence::BootBetween => "between {start} and {until}; count of resets {count}",
        HistorySentence::BootFirst => "first seen {until}; count of resets {count}",
        HistorySentence::KeptFor => {
            "Conclusions are kept for {conclusions} days, evidence for {evidence} days, the newest of each host always."
        }
        HistorySentence::EvidenceGone => "Evidence of then is no longer kept since {at}.",
        HistorySentence::MomentTitle => "What this host read at {at}",
        HistorySentence::EventsMatch => "{count} events",
        HistorySentence::GeneratedBy => "Generated {at} by {name}",
        HistorySentence::Part => "Part {part} of {parts}",
        HistorySentence::LastEvent => "Last event: {number}",
    }
}
