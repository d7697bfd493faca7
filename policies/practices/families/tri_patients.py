"""Sorting or ranking real patients (AI Act, annex III 5 d; GDPR 22; HAS guide §8.2)."""

from policies.practices.signals.family import Family

_PEOPLE = (
    "patient*|malade*|resident*|blesse*|victime*|lits|chambres|brancard*|dossier*|appel|appels|appelant*|message*|entrant*|"
    "arrivee*|arrivant*|hospitalise*|accouchee*|dialyse*|gens|personne|personnes|monde|famille*|enfant*|bebe*|gamin*|"
    "candidat*|demandeur*|demande|demandes|receveur*|greffe|greffes|worklist|couloir|opere*|sortant*|sortie*|femmes|dames|"
    "mamans|mere|meres|parents|vieux|ainés|usager*|beneficiaire*|inscrit*|convoque*|fiches|cas|box|boxes|patients|urgences|"
    "hospi|consultant*|suivi*|visite*|domiciles|irm|scanner*|ecg|bilans|examens|interventions|operations|rdv|tournee|"
    "admissions|transferts|patientes|people|callers|patient|arrivals|cases|beds|referrals|charts|inpatients|attenders|rooms"
)
_SORT = (
    "tri|trie|trier|triez|tries|trient|triage|pretri|classe|classer|classez|classes|classement*|prioris*|priorite*|prioritaire*"
    "|prio|hierarch*|ordonne|ordonner|ordonnez|ordonnance|range|ranger|rangez|rang|rangs|rank*|order|sort|departag*|"
    "selectionn*|selection|choisis|choisir|choisissez|choix|design*|reparti*|attribu*|distribu*|deprogramm*|reporte*|evacu*|"
    "ecart*|elimin*|echelonn*|score*|scorer|cote|coter|note|notez|noter|isole|garde|gardes|vire|vires|annul*|nomme|elis|"
    "repere*|identifie*|liste|listes|numerot*|etiquet*|pondere*|place|places|bascul*|remont*|reclass*|reordonn*|tire|tirer|"
    "oriente*|affecte*|pick|choose|triage|prioriti*|flag|defer|bump|score|allocate|rate|assign|shortlist|tableau|tourne"
)
_RANK = (
    "tri|trie|trier|triez|trient|pretri|classe|classer|classez|classement*|prioris*|priorite*|prioritaire*|prio|hierarch*|"
    "ordonne|ordonner|ordonnez|range|ranger|rangez|rang|rangs|rank*|departag*|selectionn*|selection|reparti*|attribu*|"
    "deprogramm*|evacu*|echelonn*|numerot*|reclass*|reordonn*|prioriti*|triage|shortlist|sort|score*|choisis|choisissez|"
    "designe|designez|annule|reporte|elimine|isole|garde|note|notez|cote|cotez|ecarte|vire|nomme|identifie|repere|tire"
)
_MANY = (
    "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|"
    "cent|0|00|000|plusieurs|tous|toutes|tout|tt|chaque|chacun|chacune|ces|these|tous|three|four|five|six|seven|eight|ten"
)
_THING = (
    "mails|courriels|taches|fournisseur*|facture*|travaux|salles|idees|photos|references|articles|colonne*|"
    "mots|linge|dechet*|carton*|rayon*|achats|budget|projets|actions|risques|etapes|dates|titres|documents|"
    "chapitre*|questions|themes|theme|conferences|formations|evenements|medicament*|bureau*|materiel|boites|"
    "commandes|bons|arguments|mesures|recommandations|hypotheses|services"
)

