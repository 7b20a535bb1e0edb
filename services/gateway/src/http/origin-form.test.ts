import { expect, test } from '@jest/globals';
import { originForm } from './origin-form.ts';

test.each(['/', '/api/users?q=a&q=b', '/%zz', '//[', '/a#b', '*'])('%s stays as it is', (target) => {
  expect(originForm(target)).toBe(target);
});

test.each([
  ['http://a', '/'],
  ['https://a:80/api/users?q[$ne]=', '/api/users?q[$ne]='],
  ['http://a/%zz', '/%zz'],
])('%s is asked for at %s', (target, path) => {
  expect(originForm(target)).toBe(path);
});

test.each(['http://[', 'http://', 'http://a:99999/', 'natter://a', 'mailto:a', ''])(
  '"%s" is asked for where nothing can be',
  (target) => {
    expect(() => decodeURIComponent(originForm(target))).toThrow(URIError);
  },
);
