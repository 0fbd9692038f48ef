import { join } from 'node:path';
import { attempt } from './process';

/** The release of Cilium whose CRD is used. Its Go module carries it, and is kept outside of the clone. */
const MODULE = 'github.com/cilium/cilium@v1.18.2';

/** The file of the CRD of CiliumNetworkPolicy, as Cilium's operator installs it. */
export async function ciliumCrd(): Promise<string> {
  const { status, stdout, stderr } = await attempt('go', ['mod', 'download', '-json', MODULE]);
  if (status !== 0) throw new Error(`go mod download ${MODULE}: ${stderr || stdout}`);
  return join(JSON.parse(stdout).Dir, 'pkg/k8s/apis/cilium.io/client/crds/v2/ciliumnetworkpolicies.yaml');
}
