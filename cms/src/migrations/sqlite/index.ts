import * as migration_20261123_031737_initial from './20261123_031737_initial.ts';
import * as migration_20261124_212334_gates from './20261124_212334_gates.ts';

export const migrations = [
  {
    up: migration_20261123_031737_initial.up,
    down: migration_20261123_031737_initial.down,
    name: '20261123_031737_initial',
  },
  {
    up: migration_20261124_212334_gates.up,
    down: migration_20261124_212334_gates.down,
    name: '20261124_212334_gates'
  },
];
