import { Lazy } from 'cdk8s';
import { CustomObject } from '../../src/core';
import { group, manifestsOf, profileWith, service } from '../support/platform';

test('an object of any kind has the labels of its surroundings, its own, and fields of any name', () => {
  const chart = group({ profile: profileWith({ labels: { team: 'shop' } }) });
  const order = service(chart, 'order');
  new CustomObject(order, 'Settings', {
    apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', labels: { stage: 'live' }, fields: { data: { CURRENCY: 'EUR' }, immutable: true },
  });
  new CustomObject(chart, 'Monitor', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    name: 'all',
    annotations: { why: 'metrics' },
    spec: { interval: Lazy.any({ produce: () => '30s' }) },
  });
  const manifests = manifestsOf(chart);
  const { metadata, ...settings } = manifests.get('ConfigMap', 'settings');
  expect(settings).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', data: { CURRENCY: 'EUR' }, immutable: true });
  expect(metadata).toMatchObject({ namespace: 'core-business-prod', labels: { 'team': 'shop', 'stage': 'live', 'app.kubernetes.io/name': 'order' } });
  expect(manifests.get('PodMonitor', 'all')).toMatchObject({
    metadata: { annotations: { why: 'metrics' }, labels: { 'team': 'shop', 'app.kubernetes.io/name': 'core-business' } }, spec: { interval: '30s' },
  });
});

test('only an object with a template of pods has the version of its workload', () => {
  const chart = group();
  const order = service(chart, 'order');
  new CustomObject(order, 'Replicas', { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'order', spec: { template: {} } });
  new CustomObject(order, 'Backup', { apiVersion: 'batch/v1', kind: 'CronJob', name: 'order', spec: { jobTemplate: {} } });
  new CustomObject(order, 'Monitor', { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', name: 'order', spec: { interval: '30s' } });
  const version = (kind: string) => manifestsOf(chart).get(kind, 'order').metadata.labels['app.kubernetes.io/version'];
  expect(['ReplicaSet', 'CronJob', 'PodMonitor', 'ServiceAccount'].map(version)).toEqual(['1.4.2', '1.4.2', undefined, undefined]);
});
