"""Secrets that people paste, and the ordinary sentences, numbers and code that resemble them."""

import base64
import json

import pytest

from policies.practices.secrets import found, secrets


def web_token() -> str:
    parts = ({"alg": "HS256", "typ": "JWT"}, {"sub": "1234567890", "name": "essai"})
    head, body = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
    return f"{head}.{body}.{'q7' * 20}a"


PEM = "-----BEGIN {0}PRIVATE KEY-----\n" + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n" * 4 + "-----END {0}PRIVATE KEY-----"

PASTED = {
    "password": [
        "mot de passe : Soleil2026!",
        "Mon mdp c'est Chouette44",
        "mdp: azerty123",
        "Mot de passe du DPI = Lapin!blanc",
        "le mot de passe est Bretagne29",
        "le mot de passe temporaire est : Kermit-77",
        "Le mot de passe de ma session Windows est Pluie#2025",
        "MDP : 482913",
        "mot de passe (à changer) : Hiver2026",
        "mdp Zorglub75",
        "mot de passe « Tulipe45 »",
        'mot de passe: "Tulipe45"',
        "identifiant / mot de passe : jdupont / Soleil33",
        "login/mdp: jdupont / Soleil33",
        "My password is Winter2026!",
    ],
    "passphrase": ["passphrase : « trois chats dans un bateau bleu »"],
    "card_pin": [
        "Mon code e-CPS est 9021, ouvre la session.",
        "code CPS 4821",
        "code CPS: 4821",
        "code PIN : 1234",
        "le code PIN de ma carte CPS est 1234",
        "mon code porteur 4821",
        "PIN de la carte : 4821",
        "code confidentiel 48 21",
        "le code de ma CPS est 4821",
    ],
    "api_key": [
        "clé d'API : 8f3a9c2e7b1d4f60a5e8",
        "clé API = Zx81kLmN0pQr5tUv",
        "jeton : a8f5f167f44f4964e6c998dee827110c",
        "clé Wi-Fi : HopitalNord2026",
    ],
    "wifi_key": ["WPA2: Chambre12Hopital", "wifi CHU-INVITE : Chambre12Hopital"],
    "header": [
        "Authorization: Bearer a8f5f167f44f4964e6c998dee827110c",
        "-H 'Authorization: Basic amR1cG9udDpTb2xlaWwzMw=='",
    ],
    "setting": [
        "DB_PASSWORD=Tr0ub4dor&3x",
        'password = "hunter2!"',
        '"client_secret": "8f3a9c2e7b1d"',
        "SECRET_KEY='dj4ng0-ins3cure-x'",
        "Server=srv1;Database=dpi;User Id=sa;Password=Qw3rty!Azerty;",
        "export API_TOKEN=8f3a9c2e7b1d4f60a5e8",
        "spring.datasource.password: Qw3rtyAzerty9",
    ],
    "url_password": [
        "postgresql://dpi:Qw3rty99@srv-bdd:5432/dossiers",
        "https://jdupont:Soleil33@intranet.hopital.example/",
    ],
    "web_token": [web_token(), f"token: {web_token()}"],
    "private_key": [
        PEM.format("RSA "),
        PEM.format(""),
        PEM.format("OPENSSH "),
        "client-key-data: " + "LS0tLS1CRUdJTiBS" * 4,
    ],
    "forge_token": ["ghp_" + "a1B2" * 9, "glpat-" + "a1B2" * 5, "github_pat_" + "a1B2c3" * 9],
    "cloud_key": ["AKIA" + "ABCD1234EFGH5678", "AIza" + "a1B2c3d" * 5],
    "model_key": ["sk-proj-" + "a1B2c3d4" * 5, "hf_" + "aBcDeFgHiJ" * 3 + "KlMn"],
    "gateway_key": ["ecl_abcd2345_" + "A1b" * 14 + "x"],
    "recovery_key": ["-".join(["123456"] * 8)],
    "command": [
        r"net use Z: \\srv\commun /user:CHU\jdupont Soleil33",
        r"net use \\srv\commun Soleil33 /user:jdupont",
        "curl -u jdupont:Soleil33 https://intranet.hopital.example/api",
        "sshpass -p Soleil33 ssh srv",
        "mysql -h srv -u root -pSoleil33",
        "CREATE USER dpi IDENTIFIED BY 'Soleil33'",
        "machine srv login jdupont password Soleil33",
    ],
}

