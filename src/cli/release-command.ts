import type { Command } from './command';
import { setRelease } from './release';
import { show } from '../values/value-checks';

const DIRECTORY = 'applications';
const OPERANDS = ['<service>', '<environment>', '<version>'];

/** Ends with 1 if the version cannot be set. */
export const RELEASE_SET: Command = {
  name: 'release set',
  usage: `Usage: cdk8s-microservices release set <service> <environment> <version> [--directory <folder>]

Writes a version into <folder>/<group>/<service>/<environment>/tag.yaml, and keeps its comments.

  <version>    a tag such as 1.4.2, a digest such as sha256:28b8..., or both as 1.4.2@sha256:28b8...
  --directory  the folder of values files, from the working directory; 'applications' if it is not given
`,
  options: ['directory'],
  run: (operands, { directory = DIRECTORY }) => {
    if (directory === '') {
      return '--directory needs a folder.';
    }
    if (operands.length !== OPERANDS.length) {
      const [missing] = OPERANDS.slice(operands.length);
      return missing ? `${missing} is missing.` : `${show(operands[OPERANDS.length])} is one word too many.`;
    }
    const [service, environment, version] = operands;
    try {
      return { status: 0, stdout: `${setRelease({ directory, service, environment, version })}\n`, stderr: '' };
    } catch (error) {
      return { status: 1, stdout: '', stderr: `${(error as Error).message}\n` };
    }
  },
};
