//! Nothing: a page on the server is written once.

use trustboard_model::view::LiveHint;

use super::{LiveState, Start};

pub(crate) fn listen(_state: LiveState, _start: Start, _hear: impl Fn(LiveHint) + Clone + 'static) {
}
