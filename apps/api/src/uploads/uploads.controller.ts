import { Uploads, type BegunUpload } from '@app/evidence';
import { idFrom, type FileHash, type FindingId } from '@app/kernel';
import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '@app/kernel';
import { z } from 'zod';
import { EvidenceDesk, mustBearNoMark, type EvidenceAnswer } from '../findings/evidence-desk';
import { evidenceFields } from '../findings/evidence.requests';
import { FindingAccess } from '../findings/finding-access';
import { findingId, text, type Body as Of } from '../findings/finding.requests';
import { fileNameOf } from '../platform/form';
import { WithoutIdempotencyKey } from '../platform/idempotency';
import { ProblemError } from '../platform/problem';
import { InWriting, type Writing } from '../platform/writing';
import { Access, CurrentAccount, type SignedIn } from '../security/access';
import { PIECE_TYPE } from './piece';

export type UploadAnswer = Readonly<{ uploadId: string; received: number; size: number; complete: boolean }>;

const uploadId = z.uuid();
const beginRequest = z.strictObject({
  name: text(200),
  /** Bytes of the whole file. */
  size: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  /** Of the whole file, lower-case hex. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .transform((v) => v as FileHash),
  mediaType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,100}$/),
});
const attachRequest = evidenceFields.extend({ uploadId });

const OFFSET = /^\d{1,15}$/;
const offsetOf = (header: string | undefined): number => {
  if (header !== undefined && OFFSET.test(header)) return Number(header);
  throw new ProblemError(400, 'upload-offset-required', {
    zh: '请带上 Upload-Offset：这一段从第几个字节开始。',
    en: 'Say in Upload-Offset at which byte this piece begins.',
  });
};
const answerOf = ({ uploadId: id, received, size, complete }: BegunUpload): UploadAnswer => ({ uploadId: id, received, size, complete });

/** Files from where the network comes and goes: begun, sent piece by piece, gone on with where they broke off, then attached. */
@ApiTags('uploads 断点续传')
@Controller()
export class UploadsController {
  constructor(
    private readonly uploads: Uploads,
    private readonly evidence: EvidenceDesk,
    private readonly access: FindingAccess,
  ) {}

  /** Private to the account; what is not finished within three days is removed. */
  @Post('uploads')
  @Access({ note: 'begin an upload 开始上传' })
  async begin(
    @Body({ schema: beginRequest }) { name: sent, ...file }: Of<typeof beginRequest>,
    @CurrentAccount() { accountId }: SignedIn,
    @InWriting() { commandId }: Writing,
  ): Promise<UploadAnswer> {
    const name = fileNameOf(sent);
    mustBearNoMark(name);
    return answerOf(await this.uploads.begin(idFrom(commandId, 'upload'), accountId, { ...file, name }));
  }

  /**
   * The next piece, at most 4 MiB, as application/offset+octet-stream; `Upload-Offset` says where it begins, which makes sending
   * it twice harmless. 409 with `received` when the file does not stand there: go on from that.
   */
  @Patch('uploads/:uploadId')
  @HttpCode(200)
  @ApiConsumes(PIECE_TYPE)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Access({ note: 'send a piece 上传一段' })
  @WithoutIdempotencyKey()
  async append(
    @Param('uploadId', { schema: uploadId }) id: string,
    @Headers('upload-offset') offset: string | undefined,
    @Req() request: FastifyRequest,
    @CurrentAccount() { accountId }: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UploadAnswer> {
    const before = await this.uploads.find(id, accountId);
    const { body } = request;
    if (!Buffer.isBuffer(body))
      throw new ProblemError(415, 'media-type', { zh: `请以 ${PIECE_TYPE} 发送。`, en: `Send it as ${PIECE_TYPE}.` });
    const at = offsetOf(offset);
    if (at + body.length > before.size)
      throw new ProblemError(422, 'upload-beyond-size', { zh: '超出了文件的大小。', en: 'This goes beyond the size of the file.' });
    const upload = await this.uploads.append(id, accountId, at, body);
    if (upload === null) throw await this.elsewhere(id, accountId);
    void reply.header('upload-offset', String(upload.received));
    return answerOf(upload);
  }

  @Get('uploads/:uploadId')
  @Access({ note: 'state of an upload 上传进度' })
  async state(@Param('uploadId', { schema: uploadId }) id: string, @CurrentAccount() { accountId }: SignedIn): Promise<UploadAnswer> {
    return answerOf(await this.uploads.find(id, accountId));
  }

  /** As if it had come by multipart: the same checks. What does not match its hash is discarded and must be sent anew. */
  @Post('findings/:id/evidence/uploads')
  @Access({ note: 'add an uploaded file as evidence 上传件作佐证: whoever may know the finding' })
  async attach(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: attachRequest }) { uploadId: from, phase, legId, on }: Of<typeof attachRequest>,
    @CurrentAccount() { accountId }: SignedIn,
    @InWriting() writing: Writing,
  ): Promise<EvidenceAnswer> {
    await this.access.mustKnow(id, writing.by);
    const { name, sha256, read } = await this.uploads.content(from, accountId);
    try {
      const file = { name, content: read(), expected: sha256, phase, legId: legId ?? null, on };
      const answer = await this.evidence.add(id, file, writing);
      await this.uploads.used(from);
      return answer;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'evidence-hash-mismatch') await this.uploads.discard(from);
      throw error;
    }
  }

  private async elsewhere(id: string, accountId: SignedIn['accountId']): Promise<ProblemError> {
    const { received } = await this.uploads.find(id, accountId);
    const sentence = { zh: '这一段接不上，请从 received 处续传。', en: 'The file does not stand there; go on from `received`.' };
    return new ProblemError(409, 'upload-offset', sentence, { received }, { 'upload-offset': String(received) });
  }
}
