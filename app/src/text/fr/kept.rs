//! What the server keeps.

use crate::text::kept::KeptWord;

pub(super) fn kept(word: KeptWord) -> &'static str {
    match word {
        KeptWord::Title => "Ce qui est conservé",
        KeptWord::Intro => {
            "Ce qui est plus ancien est supprimé toutes les heures. Les événements ne sont jamais supprimés : chacun contient le hachage du précédent, et une chaîne sans son début ne prouve rien."
        }
        KeptWord::CountedAt => "Compté :",
        KeptWord::Kind => "Quoi",
        KeptWord::KeptFor => "Conservé",
        KeptWord::Rows => "Nombre",
        KeptWord::Oldest => "Le plus ancien",
        KeptWord::Tidied => "Dernier nettoyage",
        KeptWord::ForEver => "sans limite",
        KeptWord::NotYet => "pas depuis le démarrage",
        KeptWord::NothingRemoved => "rien de supprimé",
        KeptWord::Removed => "supprimés",
        KeptWord::Day => "jour",
        KeptWord::Days => "jours",
        KeptWord::Evidence => "Preuves",
        KeptWord::Conclusions => "Conclusions",
        KeptWord::Jobs => "Tâches de vérification",
        KeptWord::BulkJobs => "Actions sur plusieurs hôtes",
        KeptWord::Sessions => "Sessions des opérateurs",
        KeptWord::RemovedHosts => "Hôtes retirés",
        KeptWord::Imports => "Importations de fabricants de TPM",
        KeptWord::Events => "Événements",
    }
}
