import { CalendarModule } from '@app/calendar';
import { Channels, Housekeeping, NotificationOptions, Outbox, OutboxSender } from '@app/notifications';
import { Module } from '@nestjs/common';
import { OutboxLoop } from './outbox-loop';

/** Needs CoreModule beside it. */
@Module({
  imports: [CalendarModule],
  providers: [
    Outbox,
    { provide: Channels, inject: [NotificationOptions], useFactory: (options: NotificationOptions) => new Channels(options) },
    OutboxSender,
    Housekeeping,
    OutboxLoop,
  ],
})
export class OutboxModule {}
