//! Tournures avec des nombres et des noms.

use crate::text::Phrase;

pub(super) fn phrase(phrase: &Phrase<'_>) -> &'static str {
    match phrase {
        Phrase::Hosts { count: 0 | 1 } => "{count} hôte",
        Phrase::Hosts { .. } => "{count} hôtes",
        Phrase::HostsMatch { count: 0 | 1 } => "{count} hôte correspond",
        Phrase::HostsMatch { .. } => "{count} hôtes correspondent",
        Phrase::HostsMatchOf { .. } => "{count} hôtes sur {all} correspondent",
        Phrase::RowsOf { .. } => "{first} à {last} sur {all}",
        Phrase::PageOf { .. } => "Page {page} sur {pages}",
        Phrase::ChangesWaiting { count: 1 } => "Un changement de l'ordre attend : l'afficher",
        Phrase::ChangesWaiting { .. } => "{count} changements de l'ordre attendent : les afficher",
        Phrase::Selected { count: 0 | 1 } => "{count} sélectionné",
        Phrase::Selected { .. } => "{count} sélectionnés",
        Phrase::MoreReasons { count: 1 } => "Un autre motif.",
        Phrase::MoreReasons { .. } => "{count} autres motifs.",
        Phrase::Occurrence { .. } => "occurrence {number}",
        Phrase::AcknowledgedBy { .. } => "acquittée par {name}[ : « {comment} »]",
        Phrase::AcknowledgedUntil { .. } => "jusqu'au {at}",
        Phrase::Since { .. } => "depuis le {at}",
        Phrase::LastVerified { .. } => "dernière vérification {ago}",
        Phrase::LastPassed { .. } => "dernière réussite le {at}",
        Phrase::SecondsAgo { count: 0 } => "à l'instant",
        Phrase::SecondsAgo { .. } => "il y a {count} s",
        Phrase::MinutesAgo { .. } => "il y a {count} min",
        Phrase::HoursAgo { .. } => "il y a {count} h",
        Phrase::DaysAgo { count: 1 } => "il y a 1 jour",
        Phrase::DaysAgo { .. } => "il y a {count} jours",
        Phrase::InMinutes { count: 0 } => "dans un instant",
        Phrase::InMinutes { .. } => "dans {count} min",
        Phrase::InHours { .. } => "dans {count} h",
        Phrase::InDays { count: 1 } => "dans 1 jour",
        Phrase::InDays { .. } => "dans {count} jours",
        Phrase::SpanCount { count: 1 } => "une fois",
        Phrase::SpanCount { .. } => "{count} fois",
        Phrase::ChecksPassed { .. } => "{passed} contrôles réussis sur {all}",
        Phrase::EventsExtended { count: 0 | 1 } => "{count} événement",
        Phrase::EventsExtended { .. } => "{count} événements",
        Phrase::SignedInAs { .. } => "{name}, {role}",
        Phrase::WithKey { .. } => "{operator} avec la clé {key}",
        Phrase::ActionOn { .. } => "{action} : {host}",
        Phrase::NoSuchHost { .. } => "Il n'y a pas d'hôte {host}.",
        Phrase::AtMostCharacters { .. } => "{count} caractères au plus.",
        Phrase::ResetStillHolds { .. } => {
            "La cause persiste : {reason}. La remise au vert change la couleur maintenant ; la prochaine vérification en échec la remet au rouge comme nouvelle occurrence. La colonne Attestation reste « Échouée »."
        }
        Phrase::ResetCleared { .. } => {
            "La cause a disparu ; l'hôte a réussi le {at}. La remise au vert change la couleur de l'alarme."
        }
        Phrase::Stale { count: 0 | 1 } => "{count} périmé",
        Phrase::Stale { .. } => "{count} périmés",
        Phrase::InClusters { .. } => "dans {names}",
        Phrase::ByPolicy { .. } => "Stratégie {policy} ; vérificateur {verifier}",
        Phrase::HostChanged { .. } => "{host} : attestation maintenant {attestation}",
        Phrase::Version { .. } => "version {version}",
        Phrase::NameVersion { .. } => "{name}, version {version}",
        Phrase::ComparedWith { .. } => "Comparée à {name}, version {version}",
        Phrase::PcrEvent { .. } => "PCR {pcr}, événement {event}",
        Phrase::InBank { .. } => "Empreintes en {bank}.",
        Phrase::EventVaries { .. } => "L'événement {event} peut varier",
        Phrase::DifferencesCount { count: 1 } => "1 différence",
        Phrase::DifferencesCount { .. } => "{count} différences",
        Phrase::DifferencesFirst { .. } => "Voici les {count} premières.",
        Phrase::WouldTurnRed { count: 1 } => "1 hôte passerait à « Échouée »",
        Phrase::WouldTurnRed { .. } => "{count} hôtes passeraient à « Échouée »",
        Phrase::WouldTurnGreen { count: 1 } => "1 hôte passerait à « Réussie »",
        Phrase::WouldTurnGreen { .. } => "{count} hôtes passeraient à « Réussie »",
        Phrase::WithoutEvidence { count: 1 } => {
            "D'un hôte, rien n'est connu : il n'a pas de preuve enregistrée."
        }
        Phrase::WithoutEvidence { .. } => {
            "De {count} hôtes, rien n'est connu : ils n'ont pas de preuve enregistrée."
        }
        Phrase::NotLookedAt { count: 1 } => "Un hôte n'a pas été examiné : le temps a manqué.",
        Phrase::NotLookedAt { .. } => "{count} hôtes n'ont pas été examinés : le temps a manqué.",
        Phrase::NothingChanges { count: 1 } => "L'hôte concerné afficherait la même chose.",
        Phrase::NothingChanges { .. } => {
            "Aucun des {count} hôtes concernés n'afficherait autre chose."
        }
        Phrase::MoreHosts { count: 1 } => "1 autre hôte",
        Phrase::MoreHosts { .. } => "{count} autres hôtes",
        Phrase::Reappraised { count: 1 } => "La preuve enregistrée d'un hôte est réévaluée.",
        Phrase::Reappraised { .. } => "Les preuves enregistrées de {count} hôtes sont réévaluées.",
        Phrase::TurnedRed { count: 1 } => "1 hôte est passé à « Échouée ».",
        Phrase::TurnedRed { .. } => "{count} hôtes sont passés à « Échouée ».",
        Phrase::TurnedGreen { count: 1 } => "1 hôte est passé à « Réussie ».",
        Phrase::TurnedGreen { .. } => "{count} hôtes sont passés à « Réussie ».",
        Phrase::NowDraft { .. } => "{name} est un brouillon. Relisez-le, puis approuvez-le.",
        Phrase::NowAwaiting { .. } => {
            "{name} attend une seconde approbation par quelqu'un d'autre."
        }
        Phrase::NowApproved { .. } => "{name} est approuvée.",
        Phrase::NowRetired { .. } => "{name} est retirée.",
        Phrase::PolicyOf { .. } => "Stratégie de {cluster}",
        Phrase::InForce { .. } => "En vigueur : {name}, version {version}.",
        Phrase::Seconds { .. } => "{count} s",
        Phrase::Item { .. } => "point {item}",
        Phrase::ExceptionsInForce { count: 1 } => "1 dérogation en vigueur",
        Phrase::ExceptionsInForce { .. } => "{count} dérogations en vigueur",
        Phrase::TakenOtherwise { count: 1 } => "1 pris autrement que par défaut",
        Phrase::TakenOtherwise { .. } => "{count} pris autrement que par défaut",
    }
}
