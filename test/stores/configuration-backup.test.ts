import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dump, loadAll } from 'js-yaml';
import { App, Environment, Image, PlatformProfile, ServiceChart, SharedChart } from '../../src';
import { GitRepository } from '../../src/delivery';
import { NetworkDefaults } from '../../src/network';
import type { ConfigurationBackupProps } from '../../src/stores';
import { ConfigurationBackup, StoreDefaults } from '../../src/stores';
import { ALL_SECTIONS } from '../support/settings';

const publicKey = ['-----BEGIN PGP PUBLIC KEY BLOCK-----', '', 'mDMEawGGTRYJKwYBBAHaRw8BAQdAaZE3v4CD73vSVUf11zZSvZQLJOik361pmjti', '=NWfR', '-----END PGP PUBLIC KEY BLOCK-----', ''].join('\n');
const signingKey = publicKey.replace('NWfR', 'kLq0');
const knownHost = 'git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ';
const reach = { secretName: 'git-writer', cidrs: ['10.40.0.0/28'] };
const repository = GitRepository.ssh('ssh://git@git.example.com/acme/configuration.git', { ...reach, knownHosts: [knownHost], path: 'europe' });
const image = Image.of('registry.example.com/configuration-backup', { tag: '1.0.0' });
const props: ConfigurationBackupProps = { image, repository, publicKeys: [publicKey], signingKey };
const profile = PlatformProfile.standard().with(NetworkDefaults.of({ network: { apiServerCidrs: ['10.0.0.1/32'] } }));

function backup(said: ConfigurationBackupProps = props, inForce = profile, id = 'configuration-backup'): (kind: string) => any {
  const app = new App();
  new ConfigurationBackup(new SharedChart(app, 'infrastructure', { profile: inForce }), id, said);
  const objects = (loadAll(app.synthYaml()) as any[]).filter(({ metadata }) => metadata.labels.app === id);
  return (kind) => objects.find((each) => each.kind === kind);
}

const variable = (find: (kind: string) => any, name: string) =>
  find('CronJob').spec.jobTemplate.spec.template.spec.containers[0].env.find((each: any) => each.name === name).value;

