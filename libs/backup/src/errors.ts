import type { Bilingual } from '@app/kernel';

/** Something that whoever asked can put right; nothing personal in the sentences. */
export class BackupRefused extends Error {
  constructor(readonly sentence: Bilingual) {
    super(`${sentence.zh} · ${sentence.en}`);
    this.name = 'BackupRefused';
  }
}

/** Stopped by whoever started it; nothing is left behind. */
export class BackupCancelled extends BackupRefused {
  constructor() {
    super({ zh: '已取消，未留下任何内容。', en: 'Cancelled; nothing is left behind.' });
    this.name = 'BackupCancelled';
  }
}

export const throwIfCancelled = (signal: AbortSignal): void => {
  if (signal.aborted) throw new BackupCancelled();
};
