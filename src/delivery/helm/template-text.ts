import type { Condition, TemplateEntry, TemplateNode, ValuePath } from './template-node';
import type { Part } from './words';
import { inlineText } from '../../output/yaml';

/** Writes a manifest as a template of Helm. */
export function templateText(node: TemplateNode): string {
  return block(node, '').slice(1) + '\n';
}

/** The lines of a template that are rendered under a condition. */
export function conditional(condition: Condition | undefined, lines: string): string {
  return condition ? `{{- if ${conditionText(condition)} }}\n${lines}\n{{- end }}` : lines;
}

/** What follows a key or a dash: a blank and text on the same line, or lines. */
function block(node: TemplateNode, indent: string): string {
  switch (node.kind) {
    case 'literal':
      return ` ${literal(node.value)}`;
    case 'text':
      return ` ${quoted(node.parts)}`;
    case 'value':
      return ` {{ ${reference(node.path)} | toJson }}`;
    case 'action':
      return ` {{ ${node.action} | toJson }}`;
    default:
      return node.entries.map((each) => `\n${conditional(each.condition, entry(each, indent))}`).join('');
  }
}

function entry({ key, node }: TemplateEntry, indent: string): string {
  const text = block(node, `${indent}  `);
  if (key) {
    return `${indent}${key.length === 1 && typeof key[0] === 'string' ? literal(key[0]) : quoted(key)}:${text}`;
  }
  // a collection begins on the line of its dash, unless a condition stands there
  const isCollection = node.kind === 'map' || node.kind === 'list';
  return isCollection && !node.entries[0].condition ? `${indent}- ${text.slice(1 + indent.length + '- '.length)}` : `${indent}-${text}`;
}

/** A value by the names that lead to it. */
export function reference(path: ValuePath): string {
  const at = path.findIndex((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  return at < 0 ? dotted(path) : `(index ${dotted(path.slice(0, at))} ${path.slice(at).map((name) => JSON.stringify(name)).join(' ')})`;
}

function dotted(path: ValuePath): string {
  return ['.Values', ...path].join('.');
}

function conditionText({ kind, path }: Condition): string {
  return kind === 'true' ? reference(path) : `hasKey ${reference(path.slice(0, -1))} ${JSON.stringify(path[path.length - 1])}`;
}

/** A scalar or an empty collection as YAML, on one line. */
function literal(value: unknown): string {
  return escaped(inlineText(value));
}

/** Text with words in it, in quotes: a word alone could look like a number. */
function quoted(parts: readonly Part[]): string {
  return `"${parts.map((part, index) => typeof part === 'string'
    ? escaped(inlineText(part, true).slice(1, -1), index + 1 < parts.length) : `{{ ${part.action} }}`).join('')}"`;
}

/** Braces that are meant as such: two begin an action, and so does one before an action. */
function escaped(text: string, beforeAction = false): string {
  return text.replace(beforeAction ? /\{{2,}|\{$/g : /\{{2,}/g, (braces) => `{{"${braces}"}}`);
}
