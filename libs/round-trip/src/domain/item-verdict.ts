import type { GivenCell, GivenItem, KnownItem, KnownLeg } from './given-row';
import { reason } from './round-trip.errors';
import type { CellChange, Reason } from './round-trip.types';
import type { RowStep } from './row-steps';
import { ITEM_ANSWERS, ITEM_FILLED, ITEM_LOCKED_FIELDS, type ItemFilled } from './sheet-columns';

type Answers = Extract<RowStep, { type: 'AnswerItems' }>['data']['answers'];
type Answer = Answers[number];

const isAnswer = (word: string): word is keyof typeof ITEM_ANSWERS => word in ITEM_ANSWERS;
const answerOf = (word: string): Answer['answer'] | null => (isAnswer(word) ? ITEM_ANSWERS[word] : null);

/** `answer` is what holds for the item with this row: a basis alone answers nothing. */
const against = (field: ItemFilled, cell: GivenCell, answer: string, guides: boolean): Reason | null => {
  if (cell.broken) return reason('cell-unreadable');
  if (guides) return reason('guides');
  if (!isAnswer(answer)) return reason('not-in-list', { values: Object.keys(ITEM_ANSWERS).join('、') });
  const { most } = ITEM_FILLED.basis;
  return field === 'basis' && cell.text.length > most ? reason('text-too-long', { max: most }) : null;
};

const saidOf = (given: GivenItem, item: KnownItem, field: ItemFilled): string => {
  const said = given.filled[field]?.text ?? '';
  return said === '' ? item.filled[field] : said;
};

/** The answers to items, item by item, as one command. */
export class ItemVerdicts {
  constructor(private readonly known: KnownLeg) {}

  judge(given: readonly GivenItem[]): Readonly<{ cells: readonly CellChange[]; steps: readonly RowStep[] }> {
    const judged = given.map((item) => this.judgeItem(item));
    const answers = judged.flatMap(({ answer }) => (answer === null ? [] : [answer]));
    return {
      cells: judged.flatMap(({ cells }) => cells),
      steps: answers.length === 0 ? [] : [{ type: 'AnswerItems', data: { legId: this.known.legId, answers } }],
    };
  }

  private judgeItem(given: GivenItem): Readonly<{ cells: readonly CellChange[]; answer: Answer | null }> {
    const item = this.known.items[given.order - 1];
    const cells: CellChange[] = [];
    for (const field of ['answer', 'basis'] as const) {
      const cell = given.filled[field];
      if (cell === undefined) continue;
      const before = item?.filled[field] ?? '';
      if (!cell.broken && (cell.text === '' || cell.text === before)) continue;
      const why = item === undefined ? reason('item-unknown') : against(field, cell, saidOf(given, item, 'answer'), this.known.guides);
      const { address, title, text } = cell;
      const verdict = why === null ? 'taken' : 'refused';
      cells.push({ address, field, title, before, after: text, verdict, becomes: why === null ? 'AnswerItems' : null, reason: why });
    }
    const answer = item === undefined || cells.length === 0 ? null : this.answerTo(item, given);
    return { cells: [...cells, ...lockedOf(given, item)], answer };
  }

  private answerTo(item: KnownItem, given: GivenItem): Answer | null {
    const answer = answerOf(saidOf(given, item, 'answer'));
    const basis = saidOf(given, item, 'basis');
    return answer === null ? null : { itemId: item.itemId, answer, basis: basis === '' ? null : basis };
  }
}

const lockedOf = (given: GivenItem, item: KnownItem | undefined): readonly CellChange[] =>
  ITEM_LOCKED_FIELDS.flatMap((field) => {
    const cell = given.locked[field];
    const before = item?.locked[field] ?? '';
    if (item === undefined || cell === undefined || field === 'version' || cell.text === before) return [];
    const { address, title, text } = cell;
    return [{ address, field: null, title, before, after: text, verdict: 'ignored', becomes: null, reason: reason('locked-cell') }];
  });
