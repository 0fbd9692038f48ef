import type { WorkloadPod } from './workload-pod';
import type { MountedVolume } from '../core/pod-parts';
import { emptyFolder, filledFolder, scratchVolumes, secretVolumes } from '../core/pod-parts';
import type { PlatformProfile } from '../profile/platform-profile';
import { plainFolder } from '../values/folder';
import { shared } from '../values/shared';

const usualFolders = shared((profile: PlatformProfile) => scratchVolumes(profile, 'scratch'));

/** What the application's own container mounts. */
export function podVolumes({ node: { name, group: { profile } }, settings }: WorkloadPod): MountedVolume[] {
  const { storage, pod: { folders: { scratch, memory, configMaps, secrets } } } = settings;
  const claimed = storage ? [{
    volume: { name: 'storage', persistentVolumeClaim: { claimName: name } },
    mount: { name: 'storage', mountPath: storage.mountPath },
  }] : [];
  return [
    ...usualFolders(profile).filter(({ mount: { mountPath } }) => !scratch.some(({ path }) => path === plainFolder(mountPath))),
    ...scratch.map(({ path, size }) => emptyFolder('scratch', path, { sizeLimit: size })),
    ...memory.map(({ path, size }) => emptyFolder('memory', path, { medium: 'Memory', sizeLimit: size })),
    ...secretVolumes(settings, 'secret'),
    ...configMaps.map(({ path, name: configMap }) => filledFolder('files', path, { configMap: { name: configMap } })),
    ...secrets.map(({ path, name: secretName }) => filledFolder('files', path, { secret: { secretName } })),
    ...claimed,
  ];
}
