import { StreamLanguage, type StreamParser } from '@codemirror/language';
import type { Extension } from '@codemirror/state';

type Load = () => Promise<StreamParser<unknown>>;
const shell: Load = async () => (await import('@codemirror/legacy-modes/mode/shell')).shell;
const json: Load = async () => (await import('@codemirror/legacy-modes/mode/javascript')).json;
const script: Load = async () => (await import('@codemirror/legacy-modes/mode/javascript')).javascript;
const typescript: Load = async () => (await import('@codemirror/legacy-modes/mode/javascript')).typescript;
const html: Load = async () => (await import('@codemirror/legacy-modes/mode/xml')).html;
const xml: Load = async () => (await import('@codemirror/legacy-modes/mode/xml')).xml;
const yaml: Load = async () => (await import('@codemirror/legacy-modes/mode/yaml')).yaml;
const toml: Load = async () => (await import('@codemirror/legacy-modes/mode/toml')).toml;
const properties: Load = async () => (await import('@codemirror/legacy-modes/mode/properties')).properties;
const css: Load = async () => (await import('@codemirror/legacy-modes/mode/css')).css;
const python: Load = async () => (await import('@codemirror/legacy-modes/mode/python')).python;
const go: Load = async () => (await import('@codemirror/legacy-modes/mode/go')).go;
const nginx: Load = async () => (await import('@codemirror/legacy-modes/mode/nginx')).nginx;
const ruby: Load = async () => (await import('@codemirror/legacy-modes/mode/ruby')).ruby;
const perl: Load = async () => (await import('@codemirror/legacy-modes/mode/perl')).perl;
const sql: Load = async () => (await import('@codemirror/legacy-modes/mode/sql')).standardSQL;

const byEnding: Record<string, Load> = {
  sh: shell,
  bash: shell,
  env: properties,
  json,
  js: script,
  mjs: script,
  cjs: script,
  jsx: script,
  ts: typescript,
  tsx: typescript,
  html,
  htm: html,
  xml,
  svg: xml,
  yml: yaml,
  yaml,
  toml,
  ini: properties,
  cfg: properties,
  properties,
  css,
  py: python,
  go,
  rb: ruby,
  pl: perl,
  sql,
};

function loaderFor(path: string): Load | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name.endsWith('ignore') || name === '.env' || name.startsWith('.env.')) return properties;
  if (/nginx.*\.conf$/.test(name)) return nginx;
  if (/entrypoint$|^\.bashrc$|^\.profile$/.test(name)) return shell;
  return byEnding[name.slice(name.lastIndexOf('.') + 1)];
}

/** Syntax highlighting by file name, loaded on demand; none for an unknown language. */
export async function languageFor(path: string): Promise<Extension> {
  const load = loaderFor(path);
  return load ? StreamLanguage.define(await load()) : [];
}
