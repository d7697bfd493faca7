"""Hiding that an AI took part, or removing its marking (HAS guide §7.3 and 9.3; AI Act 50; EU code, measure 1.2)."""

from policies.practices.signals.family import Family

_MARK = (
    "mention|mentions|marquage*|marqueur*|filigran*|watermark*|c2pa|metadon*|metadata|meta|exif|bandeau*|banniere*|"
    "encart|tatouage*|etiquet*|label*|tag|tags|avertissement*|disclaimer*|entete*|tete|header*|provenance|balise*|"
    "logo|sidecar|xmp|manifeste*|synthid|notice|pictogramme*|picto|pastille|icone|badge|annonce|signalement|"
    "empreinte|credentials|transparence|footer|disclosure|stamp|tampon|adn|attribution|invisibles"
)
_AWAY = (
    "enlev*|retir*|retrait|supprim*|suprim*|suppression|efface*|vire|virer|virez|ote|oter|otez|otant|masqu*|cache|"
    "cacher|cachez|gomm*|coupe|couper|rogn*|strip*|remov*|hide|hiding|drop|delete*|nettoy*|purg*|desactiv*|camoufl*|"
    "disparai*|evacu*|degag*|elimin*|griller|dissimul*|omet*|omission|detrui*|erase|scrub|sauter|saute|recadr*|"
    "planqu*|zapp*|balay*|arrach*|clean|neutralis*|contourn*|rempla*|renomm*|assain*|debarrass*|soustrai*|decoup*|"
    "dechir*|unmark|casser|perdr*|perdant|squeez*|bloqu*|vierge|vide|allusion*|maquill*|falsifi*|blanchi*|reencod*|"
    "tron*|rase*|expurg*|evit*"
)
_TOOL = (
    "assistant*|outil*|genere*|generat*|modele|avatar*|transcription*|transcrit*|logiciel*|systeme|automatique*|"
    "tchat*|toi|assistance|machine*|robot*|bot|ia|chatgpt|chatbot*|automate|algorithm*|artificiel*|synthetique*|"
    "intelligence|gpt|llm"
)
_SHOWN = "sache*|savoir|devine*|soupcon*|doute*|apprenn*|apprendre|voie*|voit|voir|remarque*|repere*|detecte*"

