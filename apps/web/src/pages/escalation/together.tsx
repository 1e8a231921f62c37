import { useState, type ReactNode } from 'react';
import { write } from '../../api/calls';
import { escalationIssueTogether } from '../../api/generated/sdk.gen';
import type { RungsWritten } from '../../api/generated/types.gen';
import { word } from '../../i18n/words';
import { Button } from '../../ui/button';
import { Actions, Notice } from '../../ui/states';
import { useIssueFields } from './issue-fields';
import { RungDialog } from './rung-dialog';
import { goesWith, jointRung, t, type JointRung, type Rung } from './rungs';

/** What is still there of the choice: another page, or another person's decision, takes rungs away. */
export const chosenOf = (rungs: readonly Rung[], chosen: readonly string[]): readonly Rung[] =>
  rungs.filter(({ rungId, state }) => chosen.includes(rungId) && state === 'proposed');

/** Several of one unit as one notice, in the name of whoever sends it. */
const TogetherDialog = ({
  rungs,
  first,
  kind,
  onSent,
  onClose,
}: Readonly<{
  rungs: readonly Rung[];
  first: Rung;
  kind: JointRung;
  onSent: (written: RungsWritten) => void;
  onClose: () => void;
}>): ReactNode => {
  const { said, faults, fields } = useIssueFields(first, first.jointDraft ?? '');
  const body = {
    rung: kind,
    unitId: first.unit.id,
    rungs: rungs.map(({ findingId, legId, dueAt }) => ({ findingId, legId, dueAt })),
    ...said,
  };
  return (
    <RungDialog
      title={t('togetherTitle', { n: rungs.length, rung: word('rung', kind), unit: first.unit.name })}
      note={t('togetherNote')}
      submit={t('issueNow')}
      faults={faults}
      send={async (key) => onSent(await write((headers) => escalationIssueTogether({ body, headers }), { key }))}
      onClose={onClose}
    >
      {fields}
    </RungDialog>
  );
};

export type Sent = Readonly<{ written: RungsWritten; numbers: ReadonlyMap<string, string> }>;

/** What became of it stands above the list: the rungs themselves leave that as soon as they are issued. */
export const Outcome = ({ written, numbers }: Sent): ReactNode => {
  const refused = written.rungs.filter(({ refusal }) => refusal !== null);
  return (
    <>
      {written.issued > 0 && <Notice tone="green">{t('togetherDone', { n: written.issued })}</Notice>}
      {refused.length > 0 && (
        <Notice tone="red" alert>
          {t('togetherRefused', { n: refused.length })}
          <ul>
            {refused.map(({ findingId, legId, refusal }) => (
              <li key={`${findingId} ${legId}`}>{t('togetherRow', { number: numbers.get(findingId) ?? '', reason: refusal?.zh ?? '' })}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
};

/** What is chosen of the list, and what is done with it. */
export const Together = ({
  rungs,
  chosen,
  onChange,
  onSent,
}: Readonly<{
  rungs: readonly Rung[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
  onSent: (sent: Sent) => void;
}>): ReactNode => {
  const [asked, setAsked] = useState(false);
  const picked = chosenOf(rungs, chosen);
  const [first] = picked;
  const kind = first === undefined ? null : jointRung(first);
  if (first === undefined || kind === null) return null;
  return (
    <>
      <Notice>{t('chosen', { n: picked.length, rung: word('rung', kind), unit: first.unit.name })}</Notice>
      <Actions>
        <Button look="primary" onClick={() => setAsked(true)}>
          {t('issueTogether')}
        </Button>
        <Button onClick={() => onChange(rungs.filter((rung) => goesWith(rung, picked)).map(({ rungId }) => rungId))}>
          {t('chooseAll', { rung: word('rung', kind) })}
        </Button>
        <Button onClick={() => onChange([])}>{t('chooseNone')}</Button>
      </Actions>
      {asked && (
        <TogetherDialog
          rungs={picked}
          first={first}
          kind={kind}
          onSent={(written) => {
            onSent({ written, numbers: new Map(picked.map(({ findingId, number }) => [findingId, number])) });
            setAsked(false);
            onChange([]);
          }}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  );
};
