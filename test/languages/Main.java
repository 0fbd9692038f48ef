import com.example.cdk8s.microservices.App;
import com.example.cdk8s.microservices.CallOptions;
import com.example.cdk8s.microservices.Environment;
import com.example.cdk8s.microservices.Microservice;
import com.example.cdk8s.microservices.MicroserviceProps;
import com.example.cdk8s.microservices.PlatformProfile;
import com.example.cdk8s.microservices.ProfileChanges;
import com.example.cdk8s.microservices.Scaling;
import com.example.cdk8s.microservices.ServiceChart;
import com.example.cdk8s.microservices.ServiceChartProps;
import com.example.cdk8s.microservices.ServiceReference;
import com.example.cdk8s.microservices.Tier;
import com.example.cdk8s.microservices.Topic;
import com.example.cdk8s.microservices.TopicProps;
import com.example.cdk8s.microservices.UtilizationOptions;
import com.example.cdk8s.microservices.Values;
import com.example.cdk8s.microservices.stores.RedisCluster;
import software.constructs.Construct;

/** The platform of the README, in Java. */
public class Main {
    static final PlatformProfile ORGANISATION = PlatformProfile.standard()
        .customize(ProfileChanges.builder().imageRegistry("registry.example.com").build());

    static ServiceChartProps propsFor(Environment environment) {
        return ServiceChartProps.builder().environment(environment).profile(ORGANISATION).values(Values.directory("applications/main")).build();
    }

    /** A group of services. */
    static class CoreBusiness extends ServiceChart {
        CoreBusiness(Construct scope, Environment environment) {
            super(scope, "core-business", propsFor(environment));

            var redis = RedisCluster.fromNamespace(this, "redis", "infrastructure");
            Microservice payment = new Microservice(this, "payment", MicroserviceProps.builder().tier(Tier.CRITICAL).build());
            Microservice order = new Microservice(this, "order");
            Microservice checkout = new Microservice(this, "checkout", MicroserviceProps.builder()
                .scaling(Scaling.utilization(UtilizationOptions.builder().max(10).build())).build());

            checkout.calls(order, CallOptions.builder().idempotent(true).build());
            checkout.calls(payment);
            checkout.calls(ServiceReference.of("platform", "auth"));
            order.publishes(new Topic(this, "order-placed", TopicProps.builder().broker(redis).build()));
        }
    }

    public static void main(String[] args) {
        App app = new App();
        for (Environment environment : Environment.standard()) {
            new CoreBusiness(app, environment);
            ServiceChart platform = new ServiceChart(app, "platform", propsFor(environment));
            new Microservice(platform, "auth");
        }
        app.synth();
    }
}
