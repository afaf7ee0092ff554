//! Does what an operator asked to a host.

use trustboard_model::refusal::Refusal;
use trustboard_model::view::{CommandDone, HostCommand, Viewer};

use crate::ctx::Ctx;

/// Does what an operator asked to a host.
pub async fn act_on_host(
    ctx: &Ctx,
    viewer: &Viewer,
    command: &HostCommand,
) -> Result<CommandDone, Refusal> {
    todo!()
}
