"""Signals that several practices need: chiefly those that turn the sense of a request."""

SHARED = {
    # Asking to understand, not to act.
    "definition": """
        qu ' est ce que / c ' est quoi / defini* / signifi* / que veut dire / explique* / explic* / expliquer
        difference* entre / pourquoi / what is / what does / explain* / meaning of / define*
    """,
    # A text, a rule or a circuit that speaks of it.
    "procedure": """
        procedure* / protocole* / processus / circuit* / etapes de / mode operatoire / note de service / charte
        reglement* / guide / recommandation* / politique de / policy / guideline* / fiche reflexe / que dit
        que prevoit
    """,
    "prohibition": """
        interdi* / prohib* / proscri* / n ' est pas autorise* / on ne doit pas / il ne faut pas / ne jamais
        jamais de / forbid* / forbidden / must not / rappel* que / pas le droit
    """,
    # Nobody real.
    "fictitious": """
        fictif* / fictive* / imaginaire* / invente* pour un / cas d ' ecole / simulation / simule* / exercice*
        qcm / quiz / jeu de role / atelier* / formation / mannequin / fictitious / mock / made up
        training case
    """,
    # A decision that people have taken, or will take.
    "reported": """
        a decide / ont decide / avons decide / a ete decide* / decision* prise* / decision de la / a valide
        a ete valide* / ont valide / avons valide / nous avons / il a ete / lors de la rcp / la rcp a / en staff
        apres discussion collegiale / has decided / was decided
    """,
    "reviewed": """
        je reli* / je verifi* / je valid* / je sign* / je corrig* / relira / reliront / valider* ensuite
        a valider par / a relire par / sera relu* / relu par / relecture par / verifie par / avant validation
        que je relir* / soumi* a / i will review / for review by / projet a valider
    """,
    # The text itself is the object: correct, translate, shorten it.
    "wording": """
        corrig* l|les _2 faute* / orthographe / traduis / traduire / traduction / translate / reformul* / resum*
        synthetis* / mise en forme / relis mon / proofread
    """,
    # Ordinary work on words that are already there: quoted, dictated, noted.
    "task": """
        : " / mets|mettre|mise en forme|phrases / au propre / mes notes / dictee|dictees
        en anglais|arabe|espagnol|portugais / sbar / dar / source|sources / falc / faq / quelle difference
        cite|citez le|la|les|ta
    """,
    # The request wants to know, or wants a text about it, not the act.
    "text": """
        affiche* / affichette* / slogan* / diapo* / slide* / poster / livret* / flyer* / panneau / video / faq
        newsletter / comment / pourquoi / quels sont / quelles sont / quelle est la / references / source* / loi
        juridique* / legal* / litterature / criteres / definition* / difference* / indicateur* / audit
        certification / dissertation / article* / rappelle / rappeler / paragraphe / encadre / phrase / exemple*
        vignette* / jurisprudence / what are / how do|to|does / redige* / reformul* / simplifi* / traduction*
        traduis* / corrige / fautes / anglais / expliqu* / poliment / style / questions / principe*
        cours de|d|pour / trame / mots / plan de / modele de / fiche / brouillon / mes notes / dictee / qui peut
        quand peut / cite / citer / textes / histoire / memoire / conference / debat / sensibilis* / francais
    """,
}
