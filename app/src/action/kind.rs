//! The actions: which of them a host's state offers, and what a form's fields ask for.

use trustboard_model::host::{IdentityState, Presence};
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{AlarmView, HostAction, HostRow, Message};

/// An action without its texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of HostAction")]
pub enum Kind {
    Acknowledge,
    VerifyNow,
    Reset,
    VerifyThenReset,
    ConfirmReset,
    DeclineReset,
    EnterMaintenance,
    LeaveMaintenance,
    Disconnect,
    Connect,
    AcceptIdentity,
}

impl Kind {
    /// Every action, in the order of the buttons.
    pub const ALL: [Self; 11] = [
        Self::Acknowledge,
        Self::VerifyNow,
        Self::Reset,
        Self::VerifyThenReset,
        Self::ConfirmReset,
        Self::DeclineReset,
        Self::AcceptIdentity,
        Self::EnterMaintenance,
        Self::LeaveMaintenance,
        Self::Disconnect,
        Self::Connect,
    ];

    /// The action with this text.
    pub fn with(self, text: String, minutes: Option<u32>) -> HostAction {
        match self {
            Self::Acknowledge => HostAction::Acknowledge { comment: text, minutes, until: None },
            Self::VerifyNow => HostAction::VerifyNow,
            Self::Reset => HostAction::Reset { reason: text },
            Self::VerifyThenReset => HostAction::VerifyThenReset { reason: text },
            Self::ConfirmReset => HostAction::ConfirmReset,
            Self::DeclineReset => HostAction::DeclineReset { reason: text },
            Self::EnterMaintenance => HostAction::EnterMaintenance { reason: text },
            Self::LeaveMaintenance => HostAction::LeaveMaintenance,
            Self::Disconnect => HostAction::Disconnect { reason: text },
            Self::Connect => HostAction::Connect,
            Self::AcceptIdentity => HostAction::AcceptIdentity { reason: text },
        }
    }

    /// The action's code.
    pub fn code(self) -> &'static str {
        self.with(String::new(), None).code()
    }

    /// Whether this action's form shows what became of the action with this code.
    pub fn answers(self, code: &str) -> bool {
        let careful = self == Self::Reset && code == Self::VerifyThenReset.code();
        careful || self.code() == code
    }

    /// The weakest role that may do it.
    pub const fn needs(self) -> Role {
        match self {
            Self::AcceptIdentity => Role::Approver,
            _ => Role::Operator,
        }
    }

    /// Whether it asks for a comment or a reason.
    pub const fn asks_text(self) -> bool {
        !matches!(
            self,
            Self::VerifyNow | Self::ConfirmReset | Self::LeaveMaintenance | Self::Connect
        )
    }

    /// Whether the host's state offers it.
    pub fn is_offered(self, row: &HostRow) -> bool {
        let red = matches!(row.alarm, AlarmView::Red { .. });
        let asked = matches!(row.alarm, AlarmView::Red { reset_asked: Some(_), .. });
        match self {
            Self::Acknowledge => red,
            Self::Reset => red && !asked,
            Self::ConfirmReset | Self::DeclineReset => asked,
            Self::VerifyNow | Self::Disconnect => row.presence != Presence::Disconnected,
            Self::VerifyThenReset => red && row.presence != Presence::Disconnected,
            Self::EnterMaintenance => !row.maintenance,
            Self::LeaveMaintenance => row.maintenance,
            Self::Connect => row.presence == Presence::Disconnected,
            Self::AcceptIdentity => match row.identity {
                IdentityState::Mismatched => true,
                IdentityState::Enrolled => matches!(&row.message, Message::Reasons { reasons }
                    if reasons.iter().any(|reason| reason.code.yields_to_approval())),
                IdentityState::None | IdentityState::Pending => false,
            },
        }
    }
}

/// The action without its texts.
pub fn of_action(action: &HostAction) -> Kind {
    // Every action is a kind; a test says so.
    Kind::ALL.into_iter().find(|kind| kind.code() == action.code()).unwrap_or(Kind::VerifyNow)
}

/// The action that a form's fields ask for. The server checks the text's length and whether the
/// state allows it.
pub fn parse(code: &str, text: &str, minutes: &str, until: &str) -> Result<HostAction, Refusal> {
    let kind = Kind::ALL
        .into_iter()
        .find(|kind| kind.code() == code)
        .ok_or_else(|| Refusal::invalid("action", "there is no such action"))?;
    let minutes = match minutes.trim() {
        "" => None,
        number => Some(
            number
                .parse()
                .map_err(|_| Refusal::invalid("minutes", "expected a whole number of minutes"))?,
        ),
    };
    let day = until.trim();
    let last = match day {
        "" => None,
        day => Some(
            format!("{day}T23:59:59Z")
                .parse()
                .map_err(|_| Refusal::invalid("until", "expected a day: 2026-11-30"))?,
        ),
    };
    let mut action = kind.with(text.trim().to_owned(), minutes);
    if let HostAction::Acknowledge { until, .. } = &mut action {
        *until = last;
    }
    Ok(action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_an_action_again() {
        for kind in Kind::ALL {
            let action = parse(kind.code(), " because ", "", "").unwrap();
            assert_eq!(action, kind.with("because".to_owned(), None));
            assert_eq!(of_action(&action), kind);
        }
    }

    #[test]
    fn an_acknowledgement_may_lapse() {
        let HostAction::Acknowledge { comment, minutes, until: None } =
            parse("acknowledge", "on it", " 60 ", "").unwrap()
        else {
            panic!("not an acknowledgement")
        };
        assert_eq!((comment.as_str(), minutes), ("on it", Some(60)));
        let HostAction::Acknowledge { minutes: None, until: Some(until), .. } =
            parse("acknowledge", "on it", "", "2026-11-30").unwrap()
        else {
            panic!("it lapses with the day")
        };
        assert_eq!(Ok(until), "2026-11-30T23:59:59Z".parse());
    }

    #[test]
    fn names_the_field_that_cannot_be_read() {
        for (code, minutes, until, field) in [
            ("explode", "", "", "action"),
            ("acknowledge", "-1", "", "minutes"),
            ("acknowledge", "", "tomorrow", "until"),
        ] {
            let Err(Refusal::Invalid { field: named, .. }) = parse(code, "x", minutes, until)
            else {
                panic!("{code} {minutes} {until} was accepted")
            };
            assert_eq!(named, field);
        }
    }
}
