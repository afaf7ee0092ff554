//! Why a screen has nothing to show: the server refused, or was not reached.

use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use trustboard_model::refusal::Refusal;

use crate::wire::JsonText;

/// What went wrong between a screen and its data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "failure", content = "what")]
pub enum Failure {
    /// The server answered, and refused.
    Refused(Refusal),
    /// There was no answer: the network or the server is down.
    NotReached,
    /// There was an answer that this page cannot read: it is older or newer than the server.
    Unreadable,
}

impl Failure {
    /// Nobody is signed in, or no longer.
    pub fn is_signed_out(&self) -> bool {
        matches!(self, Self::Refused(Refusal::SignInRequired))
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::NotReached,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Self::Refused(Refusal::invalid("form", "a field is missing or cannot be read"))
            }
            _ => Self::Unreadable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_the_way_through_the_wire() {
        for failure in [
            Failure::Refused(Refusal::Stale { seen: 3, current: 4, now: "red".to_owned() }),
            Failure::NotReached,
            Failure::Unreadable,
        ] {
            assert_eq!(Failure::de(failure.ser()), failure);
        }
    }

    #[test]
    fn no_answer_is_not_a_refusal() {
        let error = ServerFnErrorErr::Request("connection refused".to_owned());
        assert_eq!(Failure::from_server_fn_error(error), Failure::NotReached);
        assert_eq!(Failure::de("<html>".as_bytes().to_vec().into()), Failure::Unreadable);
    }
}
