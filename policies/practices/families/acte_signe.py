"""Producing a binding act as if signed (CSP R. 4127-76 and R. 5132-3; code pénal 441-1 and 441-7)."""

from policies.practices.signals.family import Family

_ACT = (
    "ordonnance*|prescription*|certificat*|certif|certifs|arret|arrets|bon|bons|attestation*|attest|avis|rapport|jugement|"
    "formulaire*|cerfa|decision|deliberation|consentement*|autorisation*|contrat*|convention*|avenant*|acte|actes|lettre|"
    "courrier|compte|cr|feuille*|bulletin|proces|pv|releve*|diplome*|facture*|devis|commande*|decharge|dispense|aptitude|"
    "inaptitude|protocole|fiche*|quitus|mandat|procuration|ordre|note|refus|resultat*|validation|avenant|visa|document|docs|"
    "papier*|dossier|feuillet|declaration*|prescriptions|accord|arrete|reconnaissance|pc|pouvoir|prolongation|"
    "certificate*|prescription|form|letter|order*|statement|note|report|script|sick|consent|deces|transport|mdph|ald"
)
_WHO = (
    "medecin*|docteur*|dr|doc|pr|professeur|chef*|interne*|praticien*|prescripteur*|pharmacien*|biologiste*|radiologue*|chirurgien*|"
    "directeur*|directrice|drh|dg|cadre*|psychiatre*|pediatre*|anesthesiste*|sage|patient*|famille|mere|pere|parents|tuteur|"
    "tutrice|titulaire*|remplac*|kine*|infirmi*|ide|senior*|expert*|juge|prefet|president*|maire|responsable*|collegue*|"
    "doctor*|physician*|dentiste*|auteur|signataire*|boss|investigateur*|temoin*|traitant|coordo*|coordonnateur|clinique|service"
)
_SIGN = (
    "signature*|signe|signee|signes|signees|signer|signez|signed|paraphe*|griffe|tampon*|cachet*|sceau|visa|rpps|adeli|"
    "sign|stamp*"
)
_MAKE = (
    "fais|faites|fabrique|produis|genere|edite|etablis|cree|sors|prepare|remplis|redige|ecris|donne|refais|"
    "rends|rendez|delivre|imprime|remet|sortez|voudrais|veux|veut|besoin|faut|faudrait"
)
_PUT = (
    "mets|mettez|mettre|ajoute|ajoutez|rajoute|appose|apposez|colle|collez|insere|inserez|place|reproduis|"
    "copie|remets|integre|inscris|ecris|ecrivez|complete|imite|imitez|imiter|refais|dessine|genere|fabrique|"
    "recopie"
)

