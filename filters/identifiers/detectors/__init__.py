"""One identifier per file, and the one ordered list of them."""

from presidio_analyzer import EntityRecognizer

from filters.identifiers.detectors.address import Address
from filters.identifiers.detectors.adeli import Adeli
from filters.identifiers.detectors.age import Age
from filters.identifiers.detectors.bank_card import BankCard
from filters.identifiers.detectors.birth_date import BirthDate
from filters.identifiers.detectors.company import Company
from filters.identifiers.detectors.credential import Credential
from filters.identifiers.detectors.datamatrix import Datamatrix
from filters.identifiers.detectors.date import Date
from filters.identifiers.detectors.finess import Finess
from filters.identifiers.detectors.foreign_number import ForeignNumber
from filters.identifiers.detectors.hospital import Hospital
from filters.identifiers.detectors.iban import Iban
from filters.identifiers.detectors.identity_document import IdentityDocument
from filters.identifiers.detectors.ipp import Ipp
from filters.identifiers.detectors.mail import Mail
from filters.identifiers.detectors.nda import Nda
from filters.identifiers.detectors.network import Network
from filters.identifiers.detectors.nir import Nir
from filters.identifiers.detectors.organisation import Organisation
from filters.identifiers.detectors.person_label import PersonLabel
from filters.identifiers.detectors.person_pair import PersonPair
from filters.identifiers.detectors.person_title import PersonTitle
from filters.identifiers.detectors.phone import Phone
from filters.identifiers.detectors.place import Place
from filters.identifiers.detectors.plate import Plate
from filters.identifiers.detectors.rpps import Rpps
from filters.identifiers.detectors.serial import Serial
from filters.identifiers.detectors.structures.card import Card
from filters.identifiers.detectors.structures.caret_name import CaretName
from filters.identifiers.detectors.structures.cda import Cda
from filters.identifiers.detectors.structures.dicom import Dicom
from filters.identifiers.detectors.structures.fhir import Fhir
from filters.identifiers.detectors.structures.hl7 import Hl7
from filters.identifiers.detectors.structures.hprim import Hprim
from filters.identifiers.detectors.structures.hprim_sante import HprimSante
from filters.identifiers.detectors.structures.reference import Reference
from filters.identifiers.detectors.structures.table import Table
from filters.identifiers.detectors.tagged import Tagged
from filters.identifiers.detectors.zip_code import ZipCode


def recognizers() -> list[EntityRecognizer]:
    """Return every recogniser, in the order in which they are asked; overlaps are settled afterwards, not by order."""
    return [
        # pasted structures, which know their fields and what is none
        Hl7(),
        Fhir(),
        Cda(),
        Hprim(),
        HprimSante(),
        Dicom(),
        Card(),
        CaretName(),
        Table(),
        Reference(),
        # names, places, organisations
        PersonTitle(),
        PersonLabel(),
        PersonPair(),
        Tagged(),
        Place(),
        Hospital(),
        Organisation(),
        # numbers, contacts, dates
        Nir(),
        Datamatrix(),
        Rpps(),
        Adeli(),
        Finess(),
        Company(),
        Ipp(),
        Nda(),
        Phone(),
        Mail(),
        Address(),
        ZipCode(),
        BirthDate(),
        Date(),
        Age(),
        Iban(),
        BankCard(),
        Plate(),
        IdentityDocument(),
        Serial(),
        Network(),
        Credential(),
        ForeignNumber(),
    ]
