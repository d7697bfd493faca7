"""Data, code or conversations taken out of the hospital (RGPD 32 and 33; ANSSI R34; OWASP LLM02)."""

from policies.practices.signals.family import Family

FAMILY = Family(
    practice="exfiltration",
    signals={
        "outside": """
            ouvert a tous / ouverts a tous / page web / hors vpn / telechargeable / lien anonyme
            lien de partage|partage / telechargement / gratuite pour / sur le net|web|net / serveur public
            partage public / dossier partage tous / qui veut / mes archives / mes affaires / mon mac / sous le bras
            avec moi / partant|quittant / mon compte / pour moi chez / fuite vers|a|au / - moi sur / autre hopital|chu
            hors ue|europe / etats|usa / publique* sur / snap / insta / google doc* / anyone / anybody / free host
            sur cle / signal . / skype / viber / vers mon|ma|mes / reseaux sociaux / kaggle / hugging face / openai
            smash / transfernow / swisstransfer / pcloud / notion
            mon|ma|mes tel|mail|pc|ordi|box|site|blog|page|cle|ipad|iphone|tablette|disque|propre|drive|cloud / ton lien
            story / gmail / yahoo / hotmail / icloud / webmail / wetransfer / we transfer / dropbox / onedrive
            google drive|form* / drive / mega / box / whatsapp / telegram / discord / messenger / facebook / instagram
            tiktok / snapchat / x . / twitter / tweet* / linkedin / youtube / twitch / slack / reddit / stack overflow
            stackoverflow / pastebin / pad / github / gitlab . / chatgpt / chat gpt / gemini / claude / copilot
            mistral / perplexity / deepl / traducteur / forum / forums / blog* / cloud / internet
            site gratuit|public|web|externe / outil en ligne / appli gratuite|grand / ia publique|gratuite|grand
            gratuit / mail|mails|adresse|boite|messagerie|compte|telephone perso|personnel|personnelle|privee|prive
            tel|ordi|ordinateur|pc|portable|cle|espace perso|personnel|personnelle|privee|prive
            numero|serveur|nas|stockage|depot|disque|hebergeur|blog perso|prive|personnel / perso / personal / private
            my own|gmail|phone|laptop|drive|server|personal|private|friend|home / ma boite / mon adresse / mon portable
            mon serveur / mon cloud / mon telephone / mon futur|nouvel|nouveau|ancien / ma nouvelle adresse|cle|clinique
            chez moi|lui|elle|mon / adresse|mail|compte|box|boite _2 free|orange|laposte|sfr|etudiante / - ext
            take|taking home / lien public|ouvert|court|de / public link|repo|url / acces ouvert|libre / ftp / sftp
            scp / rsync / curl / webhook / https : / http : / url / open access / libre acces / publiquement
            vers l ' exterieur / hors de|du l|reseau|hopital / sors|sortir|sortent du|de reseau|l|hopital
            prestataire|adresse|serveur externe / outside / ext / sur|via une|ma|cle cle|usb / dictaphone / airdrop
            bluetooth / exterieur / ! [ / ?|& q|d|t|p =
        """,
        "stranger": """
            presse / radio locale / sa|leur|notre banque / marketing / drh d / mon voisin|podcast|livre|blog|these
            reporter / politique* / qui n ' y travaille / parent* d / notre|mon editeur / ailleurs / journalist*
            magazine / media* / journal / concurren* / competitor* / futur employeur / nouvel employeur / recruteur*
            cabinet de|d|privee|sud / start - up / startup / colocataire / fiance* / elu / candidat* / commercial*
            patron / immobil* / pharma / assureur* / assurance / mutuelle / avocat* perso / detective
            mon|ma avocat|mari|femme|frere|soeur|cousin*|ami|amie|voisin*|ex|copain|copine|fils|pere|mere|club
            beau - frere|pere / belle - soeur|mere|famille / ami|amie|copain|copine|pote|connaissance|inconnu* / pote
            copain* / ami qui / acheteur* / vend* / revend* / vente / vendre / sponsor* / grossiste / fabricant*
            fournisseur / laboratoire* / labo d / industriel* / societe* / start / editeur* / prestataire*
            sous - traitant* / agence* / syndicat* / cgt / mairie / prefecture / ecole de / asso* / club / conjoint*
            proprietaire / these perso / pub / publicite / demarch* / friend* / brother / sister / husband / wife
            buyer* / vendor* / employer / groupe / promo / confrere etranger / tiers
        """,
        "data": """
            dossier* / patient* / patientele / comptes|compte rendu* / comptes|compte - rendu* / cr / crh / crs
            resultats / fichier* / base / bases / table / extraction* / export* / listing* / liste / listes / cohorte*
            transmissions / courrier* / lettre* / photo* / cliche* / radio* / scanner* / image* / ecg / biologie*
            analyses / diagnostic* / numeros / coordonnees / adresses / noms / nom et / identite* / nominati* / donnees
            data / records / record / code source / source code / algorithme / script* de / schema* / ip internes
            journaux / logs / bulletins / paie* / paye* / salaire* / cv / evaluations / mails / courriels
            procedure interne / proces - verbal / proces verbal / pv / document* / sejours / naissances / admissions
            planning / archive* / sauvegarde* / backup / index / base vectorielle / chunks / knowledge base / list
            reports / report / chart* / minutes / staff / resume / agents / malade* / resident* / pts / enregistrements
            video* / videosurveillance / confidentiel* / summary
        """,
        "send": """
            envo* / enverr* / transmet* / transfer* / transfere* / expedi*
            fais|faire|faites suivre|parvenir|passer|sortir / poste / poster / postes / postez / publie / publier
            publiez / diffus* / partag* / depos* / balanc* / upload* / televers* / mets|met|mettre|mettez _4 sur|chez
            copi* / coll* / recopi* / emport* / emmen* / export* / extrai* / sors|sortir|sortez|ressors / aspir* / fuit*
            leak* / send / sends / sending / forward* / share / post / paste / email / e - mail / dump / bundle / push
            pousse* / rapatri* / synchronis* / branch* / archiv* / zipp* / compress* / encod* / recuper* / rassembl*
            reun* / joins / joindre / attach* / donne|donner acces / livr* / vend* / imprim* / dicte* / lis
            range|ranger / bascul* / enregistr* / prepare / garder / garde / fais / fé / ecris / redirig* / redirection
            renvoi* / auto - forward / cci / copie cachee / montre|affiche / give|print|list|show
        """,
        "others": """
            utilisateur|utilisatrice precedent* / autres utilisateur* / discussions de|d|du|avec
            passes par la passerelle / autre personne vient / fichier|document de mon|ma collegue|chef
            base d ' apprentissage / memoire de l / she|he|they|did pasted|asked|wrote|paste / reponses donnees a
            que tu as garde|stocke / tes donnees / dans ta memoire / ton historique / tes archives / ta base
            conversation*|echanges|prompts _5 autres|collegue*|utilisateur*|voisin*|mme|dr|docteur
            historique*|brouillons|requetes _5 autres|collegue*|utilisateur*|voisin*|mme|dr|docteur
            conversation*|echanges|prompts _5 equipe*|chef|cadre|interne|rh|bureau|pharmacie|medecin*
            historique*|brouillons|requetes _5 equipe*|chef|cadre|interne|rh|bureau|pharmacie|medecin*
            question*|demandes|messages _4 autres|collegue*|utilisateur*|voisin*|mme|dr
            question*|demandes|messages _4 docteur|chef|rh|pharmacie|infirmier*|posees
            collegue*|autres|utilisateur*|voisin*|infirmier*|interne|psychologue|rh|pharmacie|service* _8 t ' a|ont
            collegue*|autres|utilisateur*|voisin* _5 conversation*|echange*|question*|prompt*|historique|brouillon*
            t ' a|ont|avait|avaient _3 demande*|ecrit|pose*|dit|raconte*|parle|colle*|confie*|soumis|donne|envoye
            avec toi
            racontent|raconte|posees|ecrivent|demandent|demande|disent|tape a l ' assistant|ia|outil|intelligence
            posees a l / other|previous|another user*|ward*|people|session* / everyone else / memoire partagee|commune
            corbeille commune / session precedente / avant moi / qui d ' autre / autres ont / asked you
            conversation memory|history / ever seen / parle|parler de moi / chat history
            conversation|conversations de|du|des|avec / pasted|asked|typed|wrote here|you
            que disent|demandent les autres / textes des autres / ce qu _3 ecrit|demande|colle|tape _3 hier|avant|matin
            tu as vu|traite*|lu|recu|memorise* / as vu passer / que d ' autres / autres t / tes autres
            utilise pour|et|aussi
        """,
        "covert": """
            insu / sans que la|le|l|personne / faire sortir / qui sort / archive chiffree / ne passe pas par
            petits morceaux / il ne faut pas qu / noms visibles / noms et tout / avec prenoms|photos
            vrais dossiers|noms / vraies donnees / sans le savoir / derniers patients / index|base documentaire
            sans que|qu _3 dpo|dsi|rssi|direction|sache|voie|courant|chef / sans passer par / sans _2 demander
            sans autoris* / sans accord / sans consent* / sans le dire / hors consent* / discret* / ni vu ni
            sous le manteau / anonymement / quietly / secretly / unnoticed / camoufl* / deguis* / maquill*
            annexe|piece cachee / dlp / que le filtre / proxy / eviter les alertes / contourn* / base00 / base 00 / hexa
            qui passent sous / ancre / pixel / markdown / ! [ / non securis* / pas de messagerie|mssante / noms compris
            avec les|leur noms / avec noms|nom|identite / noms apparents / identite comprise / names included
            nominati* / complet / complete / complets / tous les dossiers|patients|comptes|courriers|noms|mails
            tous|toutes mes|nos|les|ses / toute la|ma / toutes les lettres|donnees|fiches / totalite / chaque soir|nuit
            par un / tt les / exfil* / fuite* moi / in full / full / every / everything / all the|my|our|chunks
            emporter / emporte / garder une trace
        """,
        "rule": """
            que faire / quelle regle* / quelles regles / quel canal / - t - on le droit / ai - je le droit / peut - on
            peut on / est - il permis / affiche :|pour|sur|de / faq / quiz / slogan* / newsletter / sensibilis* / charte
            par|via mssante / messagerie securisee de|sante / anonymis* / agreg* / synthetique*
            aucun|aucune|sans patient / aucune donnee* / sans donnee* / sans identi* / sans nom / je refuse / refuser
            refus / impossible / nous ne pouvons / ne rien transmettre / par erreur / incident / crex / cnil / rgpd
            convention / clause / detecter / empecher / bloquer / interdire / proteger / hds / jeu d ' essai / fictive*
            exemple de / moi - meme / portes ouvertes / lanceur d / site public : / [ patient / politique / structure
            do not / how to / why
        """,
        "volume": """
            comptes rendus|dossiers|lettres|courriers|fichier|liste _4 patients|mois|semaine
            comptes listing|extraction|export|base|table|resultats _4 patients|mois|semaine
            liste|fichier|base|coordonnees d|de|des|du _2 patient*|malade*|agent*|resident*|famille*|personnel
            noms|numeros|adresses|mails d|de|des|du _2 patient*|malade*|agent*|resident*|famille*|personnel / patientele
            listing / cohorte / extraction / dump / recite / ressors / code source / source code / base vectorielle
        """,
        "person": """
            ami|amie|amis / voisin* / frere / soeur / cousin* / mari / femme / mere / pere / fils / fille / copain*
            copine* / pote / ex / beau / belle / famille / club / colocataire / collegue / ancien* / avocat* / assureur*
            patron / banque / journal* / presse / societe / entreprise / vendeur / commercial / fournisseur / editeur
            labo* / syndicat / association / mairie / ecole
        """,
        "mine": """
            moi / mon / ma / mes / chez / my / me / perso* / prive*
        """,
        "move": """
            envo* / transm* / export* / sort* / sors / poste / publi* / partag* / copi* / coll* / depos* / balanc*
            transf* / telecharg* / upload* / expedi* / emport* / recuper* / garde* / send / share / forward
            faire suivre|passer|parvenir / fais suivre|passer|parvenir / met* _3 sur / donne
        """,
    },
    asked=(
        ("outside", "data", "covert"), ("outside", "covert", "person"), ("outside", "data", "volume"),
        ("outside", "data", "send"), ("outside", "stranger", "move"), ("others", "covert"), ("others", "send"),
        ("others", "data"), ("volume", "mine"), ("volume", "covert"), ("stranger", "covert", "move"),
        ("stranger", "volume"),
    ),
    hinted=(
        ("outside",), ("others",), ("volume",), ("covert", "mine", "move"), ("stranger", "covert"),
        ("stranger", "mine", "move"), ("stranger", "send", "data"),
    ),
    taken_back=("rule", "definition", "procedure", "prohibition", "fictitious"),
)  # fmt: skip
