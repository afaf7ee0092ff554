//! Parts that several screens show, named by what they show.

mod badge;
mod digest;
mod mark;
mod timestamp;
mod words;

pub(crate) use badge::{AlarmBadge, AttestationBadge};
pub(crate) use digest::DigestText;
pub(crate) use mark::{Sign, SignMark, TreeMark};
pub(crate) use timestamp::{Clock, Moment, Relative};
pub(crate) use words::{language, say, tell};
