import type { FindingId } from '@app/kernel';

export const FINDING_STREAMS = 'finding-';
export const findingStream = (id: FindingId): string => `${FINDING_STREAMS}${id}`;
export const findingIdOf = (stream: string): FindingId => stream.slice(FINDING_STREAMS.length) as FindingId;
