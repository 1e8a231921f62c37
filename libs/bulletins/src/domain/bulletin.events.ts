import type { Act, Message } from '@app/kernel';
import type { BulletinContent, CorrectionLine } from './bulletin.types';

type Ev<T extends string, D> = Message<T, D & Act>;

/** 印发: what it says stays as it is; `contentHash` is over all of it but the act. */
export type BulletinIssued = Ev<'BulletinIssued', BulletinContent & { contentHash: string }>;
/** 更正: stands beside the issue, which keeps its words and its files; the next issue of the kind prints it. */
export type BulletinCorrected = Ev<
  'BulletinCorrected',
  {
    lines: readonly CorrectionLine[];
    reason: string;
    /** Up to which it is known, decimal digits. */
    position: string;
  }
>;

export type BulletinEvent = BulletinIssued | BulletinCorrected;
