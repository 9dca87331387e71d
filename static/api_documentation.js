"use strict";

// The page is static text and the policy forbids inline scripts, so the address comes by attribute.
const page = document.getElementById("documentation");

window.SwaggerUIBundle({
  url: page.dataset.document,
  domNode: page,
  presets: [window.SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: false,
  validatorUrl: null,
});
