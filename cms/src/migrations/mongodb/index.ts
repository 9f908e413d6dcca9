import * as migration_20261123_031750_initial from './20261123_031750_initial.ts';
import * as migration_20261124_213945_review from './20261124_213945_review.ts';

export const migrations = [
  {
    up: migration_20261123_031750_initial.up,
    down: migration_20261123_031750_initial.down,
    name: '20261123_031750_initial',
  },
  {
    up: migration_20261124_213945_review.up,
    down: migration_20261124_213945_review.down,
    name: '20261124_213945_review'
  },
];
