import { Environment } from '../../src/profile/environment';
import { PlatformProfile } from '../../src/profile/platform-profile';

test('three environments are usual, in the order in which a change passes through them', () => {
  const usual = Environment.standard().map((environment) => {
    const { scaling: { min, max } } = PlatformProfile.standard()._in(environment)._values;
    return [environment.name, environment.appEnv, environment.capacityPool, min, max];
  });
  expect(usual).toEqual([
    ['dev', 'development', 'development', 1, 3],
    ['staging', 'staging', 'staging', 2, 5],
    ['prod', 'production', 'production', 3, 10],
  ]);
});

test('one of your own is named as you say, everywhere', () => {
  const qa = Environment.of('qa');
  expect([qa.name, qa.appEnv, qa.capacityPool]).toEqual(['qa', 'qa', 'qa']);
  const quality = Environment.of('qa', { appEnv: 'quality', capacityPool: 'staging', logLevel: 'debug' });
  expect([quality.appEnv, quality.capacityPool, PlatformProfile.standard()._in(quality)._values.logLevel]).toEqual(['quality', 'staging', 'debug']);
});

test.each([['Prod', "it has 'P'. Write 'prod'."], ['', "it is empty. Use a to z, 0 to 9 and '-', at most 63 characters."], ['pre_prod', "it has '_'. Write 'pre-prod'."]])('fails with the name %j', (name, reason) => {
  expect(() => Environment.of(name)).toThrow(new Error(`Environment.of: name '${name}' is not a DNS label: ${reason}`));
});
