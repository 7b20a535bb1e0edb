SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  // By default a server on the internet is asked whether the document is valid.
  validatorUrl: null,
});
