import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import type { DerivationStep } from '../../api/generated/types.gen';
import { dateTimeWords, dayWords } from '../../ui/time';

const t = textsOf(zh);

/** One step of how a due time came about, as a sentence of the field (R18). */
export const stepWords = (step: DerivationStep): string => {
  switch (step.kind) {
    case 'delivered':
      return t('stepDelivered', { at: dateTimeWords(step.at), day: dayWords(step.countsFrom) });
    case 'rule':
      return t(step.unit === 'working' ? 'stepRuleWorking' : 'stepRuleNatural', { days: step.days });
    case 'skipped':
      return step.from === step.to
        ? t('stepSkippedDay', { day: dayWords(step.from), name: step.name })
        : t('stepSkipped', { from: dayWords(step.from), to: dayWords(step.to), name: step.name });
    case 'given':
      return t('stepGiven', { source: word('due-source', step.source), reference: step.reference, day: dayWords(step.due) });
    case 'inner':
      return t('stepInner', { day: dayWords(step.upperDue), days: step.earlierBy });
    case 'paused':
      return t(step.because === 'under-return' ? 'stepPausedReturn' : 'stepPausedReview', {
        from: dayWords(step.from),
        to: dayWords(step.to),
        days: step.days,
      });
    case 'extended':
      return t('stepExtended', { day: dayWords(step.until), reference: step.reference });
    case 'calendar':
      return t('stepCalendar');
  }
};
