//! One connection to a TPM's command channel, and the commands that firmware and makers send.

use std::collections::BTreeMap;
use std::path::Path;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::pcr::PcrIndex;

use super::wire::{self, Command, HEADER, MAX_BYTES, Response};
use crate::deadline::within;
use crate::error::{Error, io};
use crate::firmware::{Bank, Extend};
use crate::socket::ShortPath;

/// `TPM_RH_ENDORSEMENT`
const ENDORSEMENT: u32 = 0x4000_000B;
/// `TPM_RH_PLATFORM`: open to firmware, which closes it before the operating system starts. Here
/// it stays open, because the maker's and the firmware's part come after one another.
const PLATFORM: u32 = 0x4000_000C;
/// `TPM_CAP_HANDLES`
const CAP_HANDLES: u32 = 1;
/// `TPM_RC_INITIALIZE`: TPM2_Startup was sent before.
const RC_INITIALIZE: u32 = 0x100;
/// The most registers that one TPM2_PCR_Read answers (`TPML_DIGEST` holds 8).
const READ_AT_ONCE: usize = 8;
/// Bytes of an NV write; libtpms takes up to 1024.
const NV_CHUNK: usize = 512;

/// A connection to a TPM.
#[derive(Debug)]
pub struct Channel {
    stream: UnixStream,
}

/// `TPMS_TIME_INFO` as far as a boot shows in it (Part 2, 10.11.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Milliseconds for which the TPM was powered.
    pub powered_ms: u64,
    /// Counts power cycles.
    pub reset_count: u32,
    /// Counts resumes since then.
    pub restart_count: u32,
    /// Whether the TPM was shut down in order before.
    pub safe: bool,
}

impl Channel {
    /// Connects to the socket.
    pub async fn connect(socket: &Path) -> Result<Self, Error> {
        let short = ShortPath::open(socket)?;
        let stream = UnixStream::connect(short.path()).await.map_err(io(socket))?;
        Ok(Self { stream })
    }

    /// Passes a command on as it is and gives the whole response.
    pub async fn pass(&mut self, command: &[u8]) -> Result<Vec<u8>, Error> {
        let socket = Path::new("TPM command channel");
        within("no response from the TPM", async {
            self.stream.write_all(command).await.map_err(io(socket))?;
            read_frame(&mut self.stream).await.map_err(io(socket))
        })
        .await?
        .ok_or(Error::TpmResponse { command: "a command" })
    }

    async fn send(&mut self, command: &Command) -> Result<Response, Error> {
        Response::new(command.name(), self.pass(&command.to_bytes()).await?)
    }

