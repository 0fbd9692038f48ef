import type { Construct } from 'constructs';
import type { WorkloadProps } from './workload-props';
import { fail } from '../values/errors';
import { absoluteFolder, plainFolder } from '../values/folder';
import { Quantity } from '../values/quantity';
import type { QuantityKind } from '../values/quantity-notation';
import type { Resources } from '../values/resources';

interface SizedFolder {
  readonly path: string;
  readonly size: string;
}

/** The folders of the application's own container besides its secrets and its storage. */
export interface OwnFolders {
  readonly scratch: readonly SizedFolder[];
  readonly memory: readonly SizedFolder[];
}

/** Checks the folders of a workload. Fails on a size that the container can never use up, because the kubelet stops it before. */
export function ownFolders(where: Construct, props: WorkloadProps, { _amounts }: Resources): OwnFolders {
  const { scratchFolders = {}, memoryFolders = {} } = props;
  return {
    scratch: sized(where, 'scratchFolders', scratchFolders, 'storage', 'ephemeralStorageLimit', _amounts.ephemeralStorageLimit),
    memory: sized(where, 'memoryFolders', memoryFolders, 'memory', 'memoryLimit', _amounts.memoryLimit),
  };
}

function sized(
  where: Construct, field: string, folders: { readonly [path: string]: string }, kind: QuantityKind, limit: string, most?: Quantity,
): SizedFolder[] {
  return Object.entries(folders).map(([path, size]) => {
    absoluteFolder(where, `each key of ${field}`, path);
    const quantity = Quantity._of(kind, where, `${field} '${path}'`, size);
    if (most && quantity._exceeds(most)) {
      fail(where, `the folder '${path}' may hold ${size}, and the kubelet stops the pod at ${limit} ${most}`, `Raise ${limit} of the resources, or lower the size`);
    }
    return { path: plainFolder(path), size };
  });
}
