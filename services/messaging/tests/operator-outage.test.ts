import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { FaultProxy } from '@natter/testkit';
import { messagingCommands } from '../src/operator/messaging-commands.ts';
import { openOperator, writeGroup } from './_operator.ts';

let operator: Awaited<ReturnType<typeof openOperator>>;
let mongo: FaultProxy;

beforeEach(async () => {
  operator = await openOperator();
  mongo = await FaultProxy.to(String(process.env['TEST_MONGODB_URL']));
});
afterEach(async () => {
  await mongo.shut();
  await operator.close();
});

it.each([
  ['check', []],
  ['rebuild', ['conversations']],
])('%s says that it broke off where MongoDB goes away', async (name, args) => {
  await writeGroup(operator.createWriter(), 'g1');
  let gone: Promise<void> | undefined;
  const command = messagingCommands({
    environment: () => ({
      MONGODB_URL: mongo.url,
      MONGODB_DATABASE: operator.connection.name,
      NATS_URL: process.env['TEST_NATS_URL'],
    }),
    say: () => undefined,
    progress: () => {
      gone ??= mongo.shut();
    },
    fail: () => undefined,
  }).find((one) => one.name() === name);
  await expect(command?.parseAsync(args, { from: 'user' })).rejects.toMatchObject({
    name: 'OperatorError',
    exitCode: 1,
    message: expect.stringMatching(
      /^MongoDB did not answer any more \(.+\), so this broke off: run it again\.$/,
    ),
  });
  await gone;
});
