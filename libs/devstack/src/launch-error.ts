/** A reason not to run that a person can do something about: shown as it is, without a stack. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
}
