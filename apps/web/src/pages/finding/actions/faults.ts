import zh from '../../../i18n/zh/actions.json';
import { textsOf } from '../../../i18n/texts';
import type { FindingsReadingDetailResponse } from '../../../api/generated/types.gen';
import { many, one, rows, type FieldSpec, type Row, type Values } from './fields';

const t = textsOf(zh);
type Evidence = FindingsReadingDetailResponse['evidence'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Fields that are asked with what was entered so far. */
export const askedFields = (fields: readonly FieldSpec[], values: Values): readonly FieldSpec[] =>
  fields.filter(({ when }) => when?.(values) ?? true);

const rowIsEmpty = (row: Row): boolean => Object.values(row).every((value) => value.trim() === '');

const faultOf = (field: FieldSpec, values: Values, evidence: Evidence): string | null => {
  const { name, label } = field;
  const isOptional = field.optional === true;
  switch (field.kind) {
    case 'text':
    case 'area':
      if (one(values, name) === '') return isOptional ? null : t('required', { label });
      return one(values, name).length > field.max ? t('tooLong', { n: field.max }) : null;
    case 'date':
      if (one(values, name) === '') return isOptional ? null : t('required', { label });
      return DAY.test(one(values, name)) ? null : t('notADay');
    case 'choice':
    case 'finding':
      return isOptional || one(values, name) !== '' ? null : t('choose', { label });
    case 'checks':
      return isOptional || many(values, name).length > 0 ? null : t('choose', { label });
    case 'unit':
      if (field.several !== undefined) return many(values, name).length >= field.several ? null : t('unitsAtLeast', { n: field.several });
      return isOptional || one(values, name) !== '' ? null : t('choose', { label });
    case 'evidence': {
      if (!field.proof) return isOptional || many(values, name).length > 0 ? null : t('choose', { label });
      const chosen = new Set(many(values, name));
      const proves = evidence.some(({ evidenceId, phase, removed }) => chosen.has(evidenceId) && phase !== 'before' && !removed);
      return proves ? null : t('proofRequired');
    }
    case 'people':
      return many(values, name).length >= field.atLeast ? null : t('peopleAtLeast', { n: field.atLeast });
    case 'lines':
      if (many(values, name).some((line) => line.length > field.max)) return t('tooLong', { n: field.max });
      return many(values, name).length >= field.atLeast ? null : t('linesAtLeast', { n: field.atLeast });
    case 'rows': {
      const filled = rows(values, name).filter((row) => !rowIsEmpty(row));
      if (filled.length < field.atLeast) return t('rowsAtLeast', { n: field.atLeast });
      const wrong = filled.findIndex((row) => Object.keys(faultsOf(field.columns, row, evidence)).length > 0);
      return wrong < 0 ? null : t('rowIncomplete', { n: wrong + 1 });
    }
    case 'answers': {
      const answered = rows(values, name).filter((row) => (row['answer'] ?? '') !== '');
      if (answered.length === 0) return t('answerOne');
      return answered.some((row) => row['answer'] !== 'done' && (row['basis'] ?? '').trim() === '') ? t('basisRequired') : null;
    }
  }
};

/** What is missing or wrong, by field; empty when the form can be sent. */
export const faultsOf = (fields: readonly FieldSpec[], values: Values, evidence: Evidence): Readonly<Record<string, string>> =>
  Object.fromEntries(
    askedFields(fields, values).flatMap((field) => {
      const fault = faultOf(field, values, evidence);
      return fault === null ? [] : [[field.name, fault]];
    }),
  );

/** Whether anything was entered that would be lost. */
export const isTouched = (values: Values, first: Values): boolean => JSON.stringify(values) !== JSON.stringify(first);
