// The table "who may import whom" of docs/decisions/0002-layers.md, one rule a row.

const libs = (...names) => `^libs/(${names.join('|')})/`;
const services = '^services/';
const domain = '^services/[^/]+/src/domain/';

/** Whatever lies in `from` must not reach `to`. */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const npm = (...names) => `node_modules/(${names.join('|')})(/|$)`;

export default {
  forbidden: [
    never('no-circular', 'A circle has no beginning to read from.', {}, { circular: true }),
    never('no-unresolvable', 'An import leads somewhere.', {}, { couldNotResolve: true }),
    never(
      'not-declared',
      'A package imports what its own package.json names.',
      { path: '^(libs|services)/[^/]+/src/', pathNot: '\\.test\\.ts$' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    never(
      'only-by-the-front-door',
      'Packages are imported by their index.ts; testkit has a second one, for what no test file should load.',
      { path: '^(libs|services)/([^/]+)/' },
      {
        path: '^(libs|services)/',
        pathNot: ['^$1/$2/', '/src/index\\.ts$', '/package\\.json$', '^libs/testkit/src/servers/index\\.ts$'],
      },
    ),
    never(
      'contracts-stand-alone',
      'contracts: zod and nothing of ours.',
      { path: libs('contracts') },
      { path: [libs('bus', 'platform', 'mongo', 'testkit', 'devstack', 'operator'), services] },
    ),
    never(
      'bus-knows-contracts-only',
      'bus: contracts and NATS.',
      { path: libs('bus'), pathNot: '/tests/|\\.test\\.ts$' },
      { path: [libs('platform', 'mongo', 'testkit', 'devstack', 'operator'), services] },
    ),
    never(
      'nats-in-bus-only',
      'Only the bus speaks to NATS.',
      { path: '^(libs|services)/', pathNot: libs('bus') },
      { path: npm('nats', '@nats-io') },
    ),
    never(
      'opentelemetry-sdk-in-one-place',
      'All code knows the API, which does nothing by itself; the SDK is loaded by one file, and only where it is wanted.',
      { path: '^(libs|services)/', pathNot: '^libs/platform/src/tracing/start-sdk\\.ts$' },
      { path: 'node_modules/@opentelemetry/', pathNot: 'node_modules/@opentelemetry/api/' },
    ),
    never(
      'opentelemetry-sdk-on-demand',
      'A static import would load it always.',
      { path: '^(libs|services)/' },
      { path: '^libs/platform/src/tracing/start-sdk\\.ts$', dynamic: false },
    ),
    never(
      'plumbing-stands-alone',
      'platform and mongo: nothing of ours.',
      { path: libs('platform', 'mongo'), pathNot: '/tests/|\\.test\\.ts$' },
      { path: ['^libs/(?!platform/|mongo/)', services, '^libs/(platform|mongo)/'], pathNot: ['^libs/$1/'] },
    ),
    never(
      'sdk-needs-nothing',
      'A product takes the SDK alone: the contracts give it types, which are gone when it runs.',
      { path: libs('sdk'), pathNot: '/tests/|\\.test\\.ts$' },
      { path: ['^libs/(?!sdk/)', services, 'node_modules', '^node:'], dependencyTypesNot: ['type-only'] },
    ),
    never(
      'sdk-is-for-products',
      'No part of Natter asks Natter as a product does.',
      { path: '^services/|^libs/(?!sdk/)', pathNot: '/tests/|\\.test\\.ts$' },
      { path: libs('sdk') },
    ),
    never(
      'tools-stay-outside',
      "testkit, devstack, chaos, bench, hostile, k8s and scripts are for tests and for npm start, operator is the operator's: none is for a service.",
      { path: '^services/[^/]+/src/|^libs/(contracts|bus|platform|mongo)/src/', pathNot: '\\.test\\.ts$' },
      { path: [libs('testkit', 'devstack', 'operator'), '^(chaos|bench|hostile|k8s|scripts)/'] },
    ),
    never(
      'operator-goes-into-an-image',
      'What lies in an image needs no tools of tests or of npm start.',
      { path: libs('operator') },
      { path: libs('testkit', 'devstack') },
    ),
    never(
      'services-stay-apart',
      'A service asks another over NATS.',
      { path: '^services/([^/]+)/' },
      { path: services, pathNot: '^services/$1/' },
    ),
    never(
      'gateway-owns-no-data',
      'The gateway knows no database.',
      { path: '^services/gateway/' },
      { path: [libs('mongo'), npm('mongoose', 'mongodb')] },
    ),
    never(
      'http-in-gateway-only',
      'Only the gateway speaks HTTP to clients.',
      { path: '^services/(users|messaging)/' },
      { path: npm('express') },
    ),
    never(
      'domain-is-pure',
      'A domain knows itself and the error table.',
      { path: domain, pathNot: '\\.test\\.ts$' },
      {
        path: ['^services/[^/]+/src/', '^libs/', 'node_modules'],
        pathNot: [domain, libs('contracts')],
      },
    ),
    never(
      'handlers-see-no-storage',
      'Handlers work on ports.',
      { path: '^services/[^/]+/src/handlers/', pathNot: '\\.test\\.ts$' },
      { path: ['^services/[^/]+/src/storage/', libs('mongo'), npm('mongoose', 'mongodb')] },
    ),
    never(
      'log-runs-anywhere',
      "messaging's append protocol knows the domain alone, so that a simulation can run it as it is.",
      { path: '^services/messaging/src/log/', pathNot: '\\.test\\.ts$|/_' },
      {
        path: ['^services/messaging/src/', libs('bus', 'platform', 'mongo'), npm('mongoose', 'nats')],
        pathNot: ['^services/messaging/src/(log|domain)/'],
      },
    ),
    never(
      'audit-runs-anywhere',
      "messaging's checks and repairs work on ports.",
      { path: '^services/messaging/src/(audit|rebuild)/', pathNot: '\\.test\\.ts$' },
      {
        path: ['^services/messaging/src/', libs('bus', 'platform', 'mongo'), npm('mongoose', 'nats')],
        pathNot: ['^services/messaging/src/(audit|rebuild|domain)/'],
      },
    ),
    never(
      'webhooks-run-anywhere',
      "messaging's deliveries work on ports.",
      { path: '^services/messaging/src/webhooks/', pathNot: '\\.test\\.ts$|/_' },
      {
        path: ['^services/messaging/src/', libs('bus', 'mongo'), npm('mongoose', 'nats')],
        pathNot: ['^services/messaging/src/(webhooks|domain)/'],
      },
    ),
    never(
      'operator-serves-nobody',
      "The operator's commands are no part of the service that runs.",
      {
        path: '^services/([^/]+)/src/',
        pathNot: '^services/[^/]+/src/(operator/|index\\.ts)|\\.test\\.ts$',
      },
      { path: '^services/$1/src/operator/' },
    ),
    never(
      'parts-are-put-together-once',
      'What starts and stops together is known to the service that starts and stops it.',
      { path: '^services/[^/]+/src/', pathNot: '^services/[^/]+/src/(service\\.ts$|parts/)' },
      { path: '^services/[^/]+/src/parts/' },
    ),
    never(
      'operator-writes-no-logs',
      'Commands repair projections; to logs only the service appends.',
      { path: '^services/messaging/src/operator/', pathNot: '\\.test\\.ts$' },
      { path: '^services/messaging/src/(handlers|log)/' },
    ),
    never(
      'operator-asks-users',
      'Accounts are made by the users service alone; a command asks it.',
      { path: '^services/users/src/operator/', pathNot: '\\.test\\.ts$' },
      { path: ['^services/users/src/(handlers|storage)/', libs('mongo'), npm('mongoose')] },
    ),
    never(
      'storage-answers-nobody',
      'Storage knows the domain, not who asks.',
      { path: '^services/[^/]+/src/storage/', pathNot: '\\.test\\.ts$' },
      { path: ['^services/[^/]+/src/(handlers|log|http)/', libs('bus')] },
    ),
  ],
  options: {
    // dependency-cruiser's TypeScript parser sees no modules under TypeScript 7.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // Tests may reach for what they test; and the parser does not know `await using` yet, which they use.
    exclude: { path: '/tests/|\\.test\\.ts$' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
    combinedDependencies: false,
    tsPreCompilationDeps: false,
  },
};
