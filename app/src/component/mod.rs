//! Parts that several screens show, named by what they show.

#[cfg(not(feature = "hydrate"))]
mod alarm_badge;
mod answered;
mod badge;
mod changed;
mod closest;
mod difference;
mod digest;
mod filter_field;
mod impact;
mod language_form;
mod loaded;
mod mark;
mod page;
mod paper;
mod said;
mod state;
mod timestamp;
mod word_change;
mod words;

#[cfg(not(feature = "hydrate"))]
pub(crate) use alarm_badge::AlarmBadge;
#[cfg(not(feature = "hydrate"))]
pub(crate) use answered::Kept;
pub(crate) use answered::answered;
pub(crate) use badge::AttestationBadge;
pub(crate) use changed::{ChangeOutcome, in_words, refused};
pub(crate) use closest::{Closest, ConfigurationLink, FirstDifferences};
pub(crate) use difference::{Differences, place};
pub(crate) use digest::DigestText;
pub(crate) use filter_field::FilterField;
pub(crate) use impact::ImpactPreview;
pub(crate) use language_form::LanguageForm;
pub(crate) use loaded::Loaded;
pub(crate) use mark::{Sign, SignMark, TreeMark};
pub(crate) use page::Page;
pub(crate) use paper::PaperFoot;
pub(crate) use said::SaidText;
pub(crate) use state::StateBadge;
pub(crate) use timestamp::{Clock, Moment, Relative, Until};
#[cfg(not(feature = "hydrate"))]
pub(crate) use words::table_phrase;
pub(crate) use words::{
    access, access_phrase, admin, front, history, language, recount, say, table_word, tell,
    tell_admin, trust,
};
