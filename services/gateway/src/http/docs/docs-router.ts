import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import swaggerDirectory from 'swagger-ui-dist/absolute-path.js';
import { refuseMethod } from '../middleware/refuse-method.ts';

const ownFiles = fileURLToPath(new URL('./assets/', import.meta.url));

/** What the page consists of: nothing comes from elsewhere, and no more than this of the package is shown. */
const files = {
  '/docs': { name: 'index.html', root: ownFiles },
  '/docs/initialise.js': { name: 'initialise.js', root: ownFiles },
  '/docs/swagger-ui.css': { name: 'swagger-ui.css', root: swaggerDirectory() },
  '/docs/swagger-ui-bundle.js': { name: 'swagger-ui-bundle.js', root: swaggerDirectory() },
  '/docs/favicon-32x32.png': { name: 'favicon-32x32.png', root: swaggerDirectory() },
};

/** The documentation page: Swagger UI over `/openapi.json`. */
export function createDocsRouter(): Router {
  const router = Router({ caseSensitive: true });
  for (const [path, { name, root }] of Object.entries(files)) {
    router
      .route(path)
      .get((_request, response) => {
        response.set('Cache-Control', 'no-cache').sendFile(name, { root });
      })
      .all(refuseMethod(['get']));
  }
  return router;
}
