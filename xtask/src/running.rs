//! A program in the background: its output goes to a file, its end is noticed, and it is ended
//! with us.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

/// How long a program may take to end in good order.
const GRACE: Duration = Duration::from_secs(15);

/// Memory of processes, in KiB.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Memory {
    /// All that is in memory, pages of files included.
    pub resident: u64,
    /// What is its own and no page of a file: heap and stacks.
    pub anonymous: u64,
}

impl std::iter::Sum for Memory {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |all, one| Self {
            resident: all.resident + one.resident,
            anonymous: all.anonymous + one.anonymous,
        })
    }
}

/// A program in the background.
pub struct Running {
    name: String,
    child: Child,
    log: PathBuf,
}

impl Running {
    /// Starts it, with all its output in `log`.
    pub fn start(name: &str, command: &mut Command, log: &Path) -> Result<Self> {
        Self::spawn(name, command.stdin(Stdio::null()), log)
    }

    /// The same for a program that is told things while it runs.
    pub fn start_with_input(
        name: &str,
        command: &mut Command,
        log: &Path,
    ) -> Result<(Self, ChildStdin)> {
        let mut running = Self::spawn(name, command.stdin(Stdio::piped()), log)?;
        let input = running.child.stdin.take().with_context(|| format!("{name} takes no input"))?;
        Ok((running, input))
    }

    fn spawn(name: &str, command: &mut Command, log: &Path) -> Result<Self> {
        let output = File::create(log).with_context(|| format!("{}", log.display()))?;
        let child = command
            .stdout(output.try_clone()?)
            .stderr(output)
            // A group of its own: Ctrl-C reaches us, and we end it in order.
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        Ok(Self { name: name.to_owned(), child, log: log.to_owned() })
    }

    /// Fails, with the last lines that it wrote, if it has ended.
    pub fn check(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => {
                bail!("{} ended with {status}:\n{}", self.name, self.last_lines())
            }
        }
    }

    /// Waits until it has ended by itself; false if it has not within `limit`.
    pub fn ends_within(&mut self, limit: Duration) -> Result<bool> {
        let start = Instant::now();
        while self.child.try_wait()?.is_none() {
            if start.elapsed() > limit {
                return Ok(false);
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(true)
    }

    /// The process' number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills it without a word.
    pub fn kill(&mut self) {
        // It may just have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Resident memory in KiB.
    pub fn memory_kib(&self) -> Result<u64> {
        memory_kib(self.child.id())
    }

    /// Its memory.
    pub fn memory(&self) -> Result<Memory> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        Ok(Memory { resident: kib(&status, "VmRSS:")?, anonymous: kib(&status, "RssAnon:")? })
    }

    /// Seconds that processors have worked for it: `utime` and `stime` of /proc/PID/stat (proc(5)),
    /// in hundredths, which is what Linux counts in on every machine that we know.
    pub fn processor_s(&self) -> Result<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The program's name may hold spaces; what follows its bracket does not.
        let (_, fields) = stat.rsplit_once(')').context("/proc/PID/stat")?;
        let ticks = |at| fields.split_whitespace().nth(at).and_then(|field| field.parse().ok());
        let (user, system): (Option<f64>, Option<f64>) = (ticks(11), ticks(12));
        Ok((user.context("utime")? + system.context("stime")?) / 100.0)
    }

    /// Bytes that it has sent to the disk: `write_bytes` of /proc/PID/io (proc(5)). What was written
    /// to a page of memory twice before it was sent counts once. Linux counts whole folios, which are
    /// far more than what is sent of a file that was copied: [`crate::disk::written_bytes`] is right.
    pub fn written_bytes(&self) -> Result<u64> {
        let io = fs::read_to_string(format!("/proc/{}/io", self.child.id()))?;
        let number = io.lines().find_map(|line| line.strip_prefix("write_bytes:"));
        number.and_then(|number| number.trim().parse().ok()).context("no write_bytes in /proc")
    }

    /// Asks it to end, waits, and kills it if it does not.
    pub fn end(&mut self) {
        let id = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(id) = id.filter(|_| matches!(self.child.try_wait(), Ok(None))) {
            // It may just have ended by itself.
            let _ = kill_process(id, Signal::TERM);
        }
        let start = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            if start.elapsed() > GRACE {
                eprintln!("    {} does not end; killing it", self.name);
                let _ = self.child.kill();
                let _ = self.child.wait();
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// The end of its output.
    pub fn last_lines(&self) -> String {
        const BYTES: u64 = 4096;
        let read = || -> std::io::Result<String> {
            let mut log = File::open(&self.log)?;
            let start = log.metadata()?.len().saturating_sub(BYTES);
            log.seek(SeekFrom::Start(start))?;
            let mut bytes = Vec::new();
            log.read_to_end(&mut bytes)?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        };
        read().unwrap_or_else(|error| format!("{}: {error}", self.log.display()))
    }
}

/// Resident memory of the process with this number, in KiB.
pub fn memory_kib(process: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    kib(&status, "VmRSS:")
}

/// A number of /proc/PID/status (proc(5)).
fn kib(status: &str, name: &str) -> Result<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).with_context(|| format!("no {name} in /proc"))
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_with_what_no_file_holds() {
        let status = "Name:\tx\nVmRSS:\t  123 kB\nRssAnon:\t   45 kB\n";
        assert_eq!((kib(status, "VmRSS:").unwrap(), kib(status, "RssAnon:").unwrap()), (123, 45));
        assert!(kib(status, "VmSwap:").is_err());
    }

    #[test]
    fn an_ended_program_says_its_last_words() {
        let log = std::env::temp_dir().join(format!("xtask-running-{}", std::process::id()));
        let mut command = Command::new("sh");
        let mut running =
            Running::start("it", command.args(["-c", "echo no disk; exit 3"]), &log).unwrap();
        let error = loop {
            if let Err(error) = running.check() {
                break error.to_string();
            }
            thread::sleep(Duration::from_millis(10));
        };
        fs::remove_file(&log).unwrap();
        assert!(error.contains("it ended with exit status: 3"), "{error}");
        assert!(error.ends_with("no disk\n"), "{error}");
    }
}
