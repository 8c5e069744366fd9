export const registrySchemes = ['auto', 'https', 'http'] as const;
export type RegistryScheme = (typeof registrySchemes)[number];

/** Causes of a failed connection between this server and a registry. */
export const faultStatuses = ['denied', 'unreachable', 'tls', 'plain-http', 'failed'] as const;
export type FaultStatus = (typeof faultStatuses)[number];
