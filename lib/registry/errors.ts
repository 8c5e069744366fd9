import { AppError, messageOf, type ErrorCode } from '@/lib/errors';
import type { FaultStatus } from './choices';

/** Connection errors between this server and a registry. */
export interface Fault {
  status: FaultStatus;
  message: string;
  hint: string;
}

interface NodeError {
  name?: string;
  code?: string;
  message?: string;
}

/** OpenSSL's errors for a plain-text response. */
export const speaksPlainHttp = (error: unknown): boolean => {
  const { code = '', message = '' } = (error ?? {}) as NodeError;
  return (
    /^(EPROTO|ERR_SSL_)/.test(code) &&
    /wrong version number|packet length too long|http request/i.test(message)
  );
};

const certificateCodes: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'signed by an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'signed by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT: 'signed by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'signed by an unknown authority',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it was made for another name',
};

const unreachable = (message: string, hint: string): Fault => ({ status: 'unreachable', message, hint });

const codes: Record<FaultStatus, ErrorCode> = {
  denied: 'registry_denied',
  unreachable: 'registry_unreachable',
  tls: 'registry_unreachable',
  'plain-http': 'registry_unreachable',
  failed: 'registry_failed',
};

function statusOf({ code, reason }: AppError): FaultStatus {
  if (reason?.kind === 'tls' || reason?.kind === 'plain-http') return reason.kind;
  if (code === 'registry_denied') return 'denied';
  return code === 'registry_unreachable' ? 'unreachable' : 'failed';
}

/** `host` as the user entered it, with its port. */
export function faultOf(error: unknown, host: string): Fault {
  if (error instanceof AppError) {
    return { status: statusOf(error), message: error.message, hint: error.hint ?? '' };
  }
  const { name, code = '', message } = (error ?? {}) as NodeError;
  const certificate = certificateCodes[code];
  if (certificate) {
    return {
      status: 'tls',
      message: `The certificate of ${host} is not accepted: ${certificate}.`,
      hint: `Put the certificate of its authority at /etc/docker/certs.d/${host}/ca.crt on the engine's host; no restart is needed.`,
    };
  }
  if (speaksPlainHttp(error)) {
    return {
      status: 'plain-http',
      message: `${host} speaks plain HTTP, not HTTPS.`,
      hint: 'Choose plain HTTP for this registry if the network is trusted, or give the registry a certificate.',
    };
  }
  if (/^(EPROTO|ERR_SSL_|ERR_TLS_)/.test(code)) {
    return {
      status: 'tls',
      message: `The TLS connection to ${host} failed (${message ?? code}).`,
      hint: 'Check that the registry speaks HTTPS at this port.',
    };
  }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unreachable(
        `Cannot resolve ${host}.`,
        'Check the spelling, and the DNS or /etc/hosts of this machine.',
      );
    case 'ECONNREFUSED':
      return unreachable(
        `Connection refused by ${host}.`,
        'Check that the registry runs and that the port is right.',
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return unreachable(`${host} is unreachable.`, "Check the network and the registry's firewall.");
    case 'ECONNRESET':
    case 'EPIPE':
      return unreachable(
        `${host} closed the connection without an answer.`,
        'Check the log of the registry.',
      );
  }
  if (name === 'TimeoutError' || name === 'AbortError')
    return unreachable(`${host} does not answer in time.`, "Check the network and the registry's firewall.");
  return {
    status: 'failed',
    message: `${host} sent an invalid response: ${messageOf(error)}`,
    hint: 'Check the log of the registry.',
  };
}

export function faultError(fault: Fault, cause?: unknown): AppError {
  const { status, message, hint } = fault;
  return new AppError(codes[status], message, {
    ...(hint && { hint }),
    ...((status === 'tls' || status === 'plain-http') && { reason: { kind: status } }),
    cause,
  });
}
