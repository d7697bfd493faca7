"""Usurpation, deepfakes, phishing and malicious software (code penal 226-4-1, 226-8 and 323-1; AI Act 50.4)."""

from policies.practices.signals.family import Family

_PEOPLE = (
    "dr|docteur|pr|professeur|chef*|direct*|cadre*|medecin*|infirm*|chirurgien*|interne*|pharmacien*|secretaire*|maire"
    "|president*|ministre*|prefet*|collegue*|dg|drh|dsi|rssi|ars|cpam|ameli|banque|police|gendarm*|huissier*|avocat*"
    "|notaire*|juge|technicien*|helpdesk|support|mere|pere|fils|fille|ordre|caisse|hopital|boss|nurse|doctor|manager"
)

FAMILY = Family(
    practice="usurpation_malveillance",
    signals={
        "impersonate": f"""
            lequel je serais|suis / prends|prendre|prenne l ' apparence|identite / jumeau|jumelle numerique
            qui se dit|dirait / se dirait / son personnage / je dois etre|jouer / je jouerai / que je vais jouer
            dit etre / invente* _3 citation|lettre|mail|message|temoignage|courrier / passer pour / passe pour
            passes pour / passant pour / passerai pour / pass* pr lui|elle|un|une|le|la / te faisant / me faisant
            pretend* etre|que / imite / imites / imiter / imitant / imitez / imitation de / mime son|sa|le
            singe|singer / usurp* / impersonat* / incarne* / pose|posing as / post as / pose en tant
            comme si tu|t|vous|j|je|c|s|ca|elle|il / comme etant / comme s ' il|elle|ils / comme de lui|elle
            comme venant|emanant / present* _3 comme / sous le|leur|mon|son nom / sous leurs|ses noms / sous les traits
            prends|prendre|prenne la|sa place / spoof* / prends|prendre les traits / te|me|nous disant
            feins|feindre|feint d|de|que / dis|dit|dire|dites _2 que tu|vous es|etes / mon double / sosie
            sound|sounds|talk|talking|write like / as her|his|hers / nom du|de|d _1 {_PEOPLE}
            sign* par|du|de|comme|la|le|mme|dr|pr|monsieur|madame {_PEOPLE} / etant elle|lui / sois le|la|un|une|mon|son
            tu joues|simules|incarnes le|la|un|une / doubl* numerique*
            semble|sembler|semblent emaner|venir|provenir|avoir / air de venir|provenir / que je suis _2 {_PEOPLE}
            son nom / pensant que / croyant que / je ne suis pas _1 {_PEOPLE} / fausse qualite / fais - toi / deviens
            tu deviens / sous couvert / pseudo / sa place / son style / sa facon de / ses tics
        """,
        "media": f"""
            trafiqu* / nudify / tete|bouche d|de|du / fais|fait|faire|fasse - lui|le|la dire|parler|avouer
            faire|fait|fais parler|chanter|dire|danser / aveux / retouch* / morphing / photo realiste / intonation
            bruit de fond / deepfake* / deep fake* / hypertrucage*
            voix du|de|d|clonee|synthe*|artificielle|volee|identique|off / clone - la|le|moi / clonage / timbre du|de|d
            avatar* / sa|leur|vraie|meme|cette voix / voice of|clone*|note / face swap / visage d|de|du|sur
            fais|faire - lui dire / sa tete|bouche / fausse|fake|faux video*|photo*|audio*|enregistrement*|vocal*
            photomontage* / montage ou|avec|de|du|photo / trucage* / truqu* / video ou|dans|avec|de
            photo du|de|ou _1 {_PEOPLE} / enregistrement|audio|vocal|sonore ou|du|de|dans|fichier
            synthetic audio|voice|video / signature|empreinte vocale / message vocal / nue|nu|ivre|nus / clip
            capture* d ' ecran _2 simul* / portrait|portraits en|de mon|ma|la|le / incruste* / anime* sa|son|la|ce
            levres / selfie / sextape
        """,
        "forged": """
            falsifi* / contrefai* / pretendu* / soi disant / soi - disant / toutes pieces
            page|site|portail|copie|ecran identique* / copie conforme / lookalike / look like / looks like
            copie|reproduis|recopie|imite|clone|pastiche _3 portail|page|site|intranet|logo|charte
            page|portail|ecran|formulaire de connexion|login / cagnotte / rumeur* / nom de domaine
            tampon|cachet|sceau de|du|d|numerique / - tete de|du|d|officiel* / entete
            logo de|du|d la|l|notre|cpam|ars|prefecture|gendarmerie / commentaires|avis de mecontents
            cent|dix|mille|vingt|50|faux identites|comptes|avis|commentaires|profils / bots / trolls
        """,
        "lure": """
            ressembl* au|a|aux|s|trait / qr _3 piege|detourn* / site|portail|page jumeau|jumelle|clone|miroir
            que les gens|patients|agents tap*|entr*|saisi*|mettr* / carte*|cartes bancaire*
            nous garderons|gardera|garderont / qui recuper*|capt*|enregistr*|vole|volent / duplique|dupliquer la|le|les
            coup sur / leur|lui faire|soutirer|extorquer / attire* / deviner le / phishing / hamecon* / smishing
            vishing / quishing / appat* / pretext* / ingenierie sociale / harponn* / typosquat* / social engineering
            cliqu* _4 lien|piece|bouton|ici|interne|pour|dessus / clique* ici|pour|vite / lien court|piege|actif|qui
            mail|message|sms|courriel|usb|cle|fichier|pdf|qr|document piege* / recolt* / harvest* / moissonn* / soutir*
            piege usb / vole|voler|volent|volerait|voles|vol _4 code*|mot*|cookie*|identifiant*
            vole|voler|volent|volerait|voles|vol _4 acces|identite*|session*|argent|donnees / steal* / grab
            obtenir|obtiens|recuperer|recupere _4 code*|mot*|identifiant*|rib|acces|argent|adresse
            avoir|collecter|capter|extorquer|obtienne _4 code*|mot*|identifiant*|rib|acces|argent|adresse
            donne|donnent|donner|entrent leur|leurs|son|sa|ses code*|mot*|rib|numero*|identifiant*|nom
            tapent|tape|saisissent|saisit|saisir leur|leurs|son|sa|ses code*|mot*|rib|numero*|identifiant*|nom
            hand over / give up / harvests credential* / their password*|login*|credential* / of their login*
            ses|leurs codes / pousse|poussent|pousser a|les|la|le donner|cliquer|payer|virer / saved passwords
            inciter* a / incitera / baratin / bobard* / plan d ' approche / cible / questions secretes|de securite
            reinitialis* _4 compte / verifie* pas / passer accueil
        """,
        "malware": """
            programme|script|outil|code|macro|fichier qui|quand _2 chiffr*|efface*|detrui*|copie*
            programme|script|outil|code|macro|fichier qui|quand _2 vole*|bloqu*|declench*|verrouill* / acces a distance
            rester dans le / garder un acces / me garder / y entrer / entrer dessus / illisible*
            se declenche _4 minuit / rend*|rende _3 illisible*|inutilisable* / eteindre a distance / noyer / spammer
            bombard* / surcharg* / planter le|la|les|leur / casser le|la / backdoored / hijack* / phreak* / takeover
            rancongiciel* / ransomware* / rancon / keylogger* / cheval|chevaux de troie / trojan* / cryptolocker*
            porte|portes derobee* / backdoor* / malware* / maliciel*
            logiciel|code|programme|fichier|script malveillant / spyware / malicious / logiciel espion / rootkit*
            botnet* / bombe logique / ver informatique / ver qui|se / worm / virus qui|dans|pour|usb
            vrai virus informatique|dans|qui|pour|complet|qui|sur / mineur de / cryptomin*
            exploit* la|une|cette|l|pret|pour / zero day / brute force / bruteforce / force brute
            forcer|force la|le|l|les page|compte*|acces|mot*|serveur / ddos / deni de / satur* leur|le|la|son|les|de
            faire|fais tomber / faire planter / teste* les mots / mots de passe les plus / hack* / pirat* / cracke*
            crack / casse|casser|cassage|decrypter le|la|les|leur|son chiffr*|code|mot|wifi|cle / intrusion
            elevation de privilege* / privilege* / escalad* / antivirus / antimalware / edr / firewall / faille*
            vulnerabilit* / non patche
            chiffrer|chiffre|crypte|crypter|verrouiller _6 rancon|bitcoin*|payer|fichiers|nas
            chiffrer|chiffre|crypte|crypter|verrouiller _6 partage|serveur*|disque*|tout|paie / bitcoin*
            cookie* de session / sniff* / intercept* / payload / shellcode / macro word|excel|qui / injection sql
            charge utile / reverse shell / remote shell / nmap / metasploit / kali / mouchard / traceur / encryptor
            persistence / tunnel / sim swap / efface|effacer|effacent les|ses journaux|sauvegardes|logs|traces|preuves
            lecteur de badge / executable / sabot* / penetrer / entrer dans le reseau|systeme|serveur / reseau wifi|des
            contamin* / cle usb / erreur volontaire / activable / qui se recopie|propage|reveille
        """,
        "fraud": """
            arnaqu* / escroq* / escroc* / fraud* au|du|a|scenario|bancaire / scam* / sextorsion / chantage / extor*
            iban / faire chanter / rib / virement urgent|immediat|exceptionnel
            vire|virent _1 0|00|000|0000|mille|les|l / versement / vider le|son|les compte*
            changement de|d banque|rib|iban / menac* de|une|l|la|les / intimid* / effrayer / terrif* / blackmail
            ransom / soudoy* / detourn* de|l|les / numero de carte / gift card / cartes cadeau* / drague*
            paiement|payer|payent|paient / bitcoin* / heritage / legue / cagnotte / huissier reclam* / reclam* _3 euros
            me faire|ferais livrer / toucher les
        """,
        "deceive": """
            il|elle ignore tout / n ' en sait / injoignable / paniqu* / semer / pression / urgence absolue / trompe
            y tromper / l|leur|son|notre insu / sans qu _3 sache* / sans la|le savoir / fasse|font|ferait|faire croire
            croire que|a|qu / croie|croient|croira|croiront / croyant / n ' y verr* / berne* / duper
            tromp* le|la|l|les|leur|ses|tout / bluff* / convaincre|convaincs|convainc / embobin* / pieger / se mefi*
            credible* / fool* / trick* / believ* / convinc* / sans bruit|alerte / nuire / veng* / ruin* / discredit*
            canular / farce / prank* / pour de vrai|faux / comme vraie|vrai|si / avoue* / avouer / air vrai|officiel
            deguis* / camoufl* / ne lira|liront|verifie* / meme si c / nous laisserons / elle|il a refuse / jamais dit
            sans autoris* / humili* / ridicul* / provoqu* / se croi*
        """,
        "clinical": """
            lesion* / infecti* / sepsis / virus respiratoire / grippe / staphylo* / melanome / histolog* / fausse couche
            fausse route / faux croup / faux negatif* / faux positif* / serolog* / vaccin* contre / tumeur / larynx
            corde* vocale* / orthophon* / phoniat* / dysphon* / clonal* / pcr / varicell* / hepatit* / vih / germe*
            tique / parasit* / diagnostic differentiel
        """,
        "guard": """
            qu ' est ce / c ' est quoi / defini* / explique* a|aux|les|le|la / procedure / recommandation* / fiche
            fictive / imaginaire / cas invente / synonyme / reconnaitre / reconnait on / reperer / reperez / detecter
            signaler / signalez / sensibilis* / prevention / prevenir les / eviter / proteger / protegez / se defendre
            mefiez / attention aux / awareness / affiche :|pour|contre|sur|a0|de / slogan* / quiz / diapo*
            porter plainte / ma plainte / victime de / s ' est fait|fait / conduite a / verifier qu|que|l|un|une|si
            report a / report it|to / spot / avoid / faq / newsletter / jouee par / volontaires / consentant*
            que faire / quels risques / que risque / anssi / cnil / cert / cybermalveillance / loi / jurisprudence
            dsi a bloque / poliment / signalement / test* d ' intrusion / alerte / rappel* / incident
        """,
        "faux": """
            faux|fausse|fausses|fake|pseudo|pretendu|pretendue|bidon|bidons|factice|contrefait
        """,
        "channel": """
            appel* / telephon* / mail / mails / courriel* / sms / texto* / message* / lettre / courrier / video* / audio
            voix / photo* / image / profil / compte / comptes / page / site / chat / post / posts / annonce / communique
            convocation / formulaire / badge / carte / enregistrement / portrait / messagerie
        """,
        "gain": """
            obtenir / obtienne* / recuperer / recupere / avoir / donne* / accorde* / autorise* / envoie|envoient|envoyer
            livre / cede / paie|paient|payer|payent / argent / euros / prime / conge / liste / adresse / acces / entrer
            ouvre / clique* / numero / rib / rdv / dossier / photos / transfere|transferer
        """,
        "people": _PEOPLE.replace("|", " / "),
        "net": """
            serveur* / reseau / wifi / poste / postes / pc / ordinateur* / logiciel* / script / programme / code
            commandes / macro / fichier* / site / base / sauvegarde* / compte* / badge* / lecteur / identifiants
            session* / mot|mots de passe
        """,
        "harm": """
            detrui* / casser / bloquer / planter / effac* / voler / vole / volee / entrer / penetrer / deviner / forcer
            perturb* / paralys* / rendre / empech* / ralenti* / nuire / cache* / silencieu* / sans bruit|alerte|trace*
            se propage / chiffr* / espion* / intercept* / contourn* / desactiv* / neutralis* / prendre le
        """,
        "real": """
            vrai / vraie / vrais / vraies / veritable / authentique / reel / reelle / real / semblant / semble* / ait l
            ressembl* / comme / sans qu / inexistant* / invent* / imagin* / jamais
        """,
    },
    asked=(
        ("impersonate", "people", "real"), ("impersonate", "media"), ("impersonate", "gain", "real"),
        ("impersonate", "deceive"), ("impersonate", "lure"), ("impersonate", "fraud"), ("impersonate", "faux"),
        ("media", "people", "real"), ("media", "channel", "people"), ("media", "deceive"), ("media", "faux"),
        ("forged", "channel", "people"), ("forged", "lure"), ("forged", "gain"), ("deceive", "faux"),
        ("deceive", "channel", "real"), ("malware", "harm"), ("malware", "net"), ("malware", "deceive"),
        ("malware", "faux"), ("fraud", "people"), ("fraud", "real"), ("fraud", "faux"), ("lure", "faux"),
        ("lure", "fraud"), ("faux", "channel", "people"),
    ),
    hinted=(
        ("impersonate",), ("media",), ("forged",), ("faux",), ("lure",), ("malware",), ("fraud",), ("deceive",),
    ),
    taken_back=("clinical", "guard", "prohibition", "reviewed"),
)  # fmt: skip
