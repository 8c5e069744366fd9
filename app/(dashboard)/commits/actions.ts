'use server';

import { action } from '@/lib/actions/action';
import * as commits from '@/lib/commits/commands';
import * as recipes from '@/lib/recipes/commands';

export const startCommit = action(commits.startCommit);
export const openReview = action(commits.openReview);
export const createFromRecipe = action(recipes.createFromRecipe);
