//! L'administration : mise en service, inscription, inventaire, journal d'audit, état.

use crate::text::admin::{AdminPhrase, AdminText, AdminWord};
use crate::text::fact::Pattern;

/// What the server refuses here, and what is wrong with a chain of events.
pub(super) const PROBLEMS: &[Pattern] = &[
    ("there is a datacenter named {} already", "il y a déjà un centre de données nommé {}"),
    (
        "there is a cluster named {} in this datacenter already",
        "il y a déjà un cluster nommé {} dans ce centre de données",
    ),
    ("there is a cluster named {} in {} already", "il y a déjà un cluster nommé {} dans {}"),
    (
        "there is a host of this name in the cluster {} already",
        "il y a déjà un hôte de ce nom dans le cluster {}",
    ),
    (
        "somebody was faster: it is called {} by now",
        "quelqu'un a été plus rapide : cela s'appelle désormais {}",
    ),
    (
        "somebody was faster: it is in {} by now",
        "quelqu'un a été plus rapide : c'est désormais dans {}",
    ),
    (
        "there are clusters in this datacenter; move or delete them first",
        "il y a des clusters dans ce centre de données ; déplacez-les ou supprimez-les d'abord",
    ),
    (
        "there are hosts in this cluster; move or remove them first",
        "il y a des hôtes dans ce cluster ; déplacez-les ou retirez-les d'abord",
    ),
    ("expected 1 to {} printable characters", "1 à {} caractères imprimables sont attendus"),
    ("expected 1 to {} characters", "1 à {} caractères sont attendus"),
    ("expected 1 to {} hosts", "1 à {} hôtes sont attendus"),
    ("expected 1 to {} seconds", "1 à {} secondes sont attendues"),
    ("there is no such column", "il n'y a pas de telle colonne"),
    ("there is no such kind of event", "il n'y a pas de tel type d'événement"),
    ("expected a day or a moment in UTC: {}", "un jour ou un moment en UTC est attendu : {}"),
    ("missing; the next one found is {}", "il manque ; le suivant trouvé est {}"),
    ("missing; the chain ends with {}", "il manque ; la chaîne se termine par {}"),
    (
        "does not have the hash of its content and the event before",
        "il n'a pas le hachage de son contenu et de l'événement précédent",
    ),
    ("its content cannot be read", "son contenu est illisible"),
    (
        "its column {} is not what its content says",
        "sa colonne {} n'est pas ce que dit son contenu",
    ),
    ("event {} stands before the first", "l'événement {} se trouve avant le premier"),
    ("not the end of the chain on record", "ce n'est pas la fin de chaîne enregistrée"),
];

const UNITS: [&str; 5] = ["o", "ko", "Mo", "Go", "To"];

