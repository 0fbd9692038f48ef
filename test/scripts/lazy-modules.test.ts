import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ts from 'typescript';
import { lazyExports, lazyImports, readModule } from '../../scripts/lazy-modules';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'lazy-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

/** Writes modules as TypeScript compiles them. */
function compile(modules: Readonly<Record<string, string>>): void {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  Object.entries(modules).forEach(([name, code]) => { writeFileSync(join(folder, `${name}.js`), ts.transpileModule(code, { compilerOptions }).outputText); });
}

/** Transforms a module, runs it, and tells which of the others have run by then. */
function load(name: string, transform: typeof lazyExports): { module: any; loaded: string[] } {
  const loaded = new Map<string, object>();
  const run = (code: string): any => {
    const exports = {};
    new Function('exports', 'require', code)(exports, (path: string) => {
      loaded.set(path, loaded.get(path) ?? run(readModule(join(folder, `${path}.js`)).text));
      return loaded.get(path);
    });
    return exports;
  };
  const module = run(transform(readModule(join(folder, `${name}.js`))).text);
  return { module, get loaded() { return [...loaded.keys()]; } };
}

describe('an index', () => {
  const modules = {
    port: 'export class Port {}\nexport const HTTP = 80;',
    props: 'export interface Props { readonly port: number }',
    tools: 'export const hammer = 1;',
    index: "export * from './port';\nexport * from './props';\nexport * as tools from './tools';",
  };

  test('loads a module when one of its exports is first used', () => {
    compile(modules);
    const index = load('index', lazyExports);
    expect(index.loaded).toEqual([]);
    expect(index.module.HTTP).toBe(80);
    expect(index.loaded).toEqual(['./port']);
    expect(index.module.tools.hammer).toBe(1);
    expect(index.loaded).toEqual(['./port', './tools']);
  });

  test('has the same exports as before', () => {
    compile(modules);
    expect(Object.keys(load('index', lazyExports).module).sort()).toEqual(['HTTP', 'Port', 'tools']);
  });
});

describe('a command', () => {
  test('loads what it imports when it first uses it', () => {
    compile({ rule: 'export class Rule { name = "a" }', main: "import { Rule } from './rule';\nexport const run = () => new Rule().name;" });
    const main = load('main', lazyImports);
    expect(main.loaded).toEqual([]);
    expect(main.module.run()).toBe('a');
    expect(main.loaded).toEqual(['./rule']);
  });

  test('fails to compile if it uses an imported module as a whole', () => {
    writeFileSync(join(folder, 'main.js'), 'const rule_1 = require("./rule");\nconsole.log(rule_1);\n');
    expect(() => lazyImports(readModule(join(folder, 'main.js')))).toThrow('main.js: rule_1 is used as a whole, so it cannot be loaded on first use.');
  });
});
