import type { FileStorageOptions } from '../../src/workloads/file-storage';
import { FileStorage, isShared } from '../../src/workloads/file-storage';

const folder = { size: '20Gi', mountPath: '/var/lib/catalog' };

test('storage has a size and a folder, and what the cluster chooses else', () => {
  expect({ ...FileStorage.persistent(folder) }).toEqual({ ...folder, accessMode: undefined, storageClass: undefined });
});

test.each([['ReadWriteMany', true], ['ReadOnlyMany', true], ['ReadWriteOnce', false], ['ReadWriteOncePod', false]])('%s is shared by nodes: %s', (mode, shared) => {
  expect(isShared(mode)).toBe(shared);
});

test.each<[Partial<FileStorageOptions>, string]>([
  [{ mountPath: 'var/lib' }, "expected mountPath as an absolute folder, got 'var/lib'. Write a path such as '/var/lib/catalog'."],
  [{ mountPath: '/var/../etc' }, "expected mountPath as an absolute folder, got '/var/../etc'. Write a path such as '/var/lib/catalog'."],
  [{ accessMode: 'ReadWriteMny' }, "expected accessMode to be one of ReadWriteMany, ReadOnlyMany, ReadWriteOnce, ReadWriteOncePod, got 'ReadWriteMny'. Use 'ReadWriteMany'."],
])('fails on %j', (options, message) => {
  expect(() => FileStorage.persistent({ ...folder, ...options })).toThrow(new Error(`FileStorage.persistent: ${message}`));
});

test.each(['20GB', '0', '-1Gi', '1 GI'])('fails on the size %s', (size) => {
  expect(() => FileStorage.persistent({ ...folder, size })).toThrow(/^FileStorage\.persistent: .*size.*\.$/);
});
