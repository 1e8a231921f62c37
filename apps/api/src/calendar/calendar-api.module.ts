import { CalendarModule } from '@app/calendar';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CalendarController } from './calendar.controller';

@Module({ imports: [CqrsModule, CalendarModule], controllers: [CalendarController] })
export class CalendarApiModule {}
