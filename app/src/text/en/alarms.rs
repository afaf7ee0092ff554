//! Alarms, actions on many hosts, jobs and events.

use crate::text::alarms::{AlarmPhrase, AlarmText, AlarmWord};

pub(super) fn alarm(text: AlarmText<'_>) -> &'static str {
    match text {
        AlarmText::Word(key) => word(key),
        AlarmText::Phrase(said) => phrase(said),
    }
}

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
fn word(key: AlarmWord) -> &'static str {
    match key {
        AlarmWord::BulkTitle => "Act on many hosts",
        AlarmWord::BulkAction => "Action",
        AlarmWord::BulkPreview => "What will happen",
        AlarmWord::BulkWhere => "Where",
        AlarmWord::BulkExamples => "Such as",
        AlarmWord::BulkNothing => "No host would change. Choose another action or other hosts.",
        AlarmWord::BulkReasonHolds => {
            "Say why it is reset although the cause is still there. It stands in the audit trail."
        }
        AlarmWord::BulkNothingChosen => "No hosts are chosen. Select them in a table first.",
        AlarmWord::Close => "Close",
        AlarmWord::BulkJob => "Bulk job",
        AlarmWord::BulkRunning => "Running",
        AlarmWord::BulkCancelled => "Cancelled",
        AlarmWord::BulkDone => "Done",
        AlarmWord::BulkGoesOn => {
            "The job goes on without this page. You find it again under Jobs & events."
        }
        AlarmWord::BulkCancel => "Cancel the job",
        AlarmWord::BulkCancelHint => "What was done stays done.",
        AlarmWord::BulkOpen => "Open the job",
        AlarmWord::Changed => "Changed",
        AlarmWord::Unchanged => "Were so already",
        AlarmWord::Failed => "Not done",
        AlarmWord::Waiting => "Waiting",
        AlarmWord::NotDone => "Left alone",
        AlarmWord::Failures => "Not done on these hosts",
        AlarmWord::RetryFailed => "Try these again…",
        AlarmWord::MoreFailures => "Further ones",
        AlarmWord::StartedBy => "Started by",
        AlarmWord::StartedAt => "Started",
        AlarmWord::EndedAt => "Ended",
        AlarmWord::ChosenBy => "Hosts that match",
        AlarmWord::Progress => "Progress",
        AlarmWord::Alarms => "Alarms",
        AlarmWord::AlarmsIntro => {
            "Every red alarm that you may see: those that nobody is on first, the oldest first."
        }
        AlarmWord::RedAlarms => "Red",
        AlarmWord::Unacknowledged => "Nobody is on it",
        AlarmWord::Acknowledged => "Acknowledged",
        AlarmWord::Holds => "Condition holds",
        AlarmWord::Cleared => "Condition cleared",
        AlarmWord::ConditionUnknown => "Condition not known",
        AlarmWord::Age => "Red since",
        AlarmWord::RaisedAt => "Red since",
        AlarmWord::Occurrence => "Occurrence",
        AlarmWord::Reason => "Reason",
        AlarmWord::ConditionNow => "Condition now",
        AlarmWord::OnIt => "Who is on it",
        AlarmWord::Place => "Datacenter and cluster",
        AlarmWord::CausesOfAlarms => "By cause",
        AlarmWord::NoAlarms => "No alarm is red.",
        AlarmWord::NoAlarmsEver => "No alarm has been reset so far.",
        AlarmWord::NoMatch => "No red alarm matches the filter.",
        AlarmWord::FilterLabel => "Filter alarms",
        AlarmWord::FilterHint => "reason:secure-boot alarm:unacknowledged cluster:db*",
        AlarmWord::Apply => "Filter",
        AlarmWord::ShowAll => "Show all",
        AlarmWord::SelectRow => "Select",
        AlarmWord::SelectPage => "Select all on this page",
        AlarmWord::SelectionActs => "Act on the selected alarms",
        AlarmWord::ClearSelection => "Clear selection",
        AlarmWord::Export => "Export",
        AlarmWord::Events => "Jobs & events",
        AlarmWord::EventsOnly => "Events",
        AlarmWord::EventKind => "Kind",
        AlarmWord::AllKinds => "All kinds",
        AlarmWord::EventHost => "Host contains",
        AlarmWord::EventActor => "Who",
        AlarmWord::Older => "Older",
        AlarmWord::Newest => "Newest",
        AlarmWord::NoEvents => "Nothing has happened here yet.",
        AlarmWord::NoEventsMatch => "No event matches the filter.",
        AlarmWord::VerificationJobs => "Verifications",
        AlarmWord::NoJobs => "No verification was started by an operator, a boot or a connection.",
        AlarmWord::BulkJobs => "Bulk jobs",
        AlarmWord::NoBulkJobs => "None so far.",
        AlarmWord::State => "State",
        AlarmWord::Gone => "no longer there",
        AlarmWord::AutomaticReset => "Automatic reset",
        AlarmWord::AutomaticResetHint => {
            "Usually a red alarm stays red until somebody resets it, so that nobody misses it. With automatic reset a passing verification resets it; the audit trail says so."
        }
        AlarmWord::AutomaticResetOn => "On: alarms reset themselves when the host passes.",
        AlarmWord::AutomaticResetOff => "Off: somebody resets every alarm.",
        AlarmWord::SwitchOn => "Switch on",
        AlarmWord::SwitchOff => "Switch off",
        AlarmWord::GroupAlarms => "Alarms",
        AlarmWord::GroupAttestation => "Attestation",
        AlarmWord::GroupHosts => "Hosts",
        AlarmWord::GroupJobs => "Jobs",
        AlarmWord::GroupStandards => "What hosts are judged by",
        AlarmWord::GroupInventory => "Inventory",
        AlarmWord::OnItUntil => "until",
        AlarmWord::UntilDay => "or until the end of this day (UTC)",
        AlarmWord::ReasonCode => "Reason code",
        AlarmWord::ClearedAt => "Cleared at",
        AlarmWord::Comment => "Comment",
        AlarmWord::OnItUntilColumn => "Acknowledged until",
    }
}

