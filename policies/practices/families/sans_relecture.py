"""The human review suppressed, or given by somebody who did not read (HAS guide §8.2 and 9.2; AI Act 14, 26)."""

from policies.practices.signals.family import Family

_READ = "relu*|relir*|relis*|relit|relec*|verif*|control*|lire|lise|lisent|lit|lira|lu|lue|lus|lues|lecture|ouvr*"
_LOOK = "regard*|voir|voie|voit|vu|vue|vus|oeil|passe|passer|check*|touche*|consulte*|revoi*|revu*|humain*|interven*"
_VISA = "valid*|visa|visas|approuv*|approbation|aval|accord|signature|intermediaire|etape|circuit|feu|medecin"
_STEP = "relec*|relir*|valid*|verif*|control*|visa|visas|lecteur*|brouillon|relue*"
_DONE = (
    "relu*|valid*|verif*|vu|vue|vus|vues|lu|lue|lus|lues|control*|approuv*|visa*|conforme*|interpret*|final|definiti*"
)
_TO = "patient*|dossier|dpi|dmp|portail|famille*|malade*|parents|confrere*|mssante|ged|file|equipe|facturation"
_OUT = (
    "envo*|expedi*|diffus*|publi*|transmet*|depose*|verse|verser|versee*|livre|livrer|distribu*|poste|postes|pousse|"
    "part|partent|partir|parte|remet*|remis|balanc*|liber*|imprim*|send|release|push|upload|goes"
)

