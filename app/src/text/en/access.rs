//! Users, accounts, sessions, API keys and the two-person rule.

use crate::text::access::{AccessPhrase, AccessText, AccessWord};

pub(super) fn access(text: AccessText<'_>) -> &'static str {
    match text {
        AccessText::Word(key) => word(key),
        AccessText::Phrase(AccessPhrase::ResetAskedBy { .. }) => "Reset asked by {name}: {reason}",
        AccessText::Phrase(AccessPhrase::RolesOf { .. }) => "Roles of {name}",
    }
}

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
fn word(key: AccessWord) -> &'static str {
    match key {
        AccessWord::Administration => "Administration",
        AccessWord::Users => "Users",
        AccessWord::UsersIntro => {
            "Whoever may sign in, and what they may do where. In a datacenter the stronger of both roles counts."
        }
        AccessWord::Name => "Name",
        AccessWord::NameHint => "Letters, digits and . _ @ -; it cannot be changed later.",
        AccessWord::Roles => "Roles",
        AccessWord::State => "State",
        AccessWord::Actions => "Actions",
        AccessWord::SessionsCount => "Sessions",
        AccessWord::LastUsed => "Last used",
        AccessWord::Never => "never",
        AccessWord::Active => "Active",
        AccessWord::Disabled => "Disabled",
        AccessWord::NoPassword => "No password",
        AccessWord::LinkWaits => "Sign-in link not used yet",
        AccessWord::You => "you",
        AccessWord::NewUser => "New user",
        AccessWord::RoleEverywhere => "Role everywhere",
        AccessWord::RolesInDatacenters => "Roles in single datacenters",
        AccessWord::NoRole => "no role",
        AccessWord::CreateUser => "Create user and sign-in link",
        AccessWord::ChangeRoles => "Change roles…",
        AccessWord::Save => "Save",
        AccessWord::ResetPassword => "Reset password…",
        AccessWord::ResetPasswordHint => {
            "Takes the password away, ends all sessions, and makes a new sign-in link."
        }
        AccessWord::Disable => "Disable…",
        AccessWord::DisableHint => {
            "Ends all sessions and lets nobody in with this name or its API keys until it is enabled again. What they did stays on record."
        }
        AccessWord::Reason => "Reason",
        AccessWord::Enable => "Enable",
        AccessWord::LinkHeading => "Sign-in link",
        AccessWord::LinkHint => {
            "Hand it over in a safe way. It signs in once and is shown only now."
        }
        AccessWord::GoodUntil => "Good until",
        AccessWord::DoneNothing => "It was so already.",
        AccessWord::DoneCreated => "The user was created.",
        AccessWord::DoneRoles => "The roles were changed; they count from now on.",
        AccessWord::DonePasswordReset => "The password was taken away and all sessions were ended.",
        AccessWord::DoneDisabled => "The user was disabled and all sessions were ended.",
        AccessWord::DoneEnabled => "The user was enabled again.",
        AccessWord::Account => "Your account",
        AccessWord::YourRoles => "Your roles",
        AccessWord::NoRights => {
            "You have no role in any datacenter yet. An administrator can give you one."
        }
        AccessWord::Password => "Password",
        AccessWord::NoPasswordHint => {
            "You have no password yet; without one you need a sign-in link each time."
        }
        AccessWord::CurrentPassword => "Current password",
        AccessWord::NewPassword => "New password",
        AccessWord::RepeatPassword => "New password again",
        AccessWord::PasswordHint => "At least 10 characters. Your other sessions end.",
        AccessWord::ChangePassword => "Change password",
        AccessWord::DonePassword => {
            "Your password was changed, and your other sessions were ended."
        }
        AccessWord::Language => "Language",
        AccessWord::LanguageHint => {
            "Kept in your account, so that it follows you to other browsers."
        }
        AccessWord::YourSessions => "Your sessions",
        AccessWord::Device => "Device, as it says",
        AccessWord::Address => "Address",
        AccessWord::Began => "Began",
        AccessWord::Ends => "Ends at the latest",
        AccessWord::ThisSession => "this session",
        AccessWord::EndSession => "End this session",
        AccessWord::EndOthers => "End all other sessions",
        AccessWord::DoneEnded => "Ended.",
        AccessWord::Keys => "API keys",
        AccessWord::KeysIntro => {
            "A program sends a key in the place of signing in. It may do at most what you may, not open pages, and not manage users or keys."
        }
        AccessWord::NoKeys => "You have no API key.",
        AccessWord::NewKey => "New API key",
        AccessWord::KeyRole => "Role at most",
        AccessWord::KeyWhere => "Datacenters",
        AccessWord::AllOfYours => "all of yours",
        AccessWord::KeyWhereHint => "Choose none for all of yours, those that you get later too.",
        AccessWord::KeyDays => "Days that it is good for",
        AccessWord::CreateKey => "Create API key",
        AccessWord::KeyShown => "New API key",
        AccessWord::KeyShownHint => "Copy it now: it is stored hashed and is not shown again.",
        AccessWord::Expires => "Expires",
        AccessWord::Expired => "expired",
        AccessWord::Revoke => "Revoke",
        AccessWord::DoneRevoked => "The key was revoked.",
        AccessWord::Sessions => "Sessions",
        AccessWord::SessionsIntro => {
            "Every session that has not ended. A session ends after 12 hours without use and after 7 days in any case."
        }
        AccessWord::Settings => "Settings",
        AccessWord::SettingsIntro => "What holds for the whole server.",
        AccessWord::TwoPersons => "Two-person rule",
        AccessWord::TwoApprovals => "Approving a configuration takes two different people",
        AccessWord::TwoApprovalsHint => {
            "Whatever the policies of its clusters say. Without it each policy decides."
        }
        AccessWord::TwoResets => {
            "Resetting an alarm takes two different people while its condition is not cleared"
        }
        AccessWord::TwoResetsHint => {
            "The first asks and says why; another operator confirms or declines. Where the host has passed since, one is enough."
        }
        AccessWord::DoneSettings => "Saved.",
        AccessWord::WaitingResets => "Resets that wait for a second person",
        AccessWord::WaitingApprovals => "Configurations that wait for the second approval",
        AccessWord::AwaitsSecond => "Asked for. It happens once another operator confirms it.",
        AccessWord::YouAsked => "You asked for it: another operator must confirm.",
        AccessWord::ConfirmHint => "Resets the alarm to green, as the other operator asked.",
        AccessWord::DeclineHint => "The alarm stays red. Why stands in the history.",
    }
}
