import { expect, test } from 'vitest';
import { partsOf } from './use-commit-form';

test.each([
  ['rhel7-httpd', 'rhel7-httpd', 'latest'],
  ['rhel7-httpd:1.2', 'rhel7-httpd', '1.2'],
  ['registry-host:5000/myadmin/httpd', 'myadmin/httpd', 'latest'],
  ['registry-host:5000/httpd:2', 'httpd', '2'],
  ['localhost/a/b', 'a/b', 'latest'],
  ['myadmin/httpd', 'myadmin/httpd', 'latest'],
  ['', '', 'latest'],
])('%s', (reference, repository, tag) => {
  expect(partsOf(reference)).toEqual({ repository, tag });
});
