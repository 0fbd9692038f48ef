import type { FieldChange } from './field-change';
import type { ObjectChange } from './object-change';
import { Risk, RISKS } from './risk';
import type { ManifestPlace } from '../manifests/manifest';
import { grouped } from '../values/grouped';

const TITLES: Readonly<Record<Risk, string>> = {
  [Risk.REFUSED]: 'Kubernetes refuses these changes, or data is lost',
  [Risk.DATA]: 'Data is deleted',
  [Risk.ACCESS]: 'Access changes',
  [Risk.REMOVAL]: 'Objects are removed',
  [Risk.RESTART]: 'Pods restart',
  [Risk.OTHER]: 'Other changes',
};

/** A longer value is cut. */
const LONGEST_VALUE = 200;

/** Changes by their risk, as text for a terminal or as Markdown for a review. */
export function differenceText(changes: readonly ObjectChange[], markdown: boolean): string {
  const sections = RISKS.flatMap((risk) => {
    const found = changes.filter((change) => change.risk === risk);
    const title = `${TITLES[risk]} (${found.length})`;
    return found.length === 0 ? [] : [markdown ? `### ${title}\n` : title, ...alike(found, markdown), ''];
  });
  return sections.map((line) => `${line}\n`).join('');
}

/** Objects with the same change, and then the change once. */
function alike(changes: readonly ObjectChange[], markdown: boolean): string[] {
  const groups = grouped(changes, (change) => detailsOf(change, markdown).map((detail) => markdown ? `  - ${detail}` : `      ${detail}`).join('\n'));
  return [...groups].flatMap(([details, group]) => [...group.map((change) => objectLine(change, markdown)), ...details === '' ? [] : [details]]);
}

function objectLine(change: ObjectChange, markdown: boolean): string {
  const { before, after } = change;
  const sign = !before ? '+' : !after ? '-' : '~';
  const at = place((after ?? before)!.place);
  return markdown ? `- \`${sign} ${change}\`${at}` : `  ${sign} ${change}${at}`;
}

function detailsOf({ before, after, refusals, fields }: ObjectChange, markdown: boolean): string[] {
  return [...refusals, ...fields.map((field) => fieldText(field, (after ?? before)!.kind === 'Secret', markdown))];
}

function place({ file, line }: ManifestPlace): string {
  return file === undefined ? '' : ` (${line === undefined ? file : `${file}:${line}`})`;
}

/** The value of a Secret is not printed. */
function fieldText({ field, before, after }: FieldChange, isSecret: boolean, markdown: boolean): string {
  const hidden = isSecret && /^(data|stringData)\b/.test(field);
  const value = (each: unknown) => each === undefined ? 'nothing' : code(hidden ? '(hidden)' : JSON.stringify(each), markdown);
  return `${code(field, markdown)}: ${value(before)} -> ${value(after)}`;
}

function code(text: string, markdown: boolean): string {
  const cut = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}...` : text;
  return markdown ? `\`${cut.replace(/`/g, "'")}\`` : cut;
}
