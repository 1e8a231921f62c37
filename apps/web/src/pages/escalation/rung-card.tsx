import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { word } from '../../i18n/words';
import { Button } from '../../ui/button';
import { Checkbox } from '../../ui/fields';
import { Actions, Card, Facts, Tag } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { t, type Rung } from './rungs';

export type RungAct = 'issue' | 'decline' | 'answer' | 'record';
const TONES = { proposed: 'amber', issued: 'blue', declined: 'grey', lapsed: 'grey' } as const;

const addressed = ({ addressees }: Rung): string =>
  addressees
    .map(({ kind, unit, person }) => `${word('addressee', kind)}${kind === 'unit' ? ` ${unit.name}` : ` ${person?.name ?? t('nobody')}`}`)
    .join(t('comma'));

const Interview = ({ interview }: Readonly<{ interview: NonNullable<Rung['interview']> }>): ReactNode => (
  <section aria-label={t('interview')}>
    <h3>{t('interview')}</h3>
    <Facts
      of={[
        [t('metOn'), dayWords(interview.metOn)],
        [t('heldBy'), interview.heldBy.map(({ name }) => name).join(t('comma'))],
        [t('met'), interview.met.map(({ name }) => name).join(t('comma'))],
        [t('agreed'), interview.agreed],
        [t('nextOn'), interview.nextOn === null ? null : dayWords(interview.nextOn)],
      ]}
    />
  </section>
);

const answered = ({ state, replyBy, answer, answerLate }: Rung): ReactNode => {
  if (state !== 'issued') return null;
  if (answer === null) return replyBy === null ? null : <Tag tone="amber">{t('answerNone')}</Tag>;
  return (
    <>
      {answer} {answerLate === true && <Tag tone="red">{t('answerLate')}</Tag>}
    </>
  );
};

/** One rung: what it is about, what is proposed or was decided, and what its reader may do with it. */
export const RungCard = ({
  rung,
  choice,
  onAct,
}: Readonly<{
  rung: Rung;
  /** Null where it cannot go out with those chosen. */
  choice: Readonly<{ value: boolean; onChange: (value: boolean) => void }> | null;
  onAct: (act: RungAct, rung: Rung) => void;
}>): ReactNode => {
  const name = word('rung', rung.rung);
  const label = (action: string): string => t('of', { action, rung: name, number: rung.number });
  const decided =
    rung.decidedBy === null || rung.decidedAt === null ? null : t('decided', { name: rung.decidedBy.name, day: dayWords(rung.decidedAt) });
  return (
    <Card
      title={
        <>
          {t('rungOf', { rung: name, unit: rung.unit.name })} <Tag tone={TONES[rung.state]}>{word('rung-state', rung.state)}</Tag>
        </>
      }
    >
      <p>
        <Link to={`/findings/${rung.findingId}`}>{t('finding', { number: rung.number })}</Link>{' '}
        {t('overdue', { n: rung.overdueDays, day: dayWords(rung.dueAt) })}
      </p>
      <Facts
        of={[
          [t('to'), addressed(rung)],
          [rung.state === 'issued' ? t('text') : t('draft'), rung.text ?? (rung.state === 'proposed' ? rung.draft : null)],
          [t('replyBy'), rung.state === 'issued' && rung.replyBy !== null ? dayWords(rung.replyBy) : null],
          [
            t('issuedBy'),
            rung.state === 'issued' ? [decided, rung.changed === true ? t('changed') : null].filter(Boolean).join(' · ') : null,
          ],
          [t('declinedBy'), rung.state === 'declined' ? decided : null],
          [t('reason'), rung.state === 'declined' ? rung.reason : null],
          [t('lapsed'), rung.state === 'lapsed' ? word('rung-ground', rung.reason) : null],
          [t('answer'), answered(rung)],
        ]}
      />
      {rung.interview !== null && <Interview interview={rung.interview} />}
      <p>
        <small>{t('rule', { id: rung.ruleId, version: rung.ruleVersion })}</small>
      </p>
      {choice !== null && <Checkbox label={label(t('choose', { rung: name }))} {...choice} />}
      {(rung.may.decide || rung.may.answer || rung.may.record) && (
        <Actions>
          {rung.may.decide && (
            <>
              <Button look="primary" onClick={() => onAct('issue', rung)} aria-label={label(t('issue'))}>
                {t('issue')}
              </Button>
              <Button onClick={() => onAct('decline', rung)} aria-label={label(t('decline'))}>
                {t('decline')}
              </Button>
            </>
          )}
          {rung.may.answer && (
            <Button look="primary" onClick={() => onAct('answer', rung)} aria-label={label(t('answerIt'))}>
              {t('answerIt')}
            </Button>
          )}
          {rung.may.record && (
            <Button look="primary" onClick={() => onAct('record', rung)} aria-label={label(t('record'))}>
              {t('record')}
            </Button>
          )}
        </Actions>
      )}
    </Card>
  );
};
