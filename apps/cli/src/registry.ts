import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CommandFailure, type Command } from './command';

const FOLDER = path.join(__dirname, 'commands');
const FILE = /^([a-z][a-z-]*)\.command\.(?:js|ts)$/;

export const commandNames = (): readonly string[] =>
  readdirSync(FOLDER)
    .flatMap((file) => FILE.exec(file)?.[1] ?? [])
    .sort();

const isCommand = (value: unknown): value is Command =>
  typeof value === 'object' && value !== null && 'run' in value && typeof value.run === 'function' && 'summary' in value;

/** Loads one command by its name; a name that is no file of the folder is refused. */
export const commandNamed = async (name: string): Promise<Command> => {
  if (!commandNames().includes(name)) {
    throw new CommandFailure({ zh: `没有“${name}”这个命令。`, en: `There is no command "${name}".` });
  }
  const loaded: unknown = await import(pathToFileURL(path.join(FOLDER, `${name}.command.js`)).href);
  const command = typeof loaded === 'object' && loaded !== null && 'command' in loaded ? loaded.command : null;
  if (!isCommand(command)) throw new Error(`commands/${name}.command exports no command`);
  return command;
};