    /// TPM2_Startup(CLEAR): what firmware sends first after a power cycle.
    pub async fn startup(&mut self) -> Result<(), Error> {
        match self.send(&Command::new(wire::STARTUP).u16(0)).await {
            Ok(_) | Err(Error::Tpm { code: RC_INITIALIZE, .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// TPM2_Shutdown(CLEAR): what an operating system sends last.
    pub async fn shutdown(&mut self) -> Result<(), Error> {
        self.send(&Command::new(wire::SHUTDOWN).u16(0)).await.map(|_| ())
    }

    /// TPM2_PCR_Extend in every bank.
    pub async fn extend(&mut self, (pcr, digests): &Extend) -> Result<(), Error> {
        let count = u32::try_from(digests.len()).expect("as many as there are banks");
        let mut command =
            Command::new(wire::PCR_EXTEND).authorised(u8::from(*pcr).into()).u32(count);
        for digest in digests {
            command = command.u16(digest.alg().tpm_id()).bytes(digest.as_bytes());
        }
        self.send(&command).await.map(|_| ())
    }

    /// All 24 registers of a bank; nothing if the bank is not active.
    pub async fn registers(&mut self, bank: Bank) -> Result<Option<Vec<Digest>>, Error> {
        let mut registers = Vec::new();
        for first in (0..usize::from(PcrIndex::COUNT)).step_by(READ_AT_ONCE) {
            let bits = 0xFF_u32 << first;
            let [a, b, c, _] = bits.to_le_bytes();
            let command = Command::new(wire::PCR_READ)
                .u32(1)
                .u16(bank.alg().tpm_id())
                .u8(3)
                .bytes(&[a, b, c]);
            let mut response = self.send(&command).await?;
            response.u32()?; // pcrUpdateCounter
            for _ in 0..response.u32()? {
                response.u16()?;
                let size = response.u8()?;
                response.take(size.into())?;
            }
            for _ in 0..response.u32()? {
                let value = response.sized()?;
                let value = Digest::new(bank.alg(), value)
                    .map_err(|_| Error::TpmResponse { command: wire::PCR_READ.name })?;
                registers.push(value);
            }
        }
        Ok(if registers.is_empty() { None } else { Some(registers) })
    }

    /// The registers of every active bank.
    pub async fn all_registers(&mut self) -> Result<BTreeMap<Bank, Vec<Digest>>, Error> {
        let mut banks = BTreeMap::new();
        for bank in Bank::ALL {
            if let Some(registers) = self.registers(bank).await? {
                banks.insert(bank, registers);
            }
        }
        Ok(banks)
    }

    /// TPM2_PCR_Allocate: what a firmware setup does when banks are chosen. Holds from the next
    /// power cycle on.
    pub async fn allocate(&mut self, banks: &[Bank]) -> Result<(), Error> {
        let mut command = Command::new(wire::PCR_ALLOCATE)
            .authorised(PLATFORM)
            .u32(u32::try_from(Bank::ALL.len()).expect("four"));
        for bank in Bank::ALL {
            let byte = if banks.contains(&bank) { 0xFF } else { 0 };
            command = command.u16(bank.alg().tpm_id()).u8(3).bytes(&[byte; 3]);
        }
        let mut response = self.send(&command).await?;
        response.skip_parameter_size()?;
        match response.u8()? {
            1 => Ok(()),
            _ => Err(Error::Refused("the TPM has no room for these PCR banks".into())),
        }
    }

    /// TPM2_ReadClock.
    pub async fn clock(&mut self) -> Result<Clock, Error> {
        let mut response = self.send(&Command::new(wire::READ_CLOCK)).await?;
        response.u64()?; // time
        Ok(Clock {
            powered_ms: response.u64()?,
            reset_count: response.u32()?,
            restart_count: response.u32()?,
            safe: response.u8()? == 1,
        })
    }

    /// TPM2_ClockSet: puts the clock forward.
    pub async fn set_clock(&mut self, powered_ms: u64) -> Result<(), Error> {
        let command = Command::new(wire::CLOCK_SET).authorised(PLATFORM).u64(powered_ms);
        self.send(&command).await.map(|_| ())
    }

    /// The point of the ECC P-256 endorsement key (template L-2 of the TCG EK Credential Profile
    /// 2.5, B.3.4), made for the moment.
    pub async fn ecc_endorsement_point(&mut self) -> Result<(Vec<u8>, Vec<u8>), Error> {
        const POLICY: [u8; 32] = [
            0x83, 0x71, 0x97, 0x67, 0x44, 0x84, 0xB3, 0xF8, 0x1A, 0x90, 0xCC, 0x8D, 0x46, 0xA5,
            0xD7, 0x24, 0xFD, 0x52, 0xD7, 0x6E, 0x06, 0x52, 0x0B, 0x64, 0xF2, 0xA1, 0xDA, 0x1B,
            0x33, 0x14, 0x69, 0xAA,
        ];
        let (ecc, aes, cfb, null, p256) = (0x0023_u16, 0x0006_u16, 0x0043_u16, 0x0010_u16, 3_u16);
        let mut template = Vec::new();
        template.extend(ecc.to_be_bytes());
        template.extend(HashAlg::Sha256.tpm_id().to_be_bytes());
        template.extend(0x0003_00B2_u32.to_be_bytes()); // objectAttributes
        template.extend(32_u16.to_be_bytes());
        template.extend(POLICY);
        for value in [aes, 128, cfb, null, p256, null] {
            template.extend(value.to_be_bytes());
        }
        for _ in ["x", "y"] {
            template.extend(32_u16.to_be_bytes());
            template.extend([0; 32]);
        }
        let command = Command::new(wire::CREATE_PRIMARY)
            .authorised(ENDORSEMENT)
            .sized(&[0; 4]) // inSensitive: no password, no data
            .sized(&template)
            .sized(&[]) // outsideInfo
            .u32(0); // creationPCR
        let mut response = self.send(&command).await?;
        let handle = response.u32()?;
        response.skip_parameter_size()?;
        response.u16()?; // size of outPublic
        // Everything before the unique field is as long as in the template.
        response.take(template.len() - 2 * 34)?;
        let point = (response.sized()?, response.sized()?);
        self.send(&Command::new(wire::FLUSH_CONTEXT).u32(handle)).await?;
        Ok(point)
    }

    /// Defines an NV index with the attributes of an EK certificate and writes it.
    pub async fn write_certificate(&mut self, index: u32, certificate: &[u8]) -> Result<(), Error> {
        // ppwrite, writedefine, ppread, ownerread, authread, no_da, platformcreate
        // (Part 2, 13.4; EK Credential Profile 2.2.1.1).
        let attributes = 0x4207_2001_u32;
        let size = u16::try_from(certificate.len())
            .map_err(|_| Error::Refused("an EK certificate of more than 64 KiB".into()))?;
        let mut public = index.to_be_bytes().to_vec();
        public.extend(HashAlg::Sha256.tpm_id().to_be_bytes());
        public.extend(attributes.to_be_bytes());
        public.extend([0, 0]); // no policy
        public.extend(size.to_be_bytes());
        let define =
            Command::new(wire::NV_DEFINE_SPACE).authorised(PLATFORM).sized(&[]).sized(&public);
        self.send(&define).await?;
        let mut offset = 0_u16;
        for part in certificate.chunks(NV_CHUNK) {
            let write = Command::new(wire::NV_WRITE)
                .authorised(PLATFORM)
                .handle(index)
                .sized(part)
                .u16(offset);
            self.send(&write).await?;
            offset += u16::try_from(part.len()).expect("at most NV_CHUNK");
        }
        Ok(())
    }

    /// Flushes every transient object and session.
    pub async fn flush_all(&mut self) -> Result<(), Error> {
        // Transient objects, HMAC sessions (and loaded policy sessions), saved sessions.
        for range in [0x8000_0000_u32, 0x0200_0000, 0x0300_0000] {
            let list = Command::new(wire::GET_CAPABILITY).u32(CAP_HANDLES).u32(range).u32(64);
            let mut response = self.send(&list).await?;
            response.u8()?; // moreData
            response.u32()?; // capability
            for _ in 0..response.u32()? {
                let handle = response.u32()?;
                self.send(&Command::new(wire::FLUSH_CONTEXT).u32(handle)).await?;
            }
        }
        Ok(())
    }
}

/// Reads one command or response: the header says how long it is. Nothing if the other side has
/// closed the connection, or sends what cannot be one.
pub(super) async fn read_frame<R: AsyncReadExt + Unpin>(
    stream: &mut R,
) -> std::io::Result<Option<Vec<u8>>> {
    let mut header = [0; HEADER];
    match stream.read_exact(&mut header).await {
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let [_, _, a, b, c, d, ..] = header;
    let size = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX);
    if !(HEADER..=MAX_BYTES).contains(&size) {
        return Ok(None);
    }
    let mut frame = header.to_vec();
    frame.resize(size, 0);
    stream.read_exact(frame.get_mut(HEADER..).unwrap_or_default()).await?;
    Ok(Some(frame))
}
