import assert from "node:assert/strict";
import test from "node:test";
import {Announcer} from "../../facilitator/static/lib/announce.js";
import {Clock, countdown} from "../../facilitator/static/lib/clock.js";
import {speak} from "../../facilitator/static/lib/i18n.js";
import {heard} from "../../facilitator/static/lib/status.js";

const standing = {status: "live", reason: "", waiting: 0, lasting: true};
const words = (change) => {
  const {icon, tone, word} = heard({...standing, ...change});
  return [icon, tone, word];
};

test("the header says saved only when everything is", () => {
  speak("en");
  assert.deepEqual(words({}), ["saved", "good", "saved"]);
  assert.deepEqual(words({waiting: 1}), ["sending", "", "sending"]);
  assert.deepEqual(words({unsaved: 1}), ["sending", "", "sending"]);
  assert.deepEqual(words({status: "away"}), ["waiting", "warn", "no connection"]);
  assert.deepEqual(words({status: "away", waiting: 1, unsaved: 1}), ["waiting", "warn", "waiting 2"]);
  assert.deepEqual(words({status: "connecting"}), ["sending", "", "connecting"]);
  assert.deepEqual(words({status: "connecting", waiting: 2}), ["waiting", "warn", "waiting 2"]);
  assert.deepEqual(words({status: "shut", reason: "Gone."}), ["refused", "bad", "not connected"]);
  assert.deepEqual(words({status: "upgrade"}), ["warn", "warn", "reload"]);
});

test("it warns where nothing can be kept", () => {
  assert.match(heard({...standing, status: "away", waiting: 1, lasting: false}).sentence, /Do not close this page/);
  assert.match(heard({...standing, status: "away", waiting: 1}).sentence, /on this device/);
});

test("what is left is told to eyes and machines", () => {
  assert.deepEqual(countdown(402_000), {over: false, minutes: 6, seconds: 42, text: "6:42", datetime: "PT6M42S"});
  assert.deepEqual(countdown(999).text, "0:01");
  assert.deepEqual(countdown(0), {over: false, minutes: 0, seconds: 0, text: "0:00", datetime: "PT0M0S"});
  assert.equal(countdown(-65_500).text, "+1:05");
});

test("the clock believes the quickest answer, and none without a time", (context) => {
  context.mock.timers.enable({apis: ["Date"], now: 1_000_000});
  const clock = new Clock();
  clock.learn(undefined, 0, 10);
  assert.equal(clock.now(), 1_000_000);
  clock.learn(new Date(1_060_000).toISOString(), 999_990, 1_000_010);
  assert.equal(clock.now(), 1_060_000);
  clock.learn(new Date(2_000_000).toISOString(), 990_000, 1_000_000);
  assert.equal(clock.now(), 1_060_000);
  assert.equal(clock.left(new Date(1_090_000).toISOString()), 30_000);
  assert.equal(clock.left(null), null);
});

test("it counts each second, and stops when told", (context) => {
  context.mock.timers.enable({apis: ["Date", "setTimeout"], now: 0});
  const told = [];
  const stop = new Clock().count(new Date(2500).toISOString(), (left) => told.push(left === null ? null : countdown(left).text));
  for (let i = 0; i < 40; i += 1) context.mock.timers.tick(100);
  stop();
  context.mock.timers.tick(5000);
  assert.deepEqual(told, ["0:03", "0:02", "0:01", "+0:00", "+0:01"]);
  assert.equal(typeof new Clock().count(null, (left) => told.push(left)), "function");
  assert.equal(told.at(-1), null);
});

test("listeners hear a summary every five seconds, and of each subject the last word", (context) => {
  context.mock.timers.enable({apis: ["Date", "setTimeout"], now: 100_000});
  const [polite, alert] = [{textContent: ""}, {textContent: ""}];
  const announcer = new Announcer(polite, alert);
  announcer.tell("ideas", "1 new idea");
  context.mock.timers.tick(0);
  assert.equal(polite.textContent, "1 new idea");
  announcer.tell("ideas", "2 new ideas");
  announcer.tell("phase", "Now: ballots");
  announcer.tell("ideas", "3 new ideas");
  context.mock.timers.tick(4000);
  assert.equal(polite.textContent, "1 new idea");
  context.mock.timers.tick(1000);
  assert.equal(polite.textContent, "3 new ideas Now: ballots");
  announcer.interrupt("Too long.");
  context.mock.timers.tick(50);
  assert.equal(alert.textContent, "Too long.");
});
