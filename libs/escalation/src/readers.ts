import type { Policy, Projection } from '@app/read-store';
import type { Type } from '@nestjs/common';
import { LadderPolicy } from './policies/ladder.policy';
import { RungsTogetherPolicy } from './policies/rungs-together.policy';
import { ladderProjection } from './read-models/ladder.projection';

export const ESCALATION_PROJECTIONS: readonly Projection[] = [ladderProjection];
export const ESCALATION_POLICIES: readonly Type<Policy>[] = [LadderPolicy, RungsTogetherPolicy];
