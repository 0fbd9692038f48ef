import type { ManifestSet } from '../../manifests/manifest-set';
import { type ImagePin, PINS } from '../../values/image-pins';
import type { RuleDescription } from '../rule';
import { Severity } from '../severity';
import type { Violation } from '../violation';

/** Public sources announce security releases of such images several times a year. */
const OLD_AFTER_DAYS = 90;
const MILLISECONDS_OF_DAY = 86_400_000;

/** Judged where the day is known, which synthesis never asks. */
export const OLD_PIN: RuleDescription = {
  id: 'MS-IMG-003',
  severity: Severity.WARNING,
  why: `More than ${OLD_AFTER_DAYS} days ago, the version of an image that the library names was the newest of its line, so it may lack security fixes.`,
  fix: 'Update the library, or set the image in the platform profile.',
};

/** Manifests with images that were pinned too long before a day. */
export function oldPins(manifests: ManifestSet, today: string, pins: readonly ImagePin[] = Object.values(PINS)): Violation[] {
  const old = pins.flatMap(({ image, date, source }) => daysBetween(date, today) > OLD_AFTER_DAYS
    ? [{ image, problem: `has the image ${image}, the newest on ${date}: ${source}` }] : []);
  return old.length === 0 ? [] : manifests.all.flatMap((manifest) => {
    const texts = textsIn(manifest.json);
    return old.filter(({ image }) => texts.has(`${image}`) || (manifest.kind === 'EtcdCluster' && `${image.repository}:${manifest.spec?.version}` === `${image}`))
      .map(({ problem }) => ({ manifest, problem }));
  });
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / MILLISECONDS_OF_DAY;
}

/** Operators and workflows have images in fields of their own. */
function textsIn(value: unknown, texts = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    texts.add(value);
  } else if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach((each) => textsIn(each, texts));
  }
  return texts;
}
