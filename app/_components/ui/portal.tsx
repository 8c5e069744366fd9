'use client';

import { createContext, useContext } from 'react';

/** Where floating things are put: a modal dialog's own element inside of one, as everything outside of it is inert. */
export const PortalContext = createContext<HTMLElement | null>(null);

export const usePortalContainer = () => useContext(PortalContext) ?? undefined;
