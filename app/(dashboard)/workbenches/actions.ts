'use server';

import { action } from '@/lib/actions/action';
import * as workbenches from '@/lib/workbenches/commands';

export const startFromImage = action(workbenches.startFromImage);
export const startInContainer = action(workbenches.startInContainer);
export const attachToContainer = action(workbenches.attachToContainer);
export const startAgain = action(workbenches.startAgain);
export const endShell = action(workbenches.endShell);
export const removeContainer = action(workbenches.removeContainer);
export const deleteFromHistory = action(workbenches.deleteFromHistory);
export const readCommands = action(workbenches.readCommands);
export const readCommand = action(workbenches.readCommand);
export const readChanges = action(workbenches.readChanges);
export const readDirectory = action(workbenches.readDirectory);
