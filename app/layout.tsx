import './globals.css';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { ToastProvider } from '@/app/_components/ui/toast';
import { NowProvider } from '@/app/_hooks/use-now';
import { parseTheme, themeCookie } from '@/lib/format/theme';

export const metadata: Metadata = {
  title: { default: 'Layerwright', template: '%s · Layerwright' },
  description: 'Build, commit, tag and push Docker images, and see exactly what is inside them.',
  robots: { index: false, follow: false },
  manifest: '/manifest.webmanifest',
  icons: { icon: [{ url: '/icon.svg', type: 'image/svg+xml' }], apple: '/apple-touch-icon.png' },
  openGraph: {
    title: 'Layerwright',
    description: 'Build, commit, tag and push Docker images, and see exactly what is inside them.',
    images: [{ url: '/social.png', width: 1200, height: 630 }],
  },
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  return (
    <html
      lang="en"
      data-theme={theme === 'system' ? undefined : theme}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body>
        {/* oxlint-disable-next-line react/purity -- rendered once per request, on the server */}
        <NowProvider at={Date.now()}>
          <ToastProvider>{children}</ToastProvider>
        </NowProvider>
      </body>
    </html>
  );
}
