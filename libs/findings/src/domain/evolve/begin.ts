import type { LegId } from '@app/kernel';
import type { FindingFiled, FindingTransferred } from '../finding.events';
import type { Assignment, FindingState, Leg } from '../finding.state';
import { startStages } from './clocks';
import { freshLeg } from './parts';

export const filed = (data: FindingFiled['data']): FindingState => ({
  phase: 'filed',
  core: {
    number: data.number,
    kind: data.kind,
    source: data.source,
    teamId: data.teamId,
    filedBy: data.by,
    filedAt: data.at,
    place: data.place,
    subject: data.subject,
    category: data.category,
    text: data.text,
    basis: data.basis,
    suggestedMeasure: data.suggestedMeasure,
    manner: data.manner,
    seriousness: data.seriousness,
    responsibleUnitId: data.responsibleUnitId,
    projectOwnerId: data.projectOwnerId,
    selfFound: data.selfFound,
    upper: data.upper,
    upperDue: data.upper?.due ?? null,
    upperCleared: false,
    upperAnswers: [],
    list: data.list,
    parentId: data.parentId,
    relapseOf: data.relapseOf,
    children: [],
    items: data.items.map((item) => ({ ...item, answer: 'open', basis: null })),
    evidence: {},
    instructions: [],
    deadlines: { triage: { key: 'triage', kind: 'triage', legId: null, unitId: data.teamId, due: data.triageDue } },
    knocked: {},
    lookedBack: [],
  },
});

export const transferred = (state: FindingState, data: FindingTransferred['data']): FindingState => {
  if (state.phase !== 'accepted') return state;
  const { legs, assisting, copies, independent, at } = data;
  // A planned leg has no clock before its delivery, which follows in the same batch and replaces this shape.
  const none = { at, day: data.on, source: 'rule', provisional: false, calendarVersion: '', steps: [] } as const;
  const planned = legs.map((plan): [LegId, Leg] => [plan.legId, freshLeg(plan, none, at)]);
  const work: Assignment = {
    rectification: state.rectification,
    stages: state.stages,
    legs: Object.fromEntries(planned),
    assisting,
    copies,
    independent,
    returnedBy: [],
    rectifiers: { units: [], persons: [] },
    verified: null,
  };
  return { phase: 'assigned', core: startStages(state.core, state.stages), work };
};
