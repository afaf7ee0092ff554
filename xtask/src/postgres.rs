//! A PostgreSQL server of our own: reached over a socket in a temporary folder. Its data are there
//! too and go with it, unless it is told where to keep them.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::{place, program};

/// Where tests look for the server's address.
pub const ADDRESS: &str = "TRUSTBOARD_TEST_POSTGRES";

/// Where Debian puts the programs of each version.
const DEBIAN: &str = "/usr/lib/postgresql";

const SETTINGS: &str = "
listen_addresses = ''
max_connections = 300
";

/// What stories record need not survive the machine.
const FORGETFUL: &str = "
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
";

/// Where a temporary folder may be for a user who is not us: the first that lets them in.
const OPEN_TO_ALL: [&str; 3] = ["/tmp", "/var/tmp", "/dev/shm"];

/// Whether a server syncs what it commits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Commits {
    /// As an installation does.
    Durable,
    /// For tests.
    Forgetful,
}

/// A running server; dropped, it ends and leaves nothing but what it was told to keep.
pub struct Cluster {
    folder: PathBuf,
    data: PathBuf,
    programs: PathBuf,
    user: Option<(u32, u32)>,
}

impl Cluster {
    /// Makes one and starts it.
    pub fn start(commits: Commits) -> Result<Self> {
        let (programs, user) = found()?;
        let folder = folder(user)?;
        let cluster = Self { data: folder.join("data"), folder, programs, user };
        cluster.make(commits)?;
        cluster.start_again()?;
        Ok(cluster)
    }

    /// Starts the one whose data are in this folder, made there if there are none; they stay there.
    /// What it commits is durable.
    pub fn start_kept(data: &Path) -> Result<Self> {
        let (programs, user) = found()?;
        let cluster = Self { folder: folder(user)?, data: data.to_owned(), programs, user };
        if data.join("PG_VERSION").exists() {
            cluster.is_let_in()?;
        } else {
            fs::create_dir_all(data).with_context(|| data.display().to_string())?;
            if let Some((uid, gid)) = user {
                chown(data, Some(uid), Some(gid))?;
            }
            cluster.is_let_in()?;
            cluster.make(Commits::Durable)?;
        }
        cluster.start_again()?;
        Ok(cluster)
    }

    /// Fails if the user that the server runs as is not let into the folder of the data.
    fn is_let_in(&self) -> Result<()> {
        let Some(user) = self.user else { return Ok(()) };
        let mut looks = run_as(user);
        if looks.args(["test", "-w"]).arg(&self.data).status()?.success() {
            return Ok(());
        }
        let data = self.data.display();
        bail!("{data} is closed to the user postgres: name a folder that all can pass through")
    }

    fn make(&self, commits: Commits) -> Result<()> {
        let data = &self.data;
        let mut initdb = self.command("initdb");
        initdb.args(["-A", "trust", "-U", "trustboard", "-E", "UTF8", "--locale=C", "-N", "-D"]);
        program::output(initdb.arg(data))?;
        let config = data.join("postgresql.conf");
        let mut settings = fs::read_to_string(&config)?;
        settings.push_str(SETTINGS);
        if commits == Commits::Forgetful {
            settings.push_str(FORGETFUL);
        }
        fs::write(&config, settings)?;
        Ok(())
    }

    /// Starts it again on the data that are there.
    pub fn start_again(&self) -> Result<()> {
        let mut start = self.command("pg_ctl");
        start.arg("-D").arg(self.data()).arg("-l").arg(self.folder.join("log")).args(["-w", "-o"]);
        start.arg(format!("-k {}", self.folder.display())).arg("start");
        program::output(&mut start).map(drop)
    }

    /// Ends it in order, with connections open or not.
    pub fn stop(&self) -> Result<()> {
        let mut stop = self.command("pg_ctl");
        stop.arg("-D").arg(self.data()).args(["-m", "fast", "-w", "stop"]);
        program::output(&mut stop).map(drop)
    }

    /// Kills it and all that belongs to it without a word.
    pub fn kill(&self) -> Result<()> {
        let file = fs::read_to_string(self.data().join("postmaster.pid"))?;
        let postmaster = file.lines().next().context("postmaster.pid")?;
        let children = format!("/proc/{postmaster}/task/{postmaster}/children");
        let children = fs::read_to_string(children)?;
        let all = std::iter::once(postmaster).chain(children.split_whitespace());
        for process in all {
            let process = process.parse().ok().and_then(Pid::from_raw).context("no process")?;
            // It may just have ended by itself.
            let _ = kill_process(process, Signal::KILL);
        }
        Ok(())
    }

    /// Where it listens.
    pub fn socket(&self) -> PathBuf {
        self.folder.join(".s.PGSQL.5432")
    }

