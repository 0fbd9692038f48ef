import { Environment } from '../../src/profile/environment';

test('three environments are usual, in the order in which a change passes through them', () => {
  const said = Environment.standard().map(({ name, appEnv, capacityPool, _profileChanges }) => [name, appEnv, capacityPool, _profileChanges.scaling]);
  expect(said).toEqual([
    ['dev', 'development', 'development', { max: 3 }],
    ['staging', 'staging', 'staging', { min: 2, max: 5 }],
    ['prod', 'production', 'production', { min: 3 }],
  ]);
});

test('one of your own is named as you say, everywhere', () => {
  const qa = Environment.of('qa');
  expect([qa.name, qa.appEnv, qa.capacityPool]).toEqual(['qa', 'qa', 'qa']);
  expect(Environment.of('qa', { appEnv: 'quality', capacityPool: 'staging', logLevel: 'debug' })).toMatchObject({ appEnv: 'quality', capacityPool: 'staging', _profileChanges: { logLevel: 'debug' } });
});

test.each([['Prod', "it has 'P'. Write 'prod'."], ['', "it is empty. Use a to z, 0 to 9 and '-', at most 63 characters."], ['pre_prod', "it has '_'. Write 'pre-prod'."]])('fails with the name %j', (name, reason) => {
  expect(() => Environment.of(name)).toThrow(new Error(`Environment.of: name '${name}' is not a DNS label: ${reason}`));
});
