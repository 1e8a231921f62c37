import { useState, type ReactNode } from 'react';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { read } from '../../api/calls';
import { deadlinesReadingPaper } from '../../api/generated/sdk.gen';
import { Button } from '../../ui/button';
import { Derivation } from '../../ui/derivation';
import { DueTime } from '../../ui/due-time';
import { saveFile } from '../../ui/save-file';
import { Card, Empty, FormFault, Loaded } from '../../ui/states';
import { useAct } from '../../ui/use-act';
import { useDeadlines, type Detail } from './detail';
import styles from './finding.module.css';

const t = textsOf(zh);

const Clocks = ({ finding }: Readonly<{ finding: Detail }>): ReactNode => (
  <Loaded query={useDeadlines(finding.findingId)}>
    {({ deadlines }) =>
      deadlines.length === 0 ? (
        <Empty>{t('deadlinesNone')}</Empty>
      ) : (
        deadlines.map(({ key, kind, unit, due, running, overdue, workingDaysLeft }) => (
          <article key={key} className={styles['said']}>
            <p>
              <strong>{t('deadlineOf', { what: word('deadline', kind), unit: unit.name })}</strong>{' '}
              <DueTime at={due.at} overdue={overdue} workingDaysLeft={workingDaysLeft} paused={!running} />
            </p>
            <Derivation due={due} />
          </article>
        ))
      )
    }
  </Loaded>
);

/** The same on paper. */
const Paper = ({ finding }: Readonly<{ finding: Detail }>): ReactNode => {
  const { busy, error, send } = useAct();
  const print = (): void =>
    send(true, async () => {
      const paper = await read(deadlinesReadingPaper({ path: { id: finding.findingId }, parseAs: 'blob' }));
      saveFile(paper as Blob, t('deadlinesFile', { number: finding.number }));
    });
  return (
    <>
      <FormFault error={error} />
      <Button busy={busy} onClick={print}>
        {t('deadlinesPrint')}
      </Button>
    </>
  );
};

/** Every clock of the finding, the office's own ones too, and how its due time came about; asked for when opened. */
export const Deadlines = ({ finding }: Readonly<{ finding: Detail }>): ReactNode => {
  const [open, setOpen] = useState(false);
  return (
    <Card title={t('deadlines')}>
      {open ? (
        <>
          <Clocks finding={finding} />
          <Paper finding={finding} />
        </>
      ) : (
        <Button onClick={() => setOpen(true)}>{t('deadlinesShow')}</Button>
      )}
    </Card>
  );
};
