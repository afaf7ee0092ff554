//! Makes an operator, and a code that signs them in, once.

use std::fmt;

use trustboard_model::event::EventKind;
use trustboard_model::id::OperatorId;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Rights;
use trustboard_model::time::Timestamp;
use trustboard_model::view::Viewer;

use super::create_operator::insert;
use crate::auth::operator::manages_users;
use crate::ctx::{Ctx, Halt};
use crate::store::Write;
use crate::store::secret::SecretHash;

/// How long a code is good, in seconds: a working day and the night.
const CODE_S: i64 = 24 * 3600;

/// A code that was made. It is stored hashed and cannot be had again.
pub struct Code {
    /// The secret.
    pub secret: [u8; 32],
    /// Until when it is good.
    pub expires_at: Timestamp,
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code(hidden, until {})", self.expires_at)
    }
}

/// Makes an operator, and a code that signs them in, once, within a day.
pub async fn invite_operator(
    ctx: &Ctx,
    viewer: &Viewer,
    name: &str,
    rights: Rights,
) -> Result<Code, Refusal> {
    ctx.answer(invite(ctx, viewer, name, rights).await)
}

async fn invite(ctx: &Ctx, viewer: &Viewer, name: &str, rights: Rights) -> Result<Code, Halt> {
    manages_users(viewer)?;
    let name = name.trim();
    let mut write = ctx.write().await?;
    let id = insert(ctx, &mut write, &viewer.actor(), name, rights, None).await?;
    let code = give_code(ctx, &mut write, viewer, id, name).await?;
    write.commit().await?;
    Ok(code)
}

/// Makes a code for an operator, in the place of those that they have.
pub(super) async fn give_code(
    ctx: &Ctx,
    write: &mut Write,
    viewer: &Viewer,
    id: OperatorId,
    name: &str,
) -> Result<Code, Halt> {
    let secret = ctx.random.secret();
    let expires_at = write.now().plus_seconds(CODE_S);
    write.delete_codes_of(id).await?;
    write.insert_code(SecretHash::of(&secret), id, expires_at).await?;
    let made = EventKind::SignInLinkMade { name: name.to_owned(), expires_at };
    write.event(&viewer.actor(), None, made).await?;
    Ok(Code { secret, expires_at })
}
