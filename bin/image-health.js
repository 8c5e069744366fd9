// @ts-check
/** The health check of the image: exit code 0 if the server answers. */
import http from 'node:http';
import path from 'node:path';
import { parseOptions } from './options.js';

const { port } = parseOptions(process.env, path.dirname(import.meta.dirname));
const request = http.get({ host: '127.0.0.1', port, path: '/api/health', timeout: 8000 }, (response) => {
  response.resume();
  if (response.statusCode === 200) return;
  console.error(`HTTP ${response.statusCode}`);
  process.exitCode = 1;
});
request.on('timeout', () => request.destroy(new Error('no answer within 8 s')));
request.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
