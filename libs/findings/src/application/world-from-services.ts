import { CalendarService } from '@app/calendar';
import type { UnitId } from '@app/kernel';
import { Directory } from '@app/organisation';
import { Injectable } from '@nestjs/common';
import type { World } from '../domain/finding.commands';
import { WorldSource } from './world-source';

/** Before an office is established nobody holds its roles, so that an id that fits no unit refuses what only the office may do. */
const NO_OFFICE = 'no-office' as UnitId;

@Injectable()
export class WorldFromServices extends WorldSource {
  constructor(
    private readonly calendar: CalendarService,
    private readonly directory: Directory,
  ) {
    super();
  }

  async now(since?: number): Promise<World> {
    const view = await this.directory.view(since);
    return {
      calendar: this.calendar.calendar(),
      rules: this.calendar.rules(),
      succession: view.succession(),
      managingOffice: view.managingOffice()?.id ?? NO_OFFICE,
      independentUnits: view.independentUnits().map((unit) => unit.id),
    };
  }
}
