import * as migration_20261123_031737_initial from './20261123_031737_initial.ts';
import * as migration_20261124_213930_review from './20261124_213930_review.ts';

export const migrations = [
  {
    up: migration_20261123_031737_initial.up,
    down: migration_20261123_031737_initial.down,
    name: '20261123_031737_initial',
  },
  {
    up: migration_20261124_213930_review.up,
    down: migration_20261124_213930_review.down,
    name: '20261124_213930_review'
  },
];
