import { Duration } from 'cdk8s';
import type { ProfileValues } from './profile-values';
import { Schedule } from '../values/schedule';

/**
 * The defaults of backups that are no backup of a store: a part of the standard profile.
 */
export function standardBackups(): Pick<ProfileValues, 'configurationBackup'> {
  return {
    configurationBackup: {
      // nobody else builds one that fits: images/configuration-backup/Dockerfile
      image: undefined,
      // every organisation has its own
      repository: undefined,
      branch: 'main',
      author: 'Configuration backup <configuration-backup@example.com>',
      publicKeys: [],
      // what people and programs write. What the platform makes by itself of these (Pods, ReplicaSets, Jobs, Endpoints) is made again
      apiResources: [
        'v1/configmaps',
        'v1/limitranges',
        'v1/persistentvolumeclaims',
        'v1/resourcequotas',
        'v1/serviceaccounts',
        'v1/services',
        'apps/v1/daemonsets',
        'apps/v1/deployments',
        'apps/v1/statefulsets',
        'autoscaling/v2/horizontalpodautoscalers',
        'batch/v1/cronjobs',
        'networking.k8s.io/v1/ingresses',
        'networking.k8s.io/v1/networkpolicies',
        'policy/v1/poddisruptionbudgets',
        'rbac.authorization.k8s.io/v1/rolebindings',
        'rbac.authorization.k8s.io/v1/roles',
        'dapr.io/v1alpha1/components',
        'dapr.io/v1alpha1/configurations',
        'dapr.io/v1alpha1/resiliencies',
        'dapr.io/v2alpha1/subscriptions',
        'monitoring.coreos.com/v1/prometheusrules',
      ],
      schedule: Schedule.everyMinutes(5),
      deadline: Duration.minutes(4),
      oldestSuccess: Duration.hours(1),
      resources: {
        cpuRequest: '50m',
        cpuLimit: '250m',
        memoryRequest: '64Mi',
        memoryLimit: '256Mi',
        ephemeralStorageRequest: '128Mi',
        ephemeralStorageLimit: '512Mi',
      },
    },
  };
}
