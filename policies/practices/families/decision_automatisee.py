"""Leaving a decision about a patient to the machine (GDPR 22; code de la santé publique R. 4127-5; HAS guide §8)."""

from policies.practices.signals.family import Family

_DECIDE = (
    "decid*|decision*|tranch*|arbitr*|statu*|juge|juger|juges|jugera|choisi*|choix|valide|valider|valides|validera|refus*|"
    "accord*|autoris*|accept*|rejet*|recus*|prononc*|conclu*|verdict*|determin*|approuv*|octroi*|opt*|entre|impos*|fix*|"
    "oriente*|attribu*|annul*|clo|clos|cloture*|renouvel*|reconduis|prolong*|lev*|admet*|fera|dira|dis|dit|dire|pos*|rend*"
)
_ORDER = (
    "decide|decidez|decides|tranche|tranchez|arbitre|arbitrez|statue|statuez|prononce|choisis|choisissez|selectionne|"
    "refuse|refusez|accepte|acceptez|accorde|accordez|autorise|autorisez|rejette|rejetez|approuve|approuvez|"
    "valide|validez|annule|annulez|recuse|decrete|ordonne|impose|opte|juge|jugez|admets|oriente|orientez|leve|prolonge|"
    "renouvelle|reconduis|arrete|hospitalise|transfere|determine|conclus|maintiens|suspends|endosse|acte"
)
_MACHINE = (
    "ia|machine|robot*|algorithme*|algo|outil|assistant|bot|chatbot|modele|logiciel|automate*|systeme|appli|application|"
    "agent|ordinateur|ordi|borne|moteur|programme|script|intelligence|ai|model|software|llm|gpt|plateforme|tablette"
)
_CARE = (
    "admission*|admis|admise|entree*|entrant*|sortie*|sortir|sorti|sort|sorte|retour|transfert*|transfer*|hospit*|hospi|rea|"
    "reanim*|usc|usic|urgences|ehpad|ssr|smr|had|umd|psychiatrie|ambulatoire|palliati*|limitation*|lata|arret*|poursui*|"
    "dialys*|epuration|ventil*|intub*|extub*|tracheo*|sonde|nutrition|gastrostomie|contention*|isolement*|transfu*|greff*|"
    "chimio*|immunotherapie|radiotherap*|antibio*|anticoag*|morphin*|sedation|cesar*|cesarienne|ivg|img|interruption|oper*|"
    "chirurg*|bloc|interven*|amput*|prelevement|vaccin*|traitement*|soin*|prise|suivi|permission*|lit|lits|place|domicile|"
    "orient*|irm|scanner|scan|biops*|examen*|consult*|rdv|rendez|patient*|malade*|resident*|pensionnaire*|mme|mineur*|"
    "discharge*|admit*|icu|bed|treatment|surgery|surgical|dnr|resus*|feeding|restrain*|ward|therapy|ambulance*|brancard*|"
    "transport*|ordonnance*|dose|perf*|cathet*|perfusion|catheter|inscription|prothese|pacemaker|stent*|thrombolys*"
)

