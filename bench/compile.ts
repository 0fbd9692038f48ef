import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

const ROOT = path.join(__dirname, '..');
/** Inside node_modules, so that the compiled files find the same packages. */
const OUT = path.join(ROOT, 'node_modules', '.cache', 'cdk8s-microservices-bench');

/**
 * Compiles this folder and the library file by file, as they are measured and as users run them: plain JavaScript.
 *
 * @returns the folder of the compiled benchmark
 */
export function compile(): string {
  fs.rmSync(OUT, { recursive: true, force: true });
  for (const folder of ['src', 'bench', 'examples']) {
    for (const entry of fs.readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true })) {
      const source = path.join(entry.parentPath, entry.name);
      if (entry.isFile() && entry.name.endsWith('.ts')) {
        const target = path.join(OUT, path.relative(ROOT, source)).replace(/\.ts$/, '.js');
        fs.mkdirSync(path.dirname(target), { recursive: true });
        fs.writeFileSync(target, ts.transpileModule(fs.readFileSync(source, 'utf8'), {
          compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
        }).outputText);
      }
    }
  }
  return path.join(OUT, 'bench');
}
