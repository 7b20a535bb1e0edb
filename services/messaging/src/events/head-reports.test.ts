import { expect, it } from '@jest/globals';
import { headsReported, type PushedBy } from '@natter/contracts';
import { founded, happened, sent } from '../../tests/_entries.ts';
import { HeadReports } from './head-reports.ts';

type Report = PushedBy<typeof headsReported>;

function createReports() {
  const told: Report[] = [];
  const nats = { connected: true };
  const reports = new HeadReports({
    hint: (_push, payload) => {
      if (nats.connected) told.push(payload as Report);
      return nats.connected;
    },
  });
  return { reports, told, nats };
}

const id = (index: number) => `01941f29-7c00-7000-8000-${String(index).padStart(12, '0')}`;

const numbers = (told: readonly Report[]) => told.map(({ number }) => number);

it('says of each conversation once how far it goes, who joined, and then nothing of that again', () => {
  const { reports, told } = createReports();
  const dave = { type: 'member.added', data: { userId: 'dave', role: 'member' } } as const;
  reports.add([founded('g', ['alice', 'bob']), sent('g', 3), sent('g', 2)]);
  reports.add([happened('h', { rev: 7, seq: 2 }, dave)]);
  reports.tell();
  reports.tell({ last: true });
  expect(told[0]).toMatchObject({
    heads: [
      { conversationId: 'g', rev: 3 },
      { conversationId: 'h', rev: 7 },
    ],
    joined: [
      { userId: 'alice', conversationId: 'g', rev: 1 },
      { userId: 'bob', conversationId: 'g', rev: 1 },
      { userId: 'dave', conversationId: 'h', rev: 7 },
    ],
    last: false,
  });
  expect(told[1]).toMatchObject({ heads: [], joined: [], last: true });
  expect(numbers(told)).toEqual([1, 2]);
});

it('says later what it can’t say while NATS is away, and leaves no number out', () => {
  const { reports, told, nats } = createReports();
  reports.tell();
  nats.connected = false;
  reports.add([sent('g', 2)]);
  reports.tell();
  reports.tell();
  nats.connected = true;
  reports.add([sent('h', 3)]);
  reports.tell();
  const heads = [
    { conversationId: 'g', rev: 2 },
    { conversationId: 'h', rev: 3 },
  ];
  expect(told.map((report) => report.heads)).toEqual([[], heads]);
  expect(numbers(told)).toEqual([1, 2]);
});

it('says so much in several parts that each fits a message, the last of which alone is the last', () => {
  const { reports, told } = createReports();
  const members = Array.from({ length: 5_000 }, (_, index) => id(index));
  reports.add([...members.map((member) => sent(member, 2)), founded(id(6_000), members)]);
  reports.tell({ last: true });
  expect(told.map(({ last }) => last)).toEqual([false, false, true]);
  expect(told.flatMap(({ heads }) => heads)).toHaveLength(5_001);
  expect(told.flatMap(({ joined }) => joined)).toHaveLength(5_000);
  for (const report of told) {
    expect(headsReported.schema.safeParse(report).success).toBe(true);
    expect(JSON.stringify(report).length).toBeLessThan(600_000);
  }
});
