import type { Policy, Projection } from '@app/read-store';
import type { Type } from '@nestjs/common';
import { ListingRungPolicy } from './application/listing-rung.policy';
import { supervisionProjection, supervisionRuleProjection } from './read-models/supervision.projection';

export const SUPERVISION_PROJECTIONS: readonly Projection[] = [supervisionProjection, supervisionRuleProjection];
export const SUPERVISION_POLICIES: readonly Type<Policy>[] = [ListingRungPolicy];
