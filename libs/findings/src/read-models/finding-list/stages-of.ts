import { statusOf } from '../../domain/finding.state';
import { STAGES, STATUSES, type FindingStage, type FindingStatus } from '../../domain/finding.types';

/** Which stages make up a status. */
export const FINDING_STAGES_OF = Object.fromEntries(
  STATUSES.map((status) => [status, STAGES.filter((stage) => statusOf(stage) === status)]),
) as unknown as Readonly<Record<FindingStatus, readonly FindingStage[]>>;
