import type { Policy } from '@app/read-store';
import type { Type } from '@nestjs/common';
import { NotificationPolicy } from './application/notification.policy';

/** No projection: what people were told is no read model. */
export const NOTIFICATION_POLICIES: readonly Type<Policy>[] = [NotificationPolicy];