test('a backup is a CronJob that looks every five minutes, one at a time, as nobody and with a token of its own', () => {
  const { labels, ...metadata } = backup()('CronJob').metadata;
  const { spec } = backup()('CronJob');
  expect(labels).toMatchObject({ 'app.kubernetes.io/component': 'backup', 'app.kubernetes.io/version': '1.0.0', 'type': 'backup' });
  delete spec.jobTemplate.metadata;
  delete spec.jobTemplate.spec.template.metadata;
  expect(dump({ metadata, spec }, { lineWidth: -1 })).toMatchInlineSnapshot(`
"metadata:
  name: configuration-backup
  namespace: infrastructure
spec:
  concurrencyPolicy: Forbid
  failedJobsHistoryLimit: 3
  jobTemplate:
    spec:
      activeDeadlineSeconds: 240
      backoffLimit: 0
      template:
        spec:
          automountServiceAccountToken: false
          containers:
            - command:
                - /bin/sh
                - /etc/configuration-backup/backup.sh
              env:
                - name: API_SERVER
                  value: https://kubernetes.default.svc
                - name: ATTEMPTS
                  value: '8'
                - name: BRANCH
                  value: main
                - name: CONFIG_DIR
                  value: /etc/configuration-backup
                - name: FOLDER
                  value: europe/infrastructure
                - name: GIT_AUTHOR_EMAIL
                  value: configuration-backup@example.com
                - name: GIT_AUTHOR_NAME
                  value: Configuration backup
                - name: GIT_COMMITTER_EMAIL
                  value: configuration-backup@example.com
                - name: GIT_COMMITTER_NAME
                  value: Configuration backup
                - name: NAME
                  value: configuration-backup
                - name: NAMESPACE
                  value: infrastructure
                - name: PUSHGATEWAY_URL
                  value: http://prometheus-pushgateway.infrastructure.svc.cluster.local:9091
                - name: REPOSITORY
                  value: ssh://git@git.example.com/acme/configuration.git
                - name: REQUEST_SECONDS
                  value: '30'
                - name: RETENTION
                  value: '7776000'
                - name: RUN_DIR
                  value: /run/configuration-backup
                - name: SCRATCH_DIR
                  value: /var/tmp/configuration-backup
                - name: SECRETS_DIR
                  value: /var/run/secrets/git
                - name: TOKEN_DIR
                  value: /var/run/secrets/kubernetes.io/serviceaccount
              image: registry.example.com/configuration-backup:1.0.0
              imagePullPolicy: Always
              name: backup
              resources:
                limits:
                  cpu: 250m
                  ephemeral-storage: 512Mi
                  memory: 256Mi
                requests:
                  cpu: 50m
                  ephemeral-storage: 128Mi
                  memory: 64Mi
              securityContext:
                allowPrivilegeEscalation: false
                capabilities:
                  drop:
                    - ALL
                readOnlyRootFilesystem: true
                runAsNonRoot: true
              volumeMounts:
                - mountPath: /etc/configuration-backup
                  name: config
                  readOnly: true
                - mountPath: /etc/passwd
                  name: config
                  readOnly: true
                  subPath: passwd
                - mountPath: /var/run/secrets/git
                  name: credentials
                  readOnly: true
                - mountPath: /var/run/secrets/kubernetes.io/serviceaccount
                  name: api-token
                  readOnly: true
                - mountPath: /run/configuration-backup
                  name: run
                - mountPath: /var/tmp/configuration-backup
                  name: scratch
          enableServiceLinks: false
          priorityClassName: infrastructure-batch
          restartPolicy: Never
          securityContext:
            fsGroup: 65532
            fsGroupChangePolicy: OnRootMismatch
            runAsGroup: 65532
            runAsNonRoot: true
            runAsUser: 65532
            seccompProfile:
              type: RuntimeDefault
          serviceAccountName: configuration-backup
          volumes:
            - configMap:
                name: configuration-backup
              name: config
            - name: credentials
              secret:
                defaultMode: 288
                items:
                  - key: ssh-privatekey
                    path: ssh-privatekey
                  - key: digest-key
                    path: digest-key
                  - key: signing-key
                    path: signing-key
                secretName: git-writer
            - name: api-token
              projected:
                defaultMode: 288
                sources:
                  - serviceAccountToken:
                      expirationSeconds: 3600
                      path: token
                  - configMap:
                      items:
                        - key: ca.crt
                          path: ca.crt
                      name: kube-root-ca.crt
            - emptyDir:
                medium: Memory
                sizeLimit: 128Mi
              name: run
            - emptyDir:
                sizeLimit: 512Mi
              name: scratch
  schedule: '*/5 * * * *'
  startingDeadlineSeconds: 300
  successfulJobsHistoryLimit: 3
  timeZone: Etc/UTC
"
`);
});

