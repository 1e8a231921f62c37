// Tests wait for conditions, never for time; this bounds a wait that never ends, on a busy machine.
jest.setTimeout(120_000);
