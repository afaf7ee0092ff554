//! Les journaux propres du système expliquent ce qu'il a mesuré.

use super::{AFTER_BOOT, VERIFY_THEN_RESET};
use crate::text::reason::ReasonEntry;

const LOOK_IMA: &str = "Page de l'hôte : le contrôle en échec, PCR 10, ce qui a été démarré. Sur l'hôte : /sys/kernel/security/ima/ascii_runtime_measurements, /sys/kernel/security/ima/violations, tpm2_pcrread sha256:10.";
const LOOK_SYSTEMD: &str = "Page de l'hôte : le contrôle en échec, valeurs des PCR. Sur l'hôte : /run/log/systemd/tpm2-measure.log, journalctl -u 'systemd-pcr*', tpm2_pcrread.";
const REBOOT: &str = "Mettez l'hôte en mode maintenance et redémarrez-le : la liste et le registre repartent alors de zéro.";
const INCIDENT: &str = "Si cela revient sans une telle cause, considérez l'hôte comme altéré : root peut changer ce que l'agent lit, mais pas ce que contient le PCR 10.";

pub(super) const IMA_MISMATCH: ReasonEntry = ReasonEntry {
    title: "La liste de mesures d'IMA n'explique pas le PCR 10",
    sentence: "[{place}|PCR 10] : aucun début de la liste[ de {entries} entrées] ne mène à la valeur signée.[ La dernière entrée qu'une signature a prouvée est la numéro {matched}.][ L'entrée {entry} est la première dont l'empreinte n'est pas celle de son contenu.]",
    cause: "Un nouveau noyau a été lancé par kexec sans transmettre la liste ; autre chose qu'IMA a étendu le PCR 10 ; ou des entrées ont été modifiées, retirées ou cachées.",
    remedy: &[
        "Demandez si l'hôte est passé à un autre noyau par kexec depuis son démarrage, ou si l'un de vos produits étend le PCR 10.",
        "Comparez la liste de l'hôte à celle qui a été envoyée : manque-t-il des entrées, ou l'une d'elles a-t-elle été modifiée ?",
        REBOOT,
        INCIDENT,
        AFTER_BOOT,
    ],
    look: LOOK_IMA,
};

