import { statusOfRefusal } from '../../apps/api/src/platform/refusal-status';
import { BULLETIN_ERRORS } from '../../libs/bulletins/src/domain/bulletin.errors';
import { CALENDAR_ERRORS } from '../../libs/calendar/src/domain/calendar.errors';
import { CARRY_OVER_ERRORS } from '../../libs/carry-overs/src/domain/carry-over.errors';
import { ESCALATION_ERRORS } from '../../libs/escalation/src/domain/escalation.errors';
import { EVIDENCE_ERRORS } from '../../libs/evidence/src/evidence.errors';
import { FINDING_ERRORS } from '../../libs/findings/src/domain/finding.errors';
import { IDENTITY_ERRORS } from '../../libs/identity/src/domain/identity.errors';
import { IMPORT_ERRORS } from '../../libs/imports/src/domain/import.errors';
import type { Bilingual } from '../../libs/kernel/src';
import { INSPECTION_ERRORS } from '../../libs/inspections/src/domain/inspection.errors';
import { LIST_ERRORS } from '../../libs/lists/src/domain/list.errors';
import { NOTICE_ERRORS } from '../../libs/notices/src/domain/notice.errors';
import { DIRECTORY_ERRORS } from '../../libs/organisation/src/directory/directory.errors';
import { ORGANISATION_ERRORS } from '../../libs/organisation/src/domain/organisation.errors';
import { PLACEHOLDER_ERRORS } from '../../libs/placeholders/src/domain/placeholder.errors';
import { PRIVACY_ERRORS } from '../../libs/privacy/src/domain/subject.errors';
import { ROUND_TRIP_ERRORS } from '../../libs/round-trip/src/domain/round-trip.errors';
import { SELECTION_ERRORS } from '../../libs/selections/src/domain/selection.errors';
import { SUPERVISION_ERRORS } from '../../libs/supervision/src/domain/supervision.errors';

const TABLES: readonly Readonly<Record<string, Bilingual>>[] = [
  BULLETIN_ERRORS,
  CALENDAR_ERRORS,
  CARRY_OVER_ERRORS,
  DIRECTORY_ERRORS,
  ESCALATION_ERRORS,
  EVIDENCE_ERRORS,
  FINDING_ERRORS,
  IDENTITY_ERRORS,
  IMPORT_ERRORS,
  INSPECTION_ERRORS,
  LIST_ERRORS,
  NOTICE_ERRORS,
  ORGANISATION_ERRORS,
  PLACEHOLDER_ERRORS,
  PRIVACY_ERRORS,
  ROUND_TRIP_ERRORS,
  SELECTION_ERRORS,
  SUPERVISION_ERRORS,
];
const refusals = TABLES.flatMap((table) => Object.entries(table));

describe('Every refusal of every context', () => {
  it('has a code of its own', () => {
    const codes = refusals.map(([code]) => code);
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toStrictEqual([]);
    expect(codes.filter((code) => !/^[a-z]+(-[a-z0-9]+)*$/.test(code))).toStrictEqual([]);
  });

  it('has a sentence in Chinese and one in English, with the same blanks to fill', () => {
    const blanks = (text: string): string => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
    const wrong = refusals.filter(
      ([, { zh, en }]) => !/\p{Script=Han}/u.test(zh) || !/^\W?[A-Z{]/.test(en) || /\p{Script=Han}/u.test(en) || blanks(zh) !== blanks(en),
    );
    expect(wrong).toStrictEqual([]);
  });

  it('is told over HTTP as the asker’s to settle, never as a failure', () => {
    const statuses = new Set(refusals.map(([code]) => statusOfRefusal(code)));
    expect([...statuses].filter((status) => ![401, 403, 404, 409, 410, 413, 415, 422, 429].includes(status))).toStrictEqual([]);
  });
});
