import { expect, it } from '@jest/globals';
import { type ErrorCode, NatterError } from '@natter/contracts';
import { addUser } from './add-user.ts';

const newUser = { username: 'ann', displayName: undefined, password: 'nobody else knows' };

const add = (code: ErrorCode, generated: boolean) =>
  addUser({ call: () => Promise.reject(new NatterError(code)) }, { ...newUser, generated }).catch(String);

it('tells the generated password of an account of which it is not known whether it was made', async () => {
  expect(await add('outcome_unknown', true)).toMatch(/not known whether ann was added.*nobody else knows/);
});

it('tells no password that somebody typed, and none where no account was made', async () => {
  expect(await add('outcome_unknown', false)).not.toContain(newUser.password);
  expect(await add('username_taken', true)).toBe(false);
  expect(String(await add('service_unavailable', true))).not.toContain(newUser.password);
});
