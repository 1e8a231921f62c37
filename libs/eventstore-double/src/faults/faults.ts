/**
 * How the double may misbehave, asked at each point where a real server can fail. For tests alone: without it the double does its best.
 * - `go`: nothing happens
 * - `drop`: every connection is cut at once, nothing is said
 * - `stall`: nothing more is said to this call, and nothing is closed
 * - `not-leader`: refused with the trailers of a follower
 * - `unavailable`: refused with UNAVAILABLE
 */
export type Fault = 'go' | 'drop' | 'stall' | 'not-leader' | 'unavailable';

export interface Faults {
  /** Before an append, delete or tombstone is taken up. */
  beforeWrite(stream: string): Fault;
  /** After it was committed and before the reply. `not-leader` and `unavailable` here are lies that real servers never tell. */
  afterCommit(stream: string): Extract<Fault, 'go' | 'drop' | 'stall'>;
  /** Before a read or a subscription begins. */
  beforeRead(what: 'stream' | 'all' | 'subscription'): Fault;
  /** Before each message of a read or subscription; `sent` counts those of this call. */
  beforeMessage(sent: number): Extract<Fault, 'go' | 'drop' | 'stall'>;
}

export const NO_FAULTS: Faults = {
  beforeWrite: () => 'go',
  afterCommit: () => 'go',
  beforeRead: () => 'go',
  beforeMessage: () => 'go',
};
