type Unit = Readonly<{ id: string; name: string }>;
type Known = Readonly<{
  legs: readonly Readonly<{ unit: Unit; duty: 'acts' | 'guides' }>[];
  turns: readonly Readonly<{ unit: Unit }>[];
}>;
export type Addressee = Unit & Readonly<{ chosen: boolean }>;

/** Out of the count: nothing can be asked of anybody any more. */
export const ENDED: ReadonlySet<string> = new Set(['dismissed', 'withdrawn', 'linked']);

/** Those that act first and chosen; then those that guide, then whoever's turn it is. Before the transfer that is the office alone. */
export const addressees = ({ legs, turns }: Known): readonly Addressee[] => {
  const acting = legs.filter(({ duty }) => duty === 'acts').map(({ unit }) => unit);
  const others = [...legs.filter(({ duty }) => duty === 'guides'), ...turns].map(({ unit }) => unit);
  const all = [...acting.map((unit) => ({ ...unit, chosen: true })), ...others.map((unit) => ({ ...unit, chosen: acting.length === 0 }))];
  return all.filter(({ id }, at) => all.findIndex((one) => one.id === id) === at);
};