FAMILY = Family(
    practice="tri_patients",
    signals={
        # Putting in order, choosing among.
        "sort": _SORT.replace("|", " / "),
        # Words that only an order of persons needs.
        "order": f"""
            mets|mettez _5 devant|fin|tete|bas|haut|avant|derriere / non - urgents / graves / pires / ta file
            file _ est / elimine* les / hierarchie des / numero d ' ordre / avant ou apres / rang a|de|d|par / rang
            sort _3 by / rank _5 / in priority / triage these|the|this|my|our / prioriti* these|the|my|our
            devant|avant ou derriere|apres / salle d ' attente _4 tri*|class*
            triee|trie|triees|tries|classe*|ordonne*|reordonne* par toi|un|le|l|urgence / indice*|index _4 {_PEOPLE}
            {_RANK} moi|les|nous|le|la|par|ceux|celles|tout _3 {_PEOPLE} / ordre _3 priorite|passage
            ordre _3 urgence|gravite|appel|visite|importance|decroissant|croissant|logique|chirurg*
            ordre de|d {_RANK} / en premier|1er|dernier|priorite / par urgence|gravite|priorite|ordre|lourdeur|risque
            plus|moins urgent*|grave*|fragile*|lourd*
            plus|moins prioritaire*|malade*|inquiet*|instable*|risque*|severe*|gene*|critique* / degre d|de urgence
            au moins / pire / worst|sickest|most to|first|urgent / first , / goes|see|call|go first / first ?
            what order / d ' abord / dabord / avant les|qui
            qui d|passe|passer|attend*|monte|descend|ira _3 ?|abord|premier|avant|dehors|demain
            ki|qui je|on _2 voi*|prend*|appel*|rappel*|mets|garde|opere|pique|laisse|envoie
            fais|faire|fait _2 tri|selection|choix|classement|priorite*|liste|ordre|departage
            mets|mettre _2 ordre les|ces|mes|la _ {_PEOPLE}
            mets|mettez|mettre|donne _4 priorite*|rang|rangs|note _4 {_PEOPLE}|chacun|chaque
            donner|ajoute|attribue|pose _4 priorite*|rang|rangs|note _4 {_PEOPLE}|chacun|chaque
            mets|mettez|mettre|donne _4 score|couleur|numero|niveau|degre _4 {_PEOPLE}|chacun|chaque
            donner|ajoute|attribue|pose _4 score|couleur|numero|niveau|degre _4 {_PEOPLE}|chacun|chaque
            numero d|de|' ordre|_ passage / feu tricolore
            vert|verts|orange|rouge|rouges _3 rouge|vert|orange|verts|rouges / top|podium|medaille*
            tete de|d liste|tournee|file / remonte*|passe* _4 tete|devant|avant / leaderboard / palmares
            file _4 selon|par|ia / gagnant*|heureux elu|elus|sacrifi* / urgent , routine|non / urgent ou|_ pas|non
            tri automatique / {_RANK} _4 {_PEOPLE}|salle|file|liste|attente|planning|programme|tournee
            plus _4 au|aux moins
        """,
        # Which one.
        "which": f"""
            lequel _4 ? / laquelle _4 ? / lequel|laquelle passe*|monte|prend*|opere|sort|d|peut|va|doit|je|on|appel*
            lesquels / lesquelles / lequels / which _1 patient*|one*|bed*|case*|of|room*|call*|woman|child
            quel|quelle|quels|quelles|kel _2 {_PEOPLE}|lit|femme
            qui passe|attend*|monte|descend|sort|reste|merite|ira / ki / who goes|gets|first|waits / dont on|je
            ceux qu|qui|que / celui qu|qui / celles qu|qui / les autres / les|aux autres
            les premiers|derniers|vrais|vraies|plus|moins|verts|rouges
            les trois|deux|cinq|dix|six|quatre|neuf|huit|vingt|0|00 premier*|plus|moins|dernier*|qui|a|les|dont|autres
            mme _2 ou|et|avant m|mr|mme|monsieur|le|la / lit 0|00 ou|_ / box 0|00 ou|et|_ / chambre 0|00 ou
            entre ces|mme|m|les _2 {_PEOPLE} / parmi / among these|the|them / which of
        """,
        # Several persons.
        "people": _PEOPLE.replace("|", " / "),
        "many": f"""
            {_MANY} _3 {_PEOPLE} / liste d|de|des|du|_ _3 {_PEOPLE}|attente|bloc|greffe|visite|visites|deces
            file d|active / liste jointe|ci
        """,
        # Not enough for all of them.
        "scarce": """
            un|une|0 lit|place|poche*|respirateur*|creneau*|greffon*|irm|chambre|box|pompe*|boite* / plus que|ke
            reste|restent _3 lit*|place*|poche*|creneau*|0|00|deux|trois|un|une|dose* / penurie / lit libre|libere
            libere|liberent / libre , / libre pour / que|seulement cinq|deux|trois|quatre|six|dix|0|00 / verra
            ne peu* _2 voir|prendre|recevoir / demi - heure / greve / delest* / canicule / fermer|ferme des lits
            faire partir|sortir / only one|two|three|0 / one bed|slot / pas le temps / manque de|d
            deux|trois|quatre|cinq|six|0|00 place*|lits|creneau*|poche*|respirateur*|greffon*|boite*
        """,
        # Nobody decides behind.
        "followed": """
            tel quel / appliqu* / personne / sans qu / affiche* / direct* / imprim* / recopi* / suivra|suivrai|suivrons
            fera foi / on suivra / toi|vous / tu|ta|tes|te|ton / place du|de|des / supprim* / annules / attendr*
            attendront / rentr*|renvo* / jamais / demain / les autres / reste* / lundi / you / the rest / me / moi
            stp / vite / svp / nous / je vois|commence|prends|monte|rappelle|descends
        """,
        # Published scales, and the people who sort.
        "scale": """
            iao / grille / echelle de tri / criteres de|d / niveaux de|du / tri 0 / triage score / ccmu / manchester
            ped - ctas / score d|de / medecin trieur / trieurs / reevalu* / plan blanc / nombre de|d|moyen
            delai|delais|duree / priorite par
            tri|classe*|priorite|trie|triee|cote* par|fait|effectue|realise|avance|infirmier / tri , / reclasse*
            vu en priorite / decision du|de|des|d|prise / decide par / regulateur a|qui / salle de|d tri
            urgence absolue|relative / guerre / ccam / cotation / mediane|median / organisation
            commission|comite|equipe decid*|tranch*|classe
            medecin*|chirurgien*|regulateur*|cadre|infirmiere|iao _2 decid*|choisi*|fix*|arbitr*
            medecin*|chirurgien*|regulateur*|cadre|infirmiere|iao _2 tranch*|voit|hierarch*|adapte
            decidera|tranchera|arbitrera|relira|validera|decideront / agrege* / anonym* / statist* / taux / enquete
            jai|j ' ai|j|deja _2 trie*|class*|fixe*|decide*|choisi*|vu|prioris* / fixe*|fixee|arrete*|etabli* par
            qui decide / que j ' ai / exercice|atelier|cours
        """,
        # Things and texts in order, not persons.
        "thing": f"""
            chronolog* / alphab* / sql / python / tableur / excel / fonction / docstring / variable* / dechet*
            fournisseur* / factice* / sketch / conte / roman / congres / bug* / post - it / theme|themes / reunion d|de
            invente*|fictif* / {_SORT} _4 {_THING}
        """,
        "withheld": """
            ne _2 class*|tri*|choisi*|hierarchis*|prioris*|range* pas|aucun*|jamais
            ne _2 ordonn*|propose*|design*|change|touche|dis|dit pas|aucun*|jamais
            sans _2 class*|tri|trier|hierarch*|prioris*|designer|choisir|ordonn*|proposer|ordre|nommer|juger
            pas de|d tri|classement|priorit*|ordre|hierarch*|algorithme|ia|score / jamais l|a|un|par|proposer|class*
            meme ordre / ordre d ' arrivee / pas l ' ia|outil / aucun|aucune ia|logiciel|outil|machine|score|patient
            surtout pas|rien
        """,
    },
    asked=(
        ("sort", "people", "scarce"), ("order", "which"), ("order", "many"), ("order", "scarce"),
        ("which", "many"), ("which", "followed"), ("many", "scarce"),
    ),
    hinted=(
        ("sort", "many", "followed"), ("order",), ("which",), ("people", "many"), ("scarce",),
    ),
    taken_back=(
        "procedure", "prohibition", "fictitious", "reported", "reviewed", "wording", "scale", "thing",
        "withheld", "text",
    ),
)  # fmt: skip
