//! Parts that several screens show, named by what they show.

mod answered;
mod badge;
mod digest;
mod language_form;
mod mark;
mod timestamp;
mod words;

#[cfg(not(feature = "hydrate"))]
pub(crate) use answered::Kept;
pub(crate) use answered::answered;
pub(crate) use badge::{AlarmBadge, AttestationBadge};
pub(crate) use digest::DigestText;
pub(crate) use language_form::LanguageForm;
pub(crate) use mark::{Sign, SignMark, TreeMark};
pub(crate) use timestamp::{Clock, Moment, Relative};
pub(crate) use words::{language, say, tell};
