import { createHash } from 'node:crypto';
import { Imports, LIMITS, NO_OPTIONS, rejectedSheet, type ImportJob, type ImportOptions, type ImportRow } from '@app/imports';
import type { Actor } from '@app/kernel';
import type { RowContent, RowSubject } from '@app/lists';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { FormBody } from '../platform/api-document';
import { fileNameOf, fileRequired, formFields } from '../platform/form';
import { notFound, ProblemError } from '../platform/problem';
import { keyReused } from '../platform/idempotency';
import { InWriting, type Writing } from '../platform/writing';
import { Access, CurrentActor } from '../security/access';
import { commitRequest, importId, mappingRequest, rowsQuery, uploadFields, type Body as Of } from './import.requests';

const OFFICE = ['office', 'office-head'] as const;
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What is told of an import: never who else imports, and nothing of the file but what was understood. */
export type ImportAnswer = Omit<ImportJob, 'actor' | 'unitId'> & Readonly<{ committedBefore: string | null }>;
/** Of a row with errors the cells, persons masked and personal numbers replaced; of the others what was understood. */
export type ImportRowShown = Omit<ImportRow, 'numberCore' | 'contentCore' | 'fingerprint' | 'cells' | 'content'> &
  Readonly<{
    content: (Omit<RowContent, 'subject'> & Readonly<{ subject: Omit<RowSubject, 'sealed'> }>) | null;
    cells: readonly string[] | null;
  }>;
export type ImportRowsShown = Readonly<{ rows: readonly ImportRowShown[]; next: number | null }>;

/** Lists as files: looked at first, then committed to a draft list. */
@ApiTags('imports 导入')
@Controller('imports')
export class ImportsController {
  constructor(private readonly imports: Imports) {}

  /** multipart/form-data: first the plain fields, then `file` (.xlsx or .csv). Reading goes on behind. */
  @Post()
  @HttpCode(202)
  @FormBody(uploadFields)
  @Access({ roles: OFFICE, note: 'upload a list to import 上传清单' })
  async upload(@Req() request: FastifyRequest, @InWriting() { by, commandId }: Writing): Promise<ImportAnswer> {
    const part = request.isMultipart() ? await request.file({ limits: { fileSize: LIMITS.fileBytes } }) : undefined;
    if (part === undefined) throw fileRequired();
    const bytes = await part.toBuffer();
    const { listId, ...said } = fieldsOf(part.fields);
    const options: ImportOptions = {
      ...NO_OPTIONS,
      sheet: said.sheet ?? null,
      listDate: said.listDate ?? null,
      kind: said.kind,
      source:
        said.sourceName === undefined
          ? null
          : {
              kind: said.sourceKind ?? 'inspection',
              name: said.sourceName,
              batch: said.batch ?? null,
              documentNumber: said.documentNumber ?? null,
            },
    };
    const job = await this.imports.receive(bytes, fileNameOf(part.filename), options, by, commandId, listId ?? null);
    // A repeated key answers with the first import: another file under it was not taken.
    if (job.fileHash !== createHash('sha256').update(bytes).digest('hex')) throw keyReused();
    return this.answer(job);
  }

  @Get()
  @Access({ roles: OFFICE, note: 'imports of the own unit 本单位的导入' })
  async all(@CurrentActor() by: Actor): Promise<Readonly<{ imports: readonly ImportAnswer[] }>> {
    return { imports: await Promise.all((await this.imports.list(by)).map((job) => this.answer(job))) };
  }

  /** State and progress; once read, how each column was understood. */
  @Get(':id')
  @Access({ roles: OFFICE, note: 'an import 导入预览' })
  async one(@Param('id', { schema: importId }) id: string, @CurrentActor() by: Actor): Promise<ImportAnswer> {
    return this.answer(await this.mustFind(id, by));
  }

  @Get(':id/rows')
  @Access({ roles: OFFICE, note: 'rows of an import 导入预览的行' })
  async rows(
    @Param('id', { schema: importId }) id: string,
    @Query({ schema: rowsQuery }) { after, limit, only }: Of<typeof rowsQuery>,
    @CurrentActor() by: Actor,
  ): Promise<ImportRowsShown> {
    const job = await this.mustFind(id, by);
    const rows = await this.imports.rows(id, after, limit, only);
    const cells = await this.imports.cellsOf(job, rows);
    return { rows: rows.map((row, i) => shown(row, cells[i] ?? null)), next: rows.length < limit ? null : (rows.at(-1)?.n ?? null) };
  }

