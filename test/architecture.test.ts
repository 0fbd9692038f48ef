import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import * as ts from 'typescript';

const root = resolve(__dirname, '..');

/** Folders of src/, each with those it may import besides itself: all that stand in a line above it. */
const LAYERS = [
  ['values'],
  ['manifests'],
  ['graph'],
  ['testing'],
  ['profile'],
  ['checks'],
  ['difference'],
  ['inputs'],
  ['core'],
  ['output'],
  // primitives do not import each other: what two of them need goes down to core or values
  ['network', 'dapr', 'scaling', 'security', 'messaging', 'containers', 'components'],
  // features are composed of primitives, and do not import each other either
  ['workloads', 'stores', 'gateway', 'mesh', 'delivery', 'pipeline'],
  ['platform'],
  ['cli'],
];

const LONGEST_FILE = 250;

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

interface SourceFile {
  /** From the folder of the project, such as `src/values/port.ts`. */
  readonly path: string;
  /** Folder below src/, or an empty text. */
  readonly folder: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

const sources = typeScriptFiles('src').map(parse);
const examples = typeScriptFiles('examples').map(parse);

/** Whether a file defines constructs or objects. */
function isConstruct({ tree }: SourceFile): boolean {
  return /\bextends (?:Construct|ConnectedWorkload|Chart)\b|\bdefine(?:Cluster)?Object\b/.test(tree.text);
}

describe('layers', () => {
  const isSettings = ({ path }: SourceFile) => /-(?:settings|section|defaults)\.ts$/.test(path);
  /** What a setting may hold, such as an engine: a class of the same capability that is no construct. */
  const isValueOfSettings = (file: SourceFile) => !isConstruct(file);
  /** The public types of a submodule may come from any folder. */
  const isFrontDoor = ({ path }: SourceFile) => /^src\/\w+\/index\.ts$/.test(path);
  const rank = (folder: string) => LAYERS.findIndex((layer) => layer.includes(folder));

  test('every folder of src/ has its place', () => {
    const folders = new Set(sources.map(({ folder }) => folder).filter((folder) => folder !== ''));
    expect([...folders].sort()).toEqual(LAYERS.flat().sort());
  });

  test('a file imports its own folder, one of a layer below, or the settings of a capability', () => {
    const upward = edges(sources).filter(({ from, to }) => from.folder !== '' && from.folder !== to.folder && rank(to.folder) >= rank(from.folder)
      && !isSettings(to) && !(isSettings(from) && isValueOfSettings(to)) && !isFrontDoor(from));
    expect(upward.map(sentence)).toEqual([]);
  });

  test('the settings of a capability import no construct', () => {
    const lower = ['values', 'profile', 'inputs'];
    const constructs = edges(sources).filter(({ from, to }) => isSettings(from) && !lower.includes(to.folder) && isConstruct(to));
    expect(constructs.map(sentence)).toEqual([]);
  });

  test('no file imports itself through others', () => {
    expect(cycles(edges(sources))).toEqual([]);
  });

  test('generated types are imported as types, so that none is loaded, and cdk8s-plus is not imported at all', () => {
    const loaded = sources.flatMap(({ path, imports }) => imports
      .filter(({ target, typeOnly }) => (!typeOnly && target.startsWith('imports/')) || target === 'cdk8s-plus-27')
      .map(({ target }) => `${path} loads ${target}`));
    expect(loaded).toEqual([]);
  });

  test('manifests are plain data: those who read them know no construct', () => {
    const readers = sources.filter(({ folder }) => ['manifests', 'graph', 'testing'].includes(folder));
    expect(readers.length).toBeGreaterThan(0);
    expect(readers.filter(({ imports }) => imports.some(({ target }) => /^(?:cdk8s|constructs)$/.test(target))).map(({ path }) => path)).toEqual([]);
  });

  test('only src/output walks the tree of constructs and renders objects', () => {
    const others = sources.filter(({ folder }) => folder !== 'output');
    const found = find(others, (node) => ts.isPropertyAccessExpression(node) && ['findAll', 'toJson'].includes(node.name.text));
    expect(found).toEqual([]);
  });

  test('only src/output walks the tree of constructs and renders objects, so that manifests are rendered once', () => {
    const walks = find(sources.filter(({ folder }) => folder !== 'output'), (node) => ts.isIdentifier(node) && ['findAll', 'toJson'].includes(node.text));
    expect(walks).toEqual([]);
  });

  test('a program\'s inputs are read by src/inputs alone, and files are written by src/output alone', () => {
    const fileSystem = /^(?:node:)?fs(?:\/promises)?$/;
    const users = sources.filter(({ imports }) => imports.some(({ target }) => fileSystem.test(target)));
    expect([...new Set(users.map(({ folder }) => folder))].sort()).toEqual(['inputs', 'output']);
    const writing = /\b(?:write|append|copy|mkdir|rm|rename|unlink|link|symlink|chmod|truncate|createWriteStream)\w*Sync\(|\bcreateWriteStream\(|'(?:[wa]x?\+?|r\+)'/;
    expect(users.filter(({ folder, tree }) => folder === 'inputs' && writing.test(tree.text)).map(({ path }) => path)).toEqual([]);
  });

  test('workloads and charts take values from outside, and reach no module that reads files', () => {
    const readers = sources.filter(({ imports }) => imports.some(({ target }) => /^fs$/.test(target))).map(({ path }) => path);
    const loaded = edges(sources).filter(({ from, to, typeOnly }) => !typeOnly && to.folder === 'inputs' && ['workloads', 'platform', 'inputs'].includes(from.folder));
    const reached = new Set(loaded.filter(({ from }) => from.folder !== 'inputs').map(({ to }) => to));
    reached.forEach((file) => loaded.filter(({ from }) => from === file).forEach(({ to }) => reached.add(to)));
    expect([...reached].map(({ path }) => path)).toContain('src/inputs/service-values.ts');
    expect(readers.filter((path) => [...reached].some((file) => file.path === path))).toEqual([]);
  });

  test('only the command line may use the network, other programs and the clock', () => {
    const library = sources.filter(({ folder }) => folder !== 'cli');
    const forbidden = /^(?:node:)?(?:https?|http2|net|dgram|dns|tls|child_process|worker_threads|os)$/;
    expect(library.flatMap(({ path, imports }) => imports.filter(({ target }) => forbidden.test(target)).map(({ target }) => `${path} imports ${target}`))).toEqual([]);
    const clock = library.filter(({ tree }) => /\bDate\.now\b|new Date\(\)|Math\.random|localeCompare|toLocale/.test(tree.text));
    expect(clock.map(({ path }) => path)).toEqual([]);
  });

  test('the public files export and do nothing else', () => {
    const doors = sources.filter(({ path }) => /^src\/(?:\w+\/)?index\.ts$/.test(path));
    const acting = doors.flatMap(({ tree }) => tree.statements.filter((statement) => !ts.isExportDeclaration(statement))
      .map((statement) => statement.getText(tree)));
    expect(acting).toEqual([]);
  });

  test(`no file is longer than ${LONGEST_FILE} lines`, () => {
    const long = sources.map(({ path, tree }) => ({ path, lines: tree.text.trimEnd().split('\n').length })).filter(({ lines }) => lines > LONGEST_FILE);
    expect(long.map(({ path, lines }) => `${path} has ${lines} lines`)).toEqual([]);
  });
});

describe('a store', () => {
  const stores = sources.flatMap(({ path }) => /^src\/stores\/(\w+)\/\w+-store-engine\.ts$/.exec(path)?.[1] ?? []);
  /** The two lines of a store, its export and its section, and what is not about the store but about its name. */
  const exceptions = [
    'src/stores/index.ts',
    'src/stores/store-defaults.ts',
    // the versions of all images, each with its day and source
    'src/values/image-pins.ts',
    // a rule reads manifests of any origin, and names the kinds it reads
    /^src\/checks\/(?:built-in-rules|rules\/[-\w]+)\.ts$/,
    // quotas count the pods and volumes that operators make, in manifests of any origin
    'src/graph/capacity/operator-kinds.ts',
    // the component types of Dapr, of any store
    /^src\/dapr\/catalog\/[-\w]+\.ts$/, 'src/difference/hidden-state.ts',
    // every API group of the platform, of this library or not
    'src/stores/configuration/configuration-backup-section.ts',
    // generated: the names of all constructs
    'src/values/signatures/index.ts',
    // applications speak the protocol of Redis themselves, to any store that speaks it
    'src/containers/ambassador.ts', 'src/containers/envoy/redis.ts', 'src/scaling/queue-source.ts',
  ];

  test('is a folder that describes it by an engine', () => {
    expect(stores.sort()).toEqual(['etcd', 'kafka', 'postgres', 'redis']);
  });

  test.each(stores)('%s is named in its folder alone', (store) => {
    const isException = (path: string) => exceptions.some((each) => typeof each === 'string' ? each === path : each.test(path));
    const elsewhere = sources.filter(({ path }) => !path.startsWith(`src/stores/${store}/`) && !isException(path));
    const isName = (node: ts.Node): node is ts.Identifier | ts.LiteralLikeNode =>
      ts.isIdentifier(node) || ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node);
    expect(find(elsewhere, (node) => isName(node) && node.text.toLowerCase().includes(store))).toEqual([]);
  });
});

describe('a default is in the profile', () => {
  // settings and value classes hold defaults and arithmetic; what renders objects holds neither
  const constructs = sources.filter(isConstruct);

  test('and not behind ?? or ||', () => {
    const found = find(constructs, (node) => ts.isBinaryExpression(node)
      && [ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken].includes(node.operatorToken.kind) && isLiteral(node.right));
    expect(found).toEqual([]);
  });

  test('and not in a parameter or a destructured field', () => {
    const found = find(constructs, (node) =>
      (ts.isParameter(node) || ts.isBindingElement(node)) && node.initializer !== undefined && isLiteral(node.initializer));
    expect(found).toEqual([]);
  });

  test('and no construct holds a number of its own, but constants that say why', () => {
    const found = find(constructs, (node) => ts.isNumericLiteral(node) && !['0', '1', '100'].includes(node.text) && !explained(node));
    expect(found).toEqual([]);
  });
});

describe('an environment is data', () => {
  test('whose name is written where environments and their sizes are defined, and is asked for nowhere', () => {
    const definitions = ['src/profile/environment.ts', 'src/profile/stage.ts', 'src/profile/core-settings.ts'];
    const found = find([...sources, ...examples].filter(({ path }) => !definitions.includes(path)), (node) =>
      ts.isStringLiteralLike(node) && /^(?:dev|development|staging|prod|production)$/.test(node.text));
    expect(found).toEqual([]);
  });
});

describe('cdk8s-plus', () => {
  test('is not loaded by the library', () => {
    const program = "require('./src'); console.log(Object.keys(require.cache).join('\\n'));";
    const { stdout, stderr } = spawnSync(process.execPath, ['--require', 'tsx/cjs', '--eval', program], { cwd: root, encoding: 'utf8' });
    const loaded = stdout.trim().split('\n');
    expect(stderr).toBe('');
    expect(loaded).toContain(join(root, 'src', 'index.ts'));
    expect(loaded).toContain(require.resolve('cdk8s'));
    expect(loaded.filter((file) => file.includes('cdk8s-plus') || file.startsWith(join(root, 'imports')))).toEqual([]);
  });

  test('leaves no default of its own in the reference platform', () => {
    const traces = /cdk8s\.io\/|CAP_[A-Z]|\b1000m\b|\b1500m\b|\b2048Mi\b|-c[0-9a-f]{7}\b|runAsUser: 25000|type: Recreate/;
    const files = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
    expect(files).not.toEqual([]);
    expect(files.flatMap((file) => readFileSync(join(root, 'dist', file), 'utf8').split('\n').filter((line) => traces.test(line)).map((line) => `${file}: ${line}`))).toEqual([]);
  });
});

// ---- reading sources -------------------------------------------------------------------------------------------------

function typeScriptFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => join(folder, file)).sort();
}

