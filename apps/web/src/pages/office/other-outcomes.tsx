import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import { findingsReadingList, officeAccept, officeDismiss, officeLink, officeSplit } from '../../api/generated/sdk.gen';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/office.json';
import { textsOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { SelectField, TextArea, TextField } from '../../ui/fields';
import { Actions, FormFault, Notice } from '../../ui/states';
import { acceptanceFault, acceptanceOf, type AcceptanceDraft } from './acceptance-draft';
import { AcceptancePart } from './acceptance-part';
import type { Detail } from '../finding/detail';
import { UnitsField } from './unit-fields';
import { useAct } from '../../ui/use-act';

const t = textsOf(zh);
const words = textsOf(common);
type Props = Readonly<{ finding: Detail; onDone: (said: string) => void }>;

/** 查否. */
export const DismissForm = ({ finding, onDone }: Props): ReactNode => {
  const [reason, setReason] = useState('');
  const [teamNote, setTeamNote] = useState('');
  const { tried, busy, error, send } = useAct();
  const submit = (): void =>
    send(reason.trim() !== '', async () => {
      const body = { reason, teamNote: teamNote.trim() === '' ? null : teamNote };
      await write((headers) => officeDismiss({ path: { id: finding.findingId }, body, headers }), { seen: finding.revision });
      onDone(t('dismissed', { number: finding.number }));
    });
  return (
    <>
      <TextArea
        label={t('reason')}
        value={reason}
        onChange={setReason}
        fault={tried && reason.trim() === '' ? words('required', { label: t('reason') }) : null}
      />
      <TextArea label={t('teamNote')} optional value={teamNote} onChange={setTeamNote} />
      <FormFault error={error} />
      <Actions>
        <Button look="danger" busy={busy} onClick={submit}>
          {t('dismiss')}
        </Button>
      </Actions>
    </>
  );
};

export type LinkTarget = Readonly<{ findingId: string; number: string }>;
/** 并案: into a similar finding, or any other one found by its number. */
export const LinkForm = ({
  finding,
  target,
  onTarget,
  onDone,
}: Props & Readonly<{ target: LinkTarget | null; onTarget: (target: LinkTarget | null) => void }>): ReactNode => {
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const { tried, busy, error, send } = useAct();
  const wanted = text.trim();
  const found = useQuery({
    queryKey: ['findings', 'to-link', wanted],
    queryFn: () => read(findingsReadingList({ query: { text: wanted, limit: 20, sort: 'number' } })),
    enabled: wanted.length >= 4,
  });
  const others = (found.data?.findings ?? []).filter((one) => one.findingId !== finding.findingId);
  const options = [
    ...(target === null || others.some((one) => one.findingId === target.findingId)
      ? []
      : [{ value: target.findingId, label: target.number }]),
    ...others.map((one) => ({ value: one.findingId, label: `${one.number} ${one.text.slice(0, 30)}` })),
  ];
  const pick = (id: string): void =>
    onTarget(id === '' ? null : { findingId: id, number: others.find((one) => one.findingId === id)?.number ?? id });
  const submit = (): void =>
    send(target !== null && reason.trim() !== '', async () => {
      const body = { to: target?.findingId ?? '', reason };
      await write((headers) => officeLink({ path: { id: finding.findingId }, body, headers }), { seen: finding.revision });
      onDone(t('linked', { number: finding.number, to: target?.number ?? '' }));
    });
  return (
    <>
      <TextField label={t('linkSearch')} hint={t('linkSearchHint')} type="search" value={text} onChange={setText} />
      <SelectField
        label={t('linkTarget')}
        value={target?.findingId ?? ''}
        onChange={pick}
        options={options}
        fault={tried && target === null ? words('required', { label: t('linkTarget') }) : null}
      />
      <TextArea
        label={t('reason')}
        value={reason}
        onChange={setReason}
        fault={tried && reason.trim() === '' ? words('required', { label: t('reason') }) : null}
      />
      <FormFault error={error} />
      <Actions>
        <Button look="primary" busy={busy} onClick={submit}>
          {t('link')}
        </Button>
      </Actions>
    </>
  );
};

/** Over several towns (R6): accepted where it is not yet, then one child per town. */
export const SplitForm = ({ finding, onDone }: Props): ReactNode => {
  const isUntriaged = finding.stage === 'untriaged';
  const [acceptance, setAcceptance] = useState<AcceptanceDraft>({
    rectification: 'time-limited',
    seriousness: finding.seriousness,
    reason: '',
    stages: [],
  });
  const [towns, setTowns] = useState<readonly string[]>([]);
  const { tried, busy, error, send } = useAct();
  const fault = isUntriaged ? acceptanceFault(acceptance) : null;
  const submit = (): void =>
    send(fault === null && towns.length >= 2, async () => {
      const id = finding.findingId;
      const body = acceptanceOf(acceptance);
      const seen =
        isUntriaged && body !== null
          ? (await write((headers) => officeAccept({ path: { id }, body, headers }), { seen: finding.revision })).revision
          : finding.revision;
      await write((headers) => officeSplit({ path: { id }, body: { towns: [...towns] }, headers }), { seen });
      onDone(t('split', { number: finding.number, n: towns.length }));
    });
  return (
    <>
      <Notice>{t('splitHint')}</Notice>
      {isUntriaged && (
        <AcceptancePart value={acceptance} onChange={setAcceptance} fault={tried && fault !== null ? t(`accept.${fault}`) : null} />
      )}
      <UnitsField
        label={t('splitTowns')}
        kinds={['town']}
        value={towns}
        onChange={setTowns}
        fault={tried && towns.length < 2 ? t('splitTwo') : null}
      />
      <FormFault error={error} />
      <Actions>
        <Button look="primary" busy={busy} onClick={submit}>
          {t('splitNow')}
        </Button>
      </Actions>
    </>
  );
};
