import type { Connection } from 'mongoose';

interface Database {
  connection: Connection;
}

interface Stored {
  _id: string;
  rev: number;
  data: object;
}

/** An id of so many milliseconds after the epoch. */
function idOf(time: number): string {
  const digits = time.toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
}

/** Makes the entries of a conversation, and its messages, as old as if they had come two minutes ago. */
export async function ageEntries({ connection }: Database, conversationId: string): Promise<void> {
  const entries = connection.collection<Stored>('entries');
  const found = await entries.find({ conversationId }).toArray();
  const aged = found.map(({ _id: _, ...entry }) => {
    const id = idOf(Date.now() - 120_000 + entry.rev);
    const data = 'messageId' in entry.data ? { ...entry.data, messageId: id } : entry.data;
    return { ...entry, _id: id, data };
  });
  await entries.deleteMany({ conversationId });
  await entries.insertMany(aged);
}

/** As if nobody had looked at any entry for a second time. */
export async function forgetSecondLook({ connection }: Database): Promise<void> {
  const looks = connection.collection<{ _id: string; reached: string }>('secondLook');
  await looks.updateOne({ _id: 'current' }, { $set: { reached: idOf(0) } }, { upsert: true });
}
