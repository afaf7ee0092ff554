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
        Phrase::SpanCount { count: 1 } => "une fois",
        Phrase::SpanCount { .. } => "{count} fois",
        Phrase::ChecksPassed { .. } => "{passed} contrôles réussis sur {all}",
        Phrase::EventsExtended { count: 0 | 1 } => "{count} événement",
        Phrase::EventsExtended { .. } => "{count} événements",
        Phrase::SignedInAs { .. } => "{name}, {role}",
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
    }
}
