import type { Construct } from 'constructs';
import { fail } from '../values/errors';

/** Linux starts no program with a longer variable, its name, `=` and the byte at its end included. */
const LONGEST_VARIABLE = 128 * 1024;
/** The API server accepts no larger ConfigMap. */
const LARGEST_CONFIG_MAP = 1024 * 1024;

type Texts = Readonly<Record<string, string>>;

/** Fails on variables with which no container starts, and on a ConfigMap that the API server refuses. */
export function checkSizes(where: Construct, env: Texts, config: Texts): void {
  for (const [name, value] of [...Object.entries(env), ...Object.entries(config)]) {
    const size = Buffer.byteLength(name) + Buffer.byteLength(value) + 2;
    if (size > LONGEST_VARIABLE) {
      fail(where, `the variable '${name}' has ${size} bytes, and a container can start with ${LONGEST_VARIABLE} at most`, 'Mount a file instead');
    }
  }
  const total = Object.entries(config).reduce((sum, texts) => sum + texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0), 0);
  if (total > LARGEST_CONFIG_MAP) {
    fail(where, `config has ${total} bytes, and a ConfigMap holds ${LARGEST_CONFIG_MAP} at most`, 'Move large values to files of the image or to object storage');
  }
}
