//! Opens a session for an operator whose password was verified, or records the refusal.

use std::fmt;

use trustboard_model::refusal::Refusal;
use trustboard_model::view::Viewer;

use crate::ctx::Ctx;

/// A new session.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The session's secret, for the cookie. Stored hashed, never logged.
    pub secret: [u8; 32],
    /// Who signed in.
    pub viewer: Viewer,
}

impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignedIn({:?}, secret hidden)", self.viewer)
    }
}

/// Opens a session for an operator whose password was verified, or records the refusal.
pub async fn sign_in(ctx: &Ctx, name: &str, verified: bool) -> Result<SignedIn, Refusal> {
    todo!()
}
