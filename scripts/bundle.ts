/**
 * Writes the files that are published from those that jsii compiled: `lib/index.js` is the library, `lib/cli.js` its command line.
 * Also writes THIRD_PARTY_NOTICES with the licences of the code of other packages in both.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { lazyExports, lazyImports, readModule } from './lazy-modules';
import { notices } from './notices';

const root = resolve(__dirname, '..');

/** Changes the text of a compiled module. */
type Transform = (...module: Parameters<typeof lazyExports>) => ReturnType<typeof lazyExports>;

export interface Bundle {
  /** A compiled module to begin with. */
  readonly entry: string;
  readonly outfile: string;
  /** The folder of the modules to transform. */
  readonly folder: string;
  readonly transform: Transform;
  readonly footer?: string;
}

/**
 * Bundles compiled modules and the packages that they import into one file. cdk8s and constructs stay outside, because a program shares them with
 * the library.
 *
 * @returns the files in the bundle, relative to the folder of the project
 */
export async function bundle({ entry, outfile, folder, transform, footer }: Bundle): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    outfile,
    absWorkingDir: root,
    bundle: true,
    preserveSymlinks: true,
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    external: ['cdk8s', 'constructs'],
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    plugins: [transforming(folder, transform)],
    footer: { js: footer ?? '' },
  });
  return Object.keys(metafile.inputs);
}

function transforming(folder: string, transform: Transform): Plugin {
  return {
    name: 'transform',
    setup: ({ onLoad }) => onLoad({ filter: /\.js$/ }, ({ path }) => (
      path.startsWith(folder) ? { contents: transform(readModule(path)).text, loader: 'js' } : undefined)),
  };
}

/** Node finds the names of exports in the text of a CommonJS file when an ES module imports it. */
export function namesOf(module: string): string {
  return `0 && (module.exports = { ${Object.keys(createRequire(module)(module) as object).join(', ')} });`;
}

async function main(): Promise<void> {
  const lib = join(root, 'lib');
  const folder = join(lib, 'src');
  const library = join(folder, 'index.js');
  const files = [
    ...await bundle({ entry: library, outfile: join(lib, 'index.js'), folder, transform: lazyExports, footer: namesOf(library) }),
    ...await bundle({
      entry: join(folder, 'cli', 'main.js'), outfile: join(lib, 'cli.js'), folder, transform: (module) => lazyImports(lazyExports(module)),
    }),
  ];
  writeFileSync(join(root, 'THIRD_PARTY_NOTICES'), notices(root, files));
}

if (require.main === module) {
  main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
