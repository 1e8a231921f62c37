import type { Projection } from '@app/read-store';
import { bulletinProjection } from './read-models/bulletin.projection';

export const BULLETIN_PROJECTIONS: readonly Projection[] = [bulletinProjection];
