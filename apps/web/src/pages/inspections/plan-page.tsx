import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { read } from '../../api/calls';
import { inspectionsOne } from '../../api/generated/sdk.gen';
import { useSession } from '../../app/session';
import { LinkButton } from '../../ui/button';
import { Page } from '../../ui/page';
import { Loaded, Notice } from '../../ui/states';
import { emptyPlan, planOf } from './plan';
import { PlanForm } from './plan-form';
import { t } from './words';

const Change = ({ inspectionId }: Readonly<{ inspectionId: string }>): ReactNode => {
  const query = useQuery({
    queryKey: ['inspections', 'one', inspectionId],
    queryFn: () => read(inspectionsOne({ path: { inspectionId } })),
  });
  return (
    <Loaded query={query}>
      {(task) =>
        task.mayChange ? (
          <PlanForm key={task.inspectionId} start={planOf(task)} changed={{ inspectionId, revision: task.revision }} />
        ) : (
          <Notice tone="amber">{t('notChangeable')}</Notice>
        )
      }
    </Loaded>
  );
};

/** 安排检查: a new task, or the whole plan of one anew. */
export default function PlanPage(): ReactNode {
  const { inspectionId } = useParams();
  const { who, has } = useSession();
  const ownTeam = has('team-head') ? (who.acting?.unit.id ?? '') : '';
  return (
    <Page title={t(inspectionId === undefined ? 'plan' : 'change')} tools={<LinkButton to="/inspections">{t('toList')}</LinkButton>}>
      <Notice>{t('whoSees')}</Notice>
      {inspectionId === undefined ? (
        <PlanForm start={emptyPlan(who.today, ownTeam)} changed={null} />
      ) : (
        <Change inspectionId={inspectionId} />
      )}
    </Page>
  );
}
