import { admin, everybody, finding, missedDue, OFFICE, only, READERS, text, UNIT, type Line } from './authorisation-matrix.lines';

/** Supervision, the ladder, figures, and what goes out on paper or as a message. */
export const OVERSIGHT: Readonly<Record<string, Line>> = {
  // ── supervision; whom a case concerns: supervision.e2e-spec ──
  'GET /supervision': only(READERS),
  'GET /supervision/flags': only(READERS),
  'GET /supervision/:id': only(READERS),
  'GET /supervision/:id/rounds/:round/grounds': only(READERS),
  'POST /supervision': only(['leader', ...OFFICE]),
  'PUT /supervision/:id/declination': only(['leader', 'office-head']),
  'PUT /supervision/:id/listing': only(['leader', 'office-head']),
  'POST /supervision/:id/reports': only(UNIT),
  'POST /supervision/:id/removal-requests': only(['deputy', 'head', ...OFFICE]),
  'PUT /supervision/:id/removal-refusal': only(['leader']),
  'PUT /supervision/:id/removal': only(['leader']),
  'GET /supervision-rules': everybody,
  'PUT /admin/supervision-rules/:ruleId': admin,
  'PUT /admin/supervision-rules/:ruleId/retirement': admin,
  'GET /villages/:unitId/package': only(['inspector', 'team-head']),

  // ── the ladder ──
  'GET /escalation/rungs': only(READERS),
  // Findings of others are refused one by one, in the answer.
  'POST /escalation/rungs/issue': only([...OFFICE, 'leader']),
  'GET /findings/:id/ladder': finding(READERS),
  'PUT /findings/:id/legs/:legId/rungs/:rung/issue': finding([...OFFICE, 'leader'], missedDue),
  'PUT /findings/:id/legs/:legId/rungs/:rung/decline': finding([...OFFICE, 'leader'], { ...missedDue, reason: text }),
  'PUT /findings/:id/legs/:legId/rungs/:rung/answer': finding(UNIT, { ...missedDue, text }),
  'PUT /findings/:id/legs/:legId/interview': finding([...OFFICE, 'leader'], {
    ...missedDue,
    metOn: '2020-07-06',
    heldBy: ['p-office'],
    met: ['p-dazeshan-head'],
    agreed: text,
  }),
  'GET /escalation/rules': everybody,
  'PUT /admin/ladder-rules/:ruleId': admin,
  'PUT /admin/ladder-rules/:ruleId/end': admin,

  // ── figures ──
  'GET /clearance/board': only(READERS),
  'GET /clearance/list': only(READERS),
  'GET /clearance/office': only([...OFFICE, 'leader', 'auditor']),
  'GET /clearance/overview': only(READERS),
  'GET /clearance/trend': only(READERS),
  'GET /clearance/comparison': only(READERS),

  // ── notices; whose they are: notices.e2e-spec ──
  'GET /notices': only(READERS),
  'GET /notices/people': only(['team-head', ...OFFICE]),
  'GET /notices/:id': only(READERS),
  'GET /notices/:id/file/:format': only(READERS),
  'GET /notices/by-code/:opaque': only(READERS),
  'POST /notices/preview': only(['team-head', ...OFFICE]),
  'POST /notices': only(['team-head', ...OFFICE]),
  'POST /notices/:id/correction': only(['office-head']),
  'PUT /notices/:id/delivery': only(['team-head', ...OFFICE]),
  'PUT /notices/:id/refusal': only(['team-head', ...OFFICE]),
  'PUT /notices/:id/signature': only([...UNIT, ...OFFICE]),
  'PUT /notices/:id/reply': only([...UNIT, ...OFFICE]),

  // ── notifications; that each sees their own alone: notifications.e2e-spec ──
  'GET /notifications': everybody,
  'GET /notifications/unread': everybody,
  'PUT /notifications/:id/read-mark': everybody,
  'PUT /notifications/read-marks': everybody,
  'GET /notifications/choice': everybody,
  'PUT /notifications/choice': everybody,
  'POST /notifications/mailbox/codes': everybody,
  'PUT /notifications/mailbox/confirmation': everybody,
  'GET /admin/mail': admin,
  'POST /admin/mail/trials': admin,
  'GET /admin/webhooks': admin,
  'POST /admin/webhooks': admin,
  'PUT /admin/webhooks/:id': admin,
  'DELETE /admin/webhooks/:id': admin,
  'POST /admin/webhooks/:id/secrets': admin,
  'DELETE /admin/webhooks/:id/secrets/:keyId': admin,
  'POST /admin/webhooks/:id/trials': admin,
  'GET /admin/dead-letters': admin,
  'PUT /admin/dead-letters/:id/resending': admin,
  'PUT /admin/dead-letters/:id/dropping': admin,
};