function parse(path: string): SourceFile {
  const tree = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.ES2022, true);
  const imports = tree.statements.flatMap((statement): Import[] => {
    const from = (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) ? statement.moduleSpecifier : undefined;
    if (!from || !ts.isStringLiteral(from)) {
      return [];
    }
    const target = from.text.startsWith('.') ? relative(root, resolve(root, dirname(path), from.text)) : from.text;
    const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
    const named = clause?.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : [];
    const typeOnly = ts.isExportDeclaration(statement) ? statement.isTypeOnly
      : clause?.isTypeOnly || (named.length > 0 && !clause?.name && named.every((element) => element.isTypeOnly));
    return [{ target, typeOnly: typeOnly ?? false }];
  });
  const [, folder] = /^src\/(\w+)\//.exec(path) ?? ['', ''];
  return { path, folder, tree, imports };
}

function edges(files: readonly SourceFile[]): { from: SourceFile; to: SourceFile; typeOnly: boolean }[] {
  const byModule = new Map(files.map((file) => [file.path.replace(/(?:\/index)?\.ts$/, ''), file]));
  return files.flatMap((from) => from.imports.flatMap(({ target, typeOnly }) => {
    const to = byModule.get(target);
    return to ? [{ from, to, typeOnly }] : [];
  }));
}

