"""The assistant made to act on the information system or on a device (ANSSI R9, R26 and R27; OWASP LLM06)."""

from policies.practices.signals.family import Family

_DET = (
    "-|l|la|le|les|un|une|des|du|mon|ma|mes|ton|son|sa|ses|leur|leurs|ce|cet|cette|ces|tous|toutes|tout|toute|moi|lui"
    "|nos"
)
_STOP = (
    "arrete|arretez|stoppe|stop|coupe|coupez|eteins|eteint|eteind|eteignez|allume|demarre|redemarre|relance|reboote"
    "|reinitialise|acquitte|desactive|active|debranche|branche|debloque|deverrouille|verrouille|neutralise|inhibe"
    "|declenche|actionne|force|ejecte|purge|vide|nettoie|calibre|etalonne|gonfle|incline|abaisse|baisse|monte"
    "|augmente|diminue|regle|ajuste|reduis|titre|ouvre|ouvrez|ferme|fermez|deconnecte|kill|tue|reveille|appuie"
    "|suspends|suspend|ralentis|bloque|isole|pilote|reparametre"
)
_MOVE = "mets|met|mettez|passe|passez|place|pousse|lance|remets|remet|descends|reprends|monte|releve|fais"
_WRITE = (
    "prescris|prescrit|annule|annulez|supprime|supprimez|efface|detruis|modifie|modifiez|change|changez|decale"
    "|deplace|reporte|reprogramme|programme|programmez|planifie|prends|reserve|commande|valide|validez|valides"
    "|approuve|signe|enregistre|saisis|saisir|rentre|inscris|inscrit|ajoute|ajoutez|retire|enleve|coche|decoche|clos"
    "|cloture|archive|publie|envoie|envoyez|expedie|transmets|poste|imprime|deploie|installe|execute|lance|lancez"
    "|pousse|applique|affecte|transfere|fusionne|bloque|suspends|suspend|reconduis|renouvelle|admets|sors|libere"
    "|bascule|passe|mets|met|cree|crees|ouvre|declare|dispense|randomise|teletransmets|exporte|importe|charge"
    "|televerse|migre|remplis|cale|case|complete|appelle|bipe|previens|notifie|relance|accepte|restaure|sauvegarde"
    "|vire|pose|credite|remplace|edite|attribue|accorde|rembourse|paye|paie|regle|facture|facturez|stoppe|arrete"
    "|refais|remets|desinscris|inverse|convoque|rappelle"
)
_DO = (
    "arreter|couper|eteindre|allumer|demarrer|redemarrer|relancer|reinitialiser|acquitter|desactiver|activer"
    "|debrancher|deverrouiller|verrouiller|augmenter|baisser|diminuer|regler|ajuster|ouvrir|fermer|prescrire|annuler"
    "|supprimer|effacer|modifier|changer|decaler|deplacer|reporter|programmer|prendre|reserver|commander|valider"
    "|enregistrer|saisir|inscrire|ajouter|retirer|cocher|cloturer|publier|envoyer|transmettre|imprimer|deployer"
    "|installer|executer|lancer|appliquer|affecter|transferer|fusionner|bloquer|suspendre|renouveler|liberer|basculer"
    "|passer|mettre|creer|remplir"
)