test('it may list what it archives, and nothing else', () => {
  expect(dump(backup()('Role').rules, { flowLevel: 2 })).toMatchInlineSnapshot(`
"- apiGroups: ['']
  resources: [configmaps, limitranges, persistentvolumeclaims, resourcequotas, serviceaccounts, services]
  verbs: [list]
- apiGroups: [apps]
  resources: [daemonsets, deployments, statefulsets]
  verbs: [list]
- apiGroups: [argoproj.io]
  resources: [analysistemplates, applications, applicationsets, appprojects, cronworkflows, rollouts, workflowtemplates]
  verbs: [list]
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [list]
- apiGroups: [autoscaling.k8s.io]
  resources: [verticalpodautoscalers]
  verbs: [list]
- apiGroups: [barmancloud.cnpg.io]
  resources: [objectstores]
  verbs: [list]
- apiGroups: [batch]
  resources: [cronjobs]
  verbs: [list]
- apiGroups: [bitnami.com]
  resources: [sealedsecrets]
  verbs: [list]
- apiGroups: [cert-manager.io]
  resources: [certificates, issuers]
  verbs: [list]
- apiGroups: [cilium.io]
  resources: [ciliumnetworkpolicies]
  verbs: [list]
- apiGroups: [dapr.io]
  resources: [components, configurations, httpendpoints, resiliencies, subscriptions, workflowaccesspolicies]
  verbs: [list]
- apiGroups: [eventing.knative.dev]
  resources: [brokers, triggers]
  verbs: [list]
- apiGroups: [external-secrets.io]
  resources: [externalsecrets, secretstores]
  verbs: [list]
- apiGroups: [gateway.envoyproxy.io]
  resources: [backendtrafficpolicies, clienttrafficpolicies, securitypolicies]
  verbs: [list]
- apiGroups: [gateway.networking.k8s.io]
  resources: [gateways, grpcroutes, httproutes]
  verbs: [list]
- apiGroups: [kafka.strimzi.io]
  resources: [kafkanodepools, kafkas, kafkatopics, kafkausers]
  verbs: [list]
- apiGroups: [keda.sh]
  resources: [scaledjobs, scaledobjects, triggerauthentications]
  verbs: [list]
- apiGroups: [monitoring.coreos.com]
  resources: [podmonitors, prometheusrules, servicemonitors]
  verbs: [list]
- apiGroups: [networking.istio.io]
  resources: [destinationrules, envoyfilters, gateways, serviceentries, sidecars, virtualservices]
  verbs: [list]
- apiGroups: [networking.k8s.io]
  resources: [ingresses, networkpolicies]
  verbs: [list]
- apiGroups: [operator.etcd.io]
  resources: [etcdclusters]
  verbs: [list]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [list]
- apiGroups: [policy.linkerd.io]
  resources: [authorizationpolicies, httproutes, meshtlsauthentications, networkauthentications, servers]
  verbs: [list]
- apiGroups: [postgresql.cnpg.io]
  resources: [clusters, databases, poolers, scheduledbackups]
  verbs: [list]
- apiGroups: [rbac.authorization.k8s.io]
  resources: [rolebindings, roles]
  verbs: [list]
- apiGroups: [redis.redis.opstreelabs.in]
  resources: [redisclusters]
  verbs: [list]
- apiGroups: [secrets-store.csi.x-k8s.io]
  resources: [secretproviderclasses]
  verbs: [list]
- apiGroups: [security.istio.io]
  resources: [authorizationpolicies, peerauthentications, requestauthentications]
  verbs: [list]
- apiGroups: [serving.knative.dev]
  resources: [services]
  verbs: [list]
- apiGroups: [velero.io]
  resources: [backupstoragelocations, schedules]
  verbs: [list]
"
`);
  expect(backup()('RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: 'configuration-backup' }]);
  expect(backup()('ServiceAccount').automountServiceAccountToken).toBe(false);
  expect(backup({ ...props, apiResources: ['v1/configmaps', 'v1/services', 'example.com/v1/widgets', 'example.com/v2/gadgets'] })('Role').rules).toEqual([
    { apiGroups: [''], resources: ['configmaps', 'services'], verbs: ['list'] },
    { apiGroups: ['example.com'], resources: ['gadgets', 'widgets'], verbs: ['list'] },
  ]);
});

test('it reaches the API server, the Git server, DNS and who takes its metric', () => {
  expect(dump(backup()('NetworkPolicy').spec, { flowLevel: 5 })).toMatchInlineSnapshot(`
"egress:
  - ports:
      - port: 443
        protocol: TCP
      - port: 6443
        protocol: TCP
    to:
      - ipBlock: {cidr: 10.0.0.1/32}
  - ports:
      - port: 22
        protocol: TCP
    to:
      - ipBlock: {cidr: 10.40.0.0/28}
  - ports:
      - port: 9091
        protocol: TCP
    to:
      - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: infrastructure}}
        podSelector: {matchLabels: {app.kubernetes.io/name: prometheus-pushgateway}}
  - ports:
      - port: 53
        protocol: UDP
      - port: 53
        protocol: TCP
    to:
      - ipBlock: {cidr: 169.254.20.10/32}
      - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
        podSelector: {matchLabels: {k8s-app: kube-dns}}
podSelector:
  matchLabels:
    app: configuration-backup
policyTypes:
  - Egress
"
`);
});

test('who takes its metric admits the namespaces that report, and no others', () => {
  const app = new App();
  new SharedChart(app, 'infrastructure', { profile });
  const [, , prod] = Environment.standard();
  ['core-business', 'platform'].forEach((name) => new ServiceChart(app, name, { environment: prod, profile }));
  new ConfigurationBackup(app.charts.find((chart) => chart.node.id === 'core-business-prod')!, 'configuration-backup', props);
  const policy = (loadAll(app.synthYaml()) as any[]).find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'pushgateway');
  expect(policy.spec.ingress[0].from.filter(({ podSelector }: any) => podSelector === undefined)).toEqual(
    ['core-business-prod', 'infrastructure'].map((name) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })));
});

