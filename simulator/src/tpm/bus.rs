//! The wire between a host and its TPM. The agent's TSS connects here, for each command anew, and
//! commands go on to whatever TPM is plugged in.
//!
//! The address stays the same over reboots and TPM swaps. And as on a real bus, somebody may sit
//! on the wire: an interposer that answers TPM2_Quote with an earlier response (TPM Genie is such
//! a device). Nothing in the agent knows of it.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::{Mutex as AsyncMutex, watch};
use tokio::task::JoinSet;

use super::channel::{Channel, read_frame};
use super::swtpm::{command_socket, control_socket};
use super::wire::{ACTIVATE_CREDENTIAL, Code, HEADER, QUOTE};
use crate::error::{Error, io};
use crate::socket::ShortPath;

/// How often a pair of neighbouring free ports is looked for.
const PORT_ATTEMPTS: usize = 64;

/// What happens to quotes on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interposer {
    /// Nothing: commands and responses pass.
    Absent,
    /// A quote is answered with the newest genuine response to a quote of the same registers.
    ReplaysQuotes,
}

/// What the TPM has done for programs since the wire exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Passed {
    /// Quotes it made.
    pub quotes: u64,
    /// Credentials it unwrapped: a server has taken or proven an identity.
    pub activations: u64,
}

/// The wire of one host.
#[derive(Debug)]
pub struct Bus {
    wire: Arc<Wire>,
    port: u16,
    _tasks: JoinSet<()>,
}

#[derive(Debug)]
struct Wire {
    state: Mutex<State>,
    /// One program at a time, as the TPM serves one connection at a time.
    turn: AsyncMutex<()>,
    passed: watch::Sender<Passed>,
}

#[derive(Debug)]
struct State {
    /// The folder of the TPM that is plugged in and powered.
    tpm: Option<PathBuf>,
    interposer: Interposer,
    /// The newest response by what was quoted.
    recorded: HashMap<Vec<u8>, Vec<u8>>,
}

impl Bus {
    /// Listens on two neighbouring loopback ports, as swtpm's TCTI expects.
    pub async fn open() -> Result<Self, Error> {
        let (commands, control, port) = neighbours().await?;
        let wire = Arc::new(Wire {
            state: Mutex::new(State {
                tpm: None,
                interposer: Interposer::Absent,
                recorded: HashMap::new(),
            }),
            turn: AsyncMutex::new(()),
            passed: watch::Sender::new(Passed::default()),
        });
        let mut tasks = JoinSet::new();
        tasks.spawn(serve(commands, Arc::clone(&wire), Wire::carry_commands));
        tasks.spawn(serve(control, Arc::clone(&wire), Wire::carry_control));
        Ok(Self { wire, port, _tasks: tasks })
    }

    /// The TCTI string for the agent.
    pub fn tcti(&self) -> String {
        format!("swtpm:host=127.0.0.1,port={}", self.port)
    }

    /// Plugs a powered TPM in, by its folder.
    pub fn plug(&self, tpm: &Path) {
        self.wire.state().tpm = Some(tpm.to_owned());
    }

    /// Takes the TPM off the wire, and forgets what passed. Waits for the command that is under
    /// way.
    pub async fn unplug(&self) {
        self.wire.state().tpm = None;
        let _last = self.wire.turn.lock().await;
        self.wire.state().recorded.clear();
    }

    /// Puts an interposer on the wire or takes it off.
    pub fn interpose(&self, interposer: Interposer) {
        self.wire.state().interposer = interposer;
    }

    /// What the TPM has done; changes can be waited for.
    pub fn passed(&self) -> watch::Receiver<Passed> {
        self.wire.passed.subscribe()
    }

    /// Whether a quote has passed since the TPM was plugged in.
    pub fn has_recorded(&self) -> bool {
        !self.wire.state().recorded.is_empty()
    }
}

