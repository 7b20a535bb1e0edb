import { expect, test } from '@jest/globals';
import { createRecoveryCodes, hashRecoveryCode } from './recovery-code.ts';

test('an account gets ten codes of 120 bits, no two of them alike', () => {
  const codes = [...createRecoveryCodes(), ...createRecoveryCodes()];
  expect(new Set(codes).size).toBe(20);
  for (const code of codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){5}[0-9a-hjkmnp-tv-z]{4}$/);
});

test('a code has one hash, however it is typed, and shows in none', () => {
  const [code = ''] = createRecoveryCodes();
  const hash = hashRecoveryCode(code);
  expect(hashRecoveryCode(` ${code.toUpperCase().replaceAll('-', ' ')} `)).toBe(hash);
  expect(hashRecoveryCode(`${code}x`)).not.toBe(hash);
  expect(hash).not.toContain(code.slice(0, 4));
});
