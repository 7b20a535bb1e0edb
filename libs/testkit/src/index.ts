export { MongoGate } from './mongo-gate.ts';
export { uniqueName } from './unique-name.ts';
export { waitFor } from './wait-for.ts';
