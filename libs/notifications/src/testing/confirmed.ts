import type { PersonId } from '@app/kernel';
import type { DataSource } from 'typeorm';
import type { Choices } from '../application/choices';
import type { Choice } from '../domain/choice';

/** A first choice with an address whose code was entered, as if its letter had arrived. */
export const chooseAndConfirm = async (
  choices: Choices,
  database: DataSource,
  personId: PersonId,
  wanted: Readonly<{ choice: Choice; address: string }>,
): Promise<void> => {
  await choices.choose(personId, wanted, 0n);
  await choices.confirm(personId, (await choices.codeToSend(personId))?.code ?? '');
  await database.query("delete from outbox where channel = 'confirmation'");
};
