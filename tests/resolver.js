/** Dynamic imports are written as Node resolves them, `./file.js`: in our own code that is `./file.ts`. */
module.exports = (request, options) => {
  const isOwn = request.startsWith(".") && !options.basedir.includes("node_modules");
  const own = isOwn && request.endsWith(".js") ? request.slice(0, -".js".length) : request;
  return options.defaultResolver(own, options);
};
