//! What stands around every screen.

use crate::text::front::{Deed, FrontText, FrontWord};

pub(super) fn front(text: FrontText) -> &'static str {
    match text {
        FrontText::Word(key) => word(key),
        FrontText::Deed(deed) => match deed {
            Deed::Acknowledged => "{who} acknowledged the alarm of {what}",
            Deed::Reset => "{who} reset the alarm of {what} to green",
            Deed::Verifying => "{who} has {what} verified",
            Deed::Presence => "{who} disconnected or connected {what}",
            Deed::Identity => "{who} changed the identity on record of {what}",
            Deed::MaintenanceEntered => "{who} put {what} into maintenance mode",
            Deed::MaintenanceLeft => "{who} ended the maintenance of {what}",
            Deed::ExceptionGranted => "{who} granted an exception for {what}",
            Deed::ExceptionEnded => "{who} revoked an exception for {what}",
            Deed::Moved => "{who} moved {what} to another cluster",
        },
        FrontText::Hosts => "{count} hosts",
        FrontText::OfflineSince => {
            "No connection since {at}. What you see may be old; it is read again as soon as the server answers."
        }
    }
}

fn word(key: FrontWord) -> &'static str {
    match key {
        FrontWord::KeySearch => "Search this page",
        FrontWord::KeyFind => "Find a host, cluster or datacenter",
        FrontWord::KeyHelp => "Show these shortcuts",
        FrontWord::KeyOverview => "Overview",
        FrontWord::KeyDatacenters => "Choose a datacenter",
        FrontWord::KeySecurity => "All hosts",
        FrontWord::KeyAlarms => "Alarms",
        FrontWord::KeyConfigurations => "Approved configurations",
        FrontWord::KeyPolicies => "Policies",
        FrontWord::KeyDown => "Next row",
        FrontWord::KeyUp => "Previous row",
        FrontWord::KeyOpen => "Open or close the row",
        FrontWord::KeySelect => "Select the row",
        FrontWord::KeySelectTo => "Select up to this row",
        FrontWord::KeyAcknowledge => "Acknowledge",
        FrontWord::KeyReset => "Reset to green",
        FrontWord::KeyVerify => "Verify now",
        FrontWord::KeyTakeChanges => "Bring in waiting changes",
        FrontWord::KeyEscape => "Close, or leave the field",
        FrontWord::Keys => "Keyboard shortcuts",
        FrontWord::KeysGo => "Go to",
        FrontWord::KeysHere => "On this page",
        FrontWord::KeysEverywhere => "Everywhere",
        FrontWord::KeysThen => "then",
        FrontWord::KeysAreOff => "Shortcuts are switched off. Only Ctrl K and Esc work.",
        FrontWord::KeysSwitchOff => "Switch shortcuts off",
        FrontWord::KeysSwitchOn => "Switch shortcuts on",
        FrontWord::Close => "Close",
        FrontWord::Display => "Display",
        FrontWord::Density => "Row height",
        FrontWord::Comfortable => "Comfortable",
        FrontWord::Compact => "Compact",
        FrontWord::News => "What others do",
        FrontWord::Dismiss => "Dismiss",
        FrontWord::Offline => "Offline",
        FrontWord::Find => "Find",
        FrontWord::FindHint => "Host, cluster or datacenter",
        FrontWord::FindNothing => "Nothing has such a name.",
        FrontWord::FindMore => "There are more: go on typing.",
        FrontWord::FindFailed => "The search did not reach the server. Try again.",
    }
}