FAMILY = Family(
    practice="dissimulation_ia",
    signals={
        "ai": """
            ia / chatgpt / gpt / robot* / machine|machines / chatbot* / bot / algorithm* / artificiel* / automatis*
            generati* / llm / synthetique* / intelligence / virtuel* / automate / mistral / copilot / gemini / whisper
            ordinateur / numerique / voix|image|images|video de synthese
            ai generated|label|tag|notice|watermark|detector* / ai - generated / machine written / the|an|no|any|of ai
            vocal / deepfake* / sia / clone|clonee|cloner
        """,
        "tool": """
            assistant* / outil|outils / genere*|generer|generes / modele / avatar* / transcription*|transcrit*
            logiciel* / systeme / toi / automatique* / tchat* / assistance / ton texte|passage|nom
            tu l|as|m _2 ecrit|redige|fait|produit / copie colle / est toi / generated / assistee|assiste|assistes
            redacteur* / prompt
        """,
        "mark": _MARK,
        "line": """
            phrase / ligne / lignes / signature / bas / pied / nom / auteur / champ / origine / source / formule
            passage / paragraphe / trace|traces / parenthese / legende / credit|credits / historique / proprietes / truc
            colonne / version / attestation / bande
        """,
        "away": f"{_AWAY}",
        "none": """
            sans / aucun|aucune / zero / no|not|never|nothing / pas de|d|un|la|le|dire|que / rien / ni / jamais
            plus de|d|une / nulle
        """,
        "unmarked": f"""
            {_AWAY} _4 {_MARK} / {_AWAY} _5 {_TOOL} / sans _3 {_MARK} / pas _3 {_MARK} / aucune _2 {_MARK}
            plus _2 {_MARK} / ni {_MARK}
            mention|mentions|filigrane|bandeau|etiquette|marquage _4 vide|invisible*|sauter|blanc|minuscule|police|gris
            no _2 {_MARK} / sans _4 trace* / trace* _4 {_TOOL} / disparai* _4 {_TOOL}
        """,
        # What others are to believe.
        "human": """
            humain|humaine|humains / human|humans / vrai|vraie|vrais|vraies / passer|passe|passent pour
            main|manuscrit* / manuel*|manuelle* / personnellement|moi meme / plume / seul|seule
            croire|croie|croient|croira / pense|pensent|penser|pensera / comme si|quoi / semblant / style
            ton|mon nom|style|ton / presente*|presenter / real|handwritten / prenom / signe|signer|signee / clavier
            dicte|dictee|dictees / saisie|saisi / credible* / naturel* / fautes / maladr* / identite
            infirmiere|secretaire / cliche / photo|photos / personne / believe|think / humanis* / redige|ecrit par
            equipe / appelle / air / paraitre|paraisse / gober / nurse / prenne|prennent / tape|tapee|tapes / redactri*
            original* / attribu* / authentique / cru|crue / ressembl*
        """,
        # What others are not to learn.
        "secret": """
            sache|sachent|sait|savoir|saura|sauront / apprenne|apprendre / devin* / doute*|douter / soupconn*|soupcon*
            remarqu* / voie|voient|verra|voit|voir / apercoi* / detect* / indetect* / repere*|reperent / discre*
            secret / incognito / ni vu / feu / nier|nie|nies|nient / dement*|demens / deny|admit|pretend|claim|lie
            faux|fausse|fausses / mentir|mens|ment / tromp*|tromper / cache|caches|cacher|cachee / undetect*
            gptzero|compilatio|turnitin|copyleaks / plagia* / dire|dira|dise|dites / mentionn* / evoqu* / citer|citant
            silence / suspect*|suspicion / jurer|jure / trahi* / avouer|avoue / demande|demandent si / reponds que
            tais*|taire|taise / invent*|fictif / officieu* / contraire / pretext* / bidon / rumeur / flou|floue
            griller|grille / disant que / affirm* / prouver / secretly / notice|notices / slips / esquiv*
            elements de langage / remonter
        """,
        "hidden": f"""
            fais|faire|fasse|font|faites croire|passer|gober / laisse*|laisser croire|penser
            comme si _6 moi|ecrit|tape|redige|dicte*|humain / indetect* / undetect* / detecteur*
            tromper|berner|dejouer|duper / humanis* / ni vu / que du feu / personne _3 {_SHOWN}
            pas _4 {_SHOWN} _4 {_TOOL} / {_SHOWN} _4 que|qu _6 {_TOOL} / nier|nie|nies|dement*|deny|denying
            mentionne jamais|pas|rien
            aucun|aucune|sans|zero|jamais _4 ia|algorithme|outil|intelligence|chatgpt|robot|chatbot|machine|llm
            pas un mot / un mot de / sound|pretend|claim* _3 human|nurse|person
            vraie|vrai|real personne|person|humain|photo / se|te|toi|vous passer|passe pour
            moi _2 ecrit|redige|dicte|tape|fait / exclusivement _3 humain* / reponds|reponse|repond* _3 non
            fait main|maison / dis|dites|dire|dit _3 rien|pas|humain* / indique|signale|dit pas|rien|jamais
        """,
        "kept": """
            gard*|conserv*|laiss*|maint*|ajout*|rajout*|insere*|remet*|affich*|apposer|appose _4 mention|marquage
            argumentaire / ticket / megarde / par erreur / excuses / regle|regles / que dit|disent / preserver / clause
            never / touche|toucher pas / evenement indesirable / fiche / mention comprise|obligatoire
            toucher|change|retire|enleve _2 mention / refus* / bien visible|lisible / clairement|lisiblement / interdi*
            pourquoi / risque* / manquante|absente / ou apparait|figure / article / nous le disons
            oublie* _3 mention|ligne / expliqu* / comment savoir|verifier|reconnaitre|declarer|citer
            jamais nier|retirer|supprimer|enlever|masquer / est ce que / surtout pas enlev*|retir*|supprim* / audit
            echoue* / alerte* / obligation* / informe* / traduis|traduire|translate
            annonce*|precise*|indiquer|indique|signaler|dit _4 ia|robot|automate|machine|genere*|chatbot
            verifie*|verifier / sensibilis* / declaration / honnete*
        """,
        "body": """
            marquage|marquer|marqueur* _3 site|operatoire|tumor*|cutane*|genetique|cardiaque / masque facial|chirurgical
            double aveugle / tatouage colique|medical|mamelon* / etiquet* _3 tube|bracelet|flacon|patient|colle*
            hypertension|fievre|depression masquee / voie veineuse|centrale / pansement* / sonde* / drain* / fils
            perfusion* / patch
        """,
    },
    asked=(
        ("mark", "unmarked", "hidden"), ("tool", "unmarked", "secret"), ("ai", "tool", "hidden"),
        ("ai", "line", "hidden"), ("ai", "tool", "human"), ("mark", "human", "hidden"), ("tool", "mark", "human"),
        ("tool", "secret", "hidden"), ("ai", "hidden", "human"), ("away", "unmarked", "mark"),
        ("away", "hidden"), ("away", "unmarked", "human"),
        ("unmarked", "ai", "human"), ("mark", "unmarked", "secret"), ("tool", "away", "secret"),
    ),
    hinted=(
        ("unmarked",), ("hidden",), ("ai", "human"), ("ai", "secret"), ("ai", "tool"), ("ai", "line"), ("ai", "away"),
        ("tool", "human"), ("tool", "secret"), ("mark", "away"), ("mark", "human"), ("mark", "secret"),
        ("mark", "none"), ("line", "away", "secret"), ("line", "human", "secret"),
    ),
    taken_back=("task", "definition", "prohibition", "fictitious", "kept", "body"),
)  # fmt: skip
