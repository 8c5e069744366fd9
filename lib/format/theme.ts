export type Theme = 'system' | 'light' | 'dark';

export const themeCookie = 'theme';

/** The theme in a cookie; `system` for other values. */
export const parseTheme = (value: string | undefined): Theme =>
  value === 'light' || value === 'dark' ? value : 'system';
