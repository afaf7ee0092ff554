//! The page of one cause.

use crate::text::cause::{CausePhrase, CauseText, CauseWord};

pub(super) fn cause(text: CauseText<'_>) -> &'static str {
    match text {
        CauseText::Word(key) => word(key),
        CauseText::Phrase(said) => phrase(said),
    }
}

fn word(key: CauseWord) -> &'static str {
    match key {
        CauseWord::Open => "Ce qui diffère, et que faire…",
        CauseWord::Title => "Une cause",
        CauseWord::AllDealtWith => {
            "Aucun hôte n’échoue ainsi, et aucune alarme n’est rouge pour cela. Tout est réglé."
        }
        CauseWord::ShowHosts => "Afficher les hôtes",
        CauseWord::ShowAlarms => "Afficher les alarmes",
        CauseWord::OpenHost => "Ouvrir l’hôte",
        CauseWord::Accept => "Accepter comme nouvelle version",
        CauseWord::NotYours => {
            "Approuver demande un approbateur dans chaque centre de données de la configuration. Envoyez-lui l’adresse de cette page."
        }
        CauseWord::Waits => "attend la seconde approbation :",
        CauseWord::Reset => "Vérifier, et réinitialiser ce qui réussit",
        CauseWord::ResetHint => {
            "Chaque hôte est vérifié à nouveau. Son alarme n’est réinitialisée que s’il réussit ; les autres restent rouges et sont listées avec leur raison."
        }
        CauseWord::NothingPasses => {
            "Aucun d’eux ne réussit encore : acceptez le changement s’il est voulu, ou traitez la cause sur les hôtes. Qui échoue de nouveau reste rouge."
        }
        CauseWord::NothingRed => "Aucune alarme n’est rouge pour cela.",
    }
}

fn phrase(said: &CausePhrase<'_>) -> &'static str {
    match said {
        CausePhrase::Failing { count: 0 | 1 } => "{count} hôte échoue ainsi.",
        CausePhrase::Failing { .. } => "{count} hôtes échouent ainsi.",
        CausePhrase::Red { count: 0 | 1 } => "{count} alarme est rouge pour cela.",
        CausePhrase::Red { .. } => "{count} alarmes sont rouges pour cela.",
        CausePhrase::Cleared { count: 0 | 1 } => {
            "{count} d’entre elles n’attend plus que la réinitialisation : l’hôte réussit de nouveau."
        }
        CausePhrase::Cleared { .. } => {
            "{count} d’entre elles n’attendent plus que la réinitialisation : les hôtes réussissent de nouveau."
        }
        CausePhrase::AsOn { count: 0 | 1, .. } => "Ce qui diffère sur {host}",
        CausePhrase::AsOn { .. } => "Ce qui diffère sur {host}, et de même sur les {count}",
        CausePhrase::VerifyThese { count: 0 | 1 } => {
            "Vérifier cet hôte, réinitialiser s’il réussit"
        }
        CausePhrase::VerifyThese { .. } => {
            "Vérifier ces {count} hôtes, réinitialiser ce qui réussit"
        }
        CausePhrase::Approved { .. } => {
            "Approuvé comme {name} : c’est ce que ces hôtes ont démarré"
        }
    }
}