pub(super) fn admin(text: AdminText<'_>) -> Option<&'static str> {
    match text {
        AdminText::Word(key) => Some(word(key)),
        AdminText::Phrase(phrase) => Some(template(phrase)),
        AdminText::Kind(code) => kind(code),
        AdminText::Unit(index) => UNITS.get(index).copied(),
    }
}

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
fn word(key: AdminWord) -> &'static str {
    match key {
        AdminWord::AdministrationHeading => "Administration",
        AdminWord::SetupTitle => "Mettre ce serveur en service",
        AdminWord::SetupIntro => {
            "Personne ne peut encore ouvrir de session. Qui peut lire la console du serveur crée le premier administrateur."
        }
        AdminWord::SetupCode => "Code de mise en service",
        AdminWord::SetupCodeHint => {
            "Le serveur l'a affiché au démarrage ; trustboard setup-code en affiche un autre."
        }
        AdminWord::SetupName => "Votre nom",
        AdminWord::SetupNameHint => "Lettres, chiffres et . _ @ -",
        AdminWord::SetupPassword => "Mot de passe",
        AdminWord::SetupPasswordHint => {
            "Au moins 10 caractères. Quelques mots valent mieux qu'une énigme."
        }
        AdminWord::SetupAgain => "Mot de passe à nouveau",
        AdminWord::SetupButton => "Créer l'administrateur",
        AdminWord::SetupCodeBad => {
            "Ce code de mise en service est faux, déjà utilisé ou expiré. Sur le serveur, trustboard setup-code en affiche un nouveau."
        }
        AdminWord::SetupPasswordBad => {
            "Le mot de passe doit avoir au moins 10 caractères et au plus 1 024 octets."
        }
        AdminWord::SetupAgainBad => "Les deux mots de passe ne sont pas identiques.",
        AdminWord::SetupNameBad => {
            "Le nom ne peut contenir que des lettres, des chiffres et . _ @ -, 64 au plus."
        }
        AdminWord::SetupClaimed => {
            "Quelqu'un a été plus rapide : ce serveur a déjà un administrateur. Ouvrez une session."
        }
        AdminWord::StartTitle => "Premiers pas",
        AdminWord::StartIntro => {
            "D'un serveur vide au premier hôte vert. Vous pouvez quitter cette page et la retrouver à tout moment."
        }
        AdminWord::StartNext => "Passer à l'étape suivante",
        AdminWord::StartFinished => "Votre premier hôte est vert",
        AdminWord::StartFinishedHint => {
            "Il est désormais vérifié à intervalles réguliers. Inscrivez d'autres hôtes ci-dessous ou sur la page de chaque cluster."
        }
        AdminWord::StepAdministrator => "Créer le premier administrateur",
        AdminWord::StepDatacenter => "Créer un centre de données",
        AdminWord::StepDatacenterHint => {
            "Un lieu qui a des hôtes : un site, une salle, un fournisseur. Pour chacun, on décide qui peut voir et faire quoi."
        }
        AdminWord::StepCluster => "Créer un cluster et choisir sa stratégie",
        AdminWord::StepClusterHint => {
            "Les hôtes d'un cluster sont jugés selon une même stratégie et peuvent démarrer ce qui est approuvé pour lui."
        }
        AdminWord::StepHost => "Inscrire le premier hôte",
        AdminWord::StepHostHint => {
            "Installez l'agent sur l'hôte, établissez un jeton et exécutez la commande qui s'affiche ici. L'hôte apparaît ci-dessous de lui-même."
        }
        AdminWord::StepGreen => "Le voir passer au vert",
        AdminWord::StepDone => "fait",
        AdminWord::StepOpen => "à faire",
        AdminWord::EnrolLink => "Inscrire des hôtes",
        AdminWord::NewTokenTitle => "Nouvelle commande d'inscription",
        AdminWord::TokenUses => "Hôtes",
        AdminWord::TokenExpiry => "Valable",
        AdminWord::OneHour => "1 heure",
        AdminWord::OneDay => "1 jour",
        AdminWord::OneWeek => "7 jours",
        AdminWord::OneMonth => "30 jours",
        AdminWord::MakeToken => "Établir la commande",
        AdminWord::AnotherToken => "En établir une autre",
        AdminWord::Command => "Commande d'inscription",
        AdminWord::CommandHint => "Exécutez ceci sur chaque hôte, avec le droit d'utiliser sudo :",
        AdminWord::Copy => "Copier",
        AdminWord::Copied => "Copié.",
        AdminWord::ShownOnce => {
            "Elle n'est affichée que cette fois et contient un secret : traitez-la comme un mot de passe."
        }
        AdminWord::ArrivalsTitle => "Hôtes arrivés",
        AdminWord::WaitingForHosts => "En attente du premier hôte. Il apparaît ici de lui-même.",
        AdminWord::NoTpm => "pas de TPM 2.0",
        AdminWord::ArrivalFailed => {
            "Il est inscrit mais n'a pas réussi. Si ce qu'il a démarré est correct, approuvez-le sur sa page."
        }
        AdminWord::ArrivalNoTpm => {
            "Sans TPM 2.0, rien ne peut être prouvé. Activez-le dans le micrologiciel, ou laissez l'hôte tel quel."
        }
        AdminWord::ArrivalUnknown => {
            "Il est en cours de vérification, ou son agent ne tourne pas encore : systemctl status trustboard-agent dit pourquoi."
        }
        AdminWord::ToTheHost => "Vers l'hôte",
        AdminWord::TokensTitle => "Jetons d'inscription",
        AdminWord::TokensHint => {
            "Un jeton laisse entrer des hôtes dans ce cluster jusqu'à ce qu'il soit épuisé, expiré ou révoqué. Les hôtes inscrits avec lui restent."
        }
        AdminWord::NoTokens => "Il n'y a pas encore de jeton.",
        AdminWord::TokenMade => "Établi",
        AdminWord::TokenState => "État",
        AdminWord::TokenUsesLeft => "Restant",
        AdminWord::TokenUntil => "Valable jusqu'au",
        AdminWord::TokenAction => "Action",
        AdminWord::TokenGood => "Valable",
        AdminWord::TokenUsedUp => "Épuisé",
        AdminWord::TokenExpired => "Expiré",
        AdminWord::TokenRevoked => "Révoqué",
        AdminWord::RevokeToken => "Révoquer",
        AdminWord::TokenRevokedNow => {
            "Le jeton a été révoqué. Les hôtes inscrits avec lui restent."
        }
        AdminWord::NewDatacenterTitle => "Nouveau centre de données",
        AdminWord::CreateDatacenter => "Créer le centre de données",
        AdminWord::NewClusterTitle => "Nouveau cluster",
        AdminWord::CreateCluster => "Créer le cluster",
        AdminWord::ChoosePolicy => "Stratégie de départ",
        AdminWord::ChoosePolicyHint => {
            "Chaque contrôle peut être modifié plus tard sur la page de la stratégie."
        }
        AdminWord::NoClusters => "Il n'y a pas de cluster dans ce centre de données",
        AdminWord::NothingApproved => "aucune : ce que les hôtes démarrent n'est pas comparé",
        AdminWord::ThisDatacenter => "Ce centre de données",
        AdminWord::Rename => "Renommer",
        AdminWord::NewName => "Nouveau nom",
        AdminWord::MoveCluster => "Déplacer le cluster",
        AdminWord::ToDatacenter => "Vers le centre de données",
        AdminWord::Delete => "Supprimer",
        AdminWord::DeleteCluster => "Supprimer le cluster",
        AdminWord::DeleteClusterHint => {
            "Sa stratégie et ses jetons d'inscription disparaissent avec lui. Ce que l'audit en dit reste."
        }
        AdminWord::ClusterNotEmpty => {
            "Il y a des hôtes dans ce cluster. Déplacez-les ou retirez-les d'abord."
        }
        AdminWord::DeleteDatacenter => "Supprimer le centre de données",
        AdminWord::DeleteDatacenterHint => {
            "Les rôles que des personnes y ont disparaissent avec lui. Ce que l'audit en dit reste."
        }
        AdminWord::DatacenterNotEmpty => {
            "Il y a des clusters dans ce centre de données. Déplacez-les ou supprimez-les d'abord."
        }
        AdminWord::Os => "Système d'exploitation",
        AdminWord::Kernel => "Noyau",
        AdminWord::Tpm => "TPM",
        AdminWord::Interface => "Interface",
        AdminWord::Agent => "Agent",
        AdminWord::Identity => "Identité",
        AdminWord::Presence => "Connexion",
        AdminWord::Enrolled => "Inscrit",
        AdminWord::NotSaid => "non indiqué",
        AdminWord::ChooseHint => "pour les hôtes cochés sur cette page",
        AdminWord::ChooseAll => "Tous les hôtes de cette page",
        AdminWord::MoveHosts => "Déplacer",
        AdminWord::RemoveHosts => "Retirer",
        AdminWord::NothingChosen => {
            "Aucun hôte n'est coché. Cochez-en dans le tableau et réessayez."
        }
        AdminWord::MovingHosts => {
            "Dans l'autre cluster, les hôtes sont jugés selon sa stratégie et ce qui y est approuvé : leurs preuves conservées tout de suite, sans les interroger. Dans un autre centre de données, d'autres personnes les voient."
        }
        AdminWord::ToCluster => "Vers le cluster",
        AdminWord::ShowImpact => "Montrer ce qui change",
        AdminWord::RemovingHosts => {
            "Ils quittent l'inventaire immédiatement et leurs agents sont refusés. Leur historique est conservé et reste lisible. Le même TPM peut s'inscrire à nouveau avec un nouveau jeton."
        }
        AdminWord::Reason => "Motif",
        AdminWord::PageBefore => "Page précédente",
        AdminWord::PageAfter => "Page suivante",
        AdminWord::PagesLabel => "Pages",
        AdminWord::Removed => "retiré",
        AdminWord::RemovedTitle => "Cet hôte a été retiré",
        AdminWord::RemovedHint => {
            "Il n'est plus dans l'inventaire et n'est plus vérifié. Ce que l'on sait de lui reste ici."
        }
        AdminWord::RemovedAt => "Retiré",
        AdminWord::RemovedBy => "Par",
        AdminWord::RemovedEk => "Clé d'approbation (SHA-256)",
        AdminWord::RemovedSpans => "Attestation jusque-là",
        AdminWord::RemovedEvents => "Derniers événements",
        AdminWord::AuditTitle => "Journal d'audit",
        AdminWord::AuditIntro => {
            "Tout ce qui a été changé, par qui et quand. Chaque événement porte le hachage du précédent : rien ne peut être changé, retiré ou intercalé sans que cela se voie."
        }
        AdminWord::Number => "Numéro",
        AdminWord::When => "Quand",
        AdminWord::Who => "Qui",
        AdminWord::Kind => "Type",
        AdminWord::What => "Quoi",
        AdminWord::Where => "Où",
        AdminWord::Hash => "Hachage",
        AdminWord::Datacenter => "Centre de données",
        AdminWord::HostColumn => "Hôte",
        AdminWord::AnyKind => "tous les types",
        AdminWord::AnyDatacenter => "partout",
        AdminWord::From => "Du (UTC)",
        AdminWord::Until => "Au (UTC)",
        AdminWord::OneHostOnly => "un seul hôte",
        AdminWord::OnlyThisHost => "seulement cet hôte",
        AdminWord::ExportCsv => "Exporter en CSV",
        AdminWord::ExportJson => "Exporter en lignes JSON",
        AdminWord::ExportHint => "tous les événements correspondants, pas seulement cette page",
        AdminWord::Newest => "Vers les plus récents",
        AdminWord::Older => "Plus anciens",
        AdminWord::NoEvents => "Aucun événement ne correspond",
        AdminWord::NoEventsHint => {
            "Demandez moins, ou un autre moment. Les noms sont comparés en entier."
        }
        AdminWord::ChainTitle => "La chaîne des événements",
        AdminWord::ChainIntro => {
            "La vérification recalcule chaque hachage, du premier événement au dernier."
        }
        AdminWord::ChainNever => "Elle n'a pas encore été vérifiée.",
        AdminWord::VerifyChain => "Vérifier la chaîne",
        AdminWord::ChainStarted => {
            "La vérification est en cours. Son résultat apparaît ici et figure au journal."
        }
        AdminWord::ChainHead => "Dernier hachage :",
        AdminWord::ChainHeadHint => {
            "Conservez-le ailleurs : il prouvera plus tard que rien de ce qui précède n'a été réécrit."
        }
        AdminWord::ChainBrokenHint => {
            "Quelqu'un a modifié la base de données sans passer par le serveur, ou le disque est défaillant. Gardez-en une copie, regardez qui peut y écrire et comparez avec une sauvegarde."
        }
        AdminWord::HealthTitle => "État du serveur",
        AdminWord::HealthIntro => {
            "Comment va ce serveur, mesuré maintenant, et que faire quand cela ne va pas."
        }
        AdminWord::Version => "Version",
        AdminWord::UpSince => "en service depuis le",
        AdminWord::Database => "Base de données",
        AdminWord::WriteAheadLog => "Journal de la base",
        AdminWord::NoLog => "aucun",
        AdminWord::LogRemedy => {
            "Il devrait être intégré à la base. Cherchez une sauvegarde ou un autre programme qui garde la base ouverte ; un redémarrage du serveur l'intègre."
        }
        AdminWord::LastBackup => "Dernière sauvegarde",
        AdminWord::BackupUnknown => "inconnue",
        AdminWord::BackupRemedy => {
            "Le serveur n'en connaît aucune. Sauvegardez régulièrement la base et agent-tls.pem, et essayez une restauration."
        }
        AdminWord::Disk => "Disque",
        AdminWord::DiskUnknown => "le système ne le dit pas",
        AdminWord::DiskRemedy => {
            "Faites de la place. Quand le disque est plein, rien de confirmé n'est perdu, mais rien de nouveau n'est enregistré."
        }
        AdminWord::Jobs => "Vérifications",
        AdminWord::OldestJob => "La plus ancienne attend depuis le",
        AdminWord::JobsRemedy => {
            "Les vérifications attendent plus qu'elles ne durent. Regardez le processeur, le réglage verifications et les dernières erreurs."
        }
        AdminWord::Rate => "Vérifications de la dernière heure",
        AdminWord::RateRemedy => {
            "Des agents sont connectés, mais rien n'a été vérifié. Regardez les dernières erreurs, et redémarrez le serveur s'il n'y en a pas."
        }
        AdminWord::AgentSessions => "Agents connectés",
        AdminWord::Streams => "Flux en direct des navigateurs",
        AdminWord::StreamsRemedy => {
            "Fermez les onglets que personne ne regarde : les navigateurs suivants ne seraient plus en direct."
        }
        AdminWord::Replicas => "Serveurs",
        AdminWord::OnlyReplica => "un, celui-ci",
        AdminWord::BrowserCertificate => "Certificat pour les navigateurs",
        AdminWord::AgentCertificate => "Certificat pour les agents",
        AdminWord::ValidUntil => "valable jusqu'au",
        AdminWord::CertificateUnreadable => "sa date de fin est illisible",
        AdminWord::CertificateRemedy => {
            "Remplacez les fichiers que nomment tls_certificate et tls_key, puis redémarrez le serveur."
        }
        AdminWord::LatestErrors => "Dernières erreurs du journal",
        AdminWord::NoErrors => "aucune depuis le démarrage",
        AdminWord::ErrorsRemedy => {
            "Le journal contient ce qui précède et suit chacune. Ce qui revient sans cesse mérite un coup d'œil."
        }
    }
}

