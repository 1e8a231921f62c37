/** What may import what. Each rule says why; `npm run check` holds them. */
const TEST_FILES = '\\.(spec|int-spec|e2e-spec|contract)\\.ts$';
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle of runtime imports makes Nest providers undefined.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'domain/ imports its own domain, the kernel and working time, nothing else: no framework, no store, no Node.',
      from: { path: '^libs/([^/]+)/src/domain/', pathNot: TEST_FILES },
      to: { pathNot: ['^libs/$1/src/domain/', '^libs/(kernel|worktime)/src/'] },
    },
    {
      name: 'kernel-depends-on-nothing',
      severity: 'error',
      comment: 'The kernel is under everything; it imports itself and the hash of Node that ids are made from.',
      from: { path: '^libs/kernel/src/', pathNot: TEST_FILES },
      to: { pathNot: ['^libs/kernel/src/', '^(node:)?crypto$'] },
    },
    {
      name: 'worktime-is-pure',
      severity: 'error',
      comment: 'Working time is arithmetic on calendars that are arguments; it imports the kernel alone.',
      from: { path: '^libs/worktime/src/', pathNot: TEST_FILES },
      to: { pathNot: ['^libs/(worktime|kernel)/src/'] },
    },
    {
      name: 'libs-by-front-door',
      severity: 'error',
      comment:
        'A library is used by others through its index.ts, so that the rest of it can change; by its plain.ts where code must also run in a thread that loads no framework.',
      from: { path: '^libs/([^/]+)/src/' },
      to: { path: '^libs/[^/]+/src/', pathNot: ['^libs/$1/src/', '^libs/[^/]+/src/(index|plain)\\.ts$'] },
    },
    {
      name: 'apps-by-front-door',
      severity: 'error',
      comment: 'Apps use a library through its index.ts, and never each other.',
      from: { path: '^apps/([^/]+)/', pathNot: TEST_FILES },
      to: { path: '^(libs|apps)/', pathNot: ['^apps/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'seeds-by-front-door',
      severity: 'error',
      comment: 'Scenarios send commands like everybody else: through front doors, and never through an app.',
      from: { path: '^seeds/', pathNot: TEST_FILES },
      to: { path: '^(libs|apps|test)/', pathNot: ['^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'libs-know-no-app',
      severity: 'error',
      comment: 'Apps depend on libraries, never the reverse.',
      from: { path: '^libs/' },
      to: { path: '^(apps|seeds)/' },
    },
    {
      name: 'launcher-stands-alone',
      severity: 'error',
      comment: 'The launcher runs before anything is installed or built: Node alone; pg and the type stripper once they are there.',
      from: { path: '^apps/launcher/' },
      to: { pathNot: ['^apps/launcher/', '^node:', '^node_modules/(pg|@swc/core)/'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'web-knows-the-api-by-its-document',
      severity: 'error',
      comment: 'The web application meets the server in the generated client alone; what Node runs would not run in a browser.',
      from: { path: '^apps/web/src/', pathNot: TEST_FILES },
      to: { path: ['^(libs|seeds|test)/', '^apps/(?!web/)'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'web-areas-apart',
      severity: 'error',
      comment:
        'An area of pages is loaded by itself; what two areas share lies in ui/, api/, offline/, on the page of a finding, which others show parts of, or with selections, since the rows of every list can be ticked.',
      from: { path: '^apps/web/src/pages/([^/]+)/' },
      to: { path: '^apps/web/src/pages/', pathNot: ['^apps/web/src/pages/$1/', '^apps/web/src/pages/(finding|selections)/'] },
    },
    {
      name: 'phones-load-little',
      severity: 'error',
      comment: 'Pages that open on a phone in a village use the kit of ui/ alone: Ant Design and charts would cost them their budget.',
      from: {
        path: '^apps/web/src/(app|api|offline|sw|i18n|ui|pages/(account|field|finding|sign-in|work))/',
        pathNot: '^apps/web/src/ui/(antd|desk-[a-z]+)\\.tsx$',
      },
      to: { path: ['node_modules/(antd|echarts|@ant-design)/', '^apps/web/src/ui/(antd|desk-[a-z]+)\\.tsx$'] },
    },
    {
      name: 'eventstore-client-in-one-place',
      severity: 'error',
      comment:
        'Which event store lies behind the port is known to its adapters alone; the double speaks the protocol that the package describes.',
      from: { pathNot: ['^libs/(event-store|eventstore-double)/src/', '^test/(bench|faults)/'] },
      to: { path: 'node_modules/@(eventstore|kurrent)/' },
    },
    {
      name: 'postgres-driver-in-adapters',
      severity: 'error',
      comment: 'Raw connections belong to the stores, the queue and the launcher; everything else asks the read store.',
      from: { pathNot: ['^libs/(event-store|eventstore-double|read-store|jobs|testing)/src/', '^apps/launcher/', '^test/', TEST_FILES] },
      to: { path: 'node_modules/(@types/)?pg/' },
    },
    {
      name: 'queue-client-in-one-place',
      severity: 'error',
      comment: 'BullMQ and ioredis are details of libs/jobs: the queue must stay replaceable and losable.',
      from: { pathNot: '^libs/jobs/src/' },
      to: { path: 'node_modules/(bullmq|ioredis)/' },
    },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      comment: 'What runs for people never imports specs, the testing library or test/.',
      from: { path: '^(apps|libs|seeds)/', pathNot: [TEST_FILES, '^libs/testing/', '^libs/eventstore-double/src/conformance/'] },
      to: { path: ['^test/', '^libs/testing/', TEST_FILES] },
    },
    {
      name: 'declared-packages-only',
      severity: 'error',
      comment: 'A package that package.json does not name may be gone after the next install.',
      from: { path: '^(apps|libs|seeds)/', pathNot: [TEST_FILES, '^libs/testing/'] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)dist/', '\\.data/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
