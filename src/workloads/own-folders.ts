import type { Construct } from 'constructs';
import type { WorkloadProps } from './workload-props';
import { fail } from '../values/errors';
import { absoluteFolder, plainFolder } from '../values/folder';
import { Quantity } from '../values/quantity';
import type { QuantityKind } from '../values/quantity-notation';
import type { Resources } from '../values/resources';
import { dnsSubdomain } from '../values/value-checks';

interface SizedFolder {
  readonly path: string;
  readonly size: string;
}

/** A folder with the files of an object that exists. */
interface FilledFolder {
  readonly path: string;
  readonly name: string;
}

/** The folders of the application's own container besides its secrets and its storage. */
export interface OwnFolders {
  readonly scratch: readonly SizedFolder[];
  readonly memory: readonly SizedFolder[];
  readonly configMaps: readonly FilledFolder[];
  readonly secrets: readonly FilledFolder[];
}

/** Checks the folders of a workload. Fails on a size that the container can never use up, because the kubelet stops it before. */
export function ownFolders(where: Construct, props: WorkloadProps, { _amounts }: Resources): OwnFolders {
  const { scratchFolders = {}, memoryFolders = {}, configMapFolders = {}, secretFolders = {} } = props;
  return {
    scratch: sized(where, 'scratchFolders', scratchFolders, 'storage', 'ephemeralStorageLimit', _amounts.ephemeralStorageLimit),
    memory: sized(where, 'memoryFolders', memoryFolders, 'memory', 'memoryLimit', _amounts.memoryLimit),
    configMaps: filled(where, 'configMapFolders', configMapFolders),
    secrets: filled(where, 'secretFolders', secretFolders),
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

function filled(where: Construct, field: string, folders: { readonly [path: string]: string }): FilledFolder[] {
  return Object.entries(folders).map(([path, name]) => {
    absoluteFolder(where, `each key of ${field}`, path);
    return { path: plainFolder(path), name: dnsSubdomain(where, `${field} '${path}'`, name) };
  });
}
