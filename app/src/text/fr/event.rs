//! Ce qui s'est passé, et les étapes des vérifications.

use trustboard_model::event::EventKind;
use trustboard_model::job::{Because, JobState, StepKind, Trigger};

pub(super) fn event(event: &EventKind) -> &'static str {
    match event {
        EventKind::DatacenterCreated { .. } => "A créé le centre de données {name}.",
        EventKind::ClusterCreated { .. } => "A créé le cluster {name}.",
        EventKind::DatacenterRenamed { .. } => "A renommé le centre de données {from} en {to}.",
        EventKind::DatacenterDeleted { .. } => "A supprimé le centre de données {name}.",
        EventKind::ClusterRenamed { .. } => "A renommé le cluster {from} en {to}.",
        EventKind::ClusterMoved { .. } => {
            "A déplacé le cluster {name} du centre de données {from} vers {to} ; hôtes concernés : {hosts}."
        }
        EventKind::ClusterDeleted { .. } => "A supprimé le cluster {name}.",
        EventKind::TokenCreated { .. } => "A créé le jeton d'inscription {token}.",
        EventKind::ViewShared { .. } => "A partagé la vue « {name} »[ : {filter}].",
        EventKind::ViewUnshared { .. } => "Ne partage plus la vue « {name} ».",
        EventKind::TokenRevoked { .. } => "A révoqué le jeton d'inscription {token}.",
        EventKind::OperatorCreated { .. } => "A créé l'opérateur {name} avec le rôle {role}.",
        EventKind::OperatorChanged { .. } => {
            "A changé le rôle ou le mot de passe de {name} ; le rôle est maintenant {role}."
        }
        EventKind::SetupCodeCreated => {
            "A créé un code de mise en service pour le premier administrateur."
        }
        EventKind::SignInLinkMade { .. } => {
            "A créé un lien qui ouvre une session à {name}, une seule fois, jusqu'au {until}."
        }
        EventKind::PasswordChanged { .. } => "{name} a changé son mot de passe.",
        EventKind::PasswordReset { .. } => {
            "A retiré le mot de passe de {name} et fermé ses sessions."
        }
        EventKind::OperatorDisabled { .. } => "A bloqué {name} et fermé ses sessions : {reason}.",
        EventKind::OperatorEnabled { .. } => "A débloqué {name}.",
        EventKind::SessionsEnded { .. } => "A fermé des sessions de {name} : {count}.",
        EventKind::KeyCreated { .. } => {
            "A créé la clé d'API {key} de {name} avec le rôle {role}[ dans {datacenters}], valable jusqu'au {until}."
        }
        EventKind::KeyRevoked { .. } => "A révoqué la clé d'API {key} de {name}.",
        EventKind::SettingsChanged { .. } => {
            "Deux personnes pour les approbations : {approvals} ; deux personnes pour les remises au vert : {resets}."
        }
        EventKind::ResetAsked { .. } => {
            "A demandé la remise au vert de l'alarme (occurrence {occurrence}) ; une seconde personne doit confirmer : {reason}."
        }
        EventKind::ResetDeclined { .. } => {
            "A refusé la remise au vert que {asked} avait demandée (occurrence {occurrence}) : {reason}."
        }
        EventKind::ResetLapsed { .. } => {
            "La remise au vert que {asked} avait demandée (occurrence {occurrence}) est caduque : l'état a changé."
        }
        EventKind::SignedIn { .. } => "{name} a ouvert une session.",
        EventKind::SignedOut { .. } => "{name} a fermé sa session.",
        EventKind::SignInRefused { .. } => {
            "Une ouverture de session au nom de {name} a été refusée."
        }
        EventKind::HostEnrolled { tpm: true, .. } => {
            "L'hôte s'est inscrit sous le nom {name}, avec un TPM 2.0."
        }
        EventKind::HostEnrolled { tpm: false, .. } => {
            "L'hôte s'est inscrit sous le nom {name}, sans TPM 2.0."
        }
        EventKind::HostMoved { .. } => {
            "A déplacé l'hôte {name} du cluster {from} vers {to} ; la stratégie de ce dernier s'applique désormais."
        }
        EventKind::HostRemoved { .. } => {
            "A retiré l'hôte {name}[ : {reason}]. Son historique est conservé."
        }
        EventKind::IdentityChanged { from, to, .. } if from == to => {
            "La clé d'approbation enregistrée a été approuvée[ : {ek}…][ ; {reason}]."
        }
        EventKind::IdentityChanged { .. } => {
            "L'identité enregistrée est passée de « {from} » à « {to} »[ ; clé d'approbation {ek}…][ : {reason}]."
        }
        EventKind::PresenceChanged { .. } => {
            "La connexion est passée de « {from} » à « {to} »[ : {reason}]."
        }
        EventKind::Appraised { .. } => {
            "L'attestation [est passée de « {from} » à « {to} »|est « {to} »], Secure Boot : {secure_boot}[. {reasons}]."
        }
        EventKind::VerificationFailed { .. } => {
            "Une vérification n'a pas pu être menée à bien[ : {problem}]. Le dernier résultat reste valable."
        }
        EventKind::AlarmRaised { .. } => {
            "L'alarme a été déclenchée, occurrence {occurrence}[ : {reasons}]."
        }
        EventKind::AlarmConditionCleared { .. } => {
            "La cause de l'alarme a disparu (occurrence {occurrence}). L'alarme reste rouge jusqu'à ce que quelqu'un la remette au vert."
        }
        EventKind::AlarmConditionChanged { .. } => {
            "La cause de l'alarme est revenue, ou n'est pas connue (occurrence {occurrence})."
        }
        EventKind::AlarmAcknowledged { .. } => {
            "A acquitté l'alarme, occurrence {occurrence}[, jusqu'au {until}][ : {comment}]."
        }
        EventKind::AlarmReset { condition_held: false, .. } => {
            "A remis l'alarme au vert, occurrence {occurrence}[ ({reasons})][ ; demandée par {asked}][ : {reason}]."
        }
        EventKind::AlarmReset { condition_held: true, .. } => {
            "A remis l'alarme au vert alors que sa cause persistait, occurrence {occurrence}[ ({reasons})][ ; demandée par {asked}][ : {reason}]."
        }
        EventKind::MaintenanceEntered { .. } => "A mis l'hôte en mode maintenance[ : {reason}].",
        EventKind::MaintenanceLeft => "A quitté le mode maintenance.",
        EventKind::JobStarted { .. } => "A lancé la vérification {job}.",
        EventKind::BulkStarted { .. } => {
            "« {action} » lancée sur {hosts} hôtes[, ceux qui correspondent à {query}][ : {reason}]."
        }
        EventKind::BulkEnded { cancelled: false, .. } => {
            "La tâche groupée est terminée : {changed} modifiés, {unchanged} déjà ainsi, {failed} non effectués."
        }
        EventKind::BulkEnded { cancelled: true, .. } => {
            "La tâche groupée a été annulée : {changed} modifiés, {unchanged} déjà ainsi, {failed} non effectués."
        }
        EventKind::AutomaticResetChanged { on: true, .. } => {
            "Les alarmes de {name} se réinitialisent désormais quand un hôte réussit."
        }
        EventKind::AutomaticResetChanged { on: false, .. } => {
            "Les alarmes de {name} ne sont plus réinitialisées que par quelqu’un."
        }
        EventKind::ConfigurationCaptured { .. } => {
            "A relevé la configuration {configuration} sur l'hôte {host}."
        }
        EventKind::ConfigurationImported { .. } => {
            "A importé la configuration {configuration}[ depuis le fichier {file}]."
        }
        EventKind::ConfigurationEdited { .. } => "A modifié la configuration {configuration}.",
        EventKind::ConfigurationApproved { complete: true, .. } => {
            "A approuvé la configuration {configuration} ; les hôtes peuvent désormais la démarrer."
        }
        EventKind::ConfigurationApproved { complete: false, .. } => {
            "A approuvé la configuration {configuration} ; une seconde personne doit encore l'approuver."
        }
        EventKind::ConfigurationSuperseded { .. } => {
            "La configuration {configuration} a été remplacée par la version {version}."
        }
        EventKind::ConfigurationRetired { .. } => {
            "A retiré la configuration {configuration}[ : {reason}]."
        }
        EventKind::ChangeAccepted { .. } => {
            "A accepté ce que l'hôte a démarré comme configuration {configuration}[ : {reason}]."
        }
        EventKind::PolicyChanged { .. } => {
            "A fait passer la politique du cluster {cluster} de la version {from} à la version {to}[ : {changes}]."
        }
        EventKind::ExceptionGranted { .. } => {
            "A accordé une exception pour « {check} » jusqu'au {until}[ : {reason}]."
        }
        EventKind::ExceptionEnded { reason: Some(_), .. } => {
            "A mis fin à l'exception pour « {check} »[ : {reason}]."
        }
        EventKind::ExceptionEnded { reason: None, .. } => {
            "L'exception pour « {check} » est arrivée à échéance."
        }
        EventKind::MakersImported { .. } => {
            "A importé des certificats de fabricants de TPM depuis {file} : {trusted} racines publiées approuvées, {awaiting} en attente de confirmation, {follows} intermédiaires, {lists} listes de révocation, {known} déjà connus, {refused} refusés."
        }
        EventKind::MakerTrustChanged { .. } => {
            "Le certificat de fabricant de TPM « {subject} » ({fingerprint}) est passé de « {from} » à « {to} »[ : {note}]."
        }
        EventKind::BackupMade { .. } => {
            "A effectué une sauvegarde de {bytes} avec {events} événements."
        }
        EventKind::BackupRestored { .. } => {
            "A restauré la sauvegarde {file} avec {events} événements. Ce qui s'est passé après cette sauvegarde ne figure pas dans cet historique."
        }
        EventKind::PastForgotten { .. } => {
            "{evidence} preuves antérieures au {evidence_before} et {conclusions} conclusions antérieures au {conclusions_before} ont été supprimées : leur durée de conservation est écoulée."
        }
        EventKind::MakerRemoved { .. } => {
            "A retiré le certificat de fabricant de TPM ou la liste de révocation « {subject} » ({fingerprint})[ : {reason}]."
        }
        EventKind::ChainVerified { .. } => {
            "A vérifié la chaîne des événements : {events} événements sont intacts, le dernier hachage est {head}."
        }
        EventKind::ChainBroken { .. } => {
            "A vérifié la chaîne des événements : elle est rompue à l'événement {first}[ : {problem}]."
        }
    }
}

