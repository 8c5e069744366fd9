'use server';

import { action } from '@/lib/actions/action';
import * as operations from '@/lib/operations/commands';

export const cancelOperation = action(operations.cancelOperation);
