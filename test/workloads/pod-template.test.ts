import * as fc from 'fast-check';
import { literally } from '../../src/core/pod-parts';

/** As the kubelet reads a value: k8s.io/kubernetes/third_party/forked/golang/expansion. */
function expand(value: string, variables: Record<string, string>): string {
  let result = '';
  for (let at = 0; at < value.length; at++) {
    const end = value.indexOf(')', at);
    if (value[at] !== '$' || at + 1 === value.length) {
      result += value[at];
    } else if (value[at + 1] === '$') {
      result += '$';
      at++;
    } else if (value[at + 1] === '(' && end >= 0) {
      const name = value.slice(at + 2, end);
      result += variables[name] ?? `$(${name})`;
      at = end;
    } else {
      result += value[at];
    }
  }
  return result;
}

test('a container gets the value that was written, whatever dollar signs are in it', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('$', '$', '(', ')', 'A', 'b', ' '), { maxLength: 12 }).map((parts) => parts.join('')), (value) => {
    expect(expand(literally(value), { A: 'replaced', Ab: 'replaced' })).toBe(value);
  }), { numRuns: 5000, seed: 3 });
});

test.each([['$5', '$5'], ['$(A)', '$$(A)'], ['$$(A)', '$$$$(A)'], ['$$', '$$$$'], ['${A}', '${A}'], ['A$', 'A$']])('%s is written as %s', (value, written) => {
  expect(literally(value)).toBe(written);
});
