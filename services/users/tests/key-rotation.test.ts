import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createSession, listSigningKeys } from '@natter/contracts';
import { authenticatorCode } from '@natter/testkit';
import jwt from 'jsonwebtoken';
import { writeKeyFile } from './_keys.ts';
import { password, Stack } from './_stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.create();
});

afterAll(() => stack.close());

const filesOf = (...files: string[]) => ({ JWT_PRIVATE_KEY_FILE: files.join(',') });

/** Which key a replica with these files signs with, and which ones it tells the gateways. */
async function replica(files: readonly string[]) {
  const service = await stack.startService(filesOf(...files));
  const { accessToken } = await stack.call(createSession, { username: 'alice', password });
  const { keys } = await stack.call(listSigningKeys, {});
  await service.stop();
  return { signs: jwt.decode(accessToken, { complete: true })?.header.kid, told: keys.map(({ kid }) => kid) };
}

test('in each step of the runbook, whichever replica signs, every other tells the key', async () => {
  const service = await stack.startService();
  await stack.register('alice');
  await service.stop();
  const [former, next] = [await writeKeyFile(), await writeKeyFile()];
  const steps = [[former], [former, next], [next, former], [next]];
  const replicas = [];
  for (const files of steps) replicas.push(await replica(files));
  const [before, added, promoted, after] = replicas;
  expect([before?.signs, added?.signs, promoted?.signs, after?.signs]).toEqual([
    before?.told[0],
    before?.told[0],
    after?.told[0],
    after?.told[0],
  ]);
  // A step is rolled out replica by replica: those before it and those after it run side by side.
  expect(added?.told).toEqual(expect.arrayContaining([before?.signs, promoted?.signs]));
  expect(promoted?.told).toEqual(expect.arrayContaining([added?.signs, after?.signs]));
  // In a single step a gateway could ask a replica that does not know the new key yet, and refuse its tokens.
  expect(before?.told).not.toContain(promoted?.signs);
  const [a, b] = [before?.signs, after?.signs];
  const records = await stack.database.mongoose
    .collection('audit')
    .find({ kind: 'keys.changed' })
    .sort({ _id: 1 })
    .toArray();
  expect(records.map(({ detail }) => detail).slice(-4)).toEqual([
    `signing ${a}`,
    `signing ${a}, published ${b}`,
    `signing ${b}, published ${a}`,
    `signing ${b}`,
  ]);
});

test('a second factor outlives the steps of the runbook, from a replica with the old key to one with the new', async () => {
  const [former, next] = [await writeKeyFile(), await writeKeyFile()];
  const service = await stack.startService(filesOf(former));
  const { id, username } = await stack.register('bob');
  const { secret, recoveryCodes } = await stack.turnFactorOn(id);
  await service.stop();
  for (const files of [
    [former, next],
    [next, former],
  ]) {
    const passing = await stack.startService(filesOf(...files));
    await passing.stop();
  }
  await stack.startService(filesOf(next));
  const enter = (code: string) => stack.call(createSession, { username, password, code });
  await enter(authenticatorCode(secret, { later: true }));
  await enter(String(recoveryCodes[0]));
});