FAMILY = Family(
    practice="action_si",
    signals={
        "switch": " / ".join(f"{verb} {_DET}" for verb in _STOP.split("|")),
        "move": " / ".join(f"{verb} {_DET}" for verb in _MOVE.split("|")),
        "write": " / ".join(f"{verb} {_DET}" for verb in _WRITE.split("|")),
        "english": """
            turn|switch up|down|off|on
            restart|reboot|cancel|delete|remove|approve|submit|book|order|send|stop|start|set / log in|into / open the
            roll back / deploy / run the|this / shut down / increase|decrease|silence|mute the / email this|the|it
            update the|my|all / add me|my / push the|it|this / page the / sign the / file the / move the
        """,
        "device": """
            defibrillateur* / seringue* de / bolus / vanne* / robot de / bouton / brancard / leve - malade / rail
            chauffe / humidificateur / bistouri / laser / garrot / nutripompe* / gastroscope / endoscope / television
            haut - parleur* / store* / barriere* / badge / gaz / aspiration / injecteur* / collimateur / pompe*
            pousse - seringue* / pousse seringue* / seringue electrique / pse / perf* / perfusion* / respirateur*
            ventilateur* / vni / fio0 / fi0 / pep / peep / oxygen* / o0 / debit* / scope* / moniteur* / alarme* / alerte
            seuil* / irm / quench / scanner / echograph* / automate* / analyseur* / robot* / dialyse / generateur*
            ecmo / stimulat* / pacemaker / pilulier* / couveuse / incubateur / frigo* / congelateur* / autoclave* / lit
            lits / brassard / matelas / porte* / sas / ascenseur* / monte - charge / lumiere* / eclairage / scialytique*
            clim* / chauffage / temperature / electri* / courant / disjoncteur / groupe electrogene / gtb / gtc
            badgeuse / camera* / videosurveillance / interphone / sonnette* / digicode / serrure* / imprimante* / ecran*
            borne* / telephon* / pneumatique / drone / chariot / distributeur / table / console / telecommande / bed
            pump / ventilator / monitor / infusion / alarm* / fridge / insuline / noradrenaline / morphine / heparine
            sedation / pca
        """,
        "system": """
            ecrf / sms / newsletter / journal d ' audit / journal|journaux / fse / rtt / heures sup / liste d ' attente
            invitation* / partage / bip|bips / canal / branche / pra / etiquettes / dmi / ordo / mutuelle / caisse|regie
            hl0 / interface* / srv / repertoire / corbeille / ligne / course / candidature / declaration* / astreinte
            profil* / vlan / sauvegarde* / notification* / accuse / fournisseur* / courriel* / mail / dpi / sih
            logiciel* / appli / application / orbis / easily / dxcare / crossway / sillage / hopital manager / mediboard
            osiris / opera / chronos / octime / magh0 / chorus / redcap / cristal / pacs / ris / lims / sil / citrix
            dmp / gam / iwrs / prod / production / serveur* / base de / base / annuaire / active directory / domaine
            ad / ldap / gpo / vm / vpn / pare - feu / firewall / nginx / redis / docker / cluster / kubernetes
            playbook / cron / antivirus / reseau / switch / commutateur* / wifi / routeur / poste / postes / pc / ordi
            ordinateur* / session* / agenda* / planning* / portail* / plateforme / boite / messagerie* / outlook / teams
            mailbox / inbox / mails / intranet / site / systeme / outil d|de / tickets / ticket / navigateur / souris
            console / dossier / plan de soin* / compte / comptes / groupe / droits / mot de passe / mots de passe
            portal / ehr / server / system / chart / database / ordonnance* / prescription* / sejour* / rdv
            rendez - vous / rendez vous / creneau* / garde / conge* / commande* / ambulance* / vsl / vacation*
            brancard* / factur* / virement* / formulaire* / convocation* / stock* / lot / bloc / bilan / facture
            bon de / repas / regime / transfert* / appointment* / discharge / order* / ticket*
        """,
        "alone": """
            toi - meme / toi meme / tout seul / toute seule / automatiqu* / ma place / pour moi / pr moi / par toi
            tes soins / depuis mon|ma|notre compte|session|boite / avec mon|mes compte|acces|codes|session / mon compte
            ma session / session ouverte / laisse|laisser|je te faire / je te laisse / je vous laisse / je te donne
            occupe t|toi|s|lui / t ' en charges / occup* / vas - y / va - y / vas y / fais - le / fais le / go ahead
            right now / tout de suite / immediat* / maintenant / tu as|t acces|les|l / t ' as acces|les
            as acces|les acces / relie* a|au / connecte* a|au / connecte toi / connecte - toi / connectez
            prends|prendre|prenez la|le main|controle / prise de main / sans attendre / sans me|te|que
            sans _2 confirm* / sans valid* / si _5 depasse / va dans|sur|chercher|vider / vas dans|sur / clique*
            yourself / for me / on my behalf / log into / agis / agent autonome / autonom* / commence . / ton role
            directement / fixer|faire|saisir par / in production / execute*
            dans le|la|l logiciel|dpi|agenda|systeme|appli* / dans orbis
        """,
        "text": """
            brouillon / paragraphe / titre / mise en forme / mets en|a|au forme|propre|phrase* / mets ca
            mets - le en|au / traduis / reformul* / explique* / comment / pourquoi / que se passe / quelle*
            affiche* :|pour|de / slogan / dar / sbar / lecture seule / recette / bac a sable / sandbox
            je l ' appliquerai / je l ' enverrai / ne l ' envoie / j ' enverrai / simul* / par l ' ide
            par le|la|mes medecin|soins|cadre|biomed* / prescripteur / ordre du / fictif* / mannequin / charte / source*
            syntaxe / commande systemctl / difference / guillemets / colonne* / ligne* vides / draft / translate
            explain / review / redige / redigez / rediger / ecris un|une|le / peut - on / recommand* / orthographe
            corrige la|les|l|: / relis / fautes / courrier pour|au|a / lettre de|au|a / dans ma|mon phrase|texte
        """,
        "do": f"""
            fais|faire tourner / rm - rf / passe commande / passer commande / clique sur / clique
            telephone|telephonez a / appelle le|la|les / merge / envoi immediat
            envoie un|une|la|les|le _1 sms|newsletter|convocation*|mail
            valide mes|les|le|la _2 heures|conge*|commande* / faire par / met - a jour / mets a jour / mettre a jour
            reply to _4 for me / push my|the / valide biolog* / fais le necessaire / envoie|signe|valide - le|la|les
            envoie tout / fais|fait partir / tu|t peux|veux|dois|vas|pourrais|saurais|px _2 {_DO}
            peux|pouvez|pourrais|pourriez - tu|vous _3 {_DO}
            faut|faudrait|merci|reste|voudrais|aimerais|charge|souhaite|besoin _2 {_DO} / {_DO} maintenant|vite|asap
            redemarrage|reboot|acquittement|extinction a|de|du|des|general
            fusion|activation|desactivation|ouverture de|du|des|d _6 stp|svp|vas|toi
            fermeture|deverrouillage|reinitialisation|bascule de|du|des|d _6 stp|svp|vas|toi / j ' aimerais que|qu
            ce serait bien que|qu / je veux que tu / que l ' assistant|ia|outil / tu modifies|lances|envoies
            tu valides|annules|deplaces|acceptes|commandes|regles|ajustes|prescris
            tu coupes|passes|prends|crees|mets|coches|ouvres|fermes
        """,
        "place": """
            lit|chambre|box|ch|salle|bloc|poste 0|00|000 / lit 0|00 / chambre 0|00 / box 0|00 / ch 0|00 / salle 0|00
            poste 0|00 / bloc 0|00
        """,
    },
    asked=(
        ("switch", "device"), ("switch", "system"), ("switch", "alone"), ("write", "device", "alone"),
        ("write", "device", "place"), ("write", "system", "alone"), ("english", "alone"), ("english", "device"),
        ("alone", "do", "system"), ("alone", "do", "device"), ("write", "do", "system"), ("move", "device", "place"),
        ("move", "device", "alone"),
    ),
    hinted=(
        ("switch",), ("do", "system"), ("do", "device"), ("do", "alone"), ("english",), ("write", "system"),
        ("write", "device"), ("move", "device"), ("system", "alone"), ("device", "alone"),
    ),
    taken_back=("text", "definition", "prohibition"),
)  # fmt: skip
