export * from './bulk-upsert.ts';
export * from './database-absence.ts';
export * from './dead-letters.ts';
export * from './indexes.ts';
export * from './mongo-connection.ts';
export * from './native-collection.ts';
export * from './write-errors.ts';
