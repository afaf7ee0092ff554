//! TPM 2.0 commands as bytes (TPM 2.0 Library 1.59, Part 3): only what a firmware, a TPM maker and
//! a test bench send. Big endian throughout.

/// A command code (Part 2, 6.5.2) with its name for error messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) number: u32,
    pub(super) name: &'static str,
}

macro_rules! codes {
    ($($name:ident = $number:literal, $text:literal;)*) => {$(
        pub(super) const $name: Code = Code { number: $number, name: $text };
    )*};
}

codes! {
    CLOCK_SET = 0x128, "TPM2_ClockSet";
    NV_DEFINE_SPACE = 0x12A, "TPM2_NV_DefineSpace";
    PCR_ALLOCATE = 0x12B, "TPM2_PCR_Allocate";
    CREATE_PRIMARY = 0x131, "TPM2_CreatePrimary";
    NV_WRITE = 0x137, "TPM2_NV_Write";
    ACTIVATE_CREDENTIAL = 0x147, "TPM2_ActivateCredential";
    STARTUP = 0x144, "TPM2_Startup";
    SHUTDOWN = 0x145, "TPM2_Shutdown";
    QUOTE = 0x158, "TPM2_Quote";
    FLUSH_CONTEXT = 0x165, "TPM2_FlushContext";
    GET_CAPABILITY = 0x17A, "TPM2_GetCapability";
    PCR_READ = 0x17E, "TPM2_PCR_Read";
    READ_CLOCK = 0x181, "TPM2_ReadClock";
    PCR_EXTEND = 0x182, "TPM2_PCR_Extend";
}

/// `TPM_ST_NO_SESSIONS`
const NO_SESSIONS: u16 = 0x8001;
/// `TPM_ST_SESSIONS`
const SESSIONS: u16 = 0x8002;
/// Tag, size and code: the length of every header (Part 3, 4.4).
pub(super) const HEADER: usize = 10;
/// The longest command or response: `MAX_COMMAND_SIZE` of libtpms is 4096.
pub(super) const MAX_BYTES: usize = 4096;

/// A command that is being put together.
#[derive(Debug, Clone)]
pub(super) struct Command {
    code: Code,
    handles: Vec<u8>,
    authorisations: usize,
    parameters: Vec<u8>,
}

impl Command {
    /// A command without authorisation.
    pub(super) fn new(code: Code) -> Self {
        Self { code, handles: Vec::new(), authorisations: 0, parameters: Vec::new() }
    }

    /// Adds a handle that needs no authorisation.
    pub(super) fn handle(mut self, handle: u32) -> Self {
        self.handles.extend(handle.to_be_bytes());
        self
    }

    /// Adds a handle that is authorised with the empty password, as hierarchies and PCRs are.
    pub(super) fn authorised(mut self, handle: u32) -> Self {
        self.authorisations += 1;
        self.handle(handle)
    }

    pub(super) fn u8(mut self, value: u8) -> Self {
        self.parameters.push(value);
        self
    }

    pub(super) fn u16(mut self, value: u16) -> Self {
        self.parameters.extend(value.to_be_bytes());
        self
    }

    pub(super) fn u32(mut self, value: u32) -> Self {
        self.parameters.extend(value.to_be_bytes());
        self
    }

    pub(super) fn u64(mut self, value: u64) -> Self {
        self.parameters.extend(value.to_be_bytes());
        self
    }

    pub(super) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.parameters.extend(bytes);
        self
    }

    /// A TPM2B: two bytes of size, then the bytes.
    pub(super) fn sized(self, bytes: &[u8]) -> Self {
        self.u16(u16::try_from(bytes.len()).expect("parameters are below MAX_BYTES")).bytes(bytes)
    }

    pub(super) fn name(&self) -> &'static str {
        self.code.name
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut body = self.handles.clone();
        if self.authorisations > 0 {
            // TPM_RS_PW, no nonce, no attributes, the empty password (Part 2, 10.13.2).
            let password = [0x40, 0, 0, 9, 0, 0, 0, 0, 0];
            let size = u32::try_from(9 * self.authorisations).expect("one or two");
            body.extend(size.to_be_bytes());
            body.extend(password.repeat(self.authorisations));
        }
        body.extend(&self.parameters);
        let tag = if self.authorisations > 0 { SESSIONS } else { NO_SESSIONS };
        let size = u32::try_from(HEADER + body.len()).expect("below MAX_BYTES");
        let mut command = tag.to_be_bytes().to_vec();
        command.extend(size.to_be_bytes());
        command.extend(self.code.number.to_be_bytes());
        command.extend(body);
        command
    }
}

/// A successful response, read from front to back.
#[derive(Debug)]
pub(super) struct Response {
    command: &'static str,
    bytes: Vec<u8>,
    at: usize,
}

impl Response {
    /// Reads the header.
    pub(super) fn new(command: &'static str, bytes: Vec<u8>) -> Result<Self, crate::Error> {
        let mut response = Self { command, bytes, at: 6 };
        match response.u32()? {
            0 => Ok(response),
            code => Err(crate::Error::Tpm { command, code }),
        }
    }

    /// Skips the size of the parameters, which stands there if the command had a session.
    pub(super) fn skip_parameter_size(&mut self) -> Result<(), crate::Error> {
        self.u32().map(|_| ())
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&[u8], crate::Error> {
        let end = self.at + count;
        let taken = self
            .bytes
            .get(self.at..end)
            .ok_or(crate::Error::TpmResponse { command: self.command })?;
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], crate::Error> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    pub(super) fn u8(&mut self) -> Result<u8, crate::Error> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Result<u16, crate::Error> {
        self.array().map(u16::from_be_bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32, crate::Error> {
        self.array().map(u32::from_be_bytes)
    }

    pub(super) fn u64(&mut self) -> Result<u64, crate::Error> {
        self.array().map(u64::from_be_bytes)
    }

    /// A TPM2B's content.
    pub(super) fn sized(&mut self) -> Result<Vec<u8>, crate::Error> {
        let size = self.u16()?;
        self.take(size.into()).map(<[u8]>::to_vec)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_laid_out_as_part_3_says() {
        let startup = Command::new(STARTUP).u16(0).to_bytes();
        assert_eq!(startup, [0x80, 1, 0, 0, 0, 12, 0, 0, 1, 0x44, 0, 0]);
        let extend = Command::new(PCR_EXTEND).authorised(4).u32(0).to_bytes();
        assert_eq!(extend[..2], [0x80, 2]);
        assert_eq!(extend.len(), HEADER + 4 + 4 + 9 + 4);
        assert_eq!(extend[14..18], 9_u32.to_be_bytes());
    }

    #[test]
    fn responses_that_break_off_or_refuse_are_errors() {
        let refused = vec![0x80, 1, 0, 0, 0, 10, 0, 0, 1, 1];
        let error = Response::new("TPM2_Startup", refused).unwrap_err();
        assert_eq!(error.to_string(), "TPM2_Startup: TPM response code 0x101");
        let mut short = Response::new("x", vec![0x80, 1, 0, 0, 0, 11, 0, 0, 0, 0, 7]).unwrap();
        assert!(matches!(short.u16(), Err(crate::Error::TpmResponse { .. })));
        assert_eq!(short.u8().unwrap(), 7);
    }
}
