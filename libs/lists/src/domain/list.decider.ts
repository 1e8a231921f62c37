import { assertNever, localDateOf, stampOf, type Act, type Decider } from '@app/kernel';
import type { ListCommand } from './list.commands';
import { reject } from './list.errors';
import type { ListEvent } from './list.events';
import { absent, evolve, waitingRows, type ListState } from './list.state';
import type { ListSource } from './list.types';

type Present = Exclude<ListState, { status: 'absent' }>;

const actOf = ({ at, on, by }: ListCommand): Act => ({ at, on, by: stampOf(by) });
const mustBeIssuer = (command: ListCommand, unitId: string): void => {
  const office = command.by.roles.some((role) => role === 'office' || role === 'office-head');
  if (!office || command.by.unitId !== unitId) reject('list-not-yours');
};
/** The list exists, was not given up, and is the actor's to work on. */
const mustBeOpen = (command: ListCommand, state: ListState): Exclude<Present, { status: 'discarded' }> => {
  if (state.status === 'absent') return reject('list-not-found');
  mustBeIssuer(command, state.issuingUnitId);
  return state.status === 'discarded' ? reject('list-discarded') : state;
};
const mustBeFit = (source: ListSource): void => {
  // Authority, batch and number together name an upper-level row for good (R23).
  if (source.kind === 'upper' && (source.batch ?? '').trim() === '') reject('upper-needs-batch');
};
const mustBeRow = (state: Present, rowId: string): void => {
  if (!state.rows.has(rowId)) reject('row-not-found');
  if (state.frozen.has(rowId)) reject('row-issued');
};

const decide = (command: ListCommand, state: ListState): readonly ListEvent[] => {
  const act = actOf(command);
  switch (command.type) {
    case 'DraftList': {
      const { listId, title, issuingUnitId, source, listDate } = command.data;
      if (state.status !== 'absent') return reject('list-already-drafted');
      mustBeIssuer(command, issuingUnitId);
      if (title.trim() === '') return reject('list-title-required');
      if (listDate > localDateOf(command.at)) return reject('list-date-in-future');
      mustBeFit(source);
      return [{ type: 'ListDrafted', data: { ...act, listId, title: title.trim(), issuingUnitId, source, listDate } }];
    }
    case 'AmendList': {
      const known = mustBeOpen(command, state);
      if (known.status === 'issued') return reject('list-issued');
      const { changes } = command.data;
      if (changes.title?.trim() === '') return reject('list-title-required');
      if (changes.listDate !== undefined && changes.listDate > localDateOf(command.at)) return reject('list-date-in-future');
      if (changes.source !== undefined) mustBeFit(changes.source);
      return [{ type: 'ListAmended', data: { ...act, changes } }];
    }
    case 'AddRows': {
      const known = mustBeOpen(command, state);
      const fresh = new Map(command.data.rows.filter((row) => !known.rows.has(row.rowId)).map((row) => [row.rowId, row]));
      const rows = [...fresh.values()];
      if (rows.some((row) => row.text.trim() === '')) return reject('row-text-required');
      if (rows.some((row) => row.foundOn !== null && row.foundOn > localDateOf(command.at))) return reject('row-date-in-future');
      return rows.length === 0 ? [] : [{ type: 'RowsAdded', data: { ...act, rows } }];
    }
    case 'CorrectRow': {
      const known = mustBeOpen(command, state);
      const { rowId, changes, reason } = command.data;
      mustBeRow(known, rowId);
      if (reason.trim() === '') return reject('list-reason-required');
      if (changes.text?.trim() === '') return reject('row-text-required');
      if ((changes.foundOn ?? '') > localDateOf(command.at)) return reject('row-date-in-future');
      return [{ type: 'RowCorrected', data: { ...act, rowId, changes, reason: reason.trim() } }];
    }
    case 'RemoveRow': {
      const known = mustBeOpen(command, state);
      const { rowId, reason } = command.data;
      mustBeRow(known, rowId);
      if (reason.trim() === '') return reject('list-reason-required');
      return [{ type: 'RowRemoved', data: { ...act, rowId, reason: reason.trim() } }];
    }
    case 'IssueList': {
      const known = mustBeOpen(command, state);
      if (known.status === 'issued') return reject('list-issued');
      const { number } = command.data;
      if (number.trim() === '') return reject('list-number-required');
      if (known.rows.size === 0) return reject('list-empty');
      return [{ type: 'ListIssued', data: { ...act, listId: known.listId, number, rowIds: [...known.rows] } }];
    }
    case 'IssueSupplement': {
      const known = mustBeOpen(command, state);
      if (known.status !== 'issued') return reject('list-not-issued');
      const rowIds = waitingRows(known);
      if (rowIds.length === 0) return reject('list-empty');
      const supplement = known.supplements + 1;
      const number = `${known.number}（补${String(supplement)}）`;
      return [{ type: 'SupplementIssued', data: { ...act, listId: known.listId, supplement, number, rowIds } }];
    }
    case 'DiscardList': {
      if (state.status === 'discarded') return [];
      const known = mustBeOpen(command, state);
      if (known.status === 'issued') return reject('list-issued');
      if (command.data.reason.trim() === '') return reject('list-reason-required');
      return [{ type: 'ListDiscarded', data: { ...act, reason: command.data.reason.trim() } }];
    }
    default:
      return assertNever(command);
  }
};

export const listDecider: Decider<ListState, ListCommand, ListEvent> = { initial: absent, decide, evolve };
