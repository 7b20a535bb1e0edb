import type { Bus, Consuming, Handler } from '@natter/bus';
import { databaseAbsence } from '@natter/mongo';
import type { Lifecycle } from '@natter/platform';
import { createActivityServices } from '../activity/create-activity-services.ts';
import type { UserDirectory } from '../domain/user-directory.ts';
import type { FollowedEpoch } from '../followed-epoch.ts';
import { createHandlers } from '../handlers/create-handlers.ts';
import type { ConversationWriter } from '../log/conversation-writer.ts';
import type { MongoStorage } from '../storage/mongo-storage.ts';
import type { Contacts } from '../users/contacts.ts';

const maxInFlight = 512;

export interface ServingNeeds {
  bus: Bus;
  storage: Pick<MongoStorage, 'log' | 'projections' | 'changes' | 'cursorKeys' | 'blocks' | 'search'>;
  directory: UserDirectory;
  contacts: Contacts;
  writer: ConversationWriter;
  following: Consuming;
  epoch: FollowedEpoch;
  maxMembers: number;
  /** What else there is to ask for. */
  handlers: readonly Handler[];
}

/** Answers requests, from now on. */
export async function startServing(lifecycle: Lifecycle, needs: ServingNeeds): Promise<void> {
  const { version } = lifecycle.owner;
  const handlers = [...handlersOf(lifecycle, needs), ...needs.handlers];
  const options = { service: 'messaging', version, maxInFlight, absenceOf: databaseAbsence } as const;
  const serving = await needs.bus.serve(handlers, options);
  lifecycle.onStop(
    () => `requests being handled: ${serving.inFlight}`,
    () => serving.stop(),
  );
}

function handlersOf({ owner }: Lifecycle, needs: ServingNeeds): Handler[] {
  const { bus, storage, directory, contacts, following, epoch } = needs;
  const { projections, blocks } = storage;
  return createHandlers({
    ...createActivityServices(bus, { projections, directory, blocks }, owner.logger),
    isRefused: (memberIds) => contacts.areRefused(memberIds),
    log: storage.log,
    projections,
    changes: storage.changes,
    cursorKeys: storage.cursorKeys,
    directory,
    blocks,
    search: storage.search,
    behind: () => following.behind(),
    epoch: () => epoch.current,
    maxMembers: needs.maxMembers,
    writer: needs.writer,
  });
}
