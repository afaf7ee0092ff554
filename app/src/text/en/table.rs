//! The table of hosts.

use trustboard_model::host_query::QueryProblem;
use trustboard_model::view::Column;

use crate::text::table::{TablePhrase, TableText, TableWord};

pub(super) fn table(text: TableText<'_>) -> &'static str {
    match text {
        TableText::Word(key) => word(key),
        TableText::Phrase(said) => phrase(said),
        TableText::Column(column) => head(column),
        TableText::Field(name) => field(name),
        TableText::Problem(why) => problem(why),
    }
}

fn word(key: TableWord) -> &'static str {
    match key {
        TableWord::AllHosts => "All hosts",
        TableWord::Tabs => "Pages of the datacenter",
        TableWord::MonitorTabs => "Monitor",
        TableWord::Alarms => "Alarms",
        TableWord::JobsAndEvents => "Jobs & events",
        TableWord::Configuration => "Configuration",
        TableWord::Query => "Filter hosts",
        TableWord::QueryHint => "Filter by words, or by fields such as attestation:failed",
        TableWord::QueryHelp => {
            "Suggestions appear as you type. The arrow keys choose one, Tab or Enter takes it, Escape closes them."
        }
        TableWord::Suggestions => "Suggestions",
        TableWord::QueryWrong => "This filter has no meaning",
        TableWord::QueryWrongHint => {
            "No hosts are shown, because they would not be those you asked for. Correct the filter or clear it."
        }
        TableWord::QueryBefore => "The table still shows the filter before.",
        TableWord::Chips => "Frequent filters",
        TableWord::Columns => "Columns",
        TableWord::ColumnsHint => "Your choice is remembered wherever you sign in.",
        TableWord::ColumnsUsual => "Usual columns",
        TableWord::Apply => "Apply",
        TableWord::Views => "Views",
        TableWord::ViewsNone => "No view has been saved yet.",
        TableWord::ViewSave => "Save what is shown as a view",
        TableWord::ViewName => "Name of the view",
        TableWord::ViewShared => "Everybody may use it",
        TableWord::ViewFirst => "Show it first when I open a table",
        TableWord::ViewIsFirst => "shown first",
        TableWord::ViewReplace => "Replace by what is shown",
        TableWord::ViewDelete => "Delete",
        TableWord::ViewUnfirst => "No longer show it first",
        TableWord::ViewEverything => "Everything",
        TableWord::Save => "Save",
        TableWord::Export => "Export",
        TableWord::ExportCsv => "As CSV for spreadsheets",
        TableWord::ExportJson => "As JSON lines for programs",
        TableWord::Selection => "Selection",
        TableWord::SelectPage => "Select every host on this page",
        TableWord::SelectionClear => "Clear the selection",
        TableWord::SelectionFull => {
            "No more than 1,000 hosts can be selected one by one. Filter for what they have in common, and select everything that matches."
        }
        TableWord::SelectionGo => "Act on the selected hosts",
        TableWord::FirstPage => "First",
        TableWord::LastPage => "Last",
        TableWord::Yes => "Yes",
        TableWord::Claimed => "Claimed by the host",
    }
}

fn phrase(said: &TablePhrase<'_>) -> &'static str {
    match said {
        TablePhrase::MoveEarlier { .. } => "Move “{column}” forward",
        TablePhrase::MoveLater { .. } => "Move “{column}” back",
        TablePhrase::WidthOf { .. } => "Width of “{column}”",
        TablePhrase::SharedBy { .. } => "by {name}",
        TablePhrase::SelectHost { .. } => "Select {name}",
        TablePhrase::SelectMatching { count: 1 } => "Select the one that matches",
        TablePhrase::SelectMatching { .. } => "Select all {count} that match",
        TablePhrase::MatchingSelected { count: 1 } => "The one that matches is selected",
        TablePhrase::MatchingSelected { .. } => "All {count} that match are selected",
        TablePhrase::SelectedElsewhere { .. } => {
            "{count} selected, {elsewhere} of them on other pages"
        }
        TablePhrase::SuggestionsCount { count: 0 } => "No suggestions",
        TablePhrase::SuggestionsCount { count: 1 } => "One suggestion",
        TablePhrase::SuggestionsCount { .. } => "{count} suggestions",
        TablePhrase::ViewSaved { .. } => "The view “{name}” is saved.",
    }
}

fn head(column: Column) -> &'static str {
    match column {
        Column::Name => "Name",
        Column::Datacenter => "Datacenter",
        Column::Cluster => "Cluster",
        Column::Attestation => "Attestation",
        Column::Alarm => "Alarm",
        Column::LastVerified => "Last verified",
        Column::AttestedBy => "Attested by",
        Column::Tpm => "TPM version",
        Column::SecureBoot => "Secure Boot",
        Column::Message => "Message",
        Column::Presence => "Connection",
        Column::Since => "Since",
        Column::LastPassed => "Last passed",
        Column::Configuration => "Configuration",
        Column::Identity => "Identity",
        Column::Maintenance => "Maintenance",
        Column::Os => "Operating system",
        Column::Kernel => "Kernel",
        Column::Agent => "Agent",
        Column::TpmMaker => "TPM maker",
        Column::Firmware => "TPM firmware",
    }
}

fn field(name: &str) -> &'static str {
    match name {
        "name" => "name of the host, * for any text",
        "cluster" => "name of the cluster",
        "datacenter" => "name of the datacenter",
        "attestation" => "what the verification found",
        "reason" => "why it failed, or a family of reasons",
        "first-reason" => "the most telling reason, or a family of reasons",
        "cause" => "what a red alarm was raised for, or the digits of its difference",
        "difference" => "the same difference from what is approved",
        "alarm" => "the alarm, and who is on it",
        "presence" => "whether the agent is connected",
        "secure-boot" => "Secure Boot, as the TPM proves it",
        "tpm" => "version of the TPM",
        "is" => "stale, in maintenance, being verified …",
        "last" => "how long ago it was verified",
        "since" => "how long it has been so",
        _ => "",
    }
}

fn problem(why: &QueryProblem) -> &'static str {
    match why {
        QueryProblem::TooLong => "The filter may have at most {count} characters.",
        QueryProblem::TooManyTerms => "The filter may have at most {count} terms.",
        QueryProblem::TooManyValues => "“{term}” may have at most {count} values.",
        QueryProblem::NoValue => "“{term}” lacks a value.",
        QueryProblem::NotOneOf { .. } => "“{term}” has no meaning. Possible are {possible}.",
        QueryProblem::NoReason => "“{term}”: there is no reason with this code.",
        QueryProblem::NoAge { .. } => {
            "“{term}” is not an age. Write {field}:>10m for longer ago, {field}:<2h for less (s, m, h, d)."
        }
        QueryProblem::NoFingerprint => "“{term}” needs 8 to 64 hexadecimal digits.",
    }
}
