"""A criterion that the law forbids, or contempt for a group (code pénal 225-1; CSP L. 1110-3)."""

from policies.practices.signals.family import Family

_ORIGIN = (
    "etranger*|immigr*|migrant*|arabe*|maghreb*|african*|africain*|noir|noirs|noire|noires|black|blacks|blanc|blancs|"
    "blanche|blanches|asiat*|chinois*|rom|roms|gitan*|manouche*|tzigan*|roumain*|portugais*|algerien*|marocain*|"
    "tunisien*|turc|turcs|turque*|malien*|camerounais*|senegal*|congol*|antillais*|creole*|juif*|juive*|musulman*|"
    "islam*|chretien*|catholi*|voile|voilee*|voiles|foulard|hijab|kippa|bled|souche|naturalis*|nationalit*|ethni*|"
    "race|races|racial*|consonance*|foreign*|muslim*|jew|jews|jewish|arab|arabs|refugie*|ressortissant*|croyant*|"
    "pakistan*|syrien*|afghan*|comorien*|basane*|metis*|accent|bougnoul*|kosovar*|tchetchen*|kurde*|albanais*|"
    "indien*|haitien*|exotique*|bronze|tresses|teint|hispan*|temoins"
)
_STATE = (
    "handicap*|invalid*|sourd*|malentend*|aveugle*|malvoyant*|fauteuil|autist*|trisom*|begue*|begaye*|boiteu*|nain|"
    "nains|obese*|gros|grosse*|moche*|laid|laide|laids|physique|apparence|vieux|vieille|vieilles|vieillard*|agee|"
    "agees|seniors|gateux|dement*|fous|folle|folles|schizo*|psychotique*|seropositi*|sida|toxico*|drogue*|alcooli*|"
    "poivrot*|deficien*|debile*|retardes|incontinent*|rqth|disab*|deaf|fat|elderly|wheelchair|epilep*|tatou*|chauve*|"
    "difformite*|handi|cinquante|quinqua*|sexagenaire*|moustach*"
)
_WAY = (
    "gay|gays|homo|homos|homosex*|lesbienne*|trans|transgenre*|lgbt*|pd|effemin*|syndiqu*|cgt|greviste*|militant*|"
    "communiste*|ame|cmu|css|precair*|pauvre*|sdf|rsa|chomeur*|chomage|sociaux|mendiant*|detenu*|prisonni*|banlieue*|"
    "zep|nomade*|irreguli*|pregnan*|poor|homeless|illettre*|allophone*|celibat*|indigent*|boursier*|assistes|meres|"
    "mamans|enceinte|enceintes|grossesse|allait*|gpa|migrants|women|tutelle|clochard*|cassos|prostitu*|divorce*|"
    "expulse*|etrangere*|allocataire*|femmes"
)
_GROUP = f"{_ORIGIN}|{_STATE}|{_WAY}"
_PLACE = (
    "rdv|rendez|creneau*|lit|lits|soin|soins|greffe*|consultation*|urgences|scanner|irm|agenda|file|attente|chambre*|"
    "poste|embauche|candidat*|cv|recrut*|stage*|logement|internat|titularis*|formation|mutation|promotion|admission*|"
    "hospitali*|dialyse|accueil|accouch*|peridurale|antalgique*|repas|visite*|creche|reanimation|rea|job|hire|"
    "appointment*|annonce|offre"
)

