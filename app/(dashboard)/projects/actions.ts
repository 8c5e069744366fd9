'use server';

import { action } from '@/lib/actions/action';
import { refreshed } from '@/lib/actions/refreshed';
import * as projects from '@/lib/projects/commands';
import * as files from '@/lib/projects/file-commands';

export const createFromTemplate = action(projects.createFromTemplate);
export const checkName = action(projects.checkName);
export const startUnpack = action(projects.startUnpack);
export const readUnpackResult = action(projects.readUnpackResult);
export const renameProject = action(projects.renameProject, refreshed);
export const duplicateProject = action(projects.duplicateProject);
export const describeDeletion = action(projects.describeDeletion);
export const deleteProject = action(projects.deleteProject, refreshed);
export const saveOptions = action(projects.saveOptions, refreshed);
export const saveSecret = action(projects.saveSecret, refreshed);
export const removeSecret = action(projects.removeSecret, refreshed);

export const saveFile = action(files.saveFile, refreshed);
export const makeDirectory = action(files.makeDirectory, refreshed);
export const renameFile = action(files.renameFile, refreshed);
export const deleteFile = action(files.deleteFile, refreshed);
export const setExecutable = action(files.setExecutable, refreshed);
export const ignorePath = action(files.ignorePath, refreshed);
export const readContextLevel = action(files.readContextLevel);
