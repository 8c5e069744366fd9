import { expect, test } from 'vitest';
import { writtenFrontends } from './frontend';

test.each([
  ['# syntax=docker/dockerfile:1\nFROM a', 'docker/dockerfile:1'],
  ['#syntax = evil.example/x --option\nFROM a', 'evil.example/x'],
  ['# escape=`\n# SYNTAX=evil.example/x\nFROM a', 'evil.example/x'],
  ['\uFEFF# syntax=evil.example/x\r\nFROM a', 'evil.example/x'],
  ['#!/usr/bin/env build\n# syntax=evil.example/x\nFROM a', 'evil.example/x'],
  ['// syntax=evil.example/x\n{}', 'evil.example/x'],
  ['#!/usr/bin/env build\n// syntax=evil.example/x\n{}', 'evil.example/x'],
  ['{"syntax": "evil.example/x", "a": 1}', 'evil.example/x'],
  ['\uFEFF{"syntax": "docker/dockerfile", "syntax": "evil.example/x"}', 'evil.example/x'],
  // Blanks and line ends that Go and JavaScript see differently.
  ['#\u0085syntax=evil.example/x\nFROM a', 'evil.example/x'],
  ['# check=a\u2028b\n# syntax=evil.example/x\nFROM a', 'evil.example/x'],
  ['# check=a\rb\n# syntax=evil.example/x\nFROM a', 'evil.example/x'],
  ['#!a\u2028b\n# syntax=evil.example/x\nFROM a', 'evil.example/x'],
  ['#!a\rb\n# syntax=evil.example/x\nFROM a', 'evil.example/x'],
  ['# check=\u00a0\n# syntax=evil.example/x\r\r\nFROM a', 'evil.example/x'],
])('%j names a frontend', (text, image) => expect(writtenFrontends(text)).toEqual([image]));

test('of several lines each is named: which one counts depends on the version', () => {
  const lines = [
    '# syntax=docker/dockerfile:1',
    '# Syntax=evil.example/x',
    '# other=1',
    '# syntax=b',
    'FROM a',
  ];
  expect(writtenFrontends(lines.join('\n'))).toEqual(['docker/dockerfile:1', 'evil.example/x', 'b']);
});

test.each([
  'FROM a\n# syntax=evil.example/x',
  '# a comment\n# syntax=evil.example/x\nFROM a',
  '\n# syntax=evil.example/x\nFROM a',
  '# syntax=\nFROM a',
  '{"syntax": 1}',
  'null',
  '',
])('%j names none', (text) => expect(writtenFrontends(text)).toEqual([]));
