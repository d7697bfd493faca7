"""A diagnosis, a treatment or a dose without a doctor (CSP L. 4161-1; HAS guide §2.2, 5 and 5.3)."""

from policies.practices.signals.family import Family

_DOCTOR = (
    "medecin*|docteur*|doc|toubib*|interne*|senior*|praticien*|specialiste*|prescripteur*|pharmacien*|coordo*|coordonnateur"
    "|cardiologue*|radiologue*|biologiste*|pediatre*|psychiatre*|neurologue*|geriatre*|oncologue*|chirurgien*|generaliste*|"
    "anesthesiste*|dermato*|gyneco*|urgentiste*|reanimateur*|infectiologue*|endocrino*|diabetologue*|pneumologue*|"
    "anapath*|rhumatologue*|ophtalmo*|orthopediste*|obstetricien*|regulateur|samu|astreinte|traitant|garde|cabinet|mg|"
    "neuro*|nephro*|urologue|hematologue|virologue|toxicologue|doctor*|physician*|md|gp|radiologist|dr|chef|titulaire"
)
_DRUG = (
    "antibio*|amox*|augmentin|paracetamol|doliprane|morphin*|insulin*|novorapid|lantus|heparin*|lovenox|lasix|furosemid*|"
    "digoxin*|cordarone|amiodaron*|vanco*|gentamic*|coumadine|previscan|warfarin*|levothyrox|valium|haldol|risperdal|"
    "tercian|neurolept*|benzo*|corticoid*|cortico*|solumedrol|adrenalin*|noradrenalin*|atropin*|ventolin*|aerosol*|potassium|"
    "kcl|kayexalate|antalgique*|antihypert*|anticoag*|aspirin*|kardegic|statin*|metformin*|bisoprolol|betabloq*|ketamin*|"
    "hypnovel|midazolam|propofol|naloxon*|antidote*|antiviral*|aciclovir|ceftriaxon*|rocephin*|tazo*|ibuprofen*|ains|laxatif"
    "|somnifere*|anxiolyt*|xanax|seresta|lithium|depakine|keppra|pilule|vaccin*|collyre|pommade|chimio*|methotrexate|syntocinon"
    "|medicament*|medoc*|molecule*|comprime*|cachet*|gouttes|sirop|perfusion|transfu*|oxygene|o0|drug*|pill|meds|antibiotic*"
)
_READ = (
    "irm|scanner|scan|radio|radios|radiographie*|echo|echographie*|ecg|eeg|holter|efr|bilan*|prise|resultat*|analyse*|"
    "ionogramme|ponction|biops*|frottis|anapath|lame*|cliche*|image*|photo*|mammographie|scintigraphie|gaz|gds|nfs|"
    "hemoculture*|ecbu|serolog*|dosage*|troponine*|tsh|crp|psa|beta|inr|trace*|kaliemie|glycemie*|dextro*|fond|labs|xray"
)
_AWAY = (
    "absent*|injoignable*|joignable*|parti*|partie|conge*|vacances|dort|repond*|repondu|indisponible*|occupe*|"
    "rentre|rentree|home|skiing|couche|eteint|mission|off|ailleurs|evite|veut|fiche|lach*|vide|greve|retraite|"
    "malade|bloc|deplacement|congres|decroche*|vient|viendra|viennent|passe|passera|debord*|demain|lundi|"
    "injoign*|gone|away|unreachable|asleep|busy|vacation|leave|manque*|demissionn*|rappelle|pas|plus|jamais|"
    "personne|rien|dispo*|interven*|remplace*"
)