  /** Corrections after the preview; the file is read again with them. */
  @Put(':id/mapping')
  @Access({ roles: OFFICE, note: 'correct how a file is read 更正列和单位' })
  async mapping(
    @Param('id', { schema: importId }) id: string,
    @Body({ schema: mappingRequest }) body: Of<typeof mappingRequest>,
    @InWriting() { by }: Writing,
  ): Promise<ImportAnswer> {
    const job = await this.mustFind(id, by);
    const { sheet, listDate, source, columns, units, categories, defaultCategory, defaultTown } = body;
    const { choices } = job.options;
    const changes: Partial<ImportOptions> = {
      ...(sheet === undefined ? {} : { sheet }),
      ...(listDate === undefined ? {} : { listDate }),
      ...(source === undefined ? {} : { source }),
      columns: { ...job.options.columns, ...columns },
      choices: {
        units: { ...choices.units, ...units },
        categories: { ...choices.categories, ...categories },
        defaultCategory: defaultCategory === undefined ? choices.defaultCategory : defaultCategory,
        defaultTown: defaultTown === undefined ? choices.defaultTown : defaultTown,
      },
    };
    return this.answer(await this.imports.reread(job, changes));
  }

  /** Rows without errors go into a list: an existing one, or a new draft. Goes on behind; rows with errors stay out. */
  @Post(':id/commit')
  @HttpCode(202)
  @Access({ roles: OFFICE, note: 'commit an import 提交导入' })
  async commit(
    @Param('id', { schema: importId }) id: string,
    @Body({ schema: commitRequest }) { listId, draft, confirmPersonal, carryOver }: Of<typeof commitRequest>,
    @InWriting() { by }: Writing,
  ): Promise<ImportAnswer> {
    const job = await this.mustFind(id, by);
    const stated = draft === undefined ? null : Object.fromEntries(Object.entries(draft).filter(([, v]) => v !== undefined));
    return this.answer(await this.imports.commit(job, { listId: listId ?? null, draft: stated, confirmPersonal, carryOver }, by));
  }

  @Delete(':id')
  @Access({ roles: OFFICE, note: 'cancel an import 取消导入' })
  async cancel(@Param('id', { schema: importId }) id: string, @InWriting() { by }: Writing): Promise<ImportAnswer> {
    return this.answer(await this.imports.cancel(await this.mustFind(id, by)));
  }

  /** The rows with errors as they were, with the reasons in a last column. */
  @Get(':id/rejected.xlsx')
  @Access({ roles: OFFICE, note: 'rows that stay out 下载未导入的行' })
  async rejected(@Param('id', { schema: importId }) id: string, @CurrentActor() by: Actor): Promise<StreamableFile> {
    const job = await this.mustFind(id, by);
    const bytes = await rejectedSheet(job, this.imports.rejected(id));
    return new StreamableFile(bytes, { type: SHEET_TYPE, disposition: `attachment; filename="rejected-${id}.xlsx"` });
  }

  private async mustFind(id: string, by: Actor): Promise<ImportJob> {
    const job = await this.imports.find(id, by);
    if (job === null) throw notFound();
    return job;
  }

  private async answer(job: ImportJob): Promise<ImportAnswer> {
    const before = await this.imports.committedBefore(job);
    const { actor: _actor, unitId: _unit, ...told } = job;
    return { ...told, committedBefore: before?.importId ?? null };
  }
}

const shown = (
  { numberCore: _number, contentCore: _content, fingerprint: _fingerprint, content, ...row }: ImportRow,
  cells: readonly string[] | null,
): ImportRowShown => {
  if (content === null) return { ...row, content, cells };
  const { sealed: _sealed, ...subject } = content.subject;
  return { ...row, content: { ...content, subject }, cells };
};

const fieldsOf = (parts: Readonly<Record<string, unknown>>): Of<typeof uploadFields> => {
  const read = uploadFields.safeParse(formFields(parts));
  if (read.success) return read.data;
  const issues = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ProblemError(400, 'invalid', { zh: '内容不符合要求，见 issues。', en: 'The content is not valid, see issues.' }, { issues });
};
