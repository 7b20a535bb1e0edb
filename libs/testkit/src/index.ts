export { MongoGate } from './mongo-gate.ts';
export { NatsBroker, type NatsBrokerOptions } from './nats-broker.ts';
export { createAnswerValidator } from './openapi/answer-validator.ts';
export { type MediaType, type OpenApiDocument } from './openapi/openapi-document.ts';
export { createSchemaCheck } from './openapi/schema-check.ts';
export { dataRoot } from './servers/data-root.ts';
export { provideServers } from './servers/provide-servers.ts';
export { uniqueName } from './unique-name.ts';
export { waitFor } from './wait-for.ts';
