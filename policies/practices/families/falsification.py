"""Falsifying, inventing or antedating a record (CSP R. 4127-28; code pénal 441-1 and 441-7; research integrity)."""

from policies.practices.signals.family import Family

_RECORD = (
    "dossier*|compte|cr|rapport*|fiche*|certificat*|certif*|note|notes|transmission*|trace|tracabilite|registre*|cahier|feuille*|"
    "courbe*|releve*|tableau|donnee*|date|dates|heure|heures|horaire*|examen*|consentement*|consultation*|visite|entretien|"
    "code|codage|diagnostic|signature*|emargement*|reference*|citation*|article|resultat*|chiffre*|valeur*|mesure*|dose*|"
    "constante*|temperature*|tension*|ta|poids|diurese|douleur|eva|score*|observation*|antecedent*|allergie*|chute|incident*|"
    "erreur*|evenement*|eig|plainte*|reclamation|audit|indicateur*|taux|enquete|questionnaire*|participant*|inclusion*|"
    "patients|cohorte|bras|pv|proces|vote|avis|facture*|attestation*|planning|presence*|formation*|stage|diplome*|controle*|"
    "checklist|check|prescription*|ordonnance*|administration*|soin|soins|lot|peremption|courrier|lettre|mail|temoignage*|"
    "historique|journal|log|bilan|analyse*|biopsie*|scanner|radio*|irm|surveillance|ligne*|passage|serologie|carnet|vaccin*|"
    "chart|record*|date|consent|data|results|notes|figure*|dataset|timestamp|log|report|photo*|seance*|acte*|compte-rendu|"
    "demande*|reunion|simulation|exercice|motif|sejour|entree|sortie|accouchement|naissance|intervention|crh|cro|crop|synthese"
)

_CHANGE = (
    "change|changez|changer|modifie|modifiez|modifier|remplace|remplacez|decale|decalez|decaler|avance|avancer|avancez|recule|"
    "reculer|corrige|ajuste|ajustez|ajuster|augmente|diminue|baisse|baisser|monte|descends|majore|minore|gonfle|gonfler|reduis|"
    "transforme|bascule|basculez|inverse|bouge|arrondis|lisse|retouche|adapte|arrange|rallonge|allonge|avancez|"
    "deplace|convertis|rectifie|rends|reprends|vieillis|move|adjust|alter|switch|tweak|shift|edit|round|swap"
)
_REMOVE = (
    "supprime|supprimez|supprimer|efface|effacez|effacer|enleve|enlevez|enlever|retire|retirez|retirer|gomme|gommez|gommer|ote|"
    "vire|virer|zappe|saute|sautez|ecarte|cache|cachez|cacher|camoufle|masque|masquez|passe|omets|omettre|oublie|tais|elimine|"
    "coupe|minimise|attenue|adoucis|edulcore|noie|enterre|delete|remove|hide|drop|omit|leave|erase|bury|exclus|exclure|disparaitre"
)
_WRITE = (
    "mets|met|mettez|mettre|ecris|ecrivez|ecrire|note|notez|noter|marque|marquez|indique|indiquez|inscris|inscrivez|ajoute|"
    "ajoutez|dis|dites|dire|precise|formule|mentionne|certifie|atteste|affirme|declare|coche|cochez|cocher|raconte|pretends|"
    "tape|rentre|saisis|remplis|remplissez|complete|completez|consigne|trace|fais|faites|write|put|say|state|add|fill|record|log"
)
_FACT = (
    "date|dates|heure|heures|horaire*|jour|jours|nom|age|poids|valeur*|chiffre*|resultat*|taux|score*|dose|doses|cause|motif|"
    "auteur|diagnostic|lateralite|cote|groupe|bras|participant*|patients|code|severite|gravite|duree|delai|temperature*|tension|"
    "saturation|constante*|reponse*|vote|avis|conclusion|signataire|effectif*|series|courbe*|total|montant|quantite|lot|note|"
    "gamme|kilometr*|time|timestamp|values|dates|weight|score|outcome|figure|data|number*|stade|grade|glasgow|eva|mmse|apgar"
)
_TROUBLE = (
    "allergie|chute*|erreur*|incident*|retard*|plainte*|passage|mention|ligne*|trace*|complication*|desaccord|reserve*|refus|"
    "excursion|alarme*|alerte*|douleur|escarre*|infection*|oubli|echec*|contre|exclu*|aberrant*|outlier*|negatif*|defavorable*|"
    "surdosage|conflit*|phrase|paragraphe|note|transmission|evenement*|panne|deviation*|nom|deces|perdus|points|accident|preuve*"
)

