/** Two short tones, made by the browser: no file is fetched, and nothing tells what they are about. */
const TONES = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.12 },
];
const LENGTH = 0.18;
const LOUDNESS = 0.12;

let audio: AudioContext | undefined;

/** Sounds once. A browser lets it only after somebody has pressed something; before that it stays silent. */
export async function chime() {
  if (typeof AudioContext === 'undefined') return;
  audio ??= new AudioContext();
  if (audio.state === 'suspended') await audio.resume().catch(() => undefined);
  for (const { hertz, at } of TONES) tone(audio, hertz, audio.currentTime + at);
}

function tone(into: AudioContext, hertz: number, from: number) {
  const [source, volume] = [into.createOscillator(), into.createGain()];
  source.frequency.value = hertz;
  // A tone that begins and ends at once clicks.
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
  volume.gain.linearRampToValueAtTime(0, from + LENGTH);
  source.connect(volume).connect(into.destination);
  source.start(from);
  source.stop(from + LENGTH);
}
