import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { bundle } from '../scripts/bundle';
import { lazyExports } from '../scripts/lazy-modules';

export const ROOT = path.join(__dirname, '..');

/**
 * Compiles this folder and the library, as they are measured and as users run them: plain JavaScript, the library bundled into one file.
 *
 * @param folder where the compiled files go
 * @returns the folder of the compiled benchmark
 */
export async function compile(folder: string): Promise<string> {
  for (const source of ['src', 'bench', 'examples']) {
    for (const entry of fs.readdirSync(path.join(ROOT, source), { withFileTypes: true, recursive: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (entry.isFile() && entry.name.endsWith('.ts')) {
        const target = path.join(folder, path.relative(ROOT, file)).replace(/\.ts$/, '.js');
        fs.mkdirSync(path.dirname(target), { recursive: true });
        fs.writeFileSync(target, ts.transpileModule(fs.readFileSync(file, 'utf8'), {
          compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
        }).outputText);
      }
    }
  }
  // the compiled files find the same packages
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  // `src.js` comes before `src/index.js` where a file imports '../../src'
  const src = path.join(folder, 'src');
  await bundle({ entry: path.join(src, 'index.js'), outfile: `${src}.js`, folder: src, transform: lazyExports });
  return path.join(folder, 'bench');
}
