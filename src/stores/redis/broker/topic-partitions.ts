/* eslint-disable no-bitwise -- a checksum is made of bits */
/** The key space of Redis Cluster: a fact of Redis, not a setting. */
const SLOTS = 16_384;

/** CRC16 as Redis Cluster takes it (XMODEM): this polynomial, no reflection, begun with 0. */
const POLYNOMIAL = 0x1021;

/** Letters that spell no words. */
const LETTERS = [...'bcdfghjklmnpqrstvwxz'];

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) {
    crc = (crc & 0x8000 ? crc << 1 ^ POLYNOMIAL : crc << 1) & 0xffff;
  }
  return crc;
});

/**
 * The slot of a key that has no hash tag.
 *
 * @see https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#key-distribution-model
 */
export function slotOf(key: string): number {
  return crc16(key) % SLOTS;
}

/**
 * The Redis streams that carry a topic: one for each partition, or the topic itself where its broker knows no partitions.
 *
 * A partition's name ends with its number and three letters, chosen so that its slot is as near as can be to the middle of its part
 * of the key space: for any odd number of primaries, no two of them carry numbers of partitions that differ by more than one. The
 * names follow from the topic and the number of partitions alone, so that a cluster that gets more primaries keeps all streams.
 */
export function streamsOf(topic: string, partitions?: number): string[] {
  if (partitions === undefined) {
    return [topic];
  }
  const key = `${topic} ${partitions}`;
  const streams = known.get(key) ?? findStreams(topic, partitions);
  known.set(key, streams);
  return [...streams];
}

/** Each publisher, subscriber and scaler asks for them, and to find them takes some thousand hashes. */
const known = new Map<string, readonly string[]>();

function findStreams(topic: string, partitions: number): string[] {
  const digits = Math.max(2, String(partitions - 1).length);
  return Array.from({ length: partitions }, (_, index) => nearest(`${topic}-${String(index).padStart(digits, '0')}-`, (2 * index + 1) * SLOTS / (2 * partitions)));
}

/** The prefix with the three letters that bring it nearest to a slot; of equally near ones, the first in the alphabet. */
function nearest(prefix: string, slot: number): string {
  const begun = crc16(prefix);
  let [best, distance] = ['', Infinity];
  for (const first of LETTERS) {
    const one = crc16(first, begun);
    for (const second of LETTERS) {
      const two = crc16(second, one);
      for (const third of LETTERS) {
        const away = Math.abs(crc16(third, two) % SLOTS - slot);
        if (away < distance) {
          [best, distance] = [first + second + third, away];
        }
        if (away === 0) {
          return prefix + best;
        }
      }
    }
  }
  return prefix + best;
}

/** All that is hashed is ASCII: names of topics are DNS labels. */
function crc16(text: string, begun = 0): number {
  let crc = begun;
  for (let index = 0; index < text.length; index++) {
    crc = (crc << 8 ^ TABLE[(crc >> 8 ^ text.charCodeAt(index)) & 0xff]) & 0xffff;
  }
  return crc;
}
