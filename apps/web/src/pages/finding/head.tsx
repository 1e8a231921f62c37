import { useState, type ReactNode } from 'react';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { useSession } from '../../app/session';
import { Button } from '../../ui/button';
import { DueTime } from '../../ui/due-time';
import { FindingListedSign } from '../../ui/listed-sign';
import { Card, Facts, Tag } from '../../ui/states';
import { dateTimeWords, dayWords } from '../../ui/time';
import type { Detail } from './detail';
import { RevealDialog } from './reveal-dialog';
import { seriousnessTone, stageTone } from './tones';
import styles from './finding.module.css';

const t = textsOf(zh);
type Subject = Detail['subject'];

/** The masked label; what lies behind it is opened field by field, for a purpose, on the record. */
export const SubjectName = ({ findingId, subject }: Readonly<{ findingId: string; subject: Subject }>): ReactNode => {
  const { has } = useSession();
  const [isOpen, setOpen] = useState(false);
  const { subjectId, label, kind } = subject;
  const mayAsk = has('inspector', 'team-head', 'office', 'office-head', 'clerk', 'deputy', 'head');
  return (
    <span>
      {t('subjectOf', { label, kind: word('subject', kind) })}
      {subjectId !== null && mayAsk && (
        <>
          {' '}
          <Button look="plain" aria-label={t('revealLabel', { label })} onClick={() => setOpen(true)}>
            {t('reveal')}
          </Button>
        </>
      )}
      {isOpen && subjectId !== null && (
        <RevealDialog findingId={findingId} subjectId={subjectId} label={label} onClose={() => setOpen(false)} />
      )}
    </span>
  );
};

const Turns = ({ finding }: Readonly<{ finding: Detail }>): ReactNode =>
  finding.turns.length === 0 ? null : (
    <ul className={styles['turns']} aria-label={t('turns')}>
      {finding.turns.map((turn) => (
        <li key={[turn.work, turn.unit.id, turn.legId].join(' ')}>
          <strong>{turn.unit.name}</strong> {word('work', turn.work)}{' '}
          {turn.dueAt !== null && <DueTime at={turn.dueAt} overdue={turn.overdue} workingDaysLeft={turn.workingDaysLeft} />}
        </li>
      ))}
    </ul>
  );

/** Each part once: a place often repeats its village. */
const joined = (...parts: readonly (string | null | undefined)[]): string =>
  parts.filter((part, at, all) => part != null && part !== '' && all.indexOf(part) === at).join(' · ');
const placeOf = ({ place }: Detail): string => joined(place.town.name, place.village?.name, place.text);

/** The finding at a glance: what, how far, where and whom, whose turn. */
export const Head = ({ finding }: Readonly<{ finding: Detail }>): ReactNode => (
  <Card>
    <p className={styles['lead']}>{finding.text}</p>
    <p className={styles['tags']}>
      <Tag tone={stageTone(finding.stage)}>{word('stage', finding.stage)}</Tag>
      <Tag tone={seriousnessTone(finding.seriousness)}>{word('seriousness', finding.seriousness)}</Tag>
      {finding.rectification !== null && <Tag>{word('rectification', finding.rectification)}</Tag>}
      {finding.kind === 'task' && <Tag>{word('kind', 'task')}</Tag>}
      {finding.flags.map((flag) => (
        <Tag key={flag} tone="amber">
          {word('flag', flag)}
        </Tag>
      ))}
      <FindingListedSign findingId={finding.findingId} />
    </p>
    <div className={styles['where']}>
      <span>{joined(finding.category.name, placeOf(finding), finding.upper?.number)}</span>
      <SubjectName findingId={finding.findingId} subject={finding.subject} />
    </div>
    <Turns finding={finding} />
  </Card>
);

/** Everything that was put down when it was filed and handed over. */
export const Basics = ({ finding }: Readonly<{ finding: Detail }>): ReactNode => {
  const { source, upper, list, lateEntry } = finding;
  const names = (units: readonly Readonly<{ name: string }>[]): string => units.map(({ name }) => name).join(t('and'));
  return (
    <Card title={t('basics')}>
      <Facts
        of={[
          [t('category'), finding.category.name],
          [t('place'), placeOf(finding)],
          [t('basis'), finding.basis],
          [t('suggestedMeasure'), finding.suggestedMeasure],
          [t('source'), joined(word('source', source.kind), source.name, source.batch, source.documentNumber)],
          [
            t('upper'),
            upper === null
              ? null
              : joined(
                  upper.authority,
                  upper.batch,
                  upper.number,
                  upper.due === null ? null : t('upperDueOn', { day: dayWords(upper.due) }),
                ),
          ],
          [t('list'), list === null ? null : t('listRow', { row: list.row })],
          [t('manner'), word('manner', finding.manner)],
          [t('found'), t('foundBy', { day: dayWords(finding.foundOn), team: finding.team.name, person: finding.filedBy.name })],
          [
            t('filed'),
            <time key="filed" dateTime={finding.filedAt}>
              {dateTimeWords(finding.filedAt)}
            </time>,
          ],
          [t('lateEntry'), lateEntry === null ? null : joined(lateEntry.documentNumber, lateEntry.reason)],
          [t('responsibleUnit'), finding.responsibleUnit?.name ?? null],
          [t('projectOwner'), finding.projectOwner?.name ?? null],
          [t('singleLegBecause'), finding.singleLegBecause],
          [t('overruledBecause'), finding.overruledBecause],
          [t('assisting'), names(finding.assisting)],
          [t('copies'), names(finding.copies)],
          [
            t('onTheSpot'),
            finding.onTheSpot === null
              ? null
              : joined(
                  finding.onTheSpot.text,
                  finding.onTheSpot.rectifyingUnit.name,
                  t('present', { name: finding.onTheSpot.personPresent }),
                ),
          ],
        ]}
      />
    </Card>
  );
};
