import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from '../../src/cli/run';
import { useOwnWorkingDirectory } from '../support/working-directory';

const workload = (name: string, namespace = 'shop') => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: x, ports: [{ name: grpc, containerPort: 9000 }] }] }
`;
const policy = (name: string, spec: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: { ${spec} }
`;
const DENY = policy('deny', 'podSelector: {}, policyTypes: [Ingress]');
const CALLERS = policy('order-callers', 'podSelector: { matchLabels: { app: order } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: checkout } } }], ports: [{ port: 9000 }] }]');

useOwnWorkingDirectory();
beforeEach(() => {
  writeFileSync('old.yaml', workload('checkout') + workload('order') + workload('web') + DENY);
  writeFileSync('new.yaml', workload('checkout') + workload('order') + workload('web') + DENY + CALLERS);
});

const reach = (...args: string[]) => run(['reach', ...args]);

describe('reach', () => {
  test.each(['order:9000', 'shop/order:9000', 'order:grpc'])('says yes for %s, and which policy opens the connection', (to) => {
    expect(reach('checkout', to, '-m', 'new.yaml')).toEqual({
      status: 0,
      stdout: `shop/checkout reaches shop/order on TCP 9000.
Egress of shop/checkout is not restricted.
Ingress of shop/order is allowed by:
  NetworkPolicy shop/order-callers (new.yaml:34)
`,
      stderr: '',
    });
  });

  test.each([['web', 'order:9000'], ['checkout', 'order:9001'], ['203.0.113.5', 'order:9000']])('says no for %s to %s, and which policies restrict the called end', (from, to) => {
    const { status, stdout } = reach(from, to, '--manifests', 'new.yaml');
    expect(status).toBe(1);
    expect(stdout).toMatch(/ does not reach shop\/order on TCP 900\d\.\n/);
    expect(stdout).toContain('Ingress of shop/order is allowed by none of:\n  NetworkPolicy shop/deny (new.yaml:29)\n  NetworkPolicy shop/order-callers (new.yaml:34)\n');
  });

  test('lists all open connections', () => {
    expect(reach('--matrix', '-m', 'new.yaml')).toEqual({ status: 0, stdout: 'shop/checkout -> shop/order TCP 9000\n', stderr: '' });
    expect(reach('--matrix', '-m', 'old.yaml').stdout).toBe('No workload reaches another.\n');
  });

  test('lists what opened and what closed since older manifests', () => {
    expect(reach('-m', 'new.yaml', '--since', 'old.yaml')).toEqual({ status: 1, stdout: 'opened  shop/checkout -> shop/order TCP 9000\n', stderr: '' });
    expect(reach('-m', 'old.yaml', '--since', 'new.yaml').stdout).toBe('closed  shop/checkout -> shop/order TCP 9000\n');
    expect(reach('-m', 'new.yaml', '--since', 'new.yaml')).toEqual({ status: 0, stdout: 'No connection opened or closed.\n', stderr: '' });
  });

  test.each([
    [['chekout', 'order:1'], "reach: there is no workload 'chekout'. Did you mean 'checkout'?"],
    [['checkout', 'order'], "reach: 'order' has no port. Add one, such as 'order:9000'."],
    [['checkout', 'order:htpp'], "reach: 'htpp' is no port of shop/order. Write a number from 1 to 65535, or one of grpc."],
    [['checkout', 'order:0'], "reach: '0' is no port of shop/order. Write a number from 1 to 65535, or one of grpc."],
    [['checkout'], "reach: the argument 'to' is missing. Name two workloads, or add --matrix or --since."],
  ])('refuses %j', (args, message) => {
    expect(reach(...args, '-m', 'new.yaml')).toEqual({ status: 2, stdout: '', stderr: `${message}\n` });
  });

  test('refuses a name of several workloads', () => {
    writeFileSync('new.yaml', workload('order') + workload('order', 'legacy') + workload('web'));
    expect(reach('web', 'order:9000', '-m', 'new.yaml').stderr).toBe("reach: 'order' is the name of 2 workloads. Write one of legacy/order, shop/order.\n");
  });

  test('agrees with the connections of the reference platform', () => {
    const dist = join(resolve(__dirname, '..', '..'), 'dist/prod');
    expect(reach('checkout', 'order:50002', '-m', dist).status).toBe(0);
    expect(reach('checkout', 'analytics:50002', '-m', dist).status).toBe(1);
    expect(reach('--matrix', '-m', dist).stdout).toContain('core-business-prod/checkout -> core-business-prod/order TCP 50002\n');
  });
});
