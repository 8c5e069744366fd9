'use server';

import { formAction } from '@/lib/actions/form-action';
import * as builds from '@/lib/builds/commands';

export const saveBuildSettings = formAction(builds.saveBuildSettings);
