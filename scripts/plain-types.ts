import * as ts from 'typescript';

/**
 * The types of a module that `cdk8s import` generated, as plain data: fields are called as in a manifest, a wrapper class (`Quantity`, `IntOrString`)
 * is the value that it wraps, and an enum is a union of its values. Only what the roots lead to is kept, in alphabetical order.
 *
 * @param types the module with the types: TypeScript, or its declarations
 * @param conversions the module with the functions `toJson_...`, which tell what a field is called in a manifest
 * @param roots names of types, whatever the case of their letters: `cdk8s import` calls a GRPCRoute `GrpcRoute`
 */
export function plainTypes(types: string, conversions: string, roots: readonly string[]): string {
  const declarations = declarationsOf(types);
  const names = manifestNames(conversions);
  const exact = new Map([...declarations.keys()].map((name) => [name.toLowerCase(), name]));
  const missing = roots.filter((root) => !exact.has(root.toLowerCase()));
  if (missing.length > 0) {
    throw new Error(`The generated code has no type ${missing.join(', ')}.`);
  }

  const written = new Map<string, string>();
  const visit = (name: string) => {
    if (written.has(name)) {
      return;
    }
    written.set(name, '');
    const found: string[] = [];
    written.set(name, print(declarations.get(name)!, { declarations, names: names.get(name), found }));
    found.forEach(visit);
  };
  roots.forEach((root) => visit(exact.get(root.toLowerCase())!));
  return [...written].map(([name, code]) => [plainName(name), code] as const).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, code]) => code).join('\n');
}

type Declaration = ts.InterfaceDeclaration | ts.EnumDeclaration | ts.ClassDeclaration;

interface Context {
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** What the fields of this type are called in a manifest. */
  readonly names?: ReadonlyMap<string, string>;
  /** The types that this one leads to. */
  readonly found: string[];
}

function declarationsOf(code: string): Map<string, Declaration> {
  const tree = parse(code);
  return new Map(tree.statements
    .filter((node): node is Declaration => ts.isInterfaceDeclaration(node) || ts.isEnumDeclaration(node) || ts.isClassDeclaration(node))
    .map((node) => [node.name!.text, node]));
}

/** For each type, its fields with their names in a manifest: `clusterIp` is `clusterIP`. */
function manifestNames(code: string): Map<string, Map<string, string>> {
  const names = new Map<string, Map<string, string>>();
  for (const node of parse(code).statements) {
    if (ts.isFunctionDeclaration(node) && node.name?.text.startsWith('toJson_')) {
      names.set(node.name.text.slice('toJson_'.length), namesIn(node));
    }
  }
  return names;
}

function namesIn(conversion: ts.FunctionDeclaration): Map<string, string> {
  const names = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name)) {
      names.set(/\bobj\.(\w+)/.exec(node.initializer.getText())![1], node.name.text);
    } else {
      ts.forEachChild(node, visit);
    }
  };
  visit(conversion);
  return names;
}

function parse(code: string): ts.SourceFile {
  return ts.createSourceFile('generated.ts', code, ts.ScriptTarget.ES2022, true);
}

/** A whole object is called `KubeServiceProps`, or `ServiceProps` where a CRD defines it. */
function plainName(name: string): string {
  return name.replace(/^Kube(\w+)Props$/, '$1');
}

function print(node: Declaration, context: Context): string {
  const name = plainName(node.name!.text);
  if (ts.isEnumDeclaration(node)) {
    return `export type ${name} = ${node.members.map(({ initializer }) => quoted((initializer as ts.StringLiteral).text)).join(' | ')};\n`;
  }
  const fields = node.members.filter(ts.isPropertySignature).map((field) => {
    const key = (field.name as ts.Identifier).text;
    const real = context.names?.get(key) ?? key;
    return `  ${/^\w+$/.test(real) ? real : quoted(real)}${field.questionToken ? '?' : ''}: ${typeOf(field.type!, context)};\n`;
  });
  const kind = name === node.name!.text ? [] : ['  apiVersion?: string;\n', '  kind?: string;\n'];
  return `export interface ${name} {\n${[...kind, ...fields].join('')}}\n`;
}

function typeOf(node: ts.TypeNode, context: Context): string {
  if (ts.isArrayTypeNode(node)) {
    return `${typeOf(node.elementType, context)}[]`;
  }
  if (ts.isTypeLiteralNode(node)) {
    return `{ [key: string]: ${typeOf((node.members[0] as ts.IndexSignatureDeclaration).type, context)} }`;
  }
  if (!ts.isTypeReferenceNode(node)) {
    return node.getText();
  }
  const name = node.typeName.getText();
  const target = context.declarations.get(name);
  if (!target) {
    // a manifest holds a date as text
    return name === 'Date' ? 'string' : name;
  }
  if (ts.isClassDeclaration(target)) {
    return wrapped(target);
  }
  context.found.push(name);
  return plainName(name);
}

/** The type of a wrapper class's `value`, which is a field in declarations and a parameter of the constructor in TypeScript. */
function wrapped(node: ts.ClassDeclaration): string {
  const value = node.members.find(ts.isPropertyDeclaration) ?? node.members.find(ts.isConstructorDeclaration)!.parameters[0];
  return value.type!.getText();
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
