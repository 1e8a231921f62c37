import path from 'node:path';
import { EVENT_TYPES } from '@app/core';
import { goldenSpec } from './golden-events';

goldenSpec(EVENT_TYPES, path.join(__dirname, 'events'));
