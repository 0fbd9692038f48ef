/** The bits of an IPv4 or IPv6 address as text: 32 or 128 digits; undefined for what is no address. */
export function bitsOf(text: string): string | undefined {
  return text.includes(':') ? bitsOfV6(text) : bitsOfV4(text);
}

function bitsOfV4(text: string): string | undefined {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256) ? parts.map((part) => binary(Number(part), 8)).join('') : undefined;
}

function bitsOfV6(text: string): string | undefined {
  // the last two groups may be written as an IPv4 address
  const [, start, v4] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text) ?? [];
  const tail = v4 === undefined ? '' : bitsOfV4(v4);
  const [head, rest, ...more] = (v4 === undefined ? text : start.replace(/([^:]):$/, '$1')).split('::').map((half) => half === '' ? [] : half.split(':'));
  const written = [...head, ...rest ?? []];
  const wanted = tail === '' ? 8 : 6;
  const zeros = rest === undefined ? 0 : Math.max(0, wanted - written.length);
  const groups = [...head, ...Array.from({ length: zeros }, () => '0'), ...rest ?? []];
  const isValid = tail !== undefined && more.length === 0 && groups.length === wanted && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group));
  return isValid ? groups.map((group) => binary(parseInt(group, 16), 16)).join('') + tail : undefined;
}

function binary(value: number, digits: number): string {
  return value.toString(2).padStart(digits, '0');
}
