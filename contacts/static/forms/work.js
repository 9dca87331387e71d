// Finds the number that the owner of the form asks browsers for: a moment's work for a visitor, a
// bill for whoever sends by the thousand. Without this script a submission waits for review.

const input = document.querySelector("[data-bits]");
const A_TURN = 2000;

const primes = [];
for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
const START = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
const ROUNDS = primes.map((p) => fraction(Math.cbrt(p)));
const turn = (x, n) => (x >>> n) | (x << (32 - n));

// The first word of SHA-256: browsers have it themselves on pages sent by HTTPS only.
function firstWord(text) {
  const bytes = new TextEncoder().encode(text);
  const blocks = new DataView(new ArrayBuffer(((bytes.length + 72) >> 6) << 6));
  bytes.forEach((byte, place) => blocks.setUint8(place, byte));
  blocks.setUint8(bytes.length, 0x80);
  blocks.setUint32(blocks.byteLength - 4, bytes.length * 8);
  let state = START;
  const w = new Int32Array(64);
  for (let at = 0; at < blocks.byteLength; at += 64) {
    for (let i = 0; i < 64; i += 1) {
      if (i < 16) { w[i] = blocks.getInt32(at + 4 * i); continue; }
      const s = w[i - 15], t = w[i - 2];
      w[i] = w[i - 16] + (turn(s, 7) ^ turn(s, 18) ^ (s >>> 3))
        + w[i - 7] + (turn(t, 17) ^ turn(t, 19) ^ (t >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    }
    state = [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]) | 0);
  }
  return state[0] >>> 0;
}

let next = 0;
function seek(most) {
  const { rendered, bits } = input.dataset;
  for (const end = next + most; next < end; next += 1) {
    if (firstWord(`${rendered}:${next}`) >>> (32 - bits) === 0) { input.value = next; return; }
  }
}

function goOn() {
  if (input.value !== "") return;
  seek(A_TURN);
  setTimeout(goOn);
}

input?.form.addEventListener("submit", () => { if (input.value === "") seek(Infinity); });
if (input) setTimeout(goOn);
