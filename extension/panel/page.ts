export interface PageParts {
  /** Addresses under which the webview may load them. */
  script: string;
  style: string;
  cspSource: string;
  /** Base64, new for each page. */
  nonce: string;
}

/** The page of the view: the app's script and style under a policy that allows nothing else. */
export function page({ script, style, cspSource, nonce }: PageParts): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' ${cspSource}`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
  ].join('; ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <link rel="stylesheet" href="${style}" />
    <title>Weft</title>
  </head>
  <body>
    <script type="module" nonce="${nonce}" src="${script}"></script>
  </body>
</html>`;
}
