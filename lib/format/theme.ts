export type Theme = 'system' | 'light' | 'dark';

export const themeCookie = 'theme';

/** The theme of a cookie's value; whatever is not one is the system's choice. */
export const parseTheme = (value: string | undefined): Theme =>
  value === 'light' || value === 'dark' ? value : 'system';
