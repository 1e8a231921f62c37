import { useQueryClient } from '@tanstack/react-query';
import zh from '../../i18n/zh/escalation.json';
import { textsOf } from '../../i18n/texts';
import type { EscalationIssueTogetherData, EscalationRungsData, RungPage } from '../../api/generated/types.gen';

export const t = textsOf(zh);
export type Rung = RungPage['rungs'][number];
type Query = NonNullable<EscalationRungsData['query']>;

export const STATES = ['proposed', 'issued', 'declined', 'lapsed'] as const;
export const RUNGS = ['urging', 'supervision-letter', 'interview', 'listing'] as const;
export const KINDS = ['unit', 'unit-head', 'leader'] as const;

/** What an address asks of the list; what it does not know is left out. */
export const rungsAsked = (params: URLSearchParams): Query => {
  const state = STATES.find((one) => one === params.get('state'));
  const rung = RUNGS.find((one) => one === params.get('rung'));
  const shown = params.get('shown');
  return {
    ...(state === undefined ? {} : { state }),
    ...(rung === undefined ? {} : { rung }),
    ...(shown === 'mine' ? { mine: 'true' as const } : {}),
    ...(shown === 'unanswered' ? { unanswered: 'true' as const } : {}),
  };
};

/** Everything that shows rungs is read anew, from where a write stands. */
export const useRungsChanged = (): (() => Promise<void>) => {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['findings'] });
};

export type JointRung = EscalationIssueTogetherData['body']['rung'];
/** Rungs that go out as documents can go out together, several of one unit on one. */
export const jointRung = ({ rung, may }: Rung): JointRung | null =>
  may.decide && (rung === 'urging' || rung === 'supervision-letter') ? rung : null;
/** Whether a rung may be chosen beside those that are. */
export const goesWith = (rung: Rung, [first]: readonly Rung[]): boolean =>
  jointRung(rung) !== null && (first === undefined || (first.unit.id === rung.unit.id && first.rung === rung.rung));

export const missing = (value: string | readonly string[], what: string): string | null =>
  (typeof value === 'string' ? value.trim() === '' : value.length === 0) ? t('missing', { what }) : null;