impl Wire {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // A poisoned lock is as good as any: no code panics half way through a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn plugged(&self) -> Option<PathBuf> {
        self.state().tpm.clone()
    }

    async fn carry_commands(self: Arc<Self>, mut program: TcpStream) -> Result<(), Error> {
        let _turn = self.turn.lock().await;
        let Some(tpm) = self.plugged() else { return Ok(()) };
        let mut channel = Channel::connect(&command_socket(&tpm)).await?;
        let name = Path::new("TPM bus");
        while let Some(command) = read_frame(&mut program).await.map_err(io(name))? {
            if self.plugged().as_ref() != Some(&tpm) {
                return Ok(()); // unplugged in between
            }
            let response = self.answer(&mut channel, &command).await?;
            program.write_all(&response).await.map_err(io(name))?;
        }
        Ok(())
    }

    /// The interposer's place.
    async fn answer(&self, channel: &mut Channel, command: &[u8]) -> Result<Vec<u8>, Error> {
        let what = quoted_registers(command);
        if let Some(old) = what.as_ref().and_then(|what| self.old_quote(what)) {
            return Ok(old);
        }
        let response = channel.pass(command).await?;
        if response.get(6..HEADER) == Some(&[0; 4]) {
            if let Some(what) = what {
                self.state().recorded.insert(what, response.clone());
                self.passed.send_modify(|passed| passed.quotes += 1);
            } else if is(command, ACTIVATE_CREDENTIAL) {
                self.passed.send_modify(|passed| passed.activations += 1);
            }
        }
        Ok(response)
    }

    fn old_quote(&self, what: &[u8]) -> Option<Vec<u8>> {
        let state = self.state();
        match state.interposer {
            Interposer::Absent => None,
            Interposer::ReplaysQuotes => state.recorded.get(what).cloned(),
        }
    }

    async fn carry_control(self: Arc<Self>, mut program: TcpStream) -> Result<(), Error> {
        let Some(tpm) = self.plugged() else { return Ok(()) };
        let socket = control_socket(&tpm);
        let short = ShortPath::open(&socket)?;
        let mut control = UnixStream::connect(short.path()).await.map_err(io(&socket))?;
        let carried = tokio::io::copy_bidirectional(&mut program, &mut control).await;
        carried.map_err(io(&socket)).map(|_| ())
    }
}

fn is(command: &[u8], code: Code) -> bool {
    command.get(6..HEADER) == Some(&code.number.to_be_bytes())
}

/// Scheme and PCR selection of a TPM2_Quote (Part 3, 18.4): what follows the authorisations and
/// the qualifying data. Nothing if it is another command or one that cannot be read.
fn quoted_registers(command: &[u8]) -> Option<Vec<u8>> {
    if !is(command, QUOTE) {
        return None;
    }
    let after_handle = command.get(HEADER + 4..)?;
    let (size, rest) = after_handle.split_first_chunk::<4>()?;
    let parameters = rest.get(usize::try_from(u32::from_be_bytes(*size)).ok()?..)?;
    let (size, rest) = parameters.split_first_chunk::<2>()?;
    rest.get(usize::from(u16::from_be_bytes(*size))..).map(<[u8]>::to_vec)
}

/// Accepts connections for ever; the task ends with its [`Bus`].
async fn serve<F>(listener: TcpListener, wire: Arc<Wire>, carry: fn(Arc<Wire>, TcpStream) -> F)
where
    F: Future<Output = Result<(), Error>> + Send + 'static,
{
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => if let Ok((program, _)) = accepted {
                // A connection that breaks is the program's to notice: its end is closed.
                let carried = carry(Arc::clone(&wire), program);
                connections.spawn(async { drop(carried.await) });
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn neighbours() -> Result<(TcpListener, TcpListener, u16), Error> {
    let name = Path::new("two neighbouring loopback ports");
    let listen = |port: u16| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let mut last = std::io::ErrorKind::AddrInUse.into();
    for _ in 0..PORT_ATTEMPTS {
        let commands = listen(0).await.map_err(io(name))?;
        let port = commands.local_addr().map_err(io(name))?.port();
        let Some(next) = port.checked_add(1) else { continue };
        match listen(next).await {
            Ok(control) => return Ok((commands, control, port)),
            Err(error) => last = error,
        }
    }
    Err(io(name)(last))
}
