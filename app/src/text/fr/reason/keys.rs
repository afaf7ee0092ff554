//! Les clés sont ce qu'elles doivent être.

use super::VERIFY_THEN_RESET;
use crate::text::reason::ReasonEntry;

const NEW_AK: &str = "Inscrivez de nouveau l'hôte avec un nouveau jeton : l'agent crée alors une clé d'attestation aux bonnes propriétés.";
const WEAK_AK_REMEDY: &[&str] = &["Installez l'agent actuel.", NEW_AK, VERIFY_THEN_RESET];
const WEAK_AK_LOOK: &str = "Page de l'hôte : le contrôle en échec, modèle et firmware du TPM.";

pub(super) const EK_TEMPLATE_UNEXPECTED: ReasonEntry = ReasonEntry {
    title: "La clé d'approbation (EK) n'est pas du genre attendu",
    sentence: "La clé d'approbation n'est pas une clé de déchiffrement restreinte, comme l'exige le profil du TCG.",
    cause: "Le TPM utilise un modèle de clé qui lui est propre, ou autre chose qu'une clé d'approbation a été présenté.",
    remedy: &[
        "Mettez à jour l'agent et le firmware du TPM, puis inscrivez de nouveau l'hôte.",
        "Si le TPM présente toujours cette clé, ne lui faites pas confiance : remplacez le module.",
        VERIFY_THEN_RESET,
    ],
    look: "Page de l'hôte : le contrôle en échec ; fabricant, modèle et firmware du TPM.",
};

pub(super) const EK_CERTIFICATE_WRONG_KEY: ReasonEntry = ReasonEntry {
    title: "La clé d'approbation ne correspond pas au certificat EK",
    sentence: "Le certificat du TPM a été établi pour une autre clé que la clé d'approbation utilisée.",
    cause: "Le TPM contient un certificat pour un autre type de clé (RSA ou ECC), sa graine a changé après l'établissement du certificat, ou le certificat a été copié d'un autre TPM.",
    remedy: &[
        "Mettez à jour le firmware du TPM et celui de la carte mère, puis démarrez.",
        "Redémarrez l'agent, afin qu'il relise les clés et le certificat.",
        "Si rien ne change, ne faites pas confiance à ce TPM : interrogez son fabricant, ou remplacez le module.",
        VERIFY_THEN_RESET,
    ],
    look: "Page de l'hôte : le contrôle en échec, identité, modèle et firmware du TPM. Sur l'hôte : tpm2_getekcertificate.",
};

pub(super) const AK_ATTRIBUTES_WRONG: ReasonEntry = ReasonEntry {
    title: "La clé d'attestation (AK) n'est pas une clé de signature restreinte",
    sentence: "La clé d'attestation n'est pas de celles qui ne signent que ce que leur TPM a produit lui-même.",
    cause: "La clé ne vient pas de l'agent, ou vient d'une version défectueuse. Elle pourrait signer une citation qu'aucun TPM n'a faite.",
    remedy: &[
        "Ne vous fiez pas à ce que dit cet hôte avant que ce soit résolu.",
        NEW_AK,
        VERIFY_THEN_RESET,
    ],
    look: "Page de l'hôte : le contrôle en échec et l'identité. Sur l'hôte : trustboard-agent --version et son dossier d'état.",
};

pub(super) const AK_SCHEME_WEAK: ReasonEntry = ReasonEntry {
    title: "Le schéma de signature de la clé d'attestation manque ou est faible",
    sentence: "La clé d'attestation signe avec un schéma absent ou faible.",
    cause: "Un ancien agent a créé la clé, ou le TPM ne connaît que des schémas faibles.",
    remedy: WEAK_AK_REMEDY,
    look: WEAK_AK_LOOK,
};

pub(super) const AK_NAME_WEAK: ReasonEntry = ReasonEntry {
    title: "Le nom de la clé d'attestation est calculé avec un hachage faible",
    sentence: "Le nom de la clé d'attestation utilise un hachage faible.",
    cause: "Un ancien agent a créé la clé, ou le TPM ne connaît que SHA-1.",
    remedy: WEAK_AK_REMEDY,
    look: WEAK_AK_LOOK,
};
