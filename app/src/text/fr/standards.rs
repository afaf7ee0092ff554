//! Pourquoi le serveur n'accepte pas une configuration, une politique ou une exception.

use crate::text::fact::Pattern;

/// Tried in this order: the particular before the general.
pub(super) const STANDARDS: &[Pattern] = &[
    (
        "the event log of the host does not explain PCR {}, of which {} speaks: what it booted cannot be reviewed event by event",
        "le journal d'événements de l'hôte n'explique pas le PCR {}, dont parle {} : ce qu'il a démarré ne peut pas être examiné événement par événement",
    ),
    (
        "there is no evidence of this host that could be appraised again; after its next verification there is",
        "il n'existe pour cet hôte aucune preuve qui puisse être réévaluée ; il y en aura une après sa prochaine vérification",
    ),
    (
        "the event log does not explain PCR {}, or no configuration may speak of it",
        "le journal d'événements n'explique pas le PCR {}, ou aucune configuration ne peut en parler",
    ),
    (
        "the latest appraisal did not prove what the host booted: {} did not pass",
        "la dernière évaluation n'a pas prouvé ce que l'hôte a démarré : {} n'a pas réussi",
    ),
    (
        "every other check rests on this one: no exception can cover it",
        "toutes les autres vérifications reposent sur celle-ci : aucune exception ne peut la couvrir",
    ),
    (
        "the event log holds no digests in SHA-256 or a stronger bank",
        "le journal d'événements ne contient pas de condensés en SHA-256 ou dans une banque plus forte",
    ),
    (
        "the host was never verified: there is nothing to learn from",
        "l'hôte n'a jamais été vérifié : il n'y a rien à relever",
    ),
    (
        "the event log explains none of the PCRs 0 to 9 and 11 to 14",
        "le journal d'événements n'explique aucun des PCR 0 à 9 et 11 à 14",
    ),
    (
        "every other check rests on this one: it cannot be relaxed",
        "toutes les autres vérifications reposent sur celle-ci : elle ne peut pas être assouplie",
    ),
    (
        "the host does not differ from an approved configuration",
        "l'hôte ne diffère d'aucune configuration approuvée",
    ),
    (
        "only a draft can be edited: capture a new version",
        "seul un brouillon peut être modifié : relevez une nouvelle version",
    ),
    (
        "the event log of the latest appraisal is not kept",
        "le journal d'événements de la dernière évaluation n'est pas conservé",
    ),
    (
        "expected a version that begins with a digit: 12.8",
        "une version qui commence par un chiffre est attendue : 12.8",
    ),
    (
        "it is for no cluster: choose its clusters first",
        "elle ne vaut pour aucun cluster : choisissez d'abord ses clusters",
    ),
    (
        "the closest configuration is no longer approved",
        "la configuration la plus proche n'est plus approuvée",
    ),
    (
        "the latest appraisal does not have this refusal",
        "la dernière évaluation ne contient pas ce refus",
    ),
    (
        "with no interface accepted every TPM would fail",
        "sans interface acceptée, tous les TPM échoueraient",
    ),
    (
        "a configuration speaks of at least one register",
        "une configuration parle d'au moins un registre",
    ),
    (
        "it is out of use: capture a new version",
        "elle est hors d'usage : relevez une nouvelle version",
    ),
    ("a newer version took its place already", "une version plus récente l'a déjà remplacée"),
    ("the event log does not explain PCR {}", "le journal d'événements n'explique pas le PCR {}"),
    ("it is a refusal of another check", "c'est le refus d'une autre vérification"),
    ("say why this check is relaxed", "dites pourquoi cette vérification est assouplie"),
    ("configuration awaiting-second", "configuration : attend la seconde approbation"),
    ("configuration superseded", "configuration : remplacée"),
    ("configuration approved", "configuration : approuvée"),
    ("no event log was sent", "aucun journal d'événements n'a été envoyé"),
    ("configuration retired", "configuration : retirée"),
    ("there is no event {}", "il n'y a pas d'événement {}"),
    ("configuration draft", "configuration : brouillon"),
    ("the policy is {}", "la politique est {}"),
];
