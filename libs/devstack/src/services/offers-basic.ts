/** Whether a gateway takes HTTP Basic, by what it says to whoever comes without credentials. */
export async function offersBasic(gateway: string): Promise<boolean> {
  const { headers } = await fetch(`${gateway}/api/v1/users/me`);
  return /\bBasic\b/.test(headers.get('WWW-Authenticate') ?? '');
}
