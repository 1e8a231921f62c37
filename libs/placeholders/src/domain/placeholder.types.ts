import type { Brand } from '@app/kernel';

export type PlaceholderId = Brand<string, 'PlaceholderId'>;
/** Whose finding it is that is handled offline: the same kinds of source as of findings. */
export const PLACEHOLDER_SOURCES = ['upper', 'inspection', 'self', 'data', 'leader', 'other'] as const;
export type PlaceholderSource = (typeof PLACEHOLDER_SOURCES)[number];
/** mistaken 登记有误 · declassified 已解密，转入系统办理 · source-withdrew 来源撤回. A closed list: words could say what is classified. */
export const WITHDRAWAL_GROUNDS = ['mistaken', 'declassified', 'source-withdrew'] as const;
export type WithdrawalGround = (typeof WITHDRAWAL_GROUNDS)[number];
export const PLACEHOLDER_STATUSES = ['open', 'settled', 'withdrawn'] as const;
export type PlaceholderStatus = (typeof PLACEHOLDER_STATUSES)[number];
