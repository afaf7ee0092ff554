//! Ce que le journal dit du déroulement du démarrage.

use super::AFTER_BOOT;
use crate::text::reason::ReasonEntry;

const LOOK: &str = "Page de l'hôte : ce qui a démarré, le contrôle en échec. Sur l'hôte : tpm2_eventlog /sys/kernel/security/tpm0/binary_bios_measurements ; efibootmgr -v.";

pub(super) const DMA_PROTECTION_DISABLED: ReasonEntry = ReasonEntry {
    title: "Le firmware n'a pas protégé la mémoire contre les périphériques",
    sentence: "Le firmware a mesuré que la protection DMA était désactivée au démarrage[ ({place})].",
    cause: "L'IOMMU (VT-d, AMD-Vi), ou son usage avant le système d'exploitation, est désactivée dans la configuration du firmware, ou la carte mère n'en a pas.",
    remedy: &[
        "Mettez l'hôte en mode maintenance et redémarrez-le dans la configuration du firmware.",
        "Activez VT-d ou AMD-Vi et la protection DMA avant le démarrage (Kernel DMA Protection).",
        "Si la carte mère n'en est pas capable, tenez les inconnus à l'écart de ses ports et emplacements.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const OPTION_FAILED: ReasonEntry = ReasonEntry {
    title: "Une option de démarrage a renoncé avant qu'une autre soit essayée",
    sentence: "Une application appelée par le firmware est revenue sans démarrer de système[ ({place})].",
    cause: "La première option de démarrage ne fonctionne pas : un démarrage réseau sans réponse, un disque retiré, un chargeur qui a refusé ses fichiers. Le système a démarré par une option suivante.",
    remedy: &[
        "Regardez les options de démarrage sur l'hôte : efibootmgr -v. Supprimez celles qui ne peuvent pas fonctionner et placez la bonne en tête.",
        "Assurez-vous que l'hôte a démarré d'où il doit : le chargeur et la table des partitions sont sur la page de l'hôte.",
        AFTER_BOOT,
    ],
    look: LOOK,
};

pub(super) const APPLICATION_BEFORE_OPTION: ReasonEntry = ReasonEntry {
    title: "Une application a tourné avant l'appel d'une option de démarrage",
    sentence: "Le firmware a lancé une application de lui-même[ ({place})].",
    cause: "Certains fabricants exécutent un agent à eux (localisation, restauration, gestion) avant le démarrage. Un code malveillant dans le firmware serait au même endroit.",
    remedy: &[
        "Comparez avec d'autres hôtes du même modèle et du même firmware : si tous montrent la même empreinte, l'application est celle du fabricant.",
        "Désactivez ces agents dans la configuration du firmware si vous ne les utilisez pas.",
        "Si cet hôte est le seul à le montrer, traitez l'affaire comme un incident de sécurité.",
    ],
    look: LOOK,
};

pub(super) const SERVICES_NOT_LEFT: ReasonEntry = ReasonEntry {
    title: "Le journal s'arrête avant que le firmware passe la main au système",
    sentence: "Le journal ne dit pas que les services de démarrage du firmware ont été quittés[ ({place})].",
    cause: "Un firmware ancien ne le journalise pas, ou un chargeur a lu le journal avant ce point. Les valeurs de PCR sont comparées malgré tout.",
    remedy: &[
        "Comparez avec d'autres hôtes du même modèle : si tous le montrent, c'est le firmware ou le chargeur.",
        "Mettez à jour le firmware et le chargeur de démarrage.",
        "Si c'était présent avant et ne l'est plus, cherchez ce qui a changé dans le chargeur.",
    ],
    look: LOOK,
};

pub(super) const OPTION_ROM_LOADED: ReasonEntry = ReasonEntry {
    title: "Du code d'un périphérique a tourné au démarrage",
    sentence: "Le firmware a exécuté une ROM optionnelle[ ({place})]. D'où elle vient n'est pas prouvé ; son empreinte dans PCR 2 l'est.",
    cause: "Les cartes réseau, de stockage et graphiques apportent ce code. Cette stratégie n'en veut pas.",
    remedy: &[
        "Comparez les empreintes avec d'autres hôtes qui ont les mêmes cartes.",
        "Désactivez dans la configuration du firmware les ROM optionnelles des périphériques sur lesquels l'hôte ne démarre pas.",
        AFTER_BOOT,
    ],
    look: LOOK,
};
