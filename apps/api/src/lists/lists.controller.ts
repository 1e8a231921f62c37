import { coresOf, identities, provenanceOf } from '@app/imports';
import { Clock, idFrom, localDateOf, type CommandId, type FindingId, type ListId } from '@app/kernel';
import { ListReader, type ListRow, type RowContent } from '@app/lists';
import { Body, Controller, Delete, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Subjects } from '../findings/subjects';
import { notFound } from '../platform/problem';
import { InWriting, type Writing } from '../platform/writing';
import { Access } from '../security/access';
import { ListDesk, type ListAnswer } from './list-desk';
import {
  amendRequest,
  correctRowRequest,
  draftRequest,
  listId,
  plainRequest,
  reasonRequest,
  rowId,
  rowsRequest,
  type Body as Of,
} from './list.requests';

const OFFICE = ['office', 'office-head'] as const;

/** 问题清单: drafted, filled, issued; later rows make numbered supplements. */
@ApiTags('lists 清单')
@Controller('lists')
export class ListsController {
  constructor(
    private readonly desk: ListDesk,
    private readonly reader: ListReader,
    private readonly subjects: Subjects,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Access({ roles: OFFICE, note: 'draft a list 拟清单' })
  draft(@Body({ schema: draftRequest }) body: Of<typeof draftRequest>, @InWriting() writing: Writing): Promise<ListAnswer> {
    const id = idFrom(writing.commandId, 'list') as ListId;
    const { on, title, source, listDate, issuingUnitId } = body;
    const data = {
      listId: id,
      title,
      source,
      listDate: listDate ?? localDateOf(this.clock.now()),
      issuingUnitId: issuingUnitId ?? writing.by.unitId,
    };
    return this.desk.send(id, { type: 'DraftList', data }, writing, on);
  }

  @Patch(':id')
  @Access({ roles: OFFICE, note: 'amend a draft list 修改清单' })
  amend(
    @Param('id', { schema: listId }) id: ListId,
    @Body({ schema: amendRequest }) { on, changes }: Of<typeof amendRequest>,
    @InWriting() writing: Writing,
  ): Promise<ListAnswer> {
    return this.desk.send(id, { type: 'AmendList', data: { changes: present(changes) } }, writing, on);
  }

  /** A draft is given up; what was issued cannot be. */
  @Delete(':id')
  @Access({ roles: OFFICE, note: 'discard a draft list 作废清单' })
  discard(
    @Param('id', { schema: listId }) id: ListId,
    @Body({ schema: reasonRequest }) { on, reason }: Of<typeof reasonRequest>,
    @InWriting() writing: Writing,
  ): Promise<ListAnswer> {
    return this.desk.send(id, { type: 'DiscardList', data: { reason } }, writing, on);
  }

  /** Rows the list, or another one, has already are left out. */
  @Post(':id/rows')
  @Access({ roles: OFFICE, note: 'add rows to a list 清单加行' })
  async add(
    @Param('id', { schema: listId }) id: ListId,
    @Body({ schema: rowsRequest }) { on, rows }: Of<typeof rowsRequest>,
    @InWriting() writing: Writing,
  ): Promise<ListAnswer> {
    const { state } = await this.reader.load(id);
    if (state.status === 'absent') throw notFound();
    const frames = rows.map(({ number, category, subject, place, text }) => ({
      ...coresOf({ number, category, subject: { kind: 'other', name: subject.name }, placeText: place.text, text }),
      source: null,
      batch: null,
    }));
    const ids = identities(frames, provenanceOf(state.source));
    const listRows: ListRow[] = [];
    for (const [i, { subject, townIds, ...row }] of rows.entries()) {
      const identity = ids[i] ?? '';
      const content: RowContent = {
        ...row,
        subject: await this.subjects.seal(subject, idFrom(writing.commandId, 'row', i) as CommandId),
        townIds: townIds ?? [row.place.townId],
        quoted: [],
      };
      listRows.push({ ...content, rowId: identity, findingId: idFrom('finding', id, identity) as FindingId, fingerprint: null });
    }
    return this.desk.send(id, { type: 'AddRows', data: { rows: listRows } }, writing, on);
  }

  @Patch(':id/rows/:rowId')
  @Access({ roles: OFFICE, note: 'correct a row of a list 更正清单行' })
  correct(
    @Param('id', { schema: listId }) id: ListId,
    @Param('rowId', { schema: rowId }) row: string,
    @Body({ schema: correctRowRequest }) { on, changes, reason }: Of<typeof correctRowRequest>,
    @InWriting() writing: Writing,
  ): Promise<ListAnswer> {
    const data = { rowId: row, reason, changes: present(changes) };
    return this.desk.send(id, { type: 'CorrectRow', data }, writing, on);
  }

  @Delete(':id/rows/:rowId')
  @Access({ roles: OFFICE, note: 'remove a row of a list 删除清单行' })
  remove(
    @Param('id', { schema: listId }) id: ListId,
    @Param('rowId', { schema: rowId }) row: string,
    @Body({ schema: reasonRequest }) { on, reason }: Of<typeof reasonRequest>,
    @InWriting() writing: Writing,
  ): Promise<ListAnswer> {
    return this.desk.send(id, { type: 'RemoveRow', data: { rowId: row, reason } }, writing, on);
  }

  /** 印发: freezes the rows, accepts, transfers and dates every complete one (R27). */
  @Put(':id/issue')
  @Access({ roles: OFFICE, note: 'issue a list 印发清单' })
  issue(
    @Param('id', { schema: listId }) id: ListId,
    @Body({ schema: plainRequest }) { on }: Of<typeof plainRequest>,
    @InWriting() writing: Writing,
  ): Promise<ListAnswer> {
    return this.desk.send(id, { type: 'IssueList' }, writing, on);
  }

  /** 补充清单: the rows that came after the issuing. */
  @Post(':id/supplements')
  @HttpCode(201)
  @Access({ roles: OFFICE, note: 'issue a supplement 印发补充清单' })
  supplement(
    @Param('id', { schema: listId }) id: ListId,
    @Body({ schema: plainRequest }) { on }: Of<typeof plainRequest>,
    @InWriting() writing: Writing,
  ): Promise<ListAnswer> {
    return this.desk.send(id, { type: 'IssueSupplement', data: {} }, writing, on);
  }
}

/** Without the fields that were left out of the request: they say nothing, null says "none". */
type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const present = <T extends object>(changes: T): Present<T> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Present<T>;