FAMILY = Family(
    practice="diagnostic_sans_medecin",
    signals={
        # No doctor, or nobody is to call one.
        "absent": f"""
            pas|plus|aucun|aucune|sans|zero|ni d|de|le|l|la|un|plus|' _2 {_DOCTOR} / aucun|sans|pas|plus {_DOCTOR}
            plus d|de _1 {_DOCTOR} / sans l|les|le|la _ appel*|derang*|reveill*|avis
            sans _3 appeler|deranger|prevenir|reveiller|avis
            sans _3 prescription|ordonnance|consulter|consultation|passer|attendre / place du|de|d|des _2 {_DOCTOR}
            remplac* _4 {_DOCTOR} / pas besoin|envie|question|temps _4 {_DOCTOR}|appel*|derang*|consult*
            evit* _3 appel*|{_DOCTOR}|urgences|consult* / se passe* d|du|de / injoignable*
            ne|n _2 decroche*|repond*|joindre / desert medical / zone blanche / no doctor|md|physician|gp|prescriber
            personne _3 repond*|dispo*|signe*|joignable|prescri*|garde|voit
            fais|joue|jouez|es|sois|tu le|la|l|un|comme|mon _2 {_DOCTOR} / tu es|seras|fais|remplaces _2 {_DOCTOR}
            {_DOCTOR} virtuel*|numerique*|fantome|automatique / fin aux|de|des _2 appels|avis / parlez - en
            sans passer par / desormais / {_DOCTOR} _4 {_AWAY}
        """,
        # Somebody who may not decide of it, or the sick person himself.
        "unqualified": """
            je|j suis|sui _3 infirm*|ide|aide|as|ash|secretaire*
            je|j suis|sui _3 brancardier*|kine*|manip*|technicien*|auxiliaire|etudiant*|standardiste
            je|j suis|sui _3 assistant*|agent|cadre|educ*|psychologue|preparat*
            je|j suis|sui _3 ambulancier|dietet*|orthophon*|ergo*|benevole|tim
            je|j suis|sui _3 sage|puericultrice|opticien*|prothesiste|pedicure|podologue
            je|j suis|sui _3 patient|patiente|mere|pere|fille|mari|femme / moi je suis
            on est|sommes _3 as|ide|infirm*|soignants / nurse / i ' m the|a / pour moi|ma|mon / j ' ai mal
            tant qu|que _2 infirm*|aide|ide|secretaire* / ide|infirmiere*|as _4 execut*|agir*|administr*|appliqu*
        """,
        # To whom the answer goes.
        "to_patient": """
            reponds|repondez|repond|repondre|dis|dites|dire _3 lui
            annonce|annoncer|annoncez|explique|expliquez|formule|redige _3 lui
            reponds|repondez|repondre|dis|dites _4 patient*|malade*|famille|fille|mari|parents
            annonce|annoncer|rends|donne|envoie _4 patient*|malade*|famille|fille|mari|parents
            annonce|annoncer|rends|donne|envoie _4 patiente|conjoint|fils|mere|gens|dame|monsieur
            directement|direct au|a|aux|la|le / bout du fil
            chatbot|bot|appli|application|assistant|outil|robot|borne _5 diagnost*|dose
            chatbot|bot|appli|application _5 repond*|dira|donne*|interpret*|prescri*|annonc*|calcul*
            assistant|outil|robot|borne _5 repond*|dira|donne*|interpret*|prescri*|annonc*|calcul*
            tell him|her|the|them / reply to
        """,
        # What it is.
        "diagnosis": """
            ou pas / oui ou non / confirm* _4 c|que|it|si / quel syndrome / germe , / pathologique ou|? / embolie
            ischemie / phlebite / meningite / appendicite / infarctus / zona / fracture / otite / pneumonie / pancreat*
            qu ' il a / ce qu ' elle a / diagnosti* / diag / c ' est quoi / cest quoi / ce qu ' il|elle a
            qu ' est - ce qu _3 a / quelle maladie|pathologie|cause|infection|lesion|bacterie
            nom de|pour cette|la|ma|sa / maladie / pathologie / cause de|? / quel germe / c ' est grave / grave ou
            dis _6 maladie|cause|positif|cancer*|benin|malin|fracture|infarctus|avc
            interprete|interpretes|interpreter|interpretez|interpretation / interprete moi|les|ce|cet|la / conclu*
            conclus / lecture de|d|du|des / lis _5 irm|scanner|radio|ecg|bilan|image*|trace* / fracture ou|? / avc ?
            infarctus ? / embolie ? / phlebite ? / meningite ou|? / cancer ou|? / cancer* / benin / malin / angine
            melanome / sepsis ? / zona ? / pronostic / esperance / normal ou / anormal / positif ou / what does _2 have
            diagnose / stade / compte rendu d ' interpretation / depiste / qu ' il|elle|on a / ce que c ' est
            est - ce un|une
        """,
        # What to give, and how much.
        "treatment": f"""
            quel|quelle|quels|kel _2 traitement*|{_DRUG}|dose*|posologie*|debit|antidote
            combien _4 {_DRUG}|mg|ml|ui|unites|doses|met*
            combien _2 donne*|injecte*|passe*|fais|faire|prend*|pousse*|je|on|de / quelle dose / dose de|d _2 {_DRUG}
            posologie / quoi _2 donne*|faire|passer|injecter|prendre|mettre
            je|on|j|lui _2 donne|mets|met|passe|injecte|fais|fait quoi|combien
            je|on|j|lui _2 donne|mets|met|passe|injecte|pousse|augmente _3 {_DRUG}
            donne|donnez|prescris|prescrivez|indique|choisis _4 {_DRUG}|dose*
            choisissez|fixe|calcule|ajuste|adapte|propose|trouve _4 {_DRUG}|dose*
            donne|donnez|prescris|prescrivez|indique|choisis _4 traitement*|poso*
            choisissez|fixe|calcule|ajuste|adapte|propose|trouve _4 traitement*|poso*
            ajuste|adapte|modifie|renouvelle|change _3 dose*|traitement*|ordonnance|poso*|debit
            baisse|augmente|double|calcule|recalcule _3 dose*|traitement*|ordonnance|poso*|debit
            diagnosti* et _3 traitement*|dose|{_DRUG} / traitement a|pour|adapte / ttt
            prescris|prescrit|prescrivez|prescrire _4 {_DRUG}|lui|dose|traitement / prescris / antibio a|quel|?
            which|what antibiotic|drug|dose|medication|pill|treatment|med / how much / how many units|mg|ml
            pick _2 antibiotic|drug / je|on mets|met|fais|fait|donne|passe quoi / conduite a tenir / cat ? / quoi faire
            quel comprime|produit|medoc|antalgique|sirop|soin / je commence|debute|demarre|lance|traite|pique
            titre|regle|reglez les|la|l / combien ? / combien , / doit _2 baisser|augmenter|arreter|prendre|injecter
            dose ? / molecule et|dose|duree|choisie / posologie a / molecule , / quoi remplacer / injecter
        """,
        # An examination or a sign of one person.
        "case": f"""
            {_READ} / ans / fievre / temperature / tension / ta / satur* / sat / spo0 / douleur* / vomi* / dyspn*
            saigne* / chute / convuls* / oedeme* / rash / plaie / creat* / clairance / kg / mme / m . / monsieur / dame
            cette patiente / resident / residente / lit / bebe / nourrisson / gamin / petit / petite / mon|ma patient*
            patient / patiente / his / her / frissons / essouffl* / boutons / eruption / agite* / insomnie / constip*
            diarrhee / glyc* / hypo / hyper / grossesse / sa
        """,
        "drug": _DRUG.replace("|", " / "),
        # Decided, read or said by a doctor.
        "doctor": """
            dictee|dicte|dictees / prescrit par / vu par / lu par / lue par / j ' ai vu|pose|prescrit|mis|decide|lu
            diagnostic pose|retenu|annonce|que j / que j ' ai / dr _1 a|demande|arrive|passe|prevenu
            medecin a dit|prescrit|vu|prevenu / decide par / je|j relirai|validerai|valide|relis|signe|decide
            interne prevenu|a / medecin|docteur|interne|samu|regulateur prevenu*|appele*|informe* / ordonnance de|faite
            i reviewed / i will / signe par / sur prescription / cardiologue , / pneumologue , / hypotheses / discuter
        """,
        # Whom to call, and the general question.
        "call": """
            appeler le|l|la|un|d / appelle le / appelez / numero / astreinte de|du|d|medicale / qui appel*
            qui contact* / sbar / quand appeler / rcp selon|du|de / source|sources / ansm / cours / general*
            interactions / recommandation* / recrut* / annonce d _2 poste|recrutement / mots simples / sans dose|poser
            ne _2 conclu*|interpret*|donne*|propose*|pose|dis|dit pas|aucun*|jamais|rien|ni
            sans conclure|interpreter|diagnost* / ni / case|ligne vide|blanche / a completer
            code|codes|coder|codage|cim|dp|das / pas de diagnostic|conclusion|dose|traitement / signes d|de _ / theorie
            chapitre / revise / partiel / ecos / grand public / depliant
        """,
    },
    asked=(
        ("absent", "unqualified"), ("absent", "diagnosis"), ("absent", "treatment"), ("absent", "drug"),
        ("unqualified", "treatment"), ("unqualified", "drug"), ("to_patient", "diagnosis"),
        ("to_patient", "treatment"), ("diagnosis", "treatment"), ("treatment", "case"), ("treatment", "drug"),
    ),
    hinted=(
        ("absent",), ("unqualified", "case"), ("to_patient",), ("diagnosis",), ("treatment",),
    ),
    taken_back=("procedure", "prohibition", "fictitious", "reported", "reviewed", "wording", "doctor", "call", "text"),
)  # fmt: skip