pub(super) fn step(step: StepKind) -> &'static str {
    match step {
        StepKind::Queued => "En file d'attente",
        StepKind::SessionFound => "La session de l'hôte a été trouvée",
        StepKind::SessionMissing => "L'hôte n'a pas de session",
        StepKind::IdentityAsked => "Les clés ont été demandées à l'hôte",
        StepKind::IdentityCompared => "Les clés ont été comparées à celles qui sont enregistrées",
        StepKind::CredentialSent => "Il a été demandé au TPM de prouver ses clés",
        StepKind::IdentityProven => "Le TPM a prouvé son identité",
        StepKind::ChallengeSent => "Défi envoyé",
        StepKind::EvidenceReceived => "Preuve reçue",
        StepKind::AgentRefused => "L'agent a répondu qu'il ne peut pas",
        StepKind::Appraised => "La preuve a été évaluée",
        StepKind::Recorded => "Le résultat a été consigné",
        StepKind::AlarmReset => "L'alarme a été remise au vert comme demandé",
        StepKind::AlarmKept => "L'alarme est restée, car l'hôte n'a pas réussi",
        StepKind::Problem => "Un problème est survenu",
    }
}

pub(super) fn trigger(trigger: &Trigger) -> &'static str {
    match trigger {
        Trigger::Scheduled => "Selon le calendrier",
        Trigger::Boot => "L'hôte s'est connecté après un démarrage",
        Trigger::Reconnect => "L'hôte s'est reconnecté",
        Trigger::Reappraised { because } => match because {
            Because::Policy => "Preuve conservée, car la politique a changé",
            Because::Configurations => {
                "Preuve conservée, car les configurations approuvées ont changé"
            }
            Because::Exceptions => {
                "Preuve conservée, car une exception a commencé ou s'est terminée"
            }
            Because::Revocations => {
                "Preuve conservée, car la liste officielle des révocations a changé"
            }
            Because::Makers => "Preuve conservée, car les certificats des fabricants ont changé",
            Because::Cluster => "Preuve conservée, car l'hôte a été déplacé dans un autre cluster",
            Because::Identity => "Preuve conservée, car la clé d'approbation a été approuvée",
        },
        Trigger::Operator { then_reset: None, .. } => "Vérifier maintenant, par {name}",
        Trigger::Operator { then_reset: Some(_), .. } => {
            "Vérifier, puis remettre au vert en cas de réussite, par {name}"
        }
    }
}

pub(super) fn job_state(state: &JobState) -> &'static str {
    match state {
        JobState::Queued => "En file d'attente",
        JobState::Running => "En cours",
        JobState::Done => "Terminée",
        JobState::Failed { .. } => "Non achevée[ : {problem}]",
    }
}
