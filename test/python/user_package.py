"""The package of test/user-package, in Python: constructs of a platform team."""
import jsii
from cdk8s import ApiObject, JsonPatch
from cdk8s_microservices import (
    App, Capacity, Dapr, Environment, IWorkload, Image, IStateStore, Microservice, PlatformProfile, Port, Probe, ProbeSettings,
    ServiceChart, StoreEndpoint, checks, core, manifests, network, stores, workloads,
)
from constructs import Construct, IConstruct, IMixin

MONITORING = core.ProfileSection(
    "monitoring",
    defaults={
        "interval": "30s",
        "idleInterval": "120s",
        "scraper": {"namespace": "observability", "label": "app.kubernetes.io/name", "values": ["prometheus-agent"]},
    },
    production={"interval": "15s"},
)
PROFILE = (
    PlatformProfile.standard()
    .customize(default_quota=Capacity(cpu="20", memory="40Gi"))
    .with_(MONITORING.with_({"idleInterval": "300s"}))
)


class ServiceMonitor(Construct):
    def __init__(self, scope: Construct, id: str, service: IWorkload) -> None:
        super().__init__(scope, id)
        settings = MONITORING.of(self)
        callers = [call.caller.name for call in core.Connections.of(self).callers_of(service)]
        core.CustomObject(
            self, "Resource",
            api_version="monitoring.coreos.com/v1",
            kind="ServiceMonitor",
            name=service.name,
            annotations={"acme.example/callers": ",".join(callers)},
            spec={
                "selector": {"matchLabels": service.selector_labels},
                "endpoints": [
                    {"port": port.name, "interval": settings["interval" if callers else "idleInterval"]} for port in service.metrics_ports
                ],
            },
        )
        scraper = settings["scraper"]
        network.ServiceNetworkPolicy(
            self, "Scraper",
            workload=service,
            reason="scraper",
            ingress=[network.NetworkRule(
                peers=[network.NetworkPeer.pods(scraper["namespace"], scraper["label"], scraper["values"])],
                ports=[port.number for port in service.metrics_ports],
            )],
        )


@jsii.implements(core.ISynthesisStep)
class ServiceMonitors(Construct):
    def __init__(self, chart: ServiceChart, id: str) -> None:
        super().__init__(chart, id)
        self.chart = chart
        core.OutputFile.set(self, f"{chart.environment.name}/{chart.group}/monitoring")
        core.Connections.of(self).before_synthesis(self)

    def render(self) -> None:
        for service in core.Connections.of(self.chart).workloads:
            if service.address is not None:
                ServiceMonitor(self, service.name, service)


@jsii.implements(checks.IRule)
class MonitoredServices:
    @property
    def id(self) -> str:
        return "ACME-MON-001"

    @property
    def severity(self) -> checks.Severity:
        return checks.Severity.WARNING

    @property
    def why(self) -> str:
        return "Without a ServiceMonitor, the alerts of a service never fire."

    @property
    def fix(self) -> str:
        return "Define ServiceMonitors in its group."

    def check(self, manifests: manifests.ManifestSet) -> list[checks.Violation]:
        return [
            checks.Violation(manifest=service, field="/metadata/name")
            for service in manifests.of("Service", "") if manifests.named("ServiceMonitor", service.name, service.namespace) is None
        ]


@jsii.implements(IMixin)
class CostCentre:
    def __init__(self, number: str) -> None:
        self.number = number

    def supports(self, construct: IConstruct) -> bool:
        return ApiObject.is_api_object(construct)

    def apply_to(self, construct: IConstruct) -> None:
        construct.metadata.add_annotation("acme.example/cost-centre", self.number)


@jsii.implements(core.ISynthesisStep)
class AcmeChart(ServiceChart):
    def __init__(self, scope: Construct, id: str, environment: Environment, cost_centre: str) -> None:
        super().__init__(scope, id, environment=environment, profile=PROFILE)
        self.cost_centre = CostCentre(cost_centre)
        ServiceMonitors(self, "ServiceMonitors")
        checks.Checks.of(self).add(MonitoredServices())
        core.Connections.of(self).before_synthesis(self)

    def render(self) -> None:
        self.with_(self.cost_centre)


