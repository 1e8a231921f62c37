import type { Policy, Projection } from '@app/read-store';
import type { Type } from '@nestjs/common';
import { NoticeCorrectionsPolicy } from './policies/notice-corrections.policy';
import { RungNoticesPolicy } from './policies/rung-notices.policy';
import { noticeProjection } from './read-models/notice.projection';

export const NOTICE_PROJECTIONS: readonly Projection[] = [noticeProjection];
export const NOTICE_POLICIES: readonly Type<Policy>[] = [RungNoticesPolicy, NoticeCorrectionsPolicy];