fn phrase(said: &AlarmPhrase<'_>) -> &'static str {
    match said {
        AlarmPhrase::Changing { count: 1 } => "{count} host changes",
        AlarmPhrase::Changing { .. } => "{count} hosts change",
        AlarmPhrase::AlreadySo { count: 1 } => "{count} is so already",
        AlarmPhrase::AlreadySo { .. } => "{count} are so already",
        AlarmPhrase::Stale { count: 1 } => {
            "{count} has changed since you looked, and is left alone"
        }
        AlarmPhrase::Stale { .. } => "{count} have changed since you looked, and are left alone",
        AlarmPhrase::Forbidden { count: 1 } => "{count} is not yours to act on",
        AlarmPhrase::Forbidden { .. } => "{count} are not yours to act on",
        AlarmPhrase::Impossible { count: 1 } => "{count} is disconnected, or no longer there",
        AlarmPhrase::Impossible { .. } => "{count} are disconnected, or no longer there",
        AlarmPhrase::ConditionHolds { count: 1 } => {
            "On {count} of them the condition still holds: resetting it does not mend the host, and the next failed verification turns it red again."
        }
        AlarmPhrase::ConditionHolds { .. } => {
            "On {count} of them the condition still holds: resetting them does not mend the hosts, and the next failed verification turns them red again."
        }
        AlarmPhrase::Confirm { count: 1, .. } => "{action}: {count} host",
        AlarmPhrase::Confirm { .. } => "{action}: {count} hosts",
        AlarmPhrase::DoneOf { .. } => "{done} of {all}",
        AlarmPhrase::JobTitle { .. } => "{action} on many hosts",
        AlarmPhrase::JobRuns { .. } => "{action}: {done} of {all}",
        AlarmPhrase::JobEnded { failed: 0, .. } => "{action}, ended: {changed} done",
        AlarmPhrase::JobEnded { .. } => "{action}, ended: {changed} done, {failed} not",
        AlarmPhrase::LastReset { .. } => "The last one, of {host}, was reset by {by}:",
        AlarmPhrase::AlarmsMatch { count: 1 } => "{count} red alarm",
        AlarmPhrase::AlarmsMatch { .. } => "{count} red alarms",
        AlarmPhrase::AllMatching { count: 1 } => "Choose the {count} that matches",
        AlarmPhrase::AllMatching { .. } => "Choose all {count} that match",
        AlarmPhrase::AllThatMatch { count: 1 } => "The {count} that matches:",
        AlarmPhrase::AllThatMatch { .. } => "All {count} that match:",
        AlarmPhrase::Chosen { .. } => "{count} chosen",
        AlarmPhrase::SelectHost { .. } => "Select {host}",
        AlarmPhrase::NewEvents { count: 1 } => "{count} new event: show it",
        AlarmPhrase::NewEvents { .. } => "{count} new events: show them",
        AlarmPhrase::OnItBy { .. } => "{name}",
    }
}
