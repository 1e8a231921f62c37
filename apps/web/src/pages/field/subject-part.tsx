import type { ReactNode } from 'react';
import zh from '../../i18n/zh/field.json';
import { textsOf, wordOf } from '../../i18n/texts';
import type { TaskPackage } from '../../api/generated/types.gen';
import { labelOf, maskedName, type ChosenSubject, type SubjectKind } from '../../offline/filing';
import { Button } from '../../ui/button';
import { RadioGroup, TextField } from '../../ui/fields';
import styles from './field.module.css';

const t = textsOf(zh);
const KINDS: readonly SubjectKind[] = ['household', 'person', 'project', 'village', 'facility', 'other'];
const PERSONAL: ReadonlySet<SubjectKind> = new Set(['household', 'person']);
const OFFERED = 6;

type Known = TaskPackage['roster'][number];
/** By surname, which is all that the masked label shows, or by code. */
const fitting = (roster: readonly Known[], { kind, name }: ChosenSubject): readonly Known[] => {
  const typed = name.trim();
  if (typed === '' || !PERSONAL.has(kind)) return [];
  return roster
    .filter((one) => one.kind === kind && (one.label === maskedName(typed) || one.code.startsWith(typed.toUpperCase())))
    .slice(0, OFFERED);
};

/** Whom or what it is about. Somebody the village knows already is picked by masked label and code. */
export const SubjectPart = ({
  subject,
  roster,
  onChange,
  fault,
}: Readonly<{
  subject: ChosenSubject;
  roster: readonly Known[];
  onChange: (subject: ChosenSubject) => void;
  fault: string | null;
}>): ReactNode => {
  const { kind, name } = subject;
  if (subject.subjectKey !== null) {
    return (
      <div className={styles['line']}>
        <strong>{t('subjectChosen', { label: labelOf(subject) })}</strong>
        <Button onClick={() => onChange({ kind, name: '', subjectKey: null, code: null })}>{t('subjectOther')}</Button>
      </div>
    );
  }
  const offered = fitting(roster, subject);
  return (
    <>
      <RadioGroup
        label={t('subjectKind')}
        value={kind}
        onChange={(chosen) => chosen !== '' && onChange({ ...subject, kind: chosen })}
        options={KINDS.map((value) => ({ value, label: wordOf(zh, `kind.${value}`) }))}
      />
      <TextField
        label={wordOf(zh, `subjectName.${kind}`)}
        {...(PERSONAL.has(kind) ? { hint: t('subjectHint') } : {})}
        value={name}
        onChange={(typed) => onChange({ ...subject, name: typed })}
        autoComplete="off"
        maxLength={100}
        fault={fault}
      />
      {offered.length > 0 && (
        <ul className={styles['picks']} aria-label={t('roster')}>
          {offered.map((known) => (
            <li key={known.subjectKey}>
              <Button
                onClick={() => onChange({ kind: known.kind, name: known.label, subjectKey: known.subjectKey, code: known.code })}
                aria-label={t('rosterPick', { label: `${known.label} ${known.code}` })}
              >
                {`${known.label} ${known.code}`}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
