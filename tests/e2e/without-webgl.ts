import type { BrowserContext, Page } from '@playwright/test';

/** Takes WebGL from pages to come: what a browser without it does, where the canvas has no such context. */
export async function withoutWebGl(target: Page | BrowserContext): Promise<void> {
  await target.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (
      this: HTMLCanvasElement,
      type: string,
      ...rest: unknown[]
    ) {
      return type.startsWith('webgl') ? null : Reflect.apply(original, this, [type, ...rest]);
    } as typeof original;
  });
}
