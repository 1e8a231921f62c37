import type { SignedInAnswer, TaskPackage } from '../api/generated/types.gen';
import type { Draft } from './draft';

/** `insecure`: served without HTTPS. `none`: no PIN set yet. In both nothing is written to the phone. `foreign`: somebody else's. */
export type Mode = 'starting' | 'insecure' | 'none' | 'locked' | 'open' | 'foreign';

/** The package of one village, and what its numbers were counted by. */
export type KeptPackage = Readonly<{ id: string; content: TaskPackage }>;

export type PhoneState = Readonly<{
  mode: Mode;
  drafts: readonly Draft[];
  packages: readonly KeptPackage[];
  /** The draft that is being sent, if any. */
  sending: string | null;
  /** Drafts wait for the person to sign in. */
  needsSignIn: boolean;
  /** Whom the store was opened for without a network. */
  who: SignedInAnswer | null;
  /** Drafts that were too old to be taken by the server any more; said once. */
  lapsed: number;
  /** Five PINs in vain: said until a new one is set. */
  wiped: boolean;
}>;

export const STARTING: PhoneState = {
  mode: 'starting',
  drafts: [],
  packages: [],
  sending: null,
  needsSignIn: false,
  who: null,
  lapsed: 0,
  wiped: false,
};

export const packageOf = (state: PhoneState, villageId: string | null): TaskPackage | null =>
  state.packages.find(({ content }) => content.village.id === villageId)?.content ?? null;
