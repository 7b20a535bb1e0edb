import { setTimeout } from 'node:timers/promises';
import type { Bus } from '@natter/bus';
import { type Lifecycle, repeat } from '@natter/platform';
import type { ConversationLog } from '../domain/conversation-log.ts';
import type { Entry } from '../domain/entry.ts';
import type { Projections } from '../domain/projections.ts';
import type { UserDirectory } from '../domain/user-directory.ts';
import { EntryPushes } from '../events/entry-pushes.ts';
import { HeadReports } from '../events/head-reports.ts';
import { publishEntry } from '../events/publish-entry.ts';
import { ConversationWriter } from '../log/conversation-writer.ts';
import { Relay } from '../log/relay.ts';
import { Sweeper } from '../log/sweeper.ts';
import type { MessagingMetrics } from '../messaging-metrics.ts';
import type { Contacts } from '../users/contacts.ts';

const sweepEveryMs = 2_000;

/** On average, and with jitter: a database in trouble is not asked as fast as it can say so. */
const pauseMs = 50;

/** Gateways are told how far conversations go: as long as one who missed a push may have to wait. */
const reportEveryMs = 5_000;

export interface LogNeeds {
  bus: Bus;
  log: ConversationLog;
  projections: Projections;
  directory: UserDirectory;
  contacts: Contacts;
  metrics: Pick<MessagingMetrics, 'setUnrelayed'>;
  /** Tells webhooks of an entry. */
  announce: (entry: Entry) => Promise<unknown>;
}

/**
 * What appends to the logs, and tells of what was appended: gateways at once, by pushes, which may be lost, and
 * whoever follows the entries by events, which a sweeper sees to.
 */
export function startLog(lifecycle: Lifecycle, needs: LogNeeds): ConversationWriter {
  const { log } = needs;
  const pushes = startPushes(lifecycle, needs);
  const relay = startRelay(lifecycle, needs);
  const writer = createWriter(needs, (entries) => {
    pushes.add(entries);
    relay.add(entries);
  });
  const restore = async (entries: readonly Entry[]) => {
    await writer.restore(entries);
    pushes.add(entries);
  };
  startSweeper(lifecycle, new Sweeper({ log, relay, restore }), needs);
  return writer;
}

function startPushes(lifecycle: Lifecycle, { bus, directory }: LogNeeds): EntryPushes {
  const { logger } = lifecycle.owner;
  const pushes = new EntryPushes({
    bus,
    directory,
    reports: startReports(lifecycle, bus),
    onFailure: (error, failed) =>
      logger.warn({ err: error, failed }, 'could not push entries; gateways will read them'),
  });
  lifecycle.onStop('entries being pushed', () => pushes.idle());
  return pushes;
}

function startReports(lifecycle: Lifecycle, bus: Bus): HeadReports {
  const { logger } = lifecycle.owner;
  const reports = new HeadReports(bus);
  const reporting = repeat(async () => reports.tell(), {
    everyMs: reportEveryMs,
    onFailure: (error) => logger.error({ err: error }, 'could not say how far conversations go'),
  });
  lifecycle.onStop('how far conversations go', async () => {
    await reporting.stop();
    reports.tell({ last: true });
  });
  return reports;
}

function startRelay(lifecycle: Lifecycle, { bus, log, announce }: LogNeeds): Relay {
  const { logger } = lifecycle.owner;
  const relay = new Relay({
    log,
    // Before the mark goes: what NATS loses after that, webhooks have.
    publish: async (entry) => {
      await announce(entry);
      await publishEntry(bus, entry);
    },
    onFailure: (error, failed) =>
      logger.warn({ err: error, failed }, 'could not publish entries; the sweeper will'),
  });
  lifecycle.onStop('events being published', () => relay.idle());
  return relay;
}

function createWriter(
  { log, projections, contacts }: LogNeeds,
  relay: (entries: readonly Entry[]) => void,
): ConversationWriter {
  return new ConversationWriter({
    log,
    projections,
    isRefused: (memberIds) => contacts.areRefused(memberIds),
    now: () => new Date(),
    elapsed: () => performance.now(),
    pause: () => setTimeout(pauseMs * (0.5 + Math.random())),
    relay,
  });
}

function startSweeper(lifecycle: Lifecycle, sweeper: Sweeper, { metrics }: LogNeeds): void {
  const { logger } = lifecycle.owner;
  const sweep = async () => {
    const left = await sweeper.sweep();
    metrics.setUnrelayed(left);
    if (left > 0) logger.info({ entries: left }, 'took up entries that were left behind');
  };
  const sweeping = repeat(sweep, {
    everyMs: sweepEveryMs,
    onFailure: (error) => logger.warn({ err: error }, 'could not sweep; trying on'),
  });
  lifecycle.onStop('the sweeper', () => sweeping.stop());
}
