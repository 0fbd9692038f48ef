import type { Construct } from 'constructs';
import { organisation } from './organisation';
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
      image: Image.parse('registry.example.com/picture:3.2.0@sha256:0b1d2f3a4c5e69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0'),
      scaling: Scaling.utilization({ min: 2, max: 10, cpuPercent: 70, memoryPercent: 80 }),
    });
    const thumbnail = new workloads.Worker(this, 'thumbnail', {
      image: Image.parse('registry.example.com/thumbnail:3.2.0@sha256:4e5f60718293a4b5c6d7e8f901234567890abcdef1234567890abcdef1234567'),
      tier: Tier.BATCH,
      scaling: Scaling.queue({ min: 0, max: 20, queueLength: 20 }),
    });

    picture.publishes(pictureTaken);
    picture.uses(redis);
    thumbnail.subscribes(pictureTaken);
  }
}
