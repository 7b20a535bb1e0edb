import { expect, test } from '@jest/globals';
import { SupervisedProcess } from '../processes/supervised-process.ts';
import { runRecord } from './run-record.ts';

const idle = new SupervisedProcess(
  { name: 'idle', command: 'idle', args: [], environment: {}, output: () => {} },
  { changed() {}, died() {}, gaveUp() {} },
);

test('the record of a run names what runs, and has no pid for what does not', () => {
  const record = runRecord({
    gateways: ['http://127.0.0.1:8000'],
    nats: { url: 'nats://nats.example', provider: 'given', title: 'nats-server 2.15.1' },
    mongo: { url: 'mongodb://127.0.0.1:2', provider: 'path', title: 'MongoDB 8.0.4', process: idle },
    services: [{ name: 'users', replica: 1, adminUrl: 'http://127.0.0.1:3', process: idle }],
  });
  expect(record).toEqual({
    launcher: { pid: process.pid },
    gateway: ['http://127.0.0.1:8000'],
    nats: { url: 'nats://nats.example', pid: null, provider: 'given' },
    mongo: { url: 'mongodb://127.0.0.1:2', pid: null, provider: 'path' },
    services: [{ name: 'users', replica: 1, pid: null, adminUrl: 'http://127.0.0.1:3', lastExit: null }],
  });
});
