import { after, nextAttemptAt, nextStep, nextToSend, receipt, type Draft } from './draft';
import type { PhoneState } from './phone-state';
import { perform } from './sender';

type Around = Readonly<{
  drafts: () => readonly Draft[];
  keep: (draft: Draft) => Promise<void>;
  photoBytes: (photoId: string) => Promise<ArrayBuffer | null>;
  dropPhotos: (draftId: string) => Promise<void>;
  now: () => number;
  /** Nobody is asked twice to sign in: it rests until somebody has. */
  mayGo: () => boolean;
  tell: (change: Partial<Pick<PhoneState, 'sending' | 'needsSignIn'>>) => void;
}>;

const LOCK = 'qingling-outbox';

/** Sends what waits, one after the other and one sender at a time, also over several tabs; starts anew when the network is back. */
export class Outbox {
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  constructor(private readonly around: Around) {}

  /** Looks whether there is something to send; harmless at any time. */
  wake(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.running !== null || !navigator.onLine || !this.around.mayGo()) return;
    this.running = this.alone()
      .catch(() => undefined)
      .then(() => {
        this.running = null;
        this.around.tell({ sending: null });
        this.rest();
      });
  }

  /** Everything that can go out now is out, or came to a stop. */
  async drained(): Promise<void> {
    await this.running;
    await this.hurry();
    await this.running;
  }

  /** The network is back: pauses end at once. */
  async hurry(): Promise<void> {
    const paused = this.around.drafts().filter(({ state, notBefore }) => state === 'waiting' && notBefore > 0);
    for (const draft of paused) await this.around.keep({ ...draft, notBefore: 0 });
    this.wake();
  }

  private async alone(): Promise<void> {
    // Absent without HTTPS; then there is nothing kept that a second tab could send, either.
    if (!('locks' in navigator)) return this.sendAll();
    await navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock === null ? undefined : this.sendAll()));
  }

  private async sendAll(): Promise<void> {
    for (;;) {
      const draft = nextToSend(this.around.drafts(), this.around.now());
      if (draft === null || !(await this.send(draft))) return;
    }
  }

  /** → whether to go on with the next one. */
  private async send(waiting: Draft): Promise<boolean> {
    let draft: Draft = { ...waiting, state: 'sending', notBefore: 0 };
    this.around.tell({ sending: draft.draftId });
    await this.around.keep(draft);
    for (let step = nextStep(draft); step !== null && draft.state === 'sending'; step = nextStep(draft)) {
      const outcome = await perform(draft, step, this.around.photoBytes);
      draft = after(draft, step, outcome, this.around.now());
      await this.around.keep(draft);
      if (outcome.is === 'sign-in') {
        this.around.tell({ needsSignIn: true });
        return false;
      }
    }
    if (draft.state === 'sent') {
      await this.around.dropPhotos(draft.draftId);
      await this.around.keep(receipt(draft));
    }
    this.around.tell({ sending: null });
    return true;
  }

  private rest(): void {
    const at = nextAttemptAt(this.around.drafts());
    if (at === null || !navigator.onLine || !this.around.mayGo()) return;
    this.timer = setTimeout(() => this.wake(), Math.max(1_000, at - this.around.now()));
  }
}
