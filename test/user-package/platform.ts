import type { Construct } from 'constructs';
import { MONITORING, ServiceMonitors } from './service-monitors';
import type { App } from 'cdk8s-microservices';
import { Environment, Image, Microservice, PlatformProfile, ServiceChart } from 'cdk8s-microservices';

const profile = PlatformProfile.standard().with(MONITORING.with({ idleInterval: '300s' }));

function image(name: string): Image {
  return Image.of(`registry.example.com/${name}`, { tag: '1.0.0' });
}

/** A business group with the constructs of the platform team. */
class Shop extends ServiceChart {
  constructor(scope: Construct, environment: Environment) {
    super(scope, 'shop', { environment, profile });
    new ServiceMonitors(this, 'ServiceMonitors');
    const web = new Microservice(this, 'web', { image: image('web') });
    const order = new Microservice(this, 'order', { image: image('order') });
    web.calls(order);
  }
}

/** The platform in development and production. */
export function definePlatform(app: App): void {
  const [development, , production] = Environment.standard();
  [development, production].forEach((environment) => new Shop(app, environment));
}
