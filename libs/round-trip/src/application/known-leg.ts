import type { SheetLeg } from '@app/findings';
import { localDateOf, localTimeOf, type EvidenceId } from '@app/kernel';
import { runningText } from '@app/imports';
import type { KnownItem, KnownLeg } from '../domain/given-row';
import { ITEM_ANSWERS } from '../domain/sheet-columns';

const STAGE_NAMES: Readonly<Record<SheetLeg['leg']['stage'], string>> = {
  delivered: '待签收',
  working: '整改中',
  'under-return': '退单待裁定',
  reported: '待初审',
  'first-reviewed': '待审签',
  submitted: '已报完成（待复核）',
  passed: '已通过',
};
const answerWord = (answer: KnownItem['answer']): string => Object.entries(ITEM_ANSWERS).find(([, code]) => code === answer)?.[0] ?? '';

const evidenceOf = ({ state, leg }: SheetLeg): readonly EvidenceId[] =>
  state.phase === 'absent'
    ? []
    : Object.values(state.core.evidence)
        .filter((file) => !file.removed && file.phase !== 'before' && (file.legId === null || file.legId === leg.legId))
        .map(({ evidenceId }) => evidenceId);

/** Not withdrawn, dismissed, linked or cleared, whatever its legs were at when that happened. */
export const isOpen = ({ state }: SheetLeg): boolean => state.phase === 'assigned';
/** In its unit's hands: rows of other legs are shown and take nothing. */
export const isAtWork = ({ leg }: SheetLeg): boolean => leg.stage === 'delivered' || leg.stage === 'working';

/** Blanks as they are tidied when the workbook comes back, so that what nobody touched is the same. */
const tidied = <F extends string>(texts: Readonly<Record<F, string>>): Readonly<Record<F, string>> =>
  Object.fromEntries(Object.entries<string>(texts).map(([field, text]) => [field, runningText(text)])) as Readonly<Record<F, string>>;

/** A leg in the words of the workbook; `version` is put in by whoever knows the workbook. */
export const knownLeg = (row: SheetLeg, categoryName: (code: string) => string): KnownLeg => {
  const { leg, facts, number } = row;
  const items = row.state.phase === 'absent' ? [] : row.state.core.items;
  const open = items.filter(({ answer }) => answer === 'open').length;
  const { plan = null, progress = null } = facts ?? {};
  const basically = progress?.basicallyComplete ?? null;
  return {
    legId: leg.legId,
    guides: leg.duty === 'guides',
    deliveredOn: localDateOf(leg.deliveredAt),
    evidence: evidenceOf(row),
    locked: tidied({
      number,
      version: '',
      unit: row.unitName,
      duty: leg.duty === 'guides' ? '指导' : '主办',
      town: row.townName,
      category: categoryName(row.category),
      subject: row.subjectLabel,
      text: row.text,
      stage: STAGE_NAMES[leg.stage],
      due: `${localDateOf(leg.due.at)} ${localTimeOf(leg.due.at)}`,
      items: items.length === 0 ? '' : `${String(open)}/${String(items.length)}`,
    }),
    filled: tidied({
      measures: plan?.measures ?? '',
      responsible: plan?.responsible ?? '',
      targetOn: plan?.targetOn ?? '',
      progress: (leg.duty === 'guides' ? facts?.guidance : progress?.text) ?? '',
      completion: progress === null ? '' : basically === null ? '进行中' : '基本完成',
      completedOn: '',
      effect: '',
      because: basically?.remains ?? '',
      remainsBy: basically?.by ?? '',
      extendTo: leg.extension?.until ?? '',
    }),
    items: items.map((item, i) => ({
      itemId: item.itemId,
      answer: item.answer,
      locked: tidied({
        number,
        version: '',
        order: String(i + 1),
        itemSubject: item.subject.label,
        itemText: item.text,
      }),
      filled: tidied({ answer: answerWord(item.answer), basis: item.basis ?? '' }),
    })),
  };
};
