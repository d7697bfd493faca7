"""Watching, profiling or unmasking a person, or reading a file out of curiosity (GDPR 5 and 9; CSP L. 1110-4)."""

from policies.practices.signals.family import Family

_WHO = (
    "voisin*|collegue*|ex|mari|femme|epoux|epouse|copain|copine|compagn*|conjoint*|frere|soeur|cousin*|oncle|tante|"
    "pere|mere|fils|fille|beau|belle|ami|amie|amis|amant*|chef|cheffe|patron*|directeur|directrice|maire|depute*|elu|"
    "elue|celebr*|star|acteur|actrice|footballeur|joueur*|chanteu*|journaliste*|juge|avocat*|prof|instituteur|"
    "proprio*|syndicali*|delegu*|agent|agents|infirmier*|soignant*|ide|ides|aide|interne|internes|secretaire*|"
    "brancardier*|cadre|adjoint*|equipe|employe*|stagiaire*|temoin|auteur|autrice|plaignant*|donneur*|visiteur*|"
    "resident*|chirurgien*|mec|type|salarie*|etudiant*|nurse*|boss|colleague*"
)
_FIND = (
    "retrouv*|identifi*|devin*|espionn*|fouill*|tracer|reconnai*|epluch*|recoup*|crois*|dedui*|trouve*|cherch*|"
    "verifi*|regarde*|liste*|dresse*|reconstit*|retrac*|localis*|suis|suivre|analys*|estim*|compar*|repere*|"
    "rapproch*|confirm*|dis|donne*|sors|sortir|montre*|scrape|track|find|tell|monitor|guess|raconte*|extrai*|alert*|"
    "previens|prevenir|avertis*|pist*|flique*|recens*|check*|consult*|ouvre|ouvrir|jette|surveille*|enquete*|"
    "remonte*|radiograph*|inventaire|scrute*|fiche|ficher"
)
_PRYING = "facebook|fb|insta|instagram|linkedin|tiktok|snapchat|twitter|strava|vinted|tinder|whatsapp|teams"

