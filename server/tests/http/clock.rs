//! The machine's clock is set ahead or back by hours: by NTP after a flat battery, or by hand.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::time::timeout;
use trustboard_model::host::{Attestation, Freshness};
use trustboard_model::id::HostId;
use trustboard_model::protocol::ServerMessage;
use trustboard_model::role::Role;
use trustboard_model::view::AlarmView;

use super::support::World;
use super::support::agent::{Agent, enrol, facts, greet};
use super::support::tpm::TpmHost;

const HOURS: i64 = 5 * 3600;

/// What the policy of the tests says, in seconds.
const INTERVAL_S: i64 = 300;

/// Long enough that a server which wanted to ask would have.
const QUIET: Duration = Duration::from_millis(300);

struct Met {
    host: TpmHost,
    id: HostId,
    session: Agent,
}

async fn met(world: &World, agents: SocketAddr, name: &str) -> Met {
    let mut host = TpmHost::healthy(name);
    let enrolment = host.enrol(world).await;
    let mut session = host.connect(agents, &enrolment).await;
    host.prove(&mut session).await;
    host.answer(&mut session).await;
    let id = enrolment.host;
    let met = Met { host, id, session };
    met.is_trusted_since(world).await;
    met
}

impl Met {
    /// Waits until its latest verification is of this very moment.
    async fn is_trusted_since(&self, world: &World) {
        let now = world.now();
        let row = world.row_when(self.id, |row| row.last_verified == Some(now)).await;
        assert_eq!((row.attestation, row.freshness), (Attestation::Passed, Freshness::Fresh));
        assert_eq!(row.alarm, AlarmView::Green);
    }

    /// Whether the server asks nothing for a while.
    async fn is_left_alone(&mut self) -> bool {
        timeout(QUIET, self.session.try_hear()).await.is_err()
    }
}

#[tokio::test]
async fn a_clock_that_is_set_makes_nobody_early_late_or_red() {
    let mut world = World::new().await;
    let agents = world.listen_to_agents().await;
    let mut host = met(&world, agents, "a").await;
    let (bare, facts) = (enrol(&world, "b").await, facts("b", "boot-1"));
    let mut other = greet(agents, &bare.credential, facts.clone()).await;
    other.has_no_tpm().await;
    other.answer(&facts).await;
    world.row_when(bare.host, |row| row.last_verified.is_some()).await;
    for jump in [HOURS, -2 * HOURS, HOURS, -30, 45] {
        world.clock.set(jump);
        // No stampede: it is nobody's turn.
        assert!(host.is_left_alone().await, "asked after the clock was set by {jump} s");
        assert!(timeout(QUIET, other.try_hear()).await.is_err(), "asked after {jump} s");
        // Everybody's turn comes when their interval has passed, whatever the clock says.
        world.clock.advance(INTERVAL_S);
        host.host.answer(&mut host.session).await;
        host.is_trusted_since(&world).await;
        other.answer(&facts).await;
        let now = world.now();
        world.row_when(bare.host, |row| row.last_verified == Some(now)).await;
    }
    let alarms = world.events().await.iter().filter(|code| code.starts_with("alarm")).count();
    assert_eq!(alarms, 0, "nobody did anything wrong");
}

#[tokio::test]
async fn a_clock_that_is_set_while_a_host_answers_expires_nothing() {
    let mut world = World::new().await;
    let agents = world.listen_to_agents().await;
    let mut host = met(&world, agents, "a").await;
    for jump in [HOURS, -2 * HOURS] {
        world.clock.advance(INTERVAL_S);
        let ServerMessage::Challenge { id, nonce, known_log, .. } = host.session.hear().await
        else {
            panic!("not challenged");
        };
        world.clock.set(jump);
        host.host.answer_to(&mut host.session, id, nonce, known_log).await;
        host.is_trusted_since(&world).await;
    }
}

#[tokio::test]
async fn a_clock_that_is_set_back_locks_nobody_out() {
    let mut world = World::new().await;
    let agents = world.listen_to_agents().await;
    let mut host = met(&world, agents, "a").await;
    let operator = world.sign_in("olga", Role::Operator).await;
    let wrong = async || world.post("/sign-in").form("name=olga&password=wrong").send().await;
    for _ in 0..5 {
        assert_ne!(wrong().await.status, 429);
    }
    world.clock.set(-HOURS);
    // Limits count by time that passed: what was used up before is not used up for hours.
    world.clock.advance(INTERVAL_S);
    for _ in 0..5 {
        assert_ne!(wrong().await.status, 429);
    }
    // Nor is who was signed in signed out, or a host cut off that talks as much as ever.
    assert_eq!(world.get("/api/v1/inventory").by(&operator).send().await.status, 200);
    host.host.answer(&mut host.session).await;
    host.is_trusted_since(&world).await;
    // Ahead it is as if the time had passed: a session that nobody used for so long has ended.
    world.clock.set(31 * 24 * 3600);
    assert_eq!(world.get("/api/v1/inventory").by(&operator).send().await.status, 401);
}
