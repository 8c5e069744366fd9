'use server';

import { action } from '@/lib/actions/action';
import * as audit from '@/lib/audit/log/commands';

export const verifyAudit = action(audit.verifyAudit);
