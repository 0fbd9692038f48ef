import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as ts from 'typescript';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Not `Object.defineProperty`: Node does not believe a CommonJS file that calls it with a getter of this form to have an export of that name. */
const ON_FIRST_USE = `
function onFirstUse(getters) {
  for (const [name, get] of Object.entries(getters)) Reflect.defineProperty(exports, name, { enumerable: true, configurable: true, get });
}
`;

/** A compiled module without its source map. */
export function readModule(path: string): ts.SourceFile {
  return parse(path, readFileSync(path, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'));
}

/**
 * Loads what a module exports of others (`export * from`, `export * as x from`) when a program first uses it, and not when the program starts.
 */
export function lazyExports(module: ts.SourceFile): ts.SourceFile {
  const load = createRequire(module.fileName);
  const edits = module.statements.flatMap((statement): Edit[] => {
    const text = statement.getText(module);
    const [, all] = /^__exportStar\(require\("(.+)"\), exports\);$/.exec(text) ?? [];
    const [, name, one] = /^exports\.(\w+) = __importStar\(require\("(.+)"\)\);$/.exec(text) ?? [];
    const getters = all ? Object.keys(load(all) as object).map((key) => `${key}: () => require("${all}").${key}`) : one ? [`${name}: () => require("${one}")`] : [];
    // a module of types only exports nothing
    const replacement = getters.length > 0 ? `onFirstUse({ ${getters.join(', ')} });` : '';
    return all || one ? [{ start: statement.getStart(module), end: statement.end, text: replacement }] : [];
  });
  return edits.length === 0 ? module : edited(module, [...edits, { start: module.text.length, end: module.text.length, text: ON_FIRST_USE }]);
}

/**
 * Loads what a module imports when one of its functions first uses it.
 */
export function lazyImports(module: ts.SourceFile): ts.SourceFile {
  const edits: Edit[] = [];
  const names = new Set<string>();
  for (const statement of module.statements) {
    const [, name, value] = /^const (\w+_\d+) = (require\(".+"\)|__import(?:Star|Default)\(require\(".+"\)\));$/.exec(statement.getText(module)) ?? [];
    if (name) {
      names.add(name);
      edits.push({ start: statement.getStart(module), end: statement.end, text: `let ${name}_loaded; const ${name} = () => ${name}_loaded ??= ${value};` });
    }
  }
  const visit = (node: ts.Node): void => {
    // in parentheses, because `new x()()` does not create what x() returns
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && names.has(node.expression.text)) {
      edits.push({ start: node.expression.getStart(module), end: node.expression.end, text: `(${node.expression.text}())` });
    } else if (ts.isIdentifier(node) && names.has(node.text) && !ts.isVariableDeclaration(node.parent)) {
      throw new Error(`${module.fileName}: ${node.text} is used as a whole, so it cannot be loaded on first use.`);
    } else {
      ts.forEachChild(node, visit);
    }
  };
  ts.forEachChild(module, visit);
  return edited(module, edits);
}

function edited(module: ts.SourceFile, edits: readonly Edit[]): ts.SourceFile {
  const text = [...edits].sort((a, b) => b.start - a.start)
    .reduce((code, edit) => code.slice(0, edit.start) + edit.text + code.slice(edit.end), module.text);
  return parse(module.fileName, text);
}

function parse(path: string, code: string): ts.SourceFile {
  return ts.createSourceFile(path, code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
}
