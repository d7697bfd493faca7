"""The sentences of errors, in each language: what was not sent, and what to do. None holds a word of a request."""

from typing import Final, NamedTuple

from policies.decision import Language


class Words(NamedTuple):
    """One sentence, or a few, in each language."""

    french: str
    english: str

    def spoken(self, language: Language) -> str:
        """Return it in that language."""
        return self.english if language is Language.ENGLISH else self.french


NOTHING_SENT: Final = Words("Rien n’a été envoyé au modèle.", "Nothing was sent to the model.")
USES: Final = Words("Usages possibles :", "Possible uses:")
TITLE: Final = Words("« {title} » (`{use}`)", "“{title}” (`{use}`)")
ONE_MORE: Final = Words("et 1 autre au menu des modèles", "and 1 more in the model menu")
MORE: Final = Words("et {more} autres au menu des modèles", "and {more} more in the model menu")
RULE: Final = Words("La règle : `{path}`.", "The rule: `{path}`.")
CONTEST: Final = Words(
    "Ce refus est une erreur ? Contestez-le dans votre outil sous {days} jours, ou donnez au contact sa référence : "
    "{id}.",
    "Is this refusal wrong? Contest it in your tool within {days} days, or give the contact its reference: {id}.",
)

INTERNAL: Final = Words(
    "Une erreur interne a interrompu la demande. Aucune réponse n’a été délivrée. Réessayez ; si cela se répète, "
    "prévenez la direction des systèmes d’information.",
    "An internal error interrupted the request. No answer was delivered. Try again; if it happens again, tell the IT "
    "department.",
)
UNKNOWN_CALLER: Final = Words(
    f"Clé d’accès absente, inconnue, expirée ou révoquée. {NOTHING_SENT.french} Envoyez l’en-tête `Authorization: "
    "Bearer VOTRE_CLÉ`, ou demandez une clé à la direction des systèmes d’information.",
    f"The access key is missing, unknown, expired or revoked. {NOTHING_SENT.english} Send the header `Authorization: "
    "Bearer YOUR_KEY`, or ask the IT department for a key.",
)
ADDRESS: Final = Words(
    f"Un paramètre de l’adresse n’a pas la forme attendue. {NOTHING_SENT.french} La documentation est sous `/docs`.",
    f"A parameter of the address does not have the expected form. {NOTHING_SENT.english} See `/docs`.",
)
PEOPLE: Final = Words(
    f"Le registre des personnes ne répond pas ; sans lui, nul ne passe. {NOTHING_SENT.french} Réessayez dans quelques "
    "instants, ou prévenez la direction des systèmes d’information.",
    f"The register of people does not answer; without it, nobody passes. {NOTHING_SENT.english} Try again in a moment, "
    "or tell the IT department.",
)
QUOTA: Final = Words(
    f"Le compteur des quotas ne répond pas. {NOTHING_SENT.french} Réessayez dans quelques instants.",
    f"The quota counter does not answer. {NOTHING_SENT.english} Try again in a moment.",
)
READING: Final = Words(
    "La vérification des pratiques interdites ne fonctionne pas en ce moment ; sans elle, rien ne sort. "
    f"{NOTHING_SENT.french} Réessayez dans quelques instants, ou prévenez la direction des systèmes d’information.",
    "The check for forbidden practices does not work at the moment; without it, nothing leaves. "
    f"{NOTHING_SENT.english} Try again in a moment, or tell the IT department.",
)
MASKING: Final = Words(
    "Le masquage des données de patients ne fonctionne pas en ce moment ; sans lui, rien ne sort. "
    f"{NOTHING_SENT.french} Réessayez, ou prévenez la direction des systèmes d’information.",
    "The masking of patient data does not work at the moment; without it, nothing leaves. "
    f"{NOTHING_SENT.english} Try again, or tell the IT department.",
)
AUDIT: Final = Words(
    "Le journal ne peut pas être écrit ; sans lui, aucune réponse n’est délivrée. Réessayez, ou prévenez la direction "
    "des systèmes d’information.",
    "The journal cannot be written; without it, no answer is delivered. Try again, or tell the IT department.",
)
PROVENANCE: Final = Words(
    "La réponse n’a pas pu être marquée comme produite par une IA ; elle n’est donc pas délivrée. Réessayez, ou "
    "prévenez la direction des systèmes d’information.",
    "The answer could not be marked as made by an AI; it is therefore not delivered. Try again, or tell the IT "
    "department.",
)
TIMEOUT: Final = Words(
    "Le modèle n’a pas répondu à temps. Il n’a reçu que du texte masqué selon la charte. Réessayez, avec un texte plus "
    "court s’il est long.",
    "The model did not answer in time. It received only text masked as the charter asks. Try again, with a shorter "
    "text if it is long.",
)
REFUSED_UPSTREAM: Final = Words(
    "Le serveur du modèle a refusé la demande ou a donné une réponse inutilisable. Il n’a reçu que du texte masqué "
    "selon la charte. Réessayez, ou choisissez un autre modèle dans la liste des modèles autorisés.",
    "The model’s server refused the request or gave an unusable answer. It received only text masked as the charter "
    "asks. Try again, or choose another model from the list of allowed models.",
)
UPSTREAM: Final = Words(
    "Le modèle n’a pas donné de réponse utilisable. Il n’a reçu que du texte masqué selon la charte. Réessayez, ou "
    "choisissez un autre modèle dans la liste des modèles autorisés.",
    "The model gave no usable answer. It received only text masked as the charter asks. Try again, or choose another "
    "model from the list of allowed models.",
)
UNSAFE: Final = Words(
    "Le modèle a glissé dans des données destinées à un programme un mot de passe ou une clé que la demande ne "
    "contenait pas ; la réponse n’est pas délivrée, et ce qui en est déjà arrivé est à jeter sans s’en servir. "
    "Réessayez ; si cela se répète, prévenez la direction des systèmes d’information.",
    "The model put into data meant for a program a password or a key that the request did not hold; the answer is not "
    "delivered, and what has arrived of it already is to be discarded unused. Try again; if it happens again, tell the "
    "IT department.",
)
NO_REFUSAL: Final = Words(
    "Aucun refus ne peut être contesté ici sous cette référence avec cette clé ; un refus se conteste dans les {days} "
    "jours, avec la clé qui l’a reçu.",
    "No refusal can be contested here under this reference with this key; a refusal is contested within {days} days, "
    "with the key that received it.",
)
CONTESTED: Final = Words(
    "Ce refus est déjà contesté ; le référent l’examine.",
    "This refusal has already been contested; the contact is looking into it.",
)
WHOSE: Final = {
    "key": Words("cette clé", "this key"),
    "service": Words("votre service", "your service"),
    "use": Words("cet usage", "this use"),
}
SPENT: Final = {
    (unit, holder): Words(
        f"Le quota de {what.french} par minute de {whose.french} est atteint. {NOTHING_SENT.french} Réessayez dans "
        "{seconds} s.",
        f"The allowance of {what.english} per minute of {whose.english} is used up. {NOTHING_SENT.english} Try again "
        "in {seconds} s.",
    )
    for unit, what in (("tokens", Words("jetons", "tokens")), ("requests", Words("demandes", "requests")))
    for holder, whose in WHOSE.items()
} | {
    ("concurrent", holder): Words(
        f"Trop de demandes de {whose.french} attendent déjà une réponse. {NOTHING_SENT.french} Réessayez dans "
        "{seconds} s.",
        f"Too many requests of {whose.english} already wait for an answer. {NOTHING_SENT.english} Try again in "
        "{seconds} s.",
    )
    for holder, whose in WHOSE.items()
}
"""By what is counted, and whose allowance it is."""
STOPPED: Final = Words(
    "Ce que vous demandez est arrêté pour le moment. Faites cette tâche sans IA, et renvoyez votre demande à la "
    "reprise.",
    "What you ask for is stopped for now. Do this task without AI, and send your request again once it resumes.",
)
WHAT_STOPPED: Final = Words("Arrêt en vigueur : `{target}`", "In force: a stop of `{target}`")
UNTIL: Final = Words(", jusqu’au {until}", ", until {until}")
STOPPED_ALREADY: Final = Words(
    "Ce système est réellement arrêté ; un exercice le rouvrirait. Remettez-le d’abord en service.",
    "This system is really stopped; a drill would open it again. Resume it first.",
)
SYSTEMS: Final = Words(
    "Ce changement n’a pas pu être inscrit. Un arrêt vaut dès maintenant sur cette passerelle, et peut manquer aux "
    "autres ; une remise en service n’a pas eu lieu. Recommencez, et prévenez la direction des systèmes d’information.",
    "This change could not be recorded. A stop holds on this gateway from now on, and may be missing on others; a "
    "resumption has not happened. Try again, and tell the IT department.",
)
LEAVING: Final = Words(
    "La passerelle s’arrête, pour une mise à jour ou un entretien, avant la fin de cette réponse. Ce qui en est déjà "
    "arrivé est à jeter. Renvoyez votre demande dans quelques instants.",
    "The gateway stops, for an upgrade or maintenance, before the end of this answer. What has arrived of it is to be "
    "discarded. Send your request again in a moment.",
)
MASKING_FULL: Final = Words(
    f"Trop de textes attendent d’être masqués. {NOTHING_SENT.french} Réessayez dans {{seconds}} s.",
    f"Too many texts wait to be masked. {NOTHING_SENT.english} Try again in {{seconds}} s.",
)
UPSTREAM_FULL: Final = Words(
    "Le serveur du modèle est saturé ou à l’arrêt ; aucune réponse n’a été produite. Réessayez dans {seconds} s.",
    "The model’s server is saturated or down; no answer was made. Try again in {seconds} s.",
)
OUTBOUND: Final = Words(
    "Le guichet du filtrage ne peut rien lire ni enregistrer en ce moment. Réessayez dans quelques instants, ou "
    "prévenez la direction des systèmes d’information.",
    "The desk of outbound filtering can read and record nothing at the moment. Try again in a moment, or tell the IT "
    "department.",
)
OUTBOUND_PACE: Final = Words(
    "Trop d’envois en une heure depuis ce poste ou avec cette clé ; celui-ci n’a pas été enregistré. Réessayez dans "
    "{seconds} s, ou adressez-vous au contact.",
    "Too many forms within an hour from this computer or with this key; this one was not recorded. Try again in "
    "{seconds} s, or turn to the contact.",
)
NO_ADDRESS: Final = Words(
    "Cette adresse n’existe pas sur cette passerelle ; rien n’est relayé vers le modèle.",
    "There is nothing at this address on this gateway; nothing is relayed to the model.",
)
NO_METHOD: Final = Words(
    "Cette adresse n’accepte pas cette méthode HTTP.", "This address does not accept this HTTP method."
)
NOT_UNDERSTOOD: Final = Words("Cette requête n’est pas comprise.", "This request is not understood.")
