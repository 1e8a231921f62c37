import type { DeadlineRule } from '../../api/generated/types.gen';
import { word } from '../../i18n/words';
import { phaseOf } from './period';
import { ownWord, t } from './texts';

export const RULE_KINDS = [
  'triage',
  'sign',
  'rectify',
  'guide',
  'review',
  'verify',
  'ruling',
  'staged-check',
  'instruction',
  'correct',
  'extend-office',
  'extend-office-head',
  'extend-leader',
  'pause',
] as const satisfies readonly DeadlineRule['kind'][];

export const kindWords = (kind: DeadlineRule['kind']): string => ownWord('rule-kind', kind);
export const daysWords = ({ days, unit }: Pick<DeadlineRule, 'days' | 'unit'>): string =>
  t(({ working: 'workingDays', natural: 'naturalDays', hours: 'clockHours' } as const)[unit], { n: days });

/** What a rule is narrowed to; everything of its kind where nothing is said. */
export const scopeWords = (
  { category, source, findingKind, rectification, seriousness, line, duty }: DeadlineRule,
  categoryName: (code: string) => string,
): string => {
  const parts = [
    category === undefined ? '' : categoryName(category),
    word('source', source),
    word('kind', findingKind),
    word('rectification', rectification),
    word('seriousness', seriousness),
    word('line', line),
    word('duty', duty),
  ];
  return parts.filter((part) => part !== '').join(t('comma')) || t('scopeAll');
};

export type RuleGroup = Readonly<{
  id: string;
  kind: DeadlineRule['kind'];
  versions: readonly DeadlineRule[];
  current: DeadlineRule | null;
}>;

/** Rules by their id in the order of the work, each with its versions, newest first, and the one in force today. */
export const ruleGroups = (rules: readonly DeadlineRule[], today: string): readonly RuleGroup[] => {
  const groups = new Map<string, DeadlineRule[]>();
  for (const rule of rules) groups.set(rule.id, [...(groups.get(rule.id) ?? []), rule]);
  return [...groups]
    .map(([id, versions]) => {
      const sorted = [...versions].sort((a, b) => b.version - a.version);
      const current = sorted.find((rule) => phaseOf(rule, today) === 'now') ?? null;
      return { id, kind: (current ?? sorted[0] ?? versions[0])?.kind ?? 'rectify', versions: sorted, current };
    })
    .sort((a, b) => RULE_KINDS.indexOf(a.kind) - RULE_KINDS.indexOf(b.kind) || (a.id < b.id ? -1 : 1));
};