function sentence({ from, to }: { from: SourceFile; to: SourceFile }): string {
  return `${from.path} imports ${to.path}`;
}

/** Files that lead back to themselves: what remains when those that import nothing, or that nothing imports, are taken away, again and again. */
function cycles(list: { from: SourceFile; to: SourceFile }[]): string[] {
  let open = list;
  for (;;) {
    const importing = new Set(open.map(({ from }) => from));
    const imported = new Set(open.map(({ to }) => to));
    const remaining = open.filter(({ from, to }) => importing.has(to) && imported.has(from));
    if (remaining.length === open.length) {
      return open.map(sentence);
    }
    open = remaining;
  }
}

/** A value of its own: not one that adds nothing (0, false, an empty text or list), and not a text made of other values. */
function isLiteral(node: ts.Expression): boolean {
  if (ts.isPrefixUnaryExpression(node)) {
    return isLiteral(node.operand);
  }
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.some(isLiteral);
  }
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.some((property) => ts.isPropertyAssignment(property) && isLiteral(property.initializer));
  }
  return (ts.isNumericLiteral(node) && node.text !== '0') || (ts.isStringLiteralLike(node) && node.text !== '') || node.kind === ts.SyntaxKind.TrueKeyword;
}

/** A constant of the file with a comment above it. */
function explained(node: ts.Node): boolean {
  for (let at: ts.Node = node; at.parent; at = at.parent) {
    if (ts.isVariableStatement(at) && ts.isSourceFile(at.parent)) {
      return ts.getLeadingCommentRanges(at.parent.text, at.getFullStart()) !== undefined;
    }
  }
  return false;
}

function find(files: readonly SourceFile[], wanted: (node: ts.Node) => boolean): string[] {
  return files.flatMap(({ path, tree }) => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (wanted(node)) {
        const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
        found.push(`${path}:${line + 1}: ${node.getText(tree).split('\n')[0]}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(tree);
    return found;
  });
}
