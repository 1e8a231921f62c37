import type { RecordedEvent } from '@app/event-store';
import { assertNever } from '@app/kernel';
import type { Projection, Tx } from '@app/read-store';
import { ORGANISATION_EVENT_TYPES, type OrganisationEvent } from '../application/event-types';
import type { CategoryEvent } from '../domain/category.events';
import type { PersonEvent } from '../domain/person.events';
import type { PostEvent } from '../domain/post.events';
import type { UnitEvent } from '../domain/unit.events';
import { initialsOf } from './initials';

/** One statement and its parameters: what an event changes, without touching a database. */
export type Change = readonly [sql: string, parameters: readonly unknown[]];

const unitChanges = (event: UnitEvent, revision: bigint): readonly Change[] => {
  switch (event.type) {
    case 'UnitEstablished': {
      const { unitId, name, synonyms, kind, parentId, path, from } = event.data;
      return [
        [
          `insert into org_unit (id, name, synonyms, initials, kind, parent_id, path, status, from_date, revision)
           values ($1, $2, $3, $4, $5, $6, $7, 'active', $8, $9)`,
          [unitId, name, synonyms, initialsOf(name), kind, parentId, path, from, revision],
        ],
        ['insert into org_unit_name (unit_id, from_date, name) values ($1, $2, $3)', [unitId, from, name]],
      ];
    }
    case 'UnitRenamed': {
      const { unitId, name, formerName, from } = event.data;
      return [
        [
          `update org_unit set name = $2, initials = $3, synonyms = array_append(array_remove(synonyms, $4), $4), revision = $5 where id = $1`,
          [unitId, name, initialsOf(name), formerName, revision],
        ],
        [
          `insert into org_unit_name (unit_id, from_date, name) values ($1, $2, $3)
           on conflict (unit_id, from_date) do update set name = excluded.name`,
          [unitId, from, name],
        ],
      ];
    }
    case 'UnitSynonymsGiven':
      return [['update org_unit set synonyms = $2, revision = $3 where id = $1', [event.data.unitId, event.data.synonyms, revision]]];
    case 'UnitMoved': {
      const { unitId, parentId, path, formerPath } = event.data;
      return [
        ['update org_unit set parent_id = $2, revision = $3 where id = $1', [unitId, parentId, revision]],
        [
          `update org_unit set path = $1 || substr(path, length($2) + 1) where path = $2 or starts_with(path, $2 || '/')`,
          [path, formerPath],
        ],
      ];
    }
    case 'UnitMerged': {
      const { unitId, path, into, intoPath, from } = event.data;
      return [
        [
          `update org_unit set status = 'merged', merged_into = $2, to_date = ($3::date - 1), revision = $4 where id = $1`,
          [unitId, into, from, revision],
        ],
        // What stood below it stands below its successor; the merged unit itself keeps its place in history.
        ['update org_unit set parent_id = $2 where parent_id = $1', [unitId, into]],
        [`update org_unit set path = $1 || substr(path, length($2) + 1) where starts_with(path, $2 || '/')`, [intoPath, path]],
      ];
    }
    case 'UnitDissolved':
      return [
        [
          `update org_unit set status = 'dissolved', to_date = ($2::date - 1), revision = $3 where id = $1`,
          [event.data.unitId, event.data.from, revision],
        ],
      ];
    default:
      return assertNever(event);
  }
};

const personChanges = (event: PersonEvent, revision: bigint): readonly Change[] => {
  const seen: Change = ['update org_person set revision = $2 where id = $1', [event.data.personId, revision]];
  switch (event.type) {
    case 'PersonRegistered':
    case 'PersonCorrected': {
      const { personId, name, phone } = event.data;
      return [
        [
          `insert into org_person (id, name, initials, phone_masked, phone_sealed, revision) values ($1, $2, $3, $4, $5, $6)
           on conflict (id) do update set name = excluded.name, initials = excluded.initials, phone_masked = excluded.phone_masked,
             phone_sealed = excluded.phone_sealed, revision = excluded.revision`,
          [personId, name, initialsOf(name, 'person'), phone?.masked ?? null, phone?.sealed ?? null, revision],
        ],
      ];
    }
    case 'Seconded': {
      const { personId, fromUnit, toUnit, from, to } = event.data;
      return [
        seen,
        [
          `insert into org_secondment (person_id, from_unit, to_unit, from_date, to_date) values ($1, $2, $3, $4, $5)
           on conflict (person_id, to_unit, from_date) do update set from_unit = excluded.from_unit, to_date = excluded.to_date`,
          [personId, fromUnit, toUnit, from, to],
        ],
      ];
    }
    case 'SecondmentEnded': {
      const { personId, toUnit, from, to } = event.data;
      return [
        seen,
        ['update org_secondment set to_date = $4 where person_id = $1 and to_unit = $2 and from_date = $3', [personId, toUnit, from, to]],
      ];
    }
    case 'PutInCharge': {
      const { personId, unitId, from, to } = event.data;
      return [
        seen,
        [
          `insert into org_responsibility (person_id, unit_id, from_date, to_date) values ($1, $2, $3, $4)
           on conflict (person_id, unit_id, from_date) do update set to_date = excluded.to_date`,
          [personId, unitId, from, to],
        ],
      ];
    }
    case 'ChargeEnded': {
      const { personId, unitId, from, to } = event.data;
      return [
        seen,
        [
          'update org_responsibility set to_date = $4 where person_id = $1 and unit_id = $2 and from_date = $3',
          [personId, unitId, from, to],
        ],
      ];
    }
    default:
      return assertNever(event);
  }
};

