import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { type Block, ROOT } from './markdown';
import { type Program, writeProgram } from './programs';
import * as library from '../../src';

const SERVICES = ['order', 'checkout', 'payment', 'notification'];

/** A program around fragments: for each a group with two stores, and the services that it names and does not define. */
export function harness(...parts: Block[]): string {
  const groups = parts.map(({ place, text }, index) => {
    const services = SERVICES.filter((name) => new RegExp(`\\b${name}\\b[.,)]`).test(text) && !text.includes(`const ${name} `))
      .map((name) => `const ${name} = new Microservice(this, '${name}');`);
    const shared = ['redis', 'postgresql'].filter((name) => new RegExp(`(?<!\\.)\\b${name}\\b`).test(text))
      .map((name) => `const ${name} = stores.${name === 'redis' ? 'Redis' : 'Postgres'}Cluster.fromNamespace(this, '${name}', 'infrastructure');`);
    return `
// ${place}
class Group${index} extends ServiceChart {
  define(): void {
    ${[...services, ...shared, ...lines(text)].join('\n    ').replace(/new Microservice\((\w+), '(\w+)'(, \{)?/g, withImage)}
  }
}
new Group${index}(app, 'group-${index}', { environment }).define();
`;
  });
  const program = `const app = new App();
const environment = Environment.of('dev', {
  capacityPool: 'development', capacity: { development: { cpu: '5000', memory: '10000Gi' } }, defaultQuota: { cpu: '50', memory: '100Gi' }, scaling: { max: 2 },
});
${groups.join('')}
app.synth();
`;
  const names = [...new Set(program.match(/(?<!\.)\b[A-Z]\w+\b|(?<![\w.])[a-z]+(?=\.[A-Z])/g))].filter((name) => name in library);
  return `import { ${names.join(', ')} } from 'cdk8s-microservices';\n${program}`;
}

/** A fragment has no values files: every service gets an image in code. */
function withImage(_found: string, scope: string, name: string, props?: string): string {
  return `new Microservice(${scope}, '${name}', { image: Image.of('registry.example.com/${name}', { tag: '1.0.0' }), ${props ? '' : '}'}`;
}

/** The errors of the compiler in the files of a folder. */
export function typeErrors(folder: string): string[] {
  install(folder);
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('node_modules')).map((file) => join(folder, file));
  const program = ts.createProgram(files, { ...options, noEmit: true, rootDir: '/', types: [] });
  return files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file))).map(({ file, start, messageText }) =>
    `${file?.fileName}:${file ? ts.getLineAndCharacterOfPosition(file, start!).line + 1 : 0}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}

/** Runs main.ts of a program in a folder of its own. */
export function execute(work: string, program: Program, services: readonly string[] = []): { status: number | null; stdout: string; stderr: string } {
  install(work);
  writeProgram(program, work, services);
  return spawnSync(process.execPath, ['--import', require.resolve('tsx'), 'main.ts'], {
    cwd: work, encoding: 'utf8', env: { ...process.env, CDK8S_OUTDIR: undefined },
  });
}

/** Gives a folder the packages that a user of the library has, the library's own from its sources. */
function install(folder: string): void {
  const own = join(folder, 'node_modules', 'cdk8s-microservices');
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'package.json'), JSON.stringify({ name: 'cdk8s-microservices', main: 'index.ts', types: 'index.ts' }));
  writeFileSync(join(own, 'index.ts'), `export * from ${JSON.stringify(join(ROOT, 'src', 'index'))};\n`);
  for (const name of ['cdk8s', 'constructs'].filter((each) => !exists(join(folder, 'node_modules', each)))) {
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
}

export function lines(text: string): string[] {
  return text.trimEnd().split('\n');
}

export function exists(path: string): boolean {
  return ts.sys.fileExists(path) || ts.sys.directoryExists(path);
}
