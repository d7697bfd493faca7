"""The manifests: what they name agrees, and the gateway is restricted as their network policy says."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from config.loader import load_settings
from gateway.serving.server import Patience

BASE = Path(__file__).parents[3] / "deploy" / "kubernetes" / "base"
MONITORING = BASE.parent / "monitoring"


def documents() -> list[Any]:
    yaml = YAML(typ="safe", pure=True)
    listed = yaml.load(BASE / "kustomization.yaml")["resources"]
    return [document for name in listed for document in yaml.load_all(BASE / name)]


def only(kind: str, name: str = "ecluse") -> Any:
    (found,) = [one for one in documents() if one["kind"] == kind and one["metadata"]["name"] == name]
    return found


def pod() -> Any:
    return only("Deployment")["spec"]["template"]["spec"]


def gateway() -> Any:
    return pod()["containers"][0]


def test_every_file_is_listed() -> None:
    for folder in (BASE, MONITORING):
        found = YAML(typ="safe", pure=True).load(folder / "kustomization.yaml")
        listed = {*found["resources"], *(file for one in found.get("configMapGenerator", []) for file in one["files"])}
        assert {name for name in listed if not name.startswith("..")} == {
            path.name for path in folder.iterdir() if path.name != "kustomization.yaml"
        }


def test_probes_ask_what_they_should() -> None:
    """Catches a liveness probe that has every gateway killed when the database is away."""
    for probe, path in (("livenessProbe", "/healthz"), ("readinessProbe", "/readyz"), ("startupProbe", "/readyz")):
        assert gateway()[probe]["httpGet"] == {"path": path, "port": "http"}


def test_the_time_to_end_holds_the_drain() -> None:
    """Catches callers refused while nodes still send them, and answers cut by the kubelet."""
    server = load_settings(BASE / "ecluse.yaml", environ={}).server
    probe = gateway()["readinessProbe"]
    assert server.drain_notice_seconds >= probe["periodSeconds"] * probe["failureThreshold"]
    assert pod()["terminationGracePeriodSeconds"] >= Patience.chosen(server).whole


def test_no_container_can_become_more_than_it_is() -> None:
    assert pod()["securityContext"]["runAsNonRoot"] is True
    assert pod()["securityContext"]["runAsUser"] >= 1000
    assert pod()["automountServiceAccountToken"] is False
    for container in [*pod()["initContainers"], *pod()["containers"]]:
        context = container["securityContext"]
        assert context["allowPrivilegeEscalation"] is False
        assert context["readOnlyRootFilesystem"] is True
        assert context["capabilities"] == {"drop": ["ALL"]}
        assert "memory" in container["resources"]["limits"]
    assert only("Namespace")["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


def test_secrets_are_referred_to_and_never_written() -> None:
    assert not [one for one in documents() if one["kind"] == "Secret"]
    for variable in gateway()["env"]:
        if variable["name"].endswith("_URL"):
            assert set(variable["valueFrom"]) == {"secretKeyRef"}
    volumes = {volume["name"]: volume for volume in pod()["volumes"]}
    assert volumes["keys"]["emptyDir"]["medium"] == "Memory"
    mounted = {mount["name"] for mount in gateway()["volumeMounts"]}
    assert "secret-keys" not in mounted
    assert mounted <= set(volumes)


def test_the_ports_agree() -> None:
    environment = {variable["name"]: variable.get("value") for variable in gateway()["env"]}
    port = gateway()["ports"][0]["containerPort"]
    assert environment["ECLUSE_SERVER__PORT"] == str(port)
    assert only("Service")["spec"]["ports"][0]["targetPort"] == gateway()["ports"][0]["name"]
    (ingress,) = only("NetworkPolicy", "gateway")["spec"]["ingress"]
    assert [one["port"] for one in ingress["ports"]] == [port]


def test_nobody_but_the_gateway_gets_out() -> None:
    nobody, gateway_only = only("NetworkPolicy", "nobody")["spec"], only("NetworkPolicy", "gateway")["spec"]
    assert nobody == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    labels = only("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert gateway_only["podSelector"]["matchLabels"] == labels
    everywhere = [rule for rule in gateway_only["egress"] for to in rule["to"] if "ipBlock" in to]
    assert [rule["ports"] for rule in everywhere] == [[{"port": 443, "protocol": "TCP"}]]
    assert everywhere[0]["to"][0]["ipBlock"]["except"] == ["169.254.0.0/16"]


def test_selectors_meet_the_pods_and_two_always_serve() -> None:
    labels = only("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert only("Deployment")["spec"]["selector"]["matchLabels"] == labels
    assert only("Service")["spec"]["selector"] == labels
    assert only("PodDisruptionBudget")["spec"]["selector"]["matchLabels"] == labels
    scaling = only("HorizontalPodAutoscaler")["spec"]
    assert scaling["scaleTargetRef"]["name"] == only("Deployment")["metadata"]["name"]
    assert scaling["minReplicas"] >= 2 > only("PodDisruptionBudget")["spec"]["minAvailable"]
    assert "replicas" not in only("Deployment")["spec"], "a replica count would fight the autoscaler at each apply"


def test_the_job_is_called_as_the_alerts_call_it() -> None:
    monitor = YAML(typ="safe", pure=True).load(MONITORING / "servicemonitor.yaml")["spec"]
    pairs = YAML(typ="safe", pure=True).load(BASE / "kustomization.yaml")["labels"][0]["pairs"]
    assert pairs[monitor["jobLabel"]] == "ecluse"
    assert monitor["endpoints"][0]["port"] == only("Service")["spec"]["ports"][0]["name"]
