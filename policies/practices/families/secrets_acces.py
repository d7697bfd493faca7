"""Passwords, keys and codes given to the assistant or asked of it (ANSSI R10; OWASP LLM02)."""

from policies.practices.signals.family import Family

_KEYS = (
    "mot|mots|mdp|mdps|password*|code|codes|login*|identifiant*|jeton*|token*|session|pin|digicode*|badge|username"
    "|passphrase|acces|cle|cles|compte|secret*"
)

FAMILY = Family(
    practice="secrets_acces",
    signals={
        "secret": """
            mot de passe / mots de passe / mdp / mdps / password* / passwd / pwd / passphrase* / passcode* / kennwort
            code|codes|numero pin|cps|secret*|confidentiel*|wifi|acces|personnel*|badge|session|sms|usine|maitre|a|de
            code|codes d|du|des|pour|pr|porte|coffre|alarme
            code|codes entree|armoire|chariot|vestiaire|pharmacie|frigo|e|totp|otp / code quatre|a / pin / digicode*
            login* / identifiant* / user|username|utilisateur : / phrase secrete / jeton* / token*
            cle|cles|clef api|privee|secrete|d|de|du|ssh|wifi|wep|wpa|chiffrement / cle d ' api / api key* / private key
            secret client / client secret / secret* / credential* / access key / secret key
            mes|tes|ses|vos|leurs|nos|son acces / totp / otp / code - barres / passe general / badge du|de|d / cps
            e - cps / ecps / ma carte / cryptogramme / etc / shadow / bearer / jwt / ssh
            compte partage|commun|administrateur|admin|qui|generique / mon|ton|mes|nos code|codes
            session d|de|du|commune|a
        """,
        "give": """
            quel|quelle|quels|quelles est|sont|etait|code*|mot|login|identifiant*|session / c ' est quoi / c koi
            c quoi / donne|donner|donnez|redonne|donnes / file / filez / passe / prete* / preter
            rappelle|rappelez|rappel / montre / affiche* / trouve* / retrouve* / devine* / deviner / communique*
            dis|dites / dire / liste / lister / extrai* / recopie* / recherche / reconstitu* / deduis / deduire
            propose* / essaie* / essaye* / essayer / test|teste|tester / casse|casser|craquer|cracker|forcer / genere*
            generer / fabrique* / reproduis / calcul* / decode* / dechiffr* / obtenir / recuper* / il me faut / faudrait
            faut que / besoin / je veux / j ' aimerais / which / what / give|show / tell|need|remind / pr ouvrir
            pour ouvrir|entrer / ouvre|ouvrir / lequel / laquelle / stp / svp / s ' il te / vite / urgent / merci
            qui a / tu as / tu l ' as / combinaison* / manque / please / ?
        """,
        "hand_over": """
            note / notes / noter / retiens / retenir / souviens / souvenir / memorise* / enregistre* / garde / garder
            ajoute* / mets|met|mettre / inscris / ecris / ecrire / tape / taper / saisis / saisir / entre / entrer
            utilise* / colle / coller / connect* / reconnect* / ouvre / ouvrir / signe / valide / voici / voila
            je te|t donne|dis|mets|passe|envoie|laisse / jte / c ' est / est / qui est / : / = / avec / store / save
            use / remember / log in / here / prends / corrige / traduis / convertis / fais / redige / imprime*
            etiquette / affiche / envoie / change* / partage*
        """,
        "value": """
            code est|c|etait|sera / est le 0000|00000|000000 / mot|code de passe provisoire / provisoire _ -
            clef|cle _1 : / compte , code / avec mon compte / avec mes identifiants|codes / pass : / kennwort :
            usine est / mdp|pwd|password|passwd|pass|passphrase|token|pin|login|kennwort|apikey|passcode _2 :|=
            mdp|pwd|password|passwd|pass|passphrase|passcode _4 0|00|000|0000|00000|000000|00000000
            pwd|password|passwd|pass =|is / mot de passe _2 est|c|:|=|actuel
            mot de passe _4 0|00|000|0000|00000|000000 / mdp _2 c|est|pr|pour|pc _3 =|:|est
            code|codes|pin|cps _5 est|c|:|= _4 0|00|000|0000|00000|000000|quatre|sept
            code|codes|pin|cps _5 est|c|:|= _4 huit|deux|trois|cinq|six|neuf|zero|un|quarante
            pin|digicode|cps|cryptogramme|wifi|code|totp 0000|000000|00000 / code _3 0000|000000
            jeton|token|cle|key _4 :|= _ / - - - - - begin / begin rsa|private|ec|openssh / bearer _ / user|login _2 =
            mes acces|identifiants|codes _6 : / identifiant*|login|utilisateur _6 , _1 passe|mdp|code|pass
            compte _2 , mot|mdp|pass / mdp|login|pass|password _ 0 / deux mots de passe / c ' est : / passe qui est
        """,
        "borrowed": """
            session|compte|carte|badge|identifiant* _3 collegue|cadre|chef*|dr|docteur|medecin*
            code*|acces|login|mdp|passe|boite _3 collegue|cadre|chef*|dr|docteur|medecin*
            session|compte|carte|badge|code*|acces|passe _4 secretaire|interne*|directeur
            session|compte|carte|badge|code*|acces|passe _4 directrice|copine|copain|remplacant*
            session|compte|code*|mot|acces|login _5 patient*|monsieur|ancien*|voisin*|quelqu
            session|compte|code*|mot|acces|login _5 usine|mari|femme|fils|fille|mere / sa place / ma place / notre place
            prend|prends|prete* _3 session|compte|carte|acces / se mefi* / compte partage / qui marche / plus d ' acces
            pas d ' acces / pas donne d ' acces / pour rentrer|entrer|ouvrir / pr ouvrir / par defaut / constructeur
            administrateur / admin / root / prod / post - it / pour tout le monde / se connecter
            connecte|connectez - toi|vous / connecte toi / ouvre la|ma session / log in / essaie / essayer
        """,
        "practice": """
            procedure de|d|pour / que veut dire / signifi* / c ' est quoi un|l|la|le / qu ' est - ce
            explique* a|aux|la|le|ce / retire > / caviarde / retires / deja masque / sans valeur / complexite
            longueur minimale / demander le|la / demande leur / lui demander / jamais communique*
            ne communique* jamais|pas / remis en|par / iso / anssi / nist / bcrypt / regex / uuid / api rest / http
            passkey / je ne le donne / je ne te demande / sans le code / sans ecrire / titre / fiche de poste / lettre a
            equivalent / bonne* pratique* / changement / reinitialisation / renouvel* / stockage / gestionnaire de mots
            gestionnaire / coffre - fort / politique / pssi / affiche :|pour|de|contre|sur|a0 / quiz / faq / slogan*
            diapo* / sensibilis* / hach* / rotation / double authent* / mfa / fido* / kerberos / oauth0 / vault
            bureau des / article / post pour / caviard* / masquer / [ masque / votre_ / votre _ mot
            exemple d|de _3 fictif / fictif* / invente* / cim - / cim 00 / ccam / code civil|oui
            code de la deontologie|sante|route / code postal / code rouge / code couleur
            cle* etrangere|primaire|dynamo* / cles de bras|maison / mots cles / points cles
            acces veineux|aux|vasculaire*|difficile*|central|palmaire / voie d / cle usb / cle de serrage|voute|allen
            que faire / quelle demarche / sans indiquer / sans mot / aucun mot / aucun code / ne jamais / jamais donner
            ne donnez / ne communiquez / jamais votre / ne m ' envoyez / qui prevenir / atc / ghm / difference
            restitution / perte de / atelier / jurisprudence / journee / adn / broche* / mot mystere / mots croises
            dar / cherche ses / avantages / - t - on le droit / ai - je le droit / peut - on / can i / never / do not
            best practice* / how to / how do / surtout pas / pas les miens / codage / codes possibles / qr code
            secret professionnel / secret medical / cle de|du lecture|succes / source* / texte* appl*
            demande officielle / poliment / corriger / donner ou
        """,
        "demand": f"""
            quel|quelle|quels|quelles|which|what est|sont|etait|was|is|s _4 {_KEYS}
            quel|quelle|which mot|mdp|login|session|badge|identifiant* / quel code
            donne|donnez|redonne|file|passe|prete|preter - moi|nous|les|me _3 {_KEYS}
            rappelle|montre|devine|communique|give|sors|lend|confie - moi|nous|les|me _3 {_KEYS}
            donne|donnez|redonne|communique|devine|deduis|retrouve le|la|les|ton|tes|l|moi|mon|ses _3 {_KEYS}
            recopie|reconstitu*|decode|affiche|trouve|extrais|sors le|la|les|ton|tes|l|moi|mon|ses _3 {_KEYS}
            casse|casser|craque*|cracker|contourne*|force _5 mot|mots|mdp|code|codes|session|compte|identifiant*
            forcer|essaie|essaye|essayer|pirate*|obtenir|devin* _5 mot|mots|mdp|code|codes|session|compte|identifiant*
            c ' est quoi _3 {_KEYS} / c koi _3 {_KEYS} / dis|dites - moi|nous _3 {_KEYS}
            mdp|password|passphrase|digicode*|login* _5 stp|svp|please|vite|urgent|?
            code|codes|identifiant*|badge _6 stp|svp|urgent|vite|merci
            tu as|connais|sais|l|dois|peux _4 mot|mdp|code|login|identifiant* / qui a _2 code|mdp|mot / code _1 ? ?
            mots de passe les plus / mot _2 passe de la|mon|ma|l|du|session|service|tout / codes d|du|de|pour
            mots de passe _2 reels
            reproduis|fabrique|duplique|copie|genere le|la|l|un|une|moi _2 badge|carte|jeton|token|code|lien / emprunter
            calcule _3 code / qu ' est - ce que je tape
        """,
        "ask": f"""
            besoin|faut|faudrait|veux|voudrais|aimerais|need|cherche _5 {_KEYS}
            manque|affiche|tell|show|remind|get|liste|lister|recuper* _5 {_KEYS}
            generer|genere|teste|tester|propose|recherche|extrai*|rappel _5 {_KEYS} / key|token|credentials please
            essaie les / phrase de recuperation / combinaison* / seed / code pour|pr / compte _3 emprunter|connait
        """,
        "enter": """
            entrer / ouvrir / ouvre / connecter / connecte / acceder / acces / rentrer / deverrouill* / debloqu*
            session / porte / coffre / log / login / access / unlock / open / ecran / bloque
        """,
        "word": """
            code / codes / compte / cle / cles / badge / carte / acces / session / mdp / pass / mot de passe / user
        """,
    },
    asked=(
        ("secret", "value"), ("value", "enter"), ("value", "borrowed"), ("value", "demand"), ("demand", "enter"),
        ("demand", "borrowed"), ("secret", "borrowed", "enter"), ("secret", "demand", "word"),
    ),
    hinted=(
        ("demand",), ("value",), ("secret", "give"), ("secret", "hand_over"), ("secret", "borrowed"), ("ask",),
        ("hand_over", "borrowed", "enter"),
    ),
    taken_back=("practice", "prohibition"),
)  # fmt: skip
