import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { examinationsOfTask, examinationsTell } from '../../api/generated/sdk.gen';
import type { InspectionAnswer } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { Button } from '../../ui/button';
import { Actions, Card, Loaded } from '../../ui/states';
import { ExaminedForm } from './examined-form';
import { ExaminedList } from './examined-list';
import { t } from './words';

/** 检查覆盖 of a task that has begun: told by its members and planners, also after its end. */
export const TaskExamined = ({ task }: Readonly<{ task: InspectionAnswer }>): ReactNode => {
  const { who, has } = useSession();
  const [isOpen, setOpen] = useState(false);
  const path = { inspectionId: task.inspectionId };
  const query = useQuery({
    queryKey: ['inspections', 'examined', task.inspectionId],
    queryFn: () => read(examinationsOfTask({ path })),
  });
  const isMember = task.members.some(({ id }) => id === who.person.id);
  const mayTell = isMember || task.mayChange || has('office', 'office-head', 'team-head');
  return (
    <Card title={t('examined')}>
      <p>{t('examinedHint')}</p>
      <Loaded query={query}>{(list) => <ExaminedList {...list} />}</Loaded>
      {mayTell && (
        <Actions>
          <Button onClick={() => setOpen(true)}>{t('examinedTell')}</Button>
        </Actions>
      )}
      {isOpen && (
        <ExaminedForm
          title={t('examinedTell')}
          places={task.villages.map(({ id, name }) => ({ value: id, label: name }))}
          send={(body, headers) => examinationsTell({ path, body, headers })}
          onClose={() => setOpen(false)}
        />
      )}
    </Card>
  );
};
