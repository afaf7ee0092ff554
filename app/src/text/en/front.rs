//! What stands around every screen.

use crate::text::front::{FrontText, FrontWord};

pub(super) fn front(text: FrontText) -> &'static str {
    match text {
        FrontText::Word(key) => word(key),
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
    }
}
