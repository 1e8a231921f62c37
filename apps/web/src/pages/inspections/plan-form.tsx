import { useRef, useState, type ReactNode } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { write } from '../../api/calls';
import { newKey } from '../../api/new-key';
import { inspectionsChange, inspectionsPlan } from '../../api/generated/sdk.gen';
import { useSession } from '../../app/session';
import { word } from '../../i18n/words';
import { Button, LinkButton } from '../../ui/button';
import { RadioGroup, SelectField, TextArea, TextField } from '../../ui/fields';
import { Actions, Card, FormFault, Notice } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { MembersField } from './members-field';
import { useUnits } from './people-and-places';
import { bodyOf, faultsOf, MANNERS, SOURCES, type Plan } from './plan';
import { VillagesField } from './villages-field';
import { c, t } from './words';
import styles from './inspections.module.css';

type Changed = Readonly<{ inspectionId: string; revision: number }> | null;

/** The plan; what is typed stays until it is sent. `changed`: the task and the revision that the change rests on. */
export const PlanForm = ({ start, changed }: Readonly<{ start: Plan; changed: Changed }>): ReactNode => {
  const { who, has } = useSession();
  const { teams, isReady } = useUnits();
  const [plan, setPlan] = useState(start);
  const [seen] = useState(changed?.revision ?? null);
  const [isTried, setTried] = useState(false);
  const keys = useRef(new Map<string, string>());
  const queries = useQueryClient();
  const navigate = useNavigate();
  const say = useToast();
  const faults = faultsOf(plan, who.today);
  const fault = (field: keyof Plan): string | null => (isTried ? (faults[field] ?? null) : null);
  const set = (part: Partial<Plan>): void => setPlan({ ...plan, ...part });
  const isHead = has('team-head') && !has('office', 'office-head');
  const sending = useMutation({
    mutationFn: async (): Promise<string> => {
      const body = bodyOf(plan);
      const said = JSON.stringify(body);
      const key = keys.current.get(said) ?? newKey();
      keys.current.set(said, key);
      const answer =
        changed === null
          ? await write((headers) => inspectionsPlan({ body, headers }), { key })
          : await write((headers) => inspectionsChange({ path: { inspectionId: changed.inspectionId }, body, headers }), { key, seen });
      await queries.invalidateQueries({ queryKey: ['inspections'] });
      return answer.inspectionId;
    },
    onSuccess: (inspectionId) => {
      say(t(changed === null ? 'planned' : 'changed'));
      void navigate(`/inspections/${inspectionId}`);
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (Object.keys(faults).length === 0 && !sending.isPending) sending.mutate();
      }}
    >
      <Card>
        <SelectField
          label={t('team')}
          value={plan.teamId}
          onChange={(teamId) => set({ teamId, members: [] })}
          options={isHead ? teams.filter(({ value }) => value === start.teamId) : teams}
          fault={fault('teamId')}
          disabled={!isReady}
        />
        <MembersField teamId={plan.teamId} value={plan.members} onChange={(members) => set({ members })} fault={fault('members')} />
        <div className={styles['two']}>
          <TextField type="date" label={t('from')} value={plan.from} onChange={(from) => set({ from })} fault={fault('from')} />
          <TextField type="date" label={t('to')} min={plan.from} value={plan.to} onChange={(to) => set({ to })} fault={fault('to')} />
        </div>
        <VillagesField value={plan.villages} onChange={(villages) => set({ villages })} fault={fault('villages')} />
        <RadioGroup
          label={t('manner')}
          value={plan.manner}
          onChange={(manner) => set({ manner })}
          options={MANNERS.map((value) => ({ value, label: word('manner', value) }))}
          fault={fault('manner')}
        />
        {plan.manner === 'unannounced' && <Notice tone="amber">{t('unannounced')}</Notice>}
        <div className={styles['two']}>
          <SelectField
            label={t('source')}
            value={plan.sourceKind}
            onChange={(sourceKind) => set({ sourceKind })}
            options={SOURCES.map((value) => ({ value, label: word('source', value) }))}
            fault={fault('sourceKind')}
          />
          <TextField
            label={t('sourceName')}
            value={plan.sourceName}
            onChange={(sourceName) => set({ sourceName })}
            maxLength={200}
            fault={fault('sourceName')}
          />
          <TextField label={t('batch')} optional value={plan.batch} onChange={(batch) => set({ batch })} maxLength={100} />
          <TextField
            label={t('documentNumber')}
            optional
            value={plan.documentNumber}
            onChange={(documentNumber) => set({ documentNumber })}
            maxLength={100}
          />
        </div>
        <TextArea label={t('note')} hint={t('noteHint')} optional value={plan.note} onChange={(note) => set({ note })} maxLength={500} />
        <FormFault error={sending.error} />
        {isTried && Object.keys(faults).length > 0 && (
          <Notice tone="red" alert>
            {t('incomplete')}
          </Notice>
        )}
        <Actions>
          <Button type="submit" look="primary" busy={sending.isPending}>
            {t(changed === null ? 'plan' : 'change')}
          </Button>
          <LinkButton to={changed === null ? '/inspections' : `/inspections/${changed.inspectionId}`}>{c('cancel')}</LinkButton>
        </Actions>
      </Card>
    </form>
  );
};
