//! Where the enrolment token comes from.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use trustboard_model::protocol::{EnrolmentToken, InvalidToken};

use crate::cli::Enroll;

/// Bytes of a token that are read at most; one has 133.
const LIMIT: u64 = 4096;

/// There is no token, or none that can be used.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// None was named.
    #[error("no enrolment token: give --token-file FILE, --token-stdin or TRUSTBOARD_TOKEN")]
    Missing,
    /// Its file cannot be read.
    #[error("cannot read the token file {}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// Standard input cannot be read.
    #[error("cannot read the token from standard input: {0}")]
    Stdin(io::Error),
    /// It is none.
    #[error(transparent)]
    Invalid(#[from] InvalidToken),
}

/// Reads the token from the place that was named: `options`, or the configuration's `file`.
pub fn token(options: &Enroll, file: Option<&Path>) -> Result<EnrolmentToken, TokenError> {
    let mut text = String::new();
    if options.token_stdin {
        io::stdin().take(LIMIT).read_to_string(&mut text).map_err(TokenError::Stdin)?;
    } else if let Some(token) = &options.token {
        text.clone_from(token);
    } else {
        let path = file.ok_or(TokenError::Missing)?;
        File::open(path)
            .and_then(|opened| opened.take(LIMIT).read_to_string(&mut text))
            .map_err(|source| TokenError::File { path: path.to_owned(), source })?;
    }
    Ok(text.parse()?)
}
