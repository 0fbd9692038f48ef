import type { Construct } from 'constructs';
import { organisation, PLACEHOLDER } from './organisation';
import { Image, Microservice, Scaling, ServiceChart, Tier, Topic, stores, workloads } from '../../src';
import type { Environment } from '../../src';

/**
 * An API that takes pictures, and a worker that makes small ones of them, in a namespace of their own.
 *
 * The API is scaled on its processors and memory, the worker on the pictures that wait: at night there is none of it.
 */
export class Media extends ServiceChart {
  constructor(scope: Construct, environment: Environment) {
    super(scope, 'media', { environment, profile: organisation });

    const redis = stores.RedisCluster.fromNamespace(this, 'redis', 'infrastructure');
    const pictureTaken = new Topic(this, 'picture-taken', { broker: redis });

    const picture = new Microservice(this, 'picture', {
      image: Image.of('registry.example.com/picture', { tag: '3.2.0', digest: PLACEHOLDER }),
      scaling: Scaling.utilization({ min: 2, max: 10, cpuPercent: 70, memoryPercent: 80 }),
    });
    const thumbnail = new workloads.Worker(this, 'thumbnail', {
      image: Image.of('registry.example.com/thumbnail', { tag: '3.2.0', digest: PLACEHOLDER }),
      tier: Tier.BATCH,
      scaling: Scaling.queue({ min: 0, max: 20, queueLength: 20 }),
    });

    picture.publishes(pictureTaken);
    picture.uses(redis);
    thumbnail.subscribes(pictureTaken);
  }
}
