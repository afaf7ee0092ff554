//! Words of the interface.

use crate::text::Ui;

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
pub(super) fn ui(key: Ui) -> &'static str {
    match key {
        Ui::ProductName => "Trustboard",
        Ui::SkipToContent => "Skip to the content",
        Ui::Inventory => "Inventory",
        Ui::AllDatacenters => "All datacenters",
        Ui::Datacenter => "Datacenter",
        Ui::Cluster => "Cluster",
        Ui::Host => "Host",
        Ui::Hosts => "Hosts",
        Ui::Monitor => "Monitor",
        Ui::Security => "Security",
        Ui::Summary => "Summary",
        Ui::OpenMenu => "Open the inventory",
        Ui::CloseMenu => "Close the inventory",
        Ui::ThemeDark => "Dark",
        Ui::ThemeLight => "Light",
        Ui::ThemeSystem => "As the system",
        Ui::Theme => "Colours",
        Ui::Language => "Language",
        Ui::LanguageChoice => "Language",
        Ui::Close => "Close",
        Ui::Cancel => "Cancel",
        Ui::Back => "Back",
        Ui::Copy => "Copy",
        Ui::Copied => "Copied",
        Ui::ShowMore => "Show more",
        Ui::ShowLess => "Show less",
        Ui::Search => "Search",
        Ui::SearchHint => "Find a host, a cluster, a reason",
        Ui::SignIn => "Sign in",
        Ui::SignOut => "Sign out",
        Ui::OperatorName => "Name",
        Ui::Password => "Password",
        Ui::SignInIntro => "Sign in to see which hosts booted what was approved.",
        Ui::SignInLinkNeedsScripts => "A sign-in link needs scripts.",
        Ui::SignInWithPassword => "Sign in with a password",
        Ui::SignInLinkUsed => {
            "This sign-in link was used already or has expired. Ask for another, or sign in with your password."
        }
        Ui::SessionExpired => "Your session has ended. Sign in again; nothing was lost.",
        Ui::LiveConnected => "Live",
        Ui::LiveConnecting => "Connecting",
        Ui::LiveLost => {
            "Not live: the connection was lost and is being opened again. What you see may be older than it looks."
        }
        Ui::LiveReconnecting => "Reconnecting",
        Ui::LiveOff => "Not live: reload the page to see changes.",
        Ui::LiveNone => "Not live",
        Ui::Name => "Name",
        Ui::Attestation => "Attestation",
        Ui::Alarm => "Alarm",
        Ui::LastVerifiedColumn => "Last verified",
        Ui::TpmVersion => "TPM version",
        Ui::SecureBoot => "Secure Boot",
        Ui::MessageColumn => "Message",
        Ui::SelectRow => "Select this host",
        Ui::SelectAll => "Select every host on this page",
        Ui::SortAscending => "sorted ascending",
        Ui::SortDescending => "sorted descending",
        Ui::SortBy => "Sort by",
        Ui::Verifying => "Verifying",
        Ui::NobodyOnIt => "nobody on it",
        Ui::ReadyToReset => "ready to reset",
        Ui::Maintenance => "In maintenance mode",
        Ui::NoTpmShort => "none",
        Ui::NeverShort => "never",
        Ui::Filter => "Filter",
        Ui::FilterAny => "Any",
        Ui::FilterReason => "Reason",
        Ui::FilterRedOnly => "Red alarms only",
        Ui::FilterClear => "Clear the filter",
        Ui::PreviousPage => "Previous page",
        Ui::NextPage => "Next page",
        Ui::Pages => "Pages",
        Ui::Causes => "What is wrong",
        Ui::RedAlarms => "red alarms",
        Ui::CausesNone => "No host fails attestation",
        Ui::NoDatacenters => "There is no datacenter yet.",
        Ui::NoDatacentersHint => {
            "An administrator creates a datacenter and a cluster, makes an enrolment token for the cluster, and enrols the first host with it."
        }
        Ui::NoHosts => "There is no host here yet.",
        Ui::NoHostsHint => {
            "Make an enrolment token for a cluster of this datacenter, then run trustboard-agent enroll with it on the host. The host appears here by itself."
        }
        Ui::NoMatch => "No host matches this filter.",
        Ui::NoMatchHint => "The hosts are there; the filter hides all of them.",
        Ui::NotConnected => "No connection to the server.",
        Ui::NotConnectedHint => {
            "What was shown before may be out of date. The page tries again by itself."
        }
        Ui::LoadFailed => "This page could not be loaded.",
        Ui::LoadFailedHint => {
            "Try again. If it stays so, look in the server's log for the number below."
        }
        Ui::TryAgain => "Try again",
        Ui::Loading => "Loading",
        Ui::NotFoundTitle => "There is nothing at this address.",
        Ui::NotFoundHint => {
            "It may have been removed, or the address has a mistake. Start from the inventory."
        }
        Ui::ForbiddenTitle => "Your role may not see this.",
        Ui::SecurityPortlet => "Security",
        Ui::FailedChecks => "Failed checks",
        Ui::WarningChecks => "Warnings",
        Ui::AllChecks => "All checks",
        Ui::CheckColumn => "Check",
        Ui::OutcomeColumn => "Outcome",
        Ui::DetailColumn => "What was seen",
        Ui::StrictnessColumn => "Policy",
        Ui::WhatWasFound => "What was found",
        Ui::WhatToDo => "What to do",
        Ui::Where => "Where",
        Ui::Expected => "Expected",
        Ui::Found => "Found",
        Ui::SinceLabel => "Since",
        Ui::LastPassedLabel => "Last passed",
        Ui::OpenHost => "Open the host: checks, PCRs, jobs, history",
        Ui::LikelyCause => "Likely cause",
        Ui::WhereToLook => "Where to look",
        Ui::NoReport => "This host has not been verified yet, so there is nothing to show.",
        Ui::NothingFailed => "No check failed.",
        Ui::PcrTable => "PCR values",
        Ui::PcrBank => "Bank",
        Ui::PcrIndex => "PCR",
        Ui::PcrPurpose => "Used for",
        Ui::PcrQuoted => "Quoted by the TPM",
        Ui::PcrReplayed => "Explained by the log",
        Ui::PcrEvents => "Events",
        Ui::PcrStateColumn => "State",
        Ui::NoPcrs => "There are no PCR values, because no quote of this host was verified.",
        Ui::Identity => "Identity",
        Ui::IdentityEk => "Endorsement key (SHA-256)",
        Ui::IdentityAk => "Attestation key (SHA-256)",
        Ui::IdentityPresentedEk => "Endorsement key that the host answered with",
        Ui::IdentitySince => "On record since",
        Ui::Facts => "What the host says of itself",
        Ui::FactsHint => {
            "Signed by the host, but claims all the same: only the PCRs and the replayed log prove anything."
        }
        Ui::Hostname => "Host name",
        Ui::MachineId => "Machine id",
        Ui::BootId => "Boot id",
        Ui::OperatingSystem => "Operating system",
        Ui::Kernel => "Kernel",
        Ui::AgentVersion => "Agent version",
        Ui::TpmMaker => "TPM manufacturer",
        Ui::TpmModel => "TPM model",
        Ui::TpmFirmware => "TPM firmware",
        Ui::TpmInterfaceLabel => "TPM interface",
        Ui::ActiveBanks => "Active PCR banks",
        Ui::SecureBootVariable => "Secure Boot variable",
        Ui::TpmProblem => "Problem with the TPM",
        Ui::LogAbsent => "Why there is no event log",
        Ui::NotKnown => "not known",
        Ui::Yes => "yes",
        Ui::No => "no",
        Ui::ClockResets => "TPM resets",
        Ui::ClockRestarts => "Restarts since the last reset",
        Ui::Counters => "TPM counters",
        Ui::Jobs => "Verification jobs",
        Ui::JobsHint => "Every step of every verification, oldest step first.",
        Ui::NoJobs => "No verification has been started for this host yet.",
        Ui::JobStartedColumn => "Started",
        Ui::JobDuration => "Took",
        Ui::JobSteps => "Steps",
        Ui::History => "History",
        Ui::NoHistory => "Nothing has been recorded for this host yet.",
        Ui::Appraisals => "Appraisals",
        Ui::AppraisalsHint => "Identical appraisals in a row are one line with a count.",
        Ui::FirstSeen => "First",
        Ui::LastSeen => "Last",
        Ui::CountColumn => "Count",
        Ui::WhenColumn => "When",
        Ui::WhoColumn => "Who",
        Ui::WhatColumn => "What",
        Ui::Presence => "Connection",
        Ui::ActorServer => "Trustboard",
        Ui::ActorHost => "The host",
        Ui::ActorConsole => "command line",
        Ui::Actions => "Actions",
        Ui::VerifyNowHint => "Challenges the host now and shows the result here.",
        Ui::VerifyThenResetHint => {
            "Verifies the host now and resets the alarm to green if it passes; otherwise the alarm stays red."
        }
        Ui::AcknowledgeHint => {
            "Says that somebody is on it. The alarm stays red; a new occurrence drops the acknowledgement."
        }
        Ui::AcknowledgeComment => "Comment",
        Ui::AcknowledgeExpiry => "Holds for",
        Ui::ExpiryNone => "No expiry",
        Ui::ExpiryOneHour => "1 hour",
        Ui::ExpiryFourHours => "4 hours",
        Ui::ExpiryOneDay => "1 day",
        Ui::ExpiryOneWeek => "1 week",
        Ui::ResetHint => {
            "Turns the alarm green. It does not verify the host and changes nothing in the Attestation column."
        }
        Ui::ResetUnknown => {
            "Whether the condition still holds is not known: the latest verification concluded nothing. The alarm turns green now and red again as soon as a verification fails."
        }
        Ui::ResetReason => "Reason for the reset",
        Ui::ResetReasonHint => "The reason is kept in the history with your name.",
        Ui::ResetAnyway => "Reset although the condition still holds",
        Ui::ReasonField => "Reason",
        Ui::ReasonRequired => "Please give a reason; it is kept in the history.",
        Ui::CommentRequired => "Please say in a few words who does what.",
        Ui::MaintenanceHint => {
            "Marks the host as being worked on. It is still verified and its alarm is still raised."
        }
        Ui::LeaveMaintenanceHint => "Ends maintenance mode.",
        Ui::DisconnectHint => "Stops verifying this host until somebody connects it again.",
        Ui::ConnectHint => {
            "Takes the host back and verifies it. If no identity is on record, a new one is taken from its TPM."
        }
        Ui::AcceptIdentityHint => {
            "Puts the keys that the host now has on record, approved by you. Do this only if you know that its board or TPM was replaced, or that this TPM has no certificate of its maker."
        }
        Ui::CommandDone => "Done.",
        Ui::CommandNothing => "It was so already; nothing was changed.",
        Ui::CommandSent => "Sent",
        Ui::StaleTitle => "The host has changed since this page was loaded.",
        Ui::StaleHint => "Nothing was done. Look at the new state, then decide again.",
        Ui::ViewerHint => "You can look at everything; acting needs the role Operator.",
        Ui::SelectionActs => "With the selected hosts",
        Ui::NoScript => "The page works without scripts; reload it to see changes.",
    }
}