    /// Its address, of a user who may make databases.
    pub fn url(&self) -> String {
        let folder = self.folder.display().to_string().replace('/', "%2F");
        format!("postgres://trustboard@localhost/postgres?host={folder}")
    }

    /// Seconds that its processes have worked, those that ended included: the postmaster waits for
    /// all of them (`cutime` and `cstime` of /proc/PID/stat, proc(5)).
    pub fn processor_s(&self) -> Result<f64> {
        let file = self.data().join("postmaster.pid");
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let own = text.lines().next().context("an empty postmaster.pid")?.trim().to_owned();
        let mut seconds = 0.0;
        for entry in fs::read_dir("/proc")?.flatten() {
            // One that has just ended is counted by its parent.
            let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
            let Some((_, fields)) = stat.rsplit_once(')') else { continue };
            let fields: Vec<_> = fields.split_whitespace().collect();
            let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
            let is_own = *entry.file_name() == *own;
            if is_own || fields.get(1) == Some(&&*own) {
                let last = if is_own { 15 } else { 13 };
                seconds += (11..last).filter_map(ticks).sum::<f64>() / 100.0;
            }
        }
        Ok(seconds)
    }

    fn data(&self) -> &Path {
        &self.data
    }

    fn command(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let Some(user) = self.user else { return Command::new(program) };
        let mut command = run_as(user);
        command.arg(program).current_dir(&self.folder);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // What is kept is left in order, so that it starts without a recovery.
        let mode = if self.data.starts_with(&self.folder) { "immediate" } else { "fast" };
        let mut stop = self.command("pg_ctl");
        stop.arg("-D").arg(self.data()).args(["-m", mode, "-w", "stop"]);
        // It may not have been started.
        let _ = program::output(&mut stop);
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What follows is run by this user.
fn run_as((uid, gid): (u32, u32)) -> Command {
    let mut command = Command::new("setpriv");
    command.arg(format!("--reuid={uid}")).arg(format!("--regid={gid}")).arg("--clear-groups");
    command
}

/// A new folder of this user: in the system's own for temporary files, unless that or what it lies
/// in is closed to them.
fn folder(user: Option<(u32, u32)>) -> Result<PathBuf> {
    let first = place::temporary_folder("postgres")?;
    let Some((uid, gid)) = user else { return Ok(first) };
    let name = first.file_name().context("a folder without a name")?.to_owned();
    let others = OPEN_TO_ALL.iter().map(|parent| Path::new(parent).join(&name));
    for folder in std::iter::once(first.clone()).chain(others) {
        if fs::create_dir_all(&folder).is_err() {
            continue;
        }
        // Others reach its socket; its data stays closed.
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755))?;
        chown(&folder, Some(uid), Some(gid))?;
        let mut looks = run_as((uid, gid));
        if looks.args(["test", "-w"]).arg(&folder).status().is_ok_and(|status| status.success()) {
            return Ok(folder);
        }
        fs::remove_dir_all(&folder)?;
    }
    bail!("{} and {OPEN_TO_ALL:?} are closed to the user postgres", first.display())
}

/// Where the programs are, and the user that the server runs as if we are root: Debian's package
/// brings one for it.
fn found() -> Result<(PathBuf, Option<(u32, u32)>)> {
    let programs = programs().context("install PostgreSQL: cargo xtask setup")?;
    let is_root = rustix::process::getuid().is_root();
    Ok((programs, if is_root { Some(postgres_user()?) } else { None }))
}

/// The folder with `initdb` and `pg_ctl`: of the highest version.
fn programs() -> Option<PathBuf> {
    if let Some(initdb) = program::find("initdb") {
        return initdb.parent().map(Path::to_owned);
    }
    let versions = fs::read_dir(DEBIAN).ok()?.flatten();
    let folders = versions.map(|version| version.path().join("bin"));
    folders.filter(|folder| folder.join("initdb").exists()).max_by_key(|folder| version(folder))
}

/// The number in `/usr/lib/postgresql/15/bin`.
fn version(folder: &Path) -> Option<u32> {
    folder.parent()?.file_name()?.to_str()?.parse().ok()
}

/// User and group of the name that the package uses.
fn postgres_user() -> Result<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd").context("/etc/passwd")?;
    for line in users.lines() {
        if let ["postgres", _, uid, gid, ..] = line.split(':').collect::<Vec<_>>()[..] {
            return Ok((uid.parse()?, gid.parse()?));
        }
    }
    bail!("PostgreSQL does not run as root, and there is no user postgres")
}

/// `cargo xtask postgres COMMAND...`: the command, with a server for its tests.
pub fn with_server(command: &[String]) -> Result<()> {
    let Some((name, arguments)) = command.split_first() else {
        bail!("which command? For example: cargo xtask postgres cargo test -p trustboard-server");
    };
    let cluster = Cluster::start(Commits::Forgetful)?;
    program::run(Command::new(name).args(arguments).env(ADDRESS, cluster.url()))
}
