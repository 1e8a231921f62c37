import { Module } from '@nestjs/common';
import { NotificationsController } from './notifications.controller';
import { SendingController } from './sending.controller';

/** Needs CoreModule beside it. */
@Module({ controllers: [NotificationsController, SendingController] })
export class NotificationsApiModule {}
