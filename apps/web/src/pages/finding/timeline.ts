import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { dayWords } from '../../ui/time';

const t = textsOf(zh);
type Params = Readonly<Record<string, unknown>>;

/** What was written with a step, in the order in which it is read. */
const TEXTS = ['text', 'measures', 'effect', 'reason', 'progress', 'teamNote', 'basis', 'remains', 'name'] as const;
const CODES: Readonly<Record<string, string>> = {
  ground: 'ground',
  ruling: 'ruling',
  result: 'look-back',
  answer: 'upper-answer',
  method: 'method',
  rectification: 'rectification',
  phase: 'phase',
};
const DAYS = ['until', 'targetOn', 'completedOn', 'checkOn', 'by'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const isRecord = (value: unknown): value is Params => typeof value === 'object' && value !== null && !Array.isArray(value);
const said = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

const yesNo = (params: Params): readonly string[] => [
  ...(typeof params['passed'] === 'boolean' ? [t(params['passed'] ? 'toldPassed' : 'toldNotPassed')] : []),
  ...(typeof params['agrees'] === 'boolean' ? [t(params['agrees'] ? 'toldAgrees' : 'toldDisagrees')] : []),
  ...(params['deemed'] === true ? [t('toldDeemed')] : []),
  ...(params['onTime'] === false ? [t('late')] : []),
];

/** What a line of the history tells besides its label: results, dates, words that were written. */
export const tellings = (params: Params): readonly string[] => {
  const codes = Object.entries(CODES).flatMap(([key, kind]) => (said(params[key]) === '' ? [] : [word(kind, said(params[key]))]));
  const days = DAYS.flatMap((key) => (DAY.test(said(params[key])) ? [t(`told.${key}`, { day: dayWords(said(params[key])) })] : []));
  const number = said(params['documentNumber']);
  const counts = (['items', 'answers'] as const).flatMap((key) =>
    typeof params[key] === 'number' ? [t(`told.${key}`, { n: params[key] })] : [],
  );
  const texts = TEXTS.flatMap((key) => (said(params[key]) === '' ? [] : [said(params[key])]));
  const inner = isRecord(params['basicallyComplete']) ? [t('basicallyComplete'), ...tellings(params['basicallyComplete'])] : [];
  return [
    ...yesNo(params),
    ...codes,
    ...days,
    ...(number === '' ? [] : [t('told.documentNumber', { number })]),
    ...counts,
    ...texts,
    ...inner,
  ];
};
