import fc from 'fast-check';
import { Quantity } from '../../src/values/quantity';

test.each([
  ['500m', 500n], ['2', 2000n], ['1.5', 1500n], ['0.001', 1n], ['29.6', 29600n], ['100', 100_000n],
])('processors: %s', (text, thousandths) => {
  const quantity = Quantity.cpu(text);
  expect([quantity.toString(), quantity._units]).toEqual([text, thousandths]);
});

test.each([
  ['1024', 1024n], ['1k', 1000n], ['500Mi', 524_288_000n], ['1.5Gi', 1_610_612_736n], ['1G', 1_000_000_000n], ['0.5Ki', 512n],
  ['7.5Ei', 8_646_911_284_551_352_320n], ['9223372036854775807', 2n ** 63n - 1n],
])('memory: %s', (text, bytes) => {
  const quantity = Quantity.memory(text);
  expect([quantity.toString(), quantity._units]).toEqual([text, bytes]);
});

test('storage is written as memory is', () => {
  expect(Quantity.storage('100Gi')._units).toBe(Quantity.memory('100Gi')._units);
});

test.each([['50 cores', '50'], ['1 core', '1'], ['1.5 cores', '1.5']])('%s are %s in a manifest', (words, notation) => {
  expect(Quantity.cpu(words).toString()).toBe(notation);
});

const CPU = 'is not a quantity of processors:';

test.each<[unknown, string]>([
  ['', `'' ${CPU} it is empty. Write '500m'.`],
  ['0', `'0' ${CPU} it is zero. Write '500m'.`],
  ['0m', `'0m' ${CPU} it is zero. Write '500m'.`],
  ['-1', `'-1' ${CPU} it is negative. Write '500m'.`],
  ['0.0001', `'0.0001' ${CPU} it is no whole number of thousandths of a core. Write '1m'.`],
  ['1.0005', `'1.0005' ${CPU} it is no whole number of thousandths of a core. Write '1.001'.`],
  ['500 m', `'500 m' ${CPU} it has a blank. Write '500m'.`],
  ['50  cores', `'50  cores' ${CPU} it has a blank. Write '50'.`],
  ['1e400', `'1e400' ${CPU} it has an exponent. Write '500m'.`],
  ['1e3', `'1e3' ${CPU} it has an exponent. Write '1000'.`],
  ['25e-2', `'25e-2' ${CPU} it has an exponent. Write '0.25'.`],
  ['.5', `'.5' ${CPU} it is no number with a unit. Write '0.5'.`],
  ['5.', `'5.' ${CPU} it is no number with a unit. Write '5'.`],
  ['007', `'007' ${CPU} it is no number with a unit. Write '7'.`],
  ['1,5', `'1,5' ${CPU} it is no number with a unit. Write '500m'.`],
  ['NaN', `'NaN' ${CPU} it is no number with a unit. Write '500m'.`],
  ['1Gi', `'1Gi' ${CPU} 'Gi' is a unit of memory. Write '500m'.`],
  ['2cpu', `'2cpu' ${CPU} 'cpu' is no unit. Write '2'.`],
  ['250mcpu', `'250mcpu' ${CPU} 'mcpu' is no unit. Write '250m'.`],
  ['9'.repeat(30), `'${'9'.repeat(30)}' ${CPU} it is more than Kubernetes can count. Write '500m'.`],
  ['9'.repeat(100_000), `'${'9'.repeat(57)}...' ${CPU} it is too long. Write '500m'.`],
  ['1\u202e', `"1\\u202e" ${CPU} it is no number with a unit. Write '500m'.`],
  [NaN, "expected text, got NaN. Write a quantity of processors in quotes, such as '500m'."],
  [2, "expected text, got 2. Write a quantity of processors in quotes, such as '500m'."],
  [undefined, "expected text, got undefined. Write a quantity of processors in quotes, such as '500m'."],
])('fails on processors %p', (text, message) => {
  expect(() => Quantity.cpu(text as string)).toThrow(new Error(`Quantity.cpu: ${message}`));
});

const MEMORY = 'is not a quantity of memory:';

test.each<[unknown, string]>([
  ['1 Gi', `'1 Gi' ${MEMORY} it has a blank. Write '1Gi'.`],
  ['100GB', `'100GB' ${MEMORY} 'GB' is no unit. Write '100G'.`],
  ['100 GB', `'100 GB' ${MEMORY} it has a blank. Write '100G'.`],
  ['512MiB', `'512MiB' ${MEMORY} 'MiB' is no unit. Write '512Mi'.`],
  ['1GI', `'1GI' ${MEMORY} 'GI' is no unit. Write '1Gi'.`],
  ['1gi', `'1gi' ${MEMORY} 'gi' is no unit. Write '1Gi'.`],
  ['1K', `'1K' ${MEMORY} 'K' is no unit. Write '1k'.`],
  ['1Gii', `'1Gii' ${MEMORY} 'Gii' is no unit. Write '512Mi'.`],
  ['100m', `'100m' ${MEMORY} 'm' is a thousandth of a byte. Write '100Mi'.`],
  ['1e400', `'1e400' ${MEMORY} it has an exponent. Write '512Mi'.`],
  ['1e9', `'1e9' ${MEMORY} it has an exponent. Write '1000000000'.`],
  ['-1', `'-1' ${MEMORY} it is negative. Write '512Mi'.`],
  ['0', `'0' ${MEMORY} it is zero. Write '512Mi'.`],
  ['0Gi', `'0Gi' ${MEMORY} it is zero. Write '512Mi'.`],
  ['0.0001', `'0.0001' ${MEMORY} it is no whole number of bytes. Write '512Mi'.`],
  ['1.2Gi', `'1.2Gi' ${MEMORY} it is no whole number of bytes. Write '1229Mi'.`],
  ['0.3Ki', `'0.3Ki' ${MEMORY} it is no whole number of bytes. Write '308'.`],
  ['8Ei', `'8Ei' ${MEMORY} it is more than Kubernetes can count. Write '512Mi'.`],
  ['0x10', `'0x10' ${MEMORY} it is no number with a unit. Write '512Mi'.`],
  ['\u0663Gi', `'\u0663Gi' ${MEMORY} it is no number with a unit. Write '512Mi'.`],
])('fails on memory %p', (text, message) => {
  expect(() => Quantity.memory(text as string)).toThrow(new Error(`Quantity.memory: ${message}`));
});

