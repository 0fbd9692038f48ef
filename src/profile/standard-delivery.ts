import { Duration } from 'cdk8s';
import type { ProfileValues } from './profile-values';
import { CanaryStep } from '../workloads/progressive/canary-step';
import { CanaryTraffic } from '../workloads/progressive/canary-traffic';
import { DeliveryStrategy } from '../workloads/progressive/delivery-strategy';
import { MetricSource } from '../workloads/progressive/metric-source';

/** How new versions replace old ones. */
export function standardDelivery(): Pick<ProfileValues, 'delivery' | 'progressiveDelivery'> {
  return {
    delivery: DeliveryStrategy.rolling({ maxSurgePercent: 100, maxUnavailable: 0 }),
    progressiveDelivery: {
      blueGreen: {
        autoPromotion: true,
        prePromotion: Duration.minutes(5),
        postPromotion: Duration.minutes(10),
        scaleDownDelay: Duration.minutes(15),
      },
      canary: {
        traffic: CanaryTraffic.replicaRatio(),
        steps: [
          CanaryStep.weight(10, { duration: Duration.minutes(5) }),
          CanaryStep.weight(50, { duration: Duration.minutes(15), smokeTest: true }),
          CanaryStep.weight(100, { duration: Duration.minutes(30), smokeTest: true }),
        ],
      },
      analysis: {
        source: MetricSource.openTelemetryHttp(),
        maxErrorPercent: 5,
        maxResponseTime: Duration.millis(500),
        responseTimePercentile: 95,
        minAvailabilityPercent: 99.9,
        scrapeInterval: Duration.seconds(15),
        window: Duration.minutes(1),
        interval: Duration.seconds(30),
        failureLimit: 1,
        consecutiveErrorLimit: 3,
      },
      smokeTestDeadline: Duration.minutes(10),
    },
  };
}
