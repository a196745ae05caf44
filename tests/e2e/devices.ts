/** The sizes at which everything is tried. */
export const DEVICES = [
  { name: 'desktop', isPhone: false, use: { viewport: { width: 1440, height: 900 } } },
  {
    name: 'phone',
    isPhone: true,
    use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  },
] as const;
