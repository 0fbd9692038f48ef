"""The platform of the README, in Python."""
from cdk8s_microservices import (
    App, Environment, Microservice, PlatformProfile, Scaling, ServiceChart, ServiceReference, Tier, Topic, Values, stores,
)
from constructs import Construct

organisation = PlatformProfile.standard().customize(image_registry="registry.example.com")


class CoreBusiness(ServiceChart):  # chart id and namespace: core-business-<environment>
    def __init__(self, scope: Construct, environment: Environment) -> None:
        super().__init__(scope, "core-business", environment=environment, profile=organisation, values=Values.directory("applications/main"))

        redis = stores.RedisCluster.from_namespace(self, "redis", "infrastructure")
        payment = Microservice(self, "payment", tier=Tier.CRITICAL)
        order = Microservice(self, "order")
        checkout = Microservice(self, "checkout", scaling=Scaling.utilization(max=10))

        checkout.calls(order, idempotent=True)
        checkout.calls(payment)
        checkout.calls(ServiceReference.of("platform", "auth"))  # another group: resolved in the same environment at synthesis
        order.publishes(Topic(self, "order-placed", broker=redis))


app = App()
for environment in Environment.standard():  # dev, staging, prod
    CoreBusiness(app, environment)
    platform = ServiceChart(app, "platform", environment=environment, profile=organisation, values=Values.directory("applications/main"))
    Microservice(platform, "auth")
app.synth()
