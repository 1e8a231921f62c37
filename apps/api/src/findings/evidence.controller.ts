import { FindingReader, type EvidencePhase } from '@app/findings';
import { ServedCopies } from '@app/evidence';
import { type EvidenceId, type FindingId, type LegId } from '@app/kernel';
import { Body, Controller, Delete, Get, Param, Post, Req, StreamableFile, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { fileRequired, formFields } from '../platform/form';
import { FormBody } from '../platform/api-document';
import { notFound, ProblemError } from '../platform/problem';
import { InWriting, type Writing } from '../platform/writing';
import { Access, CurrentActor } from '../security/access';
import type { Actor } from '@app/kernel';
import { EvidenceDesk, type EvidenceAnswer } from './evidence-desk';
import { evidenceFields } from './evidence.requests';
import { FindingAccess } from './finding-access';
import { FindingDesk, type WriteAnswer } from './finding-desk';
import { day, findingId, text, uuid, type Body as Of } from './finding.requests';

const evidenceId = uuid<EvidenceId>();
const removal = z.strictObject({ reason: text(500), on: day.optional() });

/** Files that prove something: stored by their hash, shown only to those who may see the finding. */
@ApiTags('evidence 佐证')
@Controller('findings')
export class EvidenceController {
  constructor(
    private readonly desk: FindingDesk,
    private readonly access: FindingAccess,
    private readonly reader: FindingReader,
    private readonly evidence: EvidenceDesk,
    private readonly copies: ServedCopies,
  ) {}

  /** multipart/form-data: `phase`, optionally `legId` and `on`, then `file`. */
  @Post(':id/evidence')
  @FormBody(evidenceFields)
  @Access({ note: 'add evidence 上传佐证: whoever may know the finding' })
  async add(
    @Param('id', { schema: findingId }) id: FindingId,
    @Req() request: FastifyRequest,
    @InWriting() writing: Writing,
  ): Promise<EvidenceAnswer> {
    await this.access.mustKnow(id, writing.by);
    const upload = request.isMultipart() ? await request.file() : undefined;
    if (upload === undefined) throw fileRequired();
    const { phase, legId: leg, on } = await this.fieldsOf(upload.fields);
    const file = { name: upload.filename, content: upload.file, phase: phase satisfies EvidencePhase, legId: leg ?? null, on };
    return this.evidence.add(id, file, writing);
  }

  @Get(':id/evidence/:evidenceId')
  @Access({ note: 'download evidence 下载佐证: whoever may know the finding' })
  async download(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('evidenceId', { schema: evidenceId }) wanted: EvidenceId,
    @CurrentActor() by: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    await this.access.mustKnow(id, by);
    const { state } = await this.reader.load(id);
    const found = state.phase === 'absent' ? undefined : state.core.evidence[wanted];
    if (found === undefined || found.removed) throw notFound();
    void reply.headers({
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(found.name)}`;
    return new StreamableFile(await this.copies.open(found.hash, found.mediaType), { type: found.mediaType, disposition });
  }

  /** Uploaded by mistake: no longer served, its hash stays in the record. */
  @Delete(':id/evidence/:evidenceId')
  @Access({ note: 'remove evidence 移除佐证: who added it, or the office' })
  remove(
    @Param('id', { schema: findingId }) id: FindingId,
    @Param('evidenceId', { schema: evidenceId }) wanted: EvidenceId,
    @Body({ schema: removal }) { reason, on }: Of<typeof removal>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'RemoveEvidence', data: { evidenceId: wanted, reason } }, writing, { on });
  }

  private async fieldsOf(
    parts: Readonly<Record<string, unknown>>,
  ): Promise<{ phase: EvidencePhase; legId?: LegId | undefined; on?: Of<typeof day> | undefined }> {
    const parsed = evidenceFields.safeParse(formFields(parts));
    if (parsed.success) return parsed.data;
    throw new ProblemError(
      400,
      'invalid',
      { zh: '表单项不对，见 issues。', en: 'The form fields are not valid, see issues.' },
      {
        issues: parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`),
      },
    );
  }
}
