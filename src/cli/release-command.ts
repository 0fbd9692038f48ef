import { type AddCommand, example } from './command';
import { setRelease } from './release';

/** The command that releases versions. */
export const addRelease: AddCommand = (program, end) => {
  program.command('release').summary('set the version of a service').description('Sets releases.')
    .command('set')
    .summary('write a version into a tag file')
    .description('Writes a version into <folder>/<group>/<service>/<environment>/tag.yaml, and keeps its comments.')
    .argument('<service>')
    .argument('<environment>')
    .argument('<version>', 'a tag such as 1.4.2, a digest such as sha256:28b8..., or both as 1.4.2@sha256:28b8...')
    .option('--directory <folder>', 'the folder of values files, from the working directory', 'applications')
    .addHelpText('after', example('release set checkout prod 1.4.3'))
    .action((service: string, environment: string, version: string, { directory }: { readonly directory: string }) => {
      end({ stdout: `${setRelease({ directory, service, environment, version })}\n` });
    });
};
