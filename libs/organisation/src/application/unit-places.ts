import { Inject, Injectable } from '@nestjs/common';
import { CommandRunner } from '@app/event-store';
import type { UnitId } from '@app/kernel';
import { unitDecider, type UnitState } from '../domain/unit.decider';
import type { UnitPlace } from '../domain/unit.commands';
import { pathUnder } from '../domain/vocabulary';
import { UNIT_EVENT_TYPES } from './event-types';

/** Where units stand according to the streams themselves, so that a command never rests on a read model that lags behind. */
@Injectable()
export class UnitPlaces {
  constructor(@Inject(CommandRunner) private readonly runner: CommandRunner) {}

  /** Null when the unit is not active. */
  async placeOf(id: UnitId): Promise<UnitPlace> {
    const unit = await this.load(id);
    return unit.status === 'active' ? { path: await this.pathOf(unit.unitId, unit.parentId), kind: unit.kind } : null;
  }

  /** Path of a unit in any state; empty when there never was one. */
  async currentPath(id: UnitId): Promise<string> {
    const unit = await this.load(id);
    return unit.status === 'absent' ? '' : this.pathOf(unit.unitId, unit.parentId);
  }

  /** What stood below a merged unit stands below its successor. */
  private async pathOf(id: UnitId, parentId: UnitId | null): Promise<string> {
    if (parentId === null) return id;
    let parent = await this.load(parentId);
    while (parent.status === 'merged') parent = await this.load(parent.into);
    return parent.status === 'absent' ? id : pathUnder(await this.pathOf(parent.unitId, parent.parentId), id);
  }

  private async load(id: UnitId): Promise<UnitState> {
    return (await this.runner.load({ stream: `unit-${id}`, decider: unitDecider, types: UNIT_EVENT_TYPES })).state;
  }
}