class InferenceServer(workloads.CustomWorkload):
    def __init__(self, scope: Construct, id: str, *, image: Image, gpus: int) -> None:
        super().__init__(scope, id, image=image, replicas=2, ports=[Port.http(8080)], type="inference")
        deployment = core.CustomObject(
            self, "Deployment",
            api_version="apps/v1",
            kind="Deployment",
            name=self.name,
            spec={
                "replicas": self.max_replicas,
                "strategy": {"type": "Recreate"},
                "selector": {"matchLabels": self.selector_labels},
                "template": self.pod_template,
            },
        )
        deployment.add_json_patch(
            JsonPatch.add("/spec/template/spec/nodeSelector", {"acme.example/gpu": "true"}),
            JsonPatch.add("/spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu", gpus),
        )
        workloads.DisruptionBudget(self, "Budget", workload=self)


MEMCACHED_PORT = 11211
MEMCACHED = core.ProfileSection("memcached", defaults={"version": "1.6.39", "replicas": 1}, production={"replicas": 2})


class MemcachedEngine(stores.StoreEngine):
    def __init__(self) -> None:
        super().__init__("memcached", port=MEMCACHED_PORT)

    def state_component(self, client: stores.StoreClient) -> stores.DaprComponentSpec:
        address = f"{client.store.host}:{client.store.port}"
        return stores.DaprComponentSpec(type="state.memcached", version="v1", metadata=[stores.StoreField(name="hosts", value=address)])


@jsii.implements(IStateStore, core.ISynthesisStep)
class Memcached(workloads.CustomWorkload):
    def __init__(self, scope: Construct, id: str) -> None:
        settings = MEMCACHED.of(scope)
        probe = Probe.tcp_socket()
        super().__init__(
            scope, id,
            image=Image.of("docker.io/library/memcached", tag=settings["version"]),
            replicas=settings["replicas"],
            kind="StatefulSet",
            ports=[Port.of("memcached", MEMCACHED_PORT)],
            probes=ProbeSettings(liveness=probe, readiness=probe, startup=probe),
            dapr=Dapr.none("a store is called by its own protocol"),
            type="store",
        )
        self.endpoint = MemcachedEngine().hosted(self)
        core.CustomObject(
            self, "StatefulSet",
            api_version="apps/v1",
            kind="StatefulSet",
            name=self.name,
            spec={
                "replicas": settings["replicas"],
                "serviceName": self.name,
                "selector": {"matchLabels": self.selector_labels},
                "template": self.pod_template,
            },
        )
        core.Connections.of(self).before_synthesis(self)

    @property
    def state_endpoint(self) -> StoreEndpoint:
        return self.endpoint

    def render(self) -> None:
        users = core.Connections.of(self).users_of(self)
        if users:
            peers = [network.NetworkPeer.workload(user.namespace, user.name) for user in users]
            network.ServiceNetworkPolicy(
                self, "Users",
                workload=self,
                reason="users",
                ingress=[network.NetworkRule(peers=peers, ports=[MEMCACHED_PORT])],
            )


def image(name: str) -> Image:
    return Image.of(f"registry.example.com/{name}", tag="1.0.0")


class Shop(AcmeChart):
    def __init__(self, scope: Construct, environment: Environment) -> None:
        super().__init__(scope, "shop", environment, "4711")
        web = Microservice(self, "web", image=image("web"))
        order = Microservice(self, "order", image=image("order"))
        recommend = InferenceServer(self, "recommend", image=image("recommend"), gpus=1)
        sessions = Memcached(self, "sessions")
        web.calls(order)
        web.calls(recommend)
        web.uses(sessions)
        recommend.calls(order, idempotent=True, retries=1)


app = App()
development, _, production = Environment.standard()
for environment in (development, production):
    Shop(app, environment)
app.synth()