FAMILY = Family(
    practice="discrimination",
    signals={
        "origin": f"""
            {_ORIGIN} / gens du voyage / sans - papiers / sans papiers / d ' origine / couleur de peau
            nom|noms etranger* / peau
        """,
        "state": f"{_STATE} / plus de 00 ans / moins de 00 ans / 00 ans / l ' age",
        "way": f"""
            {_WAY} / c 0 s / cas sociaux / cas sos / quartier|quartiers / cite|cites / conge maternite / enfants en bas
            ces gens / mal francais
        """,
        # Kept away, put last, made to pay.
        "act": """
            refus* / exclu* / ecart* / elimin* / recal* / rejet* / vire|virer|virez / degag* / dehors / filtr*
            decourag* / dissuad* / renvo* / repouss* / recul* / decal* / retard|retarde|retarder
            dernier|derniers|derniere / malus / penalis* / declass* / baisse / bloqu* / supprim* / prive|priver
            interdis|interdire|interdit / reserv* / uniquement / seulement / exclusivement / priorit* / prefer*
            favoris* / evit* / ailleurs / attendra|attendront|attendre|attendent|poireauter / plus cher
            supplement|caution / surfactur* / cacher|cache / reject*|exclude*|refuse|last|drop|turn / debarrass*
            limit*|quota* / desinscri* / separ*|isole* / bienvenu*|indesirable* / fond / moins / sans / pas de|d
            plus de|d|aucun / ni / jamais / aucun|aucune / garde|gardez|garder
            choisis|choisir|tri|trie|trier|classe|classer / sanctionn*|punir / points|score|poids|ponder*
            reduire|limiter / prend|prendra|prendre|veux|veut|prenons pas|plus|que / only|no
        """,
        "shut": f"""
            refus*|exclu*|ecart*|elimin*|recal*|rejet*|vire*|degag*|filtr*|decourag*|repouss*|decal* _5 {_GROUP}
            pas _7 {_GROUP} / plus _5 {_GROUP} / ni {_GROUP} / sans _1 {_GROUP} / aucun|aucune _1 {_GROUP}
            stop|interdit|interdits _2 {_GROUP}
            {_GROUP} _4 dernier*|dehors|apres|fin|ailleurs|exclu*|refus*|interdi*|attend*|fond|jamais|malus|last
            uniquement|seulement|exclusivement|reserv*|prefer*|favoris* _3 {_GROUP}
            {_GROUP} uniquement|seulement|exclusivement|only / dernier*|fin|bas|malus _5 {_GROUP}
            tri|trie*|class*|filtre*|rang* _5 origine|prenom*|nationalit*|age|couverture|religion
            priorit* _6 francais*|jeunes|actifs|assure*|souche|mutuelle|blanc*|cotis* / plus cher _6 {_GROUP}
            preference nationale / jeunes|jeune et dynamique|souriant* / bien de chez / d ' ici / moins|plus de 00 ans
            visage|visages / belle|beau|beaux presence|visages / {_GROUP} _6 {_PLACE} / no more|no _2 {_GROUP}
        """,
        "mock": """
            blague* / moqu* / humili* / vanne|vannes / surnom*|sobriquet* / caricatur* / parodi*|pastich*
            cliche|cliches / sketch / insult*|injuri* / ridicul* / satir* / rire|rigol*|marrant*|drole*|rigolo
            imiter|imite|imitation / singer / chanson / joke|joking|mock|roast / mechant*
            hargne*|haine|haineu*|degout* / racist* / mepris* / sales|salete / pourri* / parasit*|profiteur* / envahi*
            feignass*|faineant* / puent / pamphlet / inferieur*|superieur* / exager* / voleurs|menteu* / encombr*
            coutent|coute / sentent / ces gens / discours / pancarte / humour / slogan / rengaine / sobriquet
        """,
        "hide": """
            pretexte|pretextes|motif|motifs|excuse|excuses|bidon / vraie|veritable raison
            sans le|la|qu dire|dis|ecrire / pourvu|complet|panne / discretement|discret / neutre
            legal|legale|legalement / code|codes / deguis* / tournure / justifi* / poliment|courtois*|poli / euphemis*
            sans que / subtil* / faux|fausse / trouve* / comprendre / obstacle* / pretend|quietly|polite / avoue*
        """,
        "care": f"""
            {_PLACE} / bloc|equipe|service / garde|gardes / patients|patientes|malades / liste / conge|primes|planning
            soignant* / bourse
        """,
        "medical": """
            contre indication* / contreindiqu* / posolog* / rcp|amm / facteur* de risque / has|esh|esc / recommand*
            prevalence / depistage / vaccin* / dosage / selon le|la / inclusion / critere* d|de inclusion / score de
            cim / antecedent* / atcd / symptome* / diagnosti* / conge maternite / algorithme
            femme|femmes enceinte|enceintes et|fumeuse / grossesse apres|avant / clairance / mg / scanner cerebral
            examen / ecg / trouve* _2 article|etude / patiente|patient de 00 / homme|femme de 00
        """,
        "fair": """
            egalite|egal|egaux / discrimin* / lutte* / contre les|le|la prejug*|stereotyp*|racisme / prejug*
            acces aux|a / accessib* / accueillir|accueil des|de / adapter|adapte / amenag* / inclusi* / respect*
            illegal|illicite / loi / droits|droit / signaler / protege*|protect* / biais* / neutralis* / equit*
            accompagn* / expliqu* / interprete* / temoin de|d / sensibilis* / excuse|excuses aux|la|le|sinceres
            que dit|disent / regle / generique|general|generale / juriste / comite d ' ethique / slogan pour / inegalit*
            defenseur / article / pourquoi / refuse* de / soutien* / comment repondre|reagir / harcel* / charte / livret
            formation des|aux / sanctionn* / au dpo|juriste / blesse* / demande d / lettre de|d
        """,
    },
    asked=(
        ("way", "mock"), ("state", "mock"), ("origin", "mock"), ("origin", "shut"), ("way", "shut"),
        ("state", "shut", "care"), ("shut", "hide"), ("origin", "hide"), ("origin", "act", "shut"),
        ("state", "act", "hide"), ("way", "hide", "care"),
    ),
    hinted=(
        ("origin",), ("way",), ("mock",), ("shut",), ("state", "act"), ("state", "hide"), ("state", "care"),
    ),
    taken_back=("task", "definition", "prohibition", "fictitious", "medical", "fair"),
)  # fmt: skip
