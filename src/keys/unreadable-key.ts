import { ConfigError, KeyError } from '../errors.ts'

/**
 * The error for a PEM whose content WebCrypto did not import: there is no WebCrypto, or the key is damaged. The cause is
 * left out, as it may quote the key.
 *
 * @param where the option's name, for messages
 */
export function unreadableKey(where: string): ConfigError | KeyError {
  if (!(globalThis as { crypto?: { subtle?: unknown } }).crypto?.subtle) {
    return new ConfigError(
      'ERR_CONFIG_RUNTIME',
      `this runtime has no WebCrypto, which ${where} is used with`,
      {
        hint: 'Node has it from version 20, and a page only over https or on localhost',
      },
    )
  }
  return new KeyError('ERR_KEY_INVALID', `${where} is a PEM of an RSA key, but the key cannot be read`, {
    hint: 'The PEM is damaged: copy it from the original file again',
  })
}
