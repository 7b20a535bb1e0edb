import { type Connection, type Model, Schema } from 'mongoose';

interface Note {
  _id: string;
  text: string;
}

export type Notes = Model<Note>;

/** A small model to work on; no two notes have the same text. */
export function notesOf(connection: Connection): Notes {
  const schema = new Schema<Note>({ _id: String, text: String }, { collection: 'notes', versionKey: false });
  schema.index({ text: 1 }, { unique: true });
  return connection.model<Note>('Note', schema);
}
