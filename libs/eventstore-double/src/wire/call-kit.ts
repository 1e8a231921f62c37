import type { Engine } from '../engine/engine';
import type { Faults } from '../faults/faults';
import type { Authenticate } from './caller';
import { notLeader, unavailable, type CallError } from './errors';

export type StreamsParts = Readonly<{
  engine: Engine;
  authenticate: Authenticate;
  faults: Faults;
  /** Destroys every connection of the server: what the fault `drop` does. */
  cut: () => void;
  /** Aborts when the server stops: open calls then end with UNAVAILABLE. */
  closing: AbortSignal;
}>;

/** Every call that has not been answered, so that a server that stops can end them all. */
export class OpenCalls {
  private readonly open = new Set<(error: CallError) => void>();

  constructor(private readonly closing: AbortSignal) {
    closing.addEventListener('abort', () => this.endAll(), { once: true });
  }

  /** `end` is called at most once. → call it when the call is over. */
  add(end: (error: CallError) => void): () => void {
    if (this.closing.aborted) {
      end(unavailable('Server Is Shutting Down'));
      return () => undefined;
    }
    this.open.add(end);
    return () => this.open.delete(end);
  }

  private endAll(): void {
    for (const end of this.open) end(unavailable('Server Is Shutting Down'));
    this.open.clear();
  }
}

export type CallTools = StreamsParts & Readonly<{ calls: OpenCalls }>;

/** What a fault makes of a call before anything is done: `null` nothing, `silent` no word and no end. */
export const faultBefore = (
  fault: ReturnType<Faults['beforeWrite']>,
  { cut }: Pick<StreamsParts, 'cut'>,
  authority: string,
): CallError | 'silent' | null => {
  switch (fault) {
    case 'go':
      return null;
    case 'drop':
      cut();
      return 'silent';
    case 'stall':
      return 'silent';
    case 'not-leader':
      return notLeader(authority);
    case 'unavailable':
      return unavailable('Server Is Too Busy');
  }
};

/** True when the answer may be sent. */
export const mayAnswer = (fault: ReturnType<Faults['afterCommit']>, { cut }: Pick<StreamsParts, 'cut'>): boolean => {
  if (fault === 'drop') cut();
  return fault === 'go';
};