test('an error names the field and the function of the caller', () => {
  expect(() => Quantity._of('storage', 'Volume.of', 'size', '10 GB'))
    .toThrow(new Error("Volume.of: size '10 GB' is not a quantity of storage: it has a blank. Write '10G'."));
  expect(() => Quantity._of('cpu', 'Resources.of', 'cpuLimit', 2 as unknown as string)).toThrow(new Error(
    "Resources.of: expected cpuLimit to be text, got 2. Write a quantity of processors in quotes, such as '500m'."));
});

test('the quantity that an error proposes is a right one', () => {
  const unit = fc.constantFrom('', 'm', 'gb', 'GB', 'GiB', 'GI', 'ki', ' Gi', ' cores', 'e3', 'e-2', 'vcpu', ' MB', 'u');
  fc.assert(fc.property(fc.constantFrom('cpu' as const, 'memory' as const), fc.stringMatching(/^[0-9]{1,6}(\.[0-9]{1,6})?$/), unit, (kind, number, suffix) => {
    let proposal: string | undefined;
    try {
      Quantity[kind](number + suffix);
    } catch (error) {
      proposal = /Write '([^']*)'\.$/.exec((error as Error).message)?.[1] ?? 'nothing';
    }
    expect(() => proposal === undefined || Quantity[kind](proposal)).not.toThrow();
  }), { numRuns: 1000 });
});

test.each([
  ['cpu', ['29600m'], '29.6'],
  ['cpu', ['200m', '300m'], '500m'],
  ['cpu', ['500m', '300m', '200m'], '1'],
  ['cpu', ['1.005', '1'], '2.005'],
  ['cpu', [], '0'],
  ['memory', ['1Gi', '512Mi'], '1.5Gi'],
  ['memory', ['1Gi', '300Mi'], '1324Mi'],
  ['memory', ['512Mi', '1Ki'], '524289Ki'],
  ['memory', ['1Gi', '1'], '1073741825'],
  ['memory', ['1G', '1G'], '1953125Ki'],
  ['memory', ['512Ki', '512Ki'], '1Mi'],
  ['memory', [], '0'],
] as const)('the sum of %s %j prints as %s', (kind, texts, printed) => {
  expect(Quantity._sum(kind, texts.map((text) => Quantity[kind](text))).toString()).toBe(printed);
});

const cpus = fc.integer({ min: 1, max: 10_000_000 }).map((units) => Quantity.cpu(`${units}m`));
const bytes = fc.bigInt({ min: 1n, max: 2n ** 60n }).map((units) => Quantity.memory(`${units}`));

test('what a sum prints reads back as the sum, exactly', () => {
  fc.assert(fc.property(fc.array(cpus, { minLength: 1 }), (list) => {
    const sum = Quantity._sum('cpu', list);
    expect(Quantity.cpu(sum.toString())._units).toBe(list.reduce((all, quantity) => all + quantity._units, 0n));
  }));
  fc.assert(fc.property(bytes, fc.constantFrom('Ki', 'Mi', 'Gi'), fc.integer({ min: 1, max: 4096 }), (odd, unit, count) => {
    for (const quantity of [odd, Quantity.memory(`${count}${unit}`)]) {
      const double = quantity._plus(quantity);
      expect(Quantity.memory(double.toString())._units).toBe(quantity._units * 2n);
    }
  }));
});

test('n times a quantity is n of them added, and addition has no order', () => {
  fc.assert(fc.property(cpus, cpus, fc.integer({ min: 0, max: 50 }), (one, other, count) => {
    expect(one._times(count).toString()).toBe(Quantity._sum('cpu', Array.from({ length: count }, () => one)).toString());
    expect(one._plus(other).toString()).toBe(other._plus(one).toString());
  }));
});

test('of two quantities at most one exceeds the other, as their exact amounts say', () => {
  fc.assert(fc.property(bytes, bytes, (one, other) => {
    expect(one._exceeds(other)).toBe(one._units > other._units);
    expect(one._exceeds(one)).toBe(false);
  }));
  expect(Quantity.cpu('1')._exceeds(Quantity.cpu('1000m'))).toBe(false);
  expect(Quantity.memory('1Gi')._exceeds(Quantity.memory('1G'))).toBe(true);
});

test('fails when processors and memory are added or compared', () => {
  const message = new Error('Quantity: cpu 1 and memory 1Gi have no common unit. Use a quantity of cpu.');
  expect(() => Quantity.cpu('1')._plus(Quantity.memory('1Gi'))).toThrow(message);
  expect(() => Quantity.cpu('1')._exceeds(Quantity.memory('1Gi'))).toThrow(message);
});

test('fails when a quantity is taken a broken number of times', () => {
  expect(() => Quantity.cpu('1')._times(1.5)).toThrow(new Error('Quantity._times: expected a whole number of 0 or more, got 1.5. Use 1.'));
});