const tenure = (
  table: 'org_holding' | 'org_substitute',
  data: { postId: string; personId: string; from: string; to: string | null },
): Change => [
  `insert into ${table} (post_id, person_id, from_date, to_date) values ($1, $2, $3, $4)
   on conflict (post_id, person_id, from_date) do update set to_date = excluded.to_date`,
  [data.postId, data.personId, data.from, data.to],
];

const postChanges = (event: PostEvent, revision: bigint): readonly Change[] => {
  const seen: Change = ['update org_post set revision = $2 where id = $1', [event.data.postId, revision]];
  switch (event.type) {
    case 'PostCreated': {
      const { postId, unitId, title, roles, receives } = event.data;
      return [
        [
          'insert into org_post (id, unit_id, title, roles, receives, revision) values ($1, $2, $3, $4, $5, $6)',
          [postId, unitId, title, roles, receives, revision],
        ],
      ];
    }
    case 'PostChanged': {
      const { postId, title, roles, receives } = event.data;
      return [
        [
          'update org_post set title = $2, roles = $3, receives = $4, revision = $5 where id = $1',
          [postId, title, roles, receives, revision],
        ],
      ];
    }
    case 'PostHeld':
    case 'PostVacated':
      return [seen, tenure('org_holding', event.data)];
    case 'SubstituteNamed':
    case 'SubstituteReleased':
      return [seen, tenure('org_substitute', event.data)];
    case 'PostClosed':
      return [seen, ['update org_post set closed_after = $2 where id = $1', [event.data.postId, event.data.lastDay]]];
    default:
      return assertNever(event);
  }
};

const categoryChanges = (event: CategoryEvent, revision: bigint): readonly Change[] => {
  const seen: Change = ['update org_category set revision = $2 where code = $1', [event.data.code, revision]];
  switch (event.type) {
    case 'CategoryDefined':
    case 'CategoryChanged': {
      const { code, name, parent, evidenceKinds } = event.data;
      return [
        [
          `insert into org_category (code, name, initials, parent, evidence_kinds, revision) values ($1, $2, $3, $4, $5, $6)
           on conflict (code) do update set name = excluded.name, initials = excluded.initials, parent = excluded.parent,
             evidence_kinds = excluded.evidence_kinds, revision = excluded.revision`,
          [code, name, initialsOf(name), parent, evidenceKinds, revision],
        ],
      ];
    }
    case 'DepartmentMadeResponsible': {
      const { code, version, unitId, duty, leads, from, to } = event.data;
      return [
        seen,
        [
          'insert into org_category_rule (code, version, unit_id, duty, leads, from_date, to_date) values ($1, $2, $3, $4, $5, $6, $7)',
          [code, version, unitId, duty, leads, from, to],
        ],
      ];
    }
    case 'CategoryRetired':
      return [seen, ['update org_category set retired_after = $2 where code = $1', [event.data.code, event.data.lastDay]]];
    default:
      return assertNever(event);
  }
};

const isUnitEvent = (event: OrganisationEvent): event is UnitEvent => event.type.startsWith('Unit');
const isPostEvent = (event: OrganisationEvent): event is PostEvent => event.type.startsWith('Post') || event.type.startsWith('Substitute');
const isCategoryEvent = (event: OrganisationEvent): event is CategoryEvent =>
  event.type.startsWith('Category') || event.type === 'DepartmentMadeResponsible';

export const changesOf = (event: OrganisationEvent, revision: bigint): readonly Change[] => {
  if (isUnitEvent(event)) return unitChanges(event, revision);
  if (isPostEvent(event)) return postChanges(event, revision);
  return isCategoryEvent(event) ? categoryChanges(event, revision) : personChanges(event, revision);
};

/** The tables behind the directory. */
export const organisationProjection: Projection = {
  name: 'organisation',
  version: 1,
  handles: Object.keys(ORGANISATION_EVENT_TYPES),
  tables: [
    'org_unit',
    'org_unit_name',
    'org_person',
    'org_post',
    'org_holding',
    'org_substitute',
    'org_secondment',
    'org_responsibility',
    'org_category',
    'org_category_rule',
    'org_version',
  ],
  apply: async (events: readonly RecordedEvent[], tx: Tx): Promise<void> => {
    for (const { type, data, revision } of events) {
      for (const [sql, parameters] of changesOf({ type, data } as OrganisationEvent, revision)) await tx.query(sql, [...parameters]);
    }
    const last = events.at(-1);
    if (last === undefined) return;
    await tx.query(
      `insert into org_version ("position") values ($1) on conflict (only_row) do update set "position" = excluded."position"`,
      [last.position],
    );
  },
};
