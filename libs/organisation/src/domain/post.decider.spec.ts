import type { Role } from '@app/kernel';
import { specFor } from '@app/testing';
import { act, day, personId, postId, unitId } from './organisation.fixtures';
import { postDecider } from './post.decider';
import type { PostEvent } from './post.events';

const given = specFor(postDecider);
const id = postId('po1');
const a = personId('a');
const b = personId('b');
const create = (roles: readonly Role[], title = '镇督查专员') => ({
  type: 'CreatePost' as const,
  data: { ...act, postId: id, unitId: unitId('town-a'), place: { path: 'pd/town-a', kind: 'town' as const }, title, roles, receives: true },
});
const created: PostEvent = {
  type: 'PostCreated',
  data: { ...act, postId: id, unitId: unitId('town-a'), title: '镇督查专员', roles: ['clerk'], receives: true },
};
const hold = (person = a, from = '2020-07-01', to: string | null = null) => ({
  type: 'HoldPost' as const,
  data: { ...act, personId: person, personKnown: true, from: day(from), to: to === null ? null : day(to) },
});
const held = (person = a, from = '2020-07-01', to: string | null = null): PostEvent => ({
  type: 'PostHeld',
  data: { ...act, postId: id, personId: person, from: day(from), to: to === null ? null : day(to) },
});
const named = (person: typeof a): PostEvent => ({
  type: 'SubstituteNamed',
  data: { ...act, postId: id, personId: person, from: day('2020-07-01'), to: null },
});
const substitute = (person = b, from = '2020-07-01', to: string | null = null) => ({
  ...hold(person, from, to),
  type: 'NameSubstitute' as const,
});
const vacate = (lastDay: string) => ({ type: 'VacatePost' as const, data: { ...act, personId: a, lastDay: day(lastDay) } });
const vacated = (from: string, to: string): PostEvent => ({
  type: 'PostVacated',
  data: { ...act, postId: id, personId: a, from: day(from), to: day(to) },
});

describe('a post', () => {
  it('is created in a unit with its roles, each once', () =>
    given()
      .when(create(['clerk', 'clerk']))
      .then(created));
  it('never carries the role of the product itself', () =>
    given()
      .when(create(['system']))
      .thenRejects('post-role-reserved'));
  it('keeps administration and audit apart from all other work', () => {
    given()
      .when(create(['admin', 'office']))
      .thenRejects('post-roles-incompatible');
    given()
      .when(create(['auditor', 'admin']))
      .thenRejects('post-roles-incompatible');
  });
  it('needs a title', () =>
    given()
      .when(create(['clerk'], ' '))
      .thenRejects('post-title-missing'));
  it('needs an active unit', () =>
    given()
      .when({ ...create(['clerk']), data: { ...create(['clerk']).data, place: null } })
      .thenRejects('unit-not-active'));
  it('is held by one person at a time', () => {
    given(created).when(hold()).then(held());
    given(created, held()).when(hold(b, '2020-08-01')).thenRejects('post-held');
    given(created, held(a, '2020-07-01', '2020-07-31'))
      .when(hold(b, '2020-08-01'))
      .then(held(b, '2020-08-01'));
  });
  it('is quiet about the same holding', () => given(created, held()).when(hold()).thenNothing());
  it('is held only by a registered person', () =>
    given(created)
      .when({ ...hold(), data: { ...hold().data, personKnown: false } })
      .thenRejects('person-absent'));
  it('is vacated with a last day, and quietly so when it was already', () => {
    given(created, held()).when(vacate('2020-07-31')).then(vacated('2020-07-01', '2020-07-31'));
    given(created, held(), vacated('2020-07-01', '2020-07-31')).when(vacate('2020-07-31')).thenNothing();
  });
  it('vacated before its first day was never held and is free for another', () =>
    given(created, held(), vacated('2020-07-01', '2020-06-30')).when(hold(b)).then(held(b)));
  it('has substitutes besides its holder, who cannot be their own', () => {
    given(created, held()).when(substitute()).then(named(b));
    given(created, held()).when(substitute(a)).thenRejects('post-own-substitute');
    given(created, named(b)).when(substitute(b, '2020-08-01')).thenRejects('substitute-overlaps');
  });
  it('releases a substitute', () =>
    given(created, named(b))
      .when({ type: 'ReleaseSubstitute', data: { ...act, personId: b, lastDay: day('2020-07-31') } })
      .then({ type: 'SubstituteReleased', data: { ...act, postId: id, personId: b, from: day('2020-07-01'), to: day('2020-07-31') } }));
  it('changes its roles', () =>
    given(created)
      .when({ type: 'ChangePost', data: { ...act, title: '镇督查专员', roles: ['deputy'], receives: true } })
      .then({ type: 'PostChanged', data: { ...act, postId: id, title: '镇督查专员', roles: ['deputy'], receives: true } }));
  it('takes nobody once it is closed', () => {
    const closed: PostEvent = { type: 'PostClosed', data: { ...act, postId: id, lastDay: day('2020-07-31') } };
    given(created)
      .when({ type: 'ClosePost', data: { ...act, lastDay: day('2020-07-31') } })
      .then(closed);
    given(created, closed).when(hold()).thenRejects('post-closed');
  });
});
