import type { Construct } from 'constructs';
import { AcmeChart } from './acme-chart';
import { InferenceServer } from './inference-server';
import { Memcached } from './memcached';
import type { App } from 'cdk8s-microservices';
import { Environment, Image, Microservice } from 'cdk8s-microservices';

/** A business group that uses the constructs of the platform team. */
class Shop extends AcmeChart {
  constructor(scope: Construct, environment: Environment) {
    super(scope, 'shop', environment, '4711');
    const web = new Microservice(this, 'web', { image: image('web') });
    const order = new Microservice(this, 'order', { image: image('order') });
    const recommend = new InferenceServer(this, 'recommend', { image: image('recommend'), gpus: 1 });
    const sessions = new Memcached(this, 'sessions');
    web.calls(order);
    web.calls(recommend);
    web.uses(sessions);
    recommend.calls(order, { idempotent: true, retries: 1 });
  }
}

function image(name: string): Image {
  return Image.of(`registry.example.com/${name}`, { tag: '1.0.0' });
}

/** The platform in development and production. */
export function definePlatform(app: App): void {
  const [development, , production] = Environment.standard();
  [development, production].forEach((environment) => new Shop(app, environment));
}
