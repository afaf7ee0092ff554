//! Stories on a PostgreSQL server, in a database of their own each.

use sqlx::Executor;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::view::HostAction;
use trustboard_server::command;
use trustboard_server::ctx::Ctx;
use trustboard_server::query::{self, ChainState};
use trustboard_server::store::Store;

pub use super::scratch::Scratch;
use super::scratch::{run, server, url};
use super::{Database, World};

impl Scratch {
    /// Ends every connection, as a restart of the database does; with `away` it lets nobody in
    /// until [`Scratch::mend`].
    async fn cut(&self, away: bool) {
        if away {
            run(&server(), format!("ALTER DATABASE {} ALLOW_CONNECTIONS false", self.name())).await;
        }
        let others = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'",
            self.name()
        );
        run(&server(), others).await;
    }

    async fn mend(&self) {
        run(&server(), format!("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.name())).await;
    }
}

/// The database is restarted, then away for a time: what cannot be done is refused, and what comes
/// after is done, without the server's being touched.
pub async fn a_lost_database_is_said_and_found_again() {
    if let Some(missing) = Scratch::missing() {
        eprintln!("NOT RUN: {missing}");
        return;
    }
    let world = World::<Scratch>::new().await;
    let host = world.only_host().await;
    let row = world.row(host).await;
    world.db.cut(false).await;
    let maintenance = HostAction::EnterMaintenance { reason: "new disk".to_owned() };
    world.act_at(host, row.revision, maintenance).await.unwrap();
    let row = world.row(host).await;
    assert_eq!(row.revision, 2, "a restart in between is not noticed");
    let leave = || world.act_at(host, row.revision, HostAction::LeaveMaintenance);
    world.db.cut(true).await;
    assert!(matches!(leave().await, Err(Refusal::Unavailable { .. })));
    let read = query::row(&world.ctx, &Sees::Everything, host).await;
    assert!(matches!(read, Err(Refusal::Unavailable { .. })));
    world.db.mend().await;
    leave().await.unwrap();
    let state = query::verify_chain(&world.ctx).await.unwrap();
    assert!(matches!(state, ChainState::Whole { .. }), "{state:?}");
}

/// A commit of one server wakes another.
pub async fn a_commit_wakes_whoever_listens() {
    if let Some(missing) = Scratch::missing() {
        eprintln!("NOT RUN: {missing}");
        return;
    }
    let world = World::<Scratch>::new().await;
    let mut changes = world.db.open().await.changes();
    let heard = tokio::spawn(async move { changes.next().await });
    // Until it listens, nothing is told: so it is told again.
    for number in 0..100 {
        world.datacenter(&format!("dc-{number}")).await;
        if heard.is_finished() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("nobody was woken");
}

/// A server says that it is there although every command waits for the end of the chain.
pub async fn a_server_says_that_it_is_there_while_commands_wait() {
    if let Some(missing) = Scratch::missing() {
        eprintln!("NOT RUN: {missing}");
        return;
    }
    let world = World::<Scratch>::new().await;
    let ctx = Ctx { store: world.ctx.store.clone().of_replica([1; 16]), ..world.ctx.clone() };
    command::join_replicas(&ctx).await.unwrap();
    let mut other = world.db.connect().await;
    other.execute("BEGIN").await.unwrap();
    other.execute("SELECT seq FROM chain_head FOR UPDATE").await.unwrap();
    let waits = tokio::spawn(async move { world.datacenter("late").await });
    let limit = std::time::Duration::from_secs(5);
    let kept = tokio::time::timeout(limit, command::keep_replica(&ctx, None)).await;
    assert!(kept.unwrap().unwrap().leads);
    assert!(!waits.is_finished());
    other.execute("COMMIT").await.unwrap();
    waits.await.unwrap();
}

impl Database for Scratch {
    fn missing() -> Option<&'static str> {
        Self::missing()
    }

    async fn new() -> Self {
        Self::empty().await
    }

    async fn open(&self) -> Store {
        Store::at(&self.location()).await.unwrap()
    }

    async fn tamper(&self, statement: String) {
        let statement = statement.replace("randomblob(16)", "decode(md5('' || n), 'hex')");
        // Somebody with a shell on the database's server does not stop at foreign keys.
        let past = format!("SET session_replication_role = replica; {statement}");
        run(&url(self.name()), past).await;
    }

    async fn bytes(&self) -> Vec<u8> {
        let mut connection = self.connect().await;
        connection.execute("CHECKPOINT").await.unwrap();
        let files: Vec<(Vec<u8>,)> = sqlx::query_as(
            "SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class
             WHERE relkind IN ('r', 'i', 't') AND relnamespace <> 'pg_catalog'::regnamespace",
        )
        .fetch_all(&mut connection)
        .await
        .unwrap();
        files.into_iter().flat_map(|(bytes,)| bytes).collect()
    }
}
