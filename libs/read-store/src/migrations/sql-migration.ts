import type { MigrationInterface, QueryRunner } from 'typeorm';

export type MigrationClass = new () => MigrationInterface;

/**
 * A migration of plain SQL. TypeORM orders migrations by the last 13 digits of their names; here those are the number.
 * There is no way back: read models are rebuilt, the truth is only ever added to.
 */
export const sqlMigration = (number: number, title: string, sql: string): MigrationClass =>
  class implements MigrationInterface {
    readonly name = `${title}-${String(number).padStart(13, '0')}`;

    async up(queryRunner: QueryRunner): Promise<void> {
      await queryRunner.query(sql);
    }

    async down(): Promise<void> {
      throw new Error(`${this.name} cannot be undone`);
    }
  };
