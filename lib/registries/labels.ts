import { faultStatuses, type RegistryScheme } from '@/lib/registry/choices';

export const schemeLabels: Record<RegistryScheme, string> = {
  auto: 'Automatic',
  https: 'HTTPS only',
  http: 'Plain HTTP',
};
export const schemeHints: Record<RegistryScheme, string> = {
  auto: 'HTTPS; plain HTTP where the registry has nothing else, and then no password to other machines.',
  https: 'Never plain HTTP.',
  http: 'For a network that is yours: the password travels unencrypted.',
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
