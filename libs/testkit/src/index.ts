export { FaultProxy } from './faults/fault-proxy.ts';
export { createAnswerValidator } from './openapi/answer-validator.ts';
export { type MediaType, type OpenApiDocument } from './openapi/openapi-document.ts';
export { createSchemaCheck } from './openapi/schema-check.ts';
export { provideServers } from './servers/provide-servers.ts';
export { uniqueName } from './unique-name.ts';
export { waitFor } from './wait-for.ts';
