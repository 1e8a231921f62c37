import type { OfficeAcceptData, Seriousness } from '../../api/generated/types.gen';

export type Rectification = OfficeAcceptData['body']['rectification'];
export const ACCEPTED_AS: readonly Rectification[] = ['immediate', 'time-limited', 'staged'];
export const SERIOUSNESS: readonly Seriousness[] = ['ordinary', 'serious', 'major'];

export type AcceptanceDraft = Readonly<{
  rectification: Rectification | '';
  seriousness: Seriousness;
  reason: string;
  stages: readonly Readonly<{ text: string; checkOn: string }>[];
}>;
export type AcceptanceFault = 'kind-missing' | 'stages-missing' | 'stages-order';

const inOrder = (days: readonly string[]): boolean => days.every((day, at) => at === 0 || (days[at - 1] ?? '') < day);

/** What keeps the acceptance from being sent; the server has the last word. */
export const acceptanceFault = ({ rectification, stages }: AcceptanceDraft): AcceptanceFault | null => {
  if (rectification === '') return 'kind-missing';
  if (rectification !== 'staged') return null;
  if (stages.length === 0 || stages.some(({ text, checkOn }) => text.trim() === '' || checkOn === '')) return 'stages-missing';
  return inOrder(stages.map(({ checkOn }) => checkOn)) ? null : 'stages-order';
};

/** Null while the kind is not chosen. */
export const acceptanceOf = ({ rectification, seriousness, reason, stages }: AcceptanceDraft): OfficeAcceptData['body'] | null =>
  rectification === ''
    ? null
    : {
        rectification,
        seriousness,
        reason: reason.trim() === '' ? null : reason.trim(),
        stages: rectification === 'staged' ? stages.map(({ text, checkOn }) => ({ text: text.trim(), checkOn })) : [],
      };