FAMILY = Family(
    practice="falsification",
    signals={
        # Making up, dating back, making disappear: words that say so.
        "forge": f"""
            invente|inventez|inventer|imagine|fabrique|recree _3 {_FACT}|consentement*|examen*|reference*|preuve*
            inventee , / bidonn*|trafique|trafiquer|truque|truquer|maquill*
            falsifie|falsifier|antidate|antidatee|antidater|postdate*|retrodat* / toutes pieces / backdat* / vieillir
            vieillis / rajeuni* / date|datez|dater _4 avant|hier|veille|dernier*|derniere|anterieur*|lundi|mardi
            date|datez|datee|datees|dater du|de|d|au|a _2 semaine|mois|hier|mars|janvier|dernier*
            anterieur*|anterieure a|au
            comble|comblez|combler|bouche|bouchez|boucher|lisse|lissez|lisser les|ces|la|le|l|mes / retroactiv*
            apres coup / comme si / fais|faites|faire croire / croire que|qu / croie|croient / plausible*
            vraisemblable* / credible* / coherent|coherents|coherentes / pif / hasard / tiennent|tienne la route
            discret* / fais|faites|faire|fasse disparaitr*|remonter|baisser / camoufle / sans laisser _1 trace|marque
            air vrai|authentique|naturel|vraie|vrais / air authentique*|vrai* / inexistant* / make up / fake / tweak
            falsif* / plausible / retouch* / gonfle|gonfler|gonflez les|la|le|nos / enjoliv* / arrondis|arrondir
            duplique* / reecri* l|le|la|les|mes _1 histoire|dossier|note|notes|trace / prouve|prouvant|prouver qu|que
            preuve qu|que
        """,
        # A fact is altered, or left out, on order.
        "tamper": f"""
            {_CHANGE} _3 {_FACT} / {_REMOVE} _3 {_TROUBLE} / mets|met|mettez|mettre|ecris|ecrivez|note|notez _1 que|qu
            dis|dites que|qu _4 ete|etait|avait|avons|etaient|ont|a / {_WRITE} _5 partout
            {_WRITE} _3 fait|faite|acquis|conforme*|normal*|ras|realise*
            {_WRITE} _3 vaccin*|present|presente|presents|favorable|negatif|positif
            coche|mets|ecris|cochez _2 oui|non|tout|toutes
            mets|met|mettez|note|ecris|affiche|affichee|ramene|remonte|redescends|rentre _2 0|00|000
            remplis|remplissez|complete|completez|comble|ajoute _3 trou*|vide*|blanc*|manquant*|null / quand meme
            fais|faites|faire _2 remonter|baisser|bouger|disparaitre|vieillir|rentrer / dater|date|datez _4 du 0|00
        """,
        # What it has to say.
        "must_say": """
            dis|dites|dire que|qu / change the|it|that / move the / delete the|it / remove the|any|that
            il faut|faudrait / il me|nous|lui faut
        """,
        # One thing instead of another.
        "instead": """
            lieu d|de|du|des / plutot que
            mets|met|mettez|coche|note|ecris _3 fait|faite|conforme*|normal*|ras|present|presents
            mets|met|mettez|coche|note|ecris _3 acquis|favorable|vaccin*|realise|non|oui|rien / que j ' avais|etais
            qu ' on|il|elle a|avait|etait
            que la|le|l|les|nous|on|tout _3 a|ont|avons ete|bien|eu|fait|recu|vu|donne|signe
            que la|le|l|les|tout _2 avait|etait|etaient / date _2 hier|avant|lundi / du 00 / semaine derniere
        """,
        # The record or the fact.
        "record": _RECORD.replace("|", " / "),
        # It is not true, and one knows it.
        "untrue": """
            alors que|qu / n|nous ' a|ai|est|ont|avait|etait pas|jamais|rien _1 fait*|vu|vue|eu|ete|recu
            n|nous ' a|ai|est|ont|avait|etait pas|jamais|rien _1 note*|realise*|prevenu*|rempli*|dit|informe*
            n ' en|y a|avait|ai pas|rien|eu / n|pas|jamais _3 ete|eu
            pas|jamais fait*|vu|vue|eu|realise*|mesure*|pris*|pese*
            j ' ai|avais|etais _2 pas|jamais|rien|oublie*|zappe*
            on|nous l|a|avait|ai|avons _2 oubli*|zappe*|saute*|pas|jamais / zappe / saute / c ' etait / ce n ' est pas
            he|she|it|they wasn|was not / was not / wasn ' t / non recueilli / non realise* / non atteint
            il|elle n ' a|est|etait pas / y suis pas / inexistant* / pas ete / pas eu lieu / pas ete fait* / meme si
            sinon / personne n|ne _3 fait|vu|a|saura|verra|controle / n ' existe / qui n ' existe|a|est
            n ' y etait|etais|sont / n ' etais|etait|etaient
            never|not did|done|took|happened|checked|examined|taken|signed / we didn|forgot / s ' est pas|jamais
            disparu / hors delai* / non fait
        """,
        # What for: a control, a claim, a family, a number.
        "motive": """
            pour que _3 passe|croi*|paraiss*|soit|voi*|accept*|significati*|tienn*
            pour _3 couvrir|proteger|eviter|justifier|passer|coller / plainte / proces / couvr* / justifi* / sinon
            ca passe / qu ' on soit|ait / valoris* / conforme* / 000 % / retard / delais
        """,
        # Nothing is added to what is known.
        "faithful": """
            [ a completer / a completer / sans _2 inventer|changer|modifier|ajouter|deviner|combler
            sans _2 rien|interpoler|toucher|attenuer|minimiser|supposer / n ' invente* / n ' ajoute*
            rien inventer|ajouter|changer
            ne _3 change*|invente*|modifie*|touche*|ajoute*|complete* pas|rien|jamais|aucun* / surtout pas|rien|tu
            ni ajouter|inventer / tel quel|qu / telle quelle|qu / telles quelles / laisse _3 vide*|blanc* / meme sens
            reste* vide* / signale*|signaler les|l|la|tout|chaque|qu
            declar* une|de|d|l|un erreur|evenement|ei|eig|chute / entree tardive / erratum / rectifi* / honnete*
            transparen* / assumer|assume / verite / factuel* / exact* / retracter|retractation / je ne peux pas
            j ' ai vraiment / reellement / orthographe|fautes / patient fictif|imaginaire|invente / imaginaire*
            synthetique* / jeu de|d / jeu fictif / demo / factice* / donnees simulees|fictives / volontaire*
            erreurs volontaires / cas clinique / eleves / tp / simulation en|haute|sante|numerique / unit test
            test unitaire / python / sql / fonction / code / script / anonymis* / pseudonymis*
        """,
        # Other senses, and talk about it.
        "sense": """
            fausse couche|route|alerte / faux negatif*|positif*|ami*|croup|semblant / trouble factice / falsifiabilite
            hypothese* / que risque / que faire / que dit / comment / pourquoi / difference / definition / explique*
            sanction* / affiche / quiz / alerte* / integrite / deontolog* / procedure / charte / rappel* / note aux
            consigne* / poster / sensibilis* / what / how|explain / policy / slogan / histoire / roman / titre / jury
            guide / encadre / refuse / titre accrocheur / jeu / humour* / poeme / conte / fete / pot de / logo
            prenom* / personnage*
        """,
    },
    asked=(
        ("forge", "instead"), ("forge", "record"), ("tamper", "must_say"), ("tamper", "untrue"),
        ("tamper", "motive"), ("instead", "untrue"),
    ),
    hinted=(
        ("forge",), ("tamper",), ("instead",), ("record", "motive"), ("untrue",),
    ),
    taken_back=("prohibition", "fictitious", "faithful", "sense"),
)  # fmt: skip