test('its ConfigMap holds the scripts, the keys of those who may read, and the key of the server, all of them public', () => {
  const { data } = backup({ ...props, publicKeys: [publicKey, publicKey] })('ConfigMap');
  expect(Object.keys(data)).toEqual([
    'api-resources', 'archive.jq', 'backup.sh', 'credential.sh', 'known_hosts', 'object.jq', 'passwd', 'publish.sh', 'reader-1.asc', 'reader-2.asc', 'report.sh', 'signer.asc',
  ]);
  expect(data.known_hosts).toBe(`${knownHost}\n`);
  expect(data['reader-1.asc']).toBe(publicKey);
  expect(data.passwd).toContain('backup:x:65532:65532:');
});

test('somebody is told when it no longer succeeds, and when it never did', () => {
  expect(dump(backup()('PrometheusRule').spec, { lineWidth: -1 })).toMatchInlineSnapshot(`
"groups:
  - name: configuration-backup
    rules:
      - alert: ConfigurationBackupStale
        annotations:
          summary: The configuration of infrastructure was not backed up for over 3600 s
        expr: time() - configuration_backup_last_success_timestamp_seconds{job="configuration-backup",namespace="infrastructure",backup="configuration-backup"} > 3600
        for: 5m
        labels:
          backup: configuration-backup
          namespace: infrastructure
          severity: warning
      - alert: ConfigurationBackupAbsent
        annotations:
          summary: The configuration of infrastructure was never reported as backed up
        expr: absent(configuration_backup_last_success_timestamp_seconds{job="configuration-backup",namespace="infrastructure",backup="configuration-backup"})
        for: 3600s
        labels:
          backup: configuration-backup
          namespace: infrastructure
          severity: warning
"
`);
});

test('a server by HTTPS is given a user and a password', () => {
  const { volumes } = backup({ ...props, repository: GitRepository.https('https://git.example.com/acme/configuration.git', reach) })('CronJob')
    .spec.jobTemplate.spec.template.spec;
  expect(volumes.find(({ name }: any) => name === 'credentials').secret.items.map(({ key }: any) => key)).toEqual(['username', 'password', 'digest-key', 'signing-key']);
});

/** Kinds of `src` that are in no list of a namespace, or are never read. */
const LEFT_OUT: { readonly [kind: string]: string } = {
  ClusterImagePolicy: 'of no namespace',
  ClusterIssuer: 'of no namespace',
  Group: 'whom a RoleBinding is for',
  ImageValidatingPolicy: 'of no namespace',
  Job: 'made for one run',
  Namespace: 'of no namespace',
  Pod: 'made for one test of a chart',
  PriorityClass: 'of no namespace',
  Secret: 'never read',
  ValidatingAdmissionPolicy: 'of no namespace',
  ValidatingAdmissionPolicyBinding: 'of no namespace',
};

test('it archives every kind that this library renders into a namespace', () => {
  const folder = resolve(__dirname, '..', '..', 'src');
  const sources = (readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(folder, file), 'utf8'));
  const kinds = new Set(sources.flatMap((text) => [...text.matchAll(/\bkind: '([A-Z][A-Za-z]+)'/g)].map(([, kind]) => kind)));
  const plural = (kind: string) => kind.toLowerCase().replace(/([^aeiou])y$/, '$1ie').replace(/ss$/, 'sse').concat('s');
  const archived = ALL_SECTIONS.configurationBackup.of(PlatformProfile.standard()).apiResources.map((resource) => resource.split('/').at(-1));
  expect([...kinds].filter((kind) => !archived.includes(plural(kind)) && !Object.hasOwn(LEFT_OUT, kind)).sort()).toEqual([]);
});

