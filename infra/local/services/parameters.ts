import { AwsError } from './api/aws-error.ts';

export interface StoredParameter {
  name: string;
  type: string;
  value: string;
  version: number;
  /** In milliseconds. */
  modifiedAt: number;
}

/** Parameters as Systems Manager keeps them. */
export interface ParameterBook {
  /** Throws ParameterNotFound. */
  get(name: string): StoredParameter;
  /** Throws ParameterAlreadyExists unless it may overwrite. */
  put(name: string, value: string, options: { type?: string | undefined; overwrite: boolean }): StoredParameter;
  state(): StoredParameter[];
}

const validName = /^\/?[\w.-]+(?:\/[\w.-]+)*$/;
/** Limit of the standard tier. */
const maxBytes = 4096;

export const createParameterBook = (
  now: () => number,
  changed: () => void,
  state: readonly StoredParameter[] = [],
): ParameterBook => {
  const parameters = new Map(state.map((parameter) => [parameter.name, parameter]));
  return {
    get: (name) => {
      const found = parameters.get(name);
      if (!found) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
      return found;
    },
    put: (name, value, { type, overwrite }) => {
      const before = parameters.get(name);
      if (before && !overwrite) throw new AwsError('ParameterAlreadyExists', 'The parameter already exists.');
      if (!validName.test(name)) throw new AwsError('ValidationException', `Parameter name ${name} is not valid.`);
      const kind = type ?? before?.type;
      if (!kind) throw new AwsError('ValidationException', 'A parameter type is required.');
      if (value === '' || Buffer.byteLength(value) > maxBytes)
        throw new AwsError('ValidationException', `Standard tier parameters hold 1 to ${maxBytes} bytes.`);
      const parameter = { name, type: kind, value, version: (before?.version ?? 0) + 1, modifiedAt: now() };
      parameters.set(name, parameter);
      changed();
      return parameter;
    },
    state: () => [...parameters.values()],
  };
};
