import type { FindingId } from '@app/kernel';
import type { DueTime } from '@app/worktime';
import { legsOf } from '../../domain/finding.state';
import { isClosed, type FindingView } from '../finding-detail/finding.view';
import { isRunning, shownIn } from './finding-list.row';
import type { UnitBook } from './unit-book';

export type FindingLegRow = Readonly<{
  finding_id: string;
  leg_id: string;
  stated_unit_id: string;
  unit_id: string;
  unit_name: string;
  unit_path: string;
  line: string;
  duty: string;
  leads: boolean;
  stage: string;
  running: boolean;
  due_at: string;
  original_due_at: string;
  due: DueTime;
  delivered_at: string;
  signed_at: string | null;
  deemed_signed: boolean;
  submitted_at: string | null;
  on_time: boolean | null;
  on_time_by_original: boolean | null;
  passed_at: string | null;
  returned_at: string | null;
  returned_ground: string | null;
  sent_back: boolean;
  extensions: number;
  extension_until: string | null;
  village_id: string | null;
  assignee: string | null;
}>;

export const legRowsOf = (findingId: FindingId, view: FindingView, book: UnitBook): readonly FindingLegRow[] => {
  const { state, facts } = view;
  if (state.phase === 'absent' || !('work' in state) || state.work === null) return [];
  const shown = shownIn(view, book);
  return legsOf(state.work).map((leg) => {
    const unit = shown.unit(leg.unitId);
    const told = facts.legs[leg.legId];
    return {
      finding_id: findingId,
      leg_id: leg.legId,
      stated_unit_id: leg.unitId,
      unit_id: unit.id,
      unit_name: unit.name,
      unit_path: unit.path,
      line: leg.line,
      duty: leg.duty,
      leads: leg.leads,
      stage: leg.stage,
      running: !isClosed(state) && isRunning(state.core, leg),
      due_at: leg.due.at,
      original_due_at: leg.originalDue.at,
      due: leg.due,
      delivered_at: leg.deliveredAt,
      signed_at: told?.signedAt ?? null,
      deemed_signed: told?.deemedSigned ?? false,
      submitted_at: leg.submission?.at ?? null,
      on_time: leg.submission?.onTime ?? null,
      on_time_by_original: leg.submission?.onTimeByOriginal ?? null,
      passed_at: leg.stage === 'passed' ? leg.passedAt : null,
      returned_at: told?.returned?.at ?? null,
      returned_ground: told?.returned?.ground ?? null,
      sent_back: leg.sentBackBefore,
      extensions: leg.extensions,
      extension_until: leg.extension?.until ?? null,
      village_id: told?.villageId ?? null,
      assignee: told?.assignee ?? null,
    };
  });
};