test('what the profile says holds, and what is said for one namespace comes first', () => {
  const said = profile.with(StoreDefaults.of({ configurationBackup: { ...props, branch: 'archive' } }));
  expect(variable(backup({}, said), 'BRANCH')).toBe('archive');
  expect(variable(backup({ branch: 'other' }, said), 'BRANCH')).toBe('other');
  expect(variable(backup(props, profile.with(StoreDefaults.of({ backups: { configurationRetention: ALL_SECTIONS.backups.of(said).retention } }))), 'RETENTION')).toBe('2592000');
});

test('each environment of a group has a folder of its own', () => {
  const app = new App();
  for (const name of ['blue', 'green']) {
    const environment = Environment.of(name, { capacityPool: 'staging' });
    new ConfigurationBackup(new ServiceChart(app, 'core-business', { environment, profile }), 'configuration-backup', props);
  }
  const folders = (loadAll(app.synthYaml()) as any[]).filter(({ kind }) => kind === 'CronJob')
    .map(({ spec }) => spec.jobTemplate.spec.template.spec.containers[0].env.find((each: any) => each.name === 'FOLDER').value);
  expect(folders.sort()).toEqual(['europe/core-business-blue', 'europe/core-business-green']);
});

test('its limits count in the quota of the namespace', () => {
  expect(() => backup({ ...props, resources: { cpuLimit: '3' } }, profile.customize({ quotas: { infrastructure: { cpu: '2', memory: '4Gi' } } })))
    .toThrow("allows limits.cpu 2, and the workloads of 'infrastructure' may use 3 at their maximum: configuration-backup 1 x (3)");
});

test.each<[string, ConfigurationBackupProps, string]>([
  ['no image', { ...props, image: undefined },
    "has no image, and nobody else builds one with curl, jq, git, gpg and ssh. Build images/configuration-backup/Dockerfile, and name it by StoreDefaults.of({ configurationBackup: { image: Image.of('registry.example.com/configuration-backup', { tag: '1.0.0' }) } })."],
  ['no repository', { ...props, repository: undefined },
    'has no repository to write to. Name one by StoreDefaults.of({ configurationBackup: { repository: GitRepository.ssh(...) } }).'],
  ['nobody who could read', { ...props, publicKeys: [] },
    "has no publicKeys, so nobody could read the archives. Give what 'gpg --armor --export' prints for whoever may restore."],
  ['archives that anybody could have made', { ...props, signingKey: undefined },
    "has no signingKey, so whoever may write to the repository could add an archive of his own, and somebody would restore it. Give what 'gpg --armor --export' prints of a key whose private part is in the Secret of the repository as 'signing-key'."],
  ['Secrets', { ...props, apiResources: ['v1/secrets'] },
    'configurationBackup.apiResources has Secrets, which a backup of configuration must not read. Leave them out: whoever makes them, such as External Secrets, makes them again.'],
])('fails on %s', (_what, said, message) => {
  expect(() => backup(said)).toThrow(new Error(`[infrastructure/configuration-backup] ${message}`));
});

test('fails where the addresses of the API server are not known', () => {
  expect(() => backup(props, PlatformProfile.standard())).toThrow(new Error(
    "[infrastructure/configuration-backup] reads the API server, but no network policy could let it reach the API server, whose addresses are not known. Set network.apiServerCidrs by NetworkDefaults.of(), such as ['10.0.0.1/32']."));
});

test('fails on two in one namespace', () => {
  const chart = new SharedChart(new App(), 'infrastructure', { profile });
  new ConfigurationBackup(chart, 'one', props);
  expect(() => new ConfigurationBackup(chart, 'two', props)).toThrow(new Error(
    "[infrastructure/two] is the second of 'infrastructure', and 'one' writes to the same folder. Define one for each namespace."));
});

test('fails on a name that leaves no room for those of its pods', () => {
  expect(() => backup(props, profile, 'c'.repeat(47))).toThrow(/ has 47 characters, and 46 are the most/);
});
