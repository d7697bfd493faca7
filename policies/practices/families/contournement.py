"""Getting around the safeguards: rules ignored, orders hidden, names unmasked, a use falsely declared (ANSSI R25)."""

from policies.practices.signals.family import Family

FAMILY = Family(
    practice="contournement",
    signals={
        "own_rules": """
            system -|_ prompt / messages systeme / charte _4 tu|toi|abrogee|suspendue|morte
            oublie|ignore|sans _2 charte / ta charte / charte ou pas / preambule / qu ' on t ' a
            t ' ont|a donne*|dit|impose* / on t ' a / before answering / regles internes / garde - fous
            tes|ton|ta|vos|votre|your|toutes|ces _2 regle*|consigne*|instruction*
            tes|ton|ta|vos|votre|your|toutes|ces _2 directive*|invite*|prompt*|preambule*
            tes|ton|ta|vos|votre|your _2 charte|config*|parametr*|programm*|administrat*|concepteur*|createur*|refus
            tes|ton|ta|vos|votre|your _2 morale|ethique|scrupule*|policy|policies
            tes|ton|ta|vos|votre|your _2 rules|guard*|filter*|safety|operator*
            tes|ton|ta|vos|votre|your masque*|memoire|limites|restriction*|censeur*
            tes|ton|ta|vos|votre|your verrou*|bride*|laisse|chaines|memory / prompt systeme / system prompt
            systeme prompt / message systeme / system message / invite systeme
            consignes|instructions|regles cache*|interne*|secret*|initiale*|confidentiel*|recu*
            invite|prompt|instruction cache*|interne*|secret*|initiale*|confidentiel*|recu*
            hidden prompt|context|instruction* / pre prompt / garde - fou* / garde fou* / guardrail* / safeguard*
            safety / regle* qui / everything above
        """,
        "drop": """
            ignor* / oublie / oubliez / oublions / oublier / desactiv* / debranch* / neutralis* / suspend*
            abandonn* tes|les|ton|ta / enfreindre / leve les|tes|la|l|ton / lever les|la|l / saute la|le|l|les|ton|ta
            fais|faire sauter / passe outre / passer outre / libere / outrepass* / transgress* / enfrein* / desobei*
            affranchi* / liber* toi|de / debrid* / debloqu* / contourn* / bypass* / skip / dont mention / disregard*
            override* / overrid* / disable* / forget / forgot / drop the|your / laisse|laisser tomber / fais abstraction
            fi des|de / plus de regle*|charte|filtre*|limite*|censure|avertissement*|masque*|refus / n ' as plus
            court - circuit* / court circuit* / shunt* / annule tes|toutes / efface tes|ta|les|toute
            retire|enleve|vire|coupe|ote|supprime tes|ton|ta|le|la filtre*|regle*|masque*
            retire|enleve|vire|coupe|ote|supprime tes|ton|ta|le|la etiquette*|balise*|securite|crochets
            hors charte|protocole / remplace tes|les|ta / nouvelle* consigne*|regle*|instruction*|session|config*
            desormais / partir de maintenant / dorenavant / from now on / starting now / exempt* / ne s ' applique*
            derog* / exception / prime|priment sur / repars de zero / reset / ne vaut|valent / caduc* / sont leve*
            stop* tes / ne me|te refus* / jamais refuser|dire / tout dire / joue pas
        """,
        "mode": """
            demasque tout|les|le|moi / demasquer / unmask* / desanonym* / depseudonym* / confiance totale
            sortir|sors du cadre / nouvelle mission / nouveau role / nouvelle identite / porte derobee / mot de code
            chaque fois que je / desormais tu / sans preambule|consigne* / prompt qui|that|pour / sans morale
            sans garde / mode developpeur|debug|admin*|dieu|libre|secret|cache|sans
            mode test|root|maintenance|maitre|brut|expert|demo|dan / developer mode / dev mode / god mode / debug mode
            debug on / debug / jailbreak* / jail break / dan / sudo
            sans|aucune|zero filtre*|limite*|restriction*|censure*|morale
            sans|aucune|zero tabou*|regle*|garde|charte|avertissement*|refus
            sans aucun|aucune filtre*|limite*|restriction*|censure|morale|regle|obligation / non censure* / uncensored
            unfiltered / unrestricted / no restriction* / no limit* / no filter* / without filter* / no rules
            no policy / super utilisateur / superutilisateur / administrateur / root / mot magique
            tu|vous es|etes desormais|maintenant|devenu* / act as / ia|assistant|modele|robot|version sans
            ia libre|rebelle / dis oui / ancienne version / alter ego / jumeau / complice / personnage qui|sans
            monde ou / unlocked / im_start / entre nous / # system / system : / system override / system|user / [ system
            [ user / [ assistant / < system
        """,
        "reveal": """
            recite* / revel* / devoil* / affiche / affichez / montre / divulgu* / recopie / repete / cite|quote
            enumere* / donne|donner|donnez / rends|rendre|rendez / redonne* / restitu* / retabli* / restaur* / demasqu*
            unmask* / desanonymis* / deanonymi* / depseudonymis* / reidentif* / lever l ' anonym* / dechiffre / decode
            devine / devinette / deviner / indice* / epelle* / epeler / acrostiche / initiales / rebus / qui est
            qui se cache / se cache derriere / quel est / quelle est / quels sont / c ' est quoi / c ' est qui / remets
            remettre / remettez / remplac* / reconstitu* / reconstru* / inverse / retire|enleve|ote les|le|l / reveal*
            show|print|dump|give|repeat|tell / restore* / swap / who is / dis / sors / ressors / lis|lire / traduis
            resume / liste / ecris / correspond* / combien / derriere
        """,
        "mask": """
            leurs|vraies|ces identites / mots masques / donnees|noms|textes masque* / version non|sans / etiquette*
            balise* / crochets / masque / masques / masquee* / masquage / pseudonym* / anonymis* / placeholder*
            redacted / caviard* / tag / tags / jeton* / table de correspondance / correspondance*
            vrai|vraie|vrais nom* / vraie|vraies|vrai identite*|valeur*|donnee*|adresse|numero|date / vrais noms
            noms reels / nom reel|cache / nom|valeur|identite|numero|adresse|tel cache* / real name* / true name*
            original name* / donnees d ' origine / texte original / version originale / avant traitement
            nom|patient|medecin|nir|tel|date|adresse|lieu|ide|ville|mail|email|prenom|ipp|personne|id -|_ 0|00 / masked
            mask
        """,
        "inject": """
            texte alternatif / note au / llm / systemes automatises / ia correctrice|qui|du / assistant qui le|lira
            instruction discrete|dans|cachee / instructions contenues / { { / % % / < admin / = system / ordres dedans
            ce qui est ecrit / qui la|les poussent|pousse a / semer|seme des|dans / < ! - - / html cache*
            commentaire* html / caracteres invisibles / invisible* / blanc sur blanc / texte blanc / police blanche
            color : # fff / display : none / largeur nulle / zero width / consigne* cachee* / texte cache
            phrase cachee / ordre* cache* / invite dissimulee / dissimul* / prompt injection* / injection de
            note|message|instruction*|consigne* _2 ia|assistant*|modele*|machine*|robot*|lecteur
            note|message|instruction*|notice to|for _2 ai|assistant*|model* / to any ai / ai reading / ai assistant*
            ia|assistant qui / assistant|ia|modele|systeme : / assistant|ia|modele|robot doit|devra|dira|ordonne
            toute ia|machines / ordonne|ordonner a l / metadonnee* / empoisonn* / semblable / obeis* / obei|obeir
            execute* / fais|suis|suivre|faire|applique ce qui|qu|exactement|les / comme une consigne / / ] : #
            evaluateur|lecteur automatique / base documentaire
        """,
        "evade": """
            saute|saut* le controle / controle de sortie / jusqu ' a ce qu / variantes de / ton blocage / blocage
            demande interdite / reponse interdite / enleve|coupe|leve|retire la securite / journalisation
            ces controles / ne me le signale / ne voie* / ne lise* / soit aveugle / acceptee|acceptees par
            verification des droits / controle*|filtre*|passerelle*|detecteur* _4 ne|n|pas|plus|bloque*|soit|voie|voit
            classifi*|masquage|moderation|anonymiseur _4 ne|n|pas|plus|bloque*|soit|voie|voit
            que le|la|l|les controle*|filtre*|passerelle|masquage|detecteur|outil|dsi|dpo|journal*|surveillant
            tromp* le|la|l|les|ton|ta / berner / feint*|feins|feindre / mentir a|au / echapp* / esquiv*
            passe|passer|passent inapercu* / pour que|qu ca|il|elle|l passe|accepte* / que ca passe
            pour que l ' assistant / ca passe / passe mieux / verlan|morse|hexadecimal|base00|rot00|leet / base00
            base 00 / rot00 / hexadecimal / cesar / morse / encod* / code secret / par code / parlons par / mot sur
            plusieurs|deux messages|morceaux|parties / decoup* en / translitter* / leetspeak / emoji*
            emojis|binaire|l33t / code couleur|cesar
            sans que la|le|l|les dsi|dpo|rssi|controle|filtre|outil|passerelle|direction
            sans _3 filtre*|controle*|masquage|journal*|passerelle*|trace* / astuce* / ruse* / combine / faille*
            exploit* / censur* / directement sans / trick* / loophole* / decline* / que le controle / masquage
            ton filtre / sans broncher / sans discuter|poser|jugement|juger|rechigner|sourciller
            puis reponds|reponds|donne / reponds|obeis / reponds seulement
        """,
        "claim": """
            comme si j|je / considere* que|moi|mon / admettons / disons que / mettons que / je suis en realite|fait
            officiellement / officieusement / pour de vrai / pretext* / sous couvert / me declar*
            je dis|dirai|dirais|vais que|dire / si je dis|te|coche|declare / on dira
            change|changer|modifie|bascule mon|de role / mon role / quelle|quoi|bonne finalite / fausse declaration
            bien reel* / est reel* / vrai patient / m ' a donne|dit|habilit* / te le jure|promets / just this once
            i ' m _4 so / i ' m the|your / ton|votre createur|developpeur|concepteur|patron / transforme* ma / rhabill*
            maquill* / usage declare / habilitation / acces complet / est d ' accord / urgence vitale / sinon / tu seras
            promis / entre nous / ca reste
        """,
        "lesson": """
            affiche* :|pour|sur / quiz / qcm / faq / diapo* / atelier / slogan* / carrousel / post linkedin
            escape game / article intranet|de / presentation / pedagog* / sensibilis* / mail au|aux|a / audit / cnil
            anssi / sources / test* de robustesse / sql / regex / pytest / git
            injection* intra|d|de _1 insuline|contraste|vitamine|botox|fer / intravit*
            masque ffp*|a|facial|chirurgical / perfusion / vaccin* / hygieno / cathet* / patient dit / transmission*
            signal* un|une|le|a / prevenir l|le|la / reperer / detecter / comment retirer / que faire / quels risques
            que risque / c ' est quoi un|l|le / jamais demand* / ne demandez / oubli de pilule / qu ' est - ce
            definition / que veut dire / explique|expliquer a|aux|le|la|l|pourquoi|moi / pourquoi l|un|une|les / que dit
            procedure de|d|a / recommandation* / charte qui|rappel* / paragraphe de la / tentative* / est interdit
            interdit de / il ne faut pas / cas fictif / fictif / corrige en
        """,
        "you": """
            tu|te|toi|t|ton|ta|tes|you|your|vous|vos
        """,
        "refusal": """
            refus* / bloqu* / interdit* / censur* / contourn* / avertiss* / limite* / regle* / charte / controle*
            droit / secret / cache* / cachee*
        """,
        "ai": """
            assistant / ia / modele / passerelle / outil / robot / chatbot / prompt* / invite* / systeme / llm / ai
            admin / administrateur / dsi / dpo
        """,
        "order": """
            reponds / repondre / donne / obeis / fais / dis / execute / montre / livre / accepte* / applique / considere
            declare / agis / continue / pretend / answer / output / tell / fais - moi / je veux
        """,
        "free": """
            librement / libre / tout / permis / exception / sans / jamais / ne|n _2 pas / quand meme / autrement
            discret* / secret / vrai / reel* / seulement / uniquement
        """,
    },
    asked=(
        ("own_rules", "you"), ("own_rules", "drop"), ("mode", "you"), ("mode", "mask"), ("mode", "order", "free"),
        ("mask", "claim"), ("mask", "you", "reveal"), ("mask", "evade"), ("mask", "reveal", "order"), ("evade", "drop"),
        ("evade", "inject"), ("evade", "refusal", "order"), ("evade", "claim"), ("inject", "drop"), ("inject", "you"),
        ("claim", "you", "order"), ("reveal", "evade", "ai"),
    ),
    hinted=(
        ("mode",), ("inject",), ("evade",), ("own_rules", "reveal"), ("mask", "reveal"), ("mask", "order"),
        ("mask", "you"), ("drop", "you"), ("drop", "order"), ("drop", "claim"), ("claim", "you"), ("claim", "mask"),
    ),
    taken_back=("lesson",),
)  # fmt: skip
