import { expect, test } from '@jest/globals';
import { readAudit } from './read-audit.mjs';

test('a registry that knows of nothing has answered', () => {
  expect(readAudit('{"auditReportVersion":2,"vulnerabilities":{}}')).toEqual({ vulnerable: [] });
});

test('whatever is vulnerable is told, with its advisory', () => {
  const via = [{ title: 'Reads too much', url: 'https://example.com/1' }, 'b'];
  const report = { vulnerabilities: { a: { name: 'a', severity: 'high', range: '<2', via } } };
  expect(readAudit(JSON.stringify(report))).toEqual({
    vulnerable: ['a <2: high, Reads too much (https://example.com/1); by b'],
  });
});

test.each([
  ['{"message":"405 Method Not Allowed","statusCode":405}', '405 Method Not Allowed'],
  ['{"error":{"summary":"request failed"}}', 'request failed'],
  ['', 'npm audit said nothing'],
])('a registry that says %j has not answered, and is not taken to know of nothing', (output, unanswered) => {
  expect(readAudit(output)).toEqual({ unanswered });
});