fn template(phrase: &AdminPhrase<'_>) -> &'static str {
    match phrase {
        AdminPhrase::EnrolIn { .. } => "Inscrire des hôtes dans {cluster}",
        AdminPhrase::NewClusterIn { .. } => "Créer un cluster dans {datacenter}",
        AdminPhrase::TokenGood { .. } => "Valable pour {uses} hôte(s), jusqu'au",
        AdminPhrase::UsesLeft { .. } => "{left}[ sur {of}]",
        AdminPhrase::GoodTokens { .. } => "{count} valable(s) actuellement",
        AdminPhrase::MovingCluster { .. } => {
            "Il emmène ses hôtes ({hosts}). Qui n'a de rôle que dans {from} ne les voit plus ; ceux qui en ont un dans l'autre centre de données les voient. Ce selon quoi les hôtes sont jugés reste."
        }
        AdminPhrase::MoveCount { .. } => "Déplacer {count} hôte(s) vers un autre cluster",
        AdminPhrase::RemoveCount { .. } => "Retirer {count} hôte(s)",
        AdminPhrase::TypeToConfirm { .. } => "Saisissez {text} pour confirmer",
        AdminPhrase::ChooseHost { .. } => "Choisir {host}",
        AdminPhrase::HostsArranged { .. } => "Hôtes concernés : {count}.",
        AdminPhrase::HostLeft { .. } => "{host} est resté tel quel : {why}",
        AdminPhrase::ChainRuns { .. } => "{verified} événements sur {of} vérifiés, lancé par {by}",
        AdminPhrase::ChainWhole { .. } => {
            "La chaîne est intacte : {events} événements, dans l'ordre, inchangés."
        }
        AdminPhrase::ChainBroken { .. } => {
            "La chaîne est rompue. Le premier événement qui n'est plus ce qui a été enregistré est le numéro {number} :"
        }
        AdminPhrase::JobsNow { .. } => {
            "{queued} en attente, {running} en cours ; preuves conservées à juger de nouveau : {again}"
        }
        AdminPhrase::StreamsNow { .. } => "{count} sur {most} au plus",
        AdminPhrase::ReturningNow { .. } => {
            "Pas revenus depuis l’arrêt de leur serveur : {count} ; attendus jusqu’à"
        }
        AdminPhrase::RateNow { .. } => "{count} en {minutes} min",
        AdminPhrase::DiskNow { .. } => "{free} libres sur {total}",
    }
}

fn kind(code: &str) -> Option<&'static str> {
    Some(match code {
        "datacenter-created" => "Centre de données créé",
        "cluster-created" => "Cluster créé",
        "datacenter-renamed" => "Centre de données renommé",
        "datacenter-deleted" => "Centre de données supprimé",
        "cluster-renamed" => "Cluster renommé",
        "cluster-moved" => "Cluster déplacé",
        "cluster-deleted" => "Cluster supprimé",
        "token-created" => "Jeton d'inscription créé",
        "token-revoked" => "Jeton d'inscription révoqué",
        "operator-created" => "Opérateur créé",
        "operator-changed" => "Opérateur modifié",
        "setup-code-created" => "Code de mise en service créé",
        "signed-in" => "Session ouverte",
        "signed-out" => "Session fermée",
        "sign-in-refused" => "Ouverture de session refusée",
        "host-enrolled" => "Hôte inscrit",
        "host-moved" => "Hôte déplacé",
        "host-removed" => "Hôte retiré",
        "identity-changed" => "Identité modifiée",
        "presence-changed" => "Connexion modifiée",
        "appraised" => "Attestation modifiée",
        "verification-failed" => "Vérification inachevée",
        "alarm-raised" => "Alarme déclenchée",
        "alarm-condition-cleared" => "Condition d'alarme disparue",
        "alarm-condition-changed" => "Condition d'alarme modifiée",
        "alarm-acknowledged" => "Alarme prise en charge",
        "alarm-reset" => "Alarme réinitialisée",
        "maintenance-entered" => "Maintenance commencée",
        "maintenance-left" => "Maintenance terminée",
        "job-started" => "Vérification lancée",
        "configuration-captured" => "Configuration capturée",
        "configuration-imported" => "Configuration importée",
        "configuration-edited" => "Configuration modifiée",
        "configuration-approved" => "Configuration approuvée",
        "configuration-superseded" => "Configuration remplacée",
        "configuration-retired" => "Configuration retirée",
        "change-accepted" => "Changement accepté",
        "policy-changed" => "Stratégie modifiée",
        "exception-granted" => "Exception accordée",
        "exception-ended" => "Exception terminée",
        "makers-imported" => "Fabricants de TPM importés",
        "maker-trust-changed" => "Confiance en un fabricant modifiée",
        "maker-removed" => "Fabricant de TPM retiré",
        "chain-verified" => "Chaîne vérifiée",
        "backup-made" => "Sauvegarde effectuée",
        "backup-restored" => "Sauvegarde restaurée",
        "chain-broken" => "Chaîne trouvée rompue",
        "sign-in-link-made" => "Lien de connexion établi",
        "password-changed" => "Mot de passe changé",
        "password-reset" => "Mot de passe réinitialisé",
        "operator-disabled" => "Opérateur désactivé",
        "operator-enabled" => "Opérateur activé",
        "sessions-ended" => "Sessions fermées",
        "key-created" => "Clé d'API créée",
        "key-revoked" => "Clé d'API révoquée",
        "settings-changed" => "Réglages modifiés",
        "reset-asked" => "Réinitialisation demandée à une seconde personne",
        "reset-declined" => "Réinitialisation refusée",
        "reset-lapsed" => "Demande de réinitialisation caduque",
        "bulk-started" => "Action sur plusieurs hôtes lancée",
        "bulk-ended" => "Action sur plusieurs hôtes terminée",
        "automatic-reset-changed" => "Réinitialisation automatique modifiée",
        "view-shared" => "Vue partagée",
        "view-unshared" => "Vue qui n'est plus partagée",
        "past-forgotten" => "Passé oublié",
        _ => return None,
    })
}
