import { Duration } from 'cdk8s';
import { checkConfigurationBackup, type ConfigurationBackupValues } from './configuration-backup-settings';
import { section } from '../../profile/section';
import { Schedule } from '../../values/schedule';

/**
 * What people and programs write, and what this library renders. What the platform makes by itself of these (Pods, ReplicaSets, Jobs, Endpoints) is made
 * again. Calico's own policies are not among them: who lists those needs rights on its tiers too.
 */
const CONFIGURATION: { readonly [version: string]: string } = {
  'v1': 'configmaps limitranges persistentvolumeclaims resourcequotas serviceaccounts services',
  'apps/v1': 'daemonsets deployments statefulsets',
  'autoscaling/v2': 'horizontalpodautoscalers',
  'batch/v1': 'cronjobs',
  'networking.k8s.io/v1': 'ingresses networkpolicies',
  'policy/v1': 'poddisruptionbudgets',
  'rbac.authorization.k8s.io/v1': 'rolebindings roles',
  'argoproj.io/v1alpha1': 'analysistemplates applications applicationsets appprojects cronworkflows rollouts workflowtemplates',
  'autoscaling.k8s.io/v1': 'verticalpodautoscalers',
  'barmancloud.cnpg.io/v1': 'objectstores',
  'bitnami.com/v1alpha1': 'sealedsecrets',
  'cert-manager.io/v1': 'certificates issuers',
  'cilium.io/v2': 'ciliumnetworkpolicies',
  'dapr.io/v1alpha1': 'components configurations httpendpoints resiliencies workflowaccesspolicies',
  'dapr.io/v2alpha1': 'subscriptions',
  'eventing.knative.dev/v1': 'brokers triggers',
  'external-secrets.io/v1': 'externalsecrets secretstores',
  'gateway.envoyproxy.io/v1alpha1': 'backendtrafficpolicies clienttrafficpolicies securitypolicies',
  'gateway.networking.k8s.io/v1': 'gateways grpcroutes httproutes',
  'kafka.strimzi.io/v1': 'kafkanodepools kafkas kafkatopics kafkausers',
  'keda.sh/v1alpha1': 'scaledjobs scaledobjects triggerauthentications',
  'monitoring.coreos.com/v1': 'podmonitors prometheusrules servicemonitors',
  'networking.istio.io/v1': 'destinationrules gateways serviceentries sidecars virtualservices',
  'networking.istio.io/v1alpha3': 'envoyfilters',
  'operator.etcd.io/v1alpha1': 'etcdclusters',
  'policy.linkerd.io/v1alpha1': 'authorizationpolicies meshtlsauthentications networkauthentications',
  'policy.linkerd.io/v1beta3': 'httproutes servers',
  'postgresql.cnpg.io/v1': 'clusters databases poolers scheduledbackups',
  'redis.redis.opstreelabs.in/v1beta2': 'redisclusters',
  'secrets-store.csi.x-k8s.io/v1': 'secretproviderclasses',
  'security.istio.io/v1': 'authorizationpolicies peerauthentications requestauthentications',
  'serving.knative.dev/v1': 'services',
  'velero.io/v1': 'backupstoragelocations schedules',
};

/** How the objects of the API server get into a Git repository. */
export const CONFIGURATION_BACKUP_SETTINGS = section<ConfigurationBackupValues>('configurationBackup', () => ({
  // nobody else builds one that fits: images/configuration-backup/Dockerfile
  image: undefined,
  // every organisation has its own
  repository: undefined,
  branch: 'main',
  author: 'Configuration backup <configuration-backup@example.com>',
  publicKeys: [],
  // its private key is made where the cluster's secrets are
  signingKey: undefined,
  apiResources: Object.entries(CONFIGURATION).flatMap(([version, resources]) => resources.split(' ').map((resource) => `${version}/${resource}`)),
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
}), { check: checkConfigurationBackup });
