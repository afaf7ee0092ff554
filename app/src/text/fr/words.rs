//! Les états en un ou deux mots.

use trustboard_model::alarm::Condition;
use trustboard_model::appraisal::{PcrState, SecureBoot};
use trustboard_model::check::{Outcome, Strictness};
use trustboard_model::facts::TpmInterface;
use trustboard_model::host::{Attestation, Freshness, IdentityState, Presence};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::role::Role;
use trustboard_model::view::{HostAction, Mark};

use crate::text::words::Word;

#[expect(clippy::match_same_arms, reason = "one word for two states; other languages inflect")]
pub(super) fn word(word: Word<'_>) -> &'static str {
    match word {
        Word::Attestation(Attestation::Passed) => "Réussie",
        Word::Attestation(Attestation::Failed) => "Échouée",
        Word::Attestation(Attestation::Unknown) => "Inconnue",
        Word::Attestation(Attestation::NotApplicable) => "Sans objet",
        Word::Freshness(Freshness::Never) => "Jamais vérifié",
        Word::Freshness(Freshness::Fresh) => "À jour",
        Word::Freshness(Freshness::Stale) => "Périmé",
        Word::Presence(Presence::Connected) => "Connecté",
        Word::Presence(Presence::NotResponding) => "Ne répond pas",
        Word::Presence(Presence::Disconnected) => "Déconnecté",
        Word::Identity(IdentityState::None) => "Aucune enregistrée",
        Word::Identity(IdentityState::Pending) => "En attente",
        Word::Identity(IdentityState::Enrolled) => "Enregistrée",
        Word::Identity(IdentityState::Mismatched) => "Discordante",
        Word::SecureBoot(SecureBoot::On) => "Activé",
        Word::SecureBoot(SecureBoot::Off) => "Désactivé",
        Word::SecureBoot(SecureBoot::Unsupported) => "Non pris en charge",
        Word::SecureBoot(SecureBoot::Unknown) => "Inconnu",
        Word::Outcome(Outcome::Passed(_)) => "Réussi",
        Word::Outcome(Outcome::Failed(_)) => "En échec",
        Word::Outcome(Outcome::NotEvaluated(_)) => "Non évalué",
        Word::Outcome(Outcome::NotApplicable(_)) => "Sans objet",
        Word::Strictness(Strictness::Fail) => "Fait échouer l'hôte",
        Word::Strictness(Strictness::Warn) => "Avertit",
        Word::Strictness(Strictness::Ignore) => "Consigné seulement",
        Word::PcrState(PcrState::Explained) => "Expliqué par le journal",
        Word::PcrState(PcrState::Mismatch) => "Ne concorde pas avec le journal",
        Word::PcrState(PcrState::Reset) => "Valeur initiale, aucun événement",
        Word::PcrState(PcrState::NotEvaluated) => {
            "Non évalué : étendu par le système d'exploitation"
        }
        Word::PcrState(PcrState::Unexplained) => "Étendu, mais aucun journal ne dit par quoi",
        Word::Green => "Verte",
        Word::Red => "Rouge",
        Word::Condition(Condition::Holds) => "cause actuelle : persiste",
        Word::Condition(Condition::Cleared { .. }) => "cause actuelle : disparue",
        Word::Condition(Condition::Unknown) => "cause actuelle : inconnue",
        Word::Role(Role::Viewer) => "Observateur",
        Word::Role(Role::Operator) => "Opérateur",
        Word::Role(Role::Approver) => "Approbateur",
        Word::Role(Role::Administrator) => "Administrateur",
        Word::Mark(Mark::Empty) => "Aucun hôte",
        Word::Mark(Mark::Good) => "Tous les hôtes ont réussi",
        Word::Mark(Mark::Unknown) => "Quelque chose est inconnu, périmé ou sans TPM",
        Word::Mark(Mark::Warning) => "Une alarme rouge attend d'être remise au vert",
        Word::Mark(Mark::Bad) => "Un hôte est en échec",
        Word::Action(HostAction::VerifyNow) => "Vérifier maintenant",
        Word::Action(HostAction::VerifyThenReset { .. }) => {
            "Vérifier, puis remettre au vert si l'hôte réussit"
        }
        Word::Action(HostAction::Acknowledge { .. }) => "Acquitter…",
        Word::Action(HostAction::Reset { .. }) => "Remettre au vert…",
        Word::Action(HostAction::ConfirmReset) => "Confirmer la remise au vert",
        Word::Action(HostAction::DeclineReset { .. }) => "Refuser la remise au vert…",
        Word::Action(HostAction::EnterMaintenance { .. }) => "Mettre en mode maintenance…",
        Word::Action(HostAction::LeaveMaintenance) => "Quitter le mode maintenance",
        Word::Action(HostAction::Disconnect { .. }) => "Déconnecter…",
        Word::Action(HostAction::Connect) => "Connecter",
        Word::Action(HostAction::AcceptIdentity { .. }) => "Accepter la nouvelle identité…",
        Word::TpmInterface(TpmInterface::Tis) => "TIS/FIFO",
        Word::TpmInterface(TpmInterface::Crb) => "CRB",
        Word::TpmInterface(TpmInterface::Unknown) => "inconnue",
    }
}

pub(super) fn pcr_purpose(pcr: PcrIndex) -> &'static str {
    match u8::from(pcr) {
        0 => "Code du firmware",
        1 => "Configuration du firmware",
        2 => "Code des ROM optionnelles",
        3 => "Configuration des ROM optionnelles",
        4 => "Code du chargeur de démarrage",
        5 => "Configuration du chargeur de démarrage, table des partitions",
        6 => "Fabricant de la plateforme",
        7 => "Stratégie Secure Boot",
        8 => "Commandes du chargeur de démarrage, ligne de commande du noyau",
        9 => "Fichiers lus par le chargeur de démarrage, initrd",
        10 => "Fichiers exécutés par le système d'exploitation (IMA)",
        11 => "Image noyau unifiée",
        12 => "Ligne de commande du noyau et secrets (systemd)",
        13 => "Extensions du système",
        14 => "Clés propres à la machine (shim)",
        15 => "Identité du système",
        16 => "Débogage",
        17..=22 => "Racine de confiance dynamique",
        _ => "Applications",
    }
}

pub(super) fn role_meaning(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Voit tout, ne change rien.",
        Role::Operator => {
            "Travaille avec les hôtes et les alarmes ; relève et modifie les configurations."
        }
        Role::Approver => {
            "Décide en outre d'après quoi les hôtes sont jugés : configurations approuvées, politiques, exceptions, fabricants de TPM, une autre EK."
        }
        Role::Administrator => {
            "Gère en outre l'inventaire, les jetons d'enrôlement, les opérateurs et les réglages du serveur."
        }
    }
}
