//! Makes an API key.

use std::fmt;

use trustboard_model::event::EventKind;
use trustboard_model::id::KeyId;
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{NewKey, Viewer};

use crate::auth::operator::in_person;
use crate::ctx::{Ctx, Halt};
use crate::store::InsertKey;
use crate::store::secret::SecretHash;

/// Keys of one operator: more are hardly looked after.
const MOST: usize = 50;

/// A key that was made. Its secret is stored hashed and cannot be had again.
pub struct MadeKey {
    /// The secret.
    pub secret: [u8; 32],
    /// Until when it is good.
    pub expires_at: Timestamp,
}

impl fmt::Debug for MadeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MadeKey(hidden, until {})", self.expires_at)
    }
}

/// Makes an API key of the viewer. It may do at most what they may, at each moment.
pub async fn create_key(ctx: &Ctx, viewer: &Viewer, new: &NewKey) -> Result<MadeKey, Refusal> {
    ctx.answer(create(ctx, viewer, new).await)
}

async fn create(ctx: &Ctx, viewer: &Viewer, new: &NewKey) -> Result<MadeKey, Halt> {
    in_person(viewer)?;
    let name = checked(viewer, new)?;
    let only = new.datacenters.as_deref();
    let mut write = ctx.write().await?;
    let mut names = Vec::new();
    for &id in only.unwrap_or_default() {
        let named = write.datacenter(id).await?.filter(|_| viewer.sees(id));
        names.push(named.ok_or_else(|| Refusal::not_found("datacenter"))?.name);
    }
    let standing = write.api_keys(viewer.id).await?;
    if standing.iter().any(|key| key.name.eq_ignore_ascii_case(name)) {
        let problem = format!("you have a key named {name} already");
        return Err(Refusal::Conflict { problem }.into());
    }
    if standing.len() >= MOST {
        let problem = format!("you have {MOST} keys already: revoke one first");
        return Err(Refusal::Conflict { problem }.into());
    }
    let secret = ctx.random.secret();
    let expires_at = write.now().plus_seconds(i64::from(new.days) * 24 * 3600);
    let key = InsertKey {
        id: KeyId::from_random(ctx.random.id()),
        hash: SecretHash::of(&secret),
        operator: viewer.id,
        name,
        role: new.role,
        datacenters: only,
        expires_at,
    };
    write.insert_api_key(&key).await?;
    let created = EventKind::KeyCreated {
        name: viewer.name.clone(),
        key: name.to_owned(),
        role: new.role,
        datacenters: only.map(|_| names),
        expires_at,
    };
    write.event(&viewer.actor(), None, created).await?;
    write.commit().await?;
    Ok(MadeKey { secret, expires_at })
}

/// The key's name, if everything that is asked for is acceptable.
fn checked<'n>(viewer: &Viewer, new: &'n NewKey) -> Result<&'n str, Refusal> {
    let name = new.name.trim();
    let long = name.chars().count() > NewKey::MAX_NAME;
    if name.is_empty() || long || name.chars().any(char::is_control) {
        let problem = format!("expected 1 to {} printable characters", NewKey::MAX_NAME);
        return Err(Refusal::invalid("name", problem));
    }
    if !(1..=NewKey::MOST_DAYS).contains(&new.days) {
        return Err(Refusal::invalid("days", format!("expected 1 to {}", NewKey::MOST_DAYS)));
    }
    if Some(new.role) > viewer.rights.strongest() {
        let problem = "a key cannot have a stronger role than its owner";
        return Err(Refusal::invalid("role", problem));
    }
    if new.datacenters.as_ref().is_some_and(Vec::is_empty) {
        return Err(Refusal::invalid("datacenters", "choose at least one"));
    }
    Ok(name)
}
