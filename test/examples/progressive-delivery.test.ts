import { loadAll } from 'js-yaml';
import { committedFiles, runExample } from '../support/example';

// a process for the synthesis, on a machine that may be busy
jest.setTimeout(60_000);

const committed = committedFiles('progressive-delivery');
const objects = (name: string): any[] => (loadAll(committed[`prod/shop/${name}.k8s.yaml`]) as any[]).filter(Boolean);

test('its dist/ is what the program renders', () => {
  // nothing gets around the strategies: neither by Dapr, nor by too small a quota
  expect(runExample('progressive-delivery')).toEqual({
    status: 0,
    stderr: 'MS-DAPR-001 warning (2): A Rollout has a Dapr sidecar, and Dapr makes no Service for a Rollout at its defaults, so no sidecar would find it. '
      + "Set global.argoRolloutServiceReconciler.enabled to true in the values of Dapr's Helm chart.\n  [shop-prod/catalog/Rollout]\n  [shop-prod/checkout/Rollout]\n",
    different: [],
  });
});

test('a service and its smoke test are one file, and there is no Deployment', () => {
  expect(Object.keys(committed)).toEqual(['catalog', 'checkout', 'namespace'].map((name) => `prod/shop/${name}.k8s.yaml`));
  for (const [name, candidate] of [['catalog', 'catalog-canary'], ['checkout', 'checkout-preview']]) {
    const names = objects(name).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(names).toEqual(expect.arrayContaining([`Rollout/${name}`, `Service/${candidate}`, `ServiceAccount/${name}-smoke-test`, `AnalysisTemplate/${name}-smoke-test`]));
    expect(names.filter((each) => each.startsWith('Deployment/'))).toEqual([]);
  }
});
