import { CalendarModule } from '@app/calendar';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Announcer } from './application/announcer';
import { Choices } from './application/choices';
import { DeadLetters } from './application/dead-letters';
import { Inbox } from './application/inbox';
import { NotificationOptions } from './application/notification-options';
import { Webhooks } from './application/webhooks';

/** 通知提醒: in the application, by mail and by webhook, through an outbox. Needs the stores, directory, privacy and a Clock beside it. */
@Global()
@Module({})
export class NotificationsModule {
  static forRoot(options: Partial<NotificationOptions> = {}): DynamicModule {
    const services = [Announcer, Choices, DeadLetters, Inbox, Webhooks];
    return {
      module: NotificationsModule,
      imports: [CqrsModule, CalendarModule],
      providers: [{ provide: NotificationOptions, useValue: new NotificationOptions(options) }, ...services],
      exports: [NotificationOptions, ...services],
    };
  }
}