FAMILY = Family(
    practice="acte_signe",
    signals={
        # Signature, stamp, number: what makes it binding.
        "mark": f"""
            contresign* / signature* _3 {_WHO} / certifi* conforme / ecriture d|de _1 {_WHO} / tampon , signature
            nom , tampon|signature|rpps / sous sa signature / signataire d|de|du / comme signataire
            signature|stamp|initials and|on|to|block
            signature* _2 scannee*|numerisee*|electronique*|image|conforme|dessous|habituelle|lisible
            signature|tampon|cachet|paraphe|sceau|griffe|rpps|adeli compris*|inclu*|et|,
            signe|signee|signez|signer|signer _3 {_WHO}
            signe|signee|signez|signer comme|pour|a|au|la|le|moi|toi|les|tout|avec|mon|ma / signe - le|la|les
            {_ACT} signe|signee|signes|signees / {_ACT} _3 signe|signee|signes|signees|signed|tamponne*|paraphe*
            imit* _4 signature|paraphe|ecriture|griffe / appos* / tamponn* / cachet du|de|d|et|, / tampon du|de|d|et|,
            paraph* / rpps|adeli|finess d|du|de|et|0|000|avec|a|qui|invente / numero rpps|adeli|ordinal|professionnel
            endosse* / authentifi* / visa pharma*|du|d / deux|trois|sept|vingt signatures|paraphes|temoins / tu signes
            signe - moi|les|le / signe de|d|du / signed hr|by|doctor / countersign* / initiales / date et signe
            bon pour|accord / lu et approuve / certifie|certifions / je|nous soussigne* / soussigne* / dr _3 signe
            signe electroniquement / validee|valide par / signed by|as|for|off / signature block|of|image|line
            sign it|as|for|off|on|this / stamp|stamped / e - signature / au nom du|de|d|des|de _2 {_WHO}
            nom du|de|d|des _1 {_WHO} / mets|met|ecris|inscris|ajoute|colle _4 nom|signature|paraphe
            comme si _4 sign*|etai*|etabli*|valid*|ecrit|redige* / sa|leur place / bas de la / signataire :
            signe , docteur|dr|le|la|il|tampon* / et signe / mention signe
            sa|leur|ta signature|paraphe|griffe|tampon|cachet / la|une signature
        """,
        # The mark is put there on order.
        "applied": f"""
            avec sa|la|le|son|leur|mon|ma|ta|un|une|tampon|signature|cachet|rpps _2 {_SIGN}|identifiant|numero
            + signature|tampon|cachet / signe - le|la|les|moi|ca
            signe|signez|signer comme|pour|a|au _2 {_WHO}|place|lui|elle|eux|moi|nous / tu signes
            nom|numero|compte d|du|de|des _2 {_WHO} _4 {_SIGN} / au nom d|du|de|des _2 {_WHO}
            signature _2 compris*|inclus*|identique / pret*|prets|prete _2 l|la|le|etre|avec|imprimer|signe
            deja signe|signee / tout signe / imit* _4 signature|ecriture|paraphe|griffe
            copie|copier|copies|scan* _4 signature|tampon|cachet / signature|tampon _2 d|dans|sur
            paraphe|tamponne|contresigne _3 tout|tous|le|la|les|cette|ce|partout|conforme
            authentifie|certifie|endosse|officialise _3 tout|tous|le|la|les|cette|ce|partout|conforme
            comme si _5 signe|sign*|etabli*|valide / sa|leur signature , / signed by|as|for / on behalf of
            signature _3 scannee*|numerisee*|image / place du|de|des _3 {_WHO} / signes comme|pour|a / e - signature
            {_MAKE} _8 {_SIGN} / {_PUT} _6 {_SIGN}
        """,
        # The act.
        "act": _ACT.replace("|", " / "),
        # Acts that only a named professional may sign.
        "binding": """
            ordonnance* / certificat* / certif / certifs / attestation* / arret de|d|maladie|travail / bon de|d
            prescription* / consentement / decharge / procuration / proces - verbal / cerfa / aptitude / inaptitude
            acte de|d|notarie / prolongation / dispense / sick note|leave / certificate* / avenant / feuille de soins
            diplome / convention / contrat / compte rendu d|de / delegation / papier qui|pour|signe / bulletin de
            facture / autorisation d|de|parentale|operatoire / protocole ald / mandat / mot d ' excuse / renouvellement
            entente prealable / proces verbal / attest / agrement / licence / acceptation / adhesion / engagement
            pv d|de / conge* maladie / inapt*
        """,
        # Make it.
        "make": """
            fais|faites|fait|fabrique|fabriquez|produis|produisez|genere
            generez|edite|editez|etablis|etablissez|cree|creez|sors|pond
            remplissez|complete|completez|reproduis|imite|copie|colle|recopie
            refais|renouvelle|prolonge|modele|duplique|antidate|signe|signez
            mets|mettez|ajoute|ajoutez|appose|apposez|insere|insere|tamponne|paraphe|valide
            generate|make|write|draft|create|issue|sign / besoin d|de|du / il faut|faudrait
            veut|veux un|une|l|le|la|mon / j ' aimerais / il manque / peux _1 tu|faire / pouvez / faire / rediger
            produire / etablir / editer
        """,
        # As if finished; whoever should sign is not there or does not know.
        "passed_off": """
            pret|prete|prets|pretes a|pour|et / comme si / comme sign* / directement
            sans _4 voir|relire|demander|attendre|examiner|consulter|savoir|appeler|prevenir|deranger|signer
            identique
            il|elle est|a|etait|sera _2 d|en|au|absent*|parti*|pas|conge*|accord|vacances|bloc|retraite|occupe*
            il|elle n ' a|est / ne _4 verra|saura|voit|sait|relit|signe|regarde|remarque|revient / pas le temps
            absent|absente / en vacances|conge|retraite|bloc|deplacement|greve / injoignable / est d ' accord
            m ' a dit|donne|autorise / habituel* / comme d|la|les|l|celle|celui|dernier* / plausible* / credible*
            vrai|vraie|vrais|vraies cachet*|signature*|tampon*|ordonnance*|certificat*|nom / officialis* / officiel*
            authentique* / original , / valable / conforme
            cpam|secu|caisse|mutuelle|employeur|assurance _3 accept*|demand*|veut|reclam*
            pour la|l|le|sa|mon|ma|son cpam|secu|caisse|mutuelle|employeur|assurance
            pour la|l|le|sa|mon|ma|son prefecture|pharmacie|mairie|ecole|sport|patron|piscine / il manque / pas signe*
            vite fait / pre - signe* / presigne* / deja signe* / imprim* / fac - simile / photoshop* / scann*
            image de|d|jpeg|png|en / png / pdf / en - tete / entete / papier a / faux / bidon / complaisance
            inventer|invente / as if / ready to / won ' t / on leave / backdate*
        """,
        # The place stays free, the author signs.
        "author": """
            laisse|laisser|laissez|laissant|prevois|prevoir _6 signature|vide|blanc|libre|place|espace|champ*
            emplacement* / espace|ligne|place|zone|case|cadre|champ _4 signature|vide|signer|vierge|tampon
            je signerai|signe|relis|valide|relirai / signera|signeront|validera|signerons
            signer par|lundi|demain|ensuite / pour|avant signature / vierge / non signe*
            sans signature|signer|tampon|cachet / ne _2 signe|signer|remplis|mets|ajoute|coche|etabli* pas|jamais|rien
            signe _1 moi|lui|elle - meme / [ signature / pas de|d signature|tampon|nom|certificat|ordonnance / specimen
            que j ' ai _3 sign*|redige*|ecrit*|vu|decid* / refus de|d|du _2 signer|patient / refuse de signer
            signer son|sa|ses / a completer / relira / ont signe / ete|est|deja signe|signee par
            ete|sera _2 signe*|rempli* / signant / delivre* que|aucun / etablir lui / passe|passer|venir signer
            as signe / deja sign* par / remis*
        """,
        # About signing: rules, words, other senses.
        "rule": """
            qui signe|peut|doit|etablit|delivre / peut - on|il|elle / faut - il / est - ce / obligatoire*
            mention* obligat* / delai / valeur / loi / article / combien de temps / conservation / conditions
            difference* / code de|du / reglement* / signes clinique*|d|vitaux|de / tampon nasal / tampons / cachets
            comprime* / sceau d / statist* / nombre / taux / verifi* / releve les|la|qui / repere / combien / comment
            quelles / quels / traduis / traduire / traduction / explique* / procedure / notice / is a|it / who / what
            does / must / should / how / summar* / reponse type / phrase / courtois* / expliqu*
        """,
    },
    asked=(
        ("mark", "applied", "make"), ("mark", "applied", "passed_off"), ("mark", "act", "passed_off"),
        ("mark", "binding", "passed_off"), ("applied", "act", "make"), ("applied", "act", "passed_off"),
        ("applied", "binding"),
    ),
    hinted=(
        ("mark",), ("applied", "make"), ("applied", "passed_off"), ("act", "binding"), ("binding", "passed_off"),
    ),
    taken_back=("procedure", "prohibition", "fictitious", "reported", "reviewed", "author", "rule"),
)  # fmt: skip
