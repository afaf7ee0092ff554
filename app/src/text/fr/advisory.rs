//! What is told of the server.

use crate::text::advisory::{AdvisoryText, AdvisoryWord};

pub(super) fn advisory(text: AdvisoryText) -> &'static str {
    match text {
        AdvisoryText::Word(word) => match word {
            AdvisoryWord::Late => "Les vérifications sont en retard.",
            AdvisoryWord::LateMeaning => {
                "Il y a plus à faire que ce serveur ne peut faire à la fois, ou beaucoup d'agents tardent à répondre. Aucun hôte n'est oublié : tous attendent aussi longtemps, et ce que les opérateurs lancent passe en premier."
            }
            AdvisoryWord::LateRemedy => {
                "Si cela dure, donnez au serveur plus de processeurs ou un autre serveur à ses côtés, ou laissez les stratégies vérifier moins souvent."
            }
            AdvisoryWord::Returning => "Des agents ne sont pas encore revenus.",
            AdvisoryWord::ReturningMeaning => {
                "Leur serveur s'est arrêté. D'ici là, leurs hôtes comptent comme connectés et montrent ce qu'ils montraient ; ceux qui manquent encore seront sans réponse."
            }
            AdvisoryWord::Until => "Attendus jusqu'au",
            AdvisoryWord::Since => "Depuis",
            AdvisoryWord::Health => "État du serveur",
            AdvisoryWord::Schedule => "Calendrier",
            AdvisoryWord::ThisServer => "Ce serveur",
            AdvisoryWord::OnTime => "à l'heure",
        },
        AdvisoryText::LateBy => "environ {by} de retard",
        AdvisoryText::Missing => "manquants : {count}",
        AdvisoryText::Behind => "{by} de retard",
    }
}
