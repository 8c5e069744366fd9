import { faultStatuses, type RegistryScheme } from '@/lib/registry/choices';

export const schemeLabels: Record<RegistryScheme, string> = {
  auto: 'Automatic',
  https: 'HTTPS only',
  http: 'Plain HTTP',
};
export const schemeHints: Record<RegistryScheme, string> = {
  auto: 'HTTPS, or plain HTTP if the registry offers nothing else; then no password is sent to other machines.',
  https: 'Never plain HTTP.',
  http: 'Only for trusted networks: the password is sent unencrypted.',
};

export const checkStatuses = ['ok', ...faultStatuses] as const;
export type CheckStatus = (typeof checkStatuses)[number];
export const checkLabels: Record<CheckStatus, string> = {
  ok: 'Reachable',
  denied: 'Login refused',
  unreachable: 'Unreachable',
  tls: 'Certificate not accepted',
  'plain-http': 'Plain HTTP',
  failed: 'Failed',
};
