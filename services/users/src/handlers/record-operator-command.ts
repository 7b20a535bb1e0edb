import { type Handler, implement } from '@natter/bus';
import { recordOperatorCommand } from '@natter/contracts';
import type { RecordAudit } from '../domain/audit-log.ts';

export function handleRecordOperatorCommand(record: RecordAudit): Handler {
  return implement(recordOperatorCommand, async ({ command, outcome }, { requestId }) => {
    record({ kind: 'operator.command', by: 'operator', requestId, detail: `natter ${command}: ${outcome}` });
    return {};
  });
}