pub(super) const IMA_LIST_MALFORMED: ReasonEntry = ReasonEntry {
    title: "La liste de mesures d'IMA est illisible",
    sentence: "[{place} : |]la liste enfreint le format du noyau[ : {found}].",
    cause: "Le noyau emploie un modèle, un algorithme d'empreinte ou un champ que ce serveur ne connaît pas, la machine est gros-boutiste, ou la liste a été modifiée avant d'atteindre l'agent.",
    remedy: &[
        "Regardez le modèle : ima_template= sur la ligne de commande du noyau et CONFIG_IMA_DEFAULT_TEMPLATE du noyau.",
        "Mettez ce serveur à jour si le noyau est plus récent que lui.",
        "Si d'autres hôtes du même noyau réussissent, considérez l'hôte comme altéré.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK_IMA,
};

pub(super) const IMA_LIST_HIDDEN: ReasonEntry = ReasonEntry {
    title: "L'hôte cache une liste IMA qu'il avait depuis ce démarrage",
    sentence: "[Une réponse précédente de ce démarrage contenait {entries} entrées|Il y avait déjà une liste depuis ce démarrage] ; à présent il n'y en a pas[ : {found}].",
    cause: "La liste ne peut disparaître sans redémarrage : securityfs a été démonté ou recouvert, l'agent a perdu ses droits, un agent plus ancien a été lancé, ou quelqu'un ne veut pas que la liste soit vue.",
    remedy: &[
        "Voyez si l'utilisateur de l'agent peut lire /sys/kernel/security/ima sur l'hôte (montez securityfs s'il ne l'est pas).",
        "Voyez quelle version de l'agent fonctionne, et qui l'a changée.",
        "Si personne ne l'a fait, traitez cela comme un incident : mettez l'hôte en mode maintenance et laissez la machine en l'état.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK_IMA,
};

pub(super) const IMA_BOOT_AGGREGATE: ReasonEntry = ReasonEntry {
    title: "Le boot_aggregate d'IMA n'est pas celui de ce démarrage",
    sentence: "[{place} : |]la liste ne commence pas par le hachage des registres que le firmware et le chargeur ont remplis[ : {expected} attendu, {found} trouvé].",
    cause: "Le noyau a lancé IMA avant que le TPM soit prêt, hache d'autres registres que ceux qu'on connaît aux noyaux, ou la liste vient d'un autre démarrage.",
    remedy: &[
        "Cherchez ima et tpm dans le journal du noyau : le TPM a-t-il été trouvé avant le lancement d'IMA ?",
        "Mettez à jour le noyau, ou intégrez-y le pilote du TPM au lieu de le charger comme module.",
        REBOOT,
        AFTER_BOOT,
    ],
    look: LOOK_IMA,
};

pub(super) const IMA_VIOLATIONS: ReasonEntry = ReasonEntry {
    title: "Des fichiers ont changé pendant qu'IMA les mesurait",
    sentence: "[{violations} violations|Il y a des violations][ parmi {entries} entrées][ ; la première concerne {found}].",
    cause: "Un fichier a été écrit pendant qu'il était lu pour la mesure : un journal ou une base de données que la stratégie IMA couvre sans nécessité, ou un programme remplacé sur place pendant son exécution. Ce qui a réellement été lu est alors inconnu.",
    remedy: &[
        "Regardez les entrées composées de zéros dans la liste : de quels fichiers s'agit-il ?",
        "Excluez de la stratégie IMA les fichiers qui changent par nature (dont_measure), et installez les programmes en les renommant plutôt qu'en les écrasant.",
        "Si un programme ou une bibliothèque que personne n'a mis à jour en fait partie, traitez cela comme un incident.",
        "Le compte repart de zéro au prochain démarrage.",
    ],
    look: LOOK_IMA,
};

pub(super) const OS_MISMATCH: ReasonEntry = ReasonEntry {
    title: "Les journaux du système n'expliquent pas un PCR dont ils parlent",
    sentence: "[{place}|Un PCR] : le journal du firmware et celui de systemd ne donnent pas ensemble la valeur signée[ ; {events} événements].",
    cause: "Autre chose a étendu le registre sans tenir de journal (tpm2_pcrextend, un outil de chiffrement de disque, un autre produit), ou des enregistrements ont été retirés du journal.",
    remedy: &[
        "Regardez le tableau des PCR : de quel registre s'agit-il, et à quoi sert-il ?",
        "Cherchez quel logiciel l'étend depuis le démarrage, et s'il peut le consigner dans /run/log/systemd/tpm2-measure.log.",
        "Redémarrez, et voyez si la différence revient.",
        AFTER_BOOT,
    ],
    look: LOOK_SYSTEMD,
};

pub(super) const SYSTEMD_LOG_MALFORMED: ReasonEntry = ReasonEntry {
    title: "Le journal de mesures de systemd est illisible",
    sentence: "[{place} : |]le journal enfreint son format[ : {found}].",
    cause: "Un programme qui ne respecte pas le format a écrit dans le journal, le fichier a été endommagé, ou il a été modifié.",
    remedy: &[
        "Regardez l'enregistrement dans /run/log/systemd/tpm2-measure.log, et qui peut écrire dans ce fichier.",
        "Le fichier est recréé à chaque démarrage : redémarrez, et voyez si cela revient.",
        AFTER_BOOT,
    ],
    look: LOOK_SYSTEMD,
};

pub(super) const SYSTEMD_LOG_HIDDEN: ReasonEntry = ReasonEntry {
    title: "L'hôte cache un journal de systemd qu'il avait depuis ce démarrage",
    sentence: "Une réponse précédente de ce démarrage contenait le journal de mesures de systemd ; à présent il n'y en a pas[ : {found}].",
    cause: "Le fichier a été supprimé, l'agent a perdu ses droits, ou un agent plus ancien a été lancé.",
    remedy: &[
        "Voyez si /run/log/systemd/tpm2-measure.log existe, et si l'utilisateur de l'agent peut le lire.",
        "Si personne ne l'a supprimé, traitez cela comme un incident.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK_SYSTEMD,
};