FAMILY = Family(
    practice="surveillance_profilage",
    signals={
        "net": f"""
            {_PRYING} / reseaux sociaux / reseau social / ses reseaux / internet / google / en ligne / le net|web
            profil facebook / journaux
        """,
        "logs": """
            log|logs / badge*|badgeage*|pointage* / wifi|wi / mails|courriel*|emails|boite|messageri* / messages|sms
            camera*|videosurv*|webcam* / proxy / historique / geoloc*|gps|bornes|borne|bornage* / puce / connexions
            clics|frappes|clavier|souris / telephone|appels / navigation / bracelet* / micro|ecoute|enregistr*
            acces au|aux / traces / video|videos|photo|photos / search history
        """,
        "kin": """
            voisin* / mon|ma|son ex / mari|femme|epoux|epouse|copain|copine / compagn*|conjoint*
            frere|soeur|cousin*|oncle|tante / mon|ma pere|mere / fils|fille / beau|belle - / ami|amie|amis / amant*
            proprio* / prof|instituteur|coiffeu* / boulang*|garagist*|boucher* / celebr*|star|stars
            maire|depute*|elu|ministre|senateur* / acteur|actrice|chanteu*|footballeur*|joueur*|sportif* / journaliste*
            juge|avocat* / neighbo*|boyfriend|girlfriend|wife|husband|ex / politicien* / connu|connue / presse / village
            beau pere|frere / quelqu ' un de
        """,
        "staff": """
            collegue* / agent|agents / infirmier*|soignant*|soignante / ide|ides / interne|internes / secretaire*
            brancardier* / cadre|cadres / adjoint* / equipe / employe*|salarie*|staff|nurse*|colleague*|coworker*
            chef|cheffe|patron*|directeur|directrice|boss / syndicali*|delegu* / stagiaire* / aide|aides
            temoin|auteur|autrice|plaignant* / visiteur*|famille* / telemedecin* / medecins / kines / resident*
        """,
        "find": _FIND,
        # What is nobody's business.
        "private": """
            opinion* / relig*|ramadan|priere|prie|prient / politique|politiques / syndicat|syndique* / greve*|grevist*
            enceinte / orientation / sexuel*|homosexuel*|gay|lesbienne
            vie privee|perso|personnelle|sentimentale|conjugale / privee|prives|prive|privees / domicile
            adresse|numero / dettes / couple|couples / divorc* / humeur|humeurs / loyaute|loyal|fidel* / depressi*
            frequent* / habitude* / casier / faiblesse*|fragil* / confession|croyan* / pratiquant* / soupconn*
            remboursement* / achats|achete / proces / vit|couche / influenceu* / police / faits et gestes / emotion*
            bavardage* / salaires / ivg|avort* / vih|seropositi* / addict*|alcool* / salaire / demission*
            trompe|maitresse / pause|pauses / habite|habitent / vit avec / convictions / personnalite|caractere
            likes|stories|posts|publications / sincer* / pregnan*|party* / dangerosite / secret* / mutation
            emploi|emplois / retard|retards / arrets|arret maladie / psychologique|psycho* / ragot*|rumeur* / nuits|nuit
        """,
        "named": """
            nom|noms / prenom|prenoms / identite / name|names / visage / qui|ki / lequel|laquelle|lesquels|lesquelles
            nominati* / c ' est / est ce / who|whose / auteur|autrice / vrai|vraie / derriere / chacun|chacune|chaque
        """,
        # Who is behind it.
        "unmask": f"""
            qui est|etait|sont / c ' est qui|lequel|laquelle / ki est / devin* / reidentif* / re - identif*
            leve*|lever _2 anonym*|pseudonym* / vrai|veritable|vraie nom|identite|patient*|personne / demasqu*
            defloute* / nom _2 probable / real name / who is|wrote|was|posted|are|had / correspond* _3 mon|ma|a
            nom|noms|prenom|identite _6 {_WHO}|patient*
            retrouv* _3 nom|identite|personne|patient*|auteur|adresse|ligne
            identifi* _3 {_WHO}|patient*|personne|donneur*|homme|la|le / reconnai* _4 {_WHO}|visage|voix|patient*
            qui a|ait|se ecrit|cache|poste|balance|parle|vole|dit|filme|raconte|denonc*|signe / qui se cache
            derriere _4 numero|initiales|pseudo*|masque|nom|anonym* / c ' est bien|elle|lui|mon|ma
            est ce bien|mon|ma|le|elle
        """,
        "anonymous": """
            anonym* / pseudonym* / deidentif* / masque|masques|masquee|masquees / caviard* / flout* / sans nom
            verbatim* / temoign* / cohorte / registre / cas publie|clinique|rapporte / confidentiel* / sous x / donneur*
            presse / initiales / numero 0|00|000|0000 / voix / visage* / sans le|la nommer / etiquette / village
            commune / questionnaire|enquete|sondage / patient_0 / patient _ 0|00
        """,
        # Out of curiosity, out of sight.
        "curious": """
            curiosite|curieu* / juste voir|savoir / sans _4 sache*|apprenne*|voie|trace|prevenir
            sans lui|leur|le|la dire / en douce / discret|discretement / cachette / insu / entre nous / en secret
            secretement|secretly / pas|sans _2 droits / ni vu / jette|jeter|jete _2 oeil / rumeur|rumeurs / savoir _2 si
            ce qu ' elle|il a|avait|prend / squelettes / piege* / pari
            hospitalis*|suivi*|soign*|opere* _4 chez nous|ici / pourquoi _4 hospitalis*|suivi*|venu*
            est venu*|suivi*|passe* / dossier de|d _1 mon|ma|voisin*|collegue*|ex|chef|star / compromett*
        """,
        "profile": f"""
            profil|portrait psycho*|complet|moral|politique|de / profil* _4 {_WHO} / psychological|profiling
            portrait psychologique / dangerosite / espionn* / traqu* / faits et gestes / fiche|ficher _2 moi|tous|les
            flique*|fliquer / traceur / keylog* / filature / suis|suivre _3 trace|deplacement* / deplacement* _4 {_WHO}
            heure par heure / minute par minute / heures _5 badg*|arriv* / temps de pause|presence|connexion
            agent par agent / qui _5 badg*|connect*|mail*|pause*|prie|boit|dort|parle|cherche / tout ce _4 trouv*
            sites _2 emploi / baromet* / reconnaissance faciale / par agent _4 badg*|mail*|message*
            surveill* _4 {_WHO}|boite|mails|messag*|camera* / previens|avertis|alerte|signale _4 des|quand|si
            crois*|recoup*|compar*|rapproch* _6 badg*|mail*|message*|planning*|facebook|reseaux|photo*|arret*
            vie privee / mets _2 ecoute / fouill* _5 mail*|boite|dossier*|reseaux|historique|telephone|vie
            lis|lire|epluch*|analys* _4 mail*|boite|messag*|courriel*
        """,
        "clinical": """
            surveill* _4 clinique|constante*|tension*|bilan*|parametre*|glycemi*|hepati*|diurese|transfusion*|plaie|post
            surveillance du|de|des|rapprochee|annuelle|echo*|standard / mise sous surveillance
            profil tension*|glyc*|bio*|poste|evolutif / epidemio* / pharmacovigil* / camera gamma
            reconnai* _3 symptome*|signe* / vital signs / patient traceur / notes|dictee|dar|sbar
            anonymis* _2 texte|avant|pour|ce / anonymiser|anonymisation / identitovigil* / lettre de liaison / mg|ml|cim
            cible
        """,
        "lawful": """
            agreg* / seuil / total|totaux / statistiqu* / sans _3 detail|individu*|matricule
            par pole|service|mois|trimestre / dpo / cnil / rgpd / finalite* / droits d|des|acces / consentement
            secret professionnel / interdi* / refus* / revue _2 droits|habilitation* / sensibilis* / affiche
            information aux / jamais / pourquoi / legal|legale|legalement / explique* / regle|regles / encadr*
            conservation / peut il|on / article / cadre legal / rappel* / respect* / charte / renonce* / ne _4 pas
            protect*|proteg* / bonne* pratique* / procedure / comite d / droit de / k anonym* / simule*|fictif*
        """,
    },
    asked=(
        ("staff", "private", "profile"), ("logs", "profile"), ("private", "named", "anonymous"),
        ("kin", "find", "unmask"), ("private", "named", "unmask"), ("logs", "private", "named"),
        ("find", "unmask", "anonymous"), ("kin", "find", "named"), ("net", "staff", "named"), ("net", "kin"),
        ("net", "find", "private"), ("kin", "private", "find"), ("staff", "find", "unmask"),
    ),
    hinted=(
        ("net",), ("profile",), ("curious",), ("unmask", "find"), ("unmask", "named"), ("unmask", "anonymous"),
        ("unmask", "private"), ("named", "anonymous"), ("kin", "named"), ("kin", "private"), ("logs", "find"),
        ("logs", "private"), ("staff", "private", "find"), ("staff", "private", "named"),
        ("staff", "private", "logs"), ("find", "private", "named"),
    ),
    taken_back=("task", "definition", "prohibition", "fictitious", "clinical", "lawful"),
)  # fmt: skip
