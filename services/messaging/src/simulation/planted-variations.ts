import { NatterError } from '@natter/contracts';
import type { Conversation } from '../domain/conversation.ts';
import type { ConversationLog } from '../domain/conversation-log.ts';
import type { Entry } from '../domain/entry.ts';
import type { Projections } from '../domain/projections.ts';
import type { Command } from '../log/command.ts';
import type { LogParts } from './variation.ts';
import { insert, type Write } from './writes.ts';

type Part = Partial<ConversationLog>;

/** `$inc`, then insert: two writes, with a moment between them. */
export function numberedByCounter({ database }: LogParts): Part {
  return {
    append: async (entries) => {
      for (const entry of entries) {
        const taken: { rev?: number } = {};
        await database.write('raise the counter', [raise(`counter of ${entry.conversationId}`, taken)]);
        await database.write('append under it', [insert({ ...entry, rev: taken.rev ?? 0 })]);
      }
      return entries.length;
    },
  };
}

function raise(counter: string, taken: { rev?: number }): Write {
  return {
    apply: ({ markers }) => {
      taken.rev ??= (markers.get(counter) ?? 0) + 1;
      markers.set(counter, taken.rev);
      return true;
    },
  };
}

export function lookedUpOnce({ log }: LogParts): Part {
  const known = new Map<string, ReturnType<ConversationLog['findByKey']>>();
  const findByKey: ConversationLog['findByKey'] = (...key) => {
    const finding = known.get(key.join()) ?? log.findByKey(...key);
    known.set(key.join(), finding);
    return finding;
  };
  return {
    findByKey,
    append: async (entries) => {
      const found = await Promise.all(
        entries.map(
          async ({ conversationId, actorId, key }) =>
            key && (await findByKey(conversationId, actorId, key.clientMessageId)),
        ),
      );
      const repeated = found.findIndex((entry) => entry !== undefined);
      return await log.append(repeated === -1 ? entries : entries.slice(0, repeated));
    },
  };
}

export function conflictIsSuccess({ log }: LogParts): Part {
  return {
    append: async (entries) => {
      await log.append(entries);
      return entries.length;
    },
  };
}

export function goesOnBehindRefused({ log }: LogParts): Part {
  return {
    append: async (entries) => {
      const counts = await Promise.all(entries.map((entry) => log.append([entry])));
      return counts.includes(0) ? counts.indexOf(0) : counts.length;
    },
  };
}

export function readOnceOnly({ log }: LogParts): Part {
  const known = new Map<string, Promise<Entry[]>>();
  return {
    readAfter: (...args) => {
      const reading = known.get(args.join()) ?? log.readAfter(...args);
      known.set(args.join(), reading);
      return reading;
    },
  };
}

export function failedForUnknown({ log }: LogParts): Part {
  return {
    append: async (entries) => {
      try {
        return await log.append(entries);
      } catch (cause) {
        throw new NatterError('service_unavailable', { cause });
      }
    },
  };
}

export function publishedFirst({ log, publish }: LogParts): Part {
  return {
    append: async (entries) => {
      await Promise.allSettled(entries.map(publish));
      return await log.append(entries);
    },
  };
}

export function unmarkedFirst({ log, publish }: LogParts): (entry: Entry) => Promise<void> {
  return async (entry) => {
    await log.unmark([entry]);
    await publish(entry);
  };
}

export function answeredFirst(projections: Projections): Partial<Projections> {
  return {
    apply: async (changes) => {
      projections.apply(changes).catch(() => undefined);
    },
  };
}

export function renamedAtEveryTry(command: Command): Command {
  let tries = 0;
  const id = () => `${command.id}-${tries}`;
  return {
    ...command,
    get id() {
      return id();
    },
    decide: (state) => {
      tries += 1;
      return command.decide(state).map((draft) => (draft.id === command.id ? { ...draft, id: id() } : draft));
    },
  };
}

export function judgedOnFirstMembers(command: Command): Command {
  let first: Conversation['members'] | undefined;
  return {
    ...command,
    decide: ({ conversation, ...rest }) => {
      first ??= conversation?.members;
      const members = first ?? [];
      return command.decide({ conversation: conversation && { ...conversation, members }, ...rest });
    },
  };
}