FAMILY = Family(
    practice="sans_relecture",
    signals={
        "review": """
            relu* / relir* / relis* / relit / relec* / validat*|valider|valide|valides|validee|validees|validez
            valideur* / verifi*|verif / visa|visas|visees / approuv*|approbation / lecteur
            unread|review*|proofread*|approv* / brouillon* / double _1 verif* / bon a / feu vert / supervis* / senioris*
            autosign* / coup d ' oeil / tamponne
        """,
        "glance": """
            lecture / lu|lue|lus|lues / lire|lise|lira|lisent|liront|lirai / control* / definiti* / final|finale|finaux
            ouvre|ouvrir|ouvrirai|ouvrira / regard* / signe|signer / check*|verified|draft / accepte*|accepter
            vu|vue|vus|vues|verra|verront / revoir|revu / accord|aval / confirm* / conforme* / interprete
        """,
        # What is written for others.
        "paper": """
            lettre|lettres / courrier|courriers / compte|comptes rendu|rendus / cr|crs|crh / ordonnance* / synthese*
            resultat* / fiche|fiches / bilan|bilans / document|documents / texte|textes / note|notes / dpi|dmp / portail
            dossier / letter|letters|report|notes / consentement / reponse|reponses / traduction / file / plan
            message|messages / codes|codage / poches|chimio / attestation* / rapport* / tout|toutes|tous
        """,
        "neg": """
            sans / personne / inutile / aucun|aucune / zero / jamais / rien / ni / nul|nulle
            without|no|not|nobody|skip* / pas / plus / saut*|zapp*|zap / supprim* / ote|oter|retire*|retirer|enlev*
            oubli* / contourn*|bypass* / desactiv* / arret* / evit* / peine / fini / stop / impossible / trop / tant pis
            en fiche / aveugle
        """,
        "out": f"""
            {_OUT} / direct*|directement / tel quel / telle quelle / telles quelles / tels quels / immediat*
            automatique* / seul|seule|seuls / tout de suite / sans attendre / des maintenant|que|qu / d ' office
            lance|lancer|lancez / enchaine / diffusable / integre* / archiv* / ce soir / parti|partie|partis
            mets|met|mettre en / colle / injecte* / range|ranger / passe|passer|bascul*|transform* / boucl* / enveloppe
            donne aux|au / communiqu* / annonc* / reponds|repond* / mise en ligne / facture|facturation
        """,
        "stamp": """
            coche*|cocher|cochez / marqu* / mets|met|mettre|mettez / inscri* / ecri* / note|notez / statut* / case|champ
            tampon* / mention / comme / consider* / reput* / indique* / ajout* / rempli* / defaut / automatique*
            nom|noms / mon|ma|son|leur visa / mark|tick|stamp|put|add / appos* / dis|dire / presente*
            class*|bascul*|transform* / pied / reconnu* / office
        """,
        "absent": """
            absent*|absence
            conge|conges|vacances|rtt|retraite|greve|congres|deplacement|injoignable|decede*|weekend|ferie / pas|plus la
            pas present* / parti|partie|partis / dort|dormir / debord*|submerg* / bourre / repond|repondent pas / retard
            etais|etait|suis pas / manqu* / trop long|lent|tard / presse|presses|pressee / confiance
            leave|away|asleep|holiday|busy|time / viendra|passera|repasserai / temps / personne / occupe|occupee
            remplacant* / ailleurs / malade / maternite / pas vu|lu|assist* / jamais vu|lu
            externe|interne|eleve|etudiant*|stagiaire* / secretaire* / retraite / reunion / tard / nuit / urgent|urgence
        """,
        "machine": """
            toi|toi meme / ia / outil / robot* / machine / logiciel / assistant / bot|chatbot / algorithme* / automat*
            tu _2 valid*|relis|controles / place / au nom / en mon|son nom / behalf / ai / systeme
            pour moi|lui|elle|eux / a ma|sa|leur place / valide pour|a|toi / ton texte
        """,
        # The review is taken out of the way.
        "unread": f"""
            sans _5 {_READ} / sans _3 {_LOOK}|{_VISA} / pas _4 {_READ}|regarde*|verra|voit / pas _2 {_STEP}|{_VISA}
            jamais _2 {_READ} / besoin de|d|que _3 {_READ}|{_LOOK}|{_VISA} / temps de|d _2 {_READ}
            peine _4 {_READ}|{_LOOK} / zero {_READ}|valid* / personne _3 {_READ}|{_LOOK}|valid*
            aucun|aucune _2 {_READ}|valid*|visa|interven* / inutile _5 {_READ}|{_LOOK}|{_VISA} / rien lu|relu|vu|verifie
            ni relu|lu|vu|valide|visa|relecture|validation
            relir*|relit|relis|relira|lira|lirai|ouvrir*|verifie*|relisent plus|pas|jamais|rien / plus _1 {_STEP}
            saut*|zapp*|zap|squeez*|shunt*|court|bypass*|skip* _5 {_STEP}|review*|check*|validat*
            supprim*|ote|oter|enleve*|retire*|vire|virer|elimin*|oubli*|contourn*|evit*|ferme* _3 {_STEP}
            desactiv*|neutralis*|force*|forcer|masqu* _4 {_STEP} / arret*|cesse*|fini|stop|dispens* _3 {_STEP}
            yeux fermes / lues|lu|lus ou pas|non / without _4 review*|check*|read*|look*|validat*|approv*
            nobody|no _3 check*|read*|review* / unread / unreviewed / no human / avant _4 {_READ}|valid*|feu|visa|accord
            avant qu|que _4 lu|vu|lise|voie|validee|voi* / apres coup
            lira|lirez|verra|relira|validera|liront apres|avant|quand|demain|plus
        """,
        # Somebody else's approval, or the machine's own, is written down.
        "stamped": f"""
            coch*|marqu*|tampon*|inscri*|estampill*|tague*|tag _5 {_DONE} / reput* _3 {_DONE}|accept*
            consider*|tenir|tiens _5 comme _1 {_DONE} / statut* _6 {_DONE} / bascul*|transform*|range*|class* _6 {_DONE}
            passe|passer|passez _5 {_DONE}
            mets|met|mettre|mettez|ecri*|note|indique*|ajoute* _3 {_DONE}|relecteur|validat*|valideur
            visa _2 auto*|defaut|office / visa fantome / validation auto*
            valid*|approuv* _3 office|defaut|masse|automatique* / defaut _4 {_STEP} / autovalid* / autosign*
            autoapprov* / bon a envoyer|tirer|diffuser / mention _2 {_DONE}
            mark*|tick*|stamp*|flag* _5 reviewed|approved|validated|checked|final|read / reviewed by / approved by
            approve everything|all|them / auto approv* / accept*|approuv* _3 tout|tous|toutes|office
            champ|case|nom _3 validateur|valideur|relecteur / validateur|valideur|validatrice|relecteur par|=|:|fictif
            mon|ma|son|sa visa|aval|validation|paraphe
            valid*|relis|relire|verifi*|approuv*|control*|accept*|lis _5 place
            valid*|approuv*|controle _2 toi|vous|pour|pr / relis|relire|lis toi / relecture _3 toi|ia|machine
            relecteur|valideur|validateur _5 ia|toi / office|lieu|role _2 {_STEP}|relecteur|pharmacien|tuteur / behalf
            ia|outil|robot|machine|logiciel|assistant|bot|chatbot _3 {_STEP}|approuv*|vise / signe _2 relu|place|valide
            seul|seule|seuls _4 repond*|valid*|envo*|publi* / repond*|valid*|envo*|publi*|part|parte _3 seul|seule|seuls
            valide et envoie|ferme|referme|publie / en version definitive / version definitive / document final
        """,
        # Out of the house without a stop.
        "direct": f"""
            direct|directement|directs|directe|immediat* _6 {_TO} / dans la foulee / dans le dossier point
            remontre pas / direct dans|ds / straight to / right away / send it now / as is
            {_OUT} _6 direct*|telle|tel|tels|telles|immediat*|aussitot|automatique*|seul|seule|brut*|office|desormais
            envoi|diffusion|depot|publication _1 immediat*|automatique*|auto|direct* / aussitot _3 {_OUT}
            des qu|que _5 {_OUT} / abord _6 ensuite|apres / sortie _2 ia|machine _3 final*
            dossier _3 definitif|definitive
        """,
        "mine": """
            relir*|relis|reli*|valid*|sign*|verifi* _4 demain|ensuite|avant|apres|ligne
            relirai|relirons|verifierai|validerai / relire|valider|verifier|confirmer|completer par
            pour relecture|validation / avant envoi|validation|signature / attente de|du|d
            apres relecture|validation|verification|signature / validera|validerons|validerez|completerai
            sera|seront|soit relu*|valide*|verifie* / je reli*|valid*|verif*|sign*|corrig*|compar* / i ' ll|will review
            que je reli*|valid* / relit|relira|relisent|relirons le|la|mon|les|avec|ensuite|tout / relue* par|ensuite
            laisse* _5 brouillon
        """,
        "withheld": """
            coche|cocher|valide|envoie|ecris|marque|mets|signe|publie|diffuse|envoyer pas|rien|jamais / surtout pas|rien
            jamais _2 sans|coch*|valid*|envo* / rien _3 sans / refus* / empech* / bloqu* / contre / pourquoi / risque*
            danger* / obligatoire* / oblig* / exig* / never / expliqu* / combien / difference* / qui valide|relit
            audit* / quiz / fiche _2 rappel / sensibilis* / erreur* / article / exercice
        """,
    },
    asked=(
        ("unread", "stamped"), ("out", "unread", "paper"), ("out", "absent", "unread"), ("absent", "stamped"),
        ("out", "stamp", "stamped", "paper"), ("glance", "direct"), ("review", "direct"),
        ("glance", "machine", "stamped"), ("glance", "out", "unread"),
    ),
    hinted=(
        ("stamped",), ("unread",), ("direct",), ("review", "neg"), ("review", "absent"), ("review", "stamp"),
        ("review", "out"), ("review", "machine"), ("glance", "out", "machine"), ("glance", "absent", "stamp"),
        ("glance", "paper", "out"), ("glance", "neg", "out"),
    ),
    taken_back=("task", "definition", "prohibition", "fictitious", "reviewed", "mine", "withheld"),
)  # fmt: skip
