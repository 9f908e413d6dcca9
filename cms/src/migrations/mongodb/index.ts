import * as migration_20261123_031750_initial from './20261123_031750_initial.ts';

export const migrations = [
  {
    up: migration_20261123_031750_initial.up,
    down: migration_20261123_031750_initial.down,
    name: '20261123_031750_initial'
  },
];
