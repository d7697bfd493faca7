"""Rating, ranking, choosing or punishing staff, candidates or students (AI Act, annex III 3-4 and 5.1 f; GDPR 22)."""

from policies.practices.signals.family import Family

_STAFF = (
    "agent*|infirmier*|ide|ides|iade|ibode|asd|asde|ash|aides|aide|cv|cvs|candidat*|interne|internes|externe|"
    "externes|etudiant*|stagiaire*|eleve*|soignant*|brancardier*|secretaire*|apprenti*|interimaire*|contractuel*|"
    "praticien*|kine|kines|kinesi*|collegue*|collaborat*|salarie*|employe*|cadre|cadres|postulant*|recrue*|manip*|"
    "preparateur*|technicien*|ouvrier*|adjoint*|chirurgien*|puericult*|ambulancier*|nurse*|staff|resident*|"
    "applicant*|resumes|padhue*|docteur*|effectif*|personnel*|cuisinier*|psychologue*|arm|tim|pharmacien*|sagefemme*|"
    "titulaire*|cdd|copie|copies|student*|trainee*|intern|interns|auxiliaire*|orthophon*|equipe|coequip*|team|"
    "physios|aumonier*|magasinier*|informaticien*|medecin*|vacat*|renfort*"
)

FAMILY = Family(
    practice="notation_agents",
    signals={
        "staff": f"{_STAFF} / sages femmes / lettres de motivation / equipes / pole",
        # Words that hardly ever name a patient or a product.
        "human_resources": """
            candidat* / cv|cvs / agents / stagiaire* / postulant* / interimaire* / vacataire* / apprenti*
            soignantes|soignants / brancardier* / infirmieres|infirmiers / aides / ide|ides|asd|ash|iade|ibode
            internes|externes / etudiants|etudiantes / collaborat* / salarie* / contractuel* / secretaires
            equipe|equipes|team / chacun|chacune / copies|copie / concours|partiel|jury|drh / recrut*|embauch*
            adjoint*|cadres / staff|nurses|residents|applicant*|applicants|trainee*|employees / personnel
            collegue|collegues / padhue / dossiers / par agent|personne / stage / contrat|cdd / poste|postes
            titulaires / eleves / medecins|praticiens|chirurgiens|kines / carriere
        """,
        # What only an employer, a school or a jury does.
        "career": """
            titularis* / echelon|echelons / mobilite d ' office / redeploiement / boulet / superflu* / irremplacable*
            bannir / tire vers / plombe / maillon faible / tableau d ' honneur / bonnet / palmares / promotion interne
            warning|underperform* / employe du / faineant* / incompeten* / tricheu* / deserve* / promotion / remplacants
            prime|primes|bonus / sanction* / blame* / avertissement* / promo*|promouv* / avancement / licenci* / recrut*
            embauch* / recal* / renouvel* / convoqu*|convoc* / recadr* / revoqu* / retrograd* / disciplin* / redoubl*
            merite*|meritant* / liste noire|rouge / hire|fire|shortlist*|blacklist*|dismiss* / virer|vire|virez
            admis|admission / complement|part variable / rappel a / suspendre|suspendu / preselection*|presélection*
            punir|puni* / felicit*|recompens* / demission* / selectionn* / ecrem* / entretien / muter|mute / radi*
        """,
        "rate": """
            note|notes|noter|notez|notation|notee / score|scores|scorer|scoring / bareme* / evalu* / class*|classement
            rang|rangs|rank* / hierarchi* / palmares / podium / top|flop / etoile* / pourcentage / indice / taux
            points|point / apprecia* / grade*|rate|rating / coefficient / cote|cotes|coter / compar* / departag*
            ordonn* / prioris* / mesur* / niveau / moyenne / chiffr* / pondere* / portrait / profil* / potentiel
            predi* / probabilite / detect* / reper* / ordre / liste|listes / tri|trie|trier|triez / jug* / indicateur
            barometr* / verdict / analys* / conclu* / deduis|dedui* / calcul* / attribu* / evaluation* / avis / crible
            sur 0|00|000
        """,
        "choose": """
            garde|garder|gardons|gardera / retien*|reten* / choisi*|choix / selection* / elimin* / ecart* / ecrem*
            rejet* / recal* / refus* / recrut* / embauch* / titularis* / promo*|promouv* / avancement
            prime|primes|bonus / nomme*|nommer / admis* / mute*|muter / renouvel* / vire|virer|virez / licenci*
            sanction* / blame* / avertissement* / suspend* / exclu* / convoqu*|convoc* / recadr* / revoqu* / retrograd*
            disciplin* / merit* / penalis* / liste noire|rouge / blacklist|fire|hire|shortlist*|reject*|dismiss*
            partir|parte / dehors / complement|part variable / valide|valider|validation / redoubl* / puni* / tranch*
            decid*|decis* / design* / oust|jette* / demission* / radi* / rappel a / contrat / poste|postes / recommand*
            favorable|defavorable / separe* / nommer / passer / prendre|prend / felicit* / recompens* / peine / augment*
            place / casse / entretien|rappelle
        """,
        "mark": """
            lequel|laquelle|lesquels|lesquelles / quel|quelle|quels|quelles / qui|ki
            which|who|each|every|best|worst|weakest / pire|pires
            meilleur*|nul|nulle|nuls|mauvais*|faible*|dernier*|derniere*|premier|premiers|premiere|lent|lents
            paress*|demotiv*|moyen*|bon|bons / plus|moins / chaque|chacun|chacune|chacuns
            par agent|personne|tete|soignant*|infirmier*|ide / un|une par un|une / oui ou
            absenc*|absent*|abs|retard*|arret*|productiv*|efficac*|assidu*|ponctual*|motivation
            fiabilite|loyaute|implication|engagement
            emotion*|humeur|sincer*|voix|visage|stress|colere|erreurs|plaintes|rentab*
            anciennete|attitude|comportement|productif*|utilit* / place / automatiqu* / suffisan*|insuffisan*
            ou pas|non / toi|tu / deux|trois|quatre|cinq|six|dix|douze|00 / moitie / verdict / celui|celle|ceux|celles
            leur|leurs
        """,
        "verdict": f"""
            note|notes|noter|notez|score|scores _3 {_STAFF}|chacun*|chaque / note _2 sur 0|00|000
            evalu* _3 {_STAFF}|chacun*|chaque / class* _4 {_STAFF} / trie*|tri|trier _4 {_STAFF}
            rang* _4 {_STAFF}|chaque / palmares _3 {_STAFF} / hierarchi* _2 {_STAFF}|les
            meilleur*|pire*|mauvais*|faible*|nul|nulle|lent*|moins|dernier* _3 {_STAFF}|pole / top _3 {_STAFF}|0
            liste noire|rouge / lequel|laquelle|lesquel*|qui _3 virer|garde*|recrut*|promouvoir
            lequel|laquelle|lesquel*|qui _3 titularis*|sanctionn*|convoqu*|recal*|ment|merit*|choisi*
            lequel|laquelle|lesquel*|qui _3 nommer|licencier|prendre|prend|part|partir|rejeter|ecarter|retenir|doit
            quel|quelle|quels|quelles _3 sanction* / quel|quelle|quels|quelles _2 {_STAFF} / which _4 {_STAFF}
            sanction* _5 {_STAFF}|appliqu*|inflig*|prononc*|merit* / prime|primes _6 merit*|qui|chacun|chaque|refus*
            elimin*|ecart*|rejet*|retien*|selectionn*|recal*|ecrem*|choisi* _4 {_STAFF}|moitie / tableau d ' avancement
            au merite / titularis* _4 ou|pas|qui|non / {_STAFF}|chacun|chaque _3 note|score|rang|taux|indice|pourcentage
            recrute* _4 place / indice|taux|score|barometre|points _6 {_STAFF}|personne / combien vaut
            admis ou oui ou non / passe ou casse / mets|met|mettre|attribu*|donne*|fixe* _3 note|notes|score|rang|points
            garde|garder|renouvel* _4 ou pas|non / shortlist|reject|rank|rate|grade|score _4 {_STAFF}
            proposition|propose* _3 sanction*|exclu*|redoubl*|promotion*|blame*
        """,
        "general": """
            grille / modele / trame / vierge / etapes / critere* / campagne / fiche de poste / organis* / reglement*
            guide / questions / collecti* / global* / agreg* / anonyme* / sans _2 noms|nominati*|individu* / quiz|qcm
            texte|textes / delai* / regle|regles / methode / difference / biais / statut / formation / affiche
        """,
        "own": """
            j ' ai note|evalue|mis|decide|retenu|choisi / jury a|avait / commission a / a retenu|choisi|decide
            mon|mes appreciation* / que j ' ai / vote* / auto evalu* / autoevaluation / auto position* / decidera
            je note|noterai|evalue|classe|choisi* / deja decid*|note*|choisi* / jamais / interdi* / conteste* / pourquoi
            explique* / ecrit par moi / remplirai|noterai / non retenu* / remercie* / sans not*|class*|score / que dit
            reponse de la / ma decision / redige par moi / sanctionne pas
        """,
        "substance": """
            agent|agents _2 contraste|pathogene*|infectieu*|hemosta*|anesthesi*|desinfect*|chimique*|biologique*
            score de|d|du _1 / note de service|bas|synthese|frais / classe* therapeut* / classification / diagnosti*
            cim / medicament* / classe|range|classer _2 diagnosti*|medicament*|resultat*|document*|courrier*|reference*
            hemorragie interne / oeuvre interne / controle interne / medecine interne / audit interne
            candida* albicans / candidose / dose|doses|mg / douleur / patient|patiente / transmission* / traitement*
            glasgow|barthel|igs|mmse / medecin traitant
        """,
    },
    asked=(
        ("career", "mark", "verdict"), ("human_resources", "mark", "verdict"), ("staff", "career", "mark"),
    ),
    hinted=(
        ("career", "choose"), ("human_resources", "rate", "mark"), ("human_resources", "verdict"),
        ("verdict", "choose"), ("verdict", "rate"), ("verdict", "mark"), ("career", "mark"),
        ("career", "human_resources"), ("career", "rate"), ("staff", "mark", "verdict"),
        ("human_resources", "choose", "mark"), ("staff", "rate", "verdict"), ("human_resources", "rate", "choose"),
    ),
    taken_back=("task", "definition", "prohibition", "fictitious", "general", "own", "substance"),
)  # fmt: skip