HONEST = [
    "mot de passe oublié ?",
    "Mot de passe oublié : que faire ?",
    "Il faut changer le mot de passe tous les 90 jours.",
    "Mot de passe : 90 jours de validité, 12 caractères minimum.",
    "mot de passe : 12 caractères",
    "Le mot de passe est obligatoire et personnel.",
    "Le mot de passe doit comporter 12 caractères, une majuscule et un chiffre.",
    "mot de passe : <password>",
    "mot de passe : xxxx",
    "mot de passe : votre_mot_de_passe",
    "mot de passe : ********",
    "mot de passe : à définir",
    "mot de passe : [MOT_DE_PASSE_1]",
    "mdp : changeme",
    "mdp ? merci",
    "Rédige une note : ne jamais noter son mot de passe sur un papier.",
    "Explique la différence entre un mot de passe et une passphrase.",
    "passphrase : plusieurs mots à la suite",
    "DB_PASSWORD=${DB_PASSWORD}",
    "DB_PASSWORD=changeme",
    "password: ${{ secrets.DB_PASSWORD }}",
    "password = os.environ['DB_PASSWORD']",
    'password = os.getenv("DB_PASSWORD")',
    "const token = process.env.API_TOKEN;",
    "token = request.headers.get('Authorization')",
    "password = form.cleaned_data",
    "def login(user: str, password: str) -> Token:",
    '"password": "string"',
    '<input type="password" name="password" placeholder="Mot de passe">',
    "max_tokens=4096, tokens: 2048",
    "Le nombre de jetons : 4096 par minute",
    "Authorization: Bearer VOTRE_CLE",
    "Authorization: Bearer <token>",
    "Authorization: Bearer ${TOKEN}",
    "postgresql://user:password@localhost/db",
    "https://user:${PASSWORD}@host/",
    "Le code PIN a 4 chiffres.",
    "J’ai oublié mon code PIN de carte CPS, qui appeler ?",
    "Que faire si la carte CPS est bloquée après 3 codes faux ?",
    "carte CPS n° 8012345678",
    "code CIM-10 I10, code CCAM DEQP003, code CIP 3400930000000",
    "code postal 29000, code APE 8610Z",
    "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
    "sha256:" + "e3b0c44298fc1c14" * 4,
    "id 123e4567-e89b-12d3-a456-426614174000",
    "NIR 1 51 04 35 238 042 89, IPP 8012345679, RPPS 10101010101",
    "INS 151043523804289, lot AB1234C, CIP13 3400935955838",
    "doi:10.1056/NEJMoa2034577 et https://www.has-sante.fr/jcms/p_3184108/fr/covid",
    "![](data:image/png;base64," + "iVBORw0KGgoAAAANSUhEUgAA" * 20 + ")",
    "Doliprane 1000 mg, Lévothyrox 75 µg, Kardégic 75, DuoPlavin",
    "APERCEVOIR, APAISEMENTS, APENDICECTOMIE",
    "La clé du succès : 3 réunions par semaine.",
    "mots clés : HTA, diabète de type 2, IRC4",
    "Key points: LDL<0.55g/L",
    "Clé de lecture : P30 au 75e percentile",
    "Le facteur clé : l'âge>75ans",
    "Wifi : le réseau des patients est en panne.",
    "Le fichier commence par BEGIN RSA PRIVATE KEY : comment le ranger ?",
    "secret médical : article L1110-4 du CSP",
    "Le secret professionnel : art.226-13",
    "bilan PIN1, code lésionnel 4, pin 3 mm, épine iliaque",
    "api_key=API_KEY",
    "apiKey: config.apiKey",
    "token_type: Bearer",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in PASTED.items() for text in texts])
def test_what_people_paste_is_seen(kind: str, text: str) -> None:
    """Would catch: a secret that is sent to a model's provider and kept there."""
    assert kind in set(secrets(f"Bonjour, voici :\n{text}\nMerci."))


@pytest.mark.parametrize("text", HONEST)
def test_honest_texts_pass(text: str) -> None:
    """Would catch: people refused for asking about passwords, for a hash or for a number of the patient."""
    assert list(secrets(text)) == []


@pytest.mark.parametrize("text", [text for texts in PASTED.values() for text in texts])
def test_a_finding_says_where_and_never_what(text: str) -> None:
    """Would catch: a secret that reaches a journal or an error by way of what was found."""
    findings = list(found(text))
    assert findings
    for one in findings:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] not in repr(one)


@pytest.mark.parametrize(
    "password", ["#Soleil2026!", "$oleil2026!", "&Soleil2026", "%Soleil2026", "(Soleil2026", "Password123"]
)
def test_a_password_is_no_placeholder_for_its_first_sign(password: str) -> None:
    """Would catch: a real password taken for a variable, and sent."""
    assert list(secrets(f"mot de passe : {password}"))


def test_a_long_private_key_is_found() -> None:
    key = (
        "-----BEGIN PRIVATE KEY-----\n"
        + "\n".join("MIIEvQIBADANBgkqhkiG9w0B" * 2 for _ in range(500))
        + "\n-----END PRIVATE KEY-----"
    )
    assert "private_key" in list(secrets(key))
