// Suites with real services wait for conditions; this bounds a wait that never ends, on a busy machine.
jest.setTimeout(120_000);
