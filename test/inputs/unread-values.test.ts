import { write } from './values-folder';
import { Values } from '../../src/inputs/values';
import { App } from '../../src/platform/app';
import { PlatformProfile } from '../../src/profile/platform-profile';
import { DEV, findings, group, PROD, ROOMY, service } from '../support/platform';

const TAG = 'image: { tag: "1.4.2" }\n';

/** What the checks say of the files below applications/main, for the services order in core-business and mailer in platform. */
function unread(...files: string[]): string[] {
  [...files, 'order/values-base.yaml', 'order/prod/tag.yaml', 'mailer/dev/tag.yaml'].forEach((file) => write(`applications/main/${file}`, file.endsWith('tag.yaml') ? TAG : ''));
  const app = new App();
  PlatformProfile.provide(app, ROOMY);
  for (const environment of [DEV, PROD]) {
    service(group({ app, environment, values: Values.directory('applications/main') }), 'order');
    service(group({ app, name: 'platform', environment, values: Values.directory('applications/main') }), 'mailer');
  }
  return findings(group({ app, name: 'empty' })).filter((finding) => finding.startsWith('MS-VALUES')).map((finding) => finding.replace('MS-VALUES-001 [App] applications/main/', ''));
}

test('every file is read that a service of any group has', () => {
  expect(unread('mailer/prod/values.yaml', 'order/dev/values.yaml')).toEqual([]);
});

test.each([
  ['order/prod/values.yml', 'order/prod/values.yml is read by no service, and order/prod/values.yaml would be'],
  ['order/values.yaml', 'order/values.yaml is read by no service, and order/dev/values.yaml would be'],
  ['orders/prod/values.yaml', 'orders/prod/values.yaml is read by no service, and order/prod/values.yaml would be'],
  ['order/prd/values.yaml', 'order/prd/values.yaml is read by no service, and order/prod/values.yaml would be'],
  ['payment-gateway/prod/tag.yaml', 'payment-gateway/prod/tag.yaml is read by no service'],
])('%s is reported', (file, finding) => {
  expect(unread(file)).toEqual([finding]);
});

test.each(['order/staging/values.yaml', 'README.md', 'order/order-appset.yaml', 'order/prod/notes.yaml'])('%s is not', (file) => {
  expect(unread(file)).toEqual([]);
});

test('a program that supplies its values has no files', () => {
  const chart = group({ values: Values.of({ 'other/values-base.yaml': {} }) });
  service(chart, 'order');
  expect(findings(chart)).toEqual([]);
});
