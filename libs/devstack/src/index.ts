export type { RunRecord } from './data-folder/run-record.ts';
export { LaunchError } from './launch-error.ts';
export { type LaunchSettings, launchSettings, readLaunchSettings } from './launch-settings.ts';
export { freePorts } from './network/ports.ts';
export { type FoundProgram, findProgram } from './providers/find-program.ts';
export { prepareEmbeddedServer, untilServerAnswers } from './servers/embedded-server.ts';
export { mongoServer } from './servers/mongo-server.ts';
export { natsServer } from './servers/nats-server.ts';
export type { ServerKind } from './servers/server-kind.ts';
