import type { Values } from './fields';

/**
 * What was typed into forms that were closed, kept in memory while the page lives: never on the device, and by person, so that the
 * next one to sign in finds nothing of it.
 */
const kept = new Map<string, Values>();

export type DraftKey = Readonly<{ personId: string; findingId: string; command: string; legId: string | null }>;
const keyOf = ({ personId, findingId, command, legId }: DraftKey): string => [personId, findingId, command, legId ?? ''].join(' ');

export const draftOf = (key: DraftKey): Values | null => kept.get(keyOf(key)) ?? null;
export const keepDraft = (key: DraftKey, values: Values): void => {
  kept.set(keyOf(key), values);
};
export const dropDraft = (key: DraftKey): void => {
  kept.delete(keyOf(key));
};
