const POLICY = "default-src data: blob: 'unsafe-inline' 'unsafe-eval'; form-action 'none'; object-src 'none'";

/** Allure's program asks for files beside the page when it starts before the parser has met the embedded data. */
const DATA_WILL_COME = '<script>window.allureReportDataReady = false; window.allureReportData = {};</script>';

const LOADED_FROM_OUTSIDE =
  /<(?:script|link|img|iframe|object|embed)\b[^>]*?\s(?:src|href|data)\s*=\s*["']?((?:https?:)?\/\/[^"'\s>]+)/gi;

/**
 * Removes the analytics tag of Allure's generated page, adds a content policy that refuses every request, and lets
 * the page wait for its own data however slowly the file is read.
 * Throws when the page would still load something from another host.
 */
export function makeOffline(html: string): string {
  const stripped = html
    .replace(/<script\b[^>]*\ssrc="https:\/\/www\.googletagmanager\.com\/[^"]*"[^>]*>\s*<\/script>\s*/g, '')
    .replace(/<script>\s*window\.dataLayer = [\s\S]*?<\/script>\s*/g, '');
  const outside = outsideSources(stripped);
  if (outside.length > 0) throw new Error(`The page would load from other hosts: ${outside.join(', ')}`);
  const meta = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
  const secured = stripped.replace(
    /<meta charset="utf-8">/i,
    (charset) => `${charset}\n    ${meta}\n    ${DATA_WILL_COME}`,
  );
  if (secured === stripped) throw new Error('The page has no place for a content policy');
  return secured;
}

/** Addresses of other hosts that the page's own tags load; what stands inside scripts' data is not counted. */
export function outsideSources(html: string): string[] {
  const tagsOnly = html.replace(/(<script\b[^>]*>)[\s\S]*?<\/script>/gi, '$1</script>');
  return Array.from(tagsOnly.matchAll(LOADED_FROM_OUTSIDE), (match) => match[1] ?? '');
}
