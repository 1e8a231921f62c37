import { rejecterFor, type Bilingual } from '@app/kernel';

export const BULLETIN_ERRORS = {
  'bulletin-not-found': { zh: '没有这一期。', en: 'There is no such issue.' },
  'bulletin-not-yours': { zh: '简报和调度表由督查办印发和更正。', en: 'Bulletins are issued and corrected by the managing office.' },
  'bulletin-already-issued': {
    zh: '{id} 刚由他人印发，请重新起草下一期。',
    en: '{id} was issued by somebody else just now; draft the next one.',
  },
  'bulletin-out-of-order': { zh: '期号不连续，请重新起草。', en: 'The number does not follow the last one; draft it anew.' },
  'bulletin-period-invalid': {
    zh: '时段应从前到后，不超过 366 天；月、季、半年、年应是整月、整季、整半年、整年。',
    en: 'A period runs from its first to its last day, at most 366 days; months, quarters, half-years and years are whole ones.',
  },
  'bulletin-period-open': {
    zh: '时段要到 {day} 或更早才能印发：当天还在入库，数字会变。',
    en: 'The period must end on {day} or before: figures of a day that is still running may change.',
  },
  'bulletin-period-overlaps': {
    zh: '上一期截至 {day}，这一期要从其后开始。',
    en: 'The last issue runs to {day}; this one begins after it.',
  },
  'bulletin-text-required': { zh: '请填写标题和总体情况。', en: 'A title and the overall part are required.' },
  'bulletin-figures-behind': {
    zh: '数字还没有统计到最新，请稍后再试。',
    en: 'The figures have not come up to the newest event yet; try again in a moment.',
  },
  'bulletin-nothing-to-correct': { zh: '没有需要更正的数字。', en: 'There is nothing to correct.' },
  'bulletin-reason-required': { zh: '请写明更正的原因。', en: 'A correction needs a reason.' },
  'bulletin-draft-changed': {
    zh: '草稿已被其他人修改，请先载入最新的草稿。',
    en: 'Somebody else has changed the draft; load the latest one first.',
  },
} as const satisfies Record<string, Bilingual>;
export type BulletinErrorCode = keyof typeof BULLETIN_ERRORS;
export const reject = rejecterFor<BulletinErrorCode>(BULLETIN_ERRORS);
