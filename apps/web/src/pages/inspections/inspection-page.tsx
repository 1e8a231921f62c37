import { useState, type ReactNode } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { read, write } from '../../api/calls';
import { inspectionsEnd, inspectionsOne } from '../../api/generated/sdk.gen';
import type { InspectionAnswer } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { word } from '../../i18n/words';
import { Button, LinkButton } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextArea } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Actions, Card, Facts, FormFault, Loaded, Notice, Tag } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { useToast } from '../../ui/toast';
import { TaskExamined } from './examined-card';
import { byTown, c, daysWords, STATE_TONES, stateWords, t } from './words';

/** Ending opens the plan to the inspected units: said before it is done. */
const EndDialog = ({ task, onClose }: Readonly<{ task: InspectionAnswer; onClose: () => void }>): ReactNode => {
  const [reason, setReason] = useState('');
  const queries = useQueryClient();
  const say = useToast();
  const ending = useMutation({
    mutationFn: async () => {
      const path = { inspectionId: task.inspectionId };
      await write((headers) => inspectionsEnd({ path, body: { reason: reason.trim() || null }, headers }), { seen: task.revision });
      await queries.invalidateQueries({ queryKey: ['inspections'] });
    },
    onSuccess: () => {
      say(t('ended'));
      onClose();
    },
  });
  return (
    <Dialog title={t('end')} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!ending.isPending) ending.mutate();
        }}
      >
        <Notice tone="amber">{t('endConsequence')}</Notice>
        <TextArea label={t('endReason')} optional value={reason} onChange={setReason} maxLength={500} />
        <FormFault error={ending.error} />
        <Actions>
          <Button type="submit" look="danger" busy={ending.isPending}>
            {t('end')}
          </Button>
          <Button onClick={onClose}>{c('cancel')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
};

const Task = ({ task }: Readonly<{ task: InspectionAnswer }>): ReactNode => {
  const { has } = useSession();
  const [isEnding, setEnding] = useState(false);
  const { source } = task;
  return (
    <>
      {task.state !== 'over' && has('team-head', 'office', 'office-head', 'inspector') && <Notice>{t('whoSees')}</Notice>}
      <Card>
        <Facts
          of={[
            [t('when'), daysWords(task)],
            [
              t('state'),
              <Tag key="state" tone={STATE_TONES[task.state]}>
                {stateWords(task.state)}
              </Tag>,
            ],
            [t('team'), task.team.name],
            [t('members'), task.members.map(({ name }) => name).join(t('comma'))],
            ...byTown(task.villages).map(
              ({ town, villages }) => [t('villagesOf', { town }), villages.map(({ name }) => name).join(t('comma'))] as const,
            ),
            [t('manner'), word('manner', task.manner)],
            [t('source'), `${word('source', source.kind)} · ${source.name}`],
            [t('batch'), source.batch],
            [t('documentNumber'), source.documentNumber],
            [t('note'), task.note],
            [
              t('plannedBy'),
              task.plannedBy === null ? null : t('plannedByAt', { name: task.plannedBy.name, at: dateTimeWords(task.plannedAt) }),
            ],
            [t('endedAt'), task.endedAt === null ? null : dateTimeWords(task.endedAt)],
            [t('endReason'), task.endReason],
          ]}
        />
        {task.mayChange && (
          <Actions>
            <LinkButton to={`/inspections/${task.inspectionId}/change`}>{t('change')}</LinkButton>
            <Button look="danger" onClick={() => setEnding(true)}>
              {t('end')}
            </Button>
          </Actions>
        )}
      </Card>
      {task.state !== 'planned' && <TaskExamined task={task} />}
      {isEnding && <EndDialog task={task} onClose={() => setEnding(false)} />}
    </>
  );
};

/** One inspection task, as far as its reader may see it. */
export default function InspectionPage(): ReactNode {
  const { inspectionId = '' } = useParams();
  const query = useQuery({
    queryKey: ['inspections', 'one', inspectionId],
    queryFn: () => read(inspectionsOne({ path: { inspectionId } })),
  });
  return (
    <Page title={t('task')} tools={<LinkButton to="/inspections">{t('toList')}</LinkButton>}>
      <Loaded query={query}>{(task) => <Task task={task} />}</Loaded>
    </Page>
  );
}
