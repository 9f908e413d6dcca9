import * as migration_20261123_031750_initial from './20261123_031750_initial.ts';
import * as migration_20261124_215803_editorial from './20261124_215803_editorial.ts';
import * as migration_20261124_222233_assurances from './20261124_222233_assurances.ts';
import * as migration_20261125_012226_editorial_work from './20261125_012226_editorial_work.ts';
import * as migration_20261125_015320_sign_offs from './20261125_015320_sign_offs.ts';
import * as migration_20261125_054132_shared_texts_and_people from './20261125_054132_shared_texts_and_people.ts';

export const migrations = [
  {
    up: migration_20261123_031750_initial.up,
    down: migration_20261123_031750_initial.down,
    name: '20261123_031750_initial',
  },
  {
    up: migration_20261124_215803_editorial.up,
    down: migration_20261124_215803_editorial.down,
    name: '20261124_215803_editorial',
  },
  {
    up: migration_20261124_222233_assurances.up,
    down: migration_20261124_222233_assurances.down,
    name: '20261124_222233_assurances',
  },
  {
    up: migration_20261125_012226_editorial_work.up,
    down: migration_20261125_012226_editorial_work.down,
    name: '20261125_012226_editorial_work',
  },
  {
    up: migration_20261125_015320_sign_offs.up,
    down: migration_20261125_015320_sign_offs.down,
    name: '20261125_015320_sign_offs',
  },
  {
    up: migration_20261125_054132_shared_texts_and_people.up,
    down: migration_20261125_054132_shared_texts_and_people.down,
    name: '20261125_054132_shared_texts_and_people'
  },
];
