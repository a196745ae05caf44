/**
 * What to do about an address that brings nothing: a browser says no more than that it failed; these are the reasons that
 * people can do something about.
 * @param isSilent whether it said nothing at all, which a site that does not allow to be read does not
 */
export function remedyFor(url: string, isSilent = false): string {
  const { protocol, host, origin } = new URL(url);
  if (isSilent || origin === globalThis.location?.origin) return 'Check the connection, and try again.';
  const plain = protocol === 'http:' ? ' A page at https cannot read an address at http.' : '';
  return `Check the address and the connection. Another site can be read only when it allows that: ${host} has to send the header “Access-Control-Allow-Origin”.${plain}`;
}
