import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CommandRunner, type Ack } from '@app/event-store';
import { assertNever, type CategoryCode, type PersonId, type UnitId } from '@app/kernel';
import type { CategoryCommand } from '../domain/category.commands';
import { categoryDecider } from '../domain/category.decider';
import type { PersonCommand } from '../domain/person.commands';
import { personDecider } from '../domain/person.decider';
import type { PostCommand } from '../domain/post.commands';
import { postDecider } from '../domain/post.decider';
import type { UnitCommand } from '../domain/unit.commands';
import { unitDecider } from '../domain/unit.decider';
import { CATEGORY_EVENT_TYPES, PERSON_EVENT_TYPES, POST_EVENT_TYPES, UNIT_EVENT_TYPES } from './event-types';
import { HandleCategory, HandlePerson, HandlePost, HandleUnit } from './organisation.commands';
import { UnitPlaces } from './unit-places';

@CommandHandler(HandleUnit)
export class UnitCommandHandler implements ICommandHandler<HandleUnit> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(UnitPlaces) private readonly places: UnitPlaces,
  ) {}

  async execute({ unitId, request, act, commandId, expected }: HandleUnit): Promise<Ack> {
    const command = await this.complete(unitId, request, act);
    return this.runner.run({ stream: `unit-${unitId}`, decider: unitDecider, command, commandId, expected, types: UNIT_EVENT_TYPES, act });
  }

  private async complete(unitId: UnitId, request: HandleUnit['request'], act: HandleUnit['act']): Promise<UnitCommand> {
    switch (request.type) {
      case 'EstablishUnit': {
        const { parentId } = request.data;
        const parent = parentId === null ? null : await this.places.placeOf(parentId);
        return { type: request.type, data: { ...act, ...request.data, unitId, parent } };
      }
      case 'MoveUnit': {
        const path = await this.places.currentPath(unitId);
        return { type: request.type, data: { ...act, ...request.data, path, parent: await this.places.placeOf(request.data.parentId) } };
      }
      case 'MergeUnit': {
        const path = await this.places.currentPath(unitId);
        return { type: request.type, data: { ...act, ...request.data, path, successor: await this.places.placeOf(request.data.into) } };
      }
      case 'DissolveUnit':
        return { type: request.type, data: { ...act, ...request.data, path: await this.places.currentPath(unitId) } };
      case 'RenameUnit':
        return { type: request.type, data: { ...act, ...request.data } };
      case 'GiveSynonyms':
        return { type: request.type, data: { ...act, ...request.data } };
      default:
        return assertNever(request);
    }
  }
}

@CommandHandler(HandlePerson)
export class PersonCommandHandler implements ICommandHandler<HandlePerson> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(UnitPlaces) private readonly places: UnitPlaces,
  ) {}

  async execute({ personId, request, act, commandId, expected }: HandlePerson): Promise<Ack> {
    const command = await this.complete(personId, request, act);
    return this.runner.run({
      stream: `person-${personId}`,
      decider: personDecider,
      command,
      commandId,
      expected,
      types: PERSON_EVENT_TYPES,
      act,
    });
  }

  private async complete(personId: PersonId, request: HandlePerson['request'], act: HandlePerson['act']): Promise<PersonCommand> {
    switch (request.type) {
      case 'RegisterPerson':
        return { type: request.type, data: { ...act, ...request.data, personId } };
      case 'Second': {
        const [fromPlace, toPlace] = await Promise.all([
          this.places.placeOf(request.data.fromUnit),
          this.places.placeOf(request.data.toUnit),
        ]);
        return { type: request.type, data: { ...act, ...request.data, fromPlace, toPlace } };
      }
      case 'PutInChargeOf':
        return { type: request.type, data: { ...act, ...request.data, place: await this.places.placeOf(request.data.unitId) } };
      case 'CorrectPerson':
        return { type: request.type, data: { ...act, ...request.data } };
      case 'EndSecondment':
        return { type: request.type, data: { ...act, ...request.data } };
      case 'EndCharge':
        return { type: request.type, data: { ...act, ...request.data } };
      default:
        return assertNever(request);
    }
  }
}

@CommandHandler(HandlePost)
export class PostCommandHandler implements ICommandHandler<HandlePost> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(UnitPlaces) private readonly places: UnitPlaces,
  ) {}

  async execute({ postId, request, act, commandId, expected }: HandlePost): Promise<Ack> {
    const command = await this.complete(postId, request, act);
    return this.runner.run({ stream: `post-${postId}`, decider: postDecider, command, commandId, expected, types: POST_EVENT_TYPES, act });
  }

  private async complete(postId: HandlePost['postId'], request: HandlePost['request'], act: HandlePost['act']): Promise<PostCommand> {
    switch (request.type) {
      case 'CreatePost':
        return { type: request.type, data: { ...act, ...request.data, postId, place: await this.places.placeOf(request.data.unitId) } };
      case 'HoldPost':
        return { type: request.type, data: { ...act, ...request.data, personKnown: await this.isKnown(request.data.personId) } };
      case 'NameSubstitute':
        return { type: request.type, data: { ...act, ...request.data, personKnown: await this.isKnown(request.data.personId) } };
      case 'ChangePost':
        return { type: request.type, data: { ...act, ...request.data } };
      case 'VacatePost':
        return { type: request.type, data: { ...act, ...request.data } };
      case 'ReleaseSubstitute':
        return { type: request.type, data: { ...act, ...request.data } };
      case 'ClosePost':
        return { type: request.type, data: { ...act, ...request.data } };
      default:
        return assertNever(request);
    }
  }

  private async isKnown(personId: PersonId): Promise<boolean> {
    const { state } = await this.runner.load({ stream: `person-${personId}`, decider: personDecider, types: PERSON_EVENT_TYPES });
    return state.status === 'registered';
  }
}

@CommandHandler(HandleCategory)
export class CategoryCommandHandler implements ICommandHandler<HandleCategory> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(UnitPlaces) private readonly places: UnitPlaces,
  ) {}

  async execute({ code, request, act, commandId, expected }: HandleCategory): Promise<Ack> {
    const command = await this.complete(code, request, act);
    return this.runner.run({
      stream: `category-${code}`,
      decider: categoryDecider,
      command,
      commandId,
      expected,
      types: CATEGORY_EVENT_TYPES,
      act,
    });
  }

  private async complete(code: CategoryCode, request: HandleCategory['request'], act: HandleCategory['act']): Promise<CategoryCommand> {
    switch (request.type) {
      case 'DefineCategory':
        return { type: request.type, data: { ...act, ...request.data, code, parentUsable: await this.isUsable(request.data.parent) } };
      case 'ChangeCategory':
        return { type: request.type, data: { ...act, ...request.data, parentUsable: await this.isUsable(request.data.parent) } };
      case 'MakeDepartmentResponsible': {
        const { unitId } = request.data;
        return { type: request.type, data: { ...act, ...request.data, place: unitId === null ? null : await this.places.placeOf(unitId) } };
      }
      case 'RetireCategory':
        return { type: request.type, data: { ...act, ...request.data } };
      default:
        return assertNever(request);
    }
  }

  private async isUsable(parent: CategoryCode | null): Promise<boolean> {
    if (parent === null) return true;
    const { state } = await this.runner.load({ stream: `category-${parent}`, decider: categoryDecider, types: CATEGORY_EVENT_TYPES });
    return state.status === 'in-use';
  }
}
