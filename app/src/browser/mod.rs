//! What only a browser has: its clock, time zone, focus and timers. The server's half does
//! nothing: it is called from effects, which do not run there.

#[cfg(feature = "hydrate")]
mod hydrate;
#[cfg(not(feature = "hydrate"))]
mod ssr;

#[cfg(feature = "hydrate")]
pub(crate) use hydrate::*;
#[cfg(not(feature = "hydrate"))]
pub(crate) use ssr::*;
