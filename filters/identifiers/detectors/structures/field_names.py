"""What fields are called, in JSON keys, XML tags, headers of tables and directories, French and English.

A name is compared folded and without its signs: `nom_naissance`, `nomNaissance` and « Nom de naissance » are near.
"""

import re

from filters.identifiers.entity import Label
from filters.identifiers.lexicon.folding import fold

_SIGNS = re.compile(r"[\W_]+")
_LINKS = re.compile(r"(?<=[a-z])[ _-](?:de la|de l'|de|du|d'|des|la|le|l')[ _-]?(?=[a-z])")

_NAMES: dict[Label, str] = {
    Label.NOM: (
        "nom noms nomnaissance nomusage nomusuel nomfamille nommarital nomjeunefille nompatronymique nomutilise "
        "nomepouse nompatient patientnom lastname patientlastname familyname family surname birthname maidenname "
        "nomassure nomusager nomresident nomnaiss nomvie sn nomenfant nombeneficiaire nomcontact nomlocuteur "
        "mothersmaidenname birthlastname nomdusage nomdenaissance"
    ),
    Label.PRENOM: (
        "prenom prenoms prenomusuel prenomnaissance premierprenom premierprenomnaissance prenompatient patientprenom "
        "firstname patientfirstname firstnames givenname givennames given middlename listeprenoms prenomutilise "
        "autresprenoms deuxiemeprenom secondprenom prenom1 prenom2 prenom3 prenomusager prenomassure prenomcontact "
        "birthfirstname birthlistgivenname"
    ),
    Label.PERSONNE: (
        "nomprenom nometprenom nomprenoms prenomnom prenometnom nomcomplet nometprenoms fullname completename "
        "identitepatient patientname authorname detailedname nompraticien nommedecin medecintraitant "
        "medecinresponsable praticienresponsable personneconfiance personneaprevenir personneacontacter "
        "displayname gecos cn commonname nickname login username utilisateur identifiantutilisateur signataire "
        "practitionername doctorname medresp operatorname nominterlocuteur"
    ),
    Label.DATE_NAISSANCE: (
        "ddn datenaissance naissance datenaiss ne nele neele neeele dob birthdate dateofbirth birthday bday birthtime "
        "datenaissancepatient patientbirthdate dn dtnaissance dtenaissance naissancedate datedenaissance"
    ),
    Label.TEL: (
        "tel tels telephone telephones teldomicile telportable telfixe telmobile portable mobile gsm phone phonenumber "
        "telephonenumber homephone mobilephone cellphone numtel numtelephone numerotelephone ntel ntelephone notel "
        "fax telecopie facsimiletelephonenumber telpatient telcontact telurgence numeroportable telephoneportable "
        "telephonefixe telephonedomicile telephonemobile phonehome poste telephonecontact callernumber"
    ),
    Label.MAIL: "mail mails email emails courriel adressemail adresseemail emailaddress mssante adressemssante",
    Label.ADRESSE: (
        "adresse adressepostale adresse1 adresse2 adresseligne1 adresseligne2 ligneadresse rue voie numerovoie "
        "numvoie libellevoie nomvoie typevoie complementadresse address streetaddress addressline street streetname "
        "line adressepatient postaladdress homepostaladdress streetaddressline housenumber streetnametype unitid "
        "additionallocator postbox deliveryaddressline buildingnumbersuffix adressecomplete domicile residence "
        "lieudit freetext"
    ),
    Label.ZIP: "cp codepostal cpostal zip zipcode postalcode postcode codeinsee inseecode codecommune cpville codepost",
    Label.VILLE: (
        "ville commune city localite town municipality lieunaissance villenaissance communenaissance birthplace "
        "libellecommune villeresidence communeresidence"
    ),
    Label.IPP: (
        "ipp nip nipp idpatient patientid numpatient numeropatient nopatient npatient ippatient ipppatient numipp "
        "numeroipp identifiantpatient identifiantpermanent iddossierpatient codepatient"
    ),
    Label.NDA: (
        "nda iep numdossier numerodossier ndossier nodossier numsejour numerosejour nsejour nosejour idsejour "
        "numvenue numerovenue nvenue idvenue numvisite numeropassage numpassage npassage idpassage iddossier "
        "encounterid visitnumber numhospitalisation idhospitalisation dossier numeroadministratif dossieradministratif "
        "nadministratif"
    ),
    Label.SECU: (
        "nir nss ins insnir matriculeins insc nia numsecu numerosecu nsecu securitesociale numerosecuritesociale "
        "numsecuritesociale nsecuritesociale insee numinsee nss13 ssn socialsecuritynumber numeroinsee secu "
        "numeross nss15 noss nss numss matriculeassure"
    ),
    Label.RPPS: "rpps numrpps numerorpps nrpps rppspraticien idrpps",
    Label.ADELI: "adeli numadeli numeroadeli nadeli",
    Label.FINESS: "finess numfiness numerofiness nfiness finessgeo finessjuridique finesset finessej",
    Label.IBAN: "iban rib comptebancaire",
    Label.HOPITAL: "etablissement hopital nometablissement hospital clinique institutionname ehpad",
    Label.ORGANISATION: "employeur employer nomemployeur nommutuelle nomecole",
    Label.ID: (
        "matricule numadherent numeroadherent nadherent numexamen nexamen numeroexamen numdemande ndemande "
        "numerodemande numprelevement nprelevement accessionnumber accession numaccession numeropassport passport "
        "numpasseport employeenumber employeeid accesscode codeacces digicode digicodes interphone uid "
        "numeroallocataire nallocataire immatriculation numeroechantillon nechantillon badge nbadge numbadge"
    ),
    Label.DATE: (
        "dateentree datesortie entree sortie dateadmission dateacte dateexamen daterdv dateintervention "
        "dateprelevement datedebut datefin datehospitalisation dateconsultation dateprescription dateheure horodatage "
        "datecreation datemodification datecr datevisite datedeces datevaccination dateresultat admissiondate "
        "dischargedate visitdate creationdate date dates deathdate datedernierpassage dateappel dateevenement "
        "issued authoredon recordeddate effectivedatetime performeddatetime occurrencedatetime onsetdatetime "
        "start end created lastupdated sent received timestamp deceaseddatetime assertedd date assesseddate "
        "asserteddate effectiveinstant lastmodified createdat updatedat sentat recorded abatementdatetime "
        "whenhandedover whenprepared dateasserted receivedtime expirationdate"
    ),
}
_LABELS = {name: label for label, names in _NAMES.items() for name in names.split()}

LONGEST = 40
"""Letters of the longest name of a field that is looked up."""


def listed(names: str) -> frozenset[str]:
    """Return the names that a table writes in one string."""
    return frozenset(names.split())


def plain_name(written: str) -> str:
    """Return the name of a field in the form in which it is compared."""
    return _SIGNS.sub("", _LINKS.sub(" ", fold(written)))


def named(written: str) -> Label | None:
    """Return what a field of this name holds; None where the name does not say that it identifies."""
    return _LABELS.get(plain_name(written)) if len(written) <= LONGEST else None
