//! La page des fabricants de TPM.

use trustboard_model::maker::{MakerKind, MakerNote, MakerProblem, MakerRepair, MakerTrust};
use trustboard_model::view::{ImportOutcome, MakerOrigin};

use crate::text::makers::{MakerText, MakerWord};

pub(super) fn maker(text: MakerText<'_>) -> &'static str {
    match text {
        MakerText::Word(key) => word(key),
        MakerText::Trust(MakerTrust::Trusted) => "Approuvé",
        MakerText::Trust(MakerTrust::Follows) => "Suit son émetteur",
        MakerText::Trust(MakerTrust::Awaiting) => "Attend une confirmation",
        MakerText::Trust(MakerTrust::Distrusted) => "Écarté",
        MakerText::TrustMeaning(MakerTrust::Trusted) => "Les chaînes peuvent se terminer par lui.",
        MakerText::TrustMeaning(MakerTrust::Follows) => {
            "Il compte dans la mesure où une racine de confiance s'en porte garante."
        }
        MakerText::TrustMeaning(MakerTrust::Awaiting) => {
            "Il ne compte pour rien tant que personne n'a comparé son empreinte."
        }
        MakerText::TrustMeaning(MakerTrust::Distrusted) => "Aucune chaîne ne passe par lui.",
        MakerText::Kind(MakerKind::Root) => "Racine",
        MakerText::Kind(MakerKind::Intermediate) => "Intermédiaire",
        MakerText::Note(MakerNote::Expired) => "Expiré",
        MakerText::Note(MakerNote::NotYetValid) => "Pas encore valide",
        MakerText::Note(MakerNote::Sha1Signature) => {
            "Signé avec SHA-1, comme cela se faisait autrefois"
        }
        MakerText::Note(MakerNote::Version1) => {
            "X.509 version 1 : il ne peut pas dire qu'il est une autorité"
        }
        MakerText::Repair(MakerRepair::Padding { .. }) => {
            "{bytes} octets de remplissage {byte} à sa suite ont été omis"
        }
        MakerText::Repair(MakerRepair::TrailingBytes { .. }) => {
            "{bytes} octets à sa suite ont été omis"
        }
        MakerText::Problem(MakerProblem::NotACertificate) => {
            "Ni un certificat, ni une liste de révocation, ni une archive"
        }
        MakerText::Problem(MakerProblem::SomethingElse { .. }) => {
            "Contient {what}, pas un certificat"
        }
        MakerText::Problem(MakerProblem::Unreadable { .. }) => "Illisible : {detail}",
        MakerText::Problem(MakerProblem::Serial { .. }) => "Malformé : {detail}",
        MakerText::Problem(MakerProblem::WeakKey { .. }) => "Sa clé est trop faible : {key}",
        MakerText::Problem(MakerProblem::UnknownKey { .. }) => {
            "Le type de sa clé n'est pas pris en charge : {key}"
        }
        MakerText::Problem(MakerProblem::UnknownSignature { .. }) => {
            "Le type de sa signature n'est pas pris en charge : {algorithm}"
        }
        MakerText::Problem(MakerProblem::BadSelfSignature) => {
            "Il se dit son propre émetteur, mais sa propre clé ne l'a pas signé"
        }
        MakerText::Problem(MakerProblem::NotACa) => "Ce n'est pas le certificat d'une autorité",
        MakerText::Problem(MakerProblem::MayNotSign) => {
            "L'usage de sa clé ne permet pas de signer des certificats"
        }
        MakerText::Problem(MakerProblem::UnknownCritical { .. }) => {
            "Son extension critique {oid} n'est pas comprise"
        }
        MakerText::Problem(MakerProblem::TooLong { .. }) => {
            "{bytes} octets ; {limit} au plus sont lus"
        }
        MakerText::Problem(MakerProblem::TooMany { .. }) => {
            "Plus de {limit} fichiers ou certificats : le reste n'a pas été lu"
        }
        MakerText::Problem(MakerProblem::Bomb { .. }) => {
            "Il se décompresse à plus de {limit} fois sa taille, et n'a pas été décompressé"
        }
        MakerText::Problem(MakerProblem::TooDeep { .. }) => {
            "Une archive dans une archive dans une archive n'a pas été ouverte"
        }
        MakerText::Problem(MakerProblem::Archive { .. }) => "L'archive ne s'ouvre pas : {detail}",
        MakerText::Problem(MakerProblem::Empty) => "Il ne contient rien",
        MakerText::Outcome(ImportOutcome::Trusted { .. }) => {
            "Approuvé : une racine publiée de {maker}"
        }
        MakerText::Outcome(ImportOutcome::Awaiting) => {
            "Attend une confirmation : comparez son empreinte"
        }
        MakerText::Outcome(ImportOutcome::Follows) => "Repris comme intermédiaire",
        MakerText::Outcome(ImportOutcome::List { .. }) => {
            "Repris comme liste de révocation de {issuer}"
        }
        MakerText::Outcome(ImportOutcome::Known { trust: Some(_) }) => {
            "Déjà connu ; il reste inchangé : {trust}"
        }
        MakerText::Outcome(ImportOutcome::Known { trust: None }) => "Déjà connu",
        MakerText::Outcome(ImportOutcome::Repeated) => "Figure plusieurs fois dans ce fichier",
        MakerText::Outcome(ImportOutcome::Refused { .. }) => "Refusé. {problem}",
        MakerText::Origin(MakerOrigin::Folder { .. }) => "Dossier du serveur : {file}",
        MakerText::Origin(MakerOrigin::Import { .. }) => "Importé par {by}[ : {file}]",
        MakerText::Counts => {
            "[{trusted} approuvés][, {awaiting} en attente de confirmation][, {follows} intermédiaires][, {lists} listes de révocation][, {known} déjà connus][, {refused} refusés]"
        }
        MakerText::Between => "du {from} au {until}",
        MakerText::Numbered => "{place}, numéro {number}",
    }
}

#[expect(clippy::match_same_arms, reason = "one line a word, in the order of the enum")]
fn word(key: MakerWord) -> &'static str {
    match key {
        MakerWord::Title => "Fabricants de TPM",
        MakerWord::Intro => {
            "Un TPM est authentique si le certificat de sa clé d'approbation mène à une racine de son fabricant. Ce serveur fait confiance aux racines ci-dessous marquées comme telles, et à aucune autre."
        }
        MakerWord::None => "Pas encore de certificats de fabricants de TPM",
        MakerWord::NoneHint => {
            "Tant qu'aucune racine n'est approuvée, aucun hôte ne peut prouver que son TPM est authentique. Importez les certificats racine et intermédiaires des fabricants dont vous avez les TPM."
        }
        MakerWord::Maker => "Fabricant",
        MakerWord::Certificate => "Certificat",
        MakerWord::Fingerprint => "Empreinte SHA-256",
        MakerWord::Validity => "Validité",
        MakerWord::State => "État",
        MakerWord::Origin => "Provenance",
        MakerWord::Issuer => "Émetteur",
        MakerWord::Serial => "Numéro de série",
        MakerWord::Key => "Clé",
        MakerWord::Published => "Publiée",
        MakerWord::NotPublished => {
            "Ne figure pas parmi les racines publiées que ce serveur connaît"
        }
        MakerWord::Decided => "Décidé par",
        MakerWord::LeadsTo => "Mène à",
        MakerWord::LeadsNowhere => {
            "Aucune racine de confiance pour l'instant : d'ici là, il ne compte pour rien"
        }
        MakerWord::Details => "Détails",
        MakerWord::Import => "Importer des certificats",
        MakerWord::ImportHint => {
            "Un certificat (PEM, DER, PKCS #7) ou une archive (zip, tar, tar.gz), 8 Mio au plus. Chaque certificat fait l'objet d'un compte rendu ; ce qui est déjà connu reste inchangé."
        }
        MakerWord::File => "Fichier",
        MakerWord::TrustPublished => "Approuver aussitôt les racines publiées",
        MakerWord::TrustPublishedHint => {
            "Elles sont reconnues à leur empreinte SHA-256. Toute autre racine attend que quelqu'un ait comparé son empreinte."
        }
        MakerWord::ImportNow => "Importer",
        MakerWord::Report => "Ce que chaque certificat est devenu",
        MakerWord::Place => "Où dans le fichier",
        MakerWord::Outcome => "Résultat",
        MakerWord::Imports => "Derniers imports",
        MakerWord::Lists => "Listes de révocation",
        MakerWord::ListIssuer => "Émetteur",
        MakerWord::ListMade => "Établie le",
        MakerWord::ListNext => "Prochaine prévue",
        MakerWord::ListCount => "Révoqués",
        MakerWord::ListVerified => "Signée par son émetteur",
        MakerWord::ListNotVerified => {
            "Non vérifiée : son émetteur n'est pas approuvé ici, ou ne l'a pas signée"
        }
        MakerWord::Trust => "Approuver ce certificat",
        MakerWord::TrustHint => {
            "Comparez l'empreinte affichée ici avec celle que publie le fabricant, sur son site ou dans ses documents. Saisissez ensuite ses huit derniers chiffres tels que vous les y lisez."
        }
        MakerWord::TrustDigits => "Huit derniers chiffres de l'empreinte publiée",
        MakerWord::Distrust => "Écarter ce certificat",
        MakerWord::DistrustHint => {
            "Désormais, aucune chaîne ne passe par lui. Les hôtes dont le certificat y mène échouent à leur prochaine vérification."
        }
        MakerWord::Remove => "Retirer",
        MakerWord::RemoveHint => {
            "Le certificat et la décision à son sujet sont oubliés. Il peut être importé de nouveau."
        }
        MakerWord::Reason => "Motif",
        MakerWord::ApproversOnly => "Les approbateurs importent les certificats et en décident.",
        MakerWord::DoneTrust => "Le certificat est approuvé.",
        MakerWord::DoneDistrust => "Le certificat est écarté.",
        MakerWord::DoneRemove => "Le certificat a été retiré.",
        MakerWord::DoneNothing => "C'était déjà le cas ; rien n'a été modifié.",
        MakerWord::RefusedDigits => {
            "Ce que vous avez saisi n'est pas la fin de l'empreinte de ce certificat. Si vous l'avez lu dans les documents du fabricant, ce certificat n'est pas le sien : ne l'approuvez pas."
        }
        MakerWord::RefusedReason => "Indiquez le motif, en 1000 caractères au plus.",
        MakerWord::RefusedFolder => {
            "Le certificat se trouve dans le dossier des certificats de fabricants du serveur (makers_dir) : retirez le fichier de ce dossier, ou écartez le certificat ici."
        }
        MakerWord::RefusedGone => "Le certificat n'est plus là : quelqu'un d'autre l'a retiré.",
        MakerWord::RefusedNoFile => "Aucun fichier n'a été choisi, ou il est vide.",
        MakerWord::RefusedTooLarge => "Le fichier dépasse 8 Mio. Importez-le en plusieurs parties.",
        MakerWord::RefusedUnreadable => "Le fichier n'est pas arrivé entier. Réessayez.",
        MakerWord::NoSuchCertificate => "Ce certificat n'existe plus.",
        MakerWord::NoSuchImport => {
            "Le compte rendu de cet import n'est plus conservé ; le journal d'audit garde trace de l'import."
        }
        MakerWord::EkByOperator => "Clé d'approbation acceptée par un opérateur",
        MakerWord::EkByOperatorHint => {
            "Un opérateur a accepté la clé de ce TPM d'après son empreinte, à la place d'un certificat du fabricant. C'est plus faible."
        }
    }
}
