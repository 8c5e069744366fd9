import { expect, test } from 'vitest';
import { classicFeatures } from '@/lib/builders/classic/features';
import { referencesOf, hostsOf } from './bases';
import { checkDockerfile } from './check';
import { readPlan } from './stages';
import type { Given } from './variables';

const answers = (text: string, given: Given = {}) => {
  const plan = readPlan(text, given);
  return {
    hosts: hostsOf(plan),
    images: referencesOf(plan),
    stages: plan.stages.map(({ base }) => base.text),
  };
};

test.each([
  ['ARG A=1\nFROM ${A:+reg.example:5000/x}\n', 'reg.example:5000', 'reg.example:5000/x'],
  ['ARG A\nFROM ${A-reg.example:5000/x}\n', 'reg.example:5000', 'reg.example:5000/x'],
  ['ARG R=reg.example\nARG X=${R}/x\nFROM ${X}\n', 'reg.example', 'reg.example/x'],
  ['ARG A=\nFROM ${A+reg.example/x}\n', 'reg.example', 'reg.example/x'],
  ['ARG A\nARG B=x\nFROM reg.example/${A:-${B}}\n', 'reg.example', 'reg.example/x'],
  ['ARG A=old/x\nFROM reg.example/${A#old/}\n', 'reg.example', 'reg.example/x'],
  ['ARG A=x-slim\nFROM reg.example/${A%-*}\n', 'reg.example', 'reg.example/x'],
  ['ARG A=x.y\nFROM reg.example/${A/./-}\n', 'reg.example', 'reg.example/x-y'],
  ['ARG A="reg.example/x"\nFROM $A\n', 'reg.example', 'reg.example/x'],
  ['ARG A=\'reg.example/x\'\nFROM "$A"\n', 'reg.example', 'reg.example/x'],
  ['ARG A=reg.example B=x\nFROM $A/$B\n', 'reg.example', 'reg.example/x'],
  ['# escape=`\nFROM `\n  reg.example/x\n', 'reg.example', 'reg.example/x'],
  ['FROM \\\n# in between\n  reg.example/x\n', 'reg.example', 'reg.example/x'],
  ['\uFEFFFROM reg.example/x\r\nRUN a\r\n', 'reg.example', 'reg.example/x'],
  ['from --platform=$BUILDPLATFORM reg.example/x as a\n', 'reg.example', 'reg.example/x'],
])('one Dockerfile has one answer: %j', (text, host, image) => {
  expect(answers(text)).toEqual({ hosts: [host], images: [image], stages: [image] });
});

test('an ARG of a stage, and one behind the FROM, change no FROM', () => {
  expect(answers('FROM a:1\nARG V=9\nFROM b:$V\n').images).toEqual(['a:1', 'b:']);
  expect(answers('ARG V=1\nFROM a:$V\nARG V=9\nFROM b:$V\n').images).toEqual(['a:1', 'b:1']);
});

test('build arguments override defaults, and need an ARG', () => {
  const text = 'ARG V=1\nFROM a:${V}\n';
  expect(answers(text, { buildArgs: { V: '2', W: '3' } }).images).toEqual(['a:2']);
  expect(answers('FROM a:${V:-1}\n', { buildArgs: { V: '2' } }).images).toEqual(['a:1']);
});

test('platform variables are set by BuildKit, and unknown before', () => {
  const text = 'FROM base-$TARGETARCH\n';
  expect(readPlan(text).stages[0]!.base).toEqual({
    written: 'base-$TARGETARCH',
    text: null,
    open: ['TARGETARCH'],
  });
  expect(answers(text, { targetPlatform: 'linux/arm64/v8' }).images).toEqual(['base-arm64']);
  expect(answers(text, { buildPlatform: 'linux/x86_64' }).images).toEqual(['base-amd64']);
  expect(answers(text, { buildPlatform: 'linux/amd64', dialect: classicFeatures.dialect }).images).toEqual(
    [],
  );
});

test('a stage by a variable is a stage, not an image', () => {
  const text = 'ARG MODE=dev\nFROM a:1 AS base-dev\nFROM b:1 AS base-prod\nFROM base-${MODE}\n';
  const { stages } = readPlan(text);
  expect(stages[2]!.parent).toBe(stages[0]);
  expect(readPlan(text, { buildArgs: { MODE: 'prod' } }).stages[2]!.parent?.index).toBe(1);
  expect(answers(text).images).toEqual(['a:1', 'b:1']);
});

test('unknown values are not reported', () => {
  expect(checkDockerfile('ARG SUFFIX\nFROM debian${SUFFIX}\n')).toEqual([]);
  expect(readPlan('FROM $X').stages[0]!.base).toEqual({ written: '$X', text: '', open: ['X'] });
  expect(readPlan('FROM ${X:?}').stages[0]!.base.text).toBeNull();
});
