//! Programs that must not outlive the simulator.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process};
use tokio::process::{Child, Command};

use crate::deadline::within;
use crate::error::{Error, io};

/// A command that ends with this process however this process ends: the kernel sends it SIGTERM
/// (`setpriv --pdeathsig`, which then becomes the program). In a process group of its own, so that
/// Ctrl-C in a terminal reaches the simulator alone, which then ends everything in order.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--"]).arg(program);
    command.stdin(Stdio::null()).process_group(0).kill_on_drop(true);
    command
}

/// Starts it, with its output appended to a file.
pub fn spawn(mut command: Command, name: &str, log: &Path) -> Result<Child, Error> {
    let file = std::fs::OpenOptions::new().create(true).append(true).open(log).map_err(io(log))?;
    let copy = file.try_clone().map_err(io(log))?;
    command.stdout(file).stderr(copy);
    command
        .spawn()
        .map_err(|error| Error::Program { program: name.to_owned(), problem: error.to_string() })
}

/// Asks a program to end, and makes it end if it does not.
pub async fn end(child: &mut Child) -> Result<(), Error> {
    let pid = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    let Some(pid) = pid else { return Ok(()) }; // it has ended already
    let _ = kill_process(pid, Signal::TERM); // it may end in this moment
    let ended = within("it did not end", async {
        child.wait().await.map_err(io(Path::new("a program"))).map(|_| ())
    })
    .await;
    if ended.is_err() {
        child.kill().await.map_err(io(Path::new("a program")))?;
    }
    Ok(())
}

/// Runs a program to its end and gives what it wrote, or what went wrong.
pub async fn run(mut command: Command, name: &str) -> Result<String, Error> {
    let failed = |problem: String| Error::Program { program: name.to_owned(), problem };
    let output = within(&format!("{name} did not end"), async {
        command.output().await.map_err(|error| failed(error.to_string()))
    })
    .await?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        let said = [text(&output.stderr), text(&output.stdout)].join("\n");
        let end = said.char_indices().rev().nth(800).map_or(0, |(at, _)| at);
        Err(failed(format!("{}: {}", output.status, said.get(end..).unwrap_or_default().trim())))
    }
}
