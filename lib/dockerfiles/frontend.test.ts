import { expect, test } from 'vitest';
import { writtenFrontend } from './frontend';

test.each([
  ['# syntax=docker/dockerfile:1\nFROM a', 'docker/dockerfile:1'],
  ['#syntax = evil.example/x --option\nFROM a', 'evil.example/x'],
  ['# escape=`\n# SYNTAX=evil.example/x\nFROM a', 'evil.example/x'],
  ['\uFEFF# syntax=evil.example/x\r\nFROM a', 'evil.example/x'],
  ['#!/usr/bin/env build\n# syntax=evil.example/x\nFROM a', 'evil.example/x'],
  ['// syntax=evil.example/x\n{}', 'evil.example/x'],
  ['{"syntax": "evil.example/x", "a": 1}', 'evil.example/x'],
])('%j names a frontend', (text, image) => expect(writtenFrontend(text)).toBe(image));

test.each([
  'FROM a\n# syntax=evil.example/x',
  '# a comment\n# syntax=evil.example/x\nFROM a',
  '\n# syntax=evil.example/x\nFROM a',
  '# syntax=\nFROM a',
  '{"syntax": 1}',
  '',
])('%j names none', (text) => expect(writtenFrontend(text)).toBeNull());