FAMILY = Family(
    practice="decision_automatisee",
    signals={
        # The decision is the machine's.
        "handed": f"""
            tu|vous _3 {_DECIDE}|gardes|laisses|envoies|arretes|opere* / tu|vous pens*|estim*|voyez|sens|sentez
            {_ORDER} toi|tu / toi de|qui|seul|meme / toi - meme / c ' est toi / a toi / toi _3 {_DECIDE}
            ta|ton|votre|tes|vos decision*|choix|verdict*|arbitrage*|reponse|sentence
            ta|ton|votre|tes|vos jugement|avis|seul|seule|mot|oracle|position
            ta|ton|votre ordre*|consigne*|parole|feu|conclusion*|orientation|bon / your call|decision|answer
            {_ORDER} _4 place|nous|moi|lui|eux|seul|seule|meme / ma|notre|sa|leur place
            {_MACHINE} _6 {_DECIDE}|repond*|trie / {_MACHINE} seul|seule|lui|elle
            confi*|deleg*|remet*|remis|abandonn* _4 {_MACHINE}|toi / m|nous ' en remet* / remet* a|en toi|vous
            responsabilite / souverain* / sole authority / you decide|pick|choose|call / decide for|whether|if
            make the call|decision / que tu juges|decides|dis|diras|choisis|estimes|veux
            ton|votre arret|oui|non|ok|mot|accord|aval|visa|choix|diagnostic|tri|sens
            ta|votre propre|logique|lecture|main / agis|agir|agissez|act en|comme|as / sois|soyez l|le|la / qualite de
            pouvoir d|de / deliber* / dernier mot / autorite / whatever you / sans nous demand* / propre initiative
            par l|la|le|un|une _1 {_MACHINE}
        """,
        # An order to decide, whoever obeys.
        "order": f"""
            {_ORDER} si|entre|pour|de|d|la|le|l|les|son|sa|ses|cette|ce|ou|et|ou|du|qui|lequel|laquelle|-
            donne|donnez|pose|prends|prenez|prend|rends|ecris|inscris _3 decision
            donne* _3 feu|verdict|autorisation|accord|reponse|aval / fais|faites|fait le|un|ton choix
            choix|decision final* / donne raison / deliber* / regle|reglez le|la|les / bloque ou|et|_ / conclus
            indiqu* _2 si|sans / reponds|repondez oui|non|par|_ / statu* sur / faut il / on continue|arrete|fait quoi
            decision ferme|claire|finale|immediate / ta decision / decision de _2 que tu / tranche* / decide* / or not
            verdict / arbitrage|decision|reponse _3 attendu* / feu vert / donne suite
        """,
        # Alternatives to choose from.
        "either": f"""
            oui ou non / oui _ non / yes or no / yes _ no / go or no / go _ no / or not / ou pas ? / ou non ? / ou pas
            ou non / garde* _4 ou _3 renvo*|sort*|laiss*|rentre* / accord* ou|et refus*|rejet* / ou on
            accept* ou|et|_ rejet*|refus* / soit / admit vs|or / tu l ' {_ORDER}|accordes
            on|je la|le|les opere|garde|arrete|transfere|admet|sort
            on|je la|le|les laisse|fait|passe|hospitalise|intube|branche|renvoie
            on|je intube|continue|transfuse|dialyse|reanime|pose|poursuit / apte|inapte ou|et|_ / oui , non / go ?
            ou|et maintien*|abstention|abstenir|abstien* / ou _2 renvo*|retour|dehors|rentr* / accordes|accord ou
            yes or / whether to|or / seul mot / ou _3 {_CARE}
        """,
        # Nobody will look at it again.
        "followed": """
            suivra|suivrai|suivrons|suivent|suivre _3 ta|ton|tes|reponse|lettre|choix|aveugle*
            appliqu* _4 lettre|reponse|decision|tel|sans|direct*
            appliquera|appliquerai|appliquerons|appliqueront|jappliq* / applique|appliquons|appliques|applique*
            execute*|executer* / j ' agi* / obei* / opposable* / definitif|definitive / sans appel / final / finale
            sans ouvrir / sans controle / sans avis / sans medecin / sans intervention / plus personne
            pas|plus le temps / injoignable* / debord* / tamponn* / ca part|partira / dans l ' heure|minute
            nul besoin / pas besoin / inutile de / plutot que / tiendr* _3 / s ' y tiendra / qu ' on en finisse
            executoire* / obligatoire pour / fais|faisons confiance / suffit|suffira / nous valid*
            sera _2 coche*|applique*|suivi*|notifi* / quiconque / sans y revenir / sans que / sans qu
            personne n|d|ne|autre / s ' y conform* / je le|la|l|les fais|mets|renvoie|envoie|passe|laisse|sors
            on le|la|l|les fait|met|renvoie|envoie|passe|laisse|sort|interrom* / nobody else / proceed / accordingly
            trop tard / dans _ min|minutes|mn / ce soir / moi je / i ' ll / go with / no hedging / nobody
            on fait|fera ce|comme / non modifiable / si tu dis / chaque matin|nuit / office / direct* / toute seule
            seul / seule / lui - meme
        """,
        "you": "tu / toi / ta / te / tes / ton / you / your / t ' / vous / votre / kestu / jte",
        "machine": _MACHINE.replace("|", " / "),
        "verb": _DECIDE.replace("|", " / "),
        "question": f"{_CARE} ? / faut _4 {_CARE} / or not / ou pas / {_CARE} , oui|non",
        "care": _CARE.replace("|", " / "),
        "withheld": """
            ne _3 decid*|tranche*|prononc*|conclu*|choisi*|valid*|refus*|dis|dit pas|rien|jamais|aucun*
            sans conclure|trancher / sans decider|choisir|dire / surtout pas / rien d ' autre
            laisse* _4 vide|blanc*|libre / a completer / je ne veux que / uniquement / ne change / ne modifie
            pas de decision|conclusion / seulement / ni ne / discuter / hypothes*
        """,
        # People decide, or have decided.
        "human": """
            decide|decidera|choisit|choisira|tranche|tranchera|decident|decideront avec|ensuite|demain|lundi
            medecin*|chirurgien*|chef|comite|equipe|commission|senior* _2 decid*
            je|j _2 decide|decidais|decidee|decide / dr _ a
            decid*|decision*|accept*|refus* _3 par|de|du|avec le|la|l|les|dr|un|une / j ' ai decide|refuse|accepte
            qui decide / who decid* / team|doctor decid* / avant de decider / attends|attend son|l / au medecin
            il|elle|dr valid* / il a dit / je decide / deja decid* / deja pris*
        """,
        # A text about it.
        "document": """
            explique* / affiche* / slogan* / diapo* / phrase / texte|paragraphe|encadre|article qui|pour|sur / livret
            fiche / panneau / video / charte / comment / pourquoi / quels|quelles / references / recommandations / loi
            juridique / legal* / litterature / criteres / definition / indicateur* / audit / certification / essai
            dissertation / test / code / coder / cotation / pieces / documents / qui peut / what / how / atelier
            cas clinique|fictif / trame / ordre du jour / exemple* / vignette* / questions
            lettre de|d|du|au|aux|pour|type|suivante / mail a / mes notes / dictee / poliment / plus court / style
            mots / draft / write a|an|the|up / reformul* / simplifi*
            mets|mettre au|en propre|page|forme|phrases|francais / corrige|corriger / traduction* / traduis*
            translat* / liste|listes les|des|moi|toutes|tous / tableau / resume / definition* / c ' est quoi
            difference* / difference / expliquer / slide* / poster / modele de / plan de / note a|aux / article
            compte rendu / fais un|une fiche|note|mail|message|phrase|texte|resume|affiche|quiz|plan / titre / rappelle
            anglais / fautes / propre / idees / paragraphe / court / clair / simple / source* / faq / interdit / dit "
        """,
        "daily": """
            sandwich* / pot / cadeau* / salle / reunion / traiteur / titre / police / couleur* / visiteur*
            commercial* / budget / achat* / fournisseur* / logo / mobilier / menu / repas / formation / conges
            intranet / photo*
        """,
    },
    asked=(
        ("handed", "order", "followed"), ("handed", "order", "you"), ("handed", "order", "care"),
        ("handed", "either", "followed"), ("handed", "either", "you"), ("handed", "either", "machine"),
        ("handed", "followed", "care"), ("handed", "you", "care"), ("order", "either", "followed"),
        ("order", "either", "machine"), ("order", "either", "verb"), ("order", "followed", "you"),
        ("either", "followed", "you"), ("either", "followed", "question"), ("either", "you", "care"),
        ("either", "verb", "question"), ("you", "verb", "question"),
    ),
    hinted=(
        ("handed",), ("order", "followed"), ("order", "care"), ("either",), ("followed", "you", "care"),
        ("followed", "machine"), ("followed", "verb", "care"), ("you", "verb"), ("you", "question"),
        ("machine", "verb", "care"),
    ),
    taken_back=(
        "procedure", "prohibition", "fictitious", "reported", "reviewed", "wording", "withheld", "human",
        "document", "daily",
    ),
)  # fmt: skip
