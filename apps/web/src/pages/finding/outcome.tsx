import type { ReactNode } from 'react';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { Card, Facts } from '../../ui/states';
import { dateTimeWords, dayWords } from '../../ui/time';
import type { Detail } from './detail';

const t = textsOf(zh);
const joined = (...parts: readonly (string | null | undefined)[]): string =>
  parts.filter((part) => part != null && part !== '').join(' · ');
const lines = (texts: readonly string[]): ReactNode => (texts.length === 0 ? null : texts.map((text) => <p key={text}>{text}</p>));

/** Decisions on the whole finding: joint ruling, stages, verification, clearance, look-backs, what the upper level said. */
export const Outcome = ({ finding }: Readonly<{ finding: Detail }>): ReactNode => {
  const { verification, clearance, ended, jointRuling, upper, independent } = finding;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('jointRuling'), jointRuling === null ? null : joined(jointRuling.text, jointRuling.participants.join(t('and')))],
    [t('independent'), independent === null ? null : joined(independent.unit.name, independent.authorisedBy)],
    [
      t('stages'),
      lines(
        finding.stages.map(({ stage, text, checkOn, passed }) =>
          t('stageWords', { stage, text, day: dayWords(checkOn), passed: passed ? t('stagePassed') : t('stageOpen') }),
        ),
      ),
    ],
    [t('verification'), verification === null ? null : joined(word('method', verification.method), verification.text)],
    [
      t('clearance'),
      clearance === null
        ? null
        : joined(
            dateTimeWords(clearance.at),
            clearance.text,
            clearance.onTime === undefined ? null : clearance.onTime ? t('onTime') : t('late'),
          ),
    ],
    [
      t('ended'),
      ended === null
        ? null
        : joined(word('stage', ended.how), ended.at === undefined ? null : dateTimeWords(ended.at), ended.reason, ended.documentNumber),
    ],
    [t('revocations'), lines(finding.revocations.map(({ on, reason, level }) => joined(dayWords(on), level, reason)))],
    [
      t('lookBacks'),
      lines(finding.lookBacks.map(({ on, round, result, text }) => joined(dayWords(on), round, word('look-back', result), text))),
    ],
    [
      t('upperAnswers'),
      lines(
        finding.upperAnswers.map(({ on, answer, documentNumber, text, due }) =>
          joined(
            dayWords(on),
            word('upper-answer', answer),
            documentNumber,
            text,
            due === null ? null : t('upperDueOn', { day: dayWords(due) }),
          ),
        ),
      ),
    ],
    [
      t('upperClearance'),
      upper === null
        ? null
        : upper.clearance === null
          ? t('upperOpen')
          : joined(dayWords(upper.clearance.on), upper.clearance.documentNumber),
    ],
  ];
  return facts.every(([, value]) => value === null) ? null : (
    <Card title={t('outcome')}>
      <Facts of={facts} />
    </Card>
  );
};
